//! A Go map with string keys: a reference that everybody who holds it shares.
//!
//! No method hands out a borrow, so that `set` inside `range` and `merge $d $d` are legal.
//! A map can be put into itself; [`Heap`] frees such cycles when a render ends.

use super::witness::{Watched, Witness};
use super::{Str, Value, grave};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

/// The map type, as `%T` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapType {
    Any,
    /// `map[string]string`: a missing key gives `""`.
    Str,
    /// Another map type, by its Go name: `common.Values`. Elements are `interface{}`.
    Named(&'static str),
}

impl MapType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Str => "map[string]string",
            Self::Named(name) => name,
        }
    }
}

struct Inner {
    entries: RefCell<BTreeMap<Str, Value>>,
    ty: MapType,
    nil: bool,
    watched: OnceCell<Box<Watched>>,
}

impl Inner {
    fn new(entries: BTreeMap<Str, Value>, ty: MapType, nil: bool) -> Self {
        Self { entries: RefCell::new(entries), ty, nil, watched: OnceCell::new() }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let entries = self.entries.get_mut();
        if entries.values().any(grave::nests) {
            grave::bury(std::mem::take(entries).into_values().filter(grave::nests));
        }
    }
}

/// A shared, mutable map; iterates in byte order of its keys, as Go's templates do.
#[derive(Clone)]
pub struct Map(Rc<Inner>);

impl Map {
    /// `map[string]interface{}`.
    pub fn new() -> Self {
        Self::of(MapType::Any)
    }

    pub fn of(ty: MapType) -> Self {
        Self::from_entries(BTreeMap::new(), ty)
    }

    pub fn from_entries(entries: BTreeMap<Str, Value>, ty: MapType) -> Self {
        let map = Self(Rc::new(Inner::new(entries, ty, false)));
        Heap::register(&map);
        map
    }

    /// A nil map: reads as empty; setting a key of it is an error in Go.
    pub fn nil(ty: MapType) -> Self {
        Self(Rc::new(Inner::new(BTreeMap::new(), ty, true)))
    }

    pub fn ty(&self) -> MapType {
        self.0.ty
    }

    pub fn is_nil(&self) -> bool {
        self.0.nil
    }

    /// From now on `witness` is told of every look at this map, under this number (and those it was
    /// given before), and of every change; without a number only of changes. A map keeps its first
    /// witness; false if it had one before.
    pub fn watch(&self, witness: &Rc<Witness>, number: Option<u32>) -> bool {
        let new = self.0.watched.get().is_none();
        let watched = self.0.watched.get_or_init(|| Box::new(Watched::by(witness)));
        number.into_iter().for_each(|number| watched.number(number));
        new
    }

    fn tell(&self, what: impl FnOnce(&Watched)) {
        if let Some(watched) = self.0.watched.get() {
            what(watched);
        }
    }

    pub fn get(&self, key: &[u8]) -> Option<Value> {
        self.tell(|watched| watched.key(key));
        self.0.entries.borrow().get(key).cloned()
    }

    pub fn contains_key(&self, key: &[u8]) -> bool {
        self.tell(|watched| watched.key(key));
        self.0.entries.borrow().contains_key(key)
    }

    /// Sets a key. A nil map stays as it is: callers that must complain ask [`Map::is_nil`] first.
    pub fn insert(&self, key: impl Into<Str>, value: impl Into<Value>) {
        if !self.0.nil {
            self.tell(Watched::changed);
            let replaced = self.0.entries.borrow_mut().insert(key.into(), value.into());
            // The old value may own this very map: it goes only after the borrow has ended.
            drop(replaced);
        }
    }

    pub fn remove(&self, key: &[u8]) -> Option<Value> {
        self.tell(Watched::changed);
        self.0.entries.borrow_mut().remove(key)
    }

    /// Nobody else holds it: it has just been made.
    pub(crate) fn is_fresh(&self) -> bool {
        Rc::strong_count(&self.0) == 1
    }

    pub fn len(&self) -> usize {
        self.tell(Watched::size);
        self.0.entries.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.tell(Watched::size);
        self.0.entries.borrow().is_empty()
    }

    pub fn keys(&self) -> Vec<Str> {
        self.tell(Watched::all);
        self.0.entries.borrow().keys().cloned().collect()
    }

    /// The entries as they are now; later changes are not seen.
    pub fn snapshot(&self) -> Vec<(Str, Value)> {
        self.tell(Watched::all);
        let entries = self.0.entries.borrow();
        entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Same map, not merely equal: what an observer knows a map by.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    fn clear(&self) {
        let entries = std::mem::take(&mut *self.0.entries.borrow_mut());
        drop(entries);
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Into<Str>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let entries = iter.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        Self::from_entries(entries, MapType::Any)
    }
}

#[derive(Default)]
struct Registry {
    maps: Vec<Weak<Inner>>,
    sweep_at: usize,
    depth: usize,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
}

/// Owns the maps made while it lives. When the outermost one ends, whatever map is still alive
/// is emptied, so that maps which hold themselves are freed; no value made under it may be used
/// after it.
pub struct Heap(());

impl Heap {
    const FIRST_SWEEP: usize = 1024;

    #[must_use]
    pub fn enter() -> Self {
        REGISTRY.with_borrow_mut(|registry| {
            registry.depth += 1;
            registry.sweep_at = registry.sweep_at.max(Self::FIRST_SWEEP);
        });
        Self(())
    }

    fn register(map: &Map) {
        REGISTRY.with_borrow_mut(|registry| {
            if registry.depth == 0 {
                return;
            }
            if registry.maps.len() >= registry.sweep_at {
                registry.maps.retain(|map| map.strong_count() > 0);
                registry.sweep_at = (registry.maps.len() * 2).max(Self::FIRST_SWEEP);
            }
            registry.maps.push(Rc::downgrade(&map.0));
        });
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        let maps = REGISTRY.with_borrow_mut(|registry| {
            registry.depth -= 1;
            if registry.depth > 0 { Vec::new() } else { std::mem::take(&mut registry.maps) }
        });
        for map in maps.iter().filter_map(Weak::upgrade) {
            Map(map).clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IntType, Seen};

    #[test]
    fn a_map_that_holds_itself_is_freed_with_its_heap() {
        let heap = Heap::enter();
        let map = Map::new();
        map.insert("self", map.clone());
        let weak = Rc::downgrade(&map.0);
        drop(map);
        assert!(weak.upgrade().is_some());
        drop(heap);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn a_witness_hears_of_every_look_and_every_change() {
        let witness = Rc::new(Witness::default());
        let (map, other) = (Map::new(), Map::new());
        map.insert("a", Value::int(1));
        assert!(map.watch(&witness, Some(7)) && other.watch(&witness, None));
        let looked = |look: &dyn Fn()| {
            look();
            witness.take_seen().remove(&7)
        };
        let keys = |keys: &[&str]| Seen {
            keys: keys.iter().map(|key| Str::from(*key)).collect(),
            ..Seen::default()
        };
        assert_eq!(
            looked(&|| drop((map.get(b"a"), map.contains_key(b"b")))),
            Some(keys(&["a", "b"]))
        );
        assert_eq!(looked(&|| _ = map.is_empty()), Some(Seen { size: true, ..Seen::default() }));
        assert_eq!(looked(&|| _ = map.len()), Some(Seen { size: true, ..Seen::default() }));
        assert_eq!(looked(&|| drop(map.keys())), Some(Seen { all: true, ..Seen::default() }));
        assert_eq!(looked(&|| drop(map.snapshot())), Some(Seen { all: true, ..Seen::default() }));
        assert_eq!(looked(&|| drop(other.snapshot())), None);
        assert!(!map.watch(&witness, Some(8)), "it has a witness already");
        _ = map.len();
        assert_eq!(witness.take_seen().len(), 2, "it stands in two places");
        assert!(!witness.take_changed());
        map.remove(b"a");
        assert!(witness.take_changed() && !witness.take_changed());
        other.insert("c", Value::Nil);
        assert!(witness.take_changed());
    }

    #[test]
    fn who_holds_a_map_sees_its_changes() {
        let map = Map::new();
        let other = map.clone();
        other.insert("a", Value::int(1));
        assert!(matches!(map.get(b"a"), Some(Value::Int(1, IntType::Int))));
    }
}
