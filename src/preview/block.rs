//! A stretch of a manifest's lines. Only lines that changed are drawn anew; what is told of a line
//! is an attribute, so that it costs no element.

use super::highlight;
use super::marks::{Lines, Mark};
use crate::workspace::workspace;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// Lines that are drawn or left out together.
pub(super) const BLOCK: usize = 40;
/// Characters of a line that are drawn: who copies the manifest gets all.
const LONGEST: usize = 2_000;

#[derive(Clone, PartialEq)]
struct Row {
    /// What the line says, and which of the lines of the block that say so it is: a line that only
    /// moves is not drawn again.
    key: (u64, usize),
    text: String,
}

fn rows(lines: Lines, block: usize) -> Vec<Row> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    lines.texts(block * BLOCK..(block + 1) * BLOCK, |line| {
        let mut hasher = DefaultHasher::new();
        line.hash(&mut hasher);
        let hash = hasher.finish();
        let nth = seen.entry(hash).or_insert(0);
        *nth += 1;
        Row { key: (hash, *nth), text: cut(line) }
    })
}

/// A line as long as it is drawn.
fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let more = line[end..].chars().count();
            format!("{} … {more} characters more", &line[..end])
        }
        None => line.to_owned(),
    }
}

#[component]
pub fn Block(lines: Lines, at: usize) -> impl IntoView {
    let workspace = workspace();
    let rows = Memo::new(move |_| rows(lines, at));
    let element: NodeRef<html::Div> = NodeRef::new();
    let first = at * BLOCK;
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let marks = rows
            .with(|rows| (0..rows.len()).map(|line| lines.mark(first + line)).collect::<Vec<_>>());
        tell(&element, &marks);
    });
    let choose = move |event: web_sys::MouseEvent| {
        let Some(line) = line_of(&event) else { return };
        let fields = lines.reads(first + line);
        if let Some(path) = fields.iter().next() {
            workspace.reveal(path, false);
        }
        workspace.marked.set(fields);
    };
    let hover = move |event: web_sys::MouseEvent| {
        let Some((line, element)) = line_of(&event).zip(line_element(&event)) else { return };
        // What cannot be told is no reason to stop.
        let _ = element.set_attribute("title", &lines.chain(first + line));
    };
    view! {
        <div
            class="block"
            node_ref=element
            style=("counter-set", format!("line {first}"))
            on:click=choose
            on:mouseover=hover
        >
            <For each=move || rows.get() key=|row| row.key let:row>
                <div class="line">{highlight::line(&row.text)}</div>
            </For>
        </div>
    }
}

/// Tells each line what is to be told of it.
fn tell(block: &HtmlElement, marks: &[Mark]) {
    let lines = block.children();
    for (at, mark) in marks.iter().enumerate() {
        let Some(line) = lines.item(at as u32) else { return };
        for (name, on) in [
            ("data-marked", mark.marked),
            ("data-found", mark.found),
            ("data-current", mark.current),
        ] {
            // An attribute that stays as it is costs the browser nothing.
            let _ = match (on, line.has_attribute(name)) {
                (true, false) => line.set_attribute(name, "true"),
                (false, true) => line.remove_attribute(name),
                _ => Ok(()),
            };
        }
    }
}

fn line_element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(".line").ok()?
}

/// Place of the line in its block that an event is about.
fn line_of(event: &Event) -> Option<usize> {
    let mut before = line_element(event)?.previous_element_sibling();
    let mut at = 0;
    while let Some(line) = before {
        at += 1;
        before = line.previous_element_sibling();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_cut() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"é".repeat(LONGEST + 7));
        assert!(long.ends_with("é … 7 characters more"), "{}", &long[long.len() - 30..]);
    }
}
