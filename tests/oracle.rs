//! Our engine against the real Helm, byte for byte, on every chart, every preset and the whole corpus.

use std::process::Command;

use harness::oracle::{Differences, Program, charts, compare, list, list_lint, presets};
use harness::{Error, Result, tools};

#[test]
fn our_engine_prints_what_helm_prints() -> Result<()> {
    let (root, ours) = (tools::root(), Program::ours()?);
    let equal = compare(&ours, &list(&root)?, &Differences::read(&root)?)?;
    println!("{equal} cases equal");
    Ok(())
}

/// The goldens are Helm's words and nobody else's: they are asked for again on every run.
#[test]
fn the_goldens_are_what_helm_prints_today() -> Result<()> {
    let (root, helm) = (tools::root(), Program::helm()?);
    compare(&helm, &list(&root)?, &Differences::read(&root)?).map(drop)
}

#[test]
fn our_lint_prints_what_helm_lint_prints() -> Result<()> {
    let (root, ours) = (tools::root(), Program::our_lint()?);
    let equal = compare(&ours, &list_lint(&root)?, &Differences::read(&root)?)?;
    println!("{equal} cases equal");
    Ok(())
}

#[test]
fn the_goldens_of_lint_are_what_helm_prints_today() -> Result<()> {
    let (root, helm) = (tools::root(), Program::helm_lint()?);
    compare(&helm, &list_lint(&root)?, &Differences::read(&root)?).map(drop)
}

#[test]
fn every_chart_and_preset_passes_strict_lint() -> Result<()> {
    Program::helm()?;
    let helm = tools::find("helm").ok_or_else(|| Error::new("no helm found"))?;
    let catalog = tools::root().join("charts");
    for chart in charts(&catalog)? {
        let folder = catalog.join(&chart);
        let files =
            presets(&folder)?.into_iter().map(|preset| Some(format!("values-{preset}.yaml")));
        for file in std::iter::once(None).chain(files) {
            let mut lint = Command::new(&helm);
            lint.args(["lint", "--strict", "."]).current_dir(&folder);
            lint.args(file.iter().flat_map(|file| ["-f", file]));
            let output = lint.output()?;
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{} with {file:?}:\n{said}", chart.display());
        }
    }
    Ok(())
}

#[test]
fn every_difference_names_a_case() -> Result<()> {
    let root = tools::root();
    let mut cases = list(&root)?;
    cases.extend(list_lint(&root)?);
    for name in Differences::read(&root)?.cases() {
        assert!(
            cases.iter().any(|case| case.name == name),
            "tests/differences.txt: no case {name}"
        );
    }
    Ok(())
}
