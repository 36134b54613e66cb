//! What every generated chart must keep, whatever its seed.

use std::collections::BTreeSet;

use super::tree::{parse, paths};
use super::{Chart, Shape, generate};

/// The leaf values of a chart, its subcharts' among them; read from what was written.
fn inputs(chart: &Chart) -> BTreeSet<String> {
    let mut all = paths(&values(&chart.files["values.yaml"]));
    for (name, key) in dependencies(chart) {
        let own = values(&chart.files[&format!("charts/{name}/values.yaml")]);
        all.extend(paths(&own).into_iter().map(|path| format!("{key}.{path}")));
    }
    all
}

/// The entries of a values.yaml, comments left out.
fn values(text: &str) -> Vec<super::tree::Entry> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    parse(&lines.collect::<Vec<_>>().join("\n"))
}

/// The name and the key of each subchart.
fn dependencies(chart: &Chart) -> Vec<(String, String)> {
    let text = &chart.files["Chart.yaml"];
    let blocks = text.split("  - name: ").skip(1).filter(|it| it.contains("condition: "));
    let pairs = blocks.map(|block| {
        let name = block.lines().next().unwrap_or_default();
        let alias = block.lines().find_map(|line| line.trim().strip_prefix("alias: "));
        (name.to_owned(), alias.unwrap_or(name).to_owned())
    });
    pairs.collect()
}

/// The paths that templates read: what follows each `.Values.`.
fn read(texts: &str) -> BTreeSet<&str> {
    let places = texts.split(".Values.").skip(1);
    places
        .map(|place| {
            let end = place.find(|it: char| !it.is_ascii_alphanumeric() && it != '.' && it != '-');
            &place[..end.unwrap_or(place.len())]
        })
        .collect()
}

/// The paths of a values.yaml that neither stand in a template nor below a path that does.
fn unread(values: &str, texts: &str) -> Vec<String> {
    let read = read(texts);
    let is_read = |path: &String| {
        let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
        ends.into_iter().any(|end| read.contains(&path[..end]))
    };
    paths(&self::values(values)).into_iter().filter(|path| !is_read(path)).collect()
}

/// The texts of the templates of the chart in a folder.
fn templates(chart: &Chart, folder: &str) -> String {
    let inside = format!("{folder}templates/");
    let files = chart.files.iter().filter(|(path, _)| path.starts_with(&inside));
    files.map(|(_, text)| text.as_str()).collect()
}

#[test]
fn a_seed_gives_the_same_bytes_again_and_another_seed_others() {
    for shape in Shape::ALL {
        let files = |seed| generate(shape, seed, 1).files;
        assert_eq!(files(3), files(3), "{}", shape.name());
        assert_ne!(files(3), files(4), "{}", shape.name());
    }
}

#[test]
fn a_chart_has_exactly_the_values_of_its_shape() {
    for shape in Shape::ALL {
        for seed in 0..8 {
            let inputs = inputs(&generate(shape, seed, 1));
            assert_eq!(inputs.len(), shape.inputs(), "{} {seed}", shape.name());
            let deepest = inputs.iter().map(|path| path.split('.').count()).max();
            assert!(deepest <= Some(8), "{} {seed}: {deepest:?} levels", shape.name());
        }
    }
    let levels = |shape| {
        let deepest = inputs(&generate(shape, 1, 1));
        deepest.iter().map(|path| path.split('.').count()).max()
    };
    assert_eq!(levels(Shape::MetricsStack), Some(8));
}

#[test]
fn scale_multiplies_a_chart() {
    for shape in Shape::ALL {
        let (one, ten) = (generate(shape, 1, 1), generate(shape, 1, 10));
        assert_eq!(inputs(&ten).len(), 10 * shape.inputs(), "{}", shape.name());
        let lines = |chart: &Chart| templates(chart, "").lines().count();
        assert!(lines(&ten) > 6 * lines(&one), "{}", shape.name());
    }
}

#[test]
fn the_metrics_stack_has_five_subcharts_one_of_them_twice() {
    let dependencies = dependencies(&generate(Shape::MetricsStack, 1, 1));
    let names: BTreeSet<_> = dependencies.iter().map(|(name, _)| name).collect();
    assert_eq!((dependencies.len(), names.len()), (6, 5));
}

#[test]
fn a_template_reads_every_value() {
    for shape in Shape::ALL {
        for seed in 0..3 {
            let chart = generate(shape, seed, 1);
            let mut texts = templates(&chart, "");
            // What is a subchart's concerns its templates; Chart.yaml reads the condition.
            for (name, key) in dependencies(&chart) {
                texts.push_str(&format!(" .Values.{key}.enabled "));
                let inside = templates(&chart, &format!("charts/{name}/"));
                texts.push_str(&inside.replace(".Values.", &format!(".Values.{key}.")));
                let own = &chart.files[&format!("charts/{name}/values.yaml")];
                assert_eq!(unread(own, &inside), Vec::<String>::new(), "{name} {seed}");
            }
            let unread = unread(&chart.files["values.yaml"], &texts);
            assert_eq!(unread, Vec::<String>::new(), "{} {seed}", shape.name());
        }
    }
}
