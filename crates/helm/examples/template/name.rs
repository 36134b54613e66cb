//! The release's name: given, made by `--name-template`, or Helm's `release-name`.

use crate::Host;
use crate::flags::Flags;
use gotemplate::{Budget, Limits, NoObserver, Options, TemplateSet, Value};
use std::rc::Rc;

/// The release's name and where the chart is.
pub(crate) fn release_and_chart(flags: &Flags) -> Result<(String, String), String> {
    let template = flags.last("name-template").unwrap_or_default();
    match flags.words.as_slice() {
        [_, _, _, ..] => {
            let more = flags.words[2..].join(", ");
            Err(format!("expected at most two arguments, unexpected arguments: {more}"))
        }
        [_, _] if flags.is_on("generate-name") => {
            Err("cannot set --generate-name and also specify a name".to_owned())
        }
        [_, _] if !template.is_empty() => {
            Err("cannot set --name-template and also specify a name".to_owned())
        }
        [name, chart] => Ok((name.clone(), chart.clone())),
        [chart] if !template.is_empty() => Ok((from_template(template)?, chart.clone())),
        [chart] => Ok(("release-name".to_owned(), chart.clone())),
        [] => Err("must either provide a name or specify --generate-name".to_owned()),
    }
}

fn from_template(text: &str) -> Result<String, String> {
    let functions = sprig::functions(Rc::new(Host), sprig::Mode::Render);
    let mut set = TemplateSet::new(Rc::new(functions), Limits::default());
    set.parse("name-template", text.as_bytes()).map_err(|error| error.message)?;
    let mut budget = Budget::new(Limits::default());
    let (set, options) = (Rc::new(set), Options::default());
    let name = "name-template";
    let output =
        gotemplate::execute(&set, name, Value::Nil, &options, &mut budget, &mut NoObserver);
    output.map(|text| String::from_utf8_lossy(&text).into_owned()).map_err(|error| error.message)
}

/// Helm's `ValidateReleaseName`.
pub(crate) fn check(name: &str) -> Result<(), String> {
    let label = |part: &str| {
        let bytes = part.as_bytes();
        let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        bytes.iter().all(|byte| plain(byte) || *byte == b'-')
            && bytes.first().is_some_and(plain)
            && bytes.last().is_some_and(plain)
    };
    if name.len() <= 53 && name.split('.').all(label) {
        return Ok(());
    }
    let pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    let why = if name.is_empty() {
        "no name provided".to_owned()
    } else {
        format!(
            "invalid release name, must match regex {pattern} and the length must not be longer than 53"
        )
    };
    let said = format!("release name {name:?}: {why}");
    eprintln!("level=ERROR msg=\"release name check failed\" error={said:?}");
    Err(format!("release name check failed: {said}"))
}
