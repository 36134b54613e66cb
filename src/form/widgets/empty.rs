//! The values that say nothing, told apart: `null`, `""`, `{}` and `[]`.

use crate::workspace::workspace;
use leptos::prelude::*;
use session::{Empty, Field, Path};
use std::sync::Arc;

fn empty(path: &Path, default: Option<Empty>) -> Option<Empty> {
    match workspace().value(path) {
        Some(value) => Empty::of(&value),
        // A null among the defaults is no value for Helm.
        None => default.filter(|empty| *empty == Empty::Null),
    }
}

fn of(field: &Arc<Field>) -> Memo<Option<Empty>> {
    let (path, default) = (field.path.clone(), field.default.as_ref().and_then(Empty::of));
    Memo::new(move |_| empty(&path, default))
}

/// What an input without text shows.
pub(in crate::form) fn placeholder(
    field: &Arc<Field>,
    example: String,
) -> impl Fn() -> String + use<> {
    let now = of(field);
    move || match now.get() {
        Some(Empty::Null) => "null".to_owned(),
        Some(empty) if example.is_empty() => empty.text().to_owned(),
        _ => example.clone(),
    }
}

/// Beside the label, where no input can show it, and where a person chose it.
pub(in crate::form) fn empty_tag(field: &Arc<Field>, changed: Memo<bool>) -> impl IntoView + use<> {
    let now = of(field);
    move || {
        let shown = |empty: &Empty| changed.get() || *empty != Empty::Text;
        now.get().filter(shown).map(|empty| {
            view! { <code class="empty-tag" title=empty.meaning()>{empty.text()}</code> }
        })
    }
}
