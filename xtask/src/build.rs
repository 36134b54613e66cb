//! Builds the page into `dist/` with Trunk, offline, and stamps the Worker's build into it.

use std::path::{Path, PathBuf};

use harness::{Error, Result, tools};

use crate::steps::{self, cargo, command};

/// What index.html holds in the place of the Worker's build.
const UNSTAMPED: &str = "content=\"unstamped\"";

/// The files of the Worker. Their names carry no content hash, so the page asks for them by build.
pub(crate) const WORKER: [&str; 3] = ["worker-boot.js", "worker.js", "worker_bg.wasm"];

/// Builds `dist/` as it is released.
pub(crate) fn run() -> Result<()> {
    steps::run(cargo().args(["fetch", "--locked", "--quiet"]))?;
    let mut trunk = command("trunk");
    // Trunk 0.21 reads NO_COLOR as a boolean and refuses the usual `1`.
    trunk.env_remove("NO_COLOR").args(["build", "--release", "--offline"]);
    steps::run(&mut trunk)?;
    stamp(&dist())
}

/// Where the built page lies.
pub(crate) fn dist() -> PathBuf {
    tools::root().join("dist")
}

/// Writes the hash of the Worker's files into index.html, from where the page takes it.
fn stamp(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html = std::fs::read_to_string(&index)?;
    if !html.contains(UNSTAMPED) {
        return Err(Error::new(format!(
            "index.html has no place for the Worker's build: `{UNSTAMPED}`"
        )));
    }
    let mut hash = FNV_OFFSET;
    for name in WORKER {
        hash = fnv(hash, &std::fs::read(dist.join(name))?);
    }
    std::fs::write(&index, html.replace(UNSTAMPED, &format!("content=\"{hash:016x}\"")))?;
    Ok(())
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: tells builds apart, and is the same on every machine, which the standard library's hash does not promise.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{FNV_OFFSET, fnv};

    #[test]
    fn the_hash_is_the_published_fnv_1a() {
        // The test vector of the algorithm's authors.
        assert_eq!(fnv(FNV_OFFSET, b"foobar"), 0x8594_4171_f739_67e8);
    }
}
