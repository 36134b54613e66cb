//! Paths of values by number: what is read again and again is named once.

use finding::Path;
use gotemplate::Value;
use std::collections::HashMap;

/// A path's number in [`Paths`].
pub(super) type Id = u32;

/// What is known of one path.
#[derive(Debug, Default)]
struct Entry {
    path: Path,
    above: Id,
    keys: HashMap<Box<[u8]>, Id>,
    items: Vec<Id>,
    /// A template read it, and not just to take a part of it.
    read: bool,
    /// It was printed whole.
    whole: bool,
    /// When a part of it was read last, by the tracer's clock.
    parted: u64,
    /// It holds nothing below it.
    leaf: bool,
}

/// The values of a render; number 0 is their root.
#[derive(Debug, Default)]
pub(super) struct Paths {
    all: Vec<Entry>,
    /// Numbers by the identity of their map or list.
    known: HashMap<usize, Id>,
}

pub(super) fn identity(value: &Value) -> Option<usize> {
    match value {
        Value::Map(map) => Some(map.identity()),
        Value::List(list) if !list.is_empty() => Some(list.identity()),
        _ => None,
    }
}

impl Paths {
    /// Numbers the values and everything below them. What charts share is known by its place in
    /// the `global` of the root.
    pub(super) fn of(values: &Value) -> Self {
        let mut paths = Self::default();
        let root = paths.add(Path::root(), 0);
        if let Value::Map(map) = values
            && let Some(global) = map.get(b"global")
        {
            let id = paths.key(root, b"global");
            paths.register(&global, id);
        }
        paths.register(values, root);
        paths
    }

    fn add(&mut self, path: Path, above: Id) -> Id {
        self.all.push(Entry { path, above, ..Entry::default() });
        (self.all.len() - 1) as Id
    }

    fn register(&mut self, value: &Value, id: Id) {
        if let Some(identity) = identity(value) {
            if self.known.contains_key(&identity) {
                return;
            }
            self.known.insert(identity, id);
        }
        match value {
            Value::Map(map) if !map.is_empty() => {
                for (key, value) in map.snapshot() {
                    let below = self.key(id, key.as_bytes());
                    self.register(&value, below);
                }
            }
            Value::List(list) if !list.is_empty() => {
                for (at, value) in list.iter().enumerate() {
                    let below = self.item(id, at);
                    self.register(value, below);
                }
            }
            _ => {
                if let Some(entry) = self.all.get_mut(id as usize) {
                    entry.leaf = true;
                }
            }
        }
    }

    // Numbers come only from `add` of this very table, which forgets none: they are in range.

    fn key(&mut self, id: Id, key: &[u8]) -> Id {
        let entry = &self.all[id as usize];
        if let Some(known) = entry.keys.get(key) {
            return *known;
        }
        let path = entry.path.key(String::from_utf8_lossy(key));
        let below = self.add(path, id);
        self.all[id as usize].keys.insert(key.into(), below);
        below
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
        let path = entry.path.index(at);
        let below = self.add(path, id);
        self.all[id as usize].items.push(below);
        below
    }

    /// Notes that `key` was read of `from` at this time; gives the container and the part.
    pub(super) fn read(&mut self, from: &Value, key: &Value, now: u64) -> Option<(Id, Id)> {
        let above = *self.known.get(&identity(from)?)?;
        let id = match key {
            Value::String(name) => self.key(above, name.as_bytes()),
            Value::Int(at, _) => self.item(above, usize::try_from(*at).unwrap_or(0)),
            _ => return None,
        };
        let container = &mut self.all[above as usize];
        (container.read, container.parted) = (false, now);
        self.all[id as usize].read = true;
        Some((above, id))
    }

    /// Notes that it was printed; whole unless a part of it was read after `began`.
    pub(super) fn printed(&mut self, id: Id, began: u64) {
        if let Some(entry) = self.all.get_mut(id as usize) {
            entry.whole |= entry.parted <= began;
        }
    }

    /// What `to` holds came from `from`.
    pub(super) fn derived(&mut self, from: &Value, to: &Value) {
        let (Some(from), Some(to)) = (identity(from), identity(to)) else { return };
        if let Some(id) = self.known.get(&from).copied() {
            self.known.entry(to).or_insert(id);
        }
    }

    pub(super) fn path(&self, id: Id) -> Path {
        self.all.get(id as usize).map(|entry| entry.path.clone()).unwrap_or_default()
    }

    pub(super) fn paths(&self, ids: &[Id]) -> Vec<Path> {
        ids.iter().map(|id| self.path(*id)).collect()
    }

    /// Leaves that nobody read, nor anything above them; sorted.
    pub(super) fn unread(&self) -> Vec<Path> {
        // Containers stand before what they hold.
        let mut seen = vec![false; self.all.len()];
        for (at, entry) in self.all.iter().enumerate().skip(1) {
            let above = entry.above as usize;
            seen[at] = entry.read || entry.whole || (above > 0 && seen[above]);
        }
        let open = self.all.iter().zip(seen).filter(|(entry, seen)| entry.leaf && !seen);
        let mut unread: Vec<Path> = open.map(|(entry, _)| entry.path.clone()).collect();
        unread.sort();
        unread
    }
}
