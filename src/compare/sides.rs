//! What is compared: chosen by the person, written in the address so that a link opens it.

use crate::dom;
use crate::workspace::Workspace;
use session::{CatalogEntry, OpenSource, Side};

/// What the address calls the chart or the draft that is open.
const OPEN: &str = "open";
const DRAFT: &str = "draft";
/// The preset of a side that has none.
const DEFAULTS: &str = "defaults";

/// One column, as it is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Name of a bundled deployment, or `open` or `draft`.
    pub deployment: String,
    pub preset: Option<String>,
    /// An uploaded values file: its name and its text. No link can hold it.
    pub values: Option<(String, String)>,
}

impl Choice {
    pub fn is_draft(&self) -> bool {
        self.deployment == DRAFT
    }

    pub fn label(&self, several: bool) -> String {
        let preset = self.preset.as_deref().unwrap_or(DEFAULTS);
        let base = match (self.is_draft(), several) {
            (true, _) => "Your draft".to_owned(),
            (false, true) => format!("{} {preset}", self.deployment),
            (false, false) => preset.to_owned(),
        };
        match &self.values {
            Some((name, _)) => format!("{base} + {name}"),
            None => base,
        }
    }

    fn side(&self, workspace: Workspace, several: bool) -> Side {
        let bundled = self.deployment != OPEN && !self.is_draft();
        Side {
            source: bundled.then(|| OpenSource::Bundled { id: self.deployment.clone() }),
            label: self.label(several),
            preset: self.preset.clone(),
            values: self.values.as_ref().map(|(_, text)| text.clone()),
            job: self.is_draft().then(|| workspace.job()),
        }
    }
}

/// The request for the engine. Several deployments are told apart by their names.
pub(super) fn sides(workspace: Workspace, choices: &[Choice]) -> Vec<Side> {
    let several = choices.windows(2).any(|pair| pair[0].deployment != pair[1].deployment);
    choices.iter().map(|choice| choice.side(workspace, several)).collect()
}

/// `#/compare?side=NAME@PRESET&side=…`
pub(super) fn to_address(choices: &[Choice]) -> String {
    let side = |choice: &Choice| {
        let preset = choice.preset.as_deref().unwrap_or(DEFAULTS);
        format!("side={}@{}", dom::encode(&choice.deployment), dom::encode(preset))
    };
    format!("#/compare?{}", choices.iter().map(side).collect::<Vec<_>>().join("&"))
}

pub(super) fn from_address(address: &str) -> Vec<Choice> {
    let Some((_, query)) = address.split_once('?') else { return Vec::new() };
    let side = |part: &str| {
        let (deployment, preset) = part.strip_prefix("side=")?.split_once('@')?;
        let preset = dom::decode(preset);
        Some(Choice {
            deployment: dom::decode(deployment),
            preset: (preset != DEFAULTS).then_some(preset),
            values: None,
        })
    };
    query.split('&').filter_map(side).collect()
}

/// What to compare at first: the presets of what is open, or of the first deployment.
pub(super) fn at_first(
    open: Option<(String, Vec<String>)>,
    entries: &[CatalogEntry],
) -> Vec<Choice> {
    let first = || entries.first().map(|entry| (entry.id.clone(), entry.presets.clone()));
    let Some((deployment, presets)) = open.or_else(first) else { return Vec::new() };
    let choice =
        |preset: Option<String>| Choice { deployment: deployment.clone(), preset, values: None };
    let mut choices: Vec<Choice> = presets.into_iter().map(|name| choice(Some(name))).collect();
    if choices.len() < 2 {
        choices.insert(0, choice(None));
    }
    choices.truncate(3);
    choices
}

/// Name of what is open, and its presets.
pub(super) fn open(workspace: Workspace) -> Option<(String, Vec<String>)> {
    let card = workspace.card_now()?;
    let presets = card.presets.iter().map(|preset| preset.name.clone()).collect();
    let name = match workspace.source_now()? {
        OpenSource::Bundled { id } => id,
        OpenSource::Archive { .. } | OpenSource::Files { .. } => OPEN.to_owned(),
    };
    Some((name, presets))
}

/// Everything that can be chosen: name, title, presets.
pub(super) fn deployments(
    workspace: Workspace,
    entries: &[CatalogEntry],
) -> Vec<(String, String, Vec<String>)> {
    let mut all: Vec<(String, String, Vec<String>)> = entries
        .iter()
        .map(|entry| (entry.id.clone(), entry.id.clone(), entry.presets.clone()))
        .collect();
    if let Some(card) = workspace.card_now() {
        let presets: Vec<String> = card.presets.iter().map(|preset| preset.name.clone()).collect();
        if !matches!(workspace.source_now(), Some(OpenSource::Bundled { .. })) {
            all.insert(0, (OPEN.to_owned(), card.name.clone(), presets));
        }
        all.insert(0, (DRAFT.to_owned(), format!("Your draft of {}", card.name), Vec::new()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_of_what_is_open_come_first() {
        let entry = CatalogEntry {
            id: "a".to_owned(),
            presets: vec!["x".to_owned(), "y".to_owned()],
            ..CatalogEntry::default()
        };
        let names =
            |choices: Vec<Choice>| choices.iter().map(|it| it.label(true)).collect::<Vec<_>>();
        assert_eq!(names(at_first(None, std::slice::from_ref(&entry))), ["a x", "a y"]);
        let open = Some(("b".to_owned(), vec!["z".to_owned()]));
        assert_eq!(names(at_first(open, &[entry])), ["b defaults", "b z"]);
    }
}
