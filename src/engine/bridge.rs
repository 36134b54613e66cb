//! The browser's part of the engine: a Worker that is ended and replaced when it hangs or dies.

use super::client::{Client, Step};
use js_sys::Uint8Array;
use leptos::prelude::{document, set_timeout};
use session::{ExportKind, Job, OpenSource, Path, Reply, Request, Side, wire};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Time that the engine may take for one answer.
const DEADLINE: Duration = Duration::from_secs(2);
/// Time that it may take to read a chart: once, and a large one on a slow machine is no fault.
const OPENING: Duration = Duration::from_secs(6);
/// Time that it may take to start: the wasm must be loaded first.
const START: Duration = Duration::from_secs(30);

/// What the page is told.
pub enum News {
    Reply(Reply),
    /// The engine was ended and started afresh, and why.
    Restarted(String),
}

struct Inner {
    client: RefCell<Client>,
    worker: RefCell<Option<Worker>>,
    /// Started beforehand, so that a restart costs no waiting.
    spare: RefCell<Option<Spare>>,
    /// Counts posts and answers, so that a deadline knows whether it still matters.
    turn: Cell<u64>,
    tell: Box<dyn Fn(News)>,
}

/// A worker that waits.
struct Spare {
    worker: Worker,
    /// Whether its `Ready` has come.
    ready: Rc<Cell<bool>>,
}

/// A handle on the worker.
#[derive(Clone)]
pub struct Bridge(Rc<Inner>);

impl Bridge {
    pub fn new(tell: impl Fn(News) + 'static) -> Self {
        let bridge = Self(Rc::new(Inner {
            client: RefCell::default(),
            worker: RefCell::new(None),
            spare: RefCell::new(None),
            turn: Cell::new(0),
            tell: Box::new(tell),
        }));
        bridge.spawn();
        bridge.act(|client| client.ask(Request::Catalog));
        bridge
    }

    pub fn open(&self, source: OpenSource) {
        self.act(|client| client.open(source));
    }

    pub fn run(&self, job: Job) {
        self.act(|client| client.run(job));
    }

    pub fn export(&self, job: Job, kind: ExportKind) {
        self.act(|client| client.ask(Request::Export { job, kind }));
    }

    pub fn compare(&self, sides: Vec<Side>) {
        self.act(|client| client.ask(Request::Compare { sides }));
    }

    /// Asks where the lines of manifests came from.
    pub fn origins(&self, keys: Vec<u32>) {
        self.act(|client| client.ask(Request::Origins { keys }));
    }

    pub fn readme(&self) {
        self.act(|client| client.ask(Request::Readme));
    }

    pub fn parse(&self, path: Path, text: String) {
        self.act(|client| client.ask(Request::Parse { path, text }));
    }

    pub fn read_values(&self, text: String) {
        self.act(|client| client.ask(Request::Values { text }));
    }

    fn act(&self, ask: impl FnOnce(&mut Client) -> Step) {
        let step = ask(&mut self.0.client.borrow_mut());
        self.take(step);
    }

    fn take(&self, step: Step) {
        let Step::Post(request) = step else { return };
        let Ok(message) = wire::encode_request(&request) else { return };
        if let Some(worker) = self.0.worker.borrow().as_ref() {
            // A message to a worker that is gone is lost; the deadline then starts a new one.
            let _ = worker.post_message(&Uint8Array::from(message.as_slice()));
        }
        match request {
            Request::Open { .. } => self.watch(OPENING, "it took longer than 6 seconds"),
            _ => self.watch(DEADLINE, "it took longer than 2 seconds"),
        }
    }

    /// Ends the worker if nothing has happened by then.
    fn watch(&self, after: Duration, why: &'static str) {
        let turn = self.0.turn.get() + 1;
        self.0.turn.set(turn);
        let bridge = self.clone();
        set_timeout(
            move || {
                if bridge.0.turn.get() == turn {
                    bridge.restart(why);
                }
            },
            after,
        );
    }

    fn restart(&self, why: &str) {
        if let Some(worker) = self.0.worker.borrow_mut().take() {
            worker.terminate();
        }
        self.0.client.borrow_mut().restarted();
        (self.0.tell)(News::Restarted(why.to_owned()));
        self.spawn();
    }

    /// Takes the spare worker, or starts one.
    fn spawn(&self) {
        let spare = self.0.spare.borrow_mut().take();
        let ready = spare.as_ref().is_some_and(|spare| spare.ready.get());
        let Some(worker) = spare.map(|spare| spare.worker).or_else(start) else {
            return (self.0.tell)(News::Restarted("this browser starts no worker".to_owned()));
        };
        let bridge = self.clone();
        hear(&worker, move |message| bridge.receive(&message));
        let bridge = self.clone();
        let fail = Closure::<dyn Fn(Event)>::new(move |_: Event| {
            bridge.restart("it crashed");
        });
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        fail.forget();
        *self.0.worker.borrow_mut() = Some(worker);
        self.watch(START, "it did not start");
        if ready {
            self.answer(Reply::Ready);
        }
    }

    /// Keeps a worker waiting. Called once there is something to lose.
    pub fn keep_spare(&self) {
        if self.0.spare.borrow().is_some() {
            return;
        }
        let Some(worker) = start() else { return };
        let ready = Rc::new(Cell::new(false));
        let told = Rc::clone(&ready);
        // The first message of a worker is `Ready`; a spare is asked nothing.
        hear(&worker, move |_| told.set(true));
        *self.0.spare.borrow_mut() = Some(Spare { worker, ready });
    }

    fn receive(&self, message: &[u8]) {
        let Ok(reply) = wire::decode_reply(message) else { return };
        self.answer(reply);
    }

    fn answer(&self, reply: Reply) {
        self.0.turn.set(self.0.turn.get() + 1);
        let reopened = self.0.client.borrow().reopens(&reply);
        let step = self.0.client.borrow_mut().answered(&reply);
        // The page has this chart open already: it is told of no other.
        if !reopened {
            (self.0.tell)(News::Reply(reply));
        }
        match step {
            Step::Nothing if self.0.client.borrow().waits() => {
                self.watch(DEADLINE, "the checks took longer than 2 seconds");
            }
            step => self.take(step),
        }
    }
}

/// Starts a worker; `None` where the browser refuses.
fn start() -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&format!("worker-boot.js?v={}", build()), &options).ok()
}

fn hear(worker: &Worker, tell: impl Fn(Vec<u8>) + 'static) {
    let receive = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        tell(Uint8Array::new(&event.data()).to_vec());
    });
    worker.set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
}

/// The worker's build, which stands in index.html: its file names carry no hash.
fn build() -> String {
    let meta = document().query_selector("meta[name=worker-build]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
