//! How much work and memory a render may take: fuel, not hope.
//!
//! One [`Budget`] serves a whole render, `tpl` and every function included; functions charge
//! it before they build something large.

use thiserror::Error;

/// Bounds of parsing and executing. Proposed numbers and their reasons: reliability notes, rows 21–30.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Nested parentheses and blocks in a template's source, the branches of one chain as one.
    pub parse_depth: usize,
    /// Nested `template` calls: Go's own limit where `GOARCH=wasm`.
    pub template_depth: usize,
    /// Templates executing inside each other in all, `include` and `tpl` counted.
    pub frames: usize,
    /// Work units a render: one a node executed, one for each 64 bytes written or copied.
    pub steps: u64,
    /// Bytes one template may print.
    pub output: usize,
    /// Bytes of one string.
    pub string: usize,
    /// Elements of one list.
    pub elements: usize,
    /// Bytes that strings and collections made by one render may take together.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            parse_depth: 100,
            template_depth: 1_000,
            frames: 10_000,
            steps: 50_000_000,
            output: 8 << 20,
            string: 16 << 20,
            elements: 1_000_000,
            memory: 256 << 20,
        }
    }
}

/// Which limit a render ran into.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Exceeded {
    #[error("used up the work limit ({0} steps)")]
    Steps(u64),
    #[error("templates execute each other more than {0} deep")]
    Frames(usize),
    #[error("printed more than {0} bytes")]
    Output(usize),
    #[error("a string would be longer than {0} bytes")]
    String(usize),
    #[error("a list would have more than {0} elements")]
    Elements(usize),
    #[error("used up the memory limit ({0} bytes)")]
    Memory(usize),
}

/// What a part of a render cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    steps: u64,
    memory: usize,
}

/// What is left of the [`Limits`] of one render.
#[derive(Clone, Debug)]
pub struct Budget {
    limits: Limits,
    steps: u64,
    memory: usize,
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { steps: limits.steps, memory: limits.memory, limits }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What has been spent since the budget was as `before`.
    pub fn since(&self, before: &Self) -> Spent {
        Spent {
            steps: before.steps.saturating_sub(self.steps),
            memory: before.memory.saturating_sub(self.memory),
        }
    }

    /// Whether so much is left; if it is, it is spent.
    pub fn afford(&mut self, spent: Spent) -> bool {
        let left = (self.steps.checked_sub(spent.steps), self.memory.checked_sub(spent.memory));
        let (Some(steps), Some(memory)) = left else { return false };
        (self.steps, self.memory) = (steps, memory);
        true
    }

    pub fn charge(&mut self, steps: u64) -> Result<(), Exceeded> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => {
                self.steps = 0;
                Err(Exceeded::Steps(self.limits.steps))
            }
        }
    }

    /// Charges for a string of `len` bytes about to be made; `None` is a length that overflowed.
    pub fn string(&mut self, len: Option<usize>) -> Result<(), Exceeded> {
        let len = len
            .filter(|len| *len <= self.limits.string)
            .ok_or(Exceeded::String(self.limits.string))?;
        self.allocate(len)
    }

    /// Charges for a list of `len` elements about to be made.
    pub fn elements(&mut self, len: Option<usize>) -> Result<(), Exceeded> {
        let len = len
            .filter(|len| *len <= self.limits.elements)
            .ok_or(Exceeded::Elements(self.limits.elements))?;
        self.allocate(len * size_of::<crate::Value>())
    }

    /// Charges for a map of `len` entries about to be made, or for as many new ones.
    pub fn entries(&mut self, len: usize) -> Result<(), Exceeded> {
        // A key, a value and their place in the tree: about four values' size.
        self.allocate((len + 1).saturating_mul(4 * size_of::<crate::Value>()))
    }

    /// Charges for going over `items` values or `bytes` of text without making anything.
    pub fn scan(&mut self, items: usize, bytes: usize) -> Result<(), Exceeded> {
        self.charge((items / 16 + bytes / 64) as u64)
    }

    /// Charges for a walk down into a value, however its parts are shared.
    pub fn walk(&mut self, value: &crate::Value) -> Result<(), Exceeded> {
        match value {
            crate::Value::String(text) | crate::Value::Bytes(text) => {
                self.charge(1 + (text.len() / 64) as u64)
            }
            _ => self.charge(1),
        }
    }

    fn allocate(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.charge(1 + (bytes / 64) as u64)?;
        self.memory = self.memory.checked_sub(bytes).ok_or(Exceeded::Memory(self.limits.memory))?;
        Ok(())
    }
}
