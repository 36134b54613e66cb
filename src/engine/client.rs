//! Latest wins: one request is at the worker, one job waits, a newer job takes its place.
//! Pure: no browser, so that it can be tested on the host.

use session::{Job, OpenSource, Reply, Request};
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
    Busy,
}

/// What waits for the worker.
#[derive(Debug, Default)]
pub struct Client {
    state: State,
    /// Requests that all must be answered, in order.
    queue: VecDeque<Request>,
    /// The newest job.
    job: Option<Job>,
    /// What is open, to open it again in a new worker.
    open: Option<OpenSource>,
}

impl Client {
    pub fn open(&mut self, source: OpenSource) -> Step {
        self.open = Some(source.clone());
        self.job = None;
        self.queue.retain(|request| matches!(request, Request::Catalog));
        self.ask(Request::Open { source })
    }

    pub fn ask(&mut self, request: Request) -> Step {
        self.queue.push_back(request);
        self.next()
    }

    pub fn run(&mut self, job: Job) -> Step {
        // What the page does not have yet must still be sent whole.
        let full = job.full || self.job.as_ref().is_some_and(|waiting| waiting.full);
        self.job = Some(Job { full, ..job });
        self.next()
    }

    /// The worker has answered.
    pub fn answered(&mut self, reply: &Reply) -> Step {
        if let (Reply::Failed { .. }, State::Busy) = (reply, self.state) {
            self.job = None;
        }
        self.state = State::Idle;
        self.next()
    }

    /// The worker was ended and a new one started: what was open is opened again.
    pub fn restarted(&mut self) {
        self.state = State::Starting;
        self.queue.clear();
        if let Some(source) = self.open.clone() {
            self.queue.push_back(Request::Open { source });
        }
    }

    fn next(&mut self) -> Step {
        if self.state != State::Idle {
            return Step::Nothing;
        }
        let job = |job| Request::Run { job };
        match self.queue.pop_front().or_else(|| self.job.take().map(job)) {
            Some(request) => {
                self.state = State::Busy;
                Step::Post(request)
            }
            None => Step::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(revision: u64) -> Job {
        Job { revision, ..Job::default() }
    }

    fn posted(step: &Step) -> Option<u64> {
        match step {
            Step::Post(Request::Run { job }) => Some(job.revision),
            _ => None,
        }
    }

    #[test]
    fn nothing_is_sent_before_ready() {
        let mut client = Client::default();
        assert_eq!(posted(&client.run(job(1))), None);
        assert_eq!(posted(&client.answered(&Reply::Ready)), Some(1));
    }

    #[test]
    fn the_newest_job_wins() {
        let mut client = Client::default();
        client.answered(&Reply::Ready);
        assert_eq!(posted(&client.run(job(1))), Some(1));
        client.run(Job { full: true, ..job(2) });
        client.run(job(3));
        let step = client.answered(&Reply::Report { report: Box::default() });
        assert_eq!(posted(&step), Some(3));
        assert!(matches!(step, Step::Post(Request::Run { job }) if job.full));
        assert!(matches!(
            client.answered(&Reply::Report { report: Box::default() }),
            Step::Nothing
        ));
    }

    #[test]
    fn a_new_worker_opens_what_was_open() {
        let mut client = Client::default();
        client.answered(&Reply::Ready);
        client.open(OpenSource::Bundled { id: "x".to_owned() });
        client.restarted();
        assert!(matches!(client.answered(&Reply::Ready), Step::Post(Request::Open { .. })));
    }
}
