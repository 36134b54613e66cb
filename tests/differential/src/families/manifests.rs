//! Manifests: kinds in their install order, hooks, separators and comments between documents,
//! notes, CRDs, subcharts; and documents that are wrong.

use crate::{CHART, Inputs, Random, Sample};

const KINDS: &str = "ConfigMap|Secret|Service|Deployment|Namespace|Pod|Job|CronJob|Ingress|ServiceAccount|Role|RoleBinding|ClusterRole|\
    CustomResourceDefinition|PersistentVolumeClaim|StatefulSet|NetworkPolicy|HorizontalPodAutoscaler|APIService|Widget|Gadget|List|\
    PodDisruptionBudget|IngressClass|PriorityClass|StorageClass|LimitRange|ResourceQuota|DaemonSet|ReplicaSet|Endpoints|MutatingWebhookConfiguration";
const HOOKS: &str = "pre-install|post-install|pre-delete|post-upgrade|test|test-success|crd-install|pre-install,post-install|pre-rollback, test|nope|\"\"|PRE-INSTALL|post-install,nope";
const SEPARATORS: &[&str] = &[
    "---\n",
    "---\n",
    "---\n",
    "--- \n",
    "---\n---\n",
    "---\n\n",
    "--- # c\n",
    "\n---\n",
    "---\t\n",
    "---\r\n",
    " ---\n",
    "----\n",
    "--- a: b\n",
    "...\n",
    "---\n# only a comment\n---\n",
    "---\n   \n---\n",
    "--- |\n",
    "...\n---\n",
    "# c\n---\n",
];
const FLAGS: &[&[&str]] = &[
    &[],
    &[],
    &[],
    &[],
    &["--no-hooks"],
    &["--skip-tests"],
    &["--include-crds"],
    &["--is-upgrade"],
    &["-s", "templates/a.yaml"],
    &["-s", "templates/*.yaml"],
    &["--skip-crds", "--include-crds"],
    &["--include-crds", "--no-hooks"],
    &["--namespace", "other"],
];

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    Inputs::Samples((0..rounds).map(|_| sample(random)).collect())
}

fn sample(random: &mut Random) -> Sample {
    let mut sample = Sample::new([("c/Chart.yaml".to_owned(), CHART)]);
    for name in
        ["a.yaml", "b.yaml", "sub/c.yaml", "tests/d.yaml", "z.yml", "e.json", "f.txt", "B.yaml"]
    {
        if random.chance(60) {
            sample = sample.with(&format!("c/templates/{name}"), file(random));
        }
    }
    if random.chance(20) {
        sample = sample
            .with("c/templates/NOTES.txt", "notes: {{ .Release.Name }}\n")
            .with("c/templates/_p.yaml", "partial: 1\n");
    }
    if random.chance(30) {
        sample =
            sample.with("c/crds/a.yaml", file(random)).with("c/crds/b.json", "{\"kind\": \"X\"}");
    }
    if random.chance(40) {
        let head = CHART.replace("name: c", "name: s");
        sample = sample
            .with("c/charts/s/Chart.yaml", head)
            .with("c/charts/s/templates/a.yaml", file(random));
        sample = sample.with("c/charts/s/crds/s.yaml", "kind: CustomResourceDefinition\n");
    }
    sample.arguments(random.pick(FLAGS).iter().copied())
}

fn file(random: &mut Random) -> String {
    let mut text = random
        .word("||||---\n|# head\n|\n|  \n|# c\n---\n|\u{feff}|{{- /* c */ -}}\n|{{ \"\" }}")
        .to_owned();
    for number in 0..*random.pick(&[1, 1, 1, 2, 3]) {
        if number > 0 {
            text.push_str(random.pick::<&str>(SEPARATORS));
        }
        text.push_str(&document(random));
    }
    text.push_str(random.word("||||\n|\n\n|---\n|# tail\n|  "));
    match random.below(20) {
        0 => text.replace('\n', "\r\n"),
        1 => text.trim_end().to_owned(),
        2 => text.replace("kind", "  kind"),
        _ => text,
    }
}

fn document(random: &mut Random) -> String {
    match random.below(24) {
        0 => return random.word("|\n|# c\n|x\n|5\n|- a\n|- kind: X\n|a: b: c\n|kind: [\n|\ta: 1\n|kind: {a: 1}\n|kind: 5\n|{}\n|null\n|a: *x\n|a: 1\na: 2\n|kind: X\nkind: Y\n|{kind: X}\n|\"kind\": X\n|kind: X # c\n").to_owned(),
        1 => return "metadata: [1]\n".to_owned(),
        2 => return "kind: Pod\nmetadata:\n  annotations: x\n".to_owned(),
        _ => {}
    }
    let kind = random.word(KINDS);
    let mut text = format!(
        "apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {}\n",
        random.word("a|b|c|{{ .Release.Name }}|z|10|9")
    );
    if random.chance(35) {
        text.push_str("  annotations:\n");
        text.push_str(&annotations(random));
    }
    text.push_str(random.word("data:\n  k: v\n|data: {a: 1}\n||spec:\n  x: |\n    ---\n    y\n|d: |\n  l\n\n  # no comment\n|d: \"a\n  --- b\"\n|# c\n|e: \n"));
    text
}

fn annotations(random: &mut Random) -> String {
    let mut text = String::new();
    if random.chance(85) {
        text.push_str(&format!("    \"helm.sh/hook\": {}\n", random.word(HOOKS)));
    }
    if random.chance(60) {
        let weight =
            random.word("\"1\"|\"-5\"|\"0\"|\"10\"|5|\"x\"|\"1.5\"|\"\"|\" 3\"|\"+2\"|null|true");
        text.push_str(&format!("    helm.sh/hook-weight: {weight}\n"));
    }
    if random.chance(30) {
        let policy = random.word("hook-succeeded|before-hook-creation,hook-failed|nope|\"\"");
        text.push_str(&format!("    helm.sh/hook-delete-policy: {policy}\n"));
    }
    if text.is_empty() { "    a: b\n".to_owned() } else { text }
}
