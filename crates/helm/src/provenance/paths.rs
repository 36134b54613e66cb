//! Paths of values by number: what is read again and again is named once. Numbers stay from render
//! to render, so that what was kept of a file still means the same.

use finding::{Path, Segment};
use gotemplate::{Str, Value, Witness};
use std::collections::HashMap;
use std::rc::Rc;

/// A path's number in [`Paths`].
pub(super) type Id = u32;

/// The values themselves.
const ROOT: Id = 0;

const GLOBAL: &str = "global";

/// The step from a container to its part.
#[derive(Clone, Debug)]
enum Step {
    Key(Str),
    Item(usize),
}

/// What is known of one path.
#[derive(Debug, Default)]
struct Entry {
    /// The last step to it; the root has none.
    step: Option<Step>,
    above: Id,
    keys: HashMap<Str, Id>,
    items: Vec<Id>,
    /// Today's values hold it, and nothing below it.
    leaf: bool,
}

/// The values of a render; number 0 is their root.
#[derive(Debug, Default)]
pub(super) struct Paths {
    all: Vec<Entry>,
    /// Maps and lists by their identity. The value is held, so that no other gets its identity when
    /// a template has thrown it away.
    known: HashMap<usize, (Id, Value)>,
    /// What functions made of these.
    derived: HashMap<usize, (Id, Value)>,
}

pub(super) fn identity(value: &Value) -> Option<usize> {
    match value {
        Value::Map(map) => Some(map.identity()),
        Value::List(list) if !list.is_empty() => Some(list.identity()),
        _ => None,
    }
}

impl Paths {
    /// Numbers the values of a render and everything below them, and has their maps watched. What
    /// is below a list is not: who gets at a list is taken to have seen all of it. What charts share
    /// is known by its place in the `global` of the root.
    pub(super) fn register(&mut self, values: &Value, witness: &Rc<Witness>) {
        if self.all.is_empty() {
            self.add(None, ROOT);
        }
        self.forget_values();
        self.all.iter_mut().for_each(|entry| entry.leaf = false);
        if let Value::Map(map) = values
            && let Some(global) = map.get(GLOBAL.as_bytes())
        {
            let id = self.key(ROOT, &GLOBAL.into());
            self.number(&global, id, Some(witness));
        }
        self.number(values, ROOT, Some(witness));
    }

    /// A new template file begins: nothing that functions made lives on.
    pub(super) fn forget_derived(&mut self) {
        self.derived.clear();
    }

    /// The render has come to its end: what its values were is known by their paths only.
    pub(super) fn forget_values(&mut self) {
        self.known.clear();
        self.derived.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn add(&mut self, step: Option<Step>, above: Id) -> Id {
        self.all.push(Entry { step, above, ..Entry::default() });
        (self.all.len() - 1) as Id
    }

    fn number(&mut self, value: &Value, id: Id, witness: Option<&Rc<Witness>>) {
        if let Some(identity) = identity(value) {
            let (first, _) = self.known.entry(identity).or_insert_with(|| (id, value.clone()));
            if *first != id {
                return self.number_again(value, id, witness);
            }
        }
        match value {
            Value::Map(map) if !map.is_empty() => {
                for (key, value) in map.snapshot() {
                    let below = self.key(id, &key);
                    self.number(&value, below, witness);
                }
            }
            Value::List(list) if !list.is_empty() => {
                for (at, value) in list.iter().enumerate() {
                    let below = self.item(id, at);
                    self.number(value, below, None);
                }
            }
            _ => {
                if let Some(entry) = self.all.get_mut(id as usize) {
                    entry.leaf = true;
                }
            }
        }
        if let (Value::Map(map), Some(witness)) = (value, witness) {
            map.watch(witness, Some(id));
        }
    }

    /// A map that has a place already: a change in either place is a change of it.
    fn number_again(&mut self, value: &Value, id: Id, witness: Option<&Rc<Witness>>) {
        let (Value::Map(map), Some(witness)) = (value, witness) else { return };
        for (key, value) in map.snapshot() {
            let below = self.key(id, &key);
            self.number_again(&value, below, Some(witness));
        }
        map.watch(witness, Some(id));
    }

    // Numbers come only from `add` of this very table, which forgets none: they are in range.

    /// The number of a key, new or known.
    fn key(&mut self, id: Id, key: &Str) -> Id {
        if let Some(known) = self.all[id as usize].keys.get(key) {
            return *known;
        }
        let below = self.add(Some(Step::Key(key.clone())), id);
        self.all[id as usize].keys.insert(key.clone(), below);
        below
    }

    /// The number of a key that was ever read or held.
    pub(super) fn known_key(&self, id: Id, key: &[u8]) -> Option<Id> {
        self.all.get(id as usize)?.keys.get(key).copied()
    }

    /// The number of an item that was ever held.
    pub(super) fn known_item(&self, id: Id, at: usize) -> Option<Id> {
        self.all.get(id as usize)?.items.get(at).copied()
    }

    fn item(&mut self, id: Id, at: usize) -> Id {
        let entry = &self.all[id as usize];
        if let Some(known) = entry.items.get(at) {
            return *known;
        }
        // Lists are registered from their start; what lies behind their end is the list itself.
        if entry.items.len() != at {
            return id;
        }
        let below = self.add(Some(Step::Item(at)), id);
        self.all[id as usize].items.push(below);
        below
    }

    fn known(&self, value: &Value) -> Option<Id> {
        let identity = identity(value)?;
        let known = self.known.get(&identity).or_else(|| self.derived.get(&identity));
        known.map(|(id, _)| *id)
    }

    /// Whether it is a map or list of the values.
    pub(super) fn holds(&self, value: &Value) -> bool {
        identity(value).is_some_and(|identity| self.known.contains_key(&identity))
    }

    /// The numbers of a container and of the part that is read of it.
    pub(super) fn part(&mut self, from: &Value, key: &Value) -> Option<(Id, Id)> {
        let above = self.known(from)?;
        let id = match key {
            Value::String(name) => self.key(above, name),
            Value::Int(at, _) => self.item(above, usize::try_from(*at).unwrap_or(0)),
            _ => return None,
        };
        Some((above, id))
    }

    /// What `to` holds came from `from`.
    pub(super) fn derive(&mut self, from: &Value, to: &Value) {
        let (Some(id), Some(made)) = (self.known(from), identity(to)) else { return };
        if self.known(to).is_none() {
            self.derived.insert(made, (id, to.clone()));
        }
    }

    pub(super) fn path(&self, id: Id) -> Path {
        let mut segments = Vec::new();
        let mut next = id;
        while let Some(Entry { step: Some(step), above, .. }) = self.all.get(next as usize) {
            segments.push(match step {
                Step::Key(key) => Segment::Key(key.to_str_lossy().into_owned()),
                Step::Item(at) => Segment::Index(*at),
            });
            next = *above;
        }
        segments.reverse();
        Path::from(segments)
    }

    pub(super) fn paths(&self, ids: &[Id]) -> Vec<Path> {
        ids.iter().map(|id| self.path(*id)).collect()
    }

    /// Leaves for which, as for everything above them, `used` is false; sorted.
    pub(super) fn leaves_without(&self, used: impl Fn(Id) -> bool) -> Vec<Path> {
        // Containers stand before what they hold.
        let mut seen = vec![false; self.all.len()];
        for (at, entry) in self.all.iter().enumerate().skip(1) {
            let above = entry.above as usize;
            seen[at] = used(at as Id) || (above > 0 && seen[above]);
        }
        let open = (0..).zip(self.all.iter().zip(seen));
        let open = open.filter(|(_, (entry, seen))| entry.leaf && !seen);
        let mut leaves: Vec<Path> = open.map(|(id, _)| self.path(id)).collect();
        leaves.sort();
        leaves
    }
}
