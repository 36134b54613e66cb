//! A folder for one test or one browser: empty at its start, gone at its end.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Error, Result};

/// A temporary folder that is removed when this is dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new empty folder; `purpose` becomes part of its name.
    pub fn new(purpose: &str) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("chartroom-{purpose}-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path)
            .map_err(|error| Error::new(format!("cannot make {}: {error}", path.display())))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A browser may still be writing its profile; what stays is only litter in the temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
