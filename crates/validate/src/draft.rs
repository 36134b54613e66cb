//! The drafts of JSON Schema and their own schemas, as the standard publishes them (json-schema.org;
//! without titles and descriptions).

use serde_json::Value as Json;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    Four,
    Six,
    Seven,
    Nineteen,
    /// What Helm takes where no `$schema` is.
    #[default]
    Twenty,
}

const DRAFTS: [(Draft, &str, &str); 5] = [
    (
        Draft::Four,
        "http://json-schema.org/draft-04/schema",
        include_str!("metaschemas/draft-04.json"),
    ),
    (
        Draft::Six,
        "http://json-schema.org/draft-06/schema",
        include_str!("metaschemas/draft-06.json"),
    ),
    (
        Draft::Seven,
        "http://json-schema.org/draft-07/schema",
        include_str!("metaschemas/draft-07.json"),
    ),
    (
        Draft::Nineteen,
        "https://json-schema.org/draft/2019-09/schema",
        include_str!("metaschemas/draft-2019-09.json"),
    ),
    (
        Draft::Twenty,
        "https://json-schema.org/draft/2020-12/schema",
        include_str!("metaschemas/draft-2020-12.json"),
    ),
];

impl Draft {
    /// By the address in a `$schema`; `http` and `https` are one.
    pub(crate) fn of(address: &str) -> Option<Self> {
        let bare = |text: &'static str| text.split_once("://").map(|(_, rest)| rest);
        let (scheme, rest) = address.split_once("://")?;
        let rest = rest.strip_suffix('#').unwrap_or(rest);
        if rest == "json-schema.org/schema" {
            return Some(Self::default());
        }
        let known = DRAFTS.iter().find(|(_, known, _)| bare(known) == Some(rest))?;
        matches!(scheme, "http" | "https").then_some(known.0)
    }

    /// Address of the draft's own schema.
    pub(crate) fn address(self) -> &'static str {
        DRAFTS.iter().find(|(draft, ..)| *draft == self).map_or("", |(_, address, _)| address)
    }

    /// The draft's own schema and the vocabularies it is made of, by address.
    pub(crate) fn documents(self) -> Vec<(String, Json)> {
        let text = DRAFTS.iter().find(|(draft, ..)| *draft == self).map_or("", |(.., text)| text);
        let parsed = serde_json::from_str(text).unwrap_or_default();
        let all = match parsed {
            Json::Array(all) => all,
            one => vec![one],
        };
        let key = self.id_keyword();
        let address = |json: &Json| {
            let id = json.get(key).and_then(Json::as_str).unwrap_or_default();
            id.trim_end_matches('#').to_owned()
        };
        all.into_iter().map(|json| (address(&json), json)).collect()
    }

    /// The draft whose documents include this address.
    pub(crate) fn holding(address: &str) -> Option<Self> {
        let vocabulary = |known: &str| {
            let folder = known.strip_suffix("schema").unwrap_or(known);
            address.strip_prefix(folder).is_some_and(|rest| rest.starts_with("meta/"))
        };
        let found = DRAFTS.iter().find(|(_, known, _)| *known == address || vocabulary(known));
        found.map(|(draft, ..)| *draft)
    }

    pub(crate) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Later drafts tell formats, but do not ask for them.
    pub(crate) fn asks_for_formats(self) -> bool {
        self <= Self::Seven
    }
}
