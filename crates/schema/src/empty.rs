//! The values that say nothing, which mean four things: `null`, `""`, `{}` and `[]`.

use crate::field::{Control, Field};
use serde_json::{Map, Value as Json};

/// An empty value that a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    Null,
    Text,
    Map,
    List,
}

impl Empty {
    /// What a value is, if it says nothing.
    pub fn of(value: &Json) -> Option<Self> {
        match value {
            Json::Null => Some(Self::Null),
            Json::String(text) if text.is_empty() => Some(Self::Text),
            Json::Object(map) if map.is_empty() => Some(Self::Map),
            Json::Array(items) if items.is_empty() => Some(Self::List),
            _ => None,
        }
    }

    pub fn value(self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Text => Json::from(""),
            Self::Map => Json::Object(Map::new()),
            Self::List => Json::Array(Vec::new()),
        }
    }

    /// As YAML writes it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Text => "\"\"",
            Self::Map => "{}",
            Self::List => "[]",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            Self::Null => "No value: Helm takes the key away",
            Self::Text => "Empty text",
            Self::Map => "A map without entries",
            Self::List => "A list without items",
        }
    }
}

impl Field {
    /// Whether an input without text goes back to the default: it says nothing either, and no text
    /// is no value of the field's kind.
    pub fn goes_back(&self) -> bool {
        let written = self.is_yaml()
            || matches!(
                self.control,
                Control::Number { .. } | Control::Port | Control::Quantity { .. }
            );
        written && self.default.as_ref().is_none_or(|default| Empty::of(default).is_some())
    }

    /// The empty values that the field may have. A schema's types decide, where there are any.
    pub fn empties(&self) -> Vec<Empty> {
        let all = [Empty::Null, Empty::Text, Empty::Map, Empty::List];
        let types = &self.constraints.types;
        let name = |empty: Empty| match empty {
            Empty::Null => "null",
            Empty::Text => "string",
            Empty::Map => "object",
            Empty::List => "array",
        };
        let fits = |empty: &Empty| match types.is_empty() {
            true => *empty == Empty::Null || self.may_be(*empty),
            false => types.iter().any(|ty| ty == name(*empty)),
        };
        all.into_iter().filter(fits).collect()
    }

    fn may_be(&self, empty: Empty) -> bool {
        let by_default = self.default.as_ref().and_then(Empty::of) == Some(empty);
        by_default
            || match (&self.control, empty) {
                (Control::Yaml, Empty::Map) => !matches!(self.default, Some(Json::Array(_))),
                (Control::Yaml, Empty::List) => !matches!(self.default, Some(Json::Object(_))),
                (Control::Map { .. } | Control::Section, Empty::Map) => true,
                (Control::List { .. }, Empty::List) => true,
                (control, Empty::Text) => {
                    let typed =
                        matches!(control, Control::Switch | Control::Number { .. } | Control::Port);
                    !typed && !self.is_yaml()
                }
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Constraints;

    fn texts(control: Control, default: Json) -> Vec<&'static str> {
        let field = Field { control, default: Some(default), ..Field::default() };
        field.empties().into_iter().map(Empty::text).collect()
    }

    #[test]
    fn a_field_offers_what_it_may_be() {
        use serde_json::json;
        assert_eq!(texts(Control::Text, json!("x")), ["null", "\"\""]);
        assert_eq!(texts(Control::Number { integer: true }, json!(1)), ["null"]);
        assert_eq!(texts(Control::Number { integer: true }, json!("")), ["null", "\"\""]);
        assert_eq!(texts(Control::Yaml, json!({})), ["null", "{}"]);
        assert_eq!(texts(Control::Yaml, json!([])), ["null", "[]"]);
        assert_eq!(texts(Control::Yaml, Json::Null), ["null", "{}", "[]"]);
    }

    #[test]
    fn a_schema_decides() {
        let types = vec!["array".to_owned(), "null".to_owned()];
        let constraints = Constraints { types, ..Constraints::default() };
        let field = Field { constraints, control: Control::Yaml, ..Field::default() };
        assert_eq!(field.empties(), [Empty::Null, Empty::List]);
        for empty in field.empties() {
            assert_eq!(Empty::of(&empty.value()), Some(empty));
        }
    }
}
