//! A description: text with code, bold and links, drawn as elements, never as HTML.

use leptos::prelude::*;
use session::{Span, spans};

pub(in crate::form) fn rich(text: &str) -> impl IntoView + use<> {
    let parts = spans(text).into_iter().map(|span| match span {
        Span::Text(text) => text.to_owned().into_any(),
        Span::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
        Span::Bold(text) => view! { <strong>{text.to_owned()}</strong> }.into_any(),
        Span::Link(text, address) => view! {
            <a href=address.to_owned() target="_blank" rel="noopener noreferrer">{text.to_owned()}</a>
        }
        .into_any(),
    });
    parts.collect_view()
}
