//! What crosses from the worker to the page: only what has changed since what the page holds.

use serde_json::{Value as Json, json};
use session::{Job, OpenSource, Overrides, Reply, Request};
use std::collections::BTreeMap;

use crate::page::Page;
use crate::support::{names, open, open_source};

fn edit(path: &str, value: Json) -> Job {
    let overrides = BTreeMap::from([(path.parse().unwrap(), value)]);
    Job { overrides, provenance: true, ..Job::default() }
}

#[test]
fn only_lines_that_changed_travel() {
    let mut open = open("004-phase4-kubernetes");
    open.run(&Job { provenance: true, ..Job::default() });
    let (preview, review) =
        open.page.changes(&mut open.session, &edit("frontend.replicas", json!(4)));
    let release = &preview.releases[0];
    let key = open.page.preview.releases[0]
        .manifests
        .iter()
        .find(|it| it.head.name == "frontend-deployment")
        .unwrap()
        .head
        .key;
    let [(changed, hunks)] = release.texts.as_slice() else { panic!("{:?}", release.texts) };
    assert_eq!(*changed, key);
    let [hunk] = hunks.as_slice() else { panic!("{hunks:?}") };
    assert_eq!((hunk.removed, hunk.items.as_slice()), (1, ["  replicas: 4".to_owned()].as_slice()));
    // Its digest is new, nothing else of any head is.
    let [heads] = release.heads.as_slice() else { panic!("{:?}", release.heads) };
    assert_eq!((heads.removed, heads.items.len(), heads.items[0].key), (1, 1, key));
    assert_eq!(review.findings, []);
    assert_eq!(review.rollouts.len(), 1, "the rollout of the workload that has other replicas");
    assert!(!review.releases[0].values_yaml.is_empty());
}

#[test]
fn a_job_that_changes_nothing_sends_nothing() {
    let mut open = open("004-phase4-kubernetes");
    open.run(&edit("frontend.replicas", json!(4)));
    let (preview, review) =
        open.page.changes(&mut open.session, &edit("frontend.replicas", json!(4)));
    assert_eq!(
        (preview.releases[0].heads.as_slice(), preview.releases[0].texts.as_slice()),
        (&[][..], &[][..])
    );
    let release = &review.releases[0];
    assert!(review.findings.is_empty() && review.rollouts.is_empty() && review.derived.is_empty());
    assert!(release.values_yaml.is_empty() && release.unread.is_empty());
}

#[test]
fn a_page_that_holds_something_else_is_sent_everything() {
    let mut open = open("004-phase4-kubernetes");
    open.run(&Job::default());
    let stranger = Page::default();
    let (preview, review) =
        stranger.changes(&mut open.session, &edit("frontend.replicas", json!(4)));
    assert_eq!((preview.since, review.since), (0, 0));
    assert_eq!(preview.releases[0].texts.len(), open.page.preview.releases[0].manifests.len());
}

#[test]
fn a_job_overtaken_before_its_review_is_reviewed_with_the_next() {
    let mut open = open("004-phase4-kubernetes");
    open.run(&Job::default());
    let held = session::Held { preview: 1, review: 1 };
    let job = Job { revision: 2, held, ..edit("frontend.replicas", json!(4)) };
    assert!(
        matches!(open.session.handle(Request::Run { job }), Reply::Rendered { changes } if changes.since == 1)
    );
    let held = session::Held { preview: 2, review: 1 };
    let job = Job { revision: 3, held, ..edit("frontend.replicas", json!(5)) };
    assert!(
        matches!(open.session.handle(Request::Run { job }), Reply::Rendered { changes } if changes.since == 2)
    );
    match open.session.review() {
        Some(Reply::Reviewed { changes }) => assert_eq!((changes.since, changes.revision), (1, 3)),
        other => panic!("{other:?}"),
    }
    assert!(open.session.review().is_none(), "it is told once");
}

/// A generator of numbers that look random, the same on every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

fn leaves(value: &Json, at: &session::Path, found: &mut Vec<session::Path>) {
    match value {
        Json::Object(fields) => {
            fields.iter().for_each(|(key, value)| leaves(value, &at.key(key.as_str()), found));
        }
        _ => found.push(at.clone()),
    }
}

/// Jobs as a person makes them: one edit more, one less, another preset, another release name.
fn next_job(
    job: &Job,
    leaves: &[session::Path],
    presets: &[Option<String>],
    random: &mut Random,
) -> Job {
    let mut job = job.clone();
    let edits: &mut Overrides = &mut job.overrides;
    match random.below(8) {
        0 => job.preset = presets[random.below(presets.len())].clone(),
        1 => {
            job.releases.iter_mut().for_each(|it| it.name = ["a", "b"][random.below(2)].to_owned());
        }
        2 if !edits.is_empty() => {
            let taken = edits.keys().nth(random.below(edits.len())).cloned();
            taken.map(|path| edits.remove(&path));
        }
        _ => {
            let values =
                [json!(null), json!(7), json!(""), json!("x"), json!(true), json!({}), json!([1])];
            let path = leaves[random.below(leaves.len())].clone();
            edits.insert(path, values[random.below(values.len())].clone());
        }
    }
    job
}

#[test]
fn after_any_edits_the_page_holds_what_a_fresh_run_gives() {
    let mut random = Random(9);
    for name in names() {
        let mut kept = open(&name);
        let presets = kept.presets();
        let mut paths = Vec::new();
        leaves(&kept.card.defaults, &session::Path::root(), &mut paths);
        let releases = kept.card.releases.iter().map(|it| session::ReleaseInput {
            name: it.name.clone(),
            namespace: it.namespace.clone(),
        });
        let mut job = Job { provenance: true, releases: releases.collect(), ..Job::default() };
        for step in 0..12 {
            job = next_job(&job, &paths, &presets, &mut random);
            let held = kept.run(&job);
            let mut fresh = open(&name);
            let whole = fresh.run(&job);
            let context = format!("{name}, step {step}: {job:?}");
            assert_eq!(held.review.findings, whole.review.findings, "{context}");
            assert_eq!(held.review.rollouts, whole.review.rollouts, "{context}");
            assert_eq!(held.review.derived, whole.review.derived, "{context}");
            assert_eq!(held.review.releases, whole.review.releases, "{context}");
            same_preview(&held.preview, &whole.preview, &context);
        }
    }
}

/// Equal but for the keys, and for what is kept of a template that fails.
fn same_preview(held: &session::Preview, whole: &session::Preview, context: &str) {
    for (held, whole) in held.releases.iter().zip(&whole.releases) {
        assert_eq!(
            (&held.name, &held.notes, &held.problem),
            (&whole.name, &whole.notes, &whole.problem),
            "{context}"
        );
        let plain = |release: &session::ReleasePreview| -> Vec<(String, String, String, String)> {
            let good = release.manifests.iter().filter(|it| !it.head.stale);
            good.map(|it| {
                let head = &it.head;
                (head.kind.clone(), head.name.clone(), head.source.clone(), it.text.clone())
            })
            .collect()
        };
        assert_eq!(plain(held), plain(whole), "{context}");
        let mut keys: Vec<u32> = held.manifests.iter().map(|it| it.head.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), held.manifests.len(), "keys are unique: {context}");
    }
}

#[test]
fn a_manifest_keeps_its_key_when_the_release_name_changes() {
    let mut open = open("004-phase4-kubernetes");
    open.run(&Job::default());
    let keys = |page: &Page| -> Vec<u32> {
        page.preview.releases[0].manifests.iter().map(|it| it.head.key).collect()
    };
    let before = keys(&open.page);
    let releases =
        vec![session::ReleaseInput { name: "other".to_owned(), namespace: "elsewhere".to_owned() }];
    let after = keys(open.run(&Job { releases, ..Job::default() }));
    assert_eq!(before.len(), after.len());
    let kept = after.iter().filter(|key| before.contains(key)).count();
    assert_eq!(kept, before.len());
}

#[test]
fn equal_documents_of_one_template_have_keys_of_their_own() {
    let file = |name: &str, text: &str| session::InputFile {
        name: format!("c/{name}"),
        data: text.into(),
    };
    let files = vec![
        file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        file("values.yaml", "count: 3\n"),
        file(
            "templates/t.yaml",
            "{{ range until (int .Values.count) }}\n---\nkind: T\nmetadata: {name: same}\n{{ end }}",
        ),
    ];
    let mut open = open_source(OpenSource::Files { name: "c".to_owned(), files });
    for count in [3, 1, 4] {
        let page = open.run(&edit("count", json!(count)));
        assert_eq!(page.preview.releases[0].manifests.len(), count);
    }
}

/// Where an empty value of the chart is told apart, the page must be told, too.
#[test]
fn a_default_that_is_null_crosses_to_the_page() {
    let field = session::Field { default: Some(Json::Null), ..session::Field::default() };
    let root = session::Field { children: vec![field], ..session::Field::default() };
    let form = session::Form { root, ..session::Form::default() };
    let card = Box::new(session::StackCard { form, ..session::StackCard::default() });
    let message = session::wire::encode_reply(&Reply::Opened { card }).unwrap();
    match session::wire::decode_reply(&message).unwrap() {
        Reply::Opened { card } => assert_eq!(card.form.root.children[0].default, Some(Json::Null)),
        other => panic!("{other:?}"),
    }
}
