//! Archives that unpack to more, or to elsewhere, than they should.

use super::support::*;
use std::io::Write;

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

fn entry(name: &str, data: &[u8]) -> Vec<u8> {
    typed_entry(name, data, b'0')
}

/// One entry of a tar, made by hand so that names may be what no library would write.
fn typed_entry(name: &str, data: &[u8], kind: u8) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[108..116].copy_from_slice(b"0000000\0");
    header[116..124].copy_from_slice(b"0000000\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
    header[136..148].copy_from_slice(b"00000000000\0");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.extend_from_slice(data);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

fn tgz(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut tar = entries.concat();
    tar.resize(tar.len() + 1_024, 0);
    gzip(&tar)
}

#[test]
fn a_tar_bomb_is_refused() {
    let zeros = vec![0; 33 << 20];
    let bomb = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry("h/big", &zeros)]);
    let problem = refused(bomb);
    assert!(problem.contains("unpacks to more than 32 MiB (stopped at h/big"), "{problem}");
}

#[test]
fn many_large_files_are_one_bomb() {
    let zeros = vec![0; 4 << 20];
    let mut entries = vec![entry("h/Chart.yaml", CHART.as_bytes())];
    entries.extend((0..9).map(|at| entry(&format!("h/big{at}"), &zeros)));
    assert!(refused(tgz(&entries)).contains("unpacks to more than 32 MiB"));
}

#[test]
fn what_archives_inside_unpack_to_counts_together() {
    let zeros = vec![0; 15 << 20];
    let inner = tgz(&[entry("s/Chart.yaml", CHART.as_bytes()), entry("s/big", &zeros)]);
    let mut entries = vec![entry("h/Chart.yaml", CHART.as_bytes())];
    entries.extend((0..4).map(|at| entry(&format!("h/charts/s{at}.tgz"), &inner)));
    let problem = refused(tgz(&entries));
    assert!(problem.contains("error unpacking subchart"), "{problem}");
    assert!(problem.contains("unpacks to more than 32 MiB"), "{problem}");
}

#[test]
fn archives_inside_each_other_are_refused() {
    let mut inner = tgz(&[entry("h/Chart.yaml", CHART.as_bytes())]);
    for _ in 0..12 {
        inner = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry("h/charts/h.tgz", &inner)]);
    }
    let problem = refused(inner);
    assert!(problem.contains("charts are nested more than 8 deep"), "{problem}");
}

#[test]
fn a_long_name_of_a_tar_counts_as_well() {
    let name = vec![b'a'; 80 << 20];
    let bomb = tgz(&[typed_entry("././@LongLink", &name, b'L'), entry("h/Chart.yaml", b"")]);
    assert!(refused(bomb).contains("unpacks to more than 32 MiB"));
}

#[test]
fn folders_of_a_tar_count_as_well() {
    let folder = typed_entry("h/folder/", b"", b'5');
    let entries: Vec<_> = (0..20_000).map(|_| folder.clone()).collect();
    assert!(refused(tgz(&entries)).contains("more than 10000 files"));
}

#[test]
fn very_many_small_files_are_refused() {
    let entries: Vec<_> = (0..10_001).map(|at| entry(&format!("h/f{at}"), b"")).collect();
    assert!(refused(tgz(&entries)).contains("more than 10000 files"));
    let mut parts = chart("", "");
    parts.extend((0..10_000).map(|at| (format!("f{at}"), Vec::new())));
    let problem = small(move || open(&mut session(), files(parts)).unwrap_err());
    assert!(problem.contains("more than 10000 files"), "{problem}");
}

#[test]
fn names_that_leave_the_chart_are_refused() {
    for name in [
        "h/../../evil",
        "h/a/../../../evil",
        "/etc/passwd",
        "h//etc/passwd",
        "h/c:/evil",
        "..\\..\\evil",
    ] {
        let data = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry(name, b"x")]);
        let problem = refused(data);
        let words = ["points outside", "absolute path", "names a drive", "illegal"];
        assert!(words.iter().any(|words| problem.contains(words)), "{name}: {problem}");
    }
    let long = format!("h/{}", "a/".repeat(40));
    assert!(refused(tgz(&[entry(&long, b"x")])).contains("deeper than 32 folders"));
}

#[test]
fn links_and_devices_are_empty_files() {
    for kind in [b'1', b'2', b'3', b'4', b'6'] {
        let mut link = typed_entry("h/templates/a.yaml", b"", kind);
        link.truncate(512);
        let data = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), link]);
        let opened = small(move || open(&mut session(), archive(data)).map(|card| card.name));
        assert_eq!(opened.as_deref(), Ok("h"));
    }
}

#[test]
fn a_zip_bomb_is_refused() {
    let file = helm::File { name: "big".to_owned(), data: vec![0; 33 << 20] };
    let chart_yaml = helm::File { name: "Chart.yaml".to_owned(), data: CHART.into() };
    let data = helm::zip(&[chart_yaml, file]).unwrap();
    assert!(refused(data).contains("unpacks to more than 32 MiB"));
}

#[test]
fn an_archive_cut_anywhere_is_told() {
    let whole = tgz(&[
        entry("h/Chart.yaml", CHART.as_bytes()),
        entry("h/templates/a.yaml", "a: {{ .Values.a }}\n".repeat(100).as_bytes()),
    ]);
    small(move || {
        for length in 0..whole.len() - 1 {
            let cut = archive(whole[..length].to_vec());
            let _ = open(&mut session(), cut);
        }
    });
}

#[test]
fn metadata_that_reaches_for_paths_is_refused() {
    for text in [
        "apiVersion: v2\nname: ../../x\nversion: 0.1.0\n",
        "apiVersion: v2\nname: .\nversion: 0.1.0\n",
        "apiVersion: v2\nname: ..\nversion: 0.1.0\n",
        "apiVersion: v2\nname: h\nversion: \"\\e[31m1\"\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\ndependencies: [null]\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\nmaintainers: [null]\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\ndependencies: [{name: s, version: 1.0.0, alias: ../z}]\n",
    ] {
        let parts = vec![
            ("Chart.yaml".to_owned(), text.as_bytes().to_vec()),
            ("templates/a.yaml".to_owned(), b"a: 1".to_vec()),
        ];
        let refused = small(move || {
            let mut session = session();
            open(&mut session, files(parts)).is_err()
                || match session.handle(Request::Run { job: Job::default() }) {
                    Reply::Rendered { changes } => changes.releases[0].problem.is_some(),
                    _ => true,
                }
        });
        assert!(refused, "{text}");
    }
}

#[test]
fn patterns_of_files_to_ignore_are_matched_in_bounded_time() {
    let mut parts = chart("a: 1", "");
    let pattern = format!("{}b\n", "a*".repeat(200)).repeat(200);
    parts.push((".helmignore".to_owned(), pattern.into_bytes()));
    parts.push(("a".repeat(1_000), Vec::new()));
    assert!(outcome(&run_files(parts)).is_ok());
}
