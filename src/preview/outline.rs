//! The outline: every manifest by kind, by file or by chart; one click goes there.

use crate::ui::{Far, Scroller, SearchBox, stretch, stretches};
use crate::workspace::{LineTarget, workspace};
use leptos::context::Provider;
use leptos::prelude::*;
use session::{Change, ManifestHead};
use std::collections::{BTreeMap, HashMap};

/// Lines that are drawn or left out together, and their height as `.outline-row` in the style.
const CHUNK: usize = 24;
const ROW: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Kind,
    File,
    Chart,
}

#[derive(Clone, Debug, PartialEq)]
enum Line {
    Group { name: String, count: usize, changed: usize },
    Manifest(ManifestHead, Option<Change>),
}

/// The chart of a template, subcharts with what they are in: `app/charts/db/templates/x.yaml` is of
/// `app/db`.
fn chart(source: &str) -> String {
    let folder = source.split("/templates/").next().unwrap_or_default();
    folder.replace("/charts/", "/")
}

fn group(head: &ManifestHead, by: By) -> String {
    match by {
        By::Kind => head.kind.clone(),
        By::File => head.source.clone(),
        By::Chart => chart(&head.source),
    }
}

/// The heads whose name, kind or file hold the text, in groups.
fn lines<'h>(
    heads: impl Iterator<Item = &'h ManifestHead>,
    changes: &[(u32, Change)],
    by: By,
    search: &str,
) -> Vec<Line> {
    let changes: HashMap<u32, Change> = changes.iter().copied().collect();
    let mut groups: BTreeMap<String, Vec<&ManifestHead>> = BTreeMap::new();
    let says = |text: &str| text.to_lowercase().contains(search);
    for head in heads.filter(|head| says(&head.name) || says(&head.kind) || says(&head.source)) {
        groups.entry(group(head, by)).or_default().push(head);
    }
    let mut lines = Vec::new();
    for (name, heads) in groups {
        let changed = heads.iter().filter(|head| changes.contains_key(&head.key)).count();
        lines.push(Line::Group { name, count: heads.len(), changed });
        let line =
            |head: &ManifestHead| Line::Manifest(head.clone(), changes.get(&head.key).copied());
        lines.extend(heads.into_iter().map(line));
    }
    lines
}

#[component]
pub fn Outline() -> impl IntoView {
    let workspace = workspace();
    let (scroller, element) = Scroller::new();
    let by = RwSignal::new(By::Kind);
    let search = RwSignal::new(String::new());
    let lines = Memo::new(move |_| {
        let (by, search) = (by.get(), search.with(|text| text.trim().to_lowercase()));
        workspace.told.edited.with(|edited| {
            workspace.told.manifests.with(|views| {
                lines(views.iter().map(|view| &view.head), &edited.changes, by, &search)
            })
        })
    });
    let choice = move |own: By, name: &'static str| {
        view! {
            <button
                class="segment"
                aria-pressed=move || (by.get() == own).to_string()
                on:click=move |_| by.set(own)
            >
                {name}
            </button>
        }
    };
    view! {
        <section class="outline" aria-label="Outline of the manifests">
            <div class="outline-head">
                <SearchBox text=search hint="Filter by name, kind or file" label="Filter the outline" />
                <div class="segments" role="group" aria-label="Group by">
                    {choice(By::Kind, "Kind")}
                    {choice(By::File, "File")}
                    {choice(By::Chart, "Chart")}
                </div>
            </div>
            <Gone />
            <div class="outline-list" node_ref=element><Provider value=scroller>
                <Show when=move || lines.with(Vec::is_empty)>
                    <p class="empty">"No manifest says this."</p>
                </Show>
                <For each=stretches(lines, CHUNK) key=|at| *at let:at>
                    <Chunk lines=lines at=at />
                </For>
            </Provider></div>
        </section>
    }
}

/// What the preset alone would have.
#[component]
fn Gone() -> impl IntoView {
    let workspace = workspace();
    let gone = Memo::new(move |_| workspace.told.edited.with(|edited| edited.gone.clone()));
    move || {
        (!gone.with(Vec::is_empty)).then(|| {
            let text = format!("Gone by your edits: {}.", gone.get().join(", "));
            view! { <p class="outline-gone muted">{text}</p> }
        })
    }
}

#[component]
fn Chunk(lines: Memo<Vec<Line>>, at: usize) -> impl IntoView {
    let own = stretch(lines, at, CHUNK);
    let tall = Memo::new(move |_| own.with(Vec::len) * ROW);
    let words = Memo::new(move |_| format!("{} lines of the outline", own.with(Vec::len)));
    view! {
        <Far height=tall label=words first={at == 0}>
            <ul>{move || own.get().into_iter().map(row).collect_view()}</ul>
        </Far>
    }
}

fn row(line: Line) -> AnyView {
    let workspace = workspace();
    match line {
        Line::Group { name, count, changed } => view! {
            <li class="outline-row outline-group">
                <span class="outline-name" title=name.clone()>{name.clone()}</span>
                <span class="muted">{count}</span>
                {(changed > 0).then(|| view! { <span class="muted">{changed}" changed"</span> })}
            </li>
        }
        .into_any(),
        Line::Manifest(head, change) => {
            let go = move |_| workspace.show_line(LineTarget { key: head.key, line: 0 });
            view! {
                <li class="outline-row">
                    <button class="outline-link" on:click=go>
                        <span class="kind" data-kind=head.kind.clone()>{head.kind.clone()}</span>
                        <span class="outline-name">{head.name.clone()}</span>
                        {change.map(|change| {
                            let (state, text) = match change {
                                Change::Added => ("added", "new"),
                                Change::Changed => ("changed", "changed"),
                            };
                            view! { <span class="chip" data-change=state title="Against the preset without your edits">{text}</span> }
                        })}
                        {head.stale.then(|| view! { <span class="chip" data-severity="warning">"last good"</span> })}
                    </button>
                </li>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(key: u32, kind: &str, name: &str, source: &str) -> ManifestHead {
        ManifestHead {
            key,
            kind: kind.to_owned(),
            name: name.to_owned(),
            source: source.to_owned(),
            ..ManifestHead::default()
        }
    }

    fn told(by: By, search: &str) -> Vec<String> {
        changed(by, search, &[])
    }

    fn changed(by: By, search: &str, changes: &[(u32, Change)]) -> Vec<String> {
        let heads = [
            head(1, "Service", "web", "app/templates/service.yaml"),
            head(2, "Deployment", "web", "app/templates/web.yaml"),
            head(3, "Service", "db", "app/charts/db/templates/service.yaml"),
        ];
        let line = |line: Line| match line {
            Line::Group { name, count, changed: 0 } => format!("{name} ({count})"),
            Line::Group { name, count, changed } => format!("{name} ({count}, {changed})"),
            Line::Manifest(head, None) => head.name,
            Line::Manifest(head, Some(change)) => format!("{} {change:?}", head.name),
        };
        lines(heads.iter(), changes, by, search).into_iter().map(line).collect()
    }

    #[test]
    fn manifests_are_grouped_and_filtered() {
        assert_eq!(told(By::Kind, ""), ["Deployment (1)", "web", "Service (2)", "web", "db"]);
        assert_eq!(told(By::Chart, ""), ["app (2)", "web", "web", "app/db (1)", "db"]);
        assert_eq!(told(By::Kind, "db"), ["Service (1)", "db"]);
        let marked = changed(By::Kind, "", &[(1, Change::Added), (2, Change::Changed)]);
        assert_eq!(
            marked,
            ["Deployment (1, 1)", "web Changed", "Service (2, 1)", "web Added", "db"]
        );
        assert_eq!(told(By::File, "web.y"), ["app/templates/web.yaml (1)", "web"]);
    }
}
