//! Puts a chart together: its parts, its subcharts, its files.

use std::collections::BTreeMap;

use super::component::Component;
use super::shape::{Plan, Shape};
use super::tree::{Entry, parse, paths};
use super::{dashboard, definition, names, part, print, readme};
use crate::Random;

/// What the one part of a subchart has.
const SUBCHART: [&str; 3] = ["service", "account", "monitor"];
/// Values of a subchart's config file.
const SUBCHART_SETTINGS: usize = 14;
/// Values of a part's config file, at the least.
const FEWEST_SETTINGS: usize = 8;

/// A chart that another one brings along.
struct Subchart {
    name: String,
    /// The keys of its values: its aliases, or its name.
    keys: Vec<String>,
    entries: Vec<Entry>,
    files: BTreeMap<String, String>,
}

/// The files of a chart, by their paths in its folder.
pub(super) fn files(shape: Shape, seed: u64, scale: usize) -> BTreeMap<String, String> {
    let mut random = Random::new(seed, shape.name());
    let (plan, scale) = (shape.plan(), scale.max(1));
    let name = names::chart(shape, &mut random);
    let subcharts = subcharts(plan, &mut random);
    let mut entries = top_level(plan, &subcharts, &mut random);
    let fixed = inputs(&entries, &subcharts);
    let components = components(shape, plan, scale, fixed, &mut random);
    entries.extend(components.iter().flat_map(Component::entries));

    let mut files = BTreeMap::new();
    for component in &components {
        files.extend(templates(component.templates(&name)));
    }
    // A chart has at least one part.
    files.extend(templates(
        ["_helpers.tpl", "NOTES.txt", "extra-objects.yaml"]
            .map(|file| (file.to_owned(), components[0].text(&name, file))),
    ));
    files.extend(dashboards(&name, plan, plan.dashboards * scale, &mut random));
    files.extend(definitions(&name, plan, &mut random));
    let version = format!("{}.{}.{}", random.between(1, 60), random.below(20), random.below(10));
    files.insert("Chart.yaml".to_owned(), metadata(&name, &version, &subcharts, &mut random));
    files.insert("README.md".to_owned(), readme::text(&name, &version, &entries));
    files.insert("values.yaml".to_owned(), print::values(&entries, plan.comments, &mut random));
    for sub in subcharts {
        let inside = |(path, text)| (format!("charts/{}/{path}", sub.name), text);
        files.extend(sub.files.into_iter().map(inside));
    }
    files
}

fn templates(
    files: impl IntoIterator<Item = (String, String)>,
) -> impl Iterator<Item = (String, String)> {
    files.into_iter().map(|(name, text)| (format!("templates/{name}"), text))
}

/// What stands in values.yaml beside the parts.
fn top_level(plan: &Plan, subcharts: &[Subchart], random: &mut Random) -> Vec<Entry> {
    let features = [plan.features, plan.main].concat();
    let mut text = part::select(part::values("global"), &features);
    if plan.dashboards > 0 {
        text.push_str(part::values("dashboards"));
    }
    if plan.definition_templates {
        text.push_str(part::values("crds"));
    }
    for key in subcharts.iter().flat_map(|sub| &sub.keys) {
        text.push_str(&format!(
            "{key}: # Values of the chart {key}\n  enabled: true # Install {key}\n  replicaCount: <1|2> # Number of replicas\n"
        ));
    }
    parse(&part::choose(&text, random))
}

/// The leaf values of a chart, its subcharts' among them.
fn inputs(entries: &[Entry], subcharts: &[Subchart]) -> usize {
    let mut all = paths(entries);
    for sub in subcharts {
        let own = paths(&sub.entries);
        for key in &sub.keys {
            all.extend(own.iter().map(|path| format!("{key}.{path}")));
        }
    }
    all.len()
}

/// The parts: so many, and with so many settings, that the chart has exactly the values of its plan.
fn components(
    shape: Shape,
    plan: &Plan,
    scale: usize,
    fixed: usize,
    random: &mut Random,
) -> Vec<Component> {
    let left = plan.inputs * scale - fixed;
    let count = (plan.components * left).div_ceil(plan.inputs - fixed);
    let keyed = plan.components > 1;
    let main = [plan.features, plan.main].concat();
    let mut components: Vec<Component> = Vec::new();
    for name in names::components(shape, if keyed { count } else { scale }, random) {
        let features = if components.is_empty() { &main } else { plan.features };
        components.push(Component::new(&name, keyed || !components.is_empty(), features, random));
    }
    let taken: usize = components.iter().map(|it| paths(&it.entries()).len()).sum();
    // A plan leaves room for settings; the tests count.
    let settings = left.saturating_sub(taken).max(components.len() * FEWEST_SETTINGS);
    let parts = components.len();
    for (index, component) in components.iter_mut().enumerate() {
        let count = settings / parts + usize::from(index < settings % parts);
        let level = if component.keyed { 3 } else { 2 };
        component.configure(count, level, random);
    }
    components
}

/// The subcharts; the first is used twice, under aliases, where there are several.
fn subcharts(plan: &Plan, random: &mut Random) -> Vec<Subchart> {
    let mut subcharts = Vec::new();
    for (index, name) in names::subcharts(plan.subcharts, random).into_iter().enumerate() {
        let mut component = Component::new(&name, false, &SUBCHART, random);
        component.configure(SUBCHART_SETTINGS, 3, random);
        let twice = index == 0 && plan.subcharts > 2;
        let camel = names::camel(&name);
        let keys = if twice {
            vec![format!("{camel}Primary"), format!("{camel}Secondary")]
        } else {
            vec![name.clone()]
        };
        let mut entries = parse(
            "nameOverride: \"\" # Replaces the chart's name\nfullnameOverride: \"\" # Replaces the whole name\nnamespaceOverride: \"\" # Namespace of all objects\nclusterDomain: cluster.local # Domain of the cluster\ncommonLabels: {} # Labels of all objects\ncommonAnnotations: {} # Annotations of all objects\n",
        );
        entries.extend(component.entries());
        let mut files: BTreeMap<_, _> = templates(component.templates(&name)).collect();
        files.extend(templates([(
            "_helpers.tpl".to_owned(),
            component.text(&name, "_helpers.tpl"),
        )]));
        files.insert("Chart.yaml".to_owned(), metadata(&name, "1.4.2", &[], random));
        files.insert("values.yaml".to_owned(), print::values(&entries, plan.comments, random));
        subcharts.push(Subchart { name, keys, entries, files });
    }
    subcharts
}

fn metadata(name: &str, version: &str, subcharts: &[Subchart], random: &mut Random) -> String {
    let mut text = format!(
        "apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: \"{}.{}.{}\"\ndescription: {} for Kubernetes\ntype: application\nhome: https://{name}.example.com\nicon: https://{name}.example.com/icon.svg\nkeywords:\n  - {}\n  - kubernetes\nsources:\n  - https://git.example.com/{name}\nmaintainers:\n  - name: Platform Team\n    email: platform@example.com\n",
        random.between(0, 12),
        random.below(30),
        random.below(10),
        names::title(name),
        name.split('-').next_back().unwrap_or_default(),
    );
    if !subcharts.is_empty() {
        text.push_str("dependencies:\n");
    }
    for sub in subcharts {
        for key in &sub.keys {
            text.push_str(&format!("  - name: {}\n    version: 1.4.2\n    repository: https://charts.example.com\n    condition: {key}.enabled\n", sub.name));
            if *key != sub.name {
                text.push_str(&format!("    alias: {key}\n"));
            }
        }
    }
    text
}

fn dashboards(
    chart: &str,
    plan: &Plan,
    count: usize,
    random: &mut Random,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for number in 1..=count {
        let topic = random.word("overview|latency|capacity|errors|storage|network|workloads|nodes");
        let name = format!("{topic}-{number}");
        let json = dashboard::text(&name, plan.panels, random);
        if plan.inline {
            let json = dashboard::escaped(&json).replace('\n', "\n    ");
            let words =
                [("chart", chart), ("name", &*name), ("dashboard", &*format!("    {json}"))];
            let text = part::fill(part::template("dashboard.yaml"), &words);
            files.push((format!("templates/dashboards/{name}.yaml"), text));
        } else {
            files.push((format!("files/dashboards/{name}.json"), json));
        }
    }
    if count > 0 && !plan.inline {
        let text = part::fill(part::template("dashboards.yaml"), &[("chart", chart)]);
        files.push(("templates/dashboards.yaml".to_owned(), text));
    }
    files
}

fn definitions(chart: &str, plan: &Plan, random: &mut Random) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for kind in definition::kinds(chart, plan.definitions, random) {
        let name = format!("{}.yaml", kind.plural);
        if plan.definition_templates {
            let spec = definition::spec(&kind, random);
            let words = [
                ("chart", chart),
                ("plural", &*kind.plural),
                ("group", &*kind.group),
                ("spec", spec.trim_end()),
            ];
            let text = part::fill(part::template("definition.yaml"), &words);
            files.push((format!("templates/crds/{name}"), text));
        } else {
            files.push((format!("crds/{name}"), definition::whole(&kind, random)));
        }
    }
    files
}
