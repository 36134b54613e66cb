//! Words in other cases, as the xstrings module that Sprig uses finds them: `snakecase`,
//! `kebabcase`, `camelcase`.

use crate::args::text;
use crate::strings::{lower_char, upper_char};
use gotemplate::{CallResult, Value};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Upper,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

type Word<'a> = (Kind, &'a [char]);

fn is_connector(c: char) -> bool {
    c == '-' || c == '_' || c.is_whitespace()
}

/// Go's `unicode.IsPunct`; beyond ASCII and Latin-1 only the general punctuation block.
fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_punctuation() && !"$+<=>^`|~".contains(c),
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => c != '⁄' && c != '⁒',
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' => true,
        _ => false,
    }
}

/// A letter with an upper and a lower case.
fn is_alphabet(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase() || upper_char(c) != c || lower_char(c) != c
}

fn run(chars: &[char], fits: impl Fn(char) -> bool) -> usize {
    chars.iter().position(|c| !fits(*c)).unwrap_or(chars.len())
}

/// How many characters the word has that begins with a capital: `HTTPServer` holds `HTTP` and
/// `Server`.
fn upper_word(chars: &[char]) -> usize {
    let capitals = run(chars, char::is_uppercase);
    match chars.get(capitals) {
        Some(next) if is_alphabet(*next) && capitals > 1 => capitals - 1,
        Some(next) if is_alphabet(*next) => {
            capitals + run(&chars[capitals..], |c| is_alphabet(c) && !c.is_uppercase())
        }
        _ => capitals,
    }
}

/// The first word, and what follows it.
fn next_word(chars: &[char]) -> Option<(Word<'_>, &[char])> {
    let first = *chars.first()?;
    let (kind, length) = if is_connector(first) {
        (Kind::Connector, run(chars, is_connector))
    } else if is_punctuation(first) {
        (Kind::Punctuation, run(chars, is_punctuation))
    } else if first.is_uppercase() {
        (Kind::Upper, upper_word(chars))
    } else if is_alphabet(first) {
        (Kind::Alphabet, run(chars, |c| is_alphabet(c) && !c.is_uppercase()))
    } else if first.is_numeric() {
        (Kind::Number, run(chars, char::is_numeric))
    } else {
        let other = |c| !(is_connector(c) || is_alphabet(c) || c.is_numeric() || is_punctuation(c));
        (Kind::Other, run(chars, other))
    };
    let (word, rest) = chars.split_at(length);
    Some(((kind, word), rest))
}

fn words(text: &[char]) -> Vec<Word<'_>> {
    let mut rest = text;
    let next = || {
        let (word, more) = next_word(rest)?;
        rest = more;
        Some(word)
    };
    std::iter::from_fn(next).collect()
}

pub(crate) fn snakecase(args: &[Value]) -> CallResult {
    Ok(Value::from(joined(&text(args, 0), '_')))
}

pub(crate) fn kebabcase(args: &[Value]) -> CallResult {
    Ok(Value::from(joined(&text(args, 0), '-')))
}

fn joined(whole: &str, connector: char) -> String {
    let chars: Vec<char> = whole.chars().collect();
    let words = words(&chars);
    let mut writer = Writer { words: &words, at: 0, connector, out: String::new() };
    while writer.at < words.len() {
        writer.group();
    }
    writer.out
}

/// Writes words in lower case, and connectors between those that nothing parts.
struct Writer<'a> {
    words: &'a [Word<'a>],
    at: usize,
    connector: char,
    out: String,
}

impl Writer<'_> {
    fn kind(&self) -> Option<Kind> {
        self.words.get(self.at).map(|word| word.0)
    }

    fn word(&mut self) {
        let Some((kind, word)) = self.words.get(self.at) else { return };
        self.at += 1;
        for c in *word {
            self.out.push(match kind {
                Kind::Connector => self.connector,
                Kind::Upper => lower_char(*c),
                _ => *c,
            });
        }
    }

    /// A connector, where a word follows that is not parted already.
    fn part(&mut self) {
        if !matches!(self.kind(), None | Some(Kind::Connector | Kind::Punctuation)) {
            self.out.push(self.connector);
        }
    }

    fn numbered(&mut self) {
        while matches!(self.kind(), Some(Kind::Alphabet | Kind::Number)) {
            self.word();
        }
        self.part();
    }

    /// A word with the numbers that belong to it.
    fn group(&mut self) {
        let kind = self.kind();
        self.word();
        match kind {
            Some(Kind::Number) => self.numbered(),
            Some(Kind::Connector | Kind::Punctuation) => {}
            _ if self.kind() != Some(Kind::Number) => self.part(),
            _ if self.at + 1 >= self.words.len() => self.word(),
            // `http2xx` is `http_2xx`, but `Bld4Floor` is `bld4_floor`.
            _ if self.words[self.at + 1].0 == Kind::Alphabet => {
                self.out.push(self.connector);
                self.word();
                self.numbered();
            }
            _ => {
                self.word();
                self.part();
            }
        }
    }
}

/// Words begin with a capital; connectors at the ends, and all but one of a row, stay.
pub(crate) fn camelcase(args: &[Value]) -> CallResult {
    let chars: Vec<char> = text(args, 0).chars().collect();
    let lead = run(&chars, is_connector);
    let mut out: String = chars[..lead].iter().collect();
    let Some(first) = chars.get(lead) else {
        // The last of nothing but connectors comes twice, as in xstrings.
        out.extend(chars.last());
        return Ok(Value::from(out));
    };
    let mut capitals = first.is_uppercase();
    let mut held = upper_char(*first);
    for c in &chars[lead + 1..] {
        let mut next = *c;
        if is_connector(held) && is_connector(next) {
            out.push(held);
        } else if is_connector(held) {
            capitals = next.is_uppercase();
            next = upper_char(next);
        } else {
            if capitals && next.is_uppercase() {
                next = lower_char(next);
            } else {
                capitals = false;
            }
            out.push(held);
        }
        held = next;
    }
    out.push(held);
    Ok(Value::from(out))
}
