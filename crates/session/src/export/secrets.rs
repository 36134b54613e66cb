//! How secrets leave the page: the Secret objects that were rendered, and those that are made
//! before the install, as manifests, as commands, or only by name.

use crate::open::SecretsIn;
use checks::manifests::External;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A Secret with its values in plain.
pub(super) struct Secret {
    name: String,
    namespace: String,
    kind: String,
    /// Plain where it is text; as base64 where it is not.
    values: BTreeMap<String, Plain>,
    /// Made before the install, not by the chart.
    external: bool,
}

enum Plain {
    Text(String),
    /// Base64 of what is no text, or unknown.
    Encoded(String),
    Unknown,
}

impl Secret {
    /// A rendered Secret; `None` for any other object.
    pub(super) fn rendered(object: &Json, namespace: &str) -> Option<Self> {
        if object.get("kind")?.as_str()? != "Secret" {
            return None;
        }
        let text = |pointer: &str| object.pointer(pointer).and_then(Json::as_str);
        let part = |name: &str| object.get(name).and_then(Json::as_object).into_iter().flatten();
        let encoded = part("data").map(|(key, value)| {
            let value = value.as_str().unwrap_or_default();
            let plain = schema::base64::decode(value).and_then(|it| String::from_utf8(it).ok());
            (key.clone(), plain.map_or_else(|| Plain::Encoded(value.to_owned()), Plain::Text))
        });
        let plain = part("stringData").map(|(key, value)| {
            (key.clone(), Plain::Text(value.as_str().unwrap_or_default().to_owned()))
        });
        Some(Self {
            name: text("/metadata/name")?.to_owned(),
            namespace: text("/metadata/namespace").unwrap_or(namespace).to_owned(),
            kind: text("/type").unwrap_or("Opaque").to_owned(),
            values: encoded.chain(plain).collect(),
            external: false,
        })
    }

    /// A Secret made before the install, with what was typed for it.
    pub(super) fn external(
        card: &External,
        typed: Option<&BTreeMap<String, String>>,
        namespace: &str,
    ) -> Self {
        let value = |key: &String| {
            let text = typed.and_then(|typed| typed.get(key)).filter(|text| !text.is_empty());
            (key.clone(), text.map_or(Plain::Unknown, |text| Plain::Text(text.clone())))
        };
        Self {
            name: card.name.clone(),
            namespace: namespace.to_owned(),
            kind: match card.secret_type.as_str() {
                "" => "Opaque".to_owned(),
                other => other.to_owned(),
            },
            values: card.keys.iter().map(value).collect(),
            external: true,
        }
    }

    fn manifest(&self) -> Json {
        let mut data = Map::new();
        for (key, value) in &self.values {
            let encoded = match value {
                Plain::Text(text) => schema::base64::encode(text.as_bytes()),
                Plain::Encoded(text) => text.clone(),
                Plain::Unknown => String::new(),
            };
            data.insert(key.clone(), encoded.into());
        }
        json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": self.name, "namespace": self.namespace},
            "type": self.kind,
            "data": data,
        })
    }

    fn command(&self) -> String {
        let mut text = format!(
            "kubectl create secret generic {} \\\n  --namespace {} \\\n  --type {}",
            quoted(&self.name),
            quoted(&self.namespace),
            quoted(&self.kind)
        );
        for (key, value) in &self.values {
            let value = match value {
                Plain::Text(text) => text.clone(),
                Plain::Encoded(_) | Plain::Unknown => format!("<{key}>"),
            };
            // Writing to a string cannot fail.
            let _ = write!(text, " \\\n  --from-literal={}", quoted(&format!("{key}={value}")));
        }
        text.push('\n');
        text
    }

    fn reference(&self) -> String {
        let keys: Vec<&str> = self.values.keys().map(String::as_str).collect();
        format!("- Secret `{}` in namespace `{}`: {}\n", self.name, self.namespace, keys.join(", "))
    }
}

/// A word that a POSIX shell takes as it stands.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The files for a choice. Secrets that the chart makes itself are only among them when they were
/// taken out of the values.
pub(super) fn files(
    secrets: &[Secret],
    choice: SecretsIn,
) -> Result<Vec<(String, String)>, String> {
    let wanted = |secret: &&Secret| secret.external || choice != SecretsIn::Values;
    let secrets: Vec<&Secret> = secrets.iter().filter(wanted).collect();
    if secrets.is_empty() {
        return Ok(Vec::new());
    }
    let file = |name: &str, text: String| Ok(vec![(name.to_owned(), text)]);
    match choice {
        SecretsIn::Values | SecretsIn::Command => {
            let commands: Vec<String> = secrets.iter().map(|secret| secret.command()).collect();
            let head = "#!/bin/sh\n# Makes the Secrets before the install. Holds secrets: keep it out of version control.\nset -eu\n\n";
            file("secrets/create-secrets.sh", format!("{head}{}", commands.join("\n")))
        }
        SecretsIn::Manifest => {
            let mut text = String::from("# Holds secrets: keep it out of version control.\n");
            for secret in secrets {
                let manifest = super::to_yaml(&secret.manifest())?;
                text.push_str("---\n");
                text.push_str(&manifest);
            }
            file("secrets/secrets.yaml", text)
        }
        SecretsIn::Reference => {
            let list: String = secrets.iter().map(|secret| secret.reference()).collect();
            file(
                "secrets/README.md",
                format!("# Secrets that must exist before the install\n\n{list}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered() -> Secret {
        let object = json!({"kind": "Secret", "metadata": {"name": "s", "namespace": "n"}, "data": {"k": "aXQncw=="}, "stringData": {"p": "x y"}});
        Secret::rendered(&object, "default").unwrap()
    }

    #[test]
    fn a_command_quotes_what_a_shell_would_read() {
        assert_eq!(
            rendered().command(),
            "kubectl create secret generic s \\\n  --namespace n \\\n  --type Opaque \\\n  --from-literal='k=it'\\''s' \\\n  --from-literal='p=x y'\n"
        );
    }

    #[test]
    fn a_manifest_holds_base64() {
        assert_eq!(rendered().manifest()["data"], json!({"k": "aXQncw==", "p": "eCB5"}));
    }

    #[test]
    fn what_was_not_typed_has_a_place() {
        let card =
            External { name: "app".to_owned(), keys: vec!["A".to_owned()], ..External::default() };
        let secret = Secret::external(&card, None, "todo");
        assert!(secret.command().ends_with("--from-literal='A=<A>'\n"), "{}", secret.command());
    }

    #[test]
    fn a_chart_secret_stays_in_the_values_unless_asked() {
        assert_eq!(files(&[rendered()], SecretsIn::Values).unwrap(), []);
        let named = files(&[rendered()], SecretsIn::Reference).unwrap();
        assert!(!named[0].1.contains("it's"), "{}", named[0].1);
    }
}
