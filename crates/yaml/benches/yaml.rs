//! Reading and writing large documents: `cargo bench -p yaml`.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;

/// A values file of about 10,000 lines.
fn document() -> String {
    let mut text = String::new();
    for at in 0..1000 {
        let _ = write!(
            text,
            "service{at}:\n  # How many.\n  replicas: {at}\n  enabled: true\n  image:\n    repository: registry.example.com/team/service-{at}\n    tag: \"1.{at}\"\n  args: [--verbose, '--port={at}']\n  script: |\n    echo {at}\n    exit 0\n"
        );
    }
    text
}

fn benches(criterion: &mut Criterion) {
    let text = document();
    let value = yaml::from_str(&text).unwrap();
    let mut group = criterion.benchmark_group("large document");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("from_str", |bench| {
        bench.iter(|| yaml::from_str(black_box(&text)).unwrap());
    });
    group.bench_function("to_string", |bench| {
        bench.iter(|| yaml::to_string(black_box(&value)).unwrap());
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
