//! What a text allows: libyaml's `analyze_scalar` and `select_scalar_style`.

use super::Style;

/// Which styles can hold the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Analysis {
    pub(super) multiline: bool,
    plain: bool,
    single: bool,
    pub(super) block: bool,
    /// As go-yaml v3 has it, for which a tab does not forbid a block.
    pub(super) block_with_tabs: bool,
}

pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// go-yaml's `is_printable`: nothing above U+FFFF is.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
}

impl Analysis {
    pub(super) fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self { plain: true, single: true, ..Self::default() };
        }
        let mut indicators = text.starts_with("---") || text.starts_with("...");
        let (mut breaks, mut special, mut tabs) = (false, false, false);
        let (mut leading, mut trailing_space, mut trailing_break) = (false, false, false);
        let (mut break_space, mut space_break) = (false, false);
        let (mut after_space, mut after_break, mut after_white) = (false, false, true);
        let mut chars = text.chars().peekable();
        let mut first = true;
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            let before_white = next.is_none_or(|next| next == ' ' || next == '\t');
            indicators |= if first {
                leads(c, before_white)
            } else {
                (c == ':' && before_white) || (c == '#' && after_white)
            };
            special |= !is_printable(c) && c != '\t';
            tabs |= c == '\t';
            breaks |= is_break(c);
            if c == ' ' {
                leading |= first;
                trailing_space |= next.is_none();
                break_space |= after_break;
            } else if is_break(c) {
                leading |= first;
                trailing_break |= next.is_none();
                space_break |= after_space;
            }
            (after_space, after_break) = (c == ' ', is_break(c));
            after_white = c == ' ' || c == '\t' || is_break(c);
            first = false;
        }
        let unusual = space_break || special || tabs;
        Self {
            multiline: breaks,
            plain: !(leading
                || trailing_space
                || trailing_break
                || break_space
                || unusual
                || breaks
                || indicators),
            single: !(break_space || unusual),
            block: !(trailing_space || unusual),
            block_with_tabs: !(trailing_space || space_break || special),
        }
    }

    pub(super) fn style(&self, text: &str, key: bool, wanted: Style) -> Style {
        let mut style = if key && self.multiline { Style::Double } else { wanted };
        if style == Style::Plain && (!self.plain || (text.is_empty() && key)) {
            style = Style::Single;
        }
        if style == Style::Single && !self.single {
            style = Style::Double;
        }
        if style == Style::Literal && (!self.block || key) {
            style = Style::Double;
        }
        style
    }
}

/// Whether a first character makes the text something else than a plain scalar.
fn leads(c: char, before_white: bool) -> bool {
    match c {
        '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
        | '@' | '`' => true,
        '?' | ':' | '-' => before_white,
        _ => false,
    }
}
