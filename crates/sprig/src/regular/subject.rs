//! A text that is searched, as Go sees it: a byte that is no UTF-8 counts as one U+FFFD.

use std::ops::Range;

/// The text that is searched, and where its characters stand in the original.
pub(super) struct Subject<'a> {
    original: &'a [u8],
    readable: std::borrow::Cow<'a, str>,
    /// For each byte that was replaced: where it stands in `readable`.
    replaced: Vec<usize>,
}

/// Bytes of U+FFFD beyond the one that it stands for.
const LONGER: usize = char::REPLACEMENT_CHARACTER.len_utf8() - 1;

impl<'a> Subject<'a> {
    pub(super) fn new(original: &'a [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(original) {
            return Self { original, readable: text.into(), replaced: Vec::new() };
        }
        let (mut readable, mut replaced) = (String::new(), Vec::new());
        for chunk in original.utf8_chunks() {
            readable.push_str(chunk.valid());
            for _ in chunk.invalid() {
                replaced.push(readable.len());
                readable.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Self { original, readable: readable.into(), replaced }
    }

    pub(super) fn text(&self) -> &str {
        &self.readable
    }

    /// The original bytes of a part of [`Subject::text`].
    pub(super) fn original(&self, part: Range<usize>) -> &'a [u8] {
        let place = |at: usize| {
            let before = self.replaced.iter().take_while(|place| **place < at).count();
            at.saturating_sub(before * LONGER)
        };
        self.original.get(place(part.start)..place(part.end)).unwrap_or_default()
    }
}
