//! What Helm logs beside what it prints: values that it passes over while it lays them together,
//! one line each on stderr, as Go's `log/slog` writes its text form.

use serde_json::Value as Json;
use std::fmt;

/// How much a line matters, in slog's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    Info,
    Warn,
}

/// One line of Helm's log, without its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub level: LogLevel,
    pub message: String,
    /// Names and values behind the message.
    pub attributes: Vec<(&'static str, String)>,
}

impl LogLine {
    pub(crate) fn info(message: String) -> Self {
        Self { level: LogLevel::Info, message, attributes: Vec::new() }
    }

    pub(crate) fn warn(message: &str, attributes: Vec<(&'static str, String)>) -> Self {
        Self { level: LogLevel::Warn, message: message.to_owned(), attributes }
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            LogLevel::Info => "INFO",
            LogLevel::Warn => "WARN",
        };
        write!(out, "level={level} msg={}", quoted(&self.message))?;
        self.attributes
            .iter()
            .try_for_each(|(name, value)| write!(out, " {name}={}", quoted(value)))
    }
}

/// slog quotes what is empty or would not read as one word.
fn quoted(text: &str) -> String {
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control();
    let word = !text.is_empty() && text.chars().all(|c| plain(c) && c != '"' && c != '=');
    if word { text.to_owned() } else { go(b"%q", gotemplate::Value::from(text)) }
}

/// A value as `%v` prints it.
pub(crate) fn shown(value: &Json) -> String {
    go(b"%v", sprig::json::to_value(value))
}

fn go(format: &[u8], value: gotemplate::Value) -> String {
    let text = gotemplate::fmt::sprintf(format, &[value]).unwrap_or_default();
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{LogLine, quoted};

    #[test]
    fn words_stay_and_all_else_is_quoted() {
        assert_eq!(quoted("sub.enabled"), "sub.enabled");
        assert_eq!(quoted(""), r#""""#);
        assert_eq!(quoted("a=b"), r#""a=b""#);
        assert_eq!(quoted("a\n\"b\""), r#""a\n\"b\"""#);
    }

    #[test]
    fn attributes_follow_the_message() {
        let line = LogLine::warn("returned non-bool value", vec![("path", "a.b".to_owned())]);
        assert_eq!(line.to_string(), r#"level=WARN msg="returned non-bool value" path=a.b"#);
    }
}
