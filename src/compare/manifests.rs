//! Manifests against the first side's, line by line.

use crate::ui::Icon;
use leptos::prelude::*;
use session::{Comparison, DiffLine, ManifestRow, Mark};

pub(super) fn list(comparison: &Comparison, all: bool) -> impl IntoView + use<> {
    let labels: Vec<String> = comparison.sides.iter().map(|side| side.label.clone()).collect();
    let rows: Vec<ManifestRow> =
        comparison.manifests.iter().filter(|row| all || row.differs).cloned().collect();
    if rows.is_empty() {
        return view! { <p class="empty"><Icon name="check" />"No difference."</p> }.into_any();
    }
    rows.into_iter().map(|row| entry(row, &labels)).collect_view().into_any()
}

fn entry(row: ManifestRow, labels: &[String]) -> impl IntoView + use<> {
    let first = labels.first().cloned().unwrap_or_default();
    let others: Vec<(String, Option<String>, Vec<DiffLine>)> = labels
        .iter()
        .skip(1)
        .cloned()
        .zip(row.names.iter().skip(1).cloned())
        .zip(row.diffs)
        .map(|((label, name), diff)| (label, name, diff))
        .collect();
    let own = row.names.first().cloned().flatten();
    let missing = own.is_none();
    let title = own.or_else(|| row.names.iter().flatten().next().cloned()).unwrap_or_default();
    view! {
        <article class="manifest">
            <header class="manifest-head">
                <span class="kind">{row.kind}</span>
                <strong class="manifest-name">{title}</strong>
                <span class="grow"></span>
                <span class="muted">{if missing { format!("not in {first}") } else { String::new() }}</span>
            </header>
            {others.into_iter().map(|(label, name, diff)| view! {
                <p class="diff-head">
                    <span class="muted">{first.clone()}" → "</span>
                    <strong>{label}</strong>
                    {name.is_none().then(|| view! { <span class="chip">"not rendered"</span> })}
                    {diff.is_empty().then(|| view! { <span class="muted">"the same"</span> })}
                </p>
                <div class="code diff">{diff.into_iter().map(line).collect_view()}</div>
            }).collect_view()}
        </article>
    }
}

fn line(line: DiffLine) -> impl IntoView {
    let (name, sign) = match line.mark {
        Mark::Same => ("same", " "),
        Mark::Removed => ("removed", "-"),
        Mark::Added => ("added", "+"),
        Mark::Gap => ("gap", "⋯"),
    };
    view! { <div class="diff-line" data-mark=name><span class="sign">{sign}</span>{line.text}</div> }
}
