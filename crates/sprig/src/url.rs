//! `urlParse` and `urlJoin`: Go's `net/url` and Sprig's dictionaries of a URL's parts.

use crate::args::{NIL, map, text};
use gotemplate::{CallError, CallResult, Map, Value, fmt};

/// Where a text stands in a URL: what may stand there as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    User,
    Host,
    Zone,
    Fragment,
}

#[derive(Default)]
struct Url {
    scheme: String,
    opaque: String,
    /// Name and password, as they are.
    user: Option<(Vec<u8>, Option<Vec<u8>>)>,
    host: Vec<u8>,
    path: Vec<u8>,
    query: String,
    fragment: Vec<u8>,
}

/// Go's `shouldEscape`.
fn escapes(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return false;
    }
    match part {
        Part::Host | Part::Zone => !b"!$&'()*+,;=:[]<>\"".contains(&byte),
        Part::Path => !b"$&+,/:;=@".contains(&byte),
        Part::User => !b"$&+,;=".contains(&byte),
        Part::Fragment => !b"$&+,/:;=?@!()*".contains(&byte),
    }
}

fn escape(text: &[u8], part: Part) -> String {
    let mut out = String::new();
    for byte in text {
        match escapes(*byte, part) {
            true => out.push_str(&format!("%{byte:02X}")),
            false => out.push(char::from(*byte)),
        }
    }
    out
}

fn unescape(text: &str, part: Part) -> Result<Vec<u8>, String> {
    let host = matches!(part, Part::Host | Part::Zone);
    let bytes = text.as_bytes();
    let quoted = |bytes: &[u8]| fmt::quote(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        if byte != b'%' {
            if host && byte < 0x80 && escapes(byte, part) {
                return Err(format!("invalid character {} in host name", quoted(&[byte])));
            }
            out.push(byte);
            at += 1;
            continue;
        }
        let sequence = &bytes[at..bytes.len().min(at + 3)];
        let invalid = || format!("invalid URL escape {}", quoted(sequence));
        let digit = |at: usize| char::from(*sequence.get(at)?).to_digit(16);
        let (Some(high), Some(low)) = (digit(1), digit(2)) else { return Err(invalid()) };
        let found = (high * 16 + low) as u8;
        // In a host only a percent sign and what is not ASCII may be written so.
        let refused = match part {
            Part::Host => high < 8 && sequence != b"%25",
            Part::Zone => sequence != b"%25" && found != b' ' && escapes(found, Part::Host),
            _ => false,
        };
        if refused {
            return Err(invalid());
        }
        out.push(found);
        at += 3;
    }
    Ok(out)
}

impl Url {
    /// Go's `url.Parse`; the error names the text.
    fn parse(whole: &str) -> Result<Self, String> {
        let (text, fragment) = whole.split_once('#').unwrap_or((whole, ""));
        let failed = |text: &str| {
            let text = fmt::quote(text.as_bytes());
            move |error: String| format!("parse {text}: {error}")
        };
        let mut url = Self::parse_before_fragment(text).map_err(failed(text))?;
        url.fragment = unescape(fragment, Part::Fragment).map_err(failed(whole))?;
        Ok(url)
    }

    fn parse_before_fragment(text: &str) -> Result<Self, String> {
        let mut url = Self::default();
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        url.query = query.to_owned();
        let mut rest = rest;
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_owned();
                return Ok(url);
            }
            if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        let authority = rest.strip_prefix("//");
        let authority = authority.filter(|_| !url.scheme.is_empty() || !rest.starts_with("///"));
        if let Some(authority) = authority {
            let (authority, path) =
                authority.split_at(authority.find('/').unwrap_or(authority.len()));
            url.parse_authority(authority)?;
            rest = path;
        }
        url.path = unescape(rest, Part::Path)?;
        Ok(url)
    }

    fn parse_authority(&mut self, authority: &str) -> Result<(), String> {
        let Some((user, host)) = authority.rsplit_once('@') else {
            self.host = host(authority, &self.scheme)?;
            return Ok(());
        };
        self.host = self::host(host, &self.scheme)?;
        let fits = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
        if !user.chars().all(fits) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        let (name, password) = match user.split_once(':') {
            Some((name, password)) => (name, Some(unescape(password, Part::User)?)),
            None => (user, None),
        };
        self.user = Some((unescape(name, Part::User)?, password));
        Ok(())
    }

    fn user_text(&self) -> String {
        let Some((name, password)) = &self.user else { return String::new() };
        let mut text = escape(name, Part::User);
        if let Some(password) = password {
            text.push(':');
            text.push_str(&escape(password, Part::User));
        }
        text
    }

    /// The host without port and brackets.
    fn hostname(&self) -> &[u8] {
        let colon = self.host.iter().rposition(|byte| *byte == b':');
        let host = match colon {
            Some(at) if self.host[at + 1..].iter().all(u8::is_ascii_digit) => &self.host[..at],
            _ => &self.host,
        };
        let inner = host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]"));
        inner.unwrap_or(host)
    }

    fn text(&self) -> String {
        let mut out = String::new();
        if !self.scheme.is_empty() {
            out = format!("{}:", self.scheme);
        }
        if self.opaque.is_empty() {
            self.write_hierarchy(&mut out);
        } else {
            out.push_str(&self.opaque);
        }
        if !self.query.is_empty() {
            out.push('?');
            out.push_str(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push('#');
            out.push_str(&escape(&self.fragment, Part::Fragment));
        }
        out
    }

    fn write_hierarchy(&self, out: &mut String) {
        let based = !self.scheme.is_empty() || !self.host.is_empty() || self.user.is_some();
        if based && (!self.host.is_empty() || !self.path.is_empty() || self.user.is_some()) {
            out.push_str("//");
            if self.user.is_some() {
                out.push_str(&self.user_text());
                out.push('@');
            }
            out.push_str(&escape(&self.host, Part::Host));
        }
        let path = match self.path.as_slice() {
            b"*" => "*".to_owned(),
            path => escape(path, Part::Path),
        };
        if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
            out.push('/');
        }
        let first = path.split('/').next().unwrap_or_default();
        if out.is_empty() && first.contains(':') {
            out.push_str("./");
        }
        out.push_str(&path);
    }
}

/// The scheme, if there is one, and what follows it.
fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            ':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn host(text: &str, scheme: &str) -> Result<Vec<u8>, String> {
    let port = |port: &str| match port.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
        None if port.is_empty() => Ok(()),
        _ => Err(format!("invalid port {} after host", fmt::quote(port.as_bytes()))),
    };
    if text.starts_with('[') {
        let Some(end) = text.rfind(']') else { return Err("missing ']' in host".to_owned()) };
        port(&text[end + 1..])?;
        let Some(zone) = text[..end].find("%25") else {
            let host = unescape(text, Part::Host)?;
            return address(&text[1..end]).map(|()| host);
        };
        let mut host = unescape(&text[..zone], Part::Host)?;
        host.extend(unescape(&text[zone..end], Part::Zone)?);
        host.extend(unescape(&text[end..], Part::Host)?);
        return Ok(host);
    }
    if text.contains('[') {
        return Err("invalid IP-literal".to_owned());
    }
    // Only PostgreSQL's URLs name several hosts.
    let several = matches!(scheme, "postgres" | "postgresql");
    let colon = if several { text.rfind(':') } else { text.find(':') };
    if let Some(at) = colon {
        port(&text[at..])?;
    }
    unescape(text, Part::Host)
}

fn address(text: &str) -> Result<(), String> {
    match text.parse::<core::net::Ipv6Addr>() {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("invalid host: {}", address_complaint(text))),
    }
}

/// `govalidator.IsRequestURL`: Go's `url.ParseRequestURI` takes it and it names a scheme.
pub fn is_request_url(text: &str) -> bool {
    Url::parse_before_fragment(text).is_ok_and(|url| !url.scheme.is_empty())
}

/// The scheme that Go's `url.Parse` finds, empty where there is none.
///
/// # Errors
/// What Go says of a text that is no URL.
pub fn url_scheme(text: &str) -> Result<String, String> {
    Url::parse(text).map(|url| url.scheme)
}

/// Go's complaint about an address that is no IPv6 one.
pub fn address_complaint(text: &str) -> String {
    format!("ParseAddr({}): unable to parse IP", fmt::quote(text.as_bytes()))
}

/// Host and path as Go's `url.Parse` finds them.
pub fn host_and_path(text: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    Url::parse(text).ok().map(|url| (url.host, url.path))
}

pub(crate) fn parse(args: &[Value]) -> CallResult {
    let url = Url::parse(&text(args, 0))
        .map_err(|error| CallError::new(format!("unable to parse url: {error}")))?;
    let parts = [
        ("scheme", Value::from(url.scheme.as_str())),
        ("host", Value::string(url.host.as_slice())),
        ("hostname", Value::string(url.hostname())),
        ("path", Value::string(url.path.as_slice())),
        ("query", Value::from(url.query.as_str())),
        ("opaque", Value::from(url.opaque.as_str())),
        ("fragment", Value::string(url.fragment.as_slice())),
        ("userinfo", Value::from(url.user_text())),
    ];
    Ok(Value::Map(parts.into_iter().collect()))
}

/// The text under a key, nothing where it is missing.
fn entry(parts: &Map, key: &str) -> Result<Vec<u8>, CallError> {
    match parts.get(key.as_bytes()) {
        None => Ok(Vec::new()),
        Some(Value::Nil) => Err(CallError::new(NIL)),
        Some(Value::String(text)) => Ok(text.as_bytes().to_vec()),
        Some(other) => {
            let kind = other.kind_name();
            Err(CallError::new(format!(
                "unable to parse {key} key, must be of type string, but {kind} found"
            )))
        }
    }
}

pub(crate) fn join(args: &[Value]) -> CallResult {
    let parts = map(args, 0);
    let text =
        |key: &str| entry(&parts, key).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let mut url = Url {
        scheme: text("scheme")?,
        host: entry(&parts, "host")?,
        path: entry(&parts, "path")?,
        query: text("query")?,
        opaque: text("opaque")?,
        fragment: entry(&parts, "fragment")?,
        user: None,
    };
    let user = text("userinfo")?;
    if !user.is_empty() {
        let parsed = Url::parse(&format!("proto://{user}@host"));
        let parsed = parsed.map_err(|error| {
            CallError::new(format!("unable to parse userinfo in dict: {error}"))
        })?;
        url.user = parsed.user;
    }
    Ok(Value::from(url.text()))
}
