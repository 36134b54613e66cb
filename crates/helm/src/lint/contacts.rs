//! E-mail addresses and web addresses of maintainers, as `govalidator`'s `IsEmail` and `IsURL`
//! judge them.

/// What `govalidator` counts as a letter beyond ASCII.
fn is_foreign(c: char) -> bool {
    c >= '\u{a0}'
}

/// `local@label.tld`, the local part being atoms with single dots between.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let atom =
        |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || is_foreign(c);
    let local_fits = local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let Some((labels, top)) = domain.rsplit_once('.') else { return false };
    let letter = |c: char| c.is_ascii_alphabetic() || is_foreign(c);
    let edge = |c: char| c.is_ascii_digit() || letter(c);
    let inner = |c: char| edge(c) || "-_~".contains(c);
    local_fits
        && labels.split('.').all(|label| between(label, edge, inner))
        && between(top, letter, inner)
}

/// First and last character are of one kind, those between of another.
fn between(text: &str, edge: impl Fn(char) -> bool, inner: impl Fn(char) -> bool) -> bool {
    text.starts_with(&edge) && text.ends_with(&edge) && text.chars().all(inner)
}

/// Schemes of web addresses; one may also be missing.
const SCHEMES: [&str; 7] = ["ftp://", "tcp://", "udp://", "ws://", "wss://", "http://", "https://"];

pub(super) fn is_url(text: &str) -> bool {
    const LONGEST: usize = 2083;
    if text.len() <= 3 || text.chars().count() >= LONGEST || text.starts_with('.') {
        return false;
    }
    let bare = text.contains(':') && !text.contains("://");
    let read = if bare { format!("http://{text}") } else { text.to_owned() };
    let Some((host, path)) = sprig::host_and_path(&read) else { return false };
    let no_host = host.is_empty() && !path.is_empty() && !path.contains(&b'.');
    !host.starts_with(b".") && !no_host && has_form(text)
}

/// `[scheme://][user@]host[:port][/…]` without white space.
fn has_form(text: &str) -> bool {
    let rest = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    if rest.chars().any(char::is_whitespace) {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    if let Some((address, port)) = place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address.parse::<core::net::Ipv6Addr>().is_ok() && is_port(port);
    }
    let (host, port) = place.split_at(place.find(':').unwrap_or(place.len()));
    let host = host.strip_suffix('.').unwrap_or(host);
    is_port(port) && host.split('.').enumerate().all(|(at, label)| is_label(label, at > 0))
}

fn is_port(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(':') else { return text.is_empty() };
    (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Underscores may stand in the first label only.
fn is_label(label: &str, later: bool) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric() || is_foreign(c);
    between(label, edge, |c| edge(c) || c == '-' || (c == '_' && !later))
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_url};

    /// Asked of the real `helm lint`, one maintainer each.
    #[test]
    fn addresses_are_judged_as_helm_does() {
        let good = ["a@b.c", "a@c_d.de", "a@b.c.", "é@b.cé", "A+B@X.COM"];
        let bad = [
            "a@b",
            "a.b.@c.de",
            "a..b@c.de",
            "\"x y\"@c.de",
            "a@c-.de",
            "a@-c.de",
            "a@c.1de",
            "a@c.d1",
            "a@1.2.3.4",
            "a@localhost.",
            "a b@c.de",
            "@c.de",
            "a@c..de",
        ];
        good.iter().for_each(|text| assert!(is_email(text), "{text}"));
        bad.iter().for_each(|text| assert!(!is_email(text), "{text}"));
    }

    #[test]
    fn places_are_judged_as_helm_does() {
        let good = [
            "example.com",
            "http://localhost",
            "localhost:8080",
            "http://a_b.com",
            "mailto:a@b.c",
            "http://1.2.3.4:99999",
            "http://user:pw@a.com/x",
            "foo/bar.html",
            "https://github.com/helm",
            "http://[::1]:80/",
            "http://a.com.",
        ];
        let bad = [
            "example",
            "http://-a.com",
            "http://a.com:123456",
            "http://a..com",
            "a.b",
            "http://.a",
            "http://a.com/ x",
            "git://a.com",
            "http://a.b_c",
            "abc",
        ];
        good.iter().for_each(|text| assert!(is_url(text), "{text}"));
        bad.iter().for_each(|text| assert!(!is_url(text), "{text}"));
    }
}
