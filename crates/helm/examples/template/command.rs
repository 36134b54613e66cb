//! What `helm template` does, in its order: names, values, the chart, the render, the output.

use crate::flags::Flags;
use crate::{Host, chart, name, options, output, trace, values};
use helm::{Capabilities, Options, Release, Renderer};
use std::rc::Rc;

/// What goes to stdout, or the error.
pub(crate) fn run(flags: &Flags) -> Result<String, String> {
    options::refuse(flags)?;
    if flags.words.is_empty() {
        let usage = "Usage:  helm template [NAME] [CHART] [flags]";
        return Err(format!("\"helm template\" requires at least 1 argument\n\n{usage}"));
    }
    let capabilities = capabilities(flags)?;
    let (release_name, place) = name::release_and_chart(flags)?;
    let place = chart::locate(&place)?;
    let values = values::given(flags)?;
    let chart = chart::load(&place)?;
    chart::installable(&chart)?;
    name::check(&release_name)?;
    let release = Release {
        name: release_name,
        namespace: flags.last("namespace").unwrap_or("default").to_owned(),
        is_upgrade: flags.is_on("is-upgrade"),
        revision: 1,
    };
    let options = Options {
        include_crds: flags.is_on("include-crds"),
        skip_schema: flags.is_on("skip-schema-validation"),
        integers: values.integers,
        provenance: flags.last("trace").is_some(),
        ..Options::default()
    };
    let mut renderer = Renderer::new(chart, Rc::new(Host));
    let rendered = renderer.render(&values.values, &release, &capabilities, &options);
    for line in &rendered.log {
        eprintln!("{line}");
    }
    for events in &rendered.unknown_hooks {
        let plain = !events.is_empty() && !events.contains([' ', '"', '=', '\n']);
        let events = if plain { events.clone() } else { format!("{events:?}") };
        eprintln!("level=INFO msg=\"skipping unknown hooks\" hookTypes={events}");
    }
    let processing = "chart dependencies processing failed";
    let logged = rendered.errors.first().and_then(|error| error.message.strip_prefix(processing));
    if let Some(reason) = logged.and_then(|reason| reason.strip_prefix(": ")) {
        eprintln!("level=ERROR msg={processing:?} error={reason:?}");
    }
    match rendered.errors.first() {
        None => {
            trace::write(&rendered, renderer.chart(), flags)?;
            // The process ends: freeing what it keeps for a next render would take a tenth longer.
            std::mem::forget(renderer);
            output::stream(rendered, flags)
        }
        Some(error) if error.debug_hint && !flags.is_on("debug") => {
            Err(format!("{}\n\nUse --debug flag to render out invalid YAML", error.message))
        }
        Some(error) => Err(error.message.clone()),
    }
}

fn capabilities(flags: &Flags) -> Result<Capabilities, String> {
    let extra = flags.all("api-versions").map(str::to_owned);
    let capabilities = Capabilities::default().with_api_versions(extra);
    match flags.last("kube-version").filter(|version| !version.is_empty()) {
        None => Ok(capabilities),
        Some(version) => capabilities
            .with_kube_version(version)
            .map_err(|error| format!("invalid kube version '{version}': {error}")),
    }
}
