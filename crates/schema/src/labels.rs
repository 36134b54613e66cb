//! Names of values as a person would write them. Words that are written in capitals, or in a way of
//! their own, stand in `labels.txt`.

const WORDS: &str = include_str!("labels.txt");

/// `pullPolicy` is `Pull policy`, `useExternalDNS` is `Use external DNS`.
pub(crate) fn title(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        if !out.is_empty() {
            out.push(' ');
        }
        match known(&word) {
            Some(known) => out.push_str(known),
            None if out.is_empty() => out.push_str(&capitalised(&word)),
            None if is_mixed(&word) => out.push_str(&word),
            None => out.push_str(&word.to_lowercase()),
        }
    }
    out
}

fn known(word: &str) -> Option<&'static str> {
    WORDS.split_whitespace().find(|known| known.eq_ignore_ascii_case(word))
}

/// A run of capitals that the list does not have.
fn is_mixed(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| !c.is_lowercase())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// Split at marks and where capitals begin; a run of capitals is a word, the last of them the next
/// word's first letter: `DNSName` is `DNS`, `Name`. The plural of a run stays with it: `CRDs`.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split(['_', '-', '.', ' ', '/']).filter(|part| !part.is_empty()) {
        if known(part).is_some() {
            words.push(part.to_owned());
            continue;
        }
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (at, letter) in letters.iter().enumerate() {
            let next = letters.get(at + 1);
            let after_run = word.chars().last().is_some_and(char::is_uppercase)
                && next.is_some_and(|next| next.is_lowercase())
                && !is_plural(&letters, at + 1);
            let begins = letter.is_uppercase()
                && (word.chars().last().is_some_and(|last| !last.is_uppercase()) || after_run);
            if begins && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(*letter);
        }
        words.push(word);
    }
    words
}

/// Whether the letter is an `s` that ends a word: `CRDs`, `podIPsList`.
fn is_plural(letters: &[char], at: usize) -> bool {
    letters.get(at) == Some(&'s') && letters.get(at + 1).is_none_or(|next| !next.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn acronyms_keep_their_capitals() {
        for (name, expected) in [
            ("pullPolicy", "Pull policy"),
            ("useExternalDNS", "Use external DNS"),
            ("rbac", "RBAC"),
            ("tls", "TLS"),
            ("crds", "CRDs"),
            ("installCRDs", "Install CRDs"),
            ("podIPs", "Pod IPs"),
            ("externalURL", "External URL"),
            ("clusterIP", "Cluster IP"),
            ("hpa", "HPA"),
            ("ttlSecondsAfterFinished", "TTL seconds after finished"),
            ("apiServer", "API server"),
            ("HTTPRoute", "HTTP route"),
            ("runAsUser", "Run as user"),
            ("existing_pvc-name", "Existing PVC name"),
            ("grpc", "gRPC"),
            ("ipv6", "IPv6"),
            ("s3", "S3"),
            ("fullnameOverride", "Fullname override"),
            ("XYZThing", "XYZ thing"),
            ("", ""),
        ] {
            assert_eq!(title(name), expected, "{name}");
        }
    }
}
