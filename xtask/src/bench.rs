//! `cargo xtask bench`: the crates' benches, then whole processes: our host tool beside the real Helm.

use std::path::Path;
use std::time::Duration;

use harness::generate::{Shape, generate};
use harness::measure::percentile;
use harness::oracle::{Case, Program, list};
use harness::{Result, Scratch, tools};

use crate::setup;
use crate::steps::{cargo, run as call, step};

/// Runs of each program a case, in turn, so that a busy moment hits both.
const PAIRS: usize = 15;
/// Our tool must be so many times faster on the bundled charts and the corpus,
const BAR: f64 = 5.0;
/// on charts that print more than 5,000 lines,
const LARGE_BAR: f64 = 8.0;
/// and on the chart that `helm create` makes.
const CREATED_BAR: f64 = 15.0;
/// Shapes of generated charts that print more than 5,000 lines.
const LARGE: [Shape; 3] = [Shape::MetricsStack, Shape::LogStore, Shape::DeliveryTool];

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    step("tools", setup::helm)?;
    if !arguments.iter().any(|it| it == "--helm") {
        step("benches of the crates", || {
            call(cargo().args(["bench", "--workspace", "--benches"]))
        })?;
    }
    step("our host tool beside the real Helm", beside_helm)
}

fn beside_helm() -> Result<()> {
    let programs = Programs { helm: Program::helm()?, ours: Program::build_ours(true)? };
    let scratch = Scratch::new("bench")?;
    println!(
        "{:>8} {:>8} {:>6} {:>4}  case (medians of {PAIRS} pairs, ms)",
        "Helm", "ours", "times", "bar"
    );
    let mut slow = programs.under_bar(&[created(scratch.path())?], CREATED_BAR)?;
    slow += programs.under_bar(&generated(scratch.path())?, LARGE_BAR)?;
    slow += programs.under_bar(&list(&tools::root())?, BAR)?;
    println!("{slow} cases under their bar");
    Ok(())
}

/// The chart that `helm create` makes.
fn created(folder: &Path) -> Result<Case> {
    tools::helm(folder, &["create", "created"])?;
    Ok(case("helm create", folder, "created"))
}

fn generated(folder: &Path) -> Result<Vec<Case>> {
    let one = |shape: Shape| {
        let chart = generate(shape, 1, 1);
        chart.write(folder)?;
        Ok(case(&format!("generated {}", shape.name()), folder, &chart.name))
    };
    LARGE.into_iter().map(one).collect()
}

fn case(name: &str, folder: &Path, chart: &str) -> Case {
    let arguments = vec!["release".to_owned(), chart.to_owned()];
    let folder = folder.to_path_buf();
    Case { name: name.to_owned(), golden: folder.clone(), folder, arguments }
}

struct Programs {
    helm: Program,
    ours: Program,
}

impl Programs {
    /// Prints a line a case; how many are not `bar` times as fast as Helm.
    fn under_bar(&self, cases: &[Case], bar: f64) -> Result<usize> {
        let mut slow = 0;
        for case in cases {
            let mut pairs = Vec::new();
            for _ in 0..PAIRS {
                pairs.push((millis(self.helm.time(case)?), millis(self.ours.time(case)?)));
            }
            let theirs = median(pairs.iter().map(|(theirs, _)| *theirs));
            let ours = median(pairs.iter().map(|(_, ours)| *ours));
            let times = median(pairs.iter().map(|(theirs, ours)| theirs / ours));
            slow += usize::from(times < bar);
            println!("{theirs:>8.1} {ours:>8.1} {times:>6.1} {bar:>4}  {}", case.name);
        }
        Ok(slow)
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    percentile(values, 50)
}
