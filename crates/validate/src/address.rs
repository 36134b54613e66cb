//! Addresses of schemas: references made absolute (RFC 3986, section 5.2), fragments cut off and
//! decoded.

/// Address and fragment of a reference, relative to `base`.
pub(crate) fn resolve(base: &str, reference: &str) -> (String, String) {
    let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (absolute(base, address), fragment.to_owned())
}

fn absolute(base: &str, address: &str) -> String {
    if address.is_empty() {
        return base.to_owned();
    }
    if scheme(address).is_some() {
        return address.to_owned();
    }
    let Some(scheme) = scheme(base) else { return address.to_owned() };
    let rest = &base[scheme.len() + 1..];
    if address.starts_with("//") {
        return format!("{scheme}:{address}");
    }
    let Some(hierarchical) = rest.strip_prefix("//") else { return address.to_owned() };
    let slash = hierarchical.find('/').unwrap_or(hierarchical.len());
    let (host, path) = hierarchical.split_at(slash);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if address.starts_with('?') {
        return format!("{scheme}://{host}{path}{address}");
    }
    let (address, query) = match address.find('?') {
        Some(at) => address.split_at(at),
        None => (address, ""),
    };
    let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
    let joined =
        if address.starts_with('/') { address.to_owned() } else { format!("{folder}{address}") };
    format!("{scheme}://{host}{}{query}", without_dots(&joined))
}

pub(crate) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let letter = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (letter && scheme.chars().all(fits)).then_some(scheme)
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut steps = path.split('/').skip(1).peekable();
    while let Some(step) = steps.next() {
        let last = steps.peek().is_none();
        match step {
            "." | ".." => {
                if step == ".." {
                    parts.pop();
                }
                if last {
                    parts.push("");
                }
            }
            _ => parts.push(step),
        }
    }
    format!("/{}", parts.join("/"))
}

/// A fragment without its percent signs; `None` is a wrong one.
pub(crate) fn decoded(fragment: &str) -> Option<String> {
    let mut out = Vec::with_capacity(fragment.len());
    let mut bytes = fragment.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        out.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(out).ok()
}

/// One step of a JSON pointer.
pub(crate) fn step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_made_absolute() {
        let cases = [
            ("b", "http://h/a/b"),
            ("../b#c", "http://h/b"),
            ("/b", "http://h/b"),
            ("#c", "http://h/a/s?q"),
            ("?r", "http://h/a/s?r"),
            ("//x/y", "http://x/y"),
            ("urn:x", "urn:x"),
            (".", "http://h/a/"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolve("http://h/a/s?q", reference).0, expected);
        }
    }
}
