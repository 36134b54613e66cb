//! What a chart's form is made from beside its schema: the comments of its values and its
//! subcharts', its questions, and what templates do with each value.

use finding::Path;
use gotemplate::{Purpose, StaticRead, static_reads};
use helm::{Chart, Limits};
use schema::{Notes, Use, Uses};

/// Steps of a values path that are followed.
const DEEPEST: usize = 64;

/// The notes of a chart, its subcharts' at the keys of their values.
pub(crate) fn notes(chart: &Chart) -> Notes {
    let mut notes = Notes::read(&chart.values_text);
    let questions = ["questions.yaml", "questions.yml"].iter().find_map(|name| chart.file(name));
    if let Some(Ok(questions)) = questions.map(|file| yaml::from_slice(&file.data)) {
        notes.ask(&questions);
    }
    for (key, subchart) in subcharts(chart) {
        notes.lay_below(&key, self::notes(subchart));
    }
    notes
}

/// What the templates of a chart and its subcharts do with its values.
pub(crate) fn uses(chart: &Chart, limits: &Limits) -> Uses {
    let mut uses = Uses::new();
    collect(chart, limits.template.parse_depth, &Path::root(), &mut uses);
    uses
}

fn collect(chart: &Chart, parse_depth: usize, at: &Path, uses: &mut Uses) {
    for file in &chart.templates {
        // What cannot be parsed is told when it is rendered.
        for read in static_reads(&file.name, &file.data, parse_depth).unwrap_or_default() {
            let Some(("Values", names)) =
                read.path.split_first().map(|(it, rest)| (it.as_str(), rest))
            else {
                continue;
            };
            // No form is as deep.
            if names.len() > DEEPEST {
                continue;
            }
            let global = names.first().is_some_and(|name| name == "global");
            let start = if global { Path::root() } else { at.clone() };
            let path = names.iter().fold(start, |path, name| path.key(name.as_str()));
            if !names.is_empty() {
                add(&read, uses.entry(path).or_default());
            }
        }
    }
    for (key, subchart) in subcharts(chart) {
        collect(subchart, parse_depth, &at.key(key), uses);
    }
}

fn add(read: &StaticRead, found: &mut Use) {
    let passes = |names: &[&str]| read.through.iter().any(|name| names.contains(&name.as_str()));
    // `include "render" (dict "value" .Values.x …) | nindent 8` writes whatever `x` is.
    let whole = passes(&["toYaml", "toJson", "toPrettyJson", "toRawJson", "toToml"])
        || passes(&["include"]) && passes(&["nindent", "indent"]);
    let written = read.purpose == Purpose::Written;
    found.condition |= read.purpose == Purpose::Decides && !whole;
    found.items |= read.purpose == Purpose::Items;
    found.entries |= read.purpose == Purpose::Entries;
    found.dumped |= whole;
    found.printed |= written && !whole && !passes(&["dict", "include", "merge", "tuple", "list"]);
    found.number |= passes(&["int", "int64", "float64", "add", "sub", "mul", "div"]);
    if written && found.key.is_empty() {
        found.key.clone_from(&read.key);
    }
}

/// The subcharts by the keys of their values; one that is used twice has two.
fn subcharts(chart: &Chart) -> impl Iterator<Item = (String, &Chart)> {
    chart.dependencies.iter().flat_map(move |subchart| {
        let named = chart.metadata.dependencies.iter().filter(|it| it.name == subchart.name());
        let keys = named.map(|it| if it.alias.is_empty() { &it.name } else { &it.alias });
        let mut keys: Vec<String> = keys.cloned().collect();
        if keys.is_empty() {
            keys.push(subchart.name().to_owned());
        }
        keys.into_iter().map(move |key| (key, subchart))
    })
}
