//! One field: its label, its widget, what is wrong with it, and the way back to the default.

use super::widgets::{add_example, empty_tag, field_menu, rich, yaml};
use super::{choice, collection, secret, text};
use crate::findings::severity_name;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{Control, Derived, Field, Path, Problem};
use std::sync::Arc;

#[component]
pub fn FieldRow(field: Arc<Field>) -> impl IntoView {
    let workspace = workspace();
    let path = field.path.clone();
    let id = format!("field-{path}");
    let input_id = format!("input-{path}");
    let own = path.clone();
    let changed = Memo::new(move |_| workspace.changed(&own));
    let own = Arc::clone(&field);
    let messages = Memo::new(move |_| messages(&own));
    let state = move || match (messages.with(Vec::is_empty), changed.get()) {
        (false, _) => "bad",
        (true, true) => "changed",
        (true, false) => "same",
    };
    let own = path.clone();
    let marked = Memo::new(move |_| {
        workspace.marked.with(|marked| marked.iter().any(|read| read.contains(&own)))
    });
    let own = path.clone();
    let derived = Memo::new(move |_| derived(&own));
    let focus = path.clone();
    let reset = path.clone();
    let condition = field.shown_if.clone();
    let hidden = Memo::new(move |_| !condition.holds(|path| workspace.value(path)));
    view! {
        {(!field.group.is_empty()).then(|| view! { <p class="heading">{field.group.clone()}</p> })}
        <div
            class="field"
            id=id
            hidden=move || hidden.get()
            data-state=state
            data-marked=move || marked.get().to_string()
            on:focusin=move |_| workspace.focus.set(Some(focus.clone()))
        >
            <div class="field-head">
                <label for=input_id.clone()>
                    {field.title.clone()}
                    {field.required.then(|| view! { <span class="required" title="Required">" *"</span> })}
                </label>
                {empty_tag(&field, changed)}
                <Show when=move || changed.get()>
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
                {field_menu(Arc::clone(&field))}
            </div>
            {widget(Arc::clone(&field), input_id)}
            {add_example(&field)}
            <Messages messages=messages />
            <DerivedValues values=derived />
            {(!field.description.is_empty()).then(|| view! { <p class="field-help">{rich(&field.description)}</p> })}
            {(!field.default_text.is_empty()).then(|| view! { <p class="field-help">"Default: "<code>{field.default_text.clone()}</code></p> })}
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
        Control::Yaml => yaml(field, id),
        Control::TextArea => text::area(field, id),
        _ => text::line(field, id),
    }
}

/// Severity, text, and where the rule stands.
type Message = (&'static str, String, String);

/// What is wrong: at once from the field's own check, then from the report.
fn messages(field: &Field) -> Vec<Message> {
    let workspace = workspace();
    let mut rows: Vec<Message> = Vec::new();
    if let Some(problem) = workspace.problem(field) {
        rows.push(("error", said(&problem), origin(&problem)));
    }
    for finding in workspace.findings_at(&field.path) {
        let rule = finding.rule.clone().unwrap_or_default();
        let source = finding.source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
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
}

#[component]
fn Messages(messages: Memo<Vec<Message>>) -> impl IntoView {
    view! {
        <div class="messages" aria-live="polite">
            {move || messages.get().into_iter().map(|(severity, text, source)| view! {
                <p class="message" data-severity=severity>
                    {text}
                    {(!source.is_empty()).then(|| view! { <span class="finding-source">{source}</span> })}
                </p>
            }).collect_view()}
        </div>
    }
}

/// What follows from this value and others, as the schema derives it.
fn derived(path: &Path) -> Vec<Derived> {
    workspace().told.derived.with(|derived| derived.get(path).cloned().unwrap_or_default())
}

#[component]
pub fn DerivedValues(values: Memo<Vec<Derived>>) -> impl IntoView {
    move || {
        values
            .get()
            .into_iter()
            .map(|value| {
                view! {
                    <p class="derived">
                        <span>{value.title}": "</span>
                        <strong>{value.text}</strong>
                        <span class="finding-source">{value.source}</span>
                    </p>
                }
            })
            .collect_view()
    }
}

/// What is said of a group as a whole: rules across its fields, and what follows from them.
pub(super) fn of_group(path: Path) -> impl IntoView {
    let own = path.clone();
    let values = Memo::new(move |_| derived(&own));
    let messages = Memo::new(move |_| {
        let rows = workspace().findings_at(&path).into_iter().map(|finding| {
            let rule = finding.rule.iter().cloned();
            let source = finding.source.iter().map(|source| source.text.clone());
            let origin = rule.chain(source).collect::<Vec<_>>().join(" · ");
            (severity_name(finding.severity), finding.message, origin)
        });
        rows.collect::<Vec<_>>()
    });
    view! {
        <Messages messages=messages />
        <DerivedValues values=values />
    }
}

fn said(problem: &Problem) -> String {
    problem.rule.as_ref().map_or_else(|| problem.message.clone(), |rule| rule.message.clone())
}

fn origin(problem: &Problem) -> String {
    problem.rule.as_ref().map(|rule| format!("{} · {}", rule.id, rule.source)).unwrap_or_default()
}
