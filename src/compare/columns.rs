//! The columns of a comparison: each a deployment and a preset, or a values file.

use super::sides::{self, Choice};
use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// Most columns that can still be read.
const MAX_SIDES: usize = 4;

#[component]
pub fn Columns(choices: RwSignal<Vec<Choice>>) -> impl IntoView {
    let workspace = workspace();
    let count = Memo::new(move |_| choices.with(Vec::len));
    let add = move |_| choices.update(|all| all.extend(all.last().cloned()));
    let picked = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
        let name = file.name();
        dom::read_file(&file, move |data| {
            let text = String::from_utf8_lossy(&data).into_owned();
            let base = choices.with_untracked(|all| all.last().cloned()).unwrap_or_default();
            let choice = Choice { values: Some((name.clone(), text)), ..base };
            choices.update(|all| all.push(choice));
        });
        input.set_value("");
    };
    view! {
        <div class="sides">
            {move || (0..count.get()).map(|at| side(at, choices)).collect_view()}
            <Show when=move || count.get() < MAX_SIDES>
                <button class="button" on:click=add disabled=move || workspace.entries.with(Vec::is_empty)>
                    <Icon name="add" />
                    "Add a preset"
                </button>
                <label class="button">
                    <Icon name="add" />
                    "Add a values file"
                    <input type="file" class="visually-hidden" accept=".yaml,.yml" on:change=picked />
                </label>
            </Show>
        </div>
    }
}

fn side(at: usize, choices: RwSignal<Vec<Choice>>) -> impl IntoView {
    let workspace = workspace();
    let choice = Memo::new(move |_| choices.with(|all| all.get(at).cloned().unwrap_or_default()));
    let deployments = move || sides::deployments(workspace, &workspace.entries.get());
    let presets = move || {
        let name = choice.with(|choice| choice.deployment.clone());
        deployments().into_iter().find(|it| it.0 == name).map(|it| it.2).unwrap_or_default()
    };
    let change = move |edit: &dyn Fn(&mut Choice)| {
        choices.update(|all| {
            if let Some(choice) = all.get_mut(at) {
                edit(choice);
            }
        });
    };
    let choose_deployment = move |event| {
        let name = event_target_value(&event);
        let known = untrack(deployments).into_iter().find(|it| it.0 == name);
        let presets = known.map(|it| it.2).unwrap_or_default();
        change(&|choice| {
            choice.deployment.clone_from(&name);
            // The same preset of another deployment is what a reviewer wants to see.
            if !choice.preset.as_ref().is_some_and(|preset| presets.contains(preset)) {
                choice.preset = presets.first().cloned();
            }
        });
    };
    let choose_preset = move |event| {
        let name = event_target_value(&event);
        change(&|choice| choice.preset = (!name.is_empty()).then(|| name.clone()));
    };
    view! {
        <fieldset class="side">
            <legend class="visually-hidden">{format!("Side {}", at + 1)}</legend>
            <select class="input" aria-label="Deployment" on:change=choose_deployment>
                {move || deployments().into_iter().map(|(name, title, _)| {
                    let own = name.clone();
                    view! { <option value=name selected=move || choice.with(|it| it.deployment == own)>{title}</option> }
                }).collect_view()}
            </select>
            <Show when=move || !choice.with(Choice::is_draft)>
                <select class="input" aria-label="Preset" on:change=choose_preset>
                    <option value="" selected=move || choice.with(|it| it.preset.is_none())>"Chart defaults"</option>
                    {move || presets().into_iter().map(|name| {
                        let (own, value) = (name.clone(), name.clone());
                        view! { <option value=value selected=move || choice.with(|it| it.preset.as_ref() == Some(&own))>{name}</option> }
                    }).collect_view()}
                </select>
            </Show>
            {move || choice.with(|it| it.values.as_ref().map(|(name, _)| view! { <span class="chip">{name.clone()}</span> }))}
            <button
                class="button icon-only"
                aria-label=format!("Remove side {}", at + 1)
                disabled=move || choices.with(|all| all.len() < 3)
                on:click=move |_| choices.update(|all| { all.remove(at); })
            >
                <Icon name="close" />
            </button>
        </fieldset>
    }
}
