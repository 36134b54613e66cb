//! Flow collections, anchors, aliases and tags.

use super::{Scan, Scanner, SimpleKey, TokenKind};
use crate::error::Error;

impl Scanner<'_> {
    pub(super) fn flow_start(&mut self, kind: TokenKind) -> Scan<()> {
        self.save_key()?;
        self.keys.push(SimpleKey::none(self.next_number()));
        self.flow += 1;
        if self.flow > crate::MAX_DEPTH {
            let most = crate::MAX_DEPTH;
            return Err(Error::scan(&format!("exceeded max depth of {most}"), self.mark));
        }
        self.key_allowed = true;
        let start = self.mark;
        self.skip();
        self.push(kind, start);
        Ok(())
    }

    pub(super) fn flow_end(&mut self, kind: TokenKind) -> Scan<()> {
        self.remove_key()?;
        if self.flow > 0 {
            self.flow -= 1;
            if let Some(key) = self.keys.pop() {
                // Its number is the collection's own: go-yaml forgets that it may be a key.
                self.key_at.remove(&key.token);
            }
        }
        self.key_allowed = false;
        let start = self.mark;
        self.skip();
        self.push(kind, start);
        Ok(())
    }

    pub(super) fn flow_entry(&mut self) -> Scan<()> {
        self.remove_key()?;
        self.key_allowed = true;
        let start = self.mark;
        self.skip();
        self.push(TokenKind::FlowEntry, start);
        Ok(())
    }

    pub(super) fn anchor(&mut self, alias: bool) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        self.skip();
        let name = self.word();
        let ended = self.is_blank_or_end(0)
            || matches!(self.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ended {
            let problem = "did not find expected alphabetic or numeric character";
            return Err(Error::scan(problem, self.mark));
        }
        self.push(if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) }, start);
        Ok(())
    }

    pub(super) fn tag(&mut self) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        let from = self.mark.offset;
        if self.byte(1) == b'<' {
            self.skip();
            self.skip();
            self.tag_uri();
            if self.byte(0) != b'>' {
                return Err(Error::scan("did not find the expected '>'", self.mark));
            }
            self.skip();
        } else {
            self.skip();
            self.tag_uri();
        }
        let tag = self.slice(from);
        if !self.is_blank_or_end(0) {
            return Err(Error::scan("did not find expected whitespace or line break", self.mark));
        }
        self.push(TokenKind::Tag(tag), start);
        Ok(())
    }

    /// Characters that a tag may hold, in flow collections their own indicators, too.
    fn tag_uri(&mut self) {
        while self.is_word() || b";/?:@&=+$,.!~*'()[]%".contains(&self.byte(0)) {
            self.skip();
        }
    }

    pub(super) fn slice(&self, from: usize) -> String {
        let bytes = self.text.get(from..self.mark.offset).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}
