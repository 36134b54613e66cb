//! Who called whom, by number: a piece of output keeps its callers without a list of its own.

use super::Place;

/// The number of a chain of calls in [`Calls`]; 0 is the empty one.
pub(super) type Chain = u32;

/// Chains of `template` actions: each place and the number of the chain around it.
#[derive(Debug, Default)]
pub(super) struct Calls(Vec<(Place, Chain)>);

impl Calls {
    pub(super) fn push(&mut self, outer: Chain, place: Place) -> Chain {
        self.0.push((place, outer));
        self.0.len() as Chain
    }

    /// The chain without its innermost place.
    pub(super) fn outer(&self, chain: Chain) -> Chain {
        self.get(chain).map_or(0, |(_, outer)| outer)
    }

    fn get(&self, chain: Chain) -> Option<(Place, Chain)> {
        let at = (chain as usize).checked_sub(1)?;
        self.0.get(at).copied()
    }

    /// Its places, the innermost first.
    pub(super) fn inside_out(&self, chain: Chain) -> impl Iterator<Item = Place> {
        let mut next = chain;
        std::iter::from_fn(move || {
            let (place, outer) = self.get(next)?;
            next = outer;
            Some(place)
        })
    }
}
