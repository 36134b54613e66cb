//! One section of the form: its heading, and its rows in stretches that are drawn near the view.

use super::field::{FieldRow, of_group};
use super::rows::{CHUNK, Row, Show as Showing, height, label};
use super::widgets::rich;
use crate::ui::{Far, Icon, stretch, stretches};
use crate::workspace::{Node, Tally, workspace};
use leptos::prelude::*;
use session::{Field, Path};
use std::sync::Arc;

/// Indent from which on deeper groups stand no deeper: style/base.css knows as many.
const DEEPEST: usize = 6;
/// Sections that are drawn at once when a chart is opened.
const FIRST: usize = 2;

/// What decides now which rows there are, and what is folded.
fn showing<T>(ask: impl FnOnce(&Showing<'_>) -> T) -> T {
    let workspace = workspace();
    let broken = workspace.broken.get();
    let broken = |path: &Path| broken.contains(path);
    workspace.folds.with(|folds| {
        workspace.sought.with(|search| ask(&Showing { folds, search, broken: &broken }))
    })
}

#[component]
pub fn Section(node: Arc<Node>, at: usize) -> impl IntoView {
    let workspace = workspace();
    let own = Arc::clone(&node);
    let rows = Memo::new(move |_| showing(|it| it.rows(&own)));
    let own = Arc::clone(&node);
    let wanted = Memo::new(move |_| {
        workspace.target.with(|target| target.as_ref().is_some_and(|path| own.contains(path)))
    });
    let tall = Memo::new(move |_| 96 + rows.with(|rows| rows.iter().map(height).sum::<usize>()));
    let title = node.field.title.clone();
    view! {
        <Far
            height=tall
            label=Signal::derive(move || format!("Section {title}"))
            first={at < FIRST}
            wanted=wanted
        >
            {body(Arc::clone(&node), rows, at < FIRST)}
        </Far>
    }
}

fn body(node: Arc<Node>, rows: Memo<Vec<Row>>, first: bool) -> impl IntoView {
    let id = format!("section-{}", node.field.path);
    let own = Arc::clone(&node);
    let folded = Memo::new(move |_| showing(|it| it.folds(&own)));
    let own = Arc::clone(&node);
    let group = node.is_group();
    view! {
        <section class="section" id=id data-folded=move || folded.get().to_string()>
            {(!node.field.group.is_empty()).then(|| view! { <p class="eyebrow">{node.field.group.clone()}</p> })}
            <header class="section-head">
                <h2>{fold_button(&node, folded)}</h2>
                <Counts node=Arc::clone(&node) />
            </header>
            <Show when=move || !folded.get()>
                {said(&own.field)}
                {group.then(|| of_group(own.field.path.clone()))}
                <div class="fields">
                    <For each=stretches(rows, CHUNK) key=|at| *at let:at>
                        <Chunk rows=rows at=at first=first />
                    </For>
                </div>
            </Show>
        </section>
    }
}

/// The title, which folds what it stands above.
fn fold_button(node: &Arc<Node>, folded: Memo<bool>) -> impl IntoView + use<> {
    let workspace = workspace();
    let path = node.field.path.clone();
    let fold = move |_| {
        workspace.folds.update(|folds| {
            folds.insert(path.clone(), !folded.get_untracked());
        });
    };
    view! {
        <button
            type="button"
            class="fold"
            aria-expanded=move || (!folded.get()).to_string()
            on:click=fold
        >
            <Icon name="chevron" />
            <span>{node.field.title.clone()}</span>
        </button>
    }
}

/// Edits and findings in a section or a group.
#[component]
pub fn Counts(node: Arc<Node>) -> impl IntoView {
    let workspace = workspace();
    let tally = Memo::new(move |_| {
        workspace.tallies.with(|tallies| {
            let mut sum = tallies.at(&node.field.path);
            // The section of single values has no path of the chart's.
            if sum == Tally::default() {
                node.children.iter().for_each(|child| sum += tallies.at(&child.field.path));
            }
            sum
        })
    });
    let count = move |of: fn(Tally) -> usize, kind: &'static str, one: &'static str| {
        let count = Memo::new(move |_| of(tally.get()));
        move || {
            let count = count.get();
            let title = format!("{count} {one}{}", if count == 1 { "" } else { "s" });
            let said = title.clone();
            (count > 0).then(|| {
                view! {
                    <span class="count" data-kind=kind title=title>
                        <span aria-hidden="true">{count}</span>
                        <span class="visually-hidden">{said}</span>
                    </span>
                }
            })
        }
    };
    view! {
        <span class="counts">
            {count(|tally| tally.edits, "edit", "edit")}
            {count(|tally| tally.remarks, "remark", "remark")}
            {count(|tally| tally.errors, "error", "error")}
        </span>
    }
}

#[component]
fn Chunk(rows: Memo<Vec<Row>>, at: usize, first: bool) -> impl IntoView {
    let workspace = workspace();
    let own = stretch(rows, at, CHUNK);
    let tall = Memo::new(move |_| own.with(|rows| rows.iter().map(height).sum::<usize>()));
    let words = Memo::new(move |_| own.with(|rows| label(rows)));
    let wanted = Memo::new(move |_| {
        let target = workspace.target.get();
        target.is_some_and(|path| {
            own.with(|rows| rows.iter().any(|row| row.node.field.path.contains(&path)))
        })
    });
    view! {
        <Far height=tall label=words first={first && at == 0} wanted=wanted>
            <div class="rows">
                <For each=move || own.get() key=|row| (row.node.field.path.clone(), row.folded) let:row>
                    {self::row(row)}
                </For>
            </div>
        </Far>
    }
}

fn row(row: Row) -> AnyView {
    let depth = row.depth.min(DEEPEST).to_string();
    if !row.node.is_group() {
        let field = Arc::clone(&row.node.field);
        return view! { <div class="row" data-depth=depth><FieldRow field=field /></div> }
            .into_any();
    }
    let folded = Memo::new(move |_| row.folded);
    let field = Arc::clone(&row.node.field);
    view! {
        <div class="row group" data-depth=depth id=format!("section-{}", field.path)>
            <div class="section-head">
                <h3>{fold_button(&row.node, folded)}</h3>
                <Counts node=Arc::clone(&row.node) />
            </div>
            {said(&field)}
            {of_group(field.path.clone())}
        </div>
    }
    .into_any()
}

/// What is said of a section or a group: its description, longer help, and tables.
fn said(field: &Arc<Field>) -> impl IntoView + use<> {
    let text = |text: &String| {
        (!text.is_empty()).then(|| view! { <p class="section-text">{rich(text)}</p> })
    };
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
    view! { {text(&field.description)} {text(&field.help)} {table} }
}
