//! Text to JSON, with the complaints of Go's `encoding/json`.

use gotemplate::fmt;
use serde_json::{Map, Value as Json};

/// Deepest nesting read. Go's own limit is 10,000, which a browser's stack would not bear.
const MAX_DEPTH: usize = 250;

pub(crate) const END: &str = "unexpected end of JSON input";

/// What was read, and what was out of range: Go goes on after that, with 0.
pub(crate) struct Read {
    pub(crate) value: Json,
    pub(crate) complaint: Option<String>,
}

struct Reader<'t> {
    rest: &'t str,
    complaint: Option<String>,
    /// Keys and indices that lead to what is being read.
    path: Vec<String>,
}

type Found<T> = Result<T, String>;

/// One value, and nothing but blanks around it.
pub(crate) fn read(text: &str) -> Found<Read> {
    let mut reader = Reader { rest: text, complaint: None, path: Vec::new() };
    let value = reader.value()?;
    reader.blanks();
    match reader.rest.chars().next() {
        None => Ok(Read { value, complaint: reader.complaint }),
        Some(c) => Err(unexpected(c, "after top-level value")),
    }
}

fn unexpected(c: char, place: &str) -> String {
    let shown = match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        _ => {
            let quoted = fmt::quote(c.to_string().as_bytes());
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    };
    format!("invalid character {shown} {place}")
}

impl<'t> Reader<'t> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn peek(&mut self) -> Found<char> {
        self.rest.chars().next().ok_or_else(|| END.to_owned())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn value(&mut self) -> Found<Json> {
        self.blanks();
        match self.peek()? {
            '{' => self.object(),
            '[' => self.array(),
            '"' => Ok(Json::String(self.string()?)),
            '-' | '0'..='9' => self.number(),
            't' => self.literal("true", Json::Bool(true)),
            'f' => self.literal("false", Json::Bool(false)),
            'n' => self.literal("null", Json::Null),
            c => Err(unexpected(c, "looking for beginning of value")),
        }
    }

    fn literal(&mut self, name: &str, value: Json) -> Found<Json> {
        for expected in name.chars() {
            match self.peek()? {
                c if c == expected => self.skip(1),
                c => {
                    let place = format!("in literal {name} (expecting '{expected}')");
                    return Err(unexpected(c, &place));
                }
            }
        }
        Ok(value)
    }

    fn deeper(&self) -> Found<()> {
        if self.path.len() >= MAX_DEPTH { Err("exceeded max depth".to_owned()) } else { Ok(()) }
    }

    fn object(&mut self) -> Found<Json> {
        self.deeper()?;
        self.skip(1);
        let mut map = Map::new();
        loop {
            self.blanks();
            match self.peek()? {
                '}' if map.is_empty() => break,
                '"' => {}
                c => return Err(unexpected(c, "looking for beginning of object key string")),
            }
            let key = self.string()?;
            self.blanks();
            match self.peek()? {
                ':' => self.skip(1),
                c => return Err(unexpected(c, "after object key")),
            }
            self.path.push(key.replace('~', "~0").replace('/', "~1"));
            let value = self.value()?;
            self.path.pop();
            map.insert(key, value);
            self.blanks();
            match self.peek()? {
                ',' => self.skip(1),
                '}' => break,
                c => return Err(unexpected(c, "after object key:value pair")),
            }
        }
        self.skip(1);
        Ok(Json::Object(map))
    }

    fn array(&mut self) -> Found<Json> {
        self.deeper()?;
        self.skip(1);
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.peek()? == ']' && items.is_empty() {
                break;
            }
            self.path.push(items.len().to_string());
            items.push(self.value()?);
            self.path.pop();
            self.blanks();
            match self.peek()? {
                ',' => self.skip(1),
                ']' => break,
                c => return Err(unexpected(c, "after array element")),
            }
        }
        self.skip(1);
        Ok(Json::Array(items))
    }

    fn digits(&mut self) -> Found<()> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 {
            let c = self.peek()?;
            return Err(unexpected(c, "in numeric literal"));
        }
        self.skip(count);
        Ok(())
    }

    fn number(&mut self) -> Found<Json> {
        let before = self.rest;
        if self.rest.starts_with('-') {
            self.skip(1);
        }
        match self.rest.starts_with('0') {
            true => self.skip(1),
            false => self.digits()?,
        }
        if self.rest.starts_with('.') {
            self.skip(1);
            self.digits()?;
        }
        if self.rest.starts_with(['e', 'E']) {
            self.skip(1);
            if self.rest.starts_with(['+', '-']) {
                self.skip(1);
            }
            self.digits()?;
        }
        let text = &before[..before.len() - self.rest.len()];
        let value = text.parse::<f64>().unwrap_or(f64::INFINITY);
        match serde_json::Number::from_f64(value) {
            Some(number) => Ok(Json::Number(number)),
            None => {
                let place = self.place();
                self.complaint.get_or_insert(format!(
                    "json: cannot unmarshal number {text} into {place} of type float64"
                ));
                Ok(Json::from(0.0))
            }
        }
    }

    /// How Go names the place: a field, unless the last step was into a list.
    fn place(&self) -> String {
        let path: String = self.path.iter().map(|step| format!(".{step}")).collect();
        match self.path.last() {
            None => "Go value".to_owned(),
            Some(step) if step.bytes().all(|byte| byte.is_ascii_digit()) => path,
            Some(_) => format!("Go struct field {path}"),
        }
    }

    fn string(&mut self) -> Found<String> {
        self.skip(1);
        let mut out = String::new();
        loop {
            let c = self.peek()?;
            match c {
                '"' => {
                    self.skip(1);
                    return Ok(out);
                }
                '\\' => out.push(self.escape()?),
                '\0'..='\x1f' => return Err(unexpected(c, "in string")),
                _ => {
                    out.push(c);
                    self.skip(c.len_utf8());
                }
            }
        }
    }

    fn escape(&mut self) -> Found<char> {
        let mut chars = self.rest.chars();
        chars.next();
        let c = chars.next().ok_or(END)?;
        let plain = match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return Err(format!("invalid escape sequence `\\{c}` in string")),
        };
        self.skip(2);
        Ok(plain)
    }

    /// `\u0041`; a half of a pair that stands alone is U+FFFD.
    fn unicode(&mut self) -> Found<char> {
        let first = self.unit()?;
        if (0xd800..0xdc00).contains(&first) && self.rest.starts_with("\\u") {
            let rest = self.rest;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.rest = rest;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Found<u32> {
        let digits: String = self.rest.chars().skip(2).take(4).collect();
        if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(format!("invalid escape sequence `\\u{digits}` in string"));
        }
        if digits.len() < 4 {
            return Err(END.to_owned());
        }
        self.skip(6);
        u32::from_str_radix(&digits, 16).map_err(|_| END.to_owned())
    }
}
