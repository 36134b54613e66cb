//! Character classes of Go's regular expressions: Perl's, POSIX's, Unicode's, and their cases.

use super::parse::PatternError;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

type Range = (char, char);

const DIGIT: &[Range] = &[('0', '9')];
const SPACE: &[Range] = &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')];
const WORD: &[Range] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

const POSIX: [(&str, &[Range]); 14] = [
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\x7f')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\x1f'), ('\x7f', '\x7f')]),
    ("digit", DIGIT),
    ("graph", &[('!', '~')]),
    ("lower", &[('a', 'z')]),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", &[('A', 'Z')]),
    ("word", WORD),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

pub(super) fn of(ranges: impl IntoIterator<Item = Range>) -> ClassUnicode {
    ClassUnicode::new(ranges.into_iter().map(|(from, to)| ClassUnicodeRange::new(from, to)))
}

/// The class with the other cases of its letters where `fold`, and turned around where `negated`.
pub(super) fn finished(mut class: ClassUnicode, fold: bool, negated: bool) -> ClassUnicode {
    if fold {
        // Fails only without the tables of cases, which are built in.
        let _ = class.try_case_fold_simple();
    }
    if negated {
        class.negate();
    }
    class
}

/// `\d`, `\S` and their like, which know ASCII only.
pub(super) fn perl(letter: char) -> Option<(ClassUnicode, bool)> {
    let ranges = match letter.to_ascii_lowercase() {
        'd' => DIGIT,
        's' => SPACE,
        'w' => WORD,
        _ => return None,
    };
    Some((of(ranges.iter().copied()), letter.is_ascii_uppercase()))
}

/// `[:alpha:]` and `[:^alpha:]`, by what stands between the colons.
pub(super) fn posix(name: &str) -> Option<(ClassUnicode, bool)> {
    let (name, negated) = match name.strip_prefix('^') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let (_, ranges) = POSIX.iter().find(|(known, _)| *known == name)?;
    Some((of(ranges.iter().copied()), negated))
}

/// A category or script of Unicode, by its name in `\p{…}`; `whole` is what errors show.
pub(super) fn unicode(name: &str, whole: &str) -> Result<ClassUnicode, PatternError> {
    let unknown = || PatternError::ClassRange(whole.to_owned());
    // The parser of this crate knows more notations than Go: values of properties.
    if name.is_empty() || name.contains(['=', ':', '!', '^', '{', '}', '\\']) {
        return Err(unknown());
    }
    let parsed = regex_syntax::parse(&format!("\\p{{{name}}}")).map_err(|_| unknown())?;
    match parsed.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Ok(class),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            Ok(of(text.chars().map(|c| (c, c))))
        }
        _ => Err(unknown()),
    }
}
