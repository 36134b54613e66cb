//! A chart's README as plain blocks: what Markdown says, without anything that a page could run.
//!
//! The blocks are flat (depth is a number), so that a README nested without end costs no stack.
//! HTML in it is left out, images are their alternative text, links are kept where they lead to the
//! web.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// Characters of a README that are read.
const LONGEST: usize = 1 << 20;
/// Rows of a table that stand together: a table of a thousand rows is drawn in parts.
const ROWS: usize = 24;
/// Indent from which on deeper blocks stand no deeper.
const DEEPEST: usize = 6;

/// The README of one release's chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readme {
    /// The release's name in the stack.
    pub name: String,
    pub blocks: Vec<Block>,
}

/// A paragraph, or what stands in the place of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Lists and quotes that it is in.
    pub indent: u8,
    pub kind: BlockKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// From 1 to 6.
    Heading(u8, Vec<TextRun>),
    Paragraph(Vec<TextRun>),
    /// `•` or a number, and the first paragraph behind it.
    Item(String, Vec<TextRun>),
    /// The language, and the text.
    Code(String, String),
    /// A table, or a part of a long one, each with the heading.
    Table {
        head: Vec<Vec<TextRun>>,
        rows: Vec<Vec<Vec<TextRun>>>,
    },
    Rule,
}

impl Default for BlockKind {
    fn default() -> Self {
        Self::Paragraph(Vec::new())
    }
}

/// Text of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRun {
    pub text: String,
    pub code: bool,
    pub strong: bool,
    pub emphasis: bool,
    /// An `http` or `https` address.
    pub link: Option<String>,
}

/// Reads Markdown as GitHub does where charts are shown (tables, task lists, strikethrough).
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    Parser::new_ext(&text[..end], options).for_each(|event| reader.take(event));
    reader.end_text();
    reader.blocks
}

#[derive(Default)]
struct Table {
    head: Vec<Vec<TextRun>>,
    rows: Vec<Vec<Vec<TextRun>>>,
    row: Vec<Vec<TextRun>>,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    spans: Vec<TextRun>,
    heading: Option<u8>,
    strong: usize,
    emphasis: usize,
    links: Vec<Option<String>>,
    /// The next number of each list around; `None` where it has none.
    lists: Vec<Option<u64>>,
    quotes: usize,
    /// What stands before the next text.
    marker: Option<String>,
    /// Language and text of the code that is being read.
    code: Option<(String, String)>,
    table: Option<Table>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.span(&text, true),
            Event::SoftBreak => self.span(" ", false),
            Event::HardBreak => self.span("\n", false),
            Event::TaskListMarker(done) => self.span(if done { "☑ " } else { "☐ " }, false),
            Event::Rule => self.push(BlockKind::Rule),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.links.push(web_address(&dest_url)),
            Tag::List(first) => {
                self.end_text();
                self.lists.push(first);
            }
            Tag::Item => self.marker = Some(self.next_marker()),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(kind) => {
                self.end_text();
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::Table(_) => self.table = Some(Table::default()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_text(),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => {
                self.end_text();
                self.marker = None;
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    self.push(BlockKind::Code(language, text.trim_end().to_owned()));
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                self.table.iter_mut().for_each(|table| table.row.push(cell.clone()));
            }
            TagEnd::TableHead => {
                self.table.iter_mut().for_each(|table| table.head = std::mem::take(&mut table.row));
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                if let Some(Table { head, rows, .. }) = self.table.take() {
                    self.push(BlockKind::Table { head, rows });
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.rows.push(std::mem::take(&mut table.row));
        if table.rows.len() == ROWS {
            let (head, rows) = (table.head.clone(), std::mem::take(&mut table.rows));
            self.push(BlockKind::Table { head, rows });
        }
    }

    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(next)) => {
                *next += 1;
                format!("{}.", *next - 1)
            }
            _ => "•".to_owned(),
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some((_, code)) => code.push_str(text),
            None => self.span(text, false),
        }
    }

    fn span(&mut self, text: &str, code: bool) {
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        let link = self.links.iter().rev().flatten().next().cloned();
        let span = TextRun { text: text.to_owned(), code, strong, emphasis, link };
        match self.spans.last_mut() {
            Some(last)
                if (TextRun { text: String::new(), ..last.clone() })
                    == (TextRun { text: String::new(), ..span.clone() }) =>
            {
                last.text.push_str(text);
            }
            _ => self.spans.push(span),
        }
    }

    /// Ends the text that is being read, whatever it is.
    fn end_text(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        let heading = self.heading.take();
        if spans.iter().all(|span| span.text.trim().is_empty()) {
            return;
        }
        let kind = match (heading, self.marker.take()) {
            (Some(level), _) => BlockKind::Heading(level, spans),
            (None, Some(marker)) => BlockKind::Item(marker, spans),
            (None, None) => BlockKind::Paragraph(spans),
        };
        self.push(kind);
    }

    fn push(&mut self, kind: BlockKind) {
        let indent = (self.lists.len() + self.quotes).min(DEEPEST) as u8;
        self.blocks.push(Block { indent, kind });
    }
}

/// The address, where it leads to the web and nowhere else.
fn web_address(address: &str) -> Option<String> {
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    is_web.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks as short words.
    fn told(text: &str) -> Vec<String> {
        let spans = |spans: &[TextRun]| -> String {
            let span = |span: &TextRun| match (span.code, span.strong, &span.link) {
                (true, ..) => format!("`{}`", span.text),
                (_, true, _) => format!("*{}*", span.text),
                (.., Some(link)) => format!("[{}]({link})", span.text),
                _ => span.text.clone(),
            };
            spans.iter().map(span).collect()
        };
        let block = |block: &Block| {
            let kind = match &block.kind {
                BlockKind::Heading(level, text) => format!("h{level} {}", spans(text)),
                BlockKind::Paragraph(text) => spans(text),
                BlockKind::Item(marker, text) => format!("{marker} {}", spans(text)),
                BlockKind::Code(language, text) => format!("{language}|{text}"),
                BlockKind::Table { head, rows } => format!("{} x {}", head.len(), rows.len()),
                BlockKind::Rule => "---".to_owned(),
            };
            format!("{}{kind}", " ".repeat(block.indent.into()))
        };
        blocks(text).iter().map(block).collect()
    }

    #[test]
    fn blocks_and_looks_are_read() {
        assert_eq!(told("# A `b`\n\ntext **bold**\nmore"), ["h1 A `b`", "text *bold* more"]);
        assert_eq!(told("```yaml\na: 1\n\nb: 2\n```\n---"), ["yaml|a: 1\n\nb: 2", "---"]);
        assert_eq!(
            told("- a\n  - b\n\n    c\n- d\n\n3. x\n4. y"),
            [" • a", "  • b", "  c", " • d", " 3. x", " 4. y"]
        );
        assert_eq!(told("> q\n\np"), [" q", "p"]);
    }

    #[test]
    fn long_tables_come_in_parts_with_their_heading() {
        let table = format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(30));
        assert_eq!(told(&table), ["2 x 24", "2 x 6"]);
    }

    #[test]
    fn nothing_that_a_page_could_run_is_left() {
        assert_eq!(told("<script>alert(1)</script>\n\na <b onclick=x>b</b>"), ["a b"]);
        assert_eq!(
            told("[a](javascript:alert) [b](data:text/html,x) [c](HTTPS://x.y)"),
            ["a b [c](HTTPS://x.y)"]
        );
        assert_eq!(told("![alt](https://x.y/z.png)"), ["alt"]);
    }

    #[test]
    fn what_is_nested_without_end_stands_no_deeper() {
        let deep = blocks(&format!("{} x", ">".repeat(5_000)));
        assert_eq!(deep.len(), 1);
        assert_eq!(usize::from(deep[0].indent), DEEPEST);
    }
}
