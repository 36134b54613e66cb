//! What templates do with a value, as far as their text alone tells: plain data, filled in by who
//! can read templates.

use finding::Path;
use std::collections::BTreeMap;

/// All uses of one value together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Decides an `if` or a `with`.
    pub condition: bool,
    /// Written as text: alone, or through `quote`.
    pub printed: bool,
    /// Written whole, by `toYaml` or `toJson`.
    pub dumped: bool,
    /// Ranged over with a variable for the item.
    pub items: bool,
    /// Ranged over with variables for key and value.
    pub entries: bool,
    /// Given to a function that takes numbers, such as `int`.
    pub number: bool,
    /// The key of YAML that it is written under first; empty where it is not known.
    pub key: String,
}

/// Uses by values path.
pub type Uses = BTreeMap<Path, Use>;
