//! Who shows a value is told when that value changes, and not when another one does.

use leptos::prelude::*;
use session::Path;
use std::collections::HashMap;

/// A trigger for each value that somebody shows.
#[derive(Clone, Copy)]
pub(super) struct Touched(StoredValue<HashMap<Path, ArcTrigger>>);

impl Touched {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(HashMap::new()))
    }

    /// Who asks is told when the value at the path changes, one that it is in, or one in it.
    pub(super) fn track(&self, path: &Path) {
        let known = self.0.with_value(|all| all.get(path).cloned());
        let trigger = known.unwrap_or_else(|| {
            let new = ArcTrigger::new();
            self.0.update_value(|all| {
                all.insert(path.clone(), new.clone());
            });
            new
        });
        trigger.track();
    }

    /// The value at a path is another one.
    pub(super) fn touch(&self, path: &Path) {
        self.tell(|known| known.contains(path) || path.contains(known));
    }

    /// Any value may be another one.
    pub(super) fn touch_all(&self) {
        self.tell(|_| true);
    }

    /// Nobody shows a value of the chart that was open.
    pub(super) fn forget(&self) {
        self.0.set_value(HashMap::new());
    }

    fn tell(&self, whom: impl Fn(&Path) -> bool) {
        let triggers: Vec<ArcTrigger> = self.0.with_value(|all| {
            all.iter().filter(|(path, _)| whom(path)).map(|(_, it)| it.clone()).collect()
        });
        triggers.iter().for_each(Notify::notify);
    }
}
