//! The command line as Helm's flag library reads it, by a command's table of flags: `--flag value`, `--flag=value`, `-f value`,
//! `-fvalue`, switches together (`-gs x`), `--` before what is no flag.

/// What a flag takes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Takes {
    /// A text.
    Value,
    /// Nothing, or `=true`.
    Switch,
    /// Nothing, or `=TEXT`.
    Optional,
}

/// A flag: its letter, its name, what it takes.
pub(crate) struct Flag(pub(crate) Option<char>, pub(crate) &'static str, pub(crate) Takes);

/// Flags whose texts are lists with commas between.
const LISTS: [&str; 2] = ["api-versions", "values"];

/// The flags given, in the order they came, and the other words.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    given: Vec<(&'static str, String)>,
    pub(crate) words: Vec<String>,
}

impl Flags {
    /// Every text given for a flag.
    pub(crate) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.given.iter().filter(move |(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    /// The last text given for a flag.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        self.given.iter().rev().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.last(name) == Some("true")
    }

    fn push(&mut self, flag: &Flag, text: &str) -> Result<(), String> {
        let Flag(_, name, takes) = *flag;
        if takes == Takes::Switch {
            let on = match text {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => "true",
                "0" | "f" | "F" | "false" | "FALSE" | "False" => "false",
                _ => {
                    return Err(format!(
                        "invalid argument {text:?} for \"--{name}\" flag: strconv.ParseBool: parsing {text:?}: invalid syntax"
                    ));
                }
            };
            self.given.push((name, on.to_owned()));
        } else if LISTS.contains(&name) {
            self.given.extend(text.split(',').map(|part| (name, part.to_owned())));
        } else {
            self.given.push((name, text.to_owned()));
        }
        Ok(())
    }
}

/// Reads the command line.
pub(crate) fn parse(table: Table, words: &[String]) -> Result<Flags, String> {
    let mut flags = Flags::default();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if word == "--" {
            flags.words.extend(rest.by_ref().cloned());
        } else if let Some(long) = word.strip_prefix("--") {
            long_flag(table, long, &mut rest, &mut flags)?;
        } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
            short_flags(table, short, &mut rest, &mut flags)?;
        } else {
            flags.words.push(word.clone());
        }
    }
    Ok(flags)
}

/// The flags of a command.
pub(crate) type Table = &'static [Flag];

type Rest<'w> = std::slice::Iter<'w, String>;

fn long_flag(
    table: Table,
    word: &str,
    rest: &mut Rest<'_>,
    flags: &mut Flags,
) -> Result<(), String> {
    let (name, text) = match word.split_once('=') {
        Some((name, text)) => (name, Some(text)),
        None => (word, None),
    };
    let flag = table.iter().find(|Flag(_, known, _)| *known == name);
    let flag = flag.ok_or_else(|| format!("unknown flag: --{name}"))?;
    match (text, flag.2) {
        (Some(text), _) => flags.push(flag, text),
        (None, Takes::Switch) => flags.push(flag, "true"),
        (None, Takes::Optional) => flags.push(flag, "unset"),
        (None, Takes::Value) => {
            let text = rest.next().ok_or_else(|| format!("flag needs an argument: --{name}"))?;
            flags.push(flag, text)
        }
    }
}

fn short_flags(
    table: Table,
    word: &str,
    rest: &mut Rest<'_>,
    flags: &mut Flags,
) -> Result<(), String> {
    for (at, letter) in word.char_indices() {
        let flag = table.iter().find(|Flag(known, ..)| *known == Some(letter));
        let flag =
            flag.ok_or_else(|| format!("unknown shorthand flag: {letter:?} in -{}", &word[at..]))?;
        let behind = &word[at + letter.len_utf8()..];
        if flag.2 == Takes::Switch {
            flags.push(flag, "true")?;
            continue;
        }
        let given = behind.strip_prefix('=').unwrap_or(behind);
        if !behind.is_empty() {
            return flags.push(flag, given);
        }
        let missing = || format!("flag needs an argument: {letter:?} in -{}", &word[at..]);
        return flags.push(flag, rest.next().ok_or_else(missing)?);
    }
    Ok(())
}
