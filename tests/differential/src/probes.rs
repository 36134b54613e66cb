//! Many small templates through one run of Helm, which takes 45 ms to start.
//!
//! A probe is one template that prints nothing but comment lines, so that any number of them make
//! one chart. Where one fails, Helm prints nothing of the others: our engine, asked first, tells
//! which do, and those are run alone. Where it was wrong, Helm's message names the probe.

use std::collections::HashMap;
use std::rc::Rc;

use harness::Result;
use harness::oracle::{Outcome, every};

use crate::{Programs, Sample};

/// So many stand in one chart.
const BATCH: usize = 250;

/// Probes, and the files of the chart that they stand in.
pub struct Probes {
    pub templates: Vec<String>,
    pub base: Sample,
}

impl Probes {
    fn alone(&self, template: &str) -> Sample {
        self.base.clone().with("c/templates/x.yaml", template)
    }

    /// The probes that differ, each as a sample of its own, with its difference.
    ///
    /// # Errors
    /// If a program cannot be run.
    pub fn compare(&self, programs: &Programs) -> Result<Vec<(Sample, String)>> {
        let fail = every(&self.templates, |template| fails(&self.alone(template)));
        let parted = self.templates.iter().zip(fail);
        let (alone, together): (Vec<_>, Vec<_>) = parted.partition(|(_, fails)| *fails);
        let names = |parted: Vec<(&String, bool)>| -> Vec<String> {
            parted.into_iter().map(|(template, _)| template.clone()).collect()
        };
        let (mut alone, together) = (names(alone), names(together));
        let batches: Vec<_> = together.chunks(BATCH).collect();
        for suspects in every(&batches, |batch| self.suspects(batch, programs)) {
            alone.extend(suspects?);
        }
        crate::compare(alone.iter().map(|template| self.alone(template)).collect(), programs)
    }

    /// The probes of a batch that must be run alone: those that fail, and those that print
    /// something else.
    fn suspects(&self, batch: &[String], programs: &Programs) -> Result<Vec<String>> {
        let (mut rest, mut suspects) = (batch.to_vec(), Vec::new());
        while !rest.is_empty() {
            let (helm, ours) = programs.both(&self.together(&rest))?;
            if helm.exit == 0 && ours.exit == 0 {
                let (helm, ours) = (sections(&helm), sections(&ours));
                let differs = |at: &usize| helm.get(&file(*at)) != ours.get(&file(*at));
                suspects.extend((0..rest.len()).filter(differs).map(|at| rest[at].clone()));
                break;
            }
            let named = [&helm, &ours].into_iter().find_map(|outcome| named(outcome, rest.len()));
            // A batch whose failure names none of them is run one by one.
            let Some(at) = named else {
                suspects.append(&mut rest);
                break;
            };
            suspects.push(rest.remove(at));
        }
        Ok(suspects)
    }

    fn together(&self, templates: &[String]) -> Sample {
        let files = templates.iter().enumerate();
        files.fold(self.base.clone(), |sample, (at, text)| {
            sample.with(&format!("c/templates/{}", file(at)), text.as_str())
        })
    }
}

fn file(at: usize) -> String {
    format!("probe{at:04}.yaml")
}

/// Which probe a failure names.
fn named(outcome: &Outcome, count: usize) -> Option<usize> {
    let text = String::from_utf8_lossy(&outcome.stderr);
    let (_, behind) = text.split_once("c/templates/probe")?;
    behind.get(..4)?.parse().ok().filter(|at| *at < count && outcome.exit != 0)
}

/// What each template printed, by its file's name.
fn sections(outcome: &Outcome) -> HashMap<String, Vec<u8>> {
    const HEAD: &str = "---\n# Source: c/templates/";
    let text = String::from_utf8_lossy(&outcome.stdout);
    let parts = text.split(HEAD).filter_map(|part| part.split_once('\n'));
    let mut found: HashMap<String, Vec<u8>> = HashMap::new();
    for (name, text) in parts {
        found.entry(name.to_owned()).or_default().extend(text.as_bytes());
    }
    found
}

/// Whether our engine says that a chart fails; a panic is a failure, which Helm will tell from ours.
fn fails(sample: &Sample) -> bool {
    std::panic::catch_unwind(|| {
        let files = sample.files.iter().filter_map(|(name, data)| {
            let name = name.strip_prefix("c/")?.to_owned();
            Some(helm::File { name, data: data.clone() })
        });
        let Ok(chart) = helm::load_files(files.collect(), &helm::Limits::default()) else {
            return true;
        };
        let values = serde_json::Value::Object(serde_json::Map::new());
        let mut renderer = helm::Renderer::new(chart, Rc::new(Still));
        let release = helm::Release { name: "r".to_owned(), ..helm::Release::default() };
        let capabilities = helm::Capabilities::default();
        let rendered = renderer.render(&values, &release, &capabilities, &helm::Options::default());
        !rendered.errors.is_empty()
    })
    .unwrap_or(true)
}

/// Neither clock nor chance: no probe asks for them.
struct Still;

impl helm::World for Still {
    fn now(&self) -> helm::Timestamp {
        helm::Timestamp { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, _: helm::Place<'_>, out: &mut [u8]) {
        out.fill(0);
    }
}
