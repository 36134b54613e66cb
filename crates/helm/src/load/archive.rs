//! Archives: what they unpack to is counted as it is produced, and no name leaves its folder.

use super::LoadError;
use crate::chart::File;
use crate::limits::Limits;
use std::collections::HashMap;
use std::io::Read;

/// The files of an archive of either kind, by their whole names.
///
/// # Errors
/// One line that says what the bytes are, where they are no archive.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<File>, LoadError> {
    let mut budget = limits.unpacked;
    let mut files = entries(bytes, limits, &mut budget)?;
    for file in &mut files {
        file.name = safe_name(&file.name)?;
    }
    Ok(files)
}

/// The files below the one folder of a chart's archive.
pub(super) fn chart_files(
    bytes: &[u8],
    limits: &Limits,
    budget: &mut usize,
) -> Result<Vec<File>, LoadError> {
    let mut files: Vec<Option<File>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for file in entries(bytes, limits, budget)? {
        let name = inner_name(&file.name)?;
        // Helm keeps the last of two entries with one name.
        if let Some(before) = places.insert(name.clone(), files.len()) {
            files[before] = None;
        }
        files.push(Some(File { name, data: file.data }));
    }
    if files.is_empty() {
        return Err(LoadError::Archive("no files in chart archive".to_owned()));
    }
    Ok(files.into_iter().flatten().collect())
}

/// A file's name without the chart's folder, by Helm's rules in its order: whatever stands before
/// the first separator is dropped, the rest is cleaned.
fn inner_name(name: &str) -> Result<String, LoadError> {
    let refused = |text: &str| Err(LoadError::Archive(text.to_owned()));
    let separator = if name.contains('\\') { '\\' } else { '/' };
    let (folder, inner) = name.split_once(separator).unwrap_or((name, ""));
    let inner = inner.replace(separator, "/");
    if inner.starts_with('/') {
        return refused("chart illegally contains absolute paths");
    }
    let Some(cleaned) = cleaned(&inner) else {
        return refused("chart illegally references parent directory");
    };
    if cleaned.is_empty() {
        return refused(&format!(
            "chart illegally contains content outside the base directory: {name:?}"
        ));
    }
    if names_a_drive(&cleaned) {
        return refused("chart contains illegally named files");
    }
    if folder == "Chart.yaml" {
        return refused("chart yaml not in base directory");
    }
    Ok(cleaned)
}

/// The path without empty, `.` and `..` steps; `None` where it leaves its folder.
fn cleaned(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn names_a_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

fn entries(bytes: &[u8], limits: &Limits, budget: &mut usize) -> Result<Vec<File>, LoadError> {
    if bytes.len() > limits.archive {
        let most = limits.archive >> 20;
        return Err(LoadError::Archive(format!("the archive is larger than {most} MiB")));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return tar_entries(bytes, limits, budget);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_entries(bytes, limits, budget);
    }
    Err(LoadError::Archive(what_it_is(bytes)))
}

fn what_it_is(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "the file is empty".to_owned();
    }
    let text = std::str::from_utf8(bytes).ok();
    match text.map(yaml::from_str) {
        Some(Ok(serde_json::Value::Object(_))) => {
            "this is a YAML file, not a chart: drop it on an open chart to use it as values"
                .to_owned()
        }
        _ => "this is neither a .tgz nor a .zip".to_owned(),
    }
}

fn unreadable(error: impl std::fmt::Display) -> LoadError {
    LoadError::Archive(format!("the archive cannot be read: {error}"))
}

/// Bytes of a tar that are no file's content, an entry: its header, padding and a long name.
const ENTRY_OVERHEAD: usize = 4 << 10;
/// Bytes of an entry's name, and folders in it.
const MAX_NAME: usize = 1_024;
const MAX_FOLDERS: usize = 32;

fn check_name(name: &str) -> Result<(), LoadError> {
    let folders = name.bytes().filter(|byte| matches!(byte, b'/' | b'\\')).count();
    if name.len() <= MAX_NAME && folders <= MAX_FOLDERS {
        return Ok(());
    }
    let start: String = name.chars().take(40).collect();
    Err(LoadError::Archive(format!(
        "the name `{start}…` is longer than {MAX_NAME} bytes or deeper than {MAX_FOLDERS} folders"
    )))
}

/// A stream that fails behind its last allowed byte, so that nobody buffers the rest.
struct Bounded<R> {
    inner: R,
    left: usize,
}

/// Marks the failure of a [`Bounded`] stream.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to too much")]
struct Unbounded;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(out)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| std::io::Error::other(Unbounded))?;
        Ok(read)
    }
}

/// Tells a stream that is too long from one that is broken.
fn too_large(error: std::io::Error, file: &str, limits: &Limits) -> LoadError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        // tar wraps errors of the stream in errors of its own.
        let wrapped = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if inner.is::<Unbounded>() || wrapped.is_some_and(|wrapped| wrapped.is::<Unbounded>()) {
            return LoadError::TooLarge { limit: limits.unpacked >> 20, file: file.to_owned() };
        }
        cause = inner.source();
    }
    unreadable(error)
}

fn tar_entries(bytes: &[u8], limits: &Limits, budget: &mut usize) -> Result<Vec<File>, LoadError> {
    let unpacked = flate2::read::MultiGzDecoder::new(bytes);
    // Headers, long names and what is passed over count as well.
    let most = budget.saturating_add(limits.entries.saturating_mul(ENTRY_OVERHEAD));
    let mut archive = tar::Archive::new(Bounded { inner: unpacked, left: most });
    let mut files = Vec::new();
    for (index, entry) in archive.entries().map_err(unreadable)?.enumerate() {
        if index >= limits.entries {
            return Err(LoadError::TooMany { limit: limits.entries });
        }
        let mut entry = entry.map_err(|error| too_large(error, "the next entry", limits))?;
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        check_name(&name)?;
        let data = if kind.is_file() || kind.is_contiguous() {
            read(&mut entry, &name, limits, budget)?
        } else {
            // Helm reads links and devices as empty files.
            Vec::new()
        };
        push(&mut files, File { name, data }, limits)?;
    }
    Ok(files)
}

fn zip_entries(bytes: &[u8], limits: &Limits, budget: &mut usize) -> Result<Vec<File>, LoadError> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > limits.entries {
        return Err(LoadError::TooMany { limit: limits.entries });
    }
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().to_owned();
        check_name(&name)?;
        let data = read(&mut entry, &name, limits, budget)?;
        push(&mut files, File { name, data }, limits)?;
    }
    Ok(files)
}

fn push(files: &mut Vec<File>, file: File, limits: &Limits) -> Result<(), LoadError> {
    if files.len() >= limits.entries {
        return Err(LoadError::TooMany { limit: limits.entries });
    }
    files.push(file);
    Ok(())
}

fn read(
    from: &mut impl Read,
    name: &str,
    limits: &Limits,
    budget: &mut usize,
) -> Result<Vec<u8>, LoadError> {
    let most = limits.file.min(*budget);
    let mut data = Vec::new();
    let read = from.take(most as u64 + 1).read_to_end(&mut data);
    read.map_err(|error| too_large(error, name, limits))?;
    if data.len() > most {
        let limit = limits.unpacked >> 20;
        return Err(LoadError::TooLarge { limit, file: name.to_owned() });
    }
    *budget -= data.len();
    Ok(data)
}

/// A name of an archive that is kept whole: no way out of its folder.
fn safe_name(name: &str) -> Result<String, LoadError> {
    let slashed = name.replace('\\', "/");
    let refused = |why: &str| Err(LoadError::Archive(format!("`{name}` {why}")));
    if slashed.starts_with('/') {
        return refused("is an absolute path");
    }
    if names_a_drive(&slashed) {
        return refused("names a drive");
    }
    cleaned(&slashed).map_or_else(|| refused("points outside the chart"), Ok)
}
