//! Latest wins: one request is at the worker, one job waits, a newer job takes its place.
//! Pure: no browser, so that it can be tested on the host.

use session::{Held, Job, OpenSource, Reply, Request};
use std::collections::VecDeque;

/// What the bridge is to do.
#[derive(Debug)]
pub enum Step {
    Post(Request),
    Nothing,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
enum State {
    /// Messages sent before the worker's `Ready` are lost.
    #[default]
    Starting,
    Idle,
    /// An answer is to come to a request of this kind.
    Busy(Kind),
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Kind {
    /// The person opens a chart.
    Open,
    /// A new worker is given what was open.
    Reopen,
    Run,
    Other,
}

/// What waits for the worker.
#[derive(Debug, Default)]
pub struct Client {
    state: State,
    /// Whether the checks of the job that was rendered last are still to come.
    reviewing: bool,
    /// Requests that all must be answered, in order.
    queue: VecDeque<Request>,
    /// The newest job.
    job: Option<Job>,
    /// What of the worker's answers the page holds.
    held: Held,
    /// The job that was rendered last.
    rendered: Option<Job>,
    /// What is open, to open it again in a new worker.
    open: Option<OpenSource>,
    /// The next `Open` is the page's own, not the person's.
    reopening: bool,
}

impl Client {
    pub fn open(&mut self, source: OpenSource) -> Step {
        self.open = Some(source.clone());
        self.reopening = false;
        self.job = None;
        self.queue.retain(|request| matches!(request, Request::Catalog));
        self.ask(Request::Open { source })
    }

    pub fn ask(&mut self, request: Request) -> Step {
        self.queue.push_back(request);
        self.next()
    }

    pub fn run(&mut self, job: Job) -> Step {
        self.job = Some(job);
        self.next()
    }

    /// Whether something is still to come from the worker.
    pub fn waits(&self) -> bool {
        self.reviewing || self.state != State::Idle
    }

    /// Whether this is the answer to an `Open` that no person asked for.
    pub fn reopens(&self, reply: &Reply) -> bool {
        self.state == State::Busy(Kind::Reopen) && matches!(reply, Reply::Opened { .. })
    }

    /// The worker has answered.
    pub fn answered(&mut self, reply: &Reply) -> Step {
        match reply {
            Reply::Reviewed { changes } => {
                self.reviewing = false;
                self.held.review = changes.revision;
                return Step::Nothing;
            }
            Reply::Rendered { changes } => {
                self.reviewing = true;
                self.held.preview = changes.revision;
            }
            Reply::Opened { .. } => {
                self.reviewing = false;
                self.held = Held::default();
            }
            _ => {}
        }
        self.state = State::Idle;
        self.next()
    }

    /// The worker was ended and a new one started: what was open is opened again. A job that took
    /// too long is not tried again, nor is a chart that could not be opened.
    pub fn restarted(&mut self) {
        let was = std::mem::take(&mut self.state);
        self.reviewing = false;
        self.held = Held::default();
        self.queue.clear();
        match was {
            State::Busy(Kind::Open | Kind::Reopen) => self.open = None,
            State::Busy(Kind::Other) => self.job = self.job.take().or(self.rendered.take()),
            _ => {}
        }
        if let Some(source) = self.open.clone() {
            self.reopening = true;
            self.queue.push_back(Request::Open { source });
        }
    }

    fn next(&mut self) -> Step {
        if self.state != State::Idle {
            return Step::Nothing;
        }
        if let Some(request) = self.queue.pop_front() {
            self.state = State::Busy(match &request {
                Request::Open { .. } if std::mem::take(&mut self.reopening) => Kind::Reopen,
                Request::Open { .. } => Kind::Open,
                _ => Kind::Other,
            });
            return Step::Post(request);
        }
        let Some(job) = self.job.take() else { return Step::Nothing };
        self.state = State::Busy(Kind::Run);
        let job = Job { held: self.held, ..job };
        self.rendered = Some(job.clone());
        Step::Post(Request::Run { job })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::{PreviewChanges, ReviewChanges, StackCard};

    fn job(revision: u64) -> Job {
        Job { revision, ..Job::default() }
    }

    fn posted(step: &Step) -> Option<u64> {
        match step {
            Step::Post(Request::Run { job }) => Some(job.revision),
            _ => None,
        }
    }

    fn held(step: &Step) -> Option<Held> {
        match step {
            Step::Post(Request::Run { job }) => Some(job.held),
            _ => None,
        }
    }

    fn rendered(revision: u64) -> Reply {
        Reply::Rendered {
            changes: Box::new(PreviewChanges { revision, ..PreviewChanges::default() }),
        }
    }

    fn reviewed(revision: u64) -> Reply {
        Reply::Reviewed {
            changes: Box::new(ReviewChanges { revision, ..ReviewChanges::default() }),
        }
    }

    fn opened() -> Reply {
        Reply::Opened { card: Box::new(StackCard::default()) }
    }

    /// A client with a chart open.
    fn client() -> Client {
        let mut client = Client::default();
        client.answered(&Reply::Ready);
        client.open(OpenSource::Bundled { id: "x".to_owned() });
        client.answered(&opened());
        client
    }

    #[test]
    fn nothing_is_sent_before_ready() {
        let mut client = Client::default();
        assert_eq!(posted(&client.run(job(1))), None);
        assert_eq!(posted(&client.answered(&Reply::Ready)), Some(1));
    }

    #[test]
    fn the_newest_job_wins() {
        let mut client = client();
        assert_eq!(posted(&client.run(job(1))), Some(1));
        client.run(job(2));
        client.run(job(3));
        assert_eq!(posted(&client.answered(&rendered(1))), Some(3));
        assert!(matches!(client.answered(&rendered(3)), Step::Nothing));
    }

    #[test]
    fn a_job_says_what_the_page_holds() {
        let mut client = client();
        assert_eq!(held(&client.run(job(1))), Some(Held::default()));
        client.answered(&rendered(1));
        client.answered(&reviewed(1));
        assert_eq!(held(&client.run(job(2))), Some(Held { preview: 1, review: 1 }));
        client.answered(&rendered(2));
        assert_eq!(held(&client.run(job(3))), Some(Held { preview: 2, review: 1 }));
        client.answered(&rendered(3));
        client.open(OpenSource::Bundled { id: "y".to_owned() });
        client.answered(&opened());
        assert_eq!(held(&client.run(job(1))), Some(Held::default()));
    }

    #[test]
    fn a_review_that_comes_late_answers_no_request() {
        let mut client = client();
        client.run(job(1));
        client.answered(&rendered(1));
        assert!(client.waits(), "for the review");
        client.run(job(2));
        client.run(job(3));
        assert!(matches!(client.answered(&reviewed(1)), Step::Nothing), "2 is still at the worker");
        assert_eq!(posted(&client.answered(&rendered(2))), Some(3));
        client.answered(&rendered(3));
        client.answered(&reviewed(3));
        assert!(!client.waits());
    }

    #[test]
    fn a_new_worker_opens_what_was_open_and_runs_what_waits() {
        let mut client = client();
        client.run(job(1));
        client.run(job(2));
        client.restarted();
        assert!(matches!(client.answered(&Reply::Ready), Step::Post(Request::Open { .. })));
        assert!(client.reopens(&opened()));
        assert_eq!(posted(&client.answered(&opened())), Some(2));
        assert!(!client.reopens(&opened()));
    }

    #[test]
    fn a_job_that_took_too_long_is_not_tried_again() {
        let mut client = client();
        client.run(job(1));
        client.restarted();
        client.answered(&Reply::Ready);
        assert!(matches!(client.answered(&opened()), Step::Nothing));
        assert_eq!(held(&client.run(job(2))), Some(Held::default()));
    }

    #[test]
    fn another_request_that_took_too_long_costs_no_preview() {
        let mut client = client();
        client.run(job(1));
        client.answered(&rendered(1));
        client.ask(Request::Compare { sides: Vec::new() });
        client.restarted();
        client.answered(&Reply::Ready);
        assert_eq!(posted(&client.answered(&opened())), Some(1));
    }

    #[test]
    fn a_chart_that_ends_the_worker_is_not_opened_again() {
        let mut client = Client::default();
        client.answered(&Reply::Ready);
        client.open(OpenSource::Bundled { id: "x".to_owned() });
        client.restarted();
        assert!(matches!(client.answered(&Reply::Ready), Step::Nothing));
    }

    #[test]
    fn an_answer_that_something_failed_loses_no_job() {
        let mut client = client();
        client.ask(Request::Values { text: "- 1".to_owned() });
        client.run(job(4));
        assert_eq!(posted(&client.answered(&session::failed("no"))), Some(4));
    }
}
