//! What happens when this is installed or changed: start, readiness, restarts, replacement.

use crate::workspace::workspace;
use leptos::prelude::*;
use session::{ContainerRollout, Probe, Rollout as Card};

/// Width of the picture; seconds are scaled to it.
const WIDTH: f64 = 600.0;

#[component]
pub fn Rollout() -> impl IntoView {
    let workspace = workspace();
    let cards = workspace.told.rollouts;
    view! {
        <p class="section-text">"When pods start, when they are asked, and how they are replaced, as Kubernetes will read these manifests."</p>
        <Show when=move || cards.with(|cards| cards.is_empty())>
            <p class="empty">"No workload is rendered."</p>
        </Show>
        {move || cards.get().iter().cloned().map(card).collect_view()}
    }
}

fn card(card: Card) -> impl IntoView {
    let replaced = match card.pods {
        Some((most, fewest)) => {
            let gap = if fewest >= card.replicas { " Nobody notices." } else { "" };
            format!(
                "Replaced in turn: at most {most} pods at once, at least {fewest} answering.{gap}"
            )
        }
        None if card.kind == "Deployment" => {
            "Replaced all at once: it answers nobody meanwhile.".to_owned()
        }
        None => "Replaced one after another.".to_owned(),
    };
    let pods =
        if card.replicas == 1 { "1 pod".to_owned() } else { format!("{} pods", card.replicas) };
    view! {
        <article class="manifest rollout">
            <header class="manifest-head">
                <span class="kind">{card.kind}</span>
                <strong class="manifest-name">{card.name}</strong>
                <span class="grow"></span>
                <span class="muted">{pods}</span>
            </header>
            <div class="rollout-body">
                {card.containers.into_iter().map(container).collect_view()}
                <p>{replaced}</p>
                <p class="muted">{format!("A pod that ends has {} s to finish what it does.", card.grace)}</p>
            </div>
        </article>
    }
}

fn container(container: ContainerRollout) -> impl IntoView {
    let ContainerRollout { name, startup, readiness, liveness } = container;
    let window = startup.as_ref().map_or(0, |probe| probe.delay + probe.window());
    let ends: Vec<u64> = [&startup, &readiness, &liveness]
        .into_iter()
        .flatten()
        .map(|probe| probe.delay + probe.window())
        .collect();
    let total = (window + ends.into_iter().max().unwrap_or(0)).max(1);
    let rows = [
        ("Start-up", "startup", startup, 0),
        ("Readiness", "readiness", readiness, window),
        ("Liveness", "liveness", liveness, window),
    ];
    view! {
        <h3 class="container-name">{name}</h3>
        {rows.into_iter().map(|(title, kind, probe, from)| row(title, kind, probe, from, total)).collect_view()}
    }
}

/// One probe: when it is first asked, and how long it may fail before something happens.
fn row(
    title: &'static str,
    kind: &'static str,
    probe: Option<Probe>,
    from: u64,
    total: u64,
) -> impl IntoView {
    let Some(probe) = probe else {
        return view! {
            <div class="probe">
                <span class="probe-title">{title}</span>
                <span class="muted">"none"</span>
            </div>
        }
        .into_any();
    };
    let scale = WIDTH / total as f64;
    let begin = (from + probe.delay) as f64 * scale;
    let width = (probe.window() as f64 * scale).max(4.0);
    let (delay, period, failures) = (probe.delay, probe.period, probe.failures);
    let outcome = match kind {
        "startup" => format!("has {} s to start, else it is restarted", delay + probe.window()),
        "readiness" => format!("gets no traffic after {} s without an answer", probe.window()),
        _ => format!("is restarted after {} s without an answer", probe.window()),
    };
    let rhythm = format!(
        "{}: first after {delay} s, every {period} s, {failures} failures, timeout {} s",
        probe.action, probe.timeout
    );
    view! {
        <div class="probe">
            <span class="probe-title">{title}</span>
            <span>{outcome}</span>
            <svg class="probe-bar" viewBox="0 0 600 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="probe-track" x="0" y="0" width="600" height="10" />
                <rect class="probe-span" data-kind=kind x=begin y="0" width=width height="10" />
            </svg>
            <span class="muted probe-rhythm">{rhythm}</span>
        </div>
    }
    .into_any()
}
