//! The flags of `helm template`, and those that are refused here. What only speaks of clusters, keys
//! and registries is taken and changes nothing, as in Helm.

use crate::flags::{Flag, Flags, Table, Takes};

pub(crate) const FLAGS: Table = &[
    Flag(Some('a'), "api-versions", Takes::Value),
    Flag(None, "burst-limit", Takes::Value),
    Flag(None, "ca-file", Takes::Value),
    Flag(None, "cert-file", Takes::Value),
    Flag(None, "color", Takes::Value),
    Flag(None, "colour", Takes::Value),
    Flag(None, "content-cache", Takes::Value),
    Flag(None, "create-namespace", Takes::Switch),
    Flag(None, "debug", Takes::Switch),
    Flag(None, "dependency-update", Takes::Switch),
    Flag(None, "description", Takes::Value),
    Flag(None, "devel", Takes::Switch),
    Flag(None, "disable-openapi-validation", Takes::Switch),
    Flag(None, "dry-run", Takes::Optional),
    Flag(None, "enable-dns", Takes::Switch),
    Flag(None, "force-conflicts", Takes::Switch),
    Flag(None, "force-replace", Takes::Switch),
    Flag(Some('g'), "generate-name", Takes::Switch),
    Flag(None, "include-crds", Takes::Switch),
    Flag(None, "insecure-skip-tls-verify", Takes::Switch),
    Flag(None, "is-upgrade", Takes::Switch),
    Flag(None, "key-file", Takes::Value),
    Flag(None, "keyring", Takes::Value),
    Flag(None, "kube-apiserver", Takes::Value),
    Flag(None, "kube-as-group", Takes::Value),
    Flag(None, "kube-as-user", Takes::Value),
    Flag(None, "kube-ca-file", Takes::Value),
    Flag(None, "kube-context", Takes::Value),
    Flag(None, "kube-insecure-skip-tls-verify", Takes::Switch),
    Flag(None, "kube-tls-server-name", Takes::Value),
    Flag(None, "kube-token", Takes::Value),
    Flag(None, "kube-version", Takes::Value),
    Flag(None, "kubeconfig", Takes::Value),
    Flag(Some('l'), "labels", Takes::Value),
    Flag(None, "name-template", Takes::Value),
    Flag(Some('n'), "namespace", Takes::Value),
    Flag(None, "no-hooks", Takes::Switch),
    Flag(None, "output-dir", Takes::Value),
    Flag(None, "pass-credentials", Takes::Switch),
    Flag(None, "password", Takes::Value),
    Flag(None, "plain-http", Takes::Switch),
    Flag(None, "post-renderer", Takes::Value),
    Flag(None, "post-renderer-args", Takes::Value),
    Flag(None, "qps", Takes::Value),
    Flag(None, "registry-config", Takes::Value),
    Flag(None, "release-name", Takes::Switch),
    Flag(None, "replace", Takes::Switch),
    Flag(None, "repo", Takes::Value),
    Flag(None, "repository-cache", Takes::Value),
    Flag(None, "repository-config", Takes::Value),
    Flag(None, "rollback-on-failure", Takes::Switch),
    Flag(None, "server-side", Takes::Switch),
    Flag(None, "set", Takes::Value),
    Flag(None, "set-file", Takes::Value),
    Flag(None, "set-json", Takes::Value),
    Flag(None, "set-literal", Takes::Value),
    Flag(None, "set-string", Takes::Value),
    Flag(Some('s'), "show-only", Takes::Value),
    Flag(None, "skip-crds", Takes::Switch),
    Flag(None, "skip-schema-validation", Takes::Switch),
    Flag(None, "skip-tests", Takes::Switch),
    Flag(None, "take-ownership", Takes::Switch),
    Flag(None, "timeout", Takes::Value),
    Flag(None, "trace", Takes::Value),
    Flag(None, "username", Takes::Value),
    Flag(None, "validate", Takes::Switch),
    Flag(Some('f'), "values", Takes::Value),
    Flag(None, "verify", Takes::Switch),
    Flag(None, "version", Takes::Value),
    Flag(None, "wait", Takes::Optional),
    Flag(None, "wait-for-jobs", Takes::Switch),
];

/// What this tool does not do, and why.
const REFUSED: [(&str, &str); 6] = [
    ("dependency-update", "it fetches charts from the network"),
    ("repo", "it fetches charts from the network"),
    ("verify", "it reads a key ring"),
    ("output-dir", "it writes files; redirect stdout instead"),
    ("post-renderer", "it runs a plugin"),
    ("validate", "it asks a cluster"),
];

pub(crate) fn refuse(flags: &Flags) -> Result<(), String> {
    let refused = REFUSED
        .iter()
        .find(|(name, _)| flags.last(name).is_some_and(|text| !matches!(text, "" | "false")));
    if let Some((name, why)) = refused {
        return Err(format!("--{name} is not supported here: {why}"));
    }
    match flags.last("dry-run") {
        Some("server") => Err("--dry-run=server is not supported here: it asks a cluster".into()),
        _ => Ok(()),
    }
}
