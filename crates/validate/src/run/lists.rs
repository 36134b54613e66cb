//! Keywords about the items of a list.

use super::{Part, Run, Work, scalars};
use crate::failure::{Failure, Kind};
use crate::schema::{ForLists, Node, NodeId};
use serde_json::Value as Json;

impl<'c, 'v> Run<'c, 'v> {
    #[inline(never)]
    pub(super) fn list(&mut self, node: &'c Node, items: &'v [Json], work: &mut Work<'v>) {
        let keywords = &node.lists;
        self.counted(["minItems", "maxItems"], items.len(), (keywords.least, keywords.most), work);
        if keywords.unique
            && let Some((first, second)) = self.twice(items)
        {
            work.failures.push(self.failure(Kind::UniqueItems(first, second)));
        }
        let first = keywords.first.len().min(items.len());
        for (at, item) in items.iter().enumerate() {
            let Some(id) = keywords.first.get(at).copied().or(keywords.rest) else { break };
            let outcome = self.part(id, item, Part::Item(at));
            work.fail(outcome);
            work.seen.items.insert(at);
        }
        if keywords.no_rest && first < items.len() {
            work.failures.push(self.failure(Kind::AdditionalItems(items.len() - first)));
        }
        if keywords.no_rest {
            work.seen.items.extend(first..items.len());
        }
        if let Some(id) = keywords.contains {
            self.contains(id, keywords, items, node.draft >= crate::draft::Draft::Twenty, work);
        }
    }

    fn twice(&mut self, items: &[Json]) -> Option<(usize, usize)> {
        for (at, item) in items.iter().enumerate() {
            self.steps += at;
            if self.steps > super::MAX_STEPS {
                return None;
            }
            let same = |earlier: &&Json| scalars::equal(earlier, item);
            if let Some(first) = items.iter().take(at).position(|earlier| same(&earlier)) {
                return Some((first, at));
            }
        }
        None
    }

    fn contains(
        &mut self,
        id: NodeId,
        keywords: &ForLists,
        items: &'v [Json],
        marks: bool,
        work: &mut Work<'v>,
    ) {
        let (mut causes, mut got) = (Vec::new(), Vec::new());
        for (at, item) in items.iter().enumerate() {
            match self.part(id, item, Part::Item(at)) {
                Ok(()) => got.push(at),
                Err(failure) => causes.push(failure),
            }
        }
        if marks {
            work.seen.items.extend(got.iter().copied());
        }
        let kind = match keywords.min_contains {
            Some(want) if got.len() < want => Some(Kind::MinContains { got: got.clone(), want }),
            None if got.is_empty() => Some(Kind::Contains),
            _ => None,
        };
        if let Some(kind) = kind {
            work.failures.push(Failure { causes, ..self.failure(kind) });
        }
        if let Some(want) = keywords.max_contains.filter(|most| got.len() > *most) {
            work.failures.push(self.failure(Kind::MaxContains { got, want }));
        }
    }
}
