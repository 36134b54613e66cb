//! `--set` and its kin: `a.b[0].c=v,d={x,y}` into values, as Helm's `strvals` package reads it.

use crate::layer::layer_maps;
use finding::Path;
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
    /// `--set-literal`: all behind the first `=` is the value, commas and braces too.
    Literal,
    /// `--set-file`: the value names a file, whose text is the value.
    File,
}

/// Reads the file that `--set-file` names; the error is what the system says.
pub type ReadFile<'r> = &'r dyn Fn(&str) -> Result<String, String>;

/// Sets what `text` says into `values`.
pub fn parse_into(text: &str, mode: Mode, values: &mut Json) -> Result<(), SetError> {
    let read: ReadFile<'_> = &|name| Err(format!("open {name}: no files here"));
    parse_with_files(text, mode, values, &mut Vec::new(), read)
}

/// [`parse_into`] for [`Mode::File`], too. `integers` holds the places where earlier texts gave
/// an int64, and takes those of this one: numbers of files and of `--set-json` are float64.
pub fn parse_with_files(
    text: &str,
    mode: Mode,
    values: &mut Json,
    integers: &mut Vec<Path>,
    read: ReadFile<'_>,
) -> Result<(), SetError> {
    if !values.is_object() {
        *values = Json::Object(Map::new());
    }
    let Json::Object(map) = values else { return Ok(()) };
    if mode == Mode::Json && text.trim_start().starts_with('{') {
        return whole(text, map);
    }
    let chars = text.chars().collect();
    let mut reader = Reader { chars, at: 0, mode, place: Path::root(), integers, read };
    loop {
        reader.place = Path::root();
        match reader.key(map, 0) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Error(text)) => return Err(SetError(text)),
        }
    }
}

/// `--set-json '{…}'`: one object, laid over what is there.
fn whole(text: &str, values: &mut Map<String, Json>) -> Result<(), SetError> {
    let parsed: Map<String, Json> =
        serde_json::from_str(text).map_err(|error| SetError(error.to_string()))?;
    layer_maps(values, parsed);
    Ok(())
}

/// Why reading goes no further: the text's end (`io.EOF`), which is no fault, or a fault.
enum Stop {
    End,
    Error(String),
}

type Read<T> = Result<T, Stop>;

fn fault<T>(text: impl Into<String>) -> Read<T> {
    Err(Stop::Error(text.into()))
}

struct Reader<'r> {
    chars: Vec<char>,
    at: usize,
    mode: Mode,
    /// Where the name has led so far.
    place: Path,
    integers: &'r mut Vec<Path>,
    read: ReadFile<'r>,
}

impl Reader<'_> {
    /// Text up to one of `stops`, which is taken; a backslash takes the next as it is. No stop
    /// means that the text ended.
    fn word(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut out = String::new();
        while let Some(c) = self.chars.get(self.at).copied() {
            self.at += 1;
            if stops.contains(&c) {
                return (out, Some(c));
            }
            if c == '\\' && self.mode != Mode::Literal {
                match self.chars.get(self.at) {
                    Some(next) => out.push(*next),
                    None => return (out, None),
                }
                self.at += 1;
            } else {
                out.push(c);
            }
        }
        (out, None)
    }

    fn key(&mut self, data: &mut Map<String, Json>, depth: usize) -> Read<()> {
        let stops: &[char] =
            if self.mode == Mode::Literal { &['=', '[', '.'] } else { &['=', '[', ',', '.'] };
        let (key, stop) = self.word(stops);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => fault(format!("key {key:?} has no value")),
            Some('[') => self.indexed(key, data, depth),
            Some('=') => self.assign(key, data),
            Some(',') => {
                set(data, key.clone(), Json::String(String::new()));
                fault(format!("key {key:?} has no value (cannot end with ,)"))
            }
            Some(_) => self.nested(key, data, depth + 1),
        }
    }

    fn indexed(&mut self, key: String, data: &mut Map<String, Json>, depth: usize) -> Read<()> {
        self.place = self.place.key(key.as_str());
        let index = self.index()?;
        let mut list = match data.get(&key) {
            None => Vec::new(),
            Some(Json::Array(list)) => list.clone(),
            Some(other) => return fault(self.conversion(other, "[]interface {}")),
        };
        let outcome = self.item(&mut list, index, depth);
        set(data, key, Json::Array(list));
        outcome
    }

    fn assign(&mut self, key: String, data: &mut Map<String, Json>) -> Read<()> {
        match self.value() {
            Ok((value, end)) => {
                self.place = self.place.key(key.as_str());
                self.note(&value);
                set(data, key, value);
                if end { Err(Stop::End) } else { Ok(()) }
            }
            Err(stop) => Err(stop),
        }
    }

    fn nested(&mut self, key: String, data: &mut Map<String, Json>, depth: usize) -> Read<()> {
        if depth > MAX_DEPTH {
            return fault(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_DEPTH}"
            ));
        }
        self.place = self.place.key(key.as_str());
        let mut inner = match data.get(&key) {
            None => Map::new(),
            Some(Json::Object(inner)) => inner.clone(),
            Some(other) => return fault(self.conversion(other, "map[string]interface {}")),
        };
        let outcome = self.key(&mut inner, depth);
        if inner.is_empty() && outcome.is_ok() {
            return fault(format!("key map {key:?} has no value"));
        }
        if !inner.is_empty() {
            set(data, key, Json::Object(inner));
        }
        outcome
    }

    /// What stands between `[`, which is taken, and `]`.
    fn index(&mut self) -> Read<i64> {
        let (digits, stop) = self.word(&[']']);
        if stop.is_none() {
            return Err(Stop::End);
        }
        let parsed: Result<i64, _> = digits.parse();
        parsed.or_else(|_| {
            let number = digits.trim_start_matches(['-', '+']);
            let all_digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            let why = if all_digits { "value out of range" } else { "invalid syntax" };
            fault(format!("error parsing index: strconv.Atoi: parsing {digits:?}: {why}"))
        })
    }

    fn item(&mut self, list: &mut Vec<Json>, index: i64, depth: usize) -> Read<()> {
        let Ok(place) = usize::try_from(index) else {
            return fault(format!("negative {index} index not allowed"));
        };
        self.place = self.place.index(place);
        let (extra, stop) = self.word(&['[', '.', '=']);
        if !extra.is_empty() {
            let runes: Vec<String> = extra.chars().map(|c| format!("{c:?}")).collect();
            let runes = runes.join(" ");
            return fault(format!("unexpected data at end of array index: [{runes}]"));
        }
        match stop {
            None => Err(Stop::End),
            Some('=') => {
                let (value, _) = self.value()?;
                self.note(&value);
                set_index(list, place, value)
            }
            Some('[') => {
                let next = self.index()?;
                let mut inner = match list.get(place) {
                    None | Some(Json::Null) => Vec::new(),
                    Some(Json::Array(inner)) => inner.clone(),
                    Some(other) => return fault(self.conversion(other, "[]interface {}")),
                };
                self.item(&mut inner, next, depth)?;
                set_index(list, place, Json::Array(inner))
            }
            Some(_) => {
                let mut inner = match list.get(place) {
                    Some(Json::Object(inner)) => inner.clone(),
                    _ => Map::new(),
                };
                self.key(&mut inner, depth)?;
                set_index(list, place, Json::Object(inner))
            }
        }
    }

    /// The value behind `=`, and whether the text ended before any of it.
    fn value(&mut self) -> Read<(Json, bool)> {
        match self.mode {
            Mode::Json => self.json().map(|value| (value, false)),
            Mode::Literal => {
                let rest: String = self.chars[self.at..].iter().collect();
                self.at = self.chars.len();
                Ok((Json::String(rest), false))
            }
            _ if self.at >= self.chars.len() => Ok((Json::String(String::new()), true)),
            _ if self.chars.get(self.at) == Some(&'{') => self.list().map(|list| (list, false)),
            _ => {
                let (text, _) = self.word(&[',']);
                self.typed(text).map(|value| (value, false))
            }
        }
    }

    fn json(&mut self) -> Read<Json> {
        if self.skip_blanks() {
            return Ok(Json::Null);
        }
        let rest: String = self.chars[self.at..].iter().collect();
        let mut stream = serde_json::Deserializer::from_str(&rest).into_iter::<Json>();
        let value = match stream.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => return fault(error.to_string()),
            None => Json::Null,
        };
        let used = rest.get(..stream.byte_offset()).map_or(0, |used| used.chars().count());
        self.at += used;
        self.skip_blanks();
        Ok(value)
    }

    /// Skips white space and one comma; whether a comma or the end came first.
    fn skip_blanks(&mut self) -> bool {
        while let Some(c) = self.chars.get(self.at).copied() {
            if c == ',' {
                self.at += 1;
                return true;
            }
            if !c.is_whitespace() {
                return false;
            }
            self.at += 1;
        }
        true
    }

    fn list(&mut self) -> Read<Json> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.word(&[',', '}']);
            match stop {
                None => return fault("list must terminate with '}'"),
                Some('}') => {
                    if self.chars.get(self.at) == Some(&',') {
                        self.at += 1;
                    }
                    items.push(self.typed(text)?);
                    return Ok(Json::Array(items));
                }
                Some(_) => items.push(self.typed(text)?),
            }
        }
    }

    fn typed(&self, text: String) -> Read<Json> {
        match self.mode {
            Mode::File => (self.read)(&text).map(Json::String).or_else(fault),
            Mode::Typed => Ok(typed(text)),
            _ => Ok(Json::String(text)),
        }
    }

    /// Remembers the integers of a value that is set at this place.
    fn note(&mut self, value: &Json) {
        match value {
            _ if self.mode != Mode::Typed => {}
            Json::Array(items) => {
                let whole = items.iter().enumerate().filter(|(_, item)| item.is_i64());
                let places: Vec<Path> = whole.map(|(at, _)| self.place.index(at)).collect();
                self.integers.extend(places);
            }
            value if value.is_i64() => self.integers.push(self.place.clone()),
            _ => {}
        }
    }

    /// Go's words for a type assertion that does not hold, as Helm passes them on.
    fn conversion(&self, found: &Json, wanted: &str) -> String {
        let kind = match found {
            Json::Null => "nil",
            Json::Bool(_) => "bool",
            Json::Number(_) if self.integers.contains(&self.place) => "int64",
            Json::Number(_) => "float64",
            Json::String(_) => "string",
            Json::Array(_) => "[]interface {}",
            Json::Object(_) => "map[string]interface {}",
        };
        format!("unable to parse key: interface conversion: interface {{}} is {kind}, not {wanted}")
    }
}

/// Empty keys are not set.
fn set(data: &mut Map<String, Json>, key: String, value: Json) {
    if !key.is_empty() {
        data.insert(key, value);
    }
}

fn set_index(list: &mut Vec<Json>, index: usize, value: Json) -> Read<()> {
    if index > MAX_INDEX {
        return fault(format!(
            "index of {index} is greater than maximum supported index of {MAX_INDEX}"
        ));
    }
    if list.len() <= index {
        list.resize(index + 1, Json::Null);
    }
    if let Some(place) = list.get_mut(index) {
        *place = value;
    }
    Ok(())
}

fn typed(text: String) -> Json {
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

#[cfg(test)]
mod tests {
    use super::{Mode, parse_into};
    use serde_json::{Value as Json, json};

    fn set(text: &str, mode: Mode) -> Result<Json, String> {
        let mut values = json!({"n": 1.5, "l": [1], "m": {"a": 1}});
        parse_into(text, mode, &mut values).map_err(|error| error.to_string())?;
        Ok(values)
    }

    #[test]
    fn faults_are_worded_as_helm_words_them() {
        for (text, expected) in [
            ("a", "key \"a\" has no value"),
            ("a,b=1", "key \"a\" has no value (cannot end with ,)"),
            ("a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax"),
            ("a[-1]=1", "negative -1 index not allowed"),
            ("a[0]x=1", "unexpected data at end of array index: ['x']"),
            ("a={b", "list must terminate with '}'"),
            ("a.=1", "key map \"a\" has no value"),
            (
                "n.a=1",
                "unable to parse key: interface conversion: interface {} is float64, not map[string]interface {}",
            ),
        ] {
            assert_eq!(set(text, Mode::Typed), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn values_are_typed_as_helm_types_them() {
        let values = set("a=1,b=01,c=TRUE,d=,e={x,2},l[1].k=v,m.b=null,f=1\\,2", Mode::Typed);
        let expected = json!({
            "n": 1.5, "a": 1, "b": "01", "c": true, "d": "", "e": ["x", 2],
            "l": [1, {"k": "v"}], "m": {"a": 1, "b": null}, "f": "1,2"
        });
        assert_eq!(values, Ok(expected));
        let literal = set("a.b=x,y={z}\\", Mode::Literal).unwrap();
        assert_eq!(literal["a"]["b"], "x,y={z}\\");
        assert_eq!(set("{\"m\":{\"c\":2}}", Mode::Json).unwrap()["m"], json!({"a": 1, "c": 2}));
    }
}
