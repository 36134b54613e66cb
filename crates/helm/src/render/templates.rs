//! All templates of a chart and its subcharts, under the names Helm gives them and in its order.

use crate::chart::Chart;

/// A template file.
pub(super) struct Template {
    /// `app/charts/sub/templates/x.yaml`.
    pub(super) name: String,
    pub(super) text: Vec<u8>,
    /// Full path of its chart: `app/charts/sub`.
    pub(super) chart: String,
    /// `.Template.BasePath`.
    pub(super) base: String,
}

impl Template {
    /// Files whose names begin with `_` only define.
    pub(super) fn is_partial(&self) -> bool {
        self.name.rsplit('/').next().is_some_and(|base| base.starts_with('_'))
    }
}

pub(super) struct Templates(Vec<Template>);

impl Templates {
    pub(super) fn of(chart: &Chart) -> Self {
        let mut all = Vec::new();
        collect(chart, chart.name().to_owned(), &mut all);
        let depth = |name: &str| name.matches('/').count();
        // The deepest first; of one depth, the last by name first.
        all.sort_by(|a, b| depth(&b.name).cmp(&depth(&a.name)).then_with(|| b.name.cmp(&a.name)));
        Self(all)
    }

    /// The order in which Helm parses and executes: later definitions win, mutations are seen.
    pub(super) fn in_order(&self) -> &[Template] {
        &self.0
    }

    pub(super) fn charts(&self) -> Vec<String> {
        let mut charts: Vec<String> =
            self.0.iter().map(|template| template.chart.clone()).collect();
        charts.dedup();
        charts
    }
}

fn collect(chart: &Chart, path: String, all: &mut Vec<Template>) {
    for child in &chart.dependencies {
        collect(child, format!("{path}/charts/{}", child.name()), all);
    }
    for file in &chart.templates {
        let base = file.name.rsplit('/').next().unwrap_or_default();
        // A library chart gives only its partials.
        if chart.is_library() && !base.starts_with('_') {
            continue;
        }
        all.push(Template {
            name: format!("{path}/{}", file.name),
            text: file.data.clone(),
            chart: path.clone(),
            base: format!("{path}/templates"),
        });
    }
}

/// CRD files of the chart, then of its subcharts.
pub(super) fn crds(chart: &Chart, path: &str, out: &mut Vec<(String, String)>) {
    for file in &chart.crds {
        out.push((format!("{path}/{}", file.name), file.text()));
    }
    for child in &chart.dependencies {
        crds(child, &format!("{path}/charts/{}", child.name()), out);
    }
}
