//! Images as data, Dockerfiles out of the engine: each chart carries a template
//! `images/<id>.Dockerfile`, executed with the image's description from the schema.

use super::OpenRelease;
use crate::stack::OpenStack;
use helm::{File, World};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;
use std::rc::Rc;

/// A Dockerfile, its `.dockerignore`, and one script that builds and loads all images.
///
/// # Errors
/// What the engine says of a template.
pub(super) fn files(
    open: &OpenStack,
    values: &[Json],
    world: &Rc<dyn World>,
) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut script = String::from(
        "#!/bin/sh\n# Builds every image from its Dockerfile, and loads it into Minikube.\n# Run it where the sources are: the build contexts are relative to that folder.\n# Build arguments are taken from variables of the same name; without one, the Dockerfile's default holds.\nset -eu\nhere=$(cd \"$(dirname \"$0\")\" && pwd)\n",
    );
    for (release, values) in open.releases.iter().zip(values) {
        for image in &release.form.images {
            let data = &image.data;
            let dot = json!({
                "Image": data,
                "Values": values,
                "Chart": {"Name": release.card.chart, "Version": release.card.version, "AppVersion": release.card.app_version},
            });
            let Some(template) = chart_file(release, &format!("images/{}.Dockerfile", image.id))
            else {
                continue;
            };
            let name = format!("{}/images/{}.Dockerfile", release.card.chart, image.id);
            let text = helm::render_text(&name, &template, &dot, world)
                .map_err(|error| error.message.clone())?;
            let folder = format!("images/{}", image.id);
            files.push(file(&format!("{folder}/Dockerfile"), text));
            if let Some(ignore) = chart_file(release, &format!("images/{}.dockerignore", image.id))
            {
                files.push(file(&format!("{folder}/Dockerfile.dockerignore"), ignore));
            }
            build(&mut script, &image.id, data, &reference(values, &image.values_path));
        }
    }
    if !files.is_empty() {
        files.push(file("images/build.sh", script));
    }
    Ok(files)
}

fn file(name: &str, text: String) -> File {
    File { name: name.to_owned(), data: text.into_bytes() }
}

fn chart_file(release: &OpenRelease, name: &str) -> Option<String> {
    release.renderer.chart().file(name).map(File::text)
}

/// `repository:tag` as the values have it.
fn reference(values: &Json, path: &str) -> String {
    let at = |key: &str| {
        let pointer = format!("/{}/{key}", path.replace('.', "/"));
        values.pointer(&pointer).and_then(Json::as_str).map(str::to_owned)
    };
    let name = at("repository").or_else(|| at("name")).unwrap_or_default();
    let tag = at("tag").unwrap_or_else(|| "latest".to_owned());
    match at("registry").filter(|registry| !registry.is_empty()) {
        Some(registry) => format!("{registry}/{name}:{tag}"),
        None => format!("{name}:{tag}"),
    }
}

fn build(script: &mut String, id: &str, data: &Json, image: &str) {
    let text = |key: &str| data.get(key).and_then(Json::as_str);
    let context = text("buildContext").unwrap_or(".");
    let args = data.get("buildArgs").and_then(Json::as_array).into_iter().flatten();
    let args: String = args
        .filter_map(|arg| arg.get("name")?.as_str())
        .map(|name| format!(" --build-arg {name}"))
        .collect();
    // Writing to a string cannot fail.
    let _ = write!(
        script,
        "\ndocker build --file \"$here/{id}/Dockerfile\" --tag {image}{args} {context}\nminikube image load {image}\n"
    );
    if let Some(limit) = data.get("sizeLimitMB").and_then(Json::as_u64) {
        let _ = writeln!(script, "docker images {image}  # stays under {limit} MB");
    }
}
