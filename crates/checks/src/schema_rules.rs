//! The schema's own keywords: one finding a violation, with the documented rule's message where
//! the field names one.

use finding::{Finding, Location, Path, Severity, Source};
use schema::{Field, Form};
use serde_json::Value as Json;
use validate::{SchemaError, Validator, Violation};

pub(crate) fn findings(validator: &Validator, values: &Json, form: &Form) -> Vec<Finding> {
    validator.check(values).iter().map(|violation| finding(violation, values, form)).collect()
}

fn finding(violation: &Violation, values: &Json, form: &Form) -> Finding {
    let is_list = |path: &Path| path.get(values).is_some_and(Json::is_array);
    let mut path = Path::from_pointer(&violation.pointer, is_list);
    if violation.keyword == "required"
        && let Some(property) = &violation.property
    {
        path = path.key(property.as_str());
    }
    let field = form.field(&path);
    let rule = field.and_then(|field| rule(field, &violation.keyword));
    let value = path.get(values);
    let own = field.and_then(|field| field.check(value?)).map(|problem| problem.message);
    let message = match (rule, own) {
        (Some(rule), _) => rule.message.clone(),
        (None, Some(message)) => message,
        (None, None) if field.is_some_and(|field| field.secret) => {
            format!("The value breaks the schema's {}.", violation.keyword)
        }
        (None, None) => sentence(&violation.message),
    };
    let code = format!("schema/{}", violation.keyword);
    let mut finding = Finding::new(code, Severity::Error, Location::Values { path }, message);
    if let Some(rule) = rule {
        finding.rule = Some(rule.id.clone());
        finding.source = Some(Source { text: rule.source.clone() });
    }
    finding
}

fn rule<'f>(field: &'f Field, keyword: &str) -> Option<&'f schema::RuleText> {
    field
        .rules
        .iter()
        .find(|rule| rule.keywords.is_empty() || rule.keywords.iter().any(|known| known == keyword))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

pub(crate) fn broken(error: &SchemaError) -> Finding {
    let location = Location::File { file: "values.schema.json".to_owned(), line: 0, column: 0 };
    Finding::new("schema/broken", Severity::Unchecked, location, format!("{error}."))
}
