//! What differs between the values of two renders, as far as a template can see it.

use super::paths::{Id, Paths};
use gotemplate::Seen;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

/// Told of maps by their number; a change inside a map is that map's change, not its parent's.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// What is added, gone or another value under its key.
    parts: HashSet<Id>,
    /// Maps of which a part changed.
    maps: HashSet<Id>,
    /// Maps with more or fewer entries.
    sizes: HashSet<Id>,
    /// Maps that are maps no longer.
    gone: HashSet<Id>,
}

impl Changes {
    pub(super) fn between(old: &Json, new: &Json, paths: &Paths) -> Self {
        let mut changes = Self::default();
        match (old, new) {
            (Json::Object(old), Json::Object(new)) => changes.walk(0, old, new, paths),
            _ => changes.gone(0, old, paths),
        }
        changes
    }

    fn walk(&mut self, id: Id, old: &Map<String, Json>, new: &Map<String, Json>, paths: &Paths) {
        if old.len() != new.len() {
            self.sizes.insert(id);
        }
        for (key, before) in old {
            let below = paths.known_key(id, key.as_bytes());
            match (before, new.get(key)) {
                (Json::Object(before), Some(Json::Object(after))) => {
                    if let Some(below) = below {
                        self.walk(below, before, after, paths);
                    }
                }
                (before, Some(after)) if before == after => {}
                _ => {
                    self.part(id, below);
                    below.into_iter().for_each(|below| self.gone(below, before, paths));
                }
            }
        }
        for key in new.keys().filter(|key| !old.contains_key(*key)) {
            self.part(id, paths.known_key(id, key.as_bytes()));
        }
    }

    fn part(&mut self, map: Id, part: Option<Id>) {
        self.maps.insert(map);
        self.parts.extend(part);
    }

    /// A map and the maps in it are there no longer.
    fn gone(&mut self, id: Id, was: &Json, paths: &Paths) {
        let Json::Object(map) = was else { return };
        self.gone.insert(id);
        for (key, below) in map {
            if let Some(id) = paths.known_key(id, key.as_bytes()) {
                self.gone(id, below, paths);
            }
        }
    }

    /// Whether anything of it is what was seen.
    pub(super) fn concern(&self, seen: &HashMap<Id, Seen>, paths: &Paths) -> bool {
        seen.iter().any(|(id, seen)| {
            let changed = |key: &[u8]| {
                paths.known_key(*id, key).is_some_and(|part| self.parts.contains(&part))
            };
            self.gone.contains(id)
                || (seen.all && self.maps.contains(id))
                || (seen.size && self.sizes.contains(id))
                || (self.maps.contains(id) && seen.keys.iter().any(|key| changed(key.as_bytes())))
        })
    }
}
