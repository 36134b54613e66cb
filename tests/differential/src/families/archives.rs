//! Charts and subcharts as archives: whole, odd, and wrong ones.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::charts::tree;
use crate::{CHART, Inputs, Random, Sample};

type Entries = Vec<(String, String)>;

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let show = "v: {{ toJson .Values }}\n";
    let samples: Vec<_> = archives()
        .into_iter()
        .flat_map(|data| {
            let mut alone = Sample::new([("c.tgz".to_owned(), data.clone())]);
            alone.arguments = vec!["r".to_owned(), "c.tgz".to_owned()];
            [alone, Sample::chart(show).with("c/charts/s-1.tgz", data)]
        })
        .collect();
    Inputs::Samples(random.some(&samples, rounds))
}

fn archives() -> Vec<Vec<u8>> {
    let files: Entries = tree()
        .files
        .into_iter()
        .filter_map(|(name, data)| Some((name, String::from_utf8(data).ok()?)))
        .collect();
    let renamed = |change: &dyn Fn(&str) -> String| -> Entries {
        files.iter().map(|(name, text)| (change(name), text.clone())).collect()
    };
    let more = |name: &str, text: &str| {
        let mut files = files.clone();
        files.push((name.to_owned(), text.to_owned()));
        files
    };
    let one = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
    let mut all: Vec<_> = [
        files.clone(),
        more("c/.helmignore", "*.md\n"),
        renamed(&|name| name.replacen("c/", "other/", 1)),
        renamed(&|name| name.replacen("c/", "", 1)),
        renamed(&|name| format!("./{name}")),
        more("d/a.md", "other\n"),
        more("c/values.yaml", "a: 2\n"),
        more("c/../../evil", "x"),
        more("/c/evil", "x"),
        more("c\\templates\\w.yaml", "w: 1\n"),
        more("c/templates/x.yaml", "\u{feff}a: {{ .Values.a }}\n"),
        one("c/values.yaml", "a: 1\n"),
        one("c/Chart.yaml", CHART),
        Vec::new(),
    ]
    .map(|entries| gzip(&tar(&entries)))
    .into();
    let whole = gzip(&tar(&files));
    all.extend([
        gzip(b"text"),
        tar(&files),
        whole[..100].to_vec(),
        vec![0, 1, 2],
        b"hello\n".to_vec(),
    ]);
    all
}

/// A tar of plain files.
fn tar(entries: &Entries) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, text) in entries {
        let mut head = [0_u8; 512];
        let mut put =
            |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
        put(0, name);
        put(100, "0000644\x000000000\x000000000\x00");
        put(124, &format!("{:011o}\x0000000000000\x00        0", text.len()));
        put(257, "ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        out.extend(head);
        out.extend(text.as_bytes());
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}
