//! Secrets hold base64, ConfigMaps hold nothing that must be kept.

use super::Remark;
use super::objects::{Cluster, Object};
use finding::{Path, Severity};
use serde_json::Value as Json;

/// Parts of a key that tell a secret.
const TELLING: &[&str] =
    &["password", "passwd", "secret", "token", "api_key", "apikey", "private_key", "credential"];

pub(super) fn check<'o>(cluster: &Cluster<'o>, remarks: &mut Vec<Remark<'o>>) {
    for secret in cluster.of_kind("Secret") {
        encoding(secret, remarks);
    }
    for config in cluster.of_kind("ConfigMap") {
        sensitive(config, remarks);
    }
}

fn encoding<'o>(secret: &'o Object, remarks: &mut Vec<Remark<'o>>) {
    for (key, value) in secret.json.get("data").and_then(Json::as_object).into_iter().flatten() {
        let text = value.as_str().unwrap_or_default();
        if (value.is_string() && is_base64(text)) || value.is_null() {
            continue;
        }
        remarks.push(Remark {
            check: "secret-encoding",
            severity: Severity::Error,
            object: secret,
            at: Path::root().key("data").key(key.as_str()),
            message: format!("Key {key} of Secret {} is not base64.", secret.name()),
        });
    }
}

fn sensitive<'o>(config: &'o Object, remarks: &mut Vec<Remark<'o>>) {
    for (key, value) in config.json.get("data").and_then(Json::as_object).into_iter().flatten() {
        let text = value.as_str().unwrap_or_default();
        if !is_sensitive(key, text) {
            continue;
        }
        remarks.push(Remark {
            check: "configmap-without-secrets",
            severity: Severity::Warning,
            object: config,
            at: Path::root().key("data").key(key.as_str()),
            message: format!("Key {key} of ConfigMap {} looks like a secret.", config.name()),
        });
    }
}

/// Standard base64 with its padding, as the API server decodes it; line breaks do not count.
fn is_base64(text: &str) -> bool {
    let letters: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let padding = letters.iter().rev().take_while(|byte| **byte == b'=').count();
    let digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    letters.len().is_multiple_of(4)
        && padding <= 2
        && letters[..letters.len() - padding].iter().all(digit)
}

fn is_sensitive(key: &str, text: &str) -> bool {
    let name = key.to_ascii_lowercase().replace('-', "_");
    let one_line = !text.is_empty() && !text.contains('\n');
    let telling = one_line && TELLING.iter().any(|part| name.ends_with(part));
    telling || text.contains("PRIVATE KEY-----") || has_credentials(text)
}

/// `scheme://user:password@host`.
fn has_credentials(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let Some((_, rest)) = word.split_once("://") else { return false };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        user.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| !password.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_whole() {
        for text in ["", "YQ==", "YWI=", "YWJj", "YWJj\nYWJj"] {
            assert!(is_base64(text), "{text}");
        }
        for text in ["YQ", "Y===", "Y Q=", "pass", "p@ss", "====", "YQ=a"] {
            assert_eq!(is_base64(text), text == "pass", "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_secret() {
        assert!(is_sensitive("DB_PASSWORD", "x"));
        assert!(is_sensitive("OPENAI-API-KEY", "sk-1"));
        assert!(is_sensitive("URL", "postgres://a:b@c/d"));
        assert!(!is_sensitive("URL", "https://example.com/a@b:c"));
        assert!(!is_sensitive("TOKEN_LIFETIME", "30"));
        assert!(!is_sensitive("DB_PASSWORD", ""));
    }
}
