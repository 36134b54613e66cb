//! Who watches maps: told of every look at what they hold and of every change to them.
//!
//! Template functions reach what a map holds only through [`Map`](super::Map)'s methods, so what a
//! witness was not told of, no template saw: the ground on which a host may keep what a template
//! printed while the parts that it saw stay the same.

use super::Str;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What was looked at of one map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Keys that were asked for, whether the map has them or not.
    pub keys: HashSet<Str>,
    /// How many entries there are, or whether there are any.
    pub size: bool,
    /// All keys, and with them every value that is no map.
    pub all: bool,
}

/// Hears of the maps that it was made the witness of ([`super::Map::watch`]).
#[derive(Default)]
pub struct Witness {
    seen: RefCell<HashMap<u32, Seen>>,
    changed: Cell<bool>,
}

impl Witness {
    /// What was seen since the last call, by the numbers that the maps were given.
    pub fn take_seen(&self) -> HashMap<u32, Seen> {
        self.seen.take()
    }

    /// Whether a watched map was changed since the last call.
    pub fn take_changed(&self) -> bool {
        self.changed.take()
    }
}

/// A map's side of a [`Witness`].
pub(super) struct Watched {
    witness: Rc<Witness>,
    /// None where only changes are told; several where the map stands in several places.
    numbers: RefCell<Vec<u32>>,
}

impl Watched {
    pub(super) fn by(witness: &Rc<Witness>) -> Self {
        Self { witness: Rc::clone(witness), numbers: RefCell::default() }
    }

    pub(super) fn number(&self, number: u32) {
        let mut numbers = self.numbers.borrow_mut();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }

    fn seen(&self, note: impl Fn(&mut Seen)) {
        for number in self.numbers.borrow().iter() {
            note(self.witness.seen.borrow_mut().entry(*number).or_default());
        }
    }

    pub(super) fn key(&self, key: &[u8]) {
        self.seen(|seen| {
            if !seen.keys.contains(key) {
                seen.keys.insert(key.into());
            }
        });
    }

    pub(super) fn size(&self) {
        self.seen(|seen| seen.size = true);
    }

    pub(super) fn all(&self) {
        self.seen(|seen| seen.all = true);
    }

    pub(super) fn changed(&self) {
        self.witness.changed.set(true);
    }
}
