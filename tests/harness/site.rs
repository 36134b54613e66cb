//! A static web server on localhost: what any host of the page does, and nothing more.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::{Error, Result};

/// What a host should send beside the page's own Content-Security-Policy.
const HEADERS: &str = "Cache-Control: no-cache\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n";

/// A browser opens connections ahead of need; one that asks nothing for so long is closed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder that is being served, until this is dropped.
pub struct Site {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
}

impl Site {
    /// Serves `folder` on 127.0.0.1; port 0 takes a free one.
    pub fn serve(folder: &Path, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            Error::new(format!("cannot listen on port {port}: {error}; choose another"))
        })?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, folder) = (Arc::clone(&stop), folder.to_path_buf());
        thread::spawn(move || accept(&listener, &folder, &stopped));
        Ok(Self { address, stop })
    }

    /// The address of the folder's index, with a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process is ended.
    pub fn run(self) -> ! {
        loop {
            thread::park();
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the listener so that it sees the flag; if that fails, the thread ends with the process.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, folder: &Path, stop: &AtomicBool) {
    for stream in listener.incoming() {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(stream) = stream {
            let folder = folder.to_path_buf();
            // A client that hangs up in the middle concerns nobody.
            thread::spawn(move || answer(&stream, &folder));
        }
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers are read to their end: a connection closed with unread bytes is reset.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = match method {
        "GET" | "HEAD" => {
            file_of(folder, target).and_then(|file| Some((fs::read(&file).ok()?, mime(&file))))
        }
        _ => None,
    };
    let (status, body, kind) = match found {
        Some((body, kind)) => ("200 OK", body, kind),
        None => ("404 Not Found", b"Not found\n".to_vec(), "text/plain; charset=utf-8"),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{HEADERS}\r\n"
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file that a request target names; `None` for one outside the folder.
fn file_of(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let relative = Path::new(path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(relative);
    match (inside, file.is_dir()) {
        (false, _) => None,
        (true, true) => Some(file.join("index.html")),
        (true, false) => Some(file),
    }
}

/// The media type of a file, by its name's ending.
fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "yaml" | "yml" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::Site;
    use crate::Scratch;

    /// The whole answer to `request`, as text.
    fn ask(site: &Site, request: &str) -> String {
        let mut stream = TcpStream::connect(site.address).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn serves_files_with_their_types_and_nothing_outside() {
        let root = Scratch::new("site").unwrap();
        let dist = root.path().join("dist");
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "<p>hello").unwrap();
        std::fs::write(dist.join("a.wasm"), b"\0asm").unwrap();
        std::fs::write(root.path().join("secret"), "no").unwrap();
        let site = Site::serve(&dist, 0).unwrap();

        let index = ask(&site, "GET /?preset=local");
        assert!(index.starts_with("HTTP/1.1 200") && index.ends_with("<p>hello"), "{index}");
        assert!(ask(&site, "GET /a.wasm?v=1").contains("Content-Type: application/wasm\r\n"));
        assert!(ask(&site, "HEAD /a.wasm").ends_with("\r\n\r\n"));
        for refused in
            ["GET /../secret", "GET /%2e%2e/secret", "GET //etc/passwd", "GET /none", "POST /"]
        {
            assert!(ask(&site, refused).starts_with("HTTP/1.1 404"), "{refused}");
        }
    }
}
