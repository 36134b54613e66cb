//! A place in a tree of values: keys and indices. Written `a.b[0]."c.d"` and read back the same.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One step down a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    Key(String),
    Index(usize),
}

/// Steps from the root; empty is the root itself. Serialised as its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Path(Vec<Segment>);

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    pub text: String,
    /// Byte offset of the first character that does not fit.
    pub at: usize,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a path: unexpected text at byte {}", self.text, self.at)
    }
}

impl std::error::Error for PathError {}

impl Path {
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    pub fn key(&self, key: impl Into<String>) -> Self {
        let mut path = self.clone();
        path.push(Segment::Key(key.into()));
        path
    }

    pub fn index(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.push(Segment::Index(index));
        path
    }

    pub fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    pub fn pop(&mut self) -> Option<Segment> {
        self.0.pop()
    }

    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// Whether `self` is `other` or an ancestor of it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// `self` followed by `rest`.
    pub fn join(&self, rest: &Self) -> Self {
        let mut path = self.clone();
        path.0.extend(rest.0.iter().cloned());
        path
    }

    /// Reads an RFC 6901 JSON pointer. Digits become an index only below a list, which a pointer
    /// cannot tell, so the caller hands in `is_list(prefix)`.
    pub fn from_pointer(pointer: &str, is_list: impl Fn(&Path) -> bool) -> Self {
        let mut path = Self::root();
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            match token.parse() {
                Ok(index) if is_list(&path) => path.push(Segment::Index(index)),
                _ => path.push(Segment::Key(token)),
            }
        }
        path
    }

    /// The value at this path below `root`.
    pub fn get<'v>(&self, root: &'v serde_json::Value) -> Option<&'v serde_json::Value> {
        self.0.iter().try_fold(root, |value, segment| match segment {
            Segment::Key(key) => value.as_object()?.get(key),
            Segment::Index(index) => value.as_array()?.get(*index),
        })
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Self(segments)
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && !key.contains(['.', '[', ']', '"', '\\'])
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    if position > 0 {
                        f.write_str(".")?;
                    }
                    if is_plain(key) {
                        f.write_str(key)?;
                    } else {
                        write!(f, "\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

impl TryFrom<String> for Path {
    type Error = PathError;
    fn try_from(text: String) -> Result<Self, PathError> {
        text.parse()
    }
}

impl std::str::FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Reader { text, at: 0 }.path()
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn path(mut self) -> Result<Path, PathError> {
        let mut path = Path::root();
        while self.at < self.text.len() {
            let segment = match self.peek() {
                Some('[') => self.bracketed()?,
                Some('.') if !path.is_root() => {
                    self.at += 1;
                    self.keyed()?
                }
                _ if path.is_root() => self.keyed()?,
                _ => return Err(self.error()),
            };
            path.push(segment);
        }
        Ok(path)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn error(&self) -> PathError {
        PathError { text: self.text.to_owned(), at: self.at }
    }

    fn bracketed(&mut self) -> Result<Segment, PathError> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let end = rest.find(']').ok_or_else(|| self.error())?;
        let index = rest[..end].parse().map_err(|_| self.error())?;
        self.at += end + 2;
        Ok(Segment::Index(index))
    }

    fn keyed(&mut self) -> Result<Segment, PathError> {
        if self.peek() == Some('"') {
            return self.quoted();
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let key = &rest[..end];
        if !is_plain(key) {
            return Err(self.error());
        }
        self.at += end;
        Ok(Segment::Key(key.to_owned()))
    }

    fn quoted(&mut self) -> Result<Segment, PathError> {
        let mut key = String::new();
        self.at += 1;
        loop {
            let c = self.peek().ok_or_else(|| self.error())?;
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(Segment::Key(key)),
                '\\' => {
                    let escaped = self.peek().ok_or_else(|| self.error())?;
                    self.at += escaped.len_utf8();
                    key.push(escaped);
                }
                _ => key.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_path_are_the_same_thing() {
        for text in ["", "a", "a.b", "a[0].b", "a[0][12]", "\"x.y\".b", "a.\"q\\\"q\"", "a.\"\""] {
            let path: Path = text.parse().unwrap();
            assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_says_where() {
        assert_eq!("a..b".parse::<Path>().unwrap_err().at, 2);
        assert_eq!("a[x]".parse::<Path>().unwrap_err().at, 1);
        assert_eq!("a[0]b".parse::<Path>().unwrap_err().at, 4);
    }

    #[test]
    fn a_pointer_tells_keys_from_indices_by_what_is_there() {
        let path = Path::from_pointer("/a/0/b~1c", |prefix| prefix.to_string() == "a");
        assert_eq!(path.to_string(), "a[0].b/c");
    }
}
