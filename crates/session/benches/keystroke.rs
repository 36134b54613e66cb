//! The worker's part of a keystroke: one value changes, a report comes out: `cargo bench -p session`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench fails by panicking")]

#[path = "../tests/deployments/folder.rs"]
mod folder;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use session::{Job, PreviewWorld, Reply, Request, Session, Timestamp, wire};
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
        let mut revision = 0;
        criterion.bench_function(&format!("keystroke in {name}"), |bench| {
            bench.iter(|| {
                revision += 1;
                let overrides = BTreeMap::from([(path.parse().unwrap(), json!(1 + revision % 5))]);
                let job = Job { revision, overrides, provenance: true, ..Job::default() };
                let request = wire::encode_request(&Request::Run { job }).unwrap();
                let reply = session.handle(wire::decode_request(&request).unwrap());
                let text = wire::encode_reply(&reply).unwrap();
                assert!(matches!(wire::decode_reply(&text).unwrap(), Reply::Report { .. }));
            });
        });
    }
}

criterion_group!(all, benches);
criterion_main!(all);
