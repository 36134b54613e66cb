//! The browser's part of the engine: a Worker that is ended and replaced when it hangs or dies.

use super::client::{Client, Step};
use leptos::prelude::{document, set_timeout};
use session::{ExportKind, Job, OpenSource, Reply, Request, wire};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Time that the engine may take for one answer.
const DEADLINE: Duration = Duration::from_secs(2);
/// Time that it may take to start: the wasm must be loaded first.
const START: Duration = Duration::from_secs(30);

/// What the page is told.
pub enum News {
    Reply(Reply),
    Busy,
    /// The engine was ended and started afresh, and why.
    Restarted(String),
}

struct Inner {
    client: RefCell<Client>,
    worker: RefCell<Option<Worker>>,
    /// Counts posts and answers, so that a deadline knows whether it still matters.
    turn: Cell<u64>,
    tell: Box<dyn Fn(News)>,
}

/// A handle on the worker.
#[derive(Clone)]
pub struct Bridge(Rc<Inner>);

impl Bridge {
    pub fn new(tell: impl Fn(News) + 'static) -> Self {
        let bridge = Self(Rc::new(Inner {
            client: RefCell::default(),
            worker: RefCell::new(None),
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

    fn act(&self, ask: impl FnOnce(&mut Client) -> Step) {
        let step = ask(&mut self.0.client.borrow_mut());
        self.take(step);
    }

    fn take(&self, step: Step) {
        let Step::Post(request) = step else { return };
        let Ok(text) = wire::encode_request(&request) else { return };
        if let Some(worker) = self.0.worker.borrow().as_ref() {
            // A message to a worker that is gone is lost; the deadline then starts a new one.
            let _ = worker.post_message(&JsValue::from_str(&text));
        }
        (self.0.tell)(News::Busy);
        self.watch(DEADLINE, "it took longer than 2 seconds");
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
        self.spawn();
        (self.0.tell)(News::Restarted(why.to_owned()));
    }

    fn spawn(&self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = format!("worker-boot.js?v={}", build());
        let Ok(worker) = Worker::new_with_options(&address, &options) else {
            return (self.0.tell)(News::Restarted("this browser starts no worker".to_owned()));
        };
        let bridge = self.clone();
        let receive = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            bridge.receive(&event.data().as_string().unwrap_or_default());
        });
        worker.set_onmessage(Some(receive.as_ref().unchecked_ref()));
        receive.forget();
        let bridge = self.clone();
        let fail = Closure::<dyn Fn(Event)>::new(move |_: Event| {
            bridge.restart("it crashed");
        });
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        fail.forget();
        *self.0.worker.borrow_mut() = Some(worker);
        self.watch(START, "it did not start");
    }

    fn receive(&self, text: &str) {
        self.0.turn.set(self.0.turn.get() + 1);
        let Ok(reply) = wire::decode_reply(text) else { return };
        let step = self.0.client.borrow_mut().answered(&reply);
        (self.0.tell)(News::Reply(reply));
        self.take(step);
    }
}

/// The worker's build, which stands in index.html: its file names carry no hash.
fn build() -> String {
    let meta = document().query_selector("meta[name=worker-build]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
