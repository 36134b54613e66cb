//! YAML of a known type: the fields that can stand at the cursor are offered as it is typed.

use crate::dom;
use crate::form::text::display;
use crate::form::widgets::placeholder;
use crate::workspace::{Workspace, workspace};
use leptos::ev::FocusEvent;
use leptos::html;
use leptos::prelude::*;
use session::{Completion, Field};
use std::sync::Arc;

/// Most fields that are offered at once.
const MOST: usize = 12;

/// A field that is offered: its name, its type in words, and the text that writes it.
type Offer = (String, String, String);

/// Bytes of the text that an offer replaces, and the offers.
type Offers = (usize, Vec<Offer>);

pub(in crate::form) fn yaml(field: Arc<Field>, id: String) -> AnyView {
    let workspace = workspace();
    let (typed, edit) = display(&field);
    let around: NodeRef<html::Div> = NodeRef::new();
    let area: NodeRef<html::Textarea> = NodeRef::new();
    let offers: RwSignal<Offers> = RwSignal::default();
    let kind = field.kind.clone();
    let look = move || {
        if let (false, Some(area)) = (kind.is_empty(), area.get_untracked()) {
            offers.set(offered(workspace, &kind, &area.value(), cursor(&area)));
        }
    };
    let (looking, after, typing) = (look.clone(), look.clone(), edit.clone());
    let take = move |text: &str| {
        let Some(area) = area.get_untracked() else { return };
        let (value, at) = (area.value(), cursor(&area));
        let start = at - offers.get_untracked().0.min(at);
        let (Some(before), Some(rest)) = (value.get(..start), value.get(at..)) else { return };
        let place = format!("{before}{text}");
        let end = place.encode_utf16().count() as u32;
        let whole = place + rest;
        area.set_value(&whole);
        edit(whole);
        let _ = area.focus();
        let _ = area.set_selection_range(end, end);
        after();
    };
    let rows = move || typed.with(|text| text.lines().count() + 1).clamp(2, 14);
    let left = move |event: FocusEvent| {
        if dom::has_left(&event, around.get()) {
            offers.set(Offers::default());
        }
    };
    view! {
        <div node_ref=around on:focusout=left>
            <textarea
                class="input yaml"
                id=id
                rows=rows
                spellcheck="false"
                node_ref=area
                placeholder=placeholder(&field, String::new())
                prop:value=move || typed.get()
                on:input=move |event| {
                    typing(event_target_value(&event));
                    look();
                }
                on:keyup={
                    let look = looking.clone();
                    move |_| look()
                }
                on:click={
                    let look = looking.clone();
                    move |_| look()
                }
                on:focus=move |_| looking()
            ></textarea>
            {move || (!offers.with(|(_, all)| all.is_empty())).then(|| {
                let take = take.clone();
                let chips = offers.get().1.into_iter().map(move |(name, says, text)| {
                    let take = take.clone();
                    view! {
                        // The cursor stays where it is.
                        <button
                            type="button"
                            on:mousedown=|event| event.prevent_default()
                            on:click=move |_| take(&text)
                        >
                            {name}
                            <small>{says}</small>
                        </button>
                    }
                });
                view! { <div class="offers" role="group" aria-label="Fields that can stand here">{chips.collect_view()}</div> }
            })}
        </div>
    }
    .into_any()
}

/// In bytes; the browser counts UTF-16.
fn cursor(area: &web_sys::HtmlTextAreaElement) -> usize {
    let units = area.selection_start().ok().flatten().unwrap_or_default() as usize;
    let mut counted = 0;
    let text = area.value();
    let letters = text.chars().take_while(|letter| {
        let before = counted;
        counted += letter.len_utf16();
        before < units
    });
    letters.map(char::len_utf8).sum()
}

fn offered(workspace: Workspace, kind: &str, text: &str, at: usize) -> Offers {
    workspace.card.with_untracked(|card| {
        let shape = card.as_ref().and_then(|card| card.form.shapes.get(kind));
        let Completion { typed, fields, dash, indent } =
            shape.map(|shape| shape.complete(text, at)).unwrap_or_default();
        let dash = if dash { "- " } else { "" };
        let offer = |known: &&session::Known| {
            let name = &known.name;
            let below = match known.shape.fields.is_empty() && !known.shape.list {
                true => " ".to_owned(),
                false => format!("\n{}", " ".repeat(indent + dash.len() + 2)),
            };
            (name.clone(), known.says.clone(), format!("{dash}{name}:{below}"))
        };
        (typed, fields.iter().take(MOST).map(offer).collect())
    })
}
