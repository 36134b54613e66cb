//! Chart.yaml: it can be read, strictly too, and says what a chart must say.

use super::contacts::{is_email, is_url};
use super::{LintOptions, Linter, Severity};
use crate::load::metadata;
use serde_json::{Map, Value as Json};
use sprig::semver::{Constraint, Version};

const FILE: &str = "Chart.yaml";

pub(super) fn run(linter: &mut Linter<'_>, options: &LintOptions) {
    use Severity::{Error, Info, Warning};
    let folder = linter.is_folder(FILE);
    if folder {
        linter.say(Error, FILE, "should be a file, not a directory");
    }
    let data = linter.file(FILE).map(|file| file.data.as_slice());
    let read = match data {
        Some(data) => metadata::unchecked(data),
        None if folder => Err(format!("read {}/{FILE}: is a directory", options.folder)),
        None => Err(format!("open {}/{FILE}: no such file or directory", options.folder)),
    };
    let chart = match read {
        Ok(Json::Object(chart)) => chart,
        Ok(_) => Map::new(),
        Err(reason) => {
            return linter.say(Error, FILE, format!("unable to parse YAML\n\t{reason}"));
        }
    };
    let data = data.unwrap_or_default();
    let strict = metadata::strict(data)
        .map_err(|reason| format!("failed to strictly parse chart metadata file\n\t{reason}"));
    linter.rule(Warning, FILE, strict);
    let written = yaml::from_slice(data).unwrap_or_default();
    for (severity, outcome) in [
        (Error, name(&chart)),
        (Error, api_version(&chart)),
        (Error, is_text(&written, "version")),
        (Error, version(&chart)),
        (Error, is_text(&written, "appVersion")),
        (Error, maintainers(&chart)),
        (Error, sources(&chart)),
        (Info, refuse(text(&chart, "icon").is_empty(), "icon is recommended")),
        (Error, icon(&chart)),
        (Error, kind(&chart)),
        (Error, dependencies(&chart)),
        (Warning, strict_version(&chart)),
    ] {
        linter.rule(severity, FILE, outcome);
    }
}

type Chart = Map<String, Json>;
type Outcome = Result<(), String>;

fn text<'c>(chart: &'c Chart, key: &str) -> &'c str {
    chart.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn items<'c>(chart: &'c Chart, key: &str) -> &'c [Json] {
    chart.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn refuse(wrong: bool, text: &str) -> Outcome {
    if wrong { Err(text.to_owned()) } else { Ok(()) }
}

fn name(chart: &Chart) -> Outcome {
    let name = text(chart, "name");
    refuse(name.is_empty(), "name is required")?;
    // Go's `filepath.Base` is the name itself only where it holds no separator.
    let quoted = gotemplate::fmt::quote(name.as_bytes());
    refuse(name.contains('/') && name != "/", &format!("chart name {quoted} is invalid"))
}

fn api_version(chart: &Chart) -> Outcome {
    let values = r#"The value must be either "v1" or "v2""#;
    let version = text(chart, "apiVersion");
    refuse(version.is_empty(), &format!("apiVersion is required. {values}"))?;
    let known = matches!(version, "v1" | "v2");
    refuse(!known, &format!("apiVersion '{version}' is not valid. {values}"))
}

/// As Go names what `encoding/json` made of it.
fn is_text(written: &Json, key: &str) -> Outcome {
    let kind = match written.get(key) {
        None | Some(Json::String(_)) => return Ok(()),
        Some(Json::Null) => "<nil>",
        Some(Json::Bool(_)) => "bool",
        Some(Json::Number(_)) => "float64",
        Some(Json::Array(_)) => "[]interface {}",
        Some(Json::Object(_)) => "map[string]interface {}",
    };
    Err(format!("{key} should be of type string but it's of type {kind}"))
}

fn version(chart: &Chart) -> Outcome {
    let written = text(chart, "version");
    refuse(written.is_empty(), "version is required")?;
    let Some(version) = Version::parse(written) else {
        return Err(format!("version '{written}' is not a valid SemVer"));
    };
    let fits = Constraint::parse(">0.0.0-0").is_ok_and(|least| least.check(&version));
    let metadata = match version.metadata.as_str() {
        "" => String::new(),
        metadata => format!("+{metadata}"),
    };
    // Only the very least of all versions is refused.
    let said = format!("version \"0.0.0-0{metadata}\" is less than or equal to \"0.0.0-0\"");
    refuse(!fits, &said)
}

fn strict_version(chart: &Chart) -> Outcome {
    let version = text(chart, "version");
    let wrong = Version::parse_strict(version).is_none();
    refuse(wrong, &format!("version '{version}' is not a valid SemVerV2"))
}

/// The first thing wrong with any of them.
fn maintainers(chart: &Chart) -> Outcome {
    for maintainer in items(chart, "maintainers") {
        let Json::Object(maintainer) = maintainer else {
            return Err("a maintainer entry is empty".to_owned());
        };
        let [name, email, url] = ["name", "email", "url"].map(|key| text(maintainer, key));
        refuse(name.is_empty(), "each maintainer requires a name")?;
        let bad_email = !email.is_empty() && !is_email(email);
        refuse(bad_email, &format!("invalid email '{email}' for maintainer '{name}'"))?;
        let bad_url = !url.is_empty() && !is_url(url);
        refuse(bad_url, &format!("invalid url '{url}' for maintainer '{name}'"))?;
    }
    Ok(())
}

fn sources(chart: &Chart) -> Outcome {
    let texts = items(chart, "sources").iter().map(|source| source.as_str().unwrap_or_default());
    let mut wrong = texts.filter(|source| !sprig::is_request_url(source));
    wrong.next().map_or(Ok(()), |source| Err(format!("invalid source URL '{source}'")))
}

fn icon(chart: &Chart) -> Outcome {
    let icon = text(chart, "icon");
    let wrong = !icon.is_empty() && !sprig::is_request_url(icon);
    refuse(wrong, &format!("invalid icon URL '{icon}'"))
}

fn kind(chart: &Chart) -> Outcome {
    let version = text(chart, "apiVersion");
    let wrong = !text(chart, "type").is_empty() && version != "v2";
    let said = format!(
        "chart type is not valid in apiVersion '{version}'. It is valid in apiVersion 'v2'"
    );
    refuse(wrong, &said)
}

fn dependencies(chart: &Chart) -> Outcome {
    let version = text(chart, "apiVersion");
    let wrong = !items(chart, "dependencies").is_empty() && version != "v2";
    let said = format!(
        "dependencies are not valid in the Chart file with apiVersion '{version}'. They are valid in apiVersion 'v2'"
    );
    refuse(wrong, &said)
}
