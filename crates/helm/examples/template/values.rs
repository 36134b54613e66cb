//! What the command line says about values: files first, then `--set-json`, `--set`,
//! `--set-string`, `--set-file` and `--set-literal`, each kind in the order given.

use crate::flags::Flags;
use finding::Path;
use helm::layer;
use helm::strvals::{self, Mode};
use serde_json::{Map, Value as Json};

/// Everything that the command line gives, laid together.
pub(crate) struct Given {
    pub(crate) values: Json,
    /// Where `--set` gave integers, which templates see as int64.
    pub(crate) integers: Vec<Path>,
}

pub(crate) fn given(flags: &Flags) -> Result<Given, String> {
    let mut given = Given { values: Json::Object(Map::new()), integers: Vec::new() };
    for (_, values) in files(flags)? {
        layer(&mut given.values, values);
    }
    sets(flags, &mut given)?;
    Ok(given)
}

/// The `-f` files by name, in the order given.
pub(crate) fn files(flags: &Flags) -> Result<Vec<(String, Json)>, String> {
    let read_one = |file: &str| {
        let values = helm::read_values(&read(file)?)
            .map_err(|error| format!("failed to parse {file}: {error}"))?;
        Ok((file.to_owned(), values))
    };
    flags.all("values").map(read_one).collect()
}

/// Lays what `--set` and its kin say over what is there.
pub(crate) fn sets(flags: &Flags, given: &mut Given) -> Result<(), String> {
    let kinds = [
        ("set-json", Mode::Json),
        ("set", Mode::Typed),
        ("set-string", Mode::String),
        ("set-file", Mode::File),
        ("set-literal", Mode::Literal),
    ];
    for (flag, mode) in kinds {
        for text in flags.all(flag) {
            set(text, flag, mode, given)?;
        }
    }
    Ok(())
}

fn set(text: &str, flag: &str, mode: Mode, given: &mut Given) -> Result<(), String> {
    let load = |name: &str| {
        let bytes = read(name)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    strvals::parse_with_files(text, mode, &mut given.values, &mut given.integers, &load).map_err(
        |error| match mode {
            Mode::Json if text.trim_start().starts_with('{') => {
                format!("failed parsing --set-json data JSON: {text}")
            }
            Mode::Json => format!("failed parsing --set-json data {text}"),
            _ => format!("failed parsing --{flag} data: {error}"),
        },
    )
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    if file.trim() == "-" {
        let mut bytes = Vec::new();
        let read = std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes);
        return read.map(|_| bytes).map_err(|error| error.to_string());
    }
    std::fs::read(file).map_err(|error| format!("open {file}: {}", reason(&error)))
}

/// The system's own words, as Go prints them.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
