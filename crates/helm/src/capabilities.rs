//! What a template learns of the cluster and of Helm: `.Capabilities` of the 4.3.1 build.

use gotemplate::{Call, CallResult, Function, Kind, Map, Object, Type, Value};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

/// API versions that Helm 4.3.1 knows without a cluster, as its templates print them.
const API_VERSIONS: &str = include_str!("../data/api-versions.txt");

const GO_VERSION: &str = "go1.27.2";
const GIT_COMMIT: &str = "c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff";
const HELM_VERSION: &str = "v4.3.1";
const CLIENT_VERSION: &str = "v1.37";

/// The cluster as a template sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// `v1.37.0`.
    pub kube_version: String,
    pub api_versions: Vec<String>,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self {
            kube_version: "v1.37.0".to_owned(),
            api_versions: API_VERSIONS.lines().map(str::to_owned).collect(),
        }
    }
}

impl Capabilities {
    /// `--kube-version`.
    ///
    /// # Errors
    /// Kubernetes' own words for what is no version.
    pub fn with_kube_version(mut self, text: &str) -> Result<Self, String> {
        let body = text.trim_start().strip_prefix('v').unwrap_or(text.trim_start());
        let numbers = numbers(body);
        if numbers.is_empty() {
            return Err(format!("could not parse {text:?} as version"));
        }
        let parts: Vec<&str> = numbers.split('.').collect();
        if parts.len() < 2 {
            return Err(format!("illegal version string {text:?}"));
        }
        if let Some(part) = parts.iter().find(|part| part.len() > 1 && part.starts_with('0')) {
            return Err(format!("illegal zero-prefixed version component {part:?} in {text:?}"));
        }
        self.kube_version = format!("v{body}");
        Ok(self)
    }

    /// The version without what stands behind its numbers: what a chart's `kubeVersion` is
    /// compared with.
    pub(crate) fn plain_kube_version(&self) -> String {
        plain_version(&self.kube_version)
    }

    /// `--api-versions`, added to what is known.
    #[must_use]
    pub fn with_api_versions(mut self, more: impl IntoIterator<Item = String>) -> Self {
        self.api_versions.extend(more);
        self
    }

    pub(crate) fn to_value(&self) -> Value {
        let versions = Rc::new(Versions(self.api_versions.clone()));
        let fields = vec![
            ("KubeVersion", Value::Object(Rc::new(KubeVersion(self.kube_version.clone())))),
            ("APIVersions", Value::Object(versions)),
            ("HelmVersion", Value::Object(Rc::new(HelmVersion))),
        ];
        Value::Object(Rc::new(Root(fields)))
    }
}

/// The numbers and points that a version begins with.
fn numbers(version: &str) -> &str {
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    version[..end].trim_end_matches('.')
}

fn plain_version(version: &str) -> String {
    format!("v{}", numbers(version.trim_start_matches('v')))
}

/// `*common.Capabilities`.
struct Root(Vec<(&'static str, Value)>);

impl Object for Root {
    fn type_name(&self) -> Cow<'static, str> {
        "*common.Capabilities".into()
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        [b"&", self.printed().unwrap_or_default().as_slice()].concat()
    }

    fn printed(&self) -> Option<Vec<u8>> {
        let parts: Vec<Vec<u8>> = self.0.iter().map(|(_, value)| formatted(value)).collect();
        Some([b"{", parts.join(&b' ').as_slice(), b"}"].concat())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::Map(self.0.iter().map(|(name, value)| (*name, value.clone())).collect::<Map>()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn formatted(value: &Value) -> Vec<u8> {
    gotemplate::fmt::value_v(value).unwrap_or_default()
}

/// `common.KubeVersion`.
struct KubeVersion(String);

impl KubeVersion {
    fn part(&self, at: usize) -> String {
        numbers(self.0.trim_start_matches('v')).split('.').nth(at).unwrap_or_default().to_owned()
    }
}

impl Object for KubeVersion {
    fn type_name(&self) -> Cow<'static, str> {
        "common.KubeVersion".into()
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Version" => Some(Value::from(self.0.as_str())),
            "Major" => Some(Value::from(self.part(0))),
            "Minor" => Some(Value::from(self.part(1))),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<Function> {
        match name {
            "String" => Some(Function::method("String", &[])),
            "GitVersion" => Some(Function::method("GitVersion", &[])),
            _ => None,
        }
    }

    fn call(&self, name: &str, _: &[Value], _: &mut Call<'_>) -> CallResult {
        Ok(match name {
            "String" => Value::from(plain_version(&self.0)),
            _ => Value::from(self.0.as_str()),
        })
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        let parts = [self.0.clone(), plain_version(&self.0), self.part(0), self.part(1)];
        format!("{{{}}}", parts.join(" ")).into_bytes()
    }

    fn printed(&self) -> Option<Vec<u8>> {
        Some(plain_version(&self.0).into_bytes())
    }

    fn plain(&self) -> Option<Value> {
        let fields = ["Version", "Major", "Minor"];
        Some(Value::Map(
            fields.iter().filter_map(|name| Some((*name, self.field(name)?))).collect::<Map>(),
        ))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `common.VersionSet`: a list with `Has`.
struct Versions(Vec<String>);

impl Versions {
    fn list(&self) -> Value {
        Value::strings(self.0.iter())
    }
}

impl Object for Versions {
    fn type_name(&self) -> Cow<'static, str> {
        "common.VersionSet".into()
    }

    fn kind(&self) -> Kind {
        Kind::Slice
    }

    fn method(&self, name: &str) -> Option<Function> {
        (name == "Has").then(|| Function::method("Has", &[Type::String]))
    }

    fn call(&self, _: &str, args: &[Value], _: &mut Call<'_>) -> CallResult {
        let wanted = args.first().and_then(Value::as_str).map(|text| text.to_str_lossy());
        Ok(Value::Bool(wanted.is_some_and(|wanted| self.0.iter().any(|known| *known == wanted))))
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        formatted(&self.list())
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn index(&self, key: &Value) -> Option<Value> {
        let Value::Int(at, _) = key else { return None };
        self.0.get(usize::try_from(*at).ok()?).map(|text| Value::from(text.as_str()))
    }

    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        let entry =
            |(at, text): (usize, &String)| (Value::int(at as i64), Value::from(text.as_str()));
        Some(self.0.iter().enumerate().map(entry).collect())
    }

    fn plain(&self) -> Option<Value> {
        Some(self.list())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `common.HelmVersion`: the build that is followed.
struct HelmVersion;

const BUILD: [(&str, &str); 5] = [
    ("Version", HELM_VERSION),
    ("GitCommit", GIT_COMMIT),
    ("GitTreeState", "clean"),
    ("GoVersion", GO_VERSION),
    ("KubeClientVersion", CLIENT_VERSION),
];

impl Object for HelmVersion {
    fn type_name(&self) -> Cow<'static, str> {
        "version.BuildInfo".into()
    }

    fn field(&self, name: &str) -> Option<Value> {
        BUILD.iter().find(|(known, _)| *known == name).map(|(_, value)| Value::from(*value))
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        format!("{{{}}}", BUILD.map(|(_, value)| value).join(" ")).into_bytes()
    }

    fn plain(&self) -> Option<Value> {
        let names =
            ["version", "git_commit", "git_tree_state", "go_version", "kube_client_version"];
        let pairs = names.into_iter().zip(BUILD).map(|(name, (_, value))| (name, value));
        Some(Value::Map(pairs.collect::<Map>()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
