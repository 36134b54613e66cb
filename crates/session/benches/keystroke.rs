//! The worker's part of a keystroke: one value changes, what it changes comes out: `cargo bench -p session`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench fails by panicking")]

#[path = "../tests/deployments/folder.rs"]
mod folder;
#[path = "../tests/deployments/page.rs"]
mod page;

use criterion::{Criterion, criterion_group, criterion_main};
use page::Page;
use serde_json::json;
use session::{Job, PreviewWorld, Reply, Request, Session, Timestamp};
use std::collections::BTreeMap;
use std::rc::Rc;

fn open(name: &str) -> Session {
    let world = PreviewWorld { now: Timestamp { seconds: 0, nanoseconds: 0 }, seed: 7 };
    let mut session = Session::new(Rc::new(world), &[]);
    let source = folder::source(name);
    assert!(matches!(session.handle(Request::Open { source }), Reply::Opened { .. }));
    session
}

fn benches(criterion: &mut Criterion) {
    let cases = [
        ("004-phase4-kubernetes", "backend.replicas"),
        ("003-cloud-native-deployment", "todo-backend.replicas"),
    ];
    for (name, path) in cases {
        let mut session = open(name);
        let mut page = Page::default();
        let mut replicas = 0;
        criterion.bench_function(&format!("keystroke in {name}"), |bench| {
            bench.iter(|| {
                replicas = 1 + (replicas + 1) % 5;
                let overrides = BTreeMap::from([(path.parse().unwrap(), json!(replicas))]);
                page.run(&mut session, &Job { overrides, provenance: true, ..Job::default() });
            });
        });
    }
}

criterion_group!(all, benches);
criterion_main!(all);
