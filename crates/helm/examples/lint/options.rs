//! The flags of `helm lint`.

use crate::flags::{Flag, Table, Takes};

pub(crate) const FLAGS: Table = &[
    Flag(None, "color", Takes::Optional),
    Flag(None, "debug", Takes::Switch),
    Flag(None, "kube-version", Takes::Value),
    Flag(Some('n'), "namespace", Takes::Value),
    Flag(None, "quiet", Takes::Switch),
    Flag(None, "set", Takes::Value),
    Flag(None, "set-file", Takes::Value),
    Flag(None, "set-json", Takes::Value),
    Flag(None, "set-literal", Takes::Value),
    Flag(None, "set-string", Takes::Value),
    Flag(None, "skip-schema-validation", Takes::Switch),
    Flag(None, "strict", Takes::Switch),
    Flag(Some('f'), "values", Takes::Value),
    Flag(None, "with-subcharts", Takes::Switch),
];
