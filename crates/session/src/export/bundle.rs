//! Everything in one zip: charts, values, manifests, images, secrets as chosen, and what to do
//! with them.

use super::guide::{self, Step};
use super::secrets::{self, Secret};
use super::{images, render_all, to_yaml};
use crate::job::Job;
use crate::open::{BundleOptions, SecretsIn};
use crate::stack::{OpenRelease, OpenStack};
use crate::values::{differences, minimal, set};
use finding::Path;
use helm::{File, HELMFILE, Rendered};
use schema::Field;
use serde_json::{Map, Value as Json};
use std::rc::Rc;
use yaml::edit::Step as At;

/// The zip's bytes.
///
/// # Errors
/// What Helm or a template would say.
pub(super) fn everything(
    open: &mut OpenStack,
    job: &Job,
    options: &BundleOptions,
) -> Result<Vec<u8>, String> {
    let rendered = render_all(open, job)?;
    let world = Rc::clone(&open.world);
    let values: Vec<Json> = rendered.iter().map(|it| it.values.clone()).collect();
    let keep = options.secrets == SecretsIn::Values;
    let mut files = charts(open);
    let steps = steps(open, job, keep, &mut files)?;
    if !open.is_lone() {
        files.push(helmfile(open)?);
    }
    files.extend(images::files(open, &values, &world)?);
    // What was typed for Secrets that others make never enters an archive.
    let untyped = BundleOptions { secrets: options.secrets, ..BundleOptions::default() };
    let secrets = all_secrets(open, job, &rendered, &untyped);
    for (name, text) in secrets::files(&secrets, options.secrets)? {
        files.push(file(&name, text));
    }
    files.push(file("manifests.yaml", manifests(&rendered, keep)));
    let has_secrets = files.iter().any(|file| file.name.starts_with("secrets/"));
    files.push(file("install.sh", guide::script(&steps, has_secrets)));
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    files.push(file("README.md", guide::readme(open, job, &steps, &names)));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    helm::zip(&files).map_err(|error| error.to_string())
}

/// The Secrets as one file: its name and its text.
///
/// # Errors
/// What Helm would say, or that there is no Secret.
pub(super) fn secrets_alone(
    open: &mut OpenStack,
    job: &Job,
    options: &BundleOptions,
) -> Result<(String, String), String> {
    let rendered = render_all(open, job)?;
    let secrets = all_secrets(open, job, &rendered, options);
    let files = secrets::files(&secrets, options.secrets)?;
    let (name, text) = files.into_iter().next().ok_or("there is no Secret to make")?;
    Ok((name.rsplit('/').next().unwrap_or(&name).to_owned(), text))
}

fn file(name: &str, text: String) -> File {
    File { name: name.to_owned(), data: text.into_bytes() }
}

/// A stack's folder as it was opened; a lone chart below its name.
fn charts(open: &OpenStack) -> Vec<File> {
    let lone = open.releases.iter().filter(|_| open.is_lone()).flat_map(|release| {
        let chart = release.renderer.chart();
        let below = |file: &File| File {
            name: format!("{}/{}", folder(release), file.name),
            data: file.data.clone(),
        };
        chart.raw.iter().map(below).collect::<Vec<_>>()
    });
    // The folder's own README is the stack's; the export's stands at the top.
    let name = |file: &File| match file.name.as_str() {
        "README.md" => "STACK.md".to_owned(),
        other => other.to_owned(),
    };
    let stack = open.files.iter().filter(|file| file.name != HELMFILE);
    let stack = stack.map(|file| File { name: name(file), data: file.data.clone() });
    lone.chain(stack).collect()
}

fn folder(release: &OpenRelease) -> String {
    match release.folder.is_empty() {
        true => format!("chart/{}", release.card.chart),
        false => release.folder.clone(),
    }
}

/// Writes each release's values and tells how it is installed.
fn steps(
    open: &OpenStack,
    job: &Job,
    keep_secrets: bool,
    files: &mut Vec<File>,
) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    for (at, release) in open.releases.iter().enumerate() {
        let input = release.input(job, at);
        let mut tree = match open.is_lone() {
            true => minimal(&release.defaults, &release.given(job)),
            // The environment's own files are in the export: only the edits stand here.
            false => edits(release, job),
        };
        if !keep_secrets {
            without_secrets(&mut tree, &release.form.root);
        }
        let name = format!("values/{}.yaml", release.card.name);
        files.push(file(&name, to_yaml(&tree)?));
        let preset = job.preset.as_ref().filter(|_| !open.is_lone());
        let staged = preset.map(|preset| format!("{}/values-{preset}.yaml", release.folder));
        let staged = staged.filter(|name| open.files.iter().any(|file| file.name == *name));
        steps.push(Step {
            name: input.name,
            namespace: input.namespace,
            chart: format!("./{}", folder(release)),
            values: staged.into_iter().chain([name]).collect(),
        });
    }
    Ok(steps)
}

/// What the person changed over the preset.
fn edits(release: &OpenRelease, job: &Job) -> Json {
    let mut tree = Json::Object(Map::new());
    for (path, value) in differences(&release.base(job), &release.given(job)) {
        set(&mut tree, &Json::Null, &path, &value);
    }
    tree
}

/// Takes out what a secret field holds.
fn without_secrets(tree: &mut Json, field: &Field) {
    if field.secret {
        remove(tree, &field.path);
    }
    for child in &field.children {
        without_secrets(tree, child);
    }
}

fn remove(tree: &mut Json, path: &Path) {
    let Some((last, above)) = path.segments().split_last() else { return };
    let mut place = tree;
    for segment in above {
        let finding::Segment::Key(key) = segment else { return };
        let Some(below) = place.get_mut(key) else { return };
        place = below;
    }
    if let (finding::Segment::Key(key), Json::Object(map)) = (last, place) {
        map.remove(key);
    }
}

/// The helmfile with each release's edits behind its own values files. Its parts (`---`) stay.
fn helmfile(open: &OpenStack) -> Result<File, String> {
    let found = open.files.iter().find(|file| file.name == HELMFILE);
    let text = found.map(File::text).unwrap_or_default();
    let (mut out, mut done) = (String::new(), 0);
    for (at, part) in helm::split(&text) {
        out.push_str(&text[done..at]);
        out.push_str(&with_edits(part)?);
        done = at + part.len();
    }
    out.push_str(&text[done..]);
    Ok(file(HELMFILE, out))
}

fn with_edits(part: &str) -> Result<String, String> {
    let tree = yaml::from_str(part).map_err(|error| error.to_string())?;
    let releases = tree.get("releases").and_then(Json::as_array).into_iter().flatten();
    let mut changes = Vec::new();
    for (index, release) in releases.enumerate() {
        let name = release.get("name").and_then(Json::as_str).unwrap_or_default();
        let mut values =
            release.get("values").and_then(Json::as_array).cloned().unwrap_or_default();
        values.push(format!("./values/{name}.yaml").into());
        let at =
            vec![At::Key("releases".to_owned()), At::Index(index), At::Key("values".to_owned())];
        changes.push((at, Json::Array(values)));
    }
    if changes.is_empty() {
        return Ok(part.to_owned());
    }
    yaml::edit::apply(part, &changes).map_err(|error| error.to_string())
}

fn all_secrets(
    open: &OpenStack,
    job: &Job,
    rendered: &[Rendered],
    options: &BundleOptions,
) -> Vec<Secret> {
    let mut found = Vec::new();
    let mut first = String::new();
    for ((at, release), rendered) in open.releases.iter().enumerate().zip(rendered) {
        let namespace = release.input(job, at).namespace;
        let manifests = rendered.manifests.iter().chain(&rendered.hooks);
        let objects = manifests.filter_map(|manifest| yaml::from_str(&manifest.text).ok());
        found.extend(objects.filter_map(|object: Json| Secret::rendered(&object, &namespace)));
        if at == 0 {
            first = namespace;
        }
    }
    for card in open.card.external.iter().filter(|card| card.kind == "Secret") {
        let typed = options.external.get(&card.name);
        let pointer = format!("/{}", card.namespace.replace('.', "/"));
        let named = rendered.iter().find_map(|it| it.values.pointer(&pointer)?.as_str());
        found.push(Secret::external(card, typed, named.unwrap_or(&first)));
    }
    found
}

/// All that is rendered; without Secrets where they go elsewhere.
fn manifests(rendered: &[Rendered], keep_secrets: bool) -> String {
    let mut text = String::new();
    for rendered in rendered {
        let mut rendered = rendered.clone();
        if !keep_secrets {
            rendered.manifests.retain(|manifest| manifest.kind != "Secret");
            rendered.hooks.retain(|manifest| manifest.kind != "Secret");
        }
        text.push_str(&helm::to_stream(&rendered));
    }
    text
}
