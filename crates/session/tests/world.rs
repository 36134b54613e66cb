//! What a preview draws at random: the same from one keystroke to the next, another for each call.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use helm::{Capabilities, File, Limits, Options, Release, Renderer};
use serde_json::{Value as Json, json};
use session::{PreviewWorld, Timestamp};
use std::rc::Rc;

fn renderer(templates: &[(&str, &str)]) -> Renderer {
    let file = |name: &str, text: &str| File { name: name.to_owned(), data: text.into() };
    let mut files = vec![file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n")];
    files.extend(templates.iter().map(|(name, text)| file(&format!("templates/{name}"), text)));
    let world = PreviewWorld { now: Timestamp { seconds: 1_700_000_000, nanoseconds: 0 }, seed: 7 };
    Renderer::new(helm::load_files(files, &Limits::default()).unwrap(), Rc::new(world))
}

/// The fields of the manifest of `file`.
fn fields(renderer: &mut Renderer, given: &Json, file: &str) -> Json {
    let options = Options { keep_going: true, ..Options::default() };
    let rendered = renderer.render(given, &Release::default(), &Capabilities::default(), &options);
    assert!(rendered.errors.is_empty(), "{:?}", rendered.errors);
    let found = rendered.manifests.iter().find(|manifest| manifest.source.ends_with(file));
    yaml::from_str(&found.unwrap().text).unwrap()
}

const RANGE: &str = "{{ range list 1 2 3 }}\np{{ . }}: {{ randAlphaNum 16 }}{{ end }}\n\
    i1: {{ include \"p\" . }}\ni2: {{ include \"p\" . }}\n";
const HELPER: &str = "{{ define \"p\" }}{{ uuidv4 }}{{ end }}";

#[test]
fn calls_of_one_place_differ() {
    let mut renderer = renderer(&[("a.yaml", RANGE), ("_p.tpl", HELPER)]);
    let fields = fields(&mut renderer, &json!({}), "a.yaml");
    let drawn = ["p1", "p2", "p3", "i1", "i2"].map(|key| fields[key].as_str().unwrap());
    for (at, one) in drawn.iter().enumerate() {
        assert!(!drawn[..at].contains(one), "{drawn:?}");
    }
}

#[test]
fn what_is_drawn_stays_while_a_person_types() {
    let seen = format!("{RANGE}v: {{{{ .Values.v }}}}\n");
    let other = "{{ if .Values.more }}{{ include \"p\" . }}{{ end }}";
    let mut renderer =
        renderer(&[("a.yaml", RANGE), ("b.yaml", &seen), ("0.yaml", other), ("_p.tpl", HELPER)]);
    let first = fields(&mut renderer, &json!({"v": 1}), "a.yaml");
    assert_eq!(first, fields(&mut renderer, &json!({"v": 1}), "a.yaml"));
    let before = fields(&mut renderer, &json!({"v": 1}), "b.yaml");
    let mut after = fields(&mut renderer, &json!({"v": 2}), "b.yaml");
    assert_eq!(after["v"], json!(2));
    after["v"] = json!(1);
    assert_eq!(before, after);
}

#[test]
fn certificates_of_one_authority_name_it() {
    let text = "{{ $ca := genCA \"ca\" 365 }}\na: {{ $ca.Cert | b64enc }}\nb: {{ $ca.Cert | b64enc }}\n\
        {{- range list 1 2 }}\ns{{ . }}: {{ (genSignedCert \"x\" nil nil 365 $ca).Cert | b64enc }}{{ end }}\n";
    let mut renderer = renderer(&[("a.yaml", text)]);
    let first = fields(&mut renderer, &json!({}), "a.yaml");
    assert_eq!(first["a"], first["b"]);
    assert_ne!(first["s1"], first["s2"]);
    assert_eq!(first, fields(&mut renderer, &json!({"v": 2}), "a.yaml"));
}
