//! What the machine gives to templates.

use helm::{Place, Timestamp, World};

/// Time and randomness of this machine.
pub(crate) struct Host;

impl World for Host {
    fn now(&self) -> Timestamp {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.unwrap_or_default();
        Timestamp { seconds: now.as_secs() as i64, nanoseconds: now.subsec_nanos() }
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        use std::io::Read;
        let opened = std::fs::File::open("/dev/urandom");
        // A machine without it gets zeros, which a test would show at once.
        let _ = opened.and_then(|mut file| file.read_exact(out));
    }
}
