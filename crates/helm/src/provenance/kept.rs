//! What a traced render leaves for the next: files that saw nothing of what has changed since are
//! not executed again, they print what they printed.
//!
//! A file can see another's doings only through the maps that all share (`set .Values …`); a render
//! in which that happened leaves nothing, and one in which it happens starts over without what was
//! kept.

use super::Record;
use super::tracer::FileTrace;
use crate::capabilities::Capabilities;
use crate::render::Release;
use finding::Path;
use gotemplate::{Seen, Spent, TemplateSet};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::rc::Rc;

/// What a render depends on beside the values.
#[derive(Clone)]
pub(crate) struct Situation {
    pub(crate) set: Rc<TemplateSet>,
    pub(crate) release: Release,
    pub(crate) capabilities: Capabilities,
    pub(crate) integers: Vec<Path>,
}

impl Situation {
    fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.set, &other.set)
            && self.release == other.release
            && self.capabilities == other.capabilities
            && self.integers == other.integers
    }
}

/// A file that was executed.
pub(super) struct KeptFile {
    pub(super) text: String,
    pub(super) spent: Spent,
    pub(super) seen: HashMap<u32, Seen>,
    pub(super) trace: Rc<FileTrace>,
}

/// The last render.
pub(crate) struct Kept {
    pub(super) situation: Situation,
    pub(super) values: Json,
    pub(super) record: Rc<Record>,
    pub(super) files: HashMap<String, KeptFile>,
}

/// The tables, the values and the files of a render.
type Opened = (Record, Json, HashMap<String, KeptFile>);

impl Kept {
    /// None if nothing of it is of use now, or somebody still looks at it.
    pub(super) fn open(self, now: &Situation) -> Option<Opened> {
        if !self.situation.is(now) || self.record.is_crowded() {
            return None;
        }
        let record = Rc::try_unwrap(self.record).ok()?;
        Some((record, self.values, self.files))
    }
}
