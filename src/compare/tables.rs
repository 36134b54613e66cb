//! Facts, values and findings as tables, a column a side.

use crate::findings::severity_name;
use crate::ui::Icon;
use leptos::prelude::*;
use session::{Comparison, Finding, SideCard};

fn head(first: &'static str, sides: &[SideCard]) -> impl IntoView + use<> {
    let labels: Vec<(String, String)> =
        sides.iter().map(|side| (side.label.clone(), side.chart.clone())).collect();
    view! {
        <thead>
            <tr>
                <th scope="col">{first}</th>
                {labels.into_iter().map(|(label, chart)| view! {
                    <th scope="col">{label}<span class="muted th-chart">{chart}</span></th>
                }).collect_view()}
            </tr>
        </thead>
    }
}

fn cells(cells: &[Option<String>]) -> impl IntoView + use<> {
    let first = cells.first().cloned().unwrap_or_default();
    let cells = cells.to_vec();
    cells
        .into_iter()
        .map(|cell| {
            let other = cell != first;
            view! { <td data-differs=other.to_string()>{cell.unwrap_or_else(|| "–".to_owned())}</td> }
        })
        .collect_view()
}

fn nothing() -> AnyView {
    view! { <p class="empty"><Icon name="check" />"No difference."</p> }.into_any()
}

pub(super) fn facts(comparison: &Comparison, all: bool) -> impl IntoView + use<> {
    let rows = comparison.facts.iter().filter(|row| all || row.differs);
    let mut last = String::new();
    let rows: Vec<AnyView> = rows
        .map(|row| {
            // The subject stands once above its facts.
            let title = (last != row.subject).then(|| row.subject.clone());
            last.clone_from(&row.subject);
            let width = row.cells.len() + 1;
            view! {
                {title.map(|title| view! { <tr class="subject"><th scope="rowgroup" colspan=width>{title}</th></tr> })}
                <tr data-differs=row.differs.to_string()>
                    <th scope="row">{row.fact.clone()}</th>
                    {cells(&row.cells)}
                </tr>
            }
            .into_any()
        })
        .collect();
    if rows.is_empty() {
        return nothing();
    }
    view! { <table class="compare-table">{head("Fact", &comparison.sides)}<tbody>{rows}</tbody></table> }
        .into_any()
}

pub(super) fn values(comparison: &Comparison, all: bool) -> impl IntoView + use<> {
    let rows = comparison.values.iter().filter(|row| all || row.differs);
    let rows: Vec<AnyView> = rows
        .map(|row| {
            view! {
                <tr data-differs=row.differs.to_string()>
                    <th scope="row">
                        <code>{row.path.to_string()}</code>
                        <span class="muted th-chart">{row.title.clone()}</span>
                    </th>
                    {cells(&row.cells)}
                </tr>
            }
            .into_any()
        })
        .collect();
    if rows.is_empty() {
        return nothing();
    }
    view! { <table class="compare-table values">{head("Value", &comparison.sides)}<tbody>{rows}</tbody></table> }
        .into_any()
}

pub(super) fn findings(comparison: &Comparison) -> impl IntoView + use<> {
    let sides = comparison.sides.clone();
    view! {
        <div class="finding-columns">
            {sides.into_iter().map(|side| view! {
                <section class="finding-column">
                    <h2>{side.label}</h2>
                    {side.problem.map(|problem| view! {
                        <div class="problem"><p><Icon name="error" /><strong>"Helm would refuse this."</strong></p><pre>{problem}</pre></div>
                    })}
                    {side.findings.is_empty().then(nothing_found)}
                    <ul>{side.findings.into_iter().map(finding).collect_view()}</ul>
                </section>
            }).collect_view()}
        </div>
    }
}

fn nothing_found() -> impl IntoView {
    view! { <p class="empty"><Icon name="check" />"Every rule that can be checked holds."</p> }
}

fn finding(finding: Finding) -> impl IntoView {
    let source = finding.source.map(|source| source.text);
    view! {
        <li class="finding" data-severity=severity_name(finding.severity)>
            <p class="finding-text"><Icon name="warning" /><span>{finding.message}</span></p>
            <span class="finding-source">{finding.rule}{source.map(|source| format!(" · {source}"))}</span>
        </li>
    }
}
