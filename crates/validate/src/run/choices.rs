//! Keywords that combine schemas on the same value.

use super::{Run, Work};
use crate::failure::{Failure, Kind};
use crate::schema::{Node, NodeId};

impl<'c, 'v> Run<'c, 'v> {
    #[inline(never)]
    pub(super) fn choose(&mut self, node: &'c Node, work: &mut Work<'v>) {
        let choices = &node.choices;
        if let Some(id) = choices.not
            && self.same(id, work).is_ok()
        {
            work.failures.push(self.failure(Kind::Not));
        }
        self.all(&choices.all, work);
        self.any(&choices.any, work);
        self.one(&choices.one, work);
        if let Some(condition) = choices.condition {
            let next = match self.same(condition, work) {
                Ok(()) => choices.then,
                Err(_) => choices.otherwise,
            };
            if let Some(id) = next {
                let outcome = self.same(id, work);
                work.fail(outcome);
            }
        }
    }

    fn all(&mut self, schemas: &[NodeId], work: &mut Work<'v>) {
        let causes: Vec<Failure> =
            schemas.iter().filter_map(|id| self.same(*id, work).err()).collect();
        if !causes.is_empty() {
            work.failures.push(Failure { causes, ..self.failure(Kind::AllOf) });
        }
    }

    fn any(&mut self, schemas: &[NodeId], work: &mut Work<'v>) {
        let mut causes = Vec::new();
        let mut matched = schemas.is_empty();
        for id in schemas {
            match self.same(*id, work) {
                Ok(()) => {
                    matched = true;
                    if !work.asked {
                        break;
                    }
                }
                Err(failure) => causes.push(failure),
            }
        }
        if !matched {
            work.failures.push(Failure { causes, ..self.failure(Kind::AnyOf) });
        }
    }

    fn one(&mut self, schemas: &[NodeId], work: &mut Work<'v>) {
        let (mut causes, mut matched) = (Vec::new(), None);
        for (at, id) in schemas.iter().enumerate() {
            match (self.same(*id, work), matched) {
                (Ok(()), None) => matched = Some(at),
                (Ok(()), Some(first)) => {
                    work.failures.push(self.failure(Kind::OneOf(Some((first, at)))));
                    return;
                }
                (Err(failure), _) => causes.push(failure),
            }
        }
        if matched.is_none() && !schemas.is_empty() {
            work.failures.push(Failure { causes, ..self.failure(Kind::OneOf(None)) });
        }
    }
}
