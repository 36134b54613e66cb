//! The session: what is open, and the answers to the page's requests.

use crate::card::describe;
use crate::compare;
use crate::export;
use crate::open::{Bundle, CatalogEntry};
use crate::outcome::Failure;
use crate::stack::OpenStack;
use crate::{Reply, Request};
use helm::{Limits, World};
use std::rc::Rc;

/// One open stack and what is kept of it between requests.
pub struct Session {
    world: Rc<dyn World>,
    catalog: &'static [Bundle],
    open: Option<OpenStack>,
    limits: Limits,
}

impl Session {
    pub fn new(world: Rc<dyn World>, catalog: &'static [Bundle]) -> Self {
        Self { world, catalog, open: None, limits: Limits::default() }
    }

    /// Opens and renders within `limits` instead of the default ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Answers one request. Never panics: what cannot be done is a [`Reply::Failed`].
    pub fn handle(&mut self, request: Request) -> Reply {
        match request {
            Request::Catalog => Reply::Catalog { entries: self.entries() },
            Request::Open { source } => {
                match OpenStack::open(source, self.catalog, &self.world, &self.limits) {
                    Ok(open) => {
                        let card = Box::new(open.card.clone());
                        self.open = Some(open);
                        Reply::Opened { card }
                    }
                    Err(error) => failure(error.to_string(), None),
                }
            }
            Request::Run { job } => match &mut self.open {
                Some(open) => Reply::Rendered { changes: Box::new(open.run(job)) },
                None => nothing_open(job.revision),
            },
            Request::Origins { keys } => {
                let origins = self.open.as_ref().map(|open| open.origins(&keys));
                Reply::Origins { origins: origins.unwrap_or_default() }
            }
            Request::Readme => {
                let readmes = self.open.as_ref().map(OpenStack::readmes);
                Reply::Readme { readmes: readmes.unwrap_or_default() }
            }
            Request::Export { job, kind } => match &mut self.open {
                Some(open) => match export::export(open, &job, &kind) {
                    Ok(file) => Reply::Exported { file },
                    Err(message) => failure(message, Some(job.revision)),
                },
                None => nothing_open(job.revision),
            },
            Request::Parse { path, text } => {
                let (value, problem) = match yaml::from_str(&text) {
                    Ok(value) => (value, None),
                    Err(error) => (serde_json::Value::Null, Some(error.message)),
                };
                Reply::Parsed { path, text, problem, value }
            }
            Request::Values { text } => match yaml::from_str(&text) {
                Ok(values) if values.is_object() => Reply::Values { values },
                Ok(_) => failure(
                    "A values file holds keys and values: this one does not.".to_owned(),
                    None,
                ),
                Err(error) => failure(format!("The values file cannot be read: {error}"), None),
            },
            Request::Compare { sides } => {
                let result =
                    compare::compare(&sides, self.catalog, &self.world, self.open.as_mut());
                match result {
                    Ok(comparison) => Reply::Compared { comparison: Box::new(comparison) },
                    Err(message) => failure(message, None),
                }
            }
        }
    }

    /// What the checks say of the job that was rendered last; `None` where it was told already.
    pub fn review(&mut self) -> Option<Reply> {
        let changes = self.open.as_mut()?.review()?;
        Some(Reply::Reviewed { changes: Box::new(changes) })
    }

    fn entries(&self) -> Vec<CatalogEntry> {
        self.catalog.iter().filter_map(describe).collect()
    }
}

fn nothing_open(revision: u64) -> Reply {
    failure("No chart is open: choose one first.".to_owned(), Some(revision))
}

/// The reply to a request that cannot be read.
pub fn failed(message: &str) -> Reply {
    failure(message.to_owned(), None)
}

fn failure(message: String, revision: Option<u64>) -> Reply {
    Reply::Failed { failure: Failure { message, revision } }
}
