//! Writes the seeds of all targets below `corpus/`, from `tests/corpus` and `charts`.

use serde_json::Value as Json;
use session::{ExportKind, Job, OpenSource, ReleaseInput, Request, wire};
use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    walk(&root.join("tests/corpus"), &mut files)?;
    walk(&root.join("charts"), &mut files)?;
    for path in &files {
        let data = fs::read(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.components().any(|part| part.as_os_str() == "templates") {
            write("template_parse", &data)?;
            write("template_execute", &data)?;
        } else if name.ends_with(".yaml") {
            write("yaml_read", &data)?;
        } else if name.ends_with("schema.json") {
            rules(&serde_json::from_slice(&data).unwrap_or_default())?;
        } else if name.ends_with("gz") || name.ends_with(".zip") {
            write("chart_archive", &data)?;
        }
        if name == "Chart.yaml" {
            chart(path.parent().unwrap_or(path))?;
        }
    }
    sets()?;
    requests()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Done {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

fn write(target: &str, data: &[u8]) -> Done {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    Ok(fs::write(folder.join(format!("{:016x}", hasher.finish())), data)?)
}

/// A chart's folder as both kinds of archive.
fn chart(folder: &Path) -> Done {
    let mut paths = Vec::new();
    walk(folder, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        files.push(helm::File { name: format!("c/{name}"), data: fs::read(&path)? });
    }
    write("chart_archive", &helm::zip(&files)?)?;
    for file in &mut files {
        file.name.drain(..2);
    }
    if let Ok(chart) = helm::load_files(files, &helm::Limits::default())
        && let Ok(data) = helm::package(&chart)
    {
        write("chart_archive", &data)?;
    }
    Ok(())
}

/// The expressions of a schema.
fn rules(schema: &Json) -> Done {
    match schema {
        Json::Object(map) => map.iter().try_for_each(|(key, value)| match value {
            Json::String(text) if key == "rule" => write("cel", text.as_bytes()),
            _ => rules(value),
        }),
        Json::Array(items) => items.iter().try_for_each(rules),
        _ => Ok(()),
    }
}

fn sets() -> Done {
    let texts = [
        "a.b=c",
        "a[0].b=1,c=null",
        "a={x,y,z}",
        "a.b[1].c=true",
        r"a\.b=c\,d",
        "a=",
        "a[2]=x",
        r#"a={"b":[1,2]}"#,
        "a.b.c.d.e=1e5",
        "a=0x10",
        "a[65536]=1",
        "a={}",
    ];
    texts.iter().try_for_each(|text| write("set_parse", text.as_bytes()))
}

fn requests() -> Done {
    let mut job = Job {
        preset: Some("p".to_owned()),
        kube_version: Some("1.30".to_owned()),
        ..Job::default()
    };
    job.releases.push(ReleaseInput { name: "r".to_owned(), namespace: "n".to_owned() });
    job.overrides.insert("a.b[1]".parse()?, serde_json::json!({"c": [1, null]}));
    let files =
        vec![session::InputFile { name: "h/Chart.yaml".to_owned(), data: b"name: h".to_vec() }];
    let all = [
        Request::Catalog,
        Request::Open { source: OpenSource::Bundled { id: "x".to_owned() } },
        Request::Open {
            source: OpenSource::Archive { name: "x".to_owned(), data: b"PK".to_vec() },
        },
        Request::Open { source: OpenSource::Files { name: "h".to_owned(), files } },
        Request::Run { job: job.clone() },
        Request::Export { job: job.clone(), kind: ExportKind::Manifests },
        Request::Export {
            job: job.clone(),
            kind: ExportKind::FullValues { release: "h".to_owned() },
        },
        Request::Export { job, kind: ExportKind::ChartArchive { release: "h".to_owned() } },
        Request::Compare { sides: Vec::new() },
        Request::Parse { path: "a".parse()?, text: "[1, 2]".to_owned() },
        Request::Values { text: "a: {b: 1}".to_owned() },
    ];
    for request in &all {
        write("wire_request", &wire::encode_request(request)?)?;
    }
    Ok(())
}
