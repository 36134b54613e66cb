//! What the page is told of a stack: one form, one tree of defaults and presets, a card a release.

use crate::open::{Bundle, CatalogEntry, PresetCard, ReleaseCard, StackCard};
use crate::stack::{OpenRelease, files, json, load_folder};
use finding::Path;
use helm::Limits;
use schema::{Control, Field, Form, Told};
use serde::Deserialize;
use serde_json::Value as Json;

/// A bundled deployment for the opening page; `None` if it cannot be opened.
pub(crate) fn describe(bundle: &Bundle) -> Option<CatalogEntry> {
    let stack = load_folder(files(bundle), &Limits::default()).ok()?;
    let root: Option<Json> = json(stack.schema.as_deref());
    let first = stack.releases.first()?;
    let metadata = &first.chart.metadata;
    let text = |key: &str| Some(root.as_ref()?.get(key)?.as_str()?.to_owned());
    let presets = match stack.environments.is_empty() {
        true => helm::by_stage(first.chart.presets.iter().map(|it| it.name.clone()).collect()),
        false => stack.environments.clone(),
    };
    Some(CatalogEntry {
        id: bundle.name.to_owned(),
        title: text("title").unwrap_or_else(|| metadata.name.clone()),
        description: text("description").unwrap_or_else(|| metadata.description.clone()),
        version: metadata.version.clone(),
        app_version: metadata.app_version.clone(),
        presets,
        releases: stack.releases.iter().map(|release| release.chart.name().to_owned()).collect(),
    })
}

/// The card of an opened stack, without what loading had to say.
pub(crate) fn card(
    id: String,
    releases: &[OpenRelease],
    lone: bool,
    root: Option<&Json>,
    environments: &[String],
) -> StackCard {
    let text = |key: &str| Some(root?.get(key)?.as_str()?.to_owned());
    let first = releases.first();
    let own = |part: fn(&ReleaseCard) -> &String| {
        first.map(|release| part(&release.card).clone()).unwrap_or_default()
    };
    let cards = releases.iter().map(|release| release.card.clone()).collect();
    let mut card = StackCard {
        id,
        name: text("title").unwrap_or_else(|| own(|card| &card.chart)),
        version: if lone { own(|card| &card.version) } else { String::new() },
        description: text("description").unwrap_or_else(|| own(|card| &card.description)),
        releases: cards,
        ..StackCard::default()
    };
    if let (true, Some(release)) = (lone, first) {
        card.form = release.form.clone();
        card.defaults = release.defaults.clone();
        let preset = |(name, values): (&String, &Json)| PresetCard {
            name: name.clone(),
            values: values.clone(),
        };
        let names = helm::by_stage(release.presets.keys().cloned().collect());
        let known = names.iter().filter_map(|name| release.presets.get_key_value(name));
        card.presets = known.map(preset).collect();
        return card;
    }
    card.form = together(releases, root);
    let under = |part: &dyn Fn(&OpenRelease) -> Json| {
        Json::Object(releases.iter().map(|it| (it.card.name.clone(), part(it))).collect())
    };
    card.defaults = under(&|release| release.defaults.clone());
    card.presets = environments
        .iter()
        .map(|name| PresetCard {
            name: name.clone(),
            values: under(&|release| release.presets.get(name).cloned().unwrap_or_default()),
        })
        .collect();
    card
}

/// One form: a section a release, its paths below the release's name.
fn together(releases: &[OpenRelease], root: Option<&Json>) -> Form {
    let mut form = Form::default();
    form.root.control = Control::Section;
    form.told = told(root);
    for release in releases {
        let at = &release.card.at;
        let mut section = below(release.form.root.clone(), at);
        section.title.clone_from(&release.card.name);
        if section.description.is_empty() {
            section.description.clone_from(&release.card.description);
        }
        form.root.children.push(section);
        form.told.extend(release.form.told.iter().cloned());
        form.images.extend(release.form.images.iter().cloned().map(|mut image| {
            image.values_path = format!("{at}.{}", image.values_path);
            image
        }));
        form.inferred |= release.form.inferred;
        form.shapes.extend(release.form.shapes.clone());
    }
    form
}

fn told(root: Option<&Json>) -> Vec<Told> {
    let items = root.and_then(|root| root.get("x-checklist")).and_then(Json::as_array);
    items.into_iter().flatten().filter_map(|item| Told::deserialize(item).ok()).collect()
}

fn below(mut field: Field, at: &Path) -> Field {
    field.path = at.join(&field.path);
    field.shown_if = field.shown_if.below(at);
    field.children = field.children.into_iter().map(|child| below(child, at)).collect();
    field
}
