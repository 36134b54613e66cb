//! What a page did while it was driven: its console and its requests, read off the DevTools events.

use serde_json::Value;

use crate::cdp::Event;

/// One console message, uncaught error or browser complaint (a CSP violation, a failed load).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// `error`, `warning`, `info`, `log`, …: the DevTools protocol's own word.
    pub level: String,
    /// What it says.
    pub text: String,
}

/// One request of the page or of its Worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The full address.
    pub url: String,
    /// `Document`, `Script`, `Fetch`, …: the DevTools protocol's own word.
    pub kind: String,
}

/// The console message in an event, if it holds one.
pub(crate) fn console(event: &Event) -> Option<Console> {
    let params = &event.params;
    let (level, text) = match event.method.as_str() {
        "Runtime.consoleAPICalled" => (word(&params["type"]), arguments(&params["args"])),
        "Runtime.exceptionThrown" => {
            (String::from("error"), exception(&params["exceptionDetails"]))
        }
        "Log.entryAdded" => {
            let entry = &params["entry"];
            let place = entry["url"].as_str().map(|url| format!(" ({url})")).unwrap_or_default();
            (word(&entry["level"]), format!("{}{place}", word(&entry["text"])))
        }
        _ => return None,
    };
    Some(Console { level, text })
}

/// The request in an event, if it holds one.
pub(crate) fn request(event: &Event) -> Option<Request> {
    (event.method == "Network.requestWillBeSent").then(|| Request {
        url: word(&event.params["request"]["url"]),
        kind: word(&event.params["type"]),
    })
}

/// An uncaught error, with its stack where there is one.
pub(crate) fn exception(details: &Value) -> String {
    let thrown = &details["exception"];
    let text =
        thrown["description"].as_str().or(thrown["value"].as_str()).or(details["text"].as_str());
    text.unwrap_or("an error without a description").to_owned()
}

fn arguments(list: &Value) -> String {
    let texts = list.as_array().into_iter().flatten().map(|argument| match &argument["value"] {
        Value::String(text) => text.clone(),
        Value::Null => word(&argument["description"]),
        value => value.to_string(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
