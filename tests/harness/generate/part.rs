//! The texts of which charts are made (`parts/`), and what turns one into a chart's own.
//!
//! - `%if FEATURE`, `%if !FEATURE`, `%end` around lines that only some parts of a chart have;
//! - `<a|b|c>` for a value that the seed chooses;
//! - `@name@` for a word of the chart.

use crate::Random;

/// A pair of a file's name and its text.
macro_rules! texts {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("parts/", $folder, "/", $name)))),*]
    };
}

const VALUES: &[(&str, &str)] = texts!("values":
    "account.yaml", "auth.yaml", "autoscaling.yaml", "crds.yaml", "dashboards.yaml",
    "disruption.yaml", "global.yaml", "ingress.yaml", "job.yaml", "monitor.yaml", "network.yaml",
    "persistence.yaml", "service.yaml", "tls.yaml", "workload.yaml",
);

const TEMPLATES: &[(&str, &str)] = texts!("templates":
    "NOTES.txt", "_helpers.tpl", "configmap.yaml", "cronjob.yaml", "dashboard.yaml",
    "dashboards.yaml", "definition.yaml", "extra-objects.yaml", "hpa.yaml", "ingress.yaml",
    "networkpolicy.yaml", "pdb.yaml", "prometheusrule.yaml", "pvc.yaml", "role.yaml",
    "rolebinding.yaml", "secret.yaml", "service.yaml", "serviceaccount.yaml",
    "servicemonitor.yaml", "workload.yaml",
);

/// The values of a feature.
pub(super) fn values(name: &str) -> &'static str {
    of(VALUES, &format!("{name}.yaml"))
}

/// A template.
pub(super) fn template(file: &str) -> &'static str {
    of(TEMPLATES, file)
}

fn of(texts: &[(&str, &'static str)], name: &str) -> &'static str {
    let found = texts.iter().find(|(known, _)| *known == name);
    // The names stand in this folder; its tests make charts with all of them.
    found.unwrap_or_else(|| panic!("no part {name}")).1
}

/// Leaves out what the features do not ask for.
pub(super) fn select(text: &str, features: &[&str]) -> String {
    let mut kept = String::new();
    let mut open: Vec<bool> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("%if ") {
            Some(feature) => open.push(match feature.strip_prefix('!') {
                Some(feature) => !features.contains(&feature),
                None => features.contains(&feature),
            }),
            None if line == "%end" => drop(open.pop()),
            None if open.iter().all(|wanted| *wanted) => {
                kept.push_str(line);
                kept.push('\n');
            }
            None => {}
        }
    }
    kept
}

/// Puts words where `@name@` stands.
pub(super) fn fill(text: &str, words: &[(&str, &str)]) -> String {
    words
        .iter()
        .fold(text.to_owned(), |text, (name, word)| text.replace(&format!("@{name}@"), word))
}

/// Chooses one of the values of each `<a|b|c>`.
pub(super) fn choose(text: &str, random: &mut Random) -> String {
    let mut chosen = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        chosen.push_str(before);
        let end = after.find('>').unwrap_or_default();
        let choices = &after[..end];
        chosen.push_str(random.word(choices));
        rest = after.get(end + 1..).unwrap_or_default();
    }
    chosen + rest
}

#[cfg(test)]
mod tests {
    use super::{choose, fill, select};
    use crate::Random;

    #[test]
    fn features_select_lines() {
        let text = "a\n%if x\nb\n%if !y\nc\n%end\n%end\nd\n";
        assert_eq!(select(text, &["x"]), "a\nb\nc\nd\n");
        assert_eq!(select(text, &["x", "y"]), "a\nb\nd\n");
        assert_eq!(select(text, &[]), "a\nd\n");
    }

    #[test]
    fn words_and_choices_take_their_places() {
        let text = fill("@a@: <1|1> # @b@", &[("a", "size"), ("b", "Size")]);
        assert_eq!(choose(&text, &mut Random::new(1, "choose")), "size: 1 # Size");
    }
}
