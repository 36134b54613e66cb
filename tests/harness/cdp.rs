//! The wire to Chromium: DevTools messages over two pipes, each message a JSON text with a NUL at its end.
//!
//! Pipes and no web socket: no port to choose, no handshake to wait for, and when this process dies, however it
//! dies, Chromium sees its end of the pipe close and goes too.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Error, Result, tools};

/// How long one step may take. Generous: a loaded two-core machine may need many seconds to start a renderer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Quiet and self-contained: no sandbox helper, no first-run pages, no connections of the browser's own.
const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
];

/// Chromium reads commands on descriptor 3 and writes on 4; a shell moves our pipes there, as std cannot.
const MOVE_PIPES: &str = r#"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#;

/// A message that nobody asked for.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) session: String,
    pub(crate) method: String,
    pub(crate) params: Value,
}

/// A running Chromium and the messages it has sent.
pub(crate) struct Connection {
    process: Child,
    /// `None` once closed, which asks Chromium to leave.
    commands: Option<ChildStdin>,
    inbox: Receiver<Value>,
    next_id: u64,
    events: Vec<Event>,
}

impl Connection {
    /// Starts Chromium with an empty profile in `profile`.
    pub(crate) fn open(profile: &Path) -> Result<Self> {
        let program = tools::chromium().ok_or_else(|| {
            Error::new(
                "no Chromium found: `cargo xtask setup` installs one, or set CHROMIUM to its path",
            )
        })?;
        let messages = std::fs::File::create(profile.join("stderr.txt"))?;
        let mut command = Command::new("sh");
        command.args(["-c", MOVE_PIPES, "sh"]).arg(&program).args(ARGUMENTS);
        if is_root() {
            command.arg("--no-sandbox");
        }
        command.arg(format!("--user-data-dir={}", profile.display())).arg("about:blank");
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(messages).spawn().map_err(
                |error| Error::new(format!("cannot start {}: {error}", program.display())),
            )?;
        let commands = process.stdin.take();
        let output =
            process.stdout.take().ok_or_else(|| Error::new("Chromium has no output pipe"))?;
        let (sender, inbox) = channel();
        thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(std::result::Result::ok) {
                if let Ok(value) = serde_json::from_slice(&message)
                    && sender.send(value).is_err()
                {
                    return;
                }
            }
        });
        Ok(Self { process, commands, inbox, next_id: 0, events: Vec::new() })
    }

    /// Sends one command and waits for its answer. An empty `session` speaks to the browser itself.
    pub(crate) fn call(&mut self, session: &str, method: &str, params: Value) -> Result<Value> {
        let id = self.send(session, method, params)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let message =
                self.receive(deadline).map_err(|error| Error::new(format!("{method}: {error}")))?;
            match message {
                Some(mut answer) if answer["id"] == id => {
                    if let Some(error) = answer.get("error") {
                        return Err(Error::new(format!("{method}: {}", error["message"])));
                    }
                    return Ok(answer["result"].take());
                }
                Some(_) => {}
                None => {
                    return Err(Error::new(format!(
                        "{method}: no answer in {} s",
                        PATIENCE.as_secs()
                    )));
                }
            }
        }
    }

    /// Sends one command and does not wait; the answer will be thrown away.
    pub(crate) fn send(&mut self, session: &str, method: &str, params: Value) -> Result<u64> {
        self.next_id += 1;
        let mut message = json!({ "id": self.next_id, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&message)?;
        bytes.push(0);
        let pipe = self.commands.as_mut().ok_or_else(|| Error::new("the browser was closed"))?;
        pipe.write_all(&bytes).map_err(|error| Error::new(format!("Chromium is gone: {error}")))?;
        Ok(self.next_id)
    }

    /// Takes in every event that is already there.
    pub(crate) fn drain(&mut self) {
        while let Ok(Some(_)) = self.receive(Instant::now()) {}
    }

    /// Removes and returns the events that are wanted; the others stay.
    pub(crate) fn take_events(&mut self, mut wanted: impl FnMut(&Event) -> bool) -> Vec<Event> {
        let (taken, kept) =
            std::mem::take(&mut self.events).into_iter().partition(|event| wanted(event));
        self.events = kept;
        taken
    }

    /// The next message; events are also kept. `None` when the deadline has passed.
    fn receive(&mut self, deadline: Instant) -> Result<Option<Value>> {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut message = match self.inbox.recv_timeout(left) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => return Err(Error::new("Chromium has ended")),
        };
        if let Some(method) = message["method"].as_str() {
            let event = Event {
                session: message["sessionId"].as_str().unwrap_or_default().to_owned(),
                method: method.to_owned(),
                params: message["params"].take(),
            };
            self.let_start(&event)?;
            self.events.push(event);
        }
        Ok(Some(message))
    }

    /// A Worker waits at its start until we listen: so its first request and its first error are heard too.
    fn let_start(&mut self, event: &Event) -> Result<()> {
        if event.method == "Target.attachedToTarget" && event.params["waitingForDebugger"] == true {
            let worker = event.params["sessionId"].as_str().unwrap_or_default().to_owned();
            for step in [
                "Runtime.enable",
                "Log.enable",
                "Network.enable",
                "Runtime.runIfWaitingForDebugger",
            ] {
                self.send(&worker, step, json!({}))?;
            }
        }
        Ok(())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.commands = None;
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        // It did not leave by itself; that it may be gone by now is no error.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Chromium refuses its sandbox to root.
fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}
