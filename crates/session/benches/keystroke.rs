//! The worker's part of a keystroke: one value changes, a report comes out: `cargo bench -p session`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use session::{InputFile, Job, OpenSource, PreviewWorld, Reply, Request, Session, Timestamp, wire};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn walk(root: &Path, folder: &Path, files: &mut Vec<InputFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(InputFile { name, data: std::fs::read(path).unwrap() });
        }
    }
}

fn open(name: &str) -> Session {
    let charts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../charts");
    let mut files = Vec::new();
    walk(&charts, &charts.join(name), &mut files);
    let world = PreviewWorld { now: Timestamp { seconds: 0, nanoseconds: 0 }, seed: 7 };
    let mut session = Session::new(Rc::new(world), &[]);
    let source = OpenSource::Files { name: name.to_owned(), files };
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
