//! Nodes to JSON values: scalars by their text (`plain`) and their tag (`tag`) as go-yaml v2 resolves
//! them, and what `sigs.k8s.io/yaml` then makes of keys (`key`) and numbers.

mod key;
mod plain;
mod tag;

pub use key::short_float;
pub(crate) use plain::{Scalar, plain};

use crate::error::Error;
use crate::node::{Node, NodeKind, Style};
use key::{Key, key_text};
use serde_json::{Map, Number, Value};
use tag::{binary, scalar_of, short_tag};

/// A float as JSON carries it: Go's `json` writes whole numbers below 1e21 without a fraction,
/// so they come back as integers; the zero with a sign keeps it. `None` for what JSON has no number
/// for.
pub fn number(value: f64) -> Option<Number> {
    if value == 0.0 && value.is_sign_negative() {
        return Number::from_f64(value);
    }
    if value.fract() == 0.0 && value.abs() < 1e21 {
        let text = format!("{value}");
        if let Ok(int) = text.parse::<i64>() {
            return Some(int.into());
        }
        if let Ok(uint) = text.parse::<u64>() {
            return Some(uint.into());
        }
    }
    Number::from_f64(value)
}

/// Counts what go-yaml counts to refuse a document that is mostly aliases.
#[derive(Default)]
struct Decoder {
    decoded: u64,
    aliased: u64,
    alias_depth: usize,
}

pub(crate) fn to_json(node: &Node) -> Result<Value, Error> {
    Decoder::default().value(node)
}

impl Decoder {
    fn count(&mut self, node: &Node) -> Result<(), Error> {
        self.decoded += 1;
        self.aliased += u64::from(self.alias_depth > 0);
        let ratio = self.aliased as f64 / self.decoded as f64;
        if self.aliased > 100 && self.decoded > 1_000 && ratio > allowed_ratio(self.decoded) {
            let message = "yaml: document contains excessive aliasing";
            return Err(Error::new(message, node.start));
        }
        Ok(())
    }

    fn value(&mut self, node: &Node) -> Result<Value, Error> {
        self.count(node)?;
        match &node.kind {
            NodeKind::Alias { target, .. } => {
                self.alias_depth += 1;
                let value = self.value(target);
                self.alias_depth -= 1;
                value
            }
            NodeKind::Scalar { value, style } => scalar_json(node, value, *style),
            NodeKind::Sequence { items, .. } => items
                .iter()
                .map(|item| self.value(item))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            NodeKind::Mapping { pairs, .. } => {
                let mut map = Map::new();
                self.mapping(pairs, &mut map)?;
                Ok(Value::Object(map))
            }
        }
    }

    fn mapping(
        &mut self,
        pairs: &[(Node, Node)],
        map: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        for (key, value) in pairs {
            if is_merge(key) {
                self.merge(value, map)?;
                continue;
            }
            let name = self.key(key)?;
            let value = self.value(value)?;
            map.insert(key_text(name, &value, key)?, value);
        }
        Ok(())
    }

    fn key(&mut self, node: &Node) -> Result<Key, Error> {
        let scalar = match &node.kind {
            NodeKind::Alias { target, .. } => target,
            _ => node,
        };
        if let NodeKind::Scalar { value, style } = &scalar.kind {
            self.count(node)?;
            return scalar_of(scalar, value, *style).map(|found| Key::Scalar(found, value.clone()));
        }
        self.value(node).map(Key::Other)
    }

    fn merge(&mut self, node: &Node, map: &mut Map<String, Value>) -> Result<(), Error> {
        match &node.kind {
            NodeKind::Mapping { pairs, .. } => self.mapping(pairs, map),
            NodeKind::Alias { target, .. } => match &target.kind {
                NodeKind::Mapping { pairs, .. } => {
                    self.alias_depth += 1;
                    let merged = self.mapping(pairs, map);
                    self.alias_depth -= 1;
                    merged
                }
                _ => Err(merge_error(node)),
            },
            NodeKind::Sequence { items, .. } => {
                // The first map wins over those behind it.
                for item in items.iter().rev() {
                    if let NodeKind::Sequence { .. } | NodeKind::Scalar { .. } = item.kind {
                        return Err(merge_error(item));
                    }
                    self.merge(item, map)?;
                }
                Ok(())
            }
            NodeKind::Scalar { .. } => Err(merge_error(node)),
        }
    }
}

fn merge_error(node: &Node) -> Error {
    Error::new("yaml: map merge requires map or sequence of maps as the value", node.start)
}

fn is_merge(key: &Node) -> bool {
    match &key.kind {
        NodeKind::Scalar { value, style: Style::Plain } => {
            value == "<<" && matches!(key.tag.as_str(), "" | "!!merge")
        }
        _ => false,
    }
}

/// Share of aliased nodes that go-yaml allows: 99 % of a small document, 10 % of a huge one.
fn allowed_ratio(decoded: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    match decoded {
        0..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
    }
}

fn scalar_json(node: &Node, text: &str, style: Style) -> Result<Value, Error> {
    if short_tag(node) == Some("binary") {
        return binary(node, text);
    }
    match scalar_of(node, text, style)? {
        Scalar::Null => Ok(Value::Null),
        Scalar::Bool(value) => Ok(Value::Bool(value)),
        Scalar::Int(value) => Ok(value.into()),
        Scalar::Uint(value) => Ok(value.into()),
        Scalar::Float(value) => number(value).map(Value::Number).ok_or_else(|| {
            let name = if value.is_nan() {
                "NaN"
            } else if value > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            Error::new(format!("json: unsupported value: {name}"), node.start)
        }),
        Scalar::Timestamp | Scalar::Merge | Scalar::Text => Ok(Value::String(text.to_owned())),
    }
}
