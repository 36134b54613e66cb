//! values.yaml: it is there, can be read, and fits the chart's schema. Subcharts' values are not
//! looked at here, as Helm does not.

use super::{LintOptions, Linter, Severity};
use crate::coalesce;
use serde_json::{Map, Value as Json};
use sprig::json::kind;
use validate::Validator;

const FILE: &str = "values.yaml";

pub(super) fn run(linter: &mut Linter<'_>, given: &Json, options: &LintOptions) {
    let Some(file) = linter.file(FILE) else {
        return linter.say(Severity::Info, FILE, "file does not exist");
    };
    let values = match read(&file.data) {
        Ok(values) => values,
        Err(reason) => {
            let text = format!("unable to parse YAML: {reason}");
            return linter.say(Severity::Error, FILE, text);
        }
    };
    let schema = linter.file("values.schema.json").filter(|file| !file.data.is_empty());
    let Some(schema) = schema.filter(|_| !options.skip_schema) else { return };
    let mut laid = given.as_object().cloned().unwrap_or_default();
    let mut mode = coalesce::Mode { merge: false, log: &mut Vec::new() };
    coalesce::tables(&mut laid, &values, "", &mut mode);
    let said = match Validator::new(&schema.data) {
        // Helm ends every violation with a line break, the last too.
        Ok(validator) => validator.lines(&Json::Object(laid)).join("\n") + "\n",
        Err(error) => error.to_string(),
    };
    if said != "\n" {
        linter.say(Severity::Error, FILE, said);
    }
}

fn read(data: &[u8]) -> Result<Map<String, Json>, String> {
    match yaml::from_slice(data).map_err(|error| error.to_string())? {
        Json::Null => Ok(Map::new()),
        Json::Object(map) => Ok(map),
        other => Err(format!(
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {} into Go value of type common.Values",
            kind(&other)
        )),
    }
}
