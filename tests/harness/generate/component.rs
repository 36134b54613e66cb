//! One part of a chart: a workload with its values and the objects around it.

use super::tree::{Entry, Node, parse};
use super::{names, part, settings};
use crate::Random;

/// What a part may have beside its workload, and the template files of each.
const FEATURES: [(&str, &[&str]); 11] = [
    ("service", &["service.yaml"]),
    ("ingress", &["ingress.yaml"]),
    ("account", &["serviceaccount.yaml", "role.yaml", "rolebinding.yaml"]),
    ("autoscaling", &["hpa.yaml"]),
    ("disruption", &["pdb.yaml"]),
    ("network", &["networkpolicy.yaml"]),
    ("persistence", &["pvc.yaml"]),
    ("monitor", &["servicemonitor.yaml", "prometheusrule.yaml"]),
    ("auth", &["secret.yaml"]),
    ("tls", &[]),
    ("job", &["cronjob.yaml"]),
];

/// A part of a chart.
pub(super) struct Component {
    /// Its name in kebab case.
    pub(super) name: String,
    /// Whether its values stand under a key of their own, or at the top of values.yaml.
    pub(super) keyed: bool,
    features: Vec<&'static str>,
    pub(super) values: Vec<Entry>,
}

impl Component {
    /// A part with these features; its settings come later (`configure`).
    pub(super) fn new(
        name: &str,
        keyed: bool,
        features: &[&'static str],
        random: &mut Random,
    ) -> Self {
        let mut features = features.to_vec();
        if keyed {
            features.push("keyed");
        }
        if features.contains(&"persistence") && random.chance(60) {
            features.push("stateful");
        }
        let words = [("name", name), ("title", &*names::title(name).to_lowercase())];
        let blocks = FEATURES.iter().map(|(name, _)| *name).filter(|it| features.contains(it));
        let mut values = Vec::new();
        for block in ["workload"].into_iter().chain(blocks) {
            let text = part::select(part::values(block), &features);
            values.extend(parse(&part::choose(&part::fill(&text, &words), random)));
        }
        // `enabled` stays in front, where people look for it; the order of the rest is the seed's.
        random.shuffle(&mut values[usize::from(keyed)..]);
        Self { name: name.to_owned(), keyed, features, values }
    }

    /// Gives it a config file of `count` values.
    pub(super) fn configure(&mut self, count: usize, level: usize, random: &mut Random) {
        let node = Node::Map(settings::tree(count, level, random));
        let doc = format!("Settings of the {}", names::title(&self.name).to_lowercase());
        self.values.push(Entry { key: "config".to_owned(), doc, node });
    }

    /// Its values as they stand in values.yaml.
    pub(super) fn entries(&self) -> Vec<Entry> {
        if !self.keyed {
            return self.values.clone();
        }
        let doc = format!("The {}", names::title(&self.name).to_lowercase());
        let node = Node::Map(self.values.clone());
        vec![Entry { key: names::camel(&self.name), doc, node }]
    }

    /// Its template files: names below `templates/` and texts.
    pub(super) fn templates(&self, chart: &str) -> Vec<(String, String)> {
        let features = FEATURES.iter().filter(|(name, _)| self.features.contains(name));
        let files = ["workload.yaml", "configmap.yaml"].into_iter();
        let files = files.chain(features.flat_map(|(_, files)| files.iter().copied()));
        let folder = if self.keyed { format!("{}/", self.name) } else { String::new() };
        let named = files.map(|file| {
            let name = if file == "workload.yaml" {
                self.kind().to_lowercase() + ".yaml"
            } else {
                file.to_owned()
            };
            (format!("{folder}{name}"), self.text(chart, file))
        });
        named.collect()
    }

    /// A template with this part's words in it.
    pub(super) fn text(&self, chart: &str, file: &str) -> String {
        let text = part::select(part::template(file), &self.features);
        let (values, on, suffix, base) = if self.keyed {
            let values = format!(".Values.{}", names::camel(&self.name));
            let on = format!("{values}.enabled");
            (values, on, format!("-{}", self.name), format!("/{}/", self.name))
        } else {
            (".Values".to_owned(), "true".to_owned(), String::new(), "/".to_owned())
        };
        let full = format!("{{{{ include \"{chart}.fullname\" . }}}}{suffix}");
        let words = [
            ("v", values.as_str()),
            ("on", &on),
            ("full", &full),
            ("suffix", &suffix),
            ("base", &base),
            ("chart", chart),
            ("name", &self.name),
            ("alert", &names::pascal(&self.name)),
            ("kind", self.kind()),
        ];
        part::fill(&text, &words)
    }

    fn kind(&self) -> &'static str {
        if self.features.contains(&"stateful") { "StatefulSet" } else { "Deployment" }
    }
}
