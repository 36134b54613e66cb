//! Values as TOML, byte for byte as BurntSushi's encoder lays it out: keys sorted, tables last and
//! indented by two blanks a level.

use crate::dates::{Named, Time, Zone, as_time};
use gotemplate::{Budget, CallError, Exceeded, List, Map, Value, fmt};

type Written = Result<(), CallError>;

/// Nesting at which a value counts as holding itself.
const MAX_DEPTH: usize = 250;
const NIL_ELEMENT: &str = "toml: cannot encode array with nil element";
const TOP_LEVEL: &str = "toml: top-level values must be Go maps or structs";

struct Writer<'b> {
    budget: &'b mut Budget,
    out: Vec<u8>,
    /// The keys that lead to the table that is being written.
    path: Vec<Vec<u8>>,
}

pub(super) fn document(value: &Value, budget: &mut Budget) -> Result<Vec<u8>, CallError> {
    let mut writer = Writer { budget, out: Vec::new(), path: Vec::new() };
    match value {
        Value::Map(map) => writer.table_body(map)?,
        Value::List(list) if tables(list)? => return Err(CallError::new(TOP_LEVEL)),
        _ => writer.element(value, 0)?,
    }
    let length = writer.out.len();
    writer.budget.string(Some(length))?;
    Ok(writer.out)
}

/// Whether a list is one of tables only.
fn tables(list: &List) -> Result<bool, CallError> {
    if list.iter().any(|item| matches!(item, Value::Nil)) {
        return Err(CallError::new(NIL_ELEMENT));
    }
    Ok(!list.is_empty() && list.iter().all(|item| matches!(item, Value::Map(_))))
}

fn is_nil(value: &Value) -> bool {
    value.is_nil()
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Whether more may be written: parts that are shared are written each time.
    fn room(&mut self, value: &Value) -> Written {
        self.budget.walk(value)?;
        let most = self.budget.limits().string;
        if self.out.len() > most {
            return Err(CallError::Exceeded(Exceeded::String(most)));
        }
        Ok(())
    }

    /// A line break, unless nothing is written yet.
    fn line(&mut self) {
        if !self.out.is_empty() {
            self.text("\n");
        }
    }

    fn indent(&mut self) {
        let depth = self.path.len().saturating_sub(1);
        self.text(&"  ".repeat(depth));
    }

    fn key(&mut self, key: &[u8]) {
        let bare = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        match !key.is_empty() && key.iter().all(bare) {
            true => self.out.extend_from_slice(key),
            false => self.quoted(key),
        }
    }

    fn quoted(&mut self, text: &[u8]) {
        self.text("\"");
        for byte in text {
            match byte {
                b'"' => self.text("\\\""),
                b'\\' => self.text("\\\\"),
                b'\t' => self.text("\\t"),
                b'\n' => self.text("\\n"),
                b'\r' => self.text("\\r"),
                0x08 => self.text("\\b"),
                0x0c => self.text("\\f"),
                0..0x20 | 0x7f => self.text(&format!("\\u{byte:04x}")),
                _ => self.out.push(*byte),
            }
        }
        self.text("\"");
    }

    /// What is no table first, then the tables.
    fn table_body(&mut self, map: &Map) -> Written {
        if self.path.len() > MAX_DEPTH {
            return Err(CallError::new("toml: value nests too deeply"));
        }
        let mut below = Vec::new();
        for (key, value) in map.snapshot() {
            self.room(&value)?;
            let nested = match &value {
                _ if is_nil(&value) => continue,
                Value::Map(_) => true,
                Value::List(list) => tables(list)?,
                _ => false,
            };
            if nested {
                below.push((key, value));
                continue;
            }
            self.path.push(key.as_bytes().to_vec());
            self.indent();
            self.path.pop();
            self.key(key.as_bytes());
            self.text(" = ");
            self.element(&value, 0)?;
            self.text("\n");
        }
        for (key, value) in below {
            self.path.push(key.as_bytes().to_vec());
            match &value {
                Value::Map(map) => self.table(map)?,
                Value::List(list) => self.array_of_tables(list)?,
                _ => {}
            }
            self.path.pop();
        }
        Ok(())
    }

    fn heading(&mut self, open: &str, close: &str) -> Written {
        self.indent();
        self.text(open);
        for (at, key) in self.path.clone().iter().enumerate() {
            if at > 0 {
                self.text(".");
            }
            self.key(key);
            self.room(&Value::Nil)?;
        }
        self.text(close);
        self.text("\n");
        Ok(())
    }

    fn table(&mut self, map: &Map) -> Written {
        if self.path.len() == 1 {
            self.line();
        }
        self.heading("[", "]")?;
        self.table_body(map)
    }

    fn array_of_tables(&mut self, list: &List) -> Written {
        for item in list.iter().filter(|item| !is_nil(item)) {
            self.line();
            self.heading("[[", "]]")?;
            if let Value::Map(map) = item {
                self.table_body(map)?;
            }
        }
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Written {
        self.room(value)?;
        if depth > MAX_DEPTH {
            return Err(CallError::new("toml: value nests too deeply"));
        }
        match value {
            Value::Bool(truth) => self.text(if *truth { "true" } else { "false" }),
            Value::Int(number, _) => self.text(&number.to_string()),
            Value::Uint(number, _) => self.text(&number.to_string()),
            Value::Float(number, _) => self.text(&float(*number)),
            Value::String(text) => self.quoted(text.as_bytes()),
            Value::Bytes(bytes) => {
                let items: Vec<String> = bytes.as_bytes().iter().map(u8::to_string).collect();
                self.text(&format!("[{}]", items.join(", ")));
            }
            Value::List(list) => return self.list(list, depth),
            Value::Map(map) => return self.inline(map, depth),
            Value::Object(object) => {
                let shown = object.string();
                if let Some(time) = as_time(value) {
                    self.text(&time_text(&time));
                } else if let Some(text) = shown {
                    let named = object.as_any().downcast_ref::<Named>();
                    match named {
                        Some(named) if !named.is_duration() => self.text(&named.number.to_string()),
                        _ => self.quoted(text.as_bytes()),
                    }
                } else {
                    return self.element(&object.plain().unwrap_or(Value::Nil), depth + 1);
                }
            }
            Value::Nil | Value::Complex(..) | Value::Func(_) => {
                return Err(CallError::new(format!("unsupported type: {}", value.type_name())));
            }
        }
        Ok(())
    }

    fn list(&mut self, list: &List, depth: usize) -> Written {
        self.text("[");
        for (at, item) in list.iter().enumerate() {
            if at > 0 {
                self.text(", ");
            }
            if let Value::Nil = item {
                return Err(CallError::new(NIL_ELEMENT));
            }
            self.element(item, depth + 1)?;
        }
        self.text("]");
        Ok(())
    }

    fn inline(&mut self, map: &Map, depth: usize) -> Written {
        self.text("{");
        let is_table = |value: &Value| matches!(value, Value::Map(_));
        let entries = map.snapshot();
        let entries: Vec<_> = entries.iter().filter(|(_, value)| !is_nil(value)).collect();
        let (below, direct): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(_, value)| is_table(value));
        for (at, (key, value)) in direct.into_iter().chain(below).enumerate() {
            if at > 0 {
                self.text(", ");
            }
            self.key(key.as_bytes());
            self.text(" = ");
            self.element(value, depth + 1)?;
        }
        self.text("}");
        Ok(())
    }
}

/// With a fraction, or an exponent.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number < 0.0 { "-inf" } else { "inf" }.to_owned();
    }
    let text = fmt::float_g(number);
    if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
}

fn time_text(time: &Time) -> String {
    let local = match &time.zone {
        Zone::Fixed { name, .. } => match name.as_ref() {
            "datetime-local" => Some("2006-01-02T15:04:05.999999999"),
            "date-local" => Some("2006-01-02"),
            "time-local" => Some("15:04:05.999999999"),
            _ => None,
        },
        _ => None,
    };
    time.format(local.unwrap_or("2006-01-02T15:04:05.999999999Z07:00"))
}
