//! Each dialect on a text of its own, through the form that comes of it.

use crate::{Control, Empty, Field, Form, Notes, Sources};
use serde_json::{Value as Json, json};

fn form(text: &str) -> Form {
    let values = without_nulls(yaml::from_str(text).unwrap());
    Form::build(None, &values, text)
}

/// As Helm coalesces a chart's defaults.
fn without_nulls(value: Json) -> Json {
    match value {
        Json::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            Json::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        other => other,
    }
}

fn at<'f>(form: &'f Form, path: &str) -> &'f Field {
    form.field(&path.parse().unwrap()).unwrap_or_else(|| panic!("{path} is a field"))
}

#[test]
fn helm_docs() {
    let form = form(
        "# about the file\n\n# -- (int) How many\n# run, with `x`.\n# @default -- made when rendered\n\
         # @section -- Size\nreplicas:\n# -- Lines\n# @raw\n#   * one\n#   * two\nraw: x\n\
         # -- Not shown\n# @ignored\nhidden: 1\nfar:\n  below: 1\nlast: 2\n\n# far.below -- Told far away\n# @section -- Size\n",
    );
    let replicas = at(&form, "replicas");
    assert_eq!(replicas.description, "How many run, with `x`.");
    assert_eq!(replicas.default_text, "made when rendered");
    assert_eq!(replicas.default, Some(Json::Null));
    assert_eq!(replicas.control, Control::Number { integer: true });
    assert_eq!(at(&form, "raw").description, "Lines\n* one\n* two");
    assert_eq!(form.field(&"hidden".parse().unwrap()), None);
    assert_eq!(at(&form, "far.below").description, "Told far away");
    let names: Vec<(String, &str)> =
        form.root.children.iter().map(|it| (it.path.to_string(), it.group.as_str())).collect();
    let expected = [("raw", ""), ("far", ""), ("last", ""), ("replicas", "Size")];
    assert_eq!(names, expected.map(|(name, group)| (name.to_owned(), group)));
}

#[test]
fn readme_generator() {
    let form = form(
        "## @section Global parameters\n## About them all\n\n## @param global.registry Where from\n## @skip global.hidden\n##\n\
         global:\n  registry: \"\"\n  hidden: 1\n\n## @section Common parameters\n\n\
         ## @param names [array, nullable] Names of `hosts`\n## @param size [string, default: 8Gi] Room\n\
         names:\nsize: \"\"\n## @extra more Not written here\n## @param global.other [object] Else\n",
    );
    let (global, names) = (at(&form, "global"), at(&form, "names"));
    assert_eq!(
        (global.group.as_str(), names.group.as_str()),
        ("Global parameters", "Common parameters")
    );
    assert_eq!(at(&form, "global.registry").description, "Where from");
    assert_eq!(form.field(&"global.hidden".parse().unwrap()), None);
    assert_eq!(names.description, "Names of `hosts`");
    assert_eq!(names.control, Control::Yaml);
    assert_eq!(at(&form, "size").default_text, "8Gi");
    assert_eq!(at(&form, "more").description, "Not written here");
}

#[test]
fn helm_schema() {
    let form = form(
        "# @schema\n# type: integer\n# minimum: 1\n# enum:\n#   - 1\n#   - 3\n# required: true\n# @schema\n# How many\n\
         replicas: 1\n# @schema type:[string, null];pattern:^a;title:The name\nname: a\n\
         level: info # @schema enum:[debug, info];hidden:false\n# @schema item:string\nhosts: []\n",
    );
    let replicas = at(&form, "replicas");
    assert_eq!(replicas.description, "How many");
    assert_eq!(replicas.constraints.minimum, Some(1.0));
    assert_eq!(replicas.constraints.choices, [json!(1), json!(3)]);
    assert!(replicas.required && matches!(replicas.control, Control::Select { .. }));
    let name = at(&form, "name");
    assert_eq!(
        (name.title.as_str(), name.constraints.pattern.as_deref()),
        ("The name", Some("^a"))
    );
    assert_eq!(name.empties(), [Empty::Null, Empty::Text]);
    assert!(
        matches!(&at(&form, "level").control, Control::Select { options } if options.len() == 2)
    );
    assert!(!at(&form, "level").description.contains('@'));
}

#[test]
fn plain_comments() {
    let form = form(
        "# The port\n# to listen on\nport: 80 # not this\nhost: \"a # b\" # beside it\n# =====\n\nalone: 1\n\
         script: |\n  # no comment\n  run\nafter: 1\nnested:\n  # deeper\n  key: v\nempty: # said of nothing\n",
    );
    for (path, text) in [
        ("port", "The port to listen on"),
        ("host", "beside it"),
        ("alone", ""),
        ("after", ""),
        ("nested.key", "deeper"),
        ("empty", "said of nothing"),
    ] {
        assert_eq!(at(&form, path).description, text, "{path}");
    }
}

#[test]
fn examples_are_read_and_prose_is_not() {
    let form = form(
        "items: []\n  # - name: a\n  #   value: b\npodLabels: {}\n# key: value\n\nargs: []\n# - --verbose\n\
         other: {}\n# Text about next: it\nnext: 1\n# -- Rules.\n# Example:\n# - a: 1\nrules: []\n\
         ## @param vars Variables\n## e.g:\n## vars:\n##   - name: FOO\n##     value: bar\n##\nvars: []\n\
         advice: {}\n  # We usually recommend not to: it is\n  # a choice.\n  # limits:\n  #   cpu: 100m\n",
    );
    let example = |path: &str| at(&form, path).examples.first().cloned().unwrap_or_default();
    assert_eq!(example("items"), json!([{"name": "a", "value": "b"}]));
    assert_eq!(example("podLabels"), json!({"key": "value"}));
    assert_eq!(example("other"), Json::Null);
    assert_eq!(example("rules"), json!([{"a": 1}]));
    assert_eq!(at(&form, "rules").description, "Rules. Example:");
    assert_eq!(example("vars"), json!([{"name": "FOO", "value": "bar"}]));
    assert_eq!(at(&form, "vars").description, "Variables");
    assert_eq!(example("advice"), json!({"limits": {"cpu": "100m"}}));
    assert!(matches!(at(&form, "podLabels").control, Control::Map { .. }));
    assert_eq!(at(&form, "next").description, "Text about next: it");
}

#[test]
fn questions() {
    let text = "db:\n  on: false\n  kind: a\n  password: \"\"\n  size: 1\n";
    let values = yaml::from_str(text).unwrap();
    let mut notes = Notes::read("db:\n  # a comment\n  on: false\n");
    notes.ask(&json!({"questions": [
        {"variable": "db.on", "label": "Own database", "type": "boolean", "group": "Storage",
         "description": "Runs one", "show_subquestion_if": true, "subquestions": [
            {"variable": "db.kind", "type": "enum", "options": ["a", "b"], "required": true},
            {"variable": "db.password", "type": "password", "show_if": "db.kind=b"},
            {"variable": "db.size", "type": "int", "min": 1, "max": 9}
        ]},
        {"variable": "text", "type": "multiline", "min_length": 3, "default": "x"}
    ]}));
    let form = Form::from_sources(&Sources { notes: Some(&notes), ..Sources::default() }, &values);
    let on = at(&form, "db.on");
    assert_eq!((on.title.as_str(), on.description.as_str()), ("Own database", "Runs one"));
    assert_eq!(on.group, "Storage");
    let kind = at(&form, "db.kind");
    assert!(
        kind.required && matches!(&kind.control, Control::Select { options } if options.len() == 2)
    );
    let shown =
        |path: &str, values: &Json| at(&form, path).shown_if.holds(|it| it.get(values).cloned());
    assert!(!shown("db.kind", &values) && shown("db.kind", &json!({"db": {"on": true}})));
    assert!(!shown("db.password", &json!({"db": {"on": true, "kind": "a"}})));
    assert!(shown("db.password", &json!({"db": {"on": true, "kind": "b"}})));
    assert!(matches!(at(&form, "db.password").control, Control::Secret { .. }));
    assert_eq!(at(&form, "db.size").constraints.maximum, Some(9.0));
    let text = at(&form, "text");
    assert_eq!((&text.control, text.constraints.min_length), (&Control::TextArea, Some(3)));
}

#[test]
fn a_subcharts_comments_stand_below_its_key_and_the_parents_come_first() {
    let text = "sub:\n  # by the parent\n  a: 1\n";
    let mut notes = Notes::read(text);
    notes.lay_below("sub", Notes::read("# by the chart\na: 0\n# also\nb: 0\nc:\n"));
    let values = json!({"sub": {"a": 1, "b": 0}});
    let form = Form::from_sources(&Sources { notes: Some(&notes), ..Sources::default() }, &values);
    assert_eq!(at(&form, "sub.a").description, "by the parent");
    assert_eq!(at(&form, "sub.b").description, "also");
    assert_eq!(at(&form, "sub.c").default, Some(Json::Null));
}

#[test]
fn two_thousand_values_are_read_at_once() {
    let block = |at: usize| {
        format!(
            "# -- What this is, `x`\n# @default -- y\nname{at}: \"\"\nlist{at}: []\n  # - name: a\n  #   value: b\nmap{at}:\n  # beside\n  cpu: 1\n"
        )
    };
    let text: String = (0..600).map(block).collect();
    let values = yaml::from_str(&text).unwrap();
    let begun = std::time::Instant::now();
    let form = Form::build(None, &values, &text);
    println!("{} keys in {:?}", form.root.children.len(), begun.elapsed());
    assert_eq!(form.root.children.len(), 1800);
}
