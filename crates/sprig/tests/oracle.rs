//! Every function against answers recorded from the real Helm: `cases/*.txt`, by `record.py`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gotemplate::{
    Budget, Heap, Limits, MapType, MissingKey, NoObserver, Options, TemplateSet, Value,
};
use sprig::{Mode, Place, Timestamp, World};
use std::path::Path;
use std::rc::Rc;

/// A world that stands still.
struct Frozen;

impl World for Frozen {
    fn now(&self) -> Timestamp {
        Timestamp { seconds: 1_800_000_000, nanoseconds: 0 }
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        for (at, byte) in out.iter_mut().enumerate() {
            *byte = (at * 89 + 7) as u8;
        }
    }
}

fn template(case: &str) -> String {
    match case.contains("{{") {
        true => case.replace('⏎', "\n"),
        false => format!("{{{{ $x := {case} }}}}{{{{ printf \"%T\" $x }}}} {{{{ $x }}}}"),
    }
}

/// As Helm renders a file: the output without `<no value>`, or the error's whole message.
fn render(case: &str, values: &serde_json::Value) -> Result<Vec<u8>, String> {
    let _heap = Heap::enter();
    let world: Rc<dyn World> = Rc::new(Frozen);
    let functions = sprig::functions(world, Mode::Render);
    let mut set = TemplateSet::new(Rc::new(functions), Limits::default());
    set.parse("c/templates/t.yaml", template(case).as_bytes()).map_err(|e| e.message)?;
    let Value::Map(plain) = sprig::json::to_value(values) else { panic!("values are a map") };
    let top = gotemplate::Map::of(MapType::Named("common.Values"));
    plain.snapshot().into_iter().for_each(|(key, value)| top.insert(key, value));
    let base = [("Name", "c/templates/t.yaml"), ("BasePath", "c/templates")];
    let dot: gotemplate::Map =
        [("Values", Value::Map(top)), ("Template", Value::Map(base.into_iter().collect()))]
            .into_iter()
            .collect();
    let options = Options { missing_key: MissingKey::Zero };
    let mut budget = Budget::new(Limits::default());
    let name = "c/templates/t.yaml";
    gotemplate::execute(
        &Rc::new(set),
        name,
        Value::Map(dot),
        &options,
        &mut budget,
        &mut NoObserver,
    )
    .map_err(|error| error.message)
}

/// Helm breaks messages into lines: blanks and breaks count as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A recorded answer and what we answered; `None` where they agree.
fn difference(case: &str, answer: &str, values: &serde_json::Value) -> Option<String> {
    let got = render(case, values);
    let (sign, recorded) = answer.split_at(3);
    let agrees = match (&got, sign) {
        (Ok(output), "=> ") => match recorded.strip_prefix("base64:") {
            Some(encoded) => sprig::base64(output) == encoded,
            None => {
                let wanted: String = serde_json::from_str(recorded).unwrap();
                *output == wanted.as_bytes()
            }
        },
        (Err(message), "!! ") => {
            let wanted: String = serde_json::from_str(recorded).unwrap();
            // Helm's command writes the places of nested calls without this word and colon.
            let plain = message.replace("template: ", "").replace(": executing", " executing");
            [message, &plain].iter().any(|text| one_line(text).ends_with(&one_line(&wanted)))
        }
        _ => false,
    };
    let got = match got {
        Ok(output) => format!("=> {:?}", String::from_utf8_lossy(&output)),
        Err(message) => format!("!! {message:?}"),
    };
    (!agrees).then(|| format!("{case}\n  helm {answer}\n  ours {got}"))
}

fn check(path: &Path, values: &serde_json::Value) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(path).unwrap();
    let (mut count, mut differences, mut case) = (0, Vec::new(), "");
    for line in text.lines() {
        match line.strip_prefix('\t') {
            Some(answer) => {
                count += 1;
                let case = case.trim_end_matches("  # as Go");
                differences.extend(difference(case, answer, values));
            }
            None => case = line,
        }
    }
    (count, differences)
}

#[test]
fn every_function_answers_as_helm() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let values = yaml::from_str(&std::fs::read_to_string(here.join("values.yaml")).unwrap());
    let mut values: serde_json::Value = values.unwrap();
    // Helm drops what a chart's own values have as null.
    if let Some(map) = values.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    let mut paths: Vec<_> =
        std::fs::read_dir(here.join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut count, mut differences) = (0, Vec::new());
    for path in paths {
        let (more, found) = check(&path, &values);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        count += more;
        differences.extend(found.into_iter().map(|found| format!("[{name}] {found}")));
    }
    assert!(count > 0, "no cases");
    let wrong = differences.len();
    assert!(wrong == 0, "{wrong} of {count} cases differ:\n{}", differences.join("\n"));
}
