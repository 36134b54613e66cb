//! JSON values to YAML, byte for byte as Helm's `toYaml` (go-yaml v2) and `toYamlPretty` (v3).
//!
//! Follows libyaml's emitter in block style with go-yaml's choices: width 80, indent 2, sequences
//! not indented inside mappings, keys in go-yaml's natural order.

mod analyze;
mod order;
mod write;

use crate::error::Error;
use crate::node::Mark;
use crate::resolve::{Scalar, plain};
use analyze::Analysis;
use serde_json::{Map, Value};
use write::Writer;

/// YAML with its last line break.
///
/// # Errors
/// Where Helm's `toYaml` gives up and prints nothing: characters that go-yaml's reader refuses in
/// the JSON between, or a nesting beyond [`crate::MAX_DEPTH`].
pub fn to_string(value: &Value) -> Result<String, Error> {
    emit(value, Writer::new(80, false))
}

/// YAML as go-yaml v3 writes it with an indent of 2: sequences indented, nothing folded.
pub fn to_string_pretty(value: &Value) -> Result<String, Error> {
    emit(value, Writer::new(usize::MAX, true))
}

/// The only key of a mapping that stands for a text to be written as it is.
const VERBATIM: &str = "\0";

/// What JSON has no value for (`.inf`, a time), for [`to_string_pretty`].
pub fn verbatim(text: &str) -> Value {
    Value::Object(Map::from_iter([(VERBATIM.to_owned(), text.into())]))
}

fn emit(value: &Value, writer: Writer) -> Result<String, Error> {
    let mut emitter = Emitter { writer, depth: 0 };
    emitter.node(value, Context::Root)?;
    emitter.writer.finish();
    Ok(emitter.writer.out)
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Root,
    Item,
    Key,
    Value,
}

struct Emitter {
    writer: Writer,
    depth: usize,
}

impl Emitter {
    fn node(&mut self, value: &Value, context: Context) -> Result<(), Error> {
        match value {
            Value::Null => self.writer.plain("null", context != Context::Key),
            Value::Bool(truth) => self.writer.plain(if *truth { "true" } else { "false" }, true),
            Value::Number(number) => {
                let text = match number.as_f64() {
                    // The reader of the JSON in between takes `-0` for a whole number.
                    Some(0.0) if !self.writer.pretty => "0".to_owned(),
                    Some(value) if number.is_f64() => gotemplate::fmt::float_g(value),
                    _ => number.to_string(),
                };
                self.writer.plain(&text, true);
            }
            Value::String(text) => self.string(text, context)?,
            Value::Array(items) if items.is_empty() => {
                self.writer.indicator("[]", true, false, false)
            }
            Value::Object(map) if self.writer.pretty && map.contains_key(VERBATIM) => {
                let text = map.get(VERBATIM).and_then(Value::as_str);
                self.writer.plain(text.unwrap_or_default(), true);
            }
            Value::Object(map) if map.is_empty() => self.writer.indicator("{}", true, false, false),
            Value::Array(items) => self.nested(|emitter| emitter.sequence(items, context))?,
            Value::Object(map) => self.nested(|emitter| emitter.mapping(map))?,
        }
        Ok(())
    }

    fn nested(&mut self, run: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > crate::MAX_DEPTH {
            let most = crate::MAX_DEPTH;
            return Err(Error::new(format!("yaml: exceeded max depth of {most}"), Mark::default()));
        }
        run(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn sequence(&mut self, items: &[Value], context: Context) -> Result<(), Error> {
        let indentless = context == Context::Value && !self.writer.indention && !self.writer.pretty;
        let outer = self.writer.increase_indent(false, indentless);
        for item in items {
            self.writer.line();
            self.writer.indicator("-", true, false, true);
            self.node(item, Context::Item)?;
        }
        self.writer.indent = outer;
        Ok(())
    }

    fn mapping(&mut self, map: &Map<String, Value>) -> Result<(), Error> {
        let outer = self.writer.increase_indent(false, false);
        let mut entries: Vec<(&String, &Value)> = map.iter().collect();
        entries.sort_by(|(a, _), (b, _)| order::compare(a, b));
        for (key, value) in entries {
            self.writer.line();
            if !self.writer.pretty && key.contains('\u{85}') {
                // A key of two lines ends the flow mapping that JSON is to the reader.
                let message = "yaml: line 1: did not find expected ',' or '}'";
                return Err(Error::new(message, Mark::default()));
            }
            let key_text = self.clean(key)?;
            if simple_key(&key_text) {
                self.string(key, Context::Key)?;
                self.writer.indicator(":", false, false, false);
            } else {
                self.writer.indicator("?", true, false, true);
                self.string(key, Context::Item)?;
                self.writer.line();
                self.writer.indicator(":", true, false, true);
            }
            self.node(value, Context::Value)?;
        }
        self.writer.indent = outer;
        Ok(())
    }

    /// The text as it comes out of the JSON in between, where go-yaml reads it again.
    fn clean(&self, text: &str) -> Result<String, Error> {
        if self.writer.pretty {
            return Ok(text.to_owned());
        }
        let refused = |c: char| matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
        if text.contains(refused) {
            let message = "yaml: control characters are not allowed";
            return Err(Error::new(message, Mark::default()));
        }
        // A raw NEL is a line break to the reader and folds.
        if text.contains('\u{85}') { Ok(fold_nel(text)) } else { Ok(text.to_owned()) }
    }

    fn string(&mut self, text: &str, context: Context) -> Result<(), Error> {
        let text = &self.clean(text)?;
        let key = context == Context::Key;
        let outer = self.writer.increase_indent(true, false);
        let mut analysis = Analysis::of(text);
        if self.writer.pretty {
            analysis.block = analysis.block_with_tabs;
        }
        let style = analysis.style(text, key, wanted_style(text));
        self.writer.scalar(text, style, !key);
        self.writer.indent = outer;
        Ok(())
    }
}

fn fold_nel(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{85}') {
        let (before, after) = rest.split_at(at);
        out.push_str(before.trim_end_matches([' ', '\t']));
        let run = after.trim_start_matches(['\u{85}', ' ', '\t']);
        let breaks = after[..after.len() - run.len()].matches('\u{85}').count();
        out.push_str(&if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) });
        rest = run;
    }
    out + rest
}

fn simple_key(text: &str) -> bool {
    text.len() <= 128 && !Analysis::of(text).multiline
}

/// How a scalar is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// go-yaml's `stringv`: literal for several lines, plain where it reads back as a string.
fn wanted_style(text: &str) -> Style {
    if text.contains('\n') {
        return Style::Literal;
    }
    let reads_back = matches!(plain(text), Scalar::Text | Scalar::Merge);
    if reads_back && !is_base_60(text) { Style::Plain } else { Style::Double }
}

/// `^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$`: a YAML 1.1 float in base 60.
fn is_base_60(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !body.starts_with(|c: char| c.is_ascii_digit()) || !body.contains(':') {
        return false;
    }
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let mut parts = whole.split(':');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let first = parts.next().is_some_and(digits);
    let sixties = parts.all(|part| match part.as_bytes() {
        [units] => units.is_ascii_digit(),
        [tens, units] => (b'0'..=b'5').contains(tens) && units.is_ascii_digit(),
        _ => false,
    });
    first && sixties && digits(fraction)
}
