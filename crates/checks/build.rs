//! Writes the table of Kubernetes types that `manifests::types` walks.
//!
//! Source: k8s-openapi's types of the newest Kubernetes, through the JSON schemas that they give of
//! themselves. The table is a twentieth of what their deserialisers take in the worker's wasm, and
//! it knows exact paths and the names of neighbouring fields.
//!
//! Lines: `apps/v1 Deployment 7` for each kind, an empty one, then one for each type, counted from
//! 0: its fields as `name:shape`, or `name!shape` where it must be there. A shape is
//! `s` a string, `i` an int32, `l` an int64, `f` a number, `b` a boolean, `q` a quantity,
//! `p` an integer or a string, `*` anything, `[` a list of what follows, `{` a map to what
//! follows, or the number of a type.

use k8s_openapi::Resource;
use k8s_openapi::schemars::generate::SchemaSettings;
use k8s_openapi::schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

type Definitions = serde_json::Map<String, Json>;

/// The kinds of one API group and version.
macro_rules! kinds {
    ($table:ident: $($group:ident::$version:ident [$($kind:ident)*])*) => {
        $($($table.add::<k8s_openapi::api::$group::$version::$kind>();)*)*
    };
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = Table::new();
    kinds! { table:
        core::v1 [
            ConfigMap Endpoints LimitRange Namespace PersistentVolume PersistentVolumeClaim Pod
            PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount
        ]
        apps::v1 [DaemonSet Deployment ReplicaSet StatefulSet]
        batch::v1 [CronJob Job]
        autoscaling::v1 [HorizontalPodAutoscaler]
        autoscaling::v2 [HorizontalPodAutoscaler]
        networking::v1 [Ingress IngressClass NetworkPolicy]
        discovery::v1 [EndpointSlice]
        policy::v1 [PodDisruptionBudget]
        rbac::v1 [ClusterRole ClusterRoleBinding Role RoleBinding]
        storage::v1 [CSIDriver StorageClass]
        scheduling::v1 [PriorityClass]
        node::v1 [RuntimeClass]
        coordination::v1 [Lease]
        admissionregistration::v1 [
            MutatingWebhookConfiguration ValidatingAdmissionPolicy
            ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration
        ]
    }
    table.add::<k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService>();
    table.add::<k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition>();
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?);
    Ok(fs::write(folder.join("kubernetes-types.txt"), table.write()?)?)
}

struct Table {
    schemas: SchemaGenerator,
    /// API version, kind, name of the type.
    kinds: Vec<(&'static str, &'static str, String)>,
}

impl Table {
    fn new() -> Self {
        Self { schemas: SchemaSettings::default().into_generator(), kinds: Vec::new() }
    }

    fn add<K: Resource + JsonSchema>(&mut self) {
        self.schemas.subschema_for::<K>();
        self.kinds.push((K::API_VERSION, K::KIND, K::schema_name().into_owned()));
    }

    fn write(mut self) -> Result<String, String> {
        let definitions = self.schemas.take_definitions(false);
        let structs = definitions.iter().filter(|(_, schema)| schema.get("properties").is_some());
        let numbers: BTreeMap<&str, usize> =
            structs.enumerate().map(|(number, (name, _))| (name.as_str(), number)).collect();
        let shapes = Shapes { definitions: &definitions, numbers: &numbers };
        let mut lines = Vec::new();
        for (version, kind, name) in &self.kinds {
            let number =
                numbers.get(name.as_str()).ok_or_else(|| format!("{name} has no fields"))?;
            lines.push(format!("{version} {kind} {number}"));
        }
        lines.push(String::new());
        let mut types: Vec<&str> = numbers.keys().copied().collect();
        types.sort_by_key(|name| numbers.get(name));
        for name in types {
            lines.push(shapes.fields(name)?);
        }
        Ok(lines.join("\n"))
    }
}

struct Shapes<'s> {
    definitions: &'s Definitions,
    numbers: &'s BTreeMap<&'s str, usize>,
}

impl Shapes<'_> {
    fn fields(&self, name: &str) -> Result<String, String> {
        let schema = self.definitions.get(name).ok_or_else(|| format!("{name} is not defined"))?;
        let fields = schema.get("properties").and_then(Json::as_object).into_iter().flatten();
        let required = schema.get("required").and_then(Json::as_array);
        let mut line = Vec::new();
        for (field, schema) in fields {
            let needed = required.is_some_and(|names| names.iter().any(|it| it == field.as_str()));
            let mark = if needed { '!' } else { ':' };
            let shape = self.shape(schema).map_err(|error| format!("{name}.{field}: {error}"))?;
            line.push(format!("{field}{mark}{shape}"));
        }
        Ok(line.join(" "))
    }

    fn shape(&self, schema: &Json) -> Result<String, String> {
        if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
            return self.named(reference.trim_start_matches("#/$defs/"));
        }
        let text = |key: &str| schema.get(key).and_then(Json::as_str);
        let simple = match (text("type"), text("format")) {
            (Some("string"), _) => "s",
            (Some("integer"), Some("int32")) => "i",
            (Some("integer"), Some("int64")) => "l",
            (Some("number"), _) => "f",
            (Some("boolean"), _) => "b",
            (Some("array"), _) => {
                let items = schema.get("items").ok_or("a list of nothing")?;
                return Ok(format!("[{}", self.shape(items)?));
            }
            (Some("object"), _) => {
                let Some(values) = schema.get("additionalProperties") else {
                    return Ok("*".into());
                };
                return Ok(format!("{{{}", self.shape(values)?));
            }
            (None, _) => "*",
            (Some(other), format) => return Err(format!("unknown type {other} {format:?}")),
        };
        Ok(simple.to_owned())
    }

    fn named(&self, name: &str) -> Result<String, String> {
        match name {
            "io.k8s.apimachinery.pkg.api.resource.Quantity" => return Ok("q".to_owned()),
            "io.k8s.apimachinery.pkg.util.intstr.IntOrString" => return Ok("p".to_owned()),
            _ => {}
        }
        if let Some(number) = self.numbers.get(name) {
            return Ok(number.to_string());
        }
        let schema = self.definitions.get(name).ok_or_else(|| format!("{name} is not defined"))?;
        self.shape(schema)
    }
}
