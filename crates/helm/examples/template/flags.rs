//! The command line as Helm's flag library reads it: `--flag value`, `--flag=value`, `-f value`,
//! `-fvalue`, switches together (`-gs x`), `--` before what is no flag.

/// What a flag takes.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    /// A text.
    Value,
    /// Nothing, or `=true`.
    Switch,
    /// Nothing, or `=TEXT`.
    Optional,
}

/// A flag of `helm template`: its letter, its name, what it takes.
struct Flag(Option<char>, &'static str, Takes);

const FLAGS: &[Flag] = &[
    Flag(Some('a'), "api-versions", Takes::Value),
    Flag(None, "create-namespace", Takes::Switch),
    Flag(None, "debug", Takes::Switch),
    Flag(None, "dependency-update", Takes::Switch),
    Flag(None, "description", Takes::Value),
    Flag(None, "devel", Takes::Switch),
    Flag(None, "disable-openapi-validation", Takes::Switch),
    Flag(None, "dry-run", Takes::Optional),
    Flag(None, "enable-dns", Takes::Switch),
    Flag(Some('g'), "generate-name", Takes::Switch),
    Flag(None, "include-crds", Takes::Switch),
    Flag(None, "is-upgrade", Takes::Switch),
    Flag(None, "kube-version", Takes::Value),
    Flag(None, "name-template", Takes::Value),
    Flag(Some('n'), "namespace", Takes::Value),
    Flag(None, "no-hooks", Takes::Switch),
    Flag(None, "output-dir", Takes::Value),
    Flag(None, "post-renderer", Takes::Value),
    Flag(None, "release-name", Takes::Switch),
    Flag(None, "replace", Takes::Switch),
    Flag(None, "repo", Takes::Value),
    Flag(None, "set", Takes::Value),
    Flag(None, "set-file", Takes::Value),
    Flag(None, "set-json", Takes::Value),
    Flag(None, "set-literal", Takes::Value),
    Flag(None, "set-string", Takes::Value),
    Flag(Some('s'), "show-only", Takes::Value),
    Flag(None, "skip-crds", Takes::Switch),
    Flag(None, "skip-schema-validation", Takes::Switch),
    Flag(None, "skip-tests", Takes::Switch),
    Flag(None, "timeout", Takes::Value),
    Flag(None, "validate", Takes::Switch),
    Flag(Some('f'), "values", Takes::Value),
    Flag(None, "verify", Takes::Switch),
    Flag(None, "version", Takes::Value),
    Flag(None, "wait", Takes::Optional),
    Flag(None, "wait-for-jobs", Takes::Switch),
];

/// Flags whose texts are lists with commas between.
const LISTS: [&str; 2] = ["api-versions", "values"];

/// What this tool does not do, and why.
const REFUSED: [(&str, &str); 6] = [
    ("dependency-update", "it fetches charts from the network"),
    ("repo", "it fetches charts from the network"),
    ("verify", "it reads a key ring"),
    ("output-dir", "it writes files; redirect stdout instead"),
    ("post-renderer", "it runs a plugin"),
    ("validate", "it asks a cluster"),
];

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

    fn refuse(&self) -> Result<(), String> {
        let refused = REFUSED
            .iter()
            .find(|(name, _)| self.last(name).is_some_and(|text| !matches!(text, "" | "false")));
        if let Some((name, why)) = refused {
            return Err(format!("--{name} is not supported here: {why}"));
        }
        match self.last("dry-run") {
            Some("server") => {
                Err("--dry-run=server is not supported here: it asks a cluster".into())
            }
            _ => Ok(()),
        }
    }
}

/// Reads the command line.
pub(crate) fn parse(words: &[String]) -> Result<Flags, String> {
    let mut flags = Flags::default();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if word == "--" {
            flags.words.extend(rest.by_ref().cloned());
        } else if let Some(long) = word.strip_prefix("--") {
            long_flag(long, &mut rest, &mut flags)?;
        } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
            short_flags(short, &mut rest, &mut flags)?;
        } else {
            flags.words.push(word.clone());
        }
    }
    flags.refuse()?;
    Ok(flags)
}

type Rest<'w> = std::slice::Iter<'w, String>;

fn long_flag(word: &str, rest: &mut Rest<'_>, flags: &mut Flags) -> Result<(), String> {
    let (name, text) = match word.split_once('=') {
        Some((name, text)) => (name, Some(text)),
        None => (word, None),
    };
    let flag = FLAGS.iter().find(|Flag(_, known, _)| *known == name);
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

fn short_flags(word: &str, rest: &mut Rest<'_>, flags: &mut Flags) -> Result<(), String> {
    for (at, letter) in word.char_indices() {
        let flag = FLAGS.iter().find(|Flag(known, ..)| *known == Some(letter));
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
