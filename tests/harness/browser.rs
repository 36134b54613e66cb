//! A headless Chromium with an empty profile: opens pages, keeps what they download.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::cdp::Connection;
use crate::{Error, Page, Result, Scratch};

/// A running browser. Dropping it closes it and removes its profile.
pub struct Browser {
    shared: Rc<Shared>,
}

/// What the browser and its pages share.
pub(crate) struct Shared {
    pub(crate) connection: RefCell<Connection>,
    /// Suggested file names of the downloads that have begun, by id.
    names: RefCell<HashMap<String, String>>,
    /// Dropped after the connection, so that Chromium has left the folder.
    folder: Scratch,
}

/// A finished download.
#[derive(Clone, Debug)]
pub struct Download {
    /// The name that the page gave the file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Browser {
    /// Starts Chromium.
    pub fn launch() -> Result<Self> {
        let folder = Scratch::new("browser")?;
        let mut connection = Connection::open(folder.path())?;
        let behaviour = json!({
            "behavior": "allowAndName",
            "downloadPath": folder.path(),
            "eventsEnabled": true,
        });
        connection.call("", "Browser.setDownloadBehavior", behaviour).map_err(|error| {
            let messages =
                std::fs::read_to_string(folder.path().join("stderr.txt")).unwrap_or_default();
            Error::new(format!("Chromium did not start: {error}\n{messages}"))
        })?;
        let connection = RefCell::new(connection);
        Ok(Self { shared: Rc::new(Shared { connection, names: RefCell::default(), folder }) })
    }

    /// Opens an empty page, 1440 by 900.
    pub fn page(&self) -> Result<Page> {
        let target =
            self.shared.call("", "Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = self.shared.call("", "Target.attachToTarget", attach)?;
        let session =
            attached["sessionId"].as_str().ok_or_else(|| Error::new("Chromium gave no session"))?;
        Page::new(Rc::clone(&self.shared), session)
    }
}

impl Shared {
    /// One command; see [`Connection::call`].
    pub(crate) fn call(&self, session: &str, method: &str, params: Value) -> Result<Value> {
        self.connection.borrow_mut().call(session, method, params)
    }

    /// The downloads that have ended since the last call, in their order.
    pub(crate) fn finished_downloads(&self) -> Result<Vec<Download>> {
        let mut connection = self.connection.borrow_mut();
        connection.drain();
        let mut finished = Vec::new();
        for event in connection.take_events(|event| event.method.starts_with("Browser.download")) {
            let id = event.params["guid"].as_str().unwrap_or_default().to_owned();
            match (event.method.as_str(), event.params["state"].as_str()) {
                ("Browser.downloadWillBegin", _) => {
                    let name =
                        event.params["suggestedFilename"].as_str().unwrap_or_default().to_owned();
                    self.names.borrow_mut().insert(id, name);
                }
                (_, Some("completed")) => {
                    let bytes = std::fs::read(self.folder.path().join(&id))?;
                    let name = self.names.borrow_mut().remove(&id).unwrap_or_default();
                    finished.push(Download { name, bytes });
                }
                (_, Some("canceled")) => return Err(Error::new("a download was cancelled")),
                _ => {}
            }
        }
        Ok(finished)
    }
}
