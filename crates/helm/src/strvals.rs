//! `--set`, `--set-string`, `--set-json`: `a.b[0].c=v,d={x,y}` into values.

use serde_json::{Map, Number, Value as Json};
use thiserror::Error;

/// Largest index: Helm's `MaxIndex`.
const MAX_INDEX: usize = 65_536;
/// Deepest name: Helm's `MaxNestedNameLevel`.
const MAX_DEPTH: usize = 30;

/// Why a `--set` text cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct SetError(String);

/// How values are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `--set`: booleans, null and integers are recognised.
    Typed,
    /// `--set-string`.
    String,
    /// `--set-json`.
    Json,
}

/// Sets what `text` says into `values`.
pub fn parse_into(text: &str, mode: Mode, values: &mut Json) -> Result<(), SetError> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, mode };
    while reader.at < reader.chars.len() {
        if !values.is_object() {
            *values = Json::Object(Map::new());
        }
        reader.pair(values, 0)?;
    }
    Ok(())
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    mode: Mode,
}

impl Reader {
    /// Text up to one of `stops` (not taken); a backslash takes the next as it is.
    fn word(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut out = String::new();
        while let Some(c) = self.chars.get(self.at).copied() {
            if c == '\\' {
                self.at += 1;
                out.extend(self.chars.get(self.at));
            } else if stops.contains(&c) {
                return (out, Some(c));
            } else {
                out.push(c);
            }
            self.at += 1;
        }
        (out, None)
    }

    fn pair(&mut self, place: &mut Json, depth: usize) -> Result<(), SetError> {
        if depth > MAX_DEPTH {
            return Err(SetError(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_DEPTH}"
            )));
        }
        let (key, stop) = self.word(&['=', '[', ',', '.']);
        if !place.is_object() {
            *place = Json::Object(Map::new());
        }
        let Json::Object(map) = place else { return Ok(()) };
        match stop {
            None if key.is_empty() => Ok(()),
            None => Err(SetError(format!("key {key:?} has no value"))),
            Some(',') => Err(SetError(format!("key {key:?} has no value (cannot end with ,)"))),
            Some('.') => {
                self.at += 1;
                let below = map.entry(key).or_insert_with(|| Json::Object(Map::new()));
                self.pair(below, depth + 1)
            }
            Some('[') => {
                let below = map.entry(key).or_insert_with(|| Json::Array(Vec::new()));
                self.item(below, depth)
            }
            Some(_) => {
                self.at += 1;
                let value = self.value()?;
                map.insert(key, value);
                Ok(())
            }
        }
    }

    fn item(&mut self, place: &mut Json, depth: usize) -> Result<(), SetError> {
        self.at += 1;
        let (digits, _) = self.word(&[']']);
        self.at += 1;
        let index: usize = digits.trim().parse().map_err(|_| {
            SetError(format!(
                "error parsing index: strconv.Atoi: parsing {digits:?}: invalid syntax"
            ))
        })?;
        if index > MAX_INDEX {
            return Err(SetError(format!(
                "index of {index} is greater than maximum supported index of {MAX_INDEX}"
            )));
        }
        if !place.is_array() {
            *place = Json::Array(Vec::new());
        }
        let Json::Array(items) = place else { return Ok(()) };
        if items.len() <= index {
            items.resize(index + 1, Json::Null);
        }
        let below = &mut items[index];
        match self.chars.get(self.at) {
            Some('=') => {
                self.at += 1;
                *below = self.value()?;
                Ok(())
            }
            Some('[') => self.item(below, depth + 1),
            Some('.') => {
                self.at += 1;
                self.pair(below, depth + 1)
            }
            _ => Err(SetError("unexpected data at end of array index".to_owned())),
        }
    }

    fn value(&mut self) -> Result<Json, SetError> {
        if self.mode == Mode::Json {
            let rest: String = self.chars[self.at..].iter().collect();
            let mut stream = serde_json::Deserializer::from_str(&rest).into_iter::<Json>();
            let value = match stream.next() {
                Some(value) => value.map_err(|error| SetError(error.to_string()))?,
                None => Json::Null,
            };
            let used = rest[..stream.byte_offset()].chars().count();
            self.at += used;
            self.skip_comma();
            return Ok(value);
        }
        if self.chars.get(self.at) == Some(&'{') {
            return self.list();
        }
        let (text, _) = self.word(&[',']);
        self.skip_comma();
        Ok(typed(text, self.mode))
    }

    fn skip_comma(&mut self) {
        if self.chars.get(self.at) == Some(&',') {
            self.at += 1;
        }
    }

    fn list(&mut self) -> Result<Json, SetError> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.word(&[',', '}']);
            match stop {
                Some('}') => {
                    if !(text.is_empty() && items.is_empty()) {
                        items.push(typed(text, self.mode));
                    }
                    self.at += 1;
                    self.skip_comma();
                    return Ok(Json::Array(items));
                }
                Some(_) => {
                    items.push(typed(text, self.mode));
                    self.at += 1;
                }
                None => return Err(SetError("list must terminate with '}'".to_owned())),
            }
        }
    }
}

fn typed(text: String, mode: Mode) -> Json {
    if mode == Mode::String {
        return Json::String(text);
    }
    match text.to_ascii_lowercase().as_str() {
        "true" => return Json::Bool(true),
        "false" => return Json::Bool(false),
        "null" => return Json::Null,
        "0" => return Json::Number(0.into()),
        _ => {}
    }
    let leading_zero = text.starts_with('0');
    match text.parse::<i64>() {
        Ok(number) if !leading_zero => Json::Number(Number::from(number)),
        _ => Json::String(text),
    }
}
