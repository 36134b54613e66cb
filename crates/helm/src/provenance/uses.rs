//! Which values the template files read, and so which of them nobody did.

use super::paths::{Id, Paths};
use finding::Path;

/// What a template file did with a value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Use {
    /// It was read, and not just to take a part of it.
    read: bool,
    /// It was printed whole.
    whole: bool,
    /// When a part of it was read last, by the tracer's clock; 0 is never.
    parted: u64,
}

/// The uses of the file being executed.
#[derive(Default)]
pub(super) struct Uses {
    /// By number.
    all: Vec<Use>,
    touched: Vec<Id>,
}

impl Uses {
    fn of(&mut self, id: Id) -> &mut Use {
        let at = id as usize;
        if self.all.len() <= at {
            self.all.resize(at + 1, Use::default());
        }
        let held = &mut self.all[at];
        if !held.read && !held.whole && held.parted == 0 {
            self.touched.push(id);
        }
        held
    }

    /// A part was read of a container.
    pub(super) fn part(&mut self, container: Id, part: Id, now: u64) {
        let container = self.of(container);
        (container.read, container.parted) = (false, now);
        self.of(part).read = true;
    }

    /// It was printed; whole unless a part of it was read after `began`.
    pub(super) fn printed(&mut self, id: Id, began: u64) {
        let held = self.of(id);
        held.whole |= held.parted <= began;
    }

    /// The uses of the file that has come to its end.
    pub(super) fn take(&mut self) -> Vec<(Id, Use)> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let take = |id: Id| Some((id, std::mem::take(self.all.get_mut(id as usize)?)));
        touched.into_iter().filter_map(take).collect()
    }
}

/// Values that no file read, nor anything that holds them; sorted.
pub(super) fn unread<'f>(
    files: impl Iterator<Item = &'f Vec<(Id, Use)>>,
    paths: &Paths,
) -> Vec<Path> {
    let mut whole = vec![false; paths.len()];
    let mut read = vec![false; paths.len()];
    let mut parted = vec![false; paths.len()];
    for (id, held) in files.flatten() {
        let at = *id as usize;
        whole[at] |= held.whole;
        read[at] |= held.read;
        parted[at] |= held.parted > 0 && !held.read;
    }
    paths.leaves_without(|id| {
        let at = id as usize;
        whole[at] || (read[at] && !parted[at])
    })
}
