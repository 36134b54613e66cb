//! What the checks found: the counts in the header, the list, the checklist of told rules.

use crate::ui::Icon;
use crate::workspace::{Area, LineTarget, Tab, Workspace, workspace};
use leptos::prelude::*;
use session::{Finding, Location, Severity};

pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Unchecked => "unchecked",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
        Severity::Told => "told",
    }
}

/// Counts, as a button that opens the list.
#[component]
pub fn Summary() -> impl IntoView {
    let workspace = workspace();
    let errors = move || workspace.count(Severity::Error);
    let others = move || workspace.told.findings.with(|findings| findings.len()) - errors();
    let text = move || match (errors(), others()) {
        (0, 0) => "All rules hold".to_owned(),
        (0, 1) => "1 remark".to_owned(),
        (0, others) => format!("{others} remarks"),
        (1, _) => "1 error".to_owned(),
        (errors, _) => format!("{errors} errors"),
    };
    let open = move |_| {
        workspace.tab.set(Tab::Findings);
        workspace.area.set(Area::Findings);
    };
    let state = move || if errors() > 0 { "error" } else { "good" };
    view! {
        <button class="summary" data-state=state on:click=open aria-live="polite" aria-label=text>
            {move || {
                let name = if errors() > 0 { "error" } else { "check" };
                view! { <Icon name=name /> }
            }}
            <span>{text}</span>
        </button>
    }
}

/// The list, worst first, and the checklist.
#[component]
pub fn FindingsList() -> impl IntoView {
    let workspace = workspace();
    let findings = move || workspace.told.findings.get();
    let told = move || {
        workspace
            .card
            .with(|card| card.as_ref().map(|card| card.form.told.clone()).unwrap_or_default())
    };
    view! {
        <div class="findings">
            <Show when=move || workspace.told.findings.with(|findings| findings.is_empty())>
                <p class="empty">
                    <Icon name="check" />
                    "Every rule that can be checked holds."
                </p>
            </Show>
            <ul>
                {move || findings().iter().cloned().map(|finding| view! { <Row finding=finding /> }).collect_view()}
            </ul>
            <Show when=move || !told().is_empty()>
                <h3>"Before you install"</h3>
                <p class="muted">"Nothing here can be computed from the chart: check it yourself."</p>
                <ul>
                    {move || told().into_iter().map(|rule| view! {
                        <li class="finding" data-severity="told">
                            <label class="told">
                                <input type="checkbox" />
                                <span>{rule.message}</span>
                            </label>
                            {rule.command.map(|command| view! { <code class="command">{command}</code> })}
                            <span class="finding-source">{rule.id}" · "{rule.source}</span>
                        </li>
                    }).collect_view()}
                </ul>
            </Show>
        </div>
    }
}

/// Shows the field or the manifest that a finding is about.
fn go_to(workspace: Workspace, target: &Location, release: &str) {
    match target {
        Location::Values { path } => workspace.reveal(path, true),
        Location::Manifest { manifest, .. } => {
            if let Some(key) = workspace.told.key_of(manifest, release) {
                workspace.show_line(LineTarget { key, line: 0 });
            }
        }
        Location::File { .. } | Location::Chart => {}
    }
}

#[component]
fn Row(finding: Finding) -> impl IntoView {
    let workspace = workspace();
    let place = match &finding.location {
        Location::Values { path } => path.to_string(),
        Location::File { file, line, .. } if *line > 0 => format!("{file}:{line}"),
        Location::File { file, .. } => file.clone(),
        Location::Manifest { manifest, path } => {
            format!("{} {} {path}", manifest.kind, manifest.name)
        }
        Location::Chart => String::new(),
    };
    let target = finding.location.clone();
    let release = finding.release.clone();
    let go = move |_| go_to(workspace, &target, &release);
    let origin = finding.rule.into_iter().chain(finding.source.map(|source| source.text));
    let origin = origin.collect::<Vec<_>>().join(" · ");
    let icon = if finding.severity == Severity::Error { "error" } else { "warning" };
    view! {
        <li class="finding" data-severity=severity_name(finding.severity)>
            <button class="finding-text" on:click=go>
                <Icon name=icon />
                <span>
                    {finding.message}
                    <span class="finding-place">{place}</span>
                </span>
            </button>
            {(!origin.is_empty()).then(|| view! { <span class="finding-source">{origin}</span> })}
        </li>
    }
}
