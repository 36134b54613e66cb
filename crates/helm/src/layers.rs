//! Which layer a value comes from: a chart's defaults, its parent's, globals, a file, an edit.
//!
//! The answer to "why is it that?" beside every value that [`crate::Provenance`] names. It follows
//! Helm's order of precedence: `--set` over `-f` over the parent chart over the chart itself, and
//! a parent's `global` over a subchart's own.

use crate::chart::Chart;
use finding::{Path, Segment};
use serde_json::Value as Json;

/// Where a value was last set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `--set` and its kin, or what the form changed.
    Edit,
    /// A preset or a `-f` file, by its name.
    File(String),
    /// The values.yaml of a chart that the value's own chart is part of, by its path (`app/sub`).
    Parent(String),
    /// The values.yaml of the chart whose templates see it, by its path.
    Default(String),
    /// A `global` of a chart above, and the layer it has there.
    Global(Box<Layer>),
    /// No layer holds it: nobody gives it, or it was imported from a subchart.
    Unset,
}

/// The layers of a render, to ask again and again.
pub struct Layers<'a> {
    pub chart: &'a Chart,
    /// Files by name, the last wins.
    pub files: &'a [(String, Json)],
    pub edits: &'a Json,
}

impl Layers<'_> {
    /// The layer of the value at `path` of the root chart's values. A map that several layers
    /// have a part in belongs to the highest of them.
    pub fn of(&self, path: &Path) -> Layer {
        let segments = path.segments();
        if let Some(above) = self.global_above(segments) {
            let layer = self.of(&above);
            if layer != Layer::Unset {
                return Layer::Global(Box::new(layer));
            }
        }
        if holds(self.edits, path) {
            return Layer::Edit;
        }
        let file = self.files.iter().rev().find(|(_, values)| holds(values, path));
        if let Some((name, _)) = file {
            return Layer::File(name.clone());
        }
        self.of_charts(segments)
    }

    /// The same global one chart above, for a global of a subchart.
    fn global_above(&self, segments: &[Segment]) -> Option<Path> {
        let (_, depth) = self.owner(segments);
        let global = matches!(segments.get(depth), Some(Segment::Key(key)) if key == "global");
        let above = depth.checked_sub(1).filter(|_| global)?;
        let mut path = Path::root();
        let (charts, rest) = (segments.get(..above)?, segments.get(depth..)?);
        charts.iter().chain(rest).for_each(|segment| path.push(segment.clone()));
        Some(path)
    }

    /// The chart whose templates see the value, and how many steps down it is.
    fn owner(&self, segments: &[Segment]) -> (&Chart, usize) {
        let (mut chart, mut depth) = (self.chart, 0);
        while let Some(Segment::Key(key)) = segments.get(depth) {
            let Some(below) = subchart(chart, key) else { break };
            (chart, depth) = (below, depth + 1);
        }
        (chart, depth)
    }

    fn of_charts(&self, segments: &[Segment]) -> Layer {
        let (_, depth) = self.owner(segments);
        let (mut chart, mut name) = (self.chart, self.chart.name().to_owned());
        for step in 0..=depth {
            let mut path = Path::root();
            segments.iter().skip(step).for_each(|segment| path.push(segment.clone()));
            if holds(&chart.values, &path) {
                let own = step == depth;
                return if own { Layer::Default(name) } else { Layer::Parent(name) };
            }
            let Some(Segment::Key(key)) = segments.get(step) else { break };
            let Some(below) = subchart(chart, key) else { break };
            name = format!("{name}/{key}");
            chart = below;
        }
        Layer::Unset
    }
}

fn holds(values: &Json, path: &Path) -> bool {
    path.get(values).is_some_and(|value| !value.is_null())
}

/// The subchart whose values stand under `key`: its alias, or its name.
fn subchart<'c>(chart: &'c Chart, key: &str) -> Option<&'c Chart> {
    let alias = chart.metadata.dependencies.iter().find(|dependency| dependency.alias == key);
    let name = alias.map_or(key, |dependency| dependency.name.as_str());
    chart.dependencies.iter().find(|subchart| subchart.name() == name)
}
