//! All numbers that bound a chart, in one place; hosts and tests hand in their own.

/// Bounds of opening and rendering a chart.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of an archive as it comes.
    pub archive: usize,
    /// Bytes that an archive may unpack to, nested archives included. Helm's own is 100 MiB.
    pub unpacked: usize,
    /// Bytes of one file.
    pub file: usize,
    /// Entries of an archive or folder.
    pub entries: usize,
    /// Charts inside charts.
    pub nesting: usize,
    pub template: gotemplate::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            archive: 20 << 20,
            unpacked: 32 << 20,
            file: 16 << 20,
            entries: 10_000,
            nesting: 8,
            template: gotemplate::Limits::default(),
        }
    }
}
