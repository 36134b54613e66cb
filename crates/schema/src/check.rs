//! What a widget asks in the tick of a keystroke: text to value and back, and whether it fits.

use crate::base64::{self, encode};
use crate::block::block;
use crate::field::{Control, Encoding, Field, Problem};
use crate::quantity::Quantity;
use serde_json::{Number, Value as Json};

impl Field {
    /// Whether the field's text is YAML, which the engine reads and [`Field::parse`] does not.
    pub fn is_yaml(&self) -> bool {
        let kind = &self.control;
        matches!(
            kind,
            Control::Yaml | Control::Map { .. } | Control::List { .. } | Control::Section
        )
    }

    /// The value that a person's text means, where it is one line of one kind.
    ///
    /// # Errors
    /// Where the text is no value of the field's kind; the value before then stays.
    pub fn parse(&self, text: &str) -> Result<Json, Problem> {
        match &self.control {
            Control::Number { integer: true } | Control::Port => match text.trim().parse::<i64>() {
                Ok(number) => Ok(Json::from(number)),
                Err(_) => Err(self.problem("type", self.expected("a whole number", text))),
            },
            Control::Number { integer: false } => {
                let number = text.trim().parse::<f64>().ok().and_then(Number::from_f64);
                match (text.trim().parse::<i64>(), number) {
                    (Ok(whole), _) => Ok(Json::from(whole)),
                    (_, Some(number)) => Ok(Json::Number(number)),
                    _ => Err(self.problem("type", self.expected("a number", text))),
                }
            }
            Control::Switch => Ok(Json::Bool(text == "true")),
            Control::Select { options } => {
                let label = |value: &Json| show(value) == text;
                let found = options.iter().find(|choice| label(&choice.value));
                Ok(found.map_or_else(|| Json::from(text), |choice| choice.value.clone()))
            }
            Control::Secret { encoding: Encoding::Base64, .. } => Ok(Json::from(encode_once(text))),
            _ => Ok(Json::from(text)),
        }
    }

    /// The text that stands for a value in the field's widget.
    pub fn show(&self, value: &Json) -> String {
        match (&self.control, value) {
            (Control::Secret { encoding: Encoding::Base64, .. }, Json::String(text)) => {
                decode(text).unwrap_or_else(|| text.clone())
            }
            (_, value @ (Json::Object(_) | Json::Array(_))) => block(value),
            (Control::Yaml, Json::Null) => String::new(),
            (Control::Yaml, value) => block(value),
            (_, Json::Null) => String::new(),
            (_, value) => show(value),
        }
    }

    /// What is wrong with a value, by the keywords that need no regex engine.
    pub fn check(&self, value: &Json) -> Option<Problem> {
        if value.is_null() {
            return None;
        }
        let constraints = &self.constraints;
        let text = show(value);
        if !constraints.types.is_empty() && !constraints.types.iter().any(|ty| is_type(value, ty)) {
            let wanted = constraints.types.join(" or ");
            return Some(
                self.problem("type", self.expected(&format!("a value of type {wanted}"), &text)),
            );
        }
        if !constraints.choices.is_empty() && !constraints.choices.contains(value) {
            let choices: Vec<String> = constraints.choices.iter().map(show).collect();
            return Some(self.problem("enum", self.expected(&choices.join(", "), &text)));
        }
        value.as_f64().and_then(|number| self.check_number(number)).or_else(|| {
            let text = value.as_str()?;
            self.check_text(text)
        })
    }

    fn check_number(&self, number: f64) -> Option<Problem> {
        let limits = &self.constraints;
        let broken = |keyword: &str, expected: String| {
            Some(self.problem(keyword, self.expected(&expected, &number.to_string())))
        };
        match (limits.minimum, limits.maximum) {
            (Some(least), _) if number < least => {
                return broken("minimum", format!("at least {least}"));
            }
            (_, Some(most)) if number > most => {
                return broken("maximum", format!("at most {most}"));
            }
            _ => {}
        }
        match (limits.exclusive_minimum, limits.exclusive_maximum) {
            (Some(least), _) if number <= least => {
                broken("exclusiveMinimum", format!("more than {least}"))
            }
            (_, Some(most)) if number >= most => {
                broken("exclusiveMaximum", format!("less than {most}"))
            }
            _ => None,
        }
    }

    fn check_text(&self, text: &str) -> Option<Problem> {
        let length = text.chars().count() as u64;
        let limits = &self.constraints;
        if let Some(least) = limits.min_length.filter(|least| length < *least) {
            let message = if length == 0 && least == 1 {
                "A value is needed here.".to_owned()
            } else {
                format!("Expected at least {least} characters, found {length}.")
            };
            return Some(self.problem("minLength", message));
        }
        if let Some(most) = limits.max_length.filter(|most| length > *most) {
            let message = format!("Expected at most {most} characters, found {length}.");
            return Some(self.problem("maxLength", message));
        }
        let unset = text.is_empty() && self.default.as_ref().is_none_or(|it| it == "");
        if let Control::Quantity { .. } = self.control
            && !unset
            && Quantity::parse(text).is_none()
        {
            let message = format!("Expected a quantity such as 512Mi or 500m, found {text}.");
            return Some(self.problem("pattern", message));
        }
        None
    }

    fn expected(&self, what: &str, found: &str) -> String {
        if found.is_empty() {
            return format!("Expected {what}, found nothing.");
        }
        // A secret never stands in a message.
        if self.secret {
            format!("Expected {what}.")
        } else {
            format!("Expected {what}, found {found}.")
        }
    }

    /// A problem with the documented rule behind its keyword, whose message then says what to do.
    pub fn problem(&self, keyword: &str, message: String) -> Problem {
        let rule = self.rules.iter().find(|rule| {
            rule.keywords.is_empty() || rule.keywords.iter().any(|known| known == keyword)
        });
        Problem { keyword: keyword.to_owned(), message, rule: rule.cloned().map(Box::new) }
    }
}

fn show(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_type(value: &Json, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => true,
    }
}

/// Base64 of the text; what is base64 of readable text already is taken as pasted in, if it is
/// long enough that this can hardly be chance.
fn encode_once(text: &str) -> String {
    if text.len() >= 16 && decode(text).is_some() {
        text.to_owned()
    } else {
        encode(text.as_bytes())
    }
}

/// The readable text behind padded base64.
fn decode(text: &str) -> Option<String> {
    if !text.len().is_multiple_of(4) || text.is_empty() {
        return None;
    }
    let decoded = String::from_utf8(base64::decode(text)?).ok()?;
    (!decoded.chars().any(char::is_control)).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Constraints;

    #[test]
    fn a_secret_goes_through_base64_and_back() {
        let control = Control::Secret { encoding: Encoding::Base64, generate: None };
        let field = Field { control, ..Field::default() };
        let value = field.parse("sk-abc").unwrap();
        assert_eq!(value, Json::from("c2stYWJj"));
        assert_eq!(field.show(&value), "sk-abc");
        let pasted = "cG9zdGdyZXNxbDovL3RvZG8=";
        assert_eq!(field.parse(pasted).unwrap(), Json::from(pasted));
    }

    #[test]
    fn a_number_out_of_range_says_what_was_expected() {
        let constraints = Constraints { minimum: Some(1.0), ..Constraints::default() };
        let control = Control::Number { integer: true };
        let field = Field { control, constraints, ..Field::default() };
        let problem = field.check(&Json::from(0)).unwrap();
        assert_eq!(problem.message, "Expected at least 1, found 0.");
        assert_eq!(field.check(&Json::from(1)), None);
        assert!(field.parse("x").is_err());
    }
}
