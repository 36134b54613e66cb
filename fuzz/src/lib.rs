//! What each fuzz target does with its bytes. None may panic, hang or take memory without bound,
//! whatever the bytes are.

use gotemplate::{Budget, Heap, MissingKey, NoObserver, Options, TemplateSet};
use helm::strvals::Mode;
use serde_json::{Value as Json, json};
use std::rc::Rc;

/// Nothing by chance, and the same answer each time.
struct Still;

impl sprig::World for Still {
    fn now(&self) -> sprig::Timestamp {
        sprig::Timestamp { seconds: 1_700_000_000, nanoseconds: 5 }
    }

    fn fill_random(&self, _: sprig::Place<'_>, out: &mut [u8]) {
        out.fill(7);
    }

    fn key_bits(&self) -> usize {
        512
    }
}

/// The page's limits, with less of everything: a fuzzer wants many executions.
fn limits() -> gotemplate::Limits {
    gotemplate::Limits {
        steps: 200_000,
        output: 1 << 20,
        string: 1 << 20,
        elements: 100_000,
        memory: 32 << 20,
        ..gotemplate::Limits::default()
    }
}

fn set() -> TemplateSet {
    let functions = sprig::functions(Rc::new(Still), sprig::Mode::Render);
    TemplateSet::new(Rc::new(functions), limits())
}

pub fn template_parse(data: &[u8]) {
    let _ = set().parse("a", data);
}

fn values() -> Json {
    json!({
        "Values": {
            "a": "text", "b": 3, "f": 1.5, "t": true, "n": null, "l": [1, "two", {"x": "y"}],
            "m": {"k": "v", "deep": {"er": [[], {}]}}, "e": "", "u": "é€🦀", "big": 9_007_199_254_740_993_i64,
            "tpl": "{{ .Values.a }}", "yaml": "a: [1, {b: c}]\n", "json": "{\"a\": [1.5, null]}",
            "semver": "1.2.3-rc.1+b", "url": "http://u:p@h:1/p?q#f", "time": "2024-02-29T12:00:00Z"
        },
        "Release": {"Name": "r", "Namespace": "n", "IsInstall": true},
        "Chart": {"Name": "c", "Version": "1.0.0"}
    })
}

/// Keys take seconds, passwords a tenth of one: they would be all that is fuzzed.
const SLOW: [&[u8]; 6] =
    [b"gen", b"derivePassword", b"htpasswd", b"bcrypt", b"buildCustomCert", b"encryptAES"];

pub fn template_execute(data: &[u8]) {
    let slow = |word: &&[u8]| data.windows(word.len()).any(|window| window == *word);
    if SLOW.iter().any(|word| slow(&word)) {
        return;
    }
    let mut set = set();
    if set.parse("a", data).is_err() {
        return;
    }
    let set = Rc::new(set);
    let heap = Heap::enter();
    let dot = sprig::json::to_value(&values());
    let mut budget = Budget::new(limits());
    let options = Options { missing_key: MissingKey::Zero };
    let result = gotemplate::execute(&set, "a", dot, &options, &mut budget, &mut NoObserver);
    if let Ok(output) = result {
        assert!(output.len() <= limits().output);
    }
    drop(heap);
}

/// What was read and written is read back the same.
pub fn yaml_read(data: &[u8]) {
    let Ok(read) = yaml::from_slice(data) else { return };
    // As in Helm, a NEL becomes a line break on its way through JSON.
    let folds = read.to_string().contains('\u{85}');
    if !folds && let Ok(text) = yaml::to_string(&read) {
        let again = yaml::from_str(&text);
        assert_eq!(again.as_ref(), Ok(&read), "read, written, read:\n{text}");
    }
    let _ = yaml::to_string_pretty(&read);
    let text = String::from_utf8_lossy(data);
    let change = [(vec![yaml::edit::Step::Key("a".to_owned())], json!("b"))];
    if let Ok(edited) = yaml::edit::apply(&text, &change) {
        let _ = yaml::from_str(&edited);
    }
    let _ = helm::read_values(data);
}

fn small_limits() -> helm::Limits {
    helm::Limits { unpacked: 4 << 20, file: 1 << 20, entries: 1_000, ..helm::Limits::default() }
}

/// `data` as an archive, and as what stands in one: a mutation seldom leaves a checksum right.
pub fn chart_archive(data: &[u8]) {
    let _ = helm::load_archive(data, &small_limits());
    let _ = helm::unpack(data, &small_limits());
    let file = |name: &str, data: &[u8]| helm::File { name: name.to_owned(), data: data.to_vec() };
    let parts: Vec<&[u8]> = data.split(|byte| *byte == 0).collect();
    let names = ["Chart.yaml", ".helmignore", "values.yaml", "charts/a.tgz", "requirements.yaml"];
    let files = names.iter().zip(parts).map(|(name, part)| file(name, part)).collect();
    let _ = helm::load_files(files, &small_limits());
}

pub fn set_parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut values = json!({"a": {"b": [1, {"c": 2}]}, "d": "e"});
    for mode in [Mode::Typed, Mode::String, Mode::Json, Mode::Literal, Mode::File] {
        let _ = helm::strvals::parse_into(&text, mode, &mut values);
    }
}

pub fn cel(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(program) = checks::cel::Program::compile(text) else { return };
    let this = checks::cel::Cel::from_json(&values()["Values"]);
    let _ = program.evaluate(&[("self", this)], 100_000);
}

/// A request of any bytes, answered by a session that has a chart open.
pub fn wire_request(data: &[u8]) {
    let Ok(request) = session::wire::decode_request(data) else { return };
    let encoded = session::wire::encode_request(&request);
    assert!(encoded.is_ok(), "what was read can be written");
    let world = session::PreviewWorld {
        now: session::Timestamp { seconds: 1_700_000_000, nanoseconds: 0 },
        seed: 7,
    };
    let template = limits();
    let mut session = session::Session::new(Rc::new(world), &[])
        .with_limits(helm::Limits { template, ..small_limits() });
    let chart = [
        ("Chart.yaml", "apiVersion: v2\nname: h\nversion: 0.1.0\n"),
        ("values.yaml", "a: 1\nb: {c: [1, 2]}\n"),
        ("templates/a.yaml", "kind: ConfigMap\nmetadata:\n  name: {{ .Values.a }}\n"),
    ];
    let file = |(name, data): (&str, &str)| session::InputFile {
        name: name.to_owned(),
        data: data.as_bytes().to_vec(),
    };
    let files = chart.map(file).into();
    let source = session::OpenSource::Files { name: "h".to_owned(), files };
    session.handle(session::Request::Open { source });
    let _ = session::wire::encode_reply(&session.handle(request));
}
