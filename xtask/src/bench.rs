//! `cargo xtask bench`: the crates' benches, then whole processes: our host tool beside the real Helm.

use std::time::{Duration, Instant};

use harness::oracle::{Case, Program, list};
use harness::{Result, tools};

use crate::setup;
use crate::steps::{cargo, run as call, step};

/// Runs of each program a case, in turn, so that a busy moment hits both.
const PAIRS: usize = 15;
/// Our tool must be so many times faster.
const BAR: f64 = 5.0;

pub(crate) fn run() -> Result<()> {
    step("tools", setup::helm)?;
    step("benches of the crates", || call(cargo().args(["bench", "--workspace", "--benches"])))?;
    step("our host tool beside the real Helm", beside_helm)
}

fn beside_helm() -> Result<()> {
    let (helm, ours) = (Program::helm()?, Program::build_ours(true)?);
    println!("{:>8} {:>8} {:>6}  case (medians of {PAIRS} pairs, ms)", "Helm", "ours", "times");
    let mut slow = 0;
    for case in list(&tools::root())? {
        let mut pairs = Vec::new();
        for _ in 0..PAIRS {
            pairs.push((time(&helm, &case)?, time(&ours, &case)?));
        }
        let theirs = median(pairs.iter().map(|(theirs, _)| *theirs).collect());
        let ours = median(pairs.iter().map(|(_, ours)| *ours).collect());
        let times = theirs / ours;
        slow += usize::from(times < BAR);
        println!("{theirs:>8.1} {ours:>8.1} {times:>6.1}  {}", case.name);
    }
    println!("{slow} cases under the bar of {BAR} times");
    Ok(())
}

fn time(program: &Program, case: &Case) -> Result<Duration> {
    let start = Instant::now();
    program.run(case)?;
    Ok(start.elapsed())
}

/// The median in milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}
