//! The schema's fields as a form: sections, groups, and one widget a field.

mod choice;
mod collection;
mod secret;
mod text;

use crate::dom;
use crate::findings::severity_name;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{Control, Field, Finding, Problem};
use std::sync::Arc;

#[component]
pub fn FormPane() -> impl IntoView {
    let workspace = workspace();
    let search = RwSignal::new(String::new());
    let sections = move || -> Vec<Arc<Field>> {
        let card = workspace.card.get();
        let release = card.as_ref().and_then(|card| card.releases.first());
        let children =
            release.map(|release| release.form.root.children.clone()).unwrap_or_default();
        children.into_iter().map(Arc::new).collect()
    };
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
            <ul>
                {move || sections().into_iter().map(|field| {
                    let path = field.path.to_string();
                    let errors = move |field: &Field| count_errors(field);
                    let own = Arc::clone(&field);
                    view! {
                        <li>
                            <button class="section-link" on:click=move |_| dom::show(&format!("section-{path}"))>
                                <span>{field.title.clone()}</span>
                                {move || match errors(&own) {
                                    0 => None,
                                    count => Some(view! { <span class="count">{count}</span> }),
                                }}
                            </button>
                        </li>
                    }
                }).collect_view()}
            </ul>
        </nav>
        <form class="form" on:submit=|event| event.prevent_default() autocomplete="off">
            <Settings />
            {move || sections().into_iter().map(|field| view! { <Section field=field search=search /> }).collect_view()}
        </form>
    }
}

/// Errors at or below a field.
fn count_errors(field: &Field) -> usize {
    workspace().report.with(|report| {
        let below = |finding: &&Finding| {
            finding.severity == session::Severity::Error
                && finding.values_path().is_some_and(|path| field.path.contains(path))
        };
        report.findings.iter().filter(below).count()
    })
}

/// Release name and namespace.
#[component]
fn Settings() -> impl IntoView {
    let workspace = workspace();
    let release = move || workspace.draft.with(|draft| draft.inputs.release.clone());
    let namespace = move || workspace.draft.with(|draft| draft.inputs.namespace.clone());
    view! {
        <section class="section">
            <h2>"Release"</h2>
            <p class="section-text">"How Helm is called: the chart's templates see both."</p>
            <div class="fields">
                <div class="field">
                    <label for="release-name">"Release name"</label>
                    <input
                        id="release-name"
                        class="input"
                        prop:value=release
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            workspace.draft.update(|draft| draft.change(|inputs| inputs.release = text));
                        }
                    />
                </div>
                <div class="field">
                    <label for="release-namespace">"Namespace given to Helm"</label>
                    <input
                        id="release-namespace"
                        class="input"
                        prop:value=namespace
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            workspace.draft.update(|draft| draft.change(|inputs| inputs.namespace = text));
                        }
                    />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Section(field: Arc<Field>, search: RwSignal<String>) -> impl IntoView {
    let id = format!("section-{}", field.path);
    let nested = matches!(field.control, Control::Section | Control::Image);
    let fields = if nested { field.children.clone() } else { vec![(*field).clone()] };
    view! {
        <section class="section" id=id>
            <h2>{field.title.clone()}</h2>
            <p class="section-text">{field.description.clone()}</p>
            <Help field=Arc::clone(&field) />
            <div class="fields">
                {fields.into_iter().map(|child| row(Arc::new(child), search)).collect_view()}
            </div>
        </section>
    }
}

/// Longer help and tables, opened on demand.
#[component]
fn Help(field: Arc<Field>) -> impl IntoView {
    field.catalog.clone().map(|catalog| view! {
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
    })
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
        <div class="fields">
            {children.into_iter().map(|child| row(Arc::new(child), search)).collect_view()}
        </div>
    };
    if field.advanced {
        return view! {
            <details class="group" hidden=hidden>
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

#[component]
fn FieldRow(field: Arc<Field>) -> impl IntoView {
    let workspace = workspace();
    let path = field.path.clone();
    let id = format!("field-{path}");
    let input_id = format!("input-{path}");
    let state = {
        let field = Arc::clone(&field);
        move || {
            if workspace.problem(&field).is_some() || !workspace.findings_at(&field.path).is_empty()
            {
                "bad"
            } else if workspace.changed(&field.path) {
                "changed"
            } else {
                "same"
            }
        }
    };
    let changed = {
        let path = path.clone();
        move || workspace.changed(&path)
    };
    let marked = {
        let path = path.clone();
        move || {
            workspace
                .marked
                .with(|marked| marked.iter().any(|read| read.contains(&path)))
                .to_string()
        }
    };
    let focus = path.clone();
    let reset = path.clone();
    view! {
        <div
            class="field"
            id=id
            data-state=state
            data-marked=marked
            on:focusin=move |_| workspace.focus.set(Some(focus.clone()))
        >
            <div class="field-head">
                <label for=input_id.clone()>
                    {field.title.clone()}
                    {field.required.then(|| view! { <span class="required" title="Required">" *"</span> })}
                </label>
                <Show when=changed>
                    <button
                        type="button"
                        class="reset"
                        title="Back to the default"
                        on:click={
                            let reset = reset.clone();
                            move |_| workspace.reset(&reset)
                        }
                    >
                        <Icon name="reset" />
                        "changed"
                    </button>
                </Show>
            </div>
            {widget(Arc::clone(&field), input_id)}
            <Messages field=Arc::clone(&field) />
            {(!field.description.is_empty()).then(|| view! { <p class="field-help">{field.description.clone()}</p> })}
        </div>
    }
}

fn widget(field: Arc<Field>, id: String) -> AnyView {
    match &field.control {
        Control::Switch => choice::switch(field, id),
        Control::Select { .. } => choice::select(field, id),
        Control::Secret { .. } => secret::secret(field, id),
        Control::List { .. } => collection::list(field, id),
        Control::Map { .. } => collection::map(field, id),
        Control::TextArea | Control::Yaml => text::area(field, id),
        _ => text::line(field, id),
    }
}

/// What is wrong: at once from the field's own check, then from the report.
#[component]
fn Messages(field: Arc<Field>) -> impl IntoView {
    let workspace = workspace();
    let messages = move || {
        let mut rows: Vec<(&'static str, String, String)> = Vec::new();
        if let Some(problem) = workspace.problem(&field) {
            rows.push(("error", said(&problem), origin(&problem)));
        }
        for finding in workspace.findings_at(&field.path) {
            let rule = finding.rule.clone().unwrap_or_default();
            let source =
                finding.source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
            let origin = format!("{rule} · {source}");
            let known = rows.iter().any(|(_, text, from)| {
                *text == finding.message || (!rule.is_empty() && *from == origin)
            });
            let covered = finding.rule.is_none() && !rows.is_empty();
            if !known && !covered {
                let origin = if rule.is_empty() { String::new() } else { origin };
                rows.push((severity_name(finding.severity), finding.message, origin));
            }
        }
        rows
    };
    view! {
        <div class="messages" aria-live="polite">
            {move || messages().into_iter().map(|(severity, text, source)| view! {
                <p class="message" data-severity=severity>
                    {text}
                    {(!source.is_empty()).then(|| view! { <span class="finding-source">{source}</span> })}
                </p>
            }).collect_view()}
        </div>
    }
}

fn said(problem: &Problem) -> String {
    problem.rule.as_ref().map_or_else(|| problem.message.clone(), |rule| rule.message.clone())
}

fn origin(problem: &Problem) -> String {
    problem.rule.as_ref().map(|rule| format!("{} · {}", rule.id, rule.source)).unwrap_or_default()
}
