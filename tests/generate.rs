//! Generated charts: the real Helm takes them, and our engine prints what it prints.

use harness::generate::{Shape, generate};
use harness::oracle::{Case, Outcome, Program, every};
use harness::{Result, Scratch};

/// Charts of each shape.
const SEEDS: u64 = 3;

/// The fewest and the most rendered lines and manifests of a shape.
fn bounds(shape: Shape) -> [(usize, usize); 2] {
    match shape {
        Shape::MetricsStack => [(17_000, 22_000), (120, 160)],
        Shape::LogStore => [(17_000, 22_000), (110, 160)],
        Shape::DeliveryTool => [(5_000, 8_000), (50, 90)],
        Shape::KeyValueStore => [(1_500, 3_500), (25, 50)],
        Shape::DemoApp => [(1_000, 1_700), (15, 25)],
    }
}

struct Made {
    shape: Shape,
    case: Case,
}

fn made(scratch: &Scratch) -> Result<Vec<Made>> {
    let mut all = Vec::new();
    for shape in Shape::ALL {
        for seed in 1..=SEEDS {
            let name = format!("{} {seed}", shape.name());
            let chart = generate(shape, seed, 1);
            let folder = scratch.path().join(format!("{}-{seed}", shape.name()));
            chart.write(&folder)?;
            let arguments = vec!["release".to_owned(), chart.name];
            let golden = folder.clone();
            all.push(Made { shape, case: Case { name, folder, arguments, golden } });
        }
    }
    Ok(all)
}

#[test]
fn our_engine_prints_generated_charts_as_helm_does() -> Result<()> {
    let (helm, ours) = (Program::helm()?, Program::ours()?);
    let scratch = Scratch::new("generated")?;
    let made = made(&scratch)?;
    let ran = every(&made, |made| Ok((helm.run(&made.case)?, ours.run(&made.case)?)));
    for (Made { shape, case }, ran) in made.iter().zip(ran) {
        let ran: Result<(Outcome, Outcome)> = ran;
        let (theirs, ours) = ran?;
        assert_eq!(theirs.exit, 0, "{}: {}", case.name, String::from_utf8_lossy(&theirs.stderr));
        let text = String::from_utf8_lossy(&theirs.stdout);
        let manifests = text.lines().filter(|line| *line == "---").count();
        println!("{}: {} lines, {manifests} manifests", case.name, text.lines().count());
        let counts = [text.lines().count(), manifests];
        for (count, (least, most)) in counts.into_iter().zip(bounds(*shape)) {
            assert!((least..=most).contains(&count), "{}: {count}", case.name);
        }
        assert_eq!(theirs.difference(&ours), None, "{}", case.name);
    }
    Ok(())
}

#[test]
fn helm_lint_finds_no_fault_in_generated_charts() -> Result<()> {
    let (helm, ours) = (Program::helm_lint()?, Program::our_lint()?);
    let scratch = Scratch::new("generated-lint")?;
    for Made { mut case, .. } in made(&scratch)? {
        case.arguments.remove(0);
        case.arguments.push("--strict".to_owned());
        let theirs = helm.run(&case)?;
        let said = String::from_utf8_lossy(&theirs.stdout).into_owned();
        assert_eq!(theirs.exit, 0, "{}: {said}", case.name);
        assert!(!said.contains("[WARNING]"), "{}: {said}", case.name);
        assert_eq!(theirs.difference(&ours.run(&case)?), None, "{}", case.name);
    }
    Ok(())
}
