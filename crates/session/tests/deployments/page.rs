//! The page's side of a session, for tests and the bench: it runs jobs and holds what came of them,
//! as the page does, by applying what the worker says has changed.

use session::{Job, Preview, PreviewChanges, Reply, Request, Review, ReviewChanges, Session};

/// What the page holds.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) preview: Preview,
    pub(crate) review: Review,
}

impl Page {
    /// Runs a job to its review. Its revision is counted up here.
    pub(crate) fn run(&mut self, session: &mut Session, job: &Job) {
        let (preview, review) = self.changes(session, job);
        self.preview.apply(preview);
        self.review.apply(review);
    }

    /// What a job changes of what the page holds.
    pub(crate) fn changes(
        &self,
        session: &mut Session,
        job: &Job,
    ) -> (PreviewChanges, ReviewChanges) {
        let held = session::Held { preview: self.preview.revision, review: self.review.revision };
        let revision = self.preview.revision + 1;
        let job = Job { revision, held, ..job.clone() };
        let preview = match session.handle(Request::Run { job }) {
            Reply::Rendered { changes } => *changes,
            other => panic!("{other:?}"),
        };
        let review = match session.review() {
            Some(Reply::Reviewed { changes }) => *changes,
            other => panic!("{other:?}"),
        };
        (preview, review)
    }
}
