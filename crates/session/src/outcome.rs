//! What a request gives beside previews and reviews: a file, or why there is nothing to show.

use serde::{Deserialize, Serialize};

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    pub name: String,
    /// MIME type.
    pub media: String,
    #[serde(with = "crate::wire::bytes")]
    pub data: Vec<u8>,
}

/// A request that gave nothing to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// One line: what, why, and what to do.
    pub message: String,
    /// Revision of the job, where the request had one.
    pub revision: Option<u64>,
}
