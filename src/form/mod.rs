//! The schema's fields as a form: sections, groups, and one widget a field.

mod choice;
mod collection;
pub mod field;
pub mod release;
mod secret;
mod text;

use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use field::{FieldRow, of_group};
use leptos::html;
use leptos::prelude::*;
use release::Releases;
use session::{Control, Field, Path, Severity, StackCard};
use std::sync::Arc;

#[component]
pub fn FormPane() -> impl IntoView {
    let workspace = workspace();
    let search = RwSignal::new(String::new());
    let parts = Memo::new(move |_| {
        workspace.card.with(|card| card.as_ref().map(parts).unwrap_or_default())
    });
    view! {
        <nav class="sections" aria-label="Sections">
            <label class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    placeholder="Find a field"
                    aria-label="Find a field"
                    on:input=move |event| search.set(event_target_value(&event).to_lowercase())
                />
            </label>
            {move || parts.get().into_iter().map(|part| view! {
                {part.name.map(|name| view! { <p class="release-name">{name}</p> })}
                <ul>{part.sections.into_iter().map(link).collect_view()}</ul>
            }).collect_view()}
        </nav>
        <form class="form" on:submit=|event| event.prevent_default() autocomplete="off">
            <Releases />
            {move || parts.get().into_iter().map(|part| view! {
                {part.name.map(|name| view! {
                    <header class="release-head">
                        <h2>{name}</h2>
                        <span class="muted">{part.text}</span>
                    </header>
                })}
                {part.sections.into_iter().map(|field| view! { <Section field=field search=search /> }).collect_view()}
            }).collect_view()}
        </form>
    }
}

/// Last step of the path of a section that is none of the chart's.
const GENERAL: &str = " general";

/// The sections of one release; a lone chart is one part without a name.
#[derive(Clone, Default, PartialEq)]
struct Part {
    name: Option<String>,
    text: String,
    sections: Vec<Arc<Field>>,
}

fn parts(card: &Arc<StackCard>) -> Vec<Part> {
    let children = &card.form.root.children;
    if card.releases.len() < 2 {
        return vec![Part { sections: sections(&card.form.root), ..Part::default() }];
    }
    let part = |release: &Field| Part {
        name: Some(release.title.clone()),
        text: release.description.clone(),
        sections: sections(release),
    };
    children.iter().map(part).collect()
}

/// The sections below a field. Single values at the top are one section together.
fn sections(root: &Field) -> Vec<Arc<Field>> {
    let is_section = |field: &&Field| matches!(field.control, Control::Section | Control::Image);
    let (nested, single): (Vec<&Field>, Vec<&Field>) = root.children.iter().partition(is_section);
    let general = Field {
        path: root.path.key(GENERAL),
        title: "General".to_owned(),
        children: single.into_iter().cloned().collect(),
        ..Field::default()
    };
    let general = (!general.children.is_empty()).then_some(general);
    general.into_iter().chain(nested.into_iter().cloned()).map(Arc::new).collect()
}

/// A section in the list beside the form, with its errors.
fn link(field: Arc<Field>) -> impl IntoView {
    let id = format!("section-{}", field.path);
    let title = field.title.clone();
    let errors = Memo::new(move |_| count_errors(&field));
    view! {
        <li>
            <button class="section-link" on:click=move |_| dom::show(&id)>
                <span>{title}</span>
                {move || match errors.get() {
                    0 => None,
                    count => Some(view! { <span class="count">{count}</span> }),
                }}
            </button>
        </li>
    }
}

/// Errors at or below a field.
fn count_errors(field: &Field) -> usize {
    workspace().findings.with(|findings| {
        let within = |path: &Path| {
            field.path.contains(path) || field.children.iter().any(|it| it.path.contains(path))
        };
        let below = findings.iter().filter(|(path, _)| within(path));
        let errors = below.flat_map(|(_, findings)| findings);
        errors.filter(|finding| finding.severity == Severity::Error).count()
    })
}

#[component]
fn Section(field: Arc<Field>, search: RwSignal<String>) -> impl IntoView {
    let id = format!("section-{}", field.path);
    let nested = matches!(field.control, Control::Section | Control::Image);
    let fields = if nested { field.children.clone() } else { vec![(*field).clone()] };
    view! {
        <section class="section" id=id>
            <h2>{field.title.clone()}</h2>
            {(!field.description.is_empty()).then(|| view! { <p class="section-text">{field.description.clone()}</p> })}
            <Help field=Arc::clone(&field) />
            {nested.then(|| of_group(field.path.clone()))}
            <div class="fields">
                {fields.into_iter().map(|child| row(Arc::new(child), search)).collect_view()}
            </div>
        </section>
    }
}

/// Longer help and tables, opened on demand.
#[component]
fn Help(field: Arc<Field>) -> impl IntoView {
    let text = (!field.help.is_empty())
        .then(|| view! { <p class="section-text">{field.help.clone()}</p> });
    let table = field.catalog.clone().map(|catalog| view! {
        <details class="help">
            <summary>{catalog.title}</summary>
            <table>
                <thead>
                    <tr>{catalog.columns.into_iter().map(|name| view! { <th>{name}</th> }).collect_view()}</tr>
                </thead>
                <tbody>
                    {catalog.rows.into_iter().map(|cells| view! {
                        <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr>
                    }).collect_view()}
                </tbody>
            </table>
        </details>
    });
    view! { {text} {table} }
}

fn matches(field: &Field, search: &str) -> bool {
    search.is_empty()
        || field.title.to_lowercase().contains(search)
        || field.path.to_string().to_lowercase().contains(search)
        || field.children.iter().any(|child| matches(child, search))
}

/// A field, or a group of them.
fn row(field: Arc<Field>, search: RwSignal<String>) -> AnyView {
    let own = Arc::clone(&field);
    let hidden = move || !search.with(|search| matches(&own, search));
    if !matches!(field.control, Control::Section | Control::Image) {
        return view! { <div class="row" hidden=hidden><FieldRow field=field /></div> }.into_any();
    }
    let children = field.children.clone();
    let body = view! {
        <Help field=Arc::clone(&field) />
        {of_group(field.path.clone())}
        <div class="fields">
            {children.into_iter().map(|child| row(Arc::new(child), search)).collect_view()}
        </div>
    };
    if field.advanced {
        let own = Arc::clone(&field);
        let broken = Memo::new(move |_| count_errors(&own) > 0);
        let details: NodeRef<html::Details> = NodeRef::new();
        // What is wrong is shown; what was opened by hand stays open.
        Effect::new(move || {
            if let (Some(details), true) = (details.get(), broken.get()) {
                details.set_open(true);
            }
        });
        return view! {
            <details class="group" hidden=hidden node_ref=details>
                <summary><span class="group-title">{field.title.clone()}</span><span class="muted">{field.description.clone()}</span></summary>
                {body}
            </details>
        }
        .into_any();
    }
    view! {
        <fieldset class="group" hidden=hidden>
            <legend>{field.title.clone()}</legend>
            <p class="section-text">{field.description.clone()}</p>
            {body}
        </fieldset>
    }
    .into_any()
}
