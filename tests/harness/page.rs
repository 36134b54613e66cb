//! One page of the browser, used as a person uses it: look, click, type, wait until something is there.
//!
//! Every step waits until it can be done, and says what it saw when it could not. No step sleeps for a fixed time.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::Shared;
use crate::cdp::{Event, PATIENCE};
use crate::{Console, Download, Error, Request, Result, base64, input, log};

/// How often a condition is looked at again.
const GLANCE: Duration = Duration::from_millis(20);

/// The colour scheme that the page is told the person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `prefers-color-scheme: light`
    Light,
    /// `prefers-color-scheme: dark`
    Dark,
}

/// An open page.
pub struct Page {
    shared: Rc<Shared>,
    session: String,
    /// The sessions whose events are this page's: its own and its Workers'.
    sessions: RefCell<Vec<String>>,
    console: RefCell<Vec<Console>>,
    requests: RefCell<Vec<Request>>,
    downloads: RefCell<Vec<Download>>,
}

impl Page {
    pub(crate) fn new(shared: Rc<Shared>, session: &str) -> Result<Self> {
        let page = Self {
            shared,
            session: session.to_owned(),
            sessions: RefCell::new(vec![session.to_owned()]),
            console: RefCell::default(),
            requests: RefCell::default(),
            downloads: RefCell::default(),
        };
        for domain in ["Runtime.enable", "Log.enable", "Network.enable", "Page.enable"] {
            page.cdp(domain, json!({}))?;
        }
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        page.cdp("Target.setAutoAttach", attach)?;
        page.resize(1440, 900)?;
        Ok(page)
    }

    /// Any command of the DevTools protocol, for what has no method here.
    pub fn cdp(&self, method: &str, params: Value) -> Result<Value> {
        self.shared.call(&self.session, method, params)
    }

    /// A command to the browser itself.
    pub(crate) fn browser_cdp(&self, method: &str, params: Value) -> Result<Value> {
        self.shared.call("", method, params)
    }

    /// The browser's own events whose method starts with `prefix`, and their parameters.
    pub(crate) fn browser_events(&self, prefix: &str) -> Vec<(String, Value)> {
        let mut connection = self.shared.connection.borrow_mut();
        connection.drain();
        let events = connection.take_events(|event| event.method.starts_with(prefix));
        events.into_iter().map(|event| (event.method, event.params)).collect()
    }

    /// A command to this page or to one of its Workers.
    pub(crate) fn session_cdp(&self, session: &str, method: &str, params: Value) -> Result<Value> {
        self.shared.call(session, method, params)
    }

    /// The sessions of this page, its own first, and of every Worker that it has started.
    pub(crate) fn sessions(&self) -> Vec<String> {
        self.take_in();
        self.sessions.borrow().clone()
    }

    /// Opens an address and waits until the document and what it names have loaded.
    pub fn goto(&self, url: &str) -> Result<()> {
        let answer = self.cdp("Page.navigate", json!({ "url": url }))?;
        if let Some(reason) = answer["errorText"].as_str() {
            return Err(Error::new(format!("cannot open {url}: {reason}")));
        }
        self.wait_until(&format!("{url} to load"), "document.readyState === 'complete'")
    }

    /// Sets the size of the visible page, in CSS pixels. Under 600 wide it is a touch screen.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let mobile = width < 600;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": mobile }))?;
        Ok(())
    }

    /// Tells the page which colour scheme the person prefers.
    pub fn prefer(&self, scheme: Scheme) -> Result<()> {
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// The value of a JavaScript expression; a promise is waited for. Throws become errors.
    pub fn eval(&self, expression: &str) -> Result<Value> {
        let params =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.cdp("Runtime.evaluate", params)?;
        match answer.get("exceptionDetails") {
            Some(details) => {
                Err(Error::new(format!("{}\nin: {expression}", log::exception(details))))
            }
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until a JavaScript expression is true; `what` names it in the error.
    pub fn wait_until(&self, what: &str, expression: &str) -> Result<()> {
        // A navigation in between destroys the context and makes an error: that is "not yet", unless it stays so.
        let mut seen = Ok(Value::Null);
        let found = poll(|| {
            seen = self.eval(expression);
            Ok(matches!(&seen, Ok(value) if *value == Value::Bool(true)).then_some(()))
        })?;
        found.ok_or_else(|| self.gave_up(what, &seen))
    }

    /// Waits until the page or its Worker has asked for an address that contains `part`.
    pub fn wait_for_request(&self, part: &str) -> Result<()> {
        let asked = || self.requests().iter().any(|request| request.url.contains(part));
        let found = poll(|| Ok(asked().then_some(())))?;
        found.ok_or_else(|| self.gave_up(&format!("a request for {part}"), &Ok(Value::Null)))
    }

    /// Waits until an element that matches the CSS selector is there and visible.
    pub fn wait_for(&self, selector: &str) -> Result<()> {
        let visible = format!("!!document.querySelector({})?.checkVisibility()", quoted(selector));
        self.wait_until(&format!("`{selector}` to be visible"), &visible)
    }

    /// Waits until no visible element matches the CSS selector.
    pub fn wait_gone(&self, selector: &str) -> Result<()> {
        let gone = format!("!document.querySelector({})?.checkVisibility()", quoted(selector));
        self.wait_until(&format!("`{selector}` to be gone"), &gone)
    }

    /// Waits until the first match of the selector shows this text somewhere in it.
    pub fn wait_for_text(&self, selector: &str, text: &str) -> Result<()> {
        let shows = format!(
            "(document.querySelector({})?.innerText ?? '').includes({})",
            quoted(selector),
            quoted(text)
        );
        self.wait_until(&format!("`{selector}` to show {text:?}"), &shows)
    }

    /// The text that the first match of the selector shows, as a person would copy it.
    pub fn text(&self, selector: &str) -> Result<String> {
        self.wait_for(selector)?;
        let text = self.eval(&format!("document.querySelector({}).innerText", quoted(selector)))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The `value` of the first match of the selector: what an input holds.
    pub fn value(&self, selector: &str) -> Result<String> {
        self.reach(selector)?;
        let value =
            self.eval(&format!("String(document.querySelector({}).value)", quoted(selector)))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// How many elements match the selector now.
    pub fn count(&self, selector: &str) -> Result<u64> {
        let count =
            self.eval(&format!("document.querySelectorAll({}).length", quoted(selector)))?;
        Ok(count.as_u64().unwrap_or_default())
    }

    /// Scrolls the panes until the selector matches: what is far from the view is not in the page.
    pub fn reach(&self, selector: &str) -> Result<()> {
        let reach = format!(
            "(async () => {{
                const found = () => document.querySelector({});
                for (const pane of document.querySelectorAll('.form, .preview-body')) {{
                    for (let top = 0; !found() && top <= pane.scrollHeight; top += pane.clientHeight / 2 || 1e9) {{
                        pane.scrollTop = top;
                        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
                    }}
                }}
                return !!found() }})()",
            quoted(selector)
        );
        self.wait_until(&format!("`{selector}` to be in the page"), &reach)
    }

    /// Clicks the middle of the first match of the selector, once it is visible, still and not covered.
    pub fn click(&self, selector: &str) -> Result<()> {
        let (x, y) = self.target(selector)?;
        self.mouse("mouseMoved", x, y)?;
        self.mouse("mousePressed", x, y)?;
        self.mouse("mouseReleased", x, y)
    }

    /// Clicks an input, selects what it holds and types `text` over it, key by key.
    pub fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        self.click(selector)?;
        self.press("Control+a")?;
        if text.is_empty() { self.press("Delete") } else { self.type_text(text) }
    }

    /// Types where the focus is, key by key.
    pub fn type_text(&self, text: &str) -> Result<()> {
        text.chars().try_for_each(|letter| self.key(input::letter(letter)))
    }

    /// Presses a key or a chord: `Enter`, `Escape`, `Shift+Tab`, `Control+z`.
    pub fn press(&self, chord: &str) -> Result<()> {
        self.key(input::chord(chord))
    }

    /// Chooses an option of a `<select>` by its value, as a person's choice would.
    pub fn choose(&self, selector: &str, value: &str) -> Result<()> {
        self.reach(selector)?;
        self.wait_for(selector)?;
        let choose = format!(
            "(() => {{ const select = document.querySelector({}); select.value = {};
                for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, {{ bubbles: true }}));
                return select.value }})()",
            quoted(selector),
            quoted(value)
        );
        match self.eval(&choose)? {
            Value::String(chosen) if chosen == value => Ok(()),
            other => {
                Err(Error::new(format!("`{selector}` has no option {value:?}; it shows {other}")))
            }
        }
    }

    /// Gives an `<input type=file>` these files, as the file dialog would.
    pub fn set_files(&self, selector: &str, files: &[&Path]) -> Result<()> {
        let expression = format!("document.querySelector({})", quoted(selector));
        let found = self.cdp("Runtime.evaluate", json!({ "expression": expression }))?;
        let object = &found["result"]["objectId"];
        if object.is_null() {
            return Err(Error::new(format!("no `{selector}` to give files to")));
        }
        self.cdp("DOM.setFileInputFiles", json!({ "files": files, "objectId": object })).map(drop)
    }

    /// Writes what is visible as a PNG.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        let shot = self.cdp("Page.captureScreenshot", json!({ "format": "png" }))?;
        let bytes = base64::decode(shot["data"].as_str().unwrap_or_default())?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, bytes)
            .map_err(|error| Error::new(format!("cannot write {}: {error}", file.display())))
    }

    /// The next finished download that was not handed out yet.
    pub fn download(&self) -> Result<Download> {
        let found = poll(|| {
            let mut waiting = self.downloads.borrow_mut();
            waiting.extend(self.shared.finished_downloads()?);
            Ok((!waiting.is_empty()).then(|| waiting.remove(0)))
        })?;
        found.ok_or_else(|| self.gave_up("a download", &Ok(Value::Null)))
    }

    /// The console so far, of the page and its Workers, in order.
    pub fn console(&self) -> Vec<Console> {
        self.take_in();
        self.console.borrow().clone()
    }

    /// Errors and warnings of the console so far: uncaught errors, CSP violations and failed loads are among them.
    pub fn complaints(&self) -> Vec<Console> {
        let serious =
            |entry: &Console| matches!(entry.level.as_str(), "error" | "warning" | "assert");
        self.console().into_iter().filter(serious).collect()
    }

    /// Every request so far, of the page and its Workers, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.take_in();
        self.requests.borrow().clone()
    }

    /// The requests that left `origin`; data and blob addresses do not.
    pub fn requests_outside(&self, origin: &str) -> Vec<Request> {
        let inside = |url: &str| {
            ["data:", "blob:", "about:", origin].iter().any(|start| url.starts_with(start))
        };
        self.requests().into_iter().filter(|request| !inside(&request.url)).collect()
    }

    fn key(&self, down: Value) -> Result<()> {
        let up = input::released(&down);
        self.cdp("Input.dispatchKeyEvent", down)?;
        self.cdp("Input.dispatchKeyEvent", up).map(drop)
    }

    fn mouse(&self, kind: &str, x: f64, y: f64) -> Result<()> {
        let button = if kind == "mouseMoved" { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
        self.cdp("Input.dispatchMouseEvent", event).map(drop)
    }

    /// Where to click an element: its middle, once it has stopped moving and nothing lies over it.
    fn target(&self, selector: &str) -> Result<(f64, f64)> {
        self.reach(selector)?;
        self.wait_for(selector)?;
        let reachable = format!(
            "(async () => {{
                const element = document.querySelector({});
                if (!element?.checkVisibility() || element.disabled) return false;
                element.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
                const before = element.getBoundingClientRect();
                await new Promise(requestAnimationFrame);
                const box = element.getBoundingClientRect();
                if (box.x !== before.x || box.y !== before.y) return false;
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const hit = document.elementFromPoint(x, y);
                const reached = hit && (element.contains(hit) || hit.closest('label')?.control === element);
                if (!reached) return false;
                globalThis.__target = [x, y];
                return true }})()",
            quoted(selector)
        );
        self.wait_until(&format!("`{selector}` to be clickable"), &reachable)?;
        let point = self.eval("globalThis.__target")?;
        match (point[0].as_f64(), point[1].as_f64()) {
            (Some(x), Some(y)) => Ok((x, y)),
            _ => Err(Error::new(format!("`{selector}` has no place on the page"))),
        }
    }

    /// Sorts the events that have arrived into the console and the requests.
    fn take_in(&self) {
        let mut connection = self.shared.connection.borrow_mut();
        connection.drain();
        let mut sessions = self.sessions.borrow_mut();
        let ours = |event: &Event| {
            let ours = sessions.contains(&event.session);
            if ours && event.method == "Target.attachedToTarget" {
                sessions.push(event.params["sessionId"].as_str().unwrap_or_default().to_owned());
            }
            ours
        };
        for event in connection.take_events(ours) {
            self.console.borrow_mut().extend(log::console(&event));
            self.requests.borrow_mut().extend(log::request(&event));
        }
    }

    /// The error of a wait that ended in nothing, with what the page shows and what its console says.
    fn gave_up(&self, what: &str, seen: &Result<Value>) -> Error {
        let last = match seen {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        };
        let body = self.eval("document.body?.innerText.slice(0, 1500)").unwrap_or_default();
        let console: Vec<_> = self.complaints().into_iter().map(|entry| entry.text).collect();
        Error::new(format!(
            "waited {} s for {what}; last seen: {last}\nthe page shows: {}\nthe console says: {}",
            PATIENCE.as_secs(),
            body.as_str().unwrap_or("nothing"),
            console.join("\n")
        ))
    }
}

/// Looks again and again until there is something, for as long as a step may take.
fn poll<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<Option<T>> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = look()?;
        if found.is_some() || Instant::now() > deadline {
            return Ok(found);
        }
        thread::sleep(GLANCE);
    }
}

/// A text as a JavaScript literal.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
