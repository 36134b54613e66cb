//! The chart's README, beside the form: blocks of text and tables, drawn near the view. Everything
//! is text; links lead to the web and to nothing here.

use super::manifests::LINE;
use crate::ui::Far;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{Block, BlockKind, Readme, TextRun};
use std::sync::Arc;

/// Blocks that are drawn or left out together.
const CHUNK: usize = 8;
/// Characters that fill a line, about.
const WIDTH: usize = 80;

#[component]
pub fn ReadmePage() -> impl IntoView {
    let workspace = workspace();
    // Asked for once it is wanted: few people read it.
    Effect::new(move || {
        if workspace.readmes.with(Option::is_none) && workspace.card.with(Option::is_some) {
            workspace.ask_readmes();
        }
    });
    let one = |readme: &Readme, several: bool| {
        let blocks: Vec<Arc<Vec<Block>>> =
            readme.blocks.chunks(CHUNK).map(|chunk| Arc::new(chunk.to_vec())).collect();
        let empty = blocks.is_empty();
        view! {
            {several.then(|| view! { <p class="release-name">{readme.name.clone()}</p> })}
            {empty.then(|| view! { <p class="empty">"This chart has no README."</p> })}
            {blocks.into_iter().enumerate().map(|(at, blocks)| chunk(blocks, at == 0)).collect_view()}
        }
    };
    view! {
        <div class="readme">
            {move || workspace.readmes.get().map(|readmes| {
                let several = readmes.len() > 1;
                readmes.iter().map(|readme| one(readme, several)).collect_view()
            })}
        </div>
    }
}

fn chunk(blocks: Arc<Vec<Block>>, first: bool) -> impl IntoView {
    let tall: usize = blocks.iter().map(height).sum();
    view! {
        <Far height=Signal::stored(tall) label="Part of the README" first=first>
            {blocks.iter().cloned().map(block).collect_view()}
        </Far>
    }
}

/// Pixels that a block will about have.
fn height(block: &Block) -> usize {
    let lines = |spans: &[TextRun]| {
        spans.iter().map(|span| span.text.chars().count()).sum::<usize>().div_ceil(WIDTH)
    };
    match &block.kind {
        BlockKind::Heading(..) => 52,
        BlockKind::Paragraph(text) | BlockKind::Item(_, text) => lines(text) * 22 + 12,
        BlockKind::Code(_, text) => text.lines().count() * LINE + 36,
        BlockKind::Table { rows, .. } => (rows.len() + 1) * 44,
        BlockKind::Rule => 33,
    }
}

fn block(block: Block) -> AnyView {
    let depth = block.indent.to_string();
    match block.kind {
        BlockKind::Heading(level, text) => {
            let (text, level) = (spans(text), level.to_string());
            match level.as_str() {
                "1" | "2" => view! { <h2 class="readme-heading" data-level=level>{text}</h2> }.into_any(),
                _ => view! { <h3 class="readme-heading" data-level=level>{text}</h3> }.into_any(),
            }
        }
        BlockKind::Paragraph(text) => view! { <p data-depth=depth>{spans(text)}</p> }.into_any(),
        BlockKind::Item(marker, text) => view! {
            <p class="readme-item" data-depth=depth><span class="readme-marker">{marker}</span><span>{spans(text)}</span></p>
        }
        .into_any(),
        BlockKind::Code(_, text) => {
            view! { <pre class="readme-code" tabindex="0" data-depth=depth>{text}</pre> }.into_any()
        }
        BlockKind::Rule => view! { <hr /> }.into_any(),
        BlockKind::Table { head, rows } => table(head, rows).into_any(),
    }
}

fn table(head: Vec<Vec<TextRun>>, rows: Vec<Vec<Vec<TextRun>>>) -> impl IntoView {
    let row = |cells: Vec<Vec<TextRun>>| {
        view! { <tr>{cells.into_iter().map(|cell| view! { <td>{spans(cell)}</td> }).collect_view()}</tr> }
    };
    view! {
        <div class="readme-table" tabindex="0" role="region" aria-label="Table">
            <table>
                <thead>
                    <tr>{head.into_iter().map(|cell| view! { <th>{spans(cell)}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn spans(spans: Vec<TextRun>) -> impl IntoView {
    spans.into_iter().map(span).collect_view()
}

fn span(span: TextRun) -> AnyView {
    let TextRun { text, code, strong, emphasis, link } = span;
    let body = match (code, strong, emphasis) {
        (true, ..) => view! { <code>{text}</code> }.into_any(),
        (_, true, _) => view! { <strong>{text}</strong> }.into_any(),
        (.., true) => view! { <em>{text}</em> }.into_any(),
        _ => text.into_any(),
    };
    match link {
        Some(address) => {
            view! { <a href=address target="_blank" rel="noopener noreferrer">{body}</a> }
                .into_any()
        }
        None => body,
    }
}
