//! Decisions of `if`, `with` and `range`, and the ways that none of them went.

use super::paths::{Id, Paths};
use super::{Files, Place, Untaken};
use gotemplate::{Branch, Condition};
use std::collections::HashMap;

/// A decision's place: the file it stands in, the byte there.
pub(super) type Key = (u32, u32);

#[derive(Debug)]
struct Decision {
    chain: Vec<Place>,
    branch: Branch,
    condition: String,
    has_else: bool,
    taken: bool,
    refused: bool,
    reads: Vec<Id>,
}

/// The decisions of one template file's execution.
#[derive(Debug, Default)]
pub(super) struct Branches {
    known: HashMap<Key, usize>,
    all: Vec<Decision>,
}

impl Branches {
    /// `chain` and `reads` are asked for only where they are news.
    pub(super) fn decided(
        &mut self,
        key: Key,
        branch: Branch,
        taken: bool,
        on: Condition<'_>,
        reads: &[Id],
        chain: impl FnOnce() -> Vec<Place>,
    ) {
        let all = &mut self.all;
        let at = *self.known.entry(key).or_insert_with(|| {
            all.push(Decision {
                chain: chain(),
                branch,
                condition: on.text(),
                has_else: on.has_else(),
                taken: false,
                refused: false,
                reads: Vec::new(),
            });
            all.len() - 1
        });
        let Some(decision) = self.all.get_mut(at) else { return };
        decision.taken |= taken;
        decision.refused |= !taken;
        if decision.taken && (decision.refused || !decision.has_else) {
            return;
        }
        for id in reads {
            if !decision.reads.contains(id) {
                decision.reads.push(*id);
            }
        }
    }

    pub(super) fn untaken(&self, files: &Files, paths: &Paths) -> Vec<Untaken> {
        let open = self
            .all
            .iter()
            .filter(|decision| !decision.taken || (decision.has_else && !decision.refused));
        let tell = |decision: &Decision| Untaken {
            chain: decision.chain.iter().map(|place| files.text(*place)).collect(),
            keyword: match decision.branch {
                Branch::If => "if",
                Branch::With => "with",
                Branch::Range => "range",
            },
            condition: decision.condition.clone(),
            wants: !decision.taken,
            reads: paths.paths(&decision.reads),
        };
        open.map(tell).collect()
    }
}
