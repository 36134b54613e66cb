//! The values that an export holds: what differs from the charts' defaults.

use super::highlight;
use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;

#[component]
pub fn Values() -> impl IntoView {
    let workspace = workspace();
    let all = Memo::new(move |_| {
        workspace.report.with(|report| {
            let releases = report.releases.iter();
            releases.map(|it| (it.name.clone(), it.values_yaml.clone())).collect::<Vec<_>>()
        })
    });
    let unread = Memo::new(move |_| {
        workspace.report.with(|report| {
            let paths = report.releases.iter().flat_map(|release| &release.unread);
            paths.filter(|path| !path.is_root()).map(ToString::to_string).collect::<Vec<_>>()
        })
    });
    view! {
        <p class="section-text">"What differs from the chart's defaults: the values.yaml that you export."</p>
        {move || all.get().into_iter().map(|(name, text)| {
            let copied = text.clone();
            view! {
                <article class="manifest">
                    <header class="manifest-head">
                        <strong class="manifest-name">{name}</strong>
                        <span class="grow"></span>
                        <button class="button icon-only" title="Copy" aria-label="Copy the values" on:click=move |_| dom::copy(&copied)>
                            <Icon name="copy" />
                        </button>
                    </header>
                    <div class="code">
                        {text.lines().map(|line| view! { <div class="line">{highlight::line(line)}</div> }).collect_view()}
                    </div>
                </article>
            }
        }).collect_view()}
        <Show when=move || !unread.with(Vec::is_empty)>
            <h3>"Read by no template"</h3>
            <p class="section-text">"Nothing that is rendered now depends on these: a switch that is off, or a misspelt key."</p>
            <ul class="paths">
                {move || unread.get().into_iter().map(|path| {
                    let target = path.clone();
                    view! { <li><button class="path" on:click=move |_| dom::show_field(&target)>{path}</button></li> }
                }).collect_view()}
            </ul>
        </Show>
    }
}
