//! A bounded amount of every family, the same on every run: any difference fails.

use differential::{FAMILIES, Known, Programs, run};
use harness::{Result, tools};

#[test]
fn our_engine_prints_what_helm_prints_for_random_charts() -> Result<()> {
    let (programs, known) = (Programs::find(false)?, Known::read(&tools::root())?);
    let mut told = String::new();
    for family in FAMILIES {
        let report = run(family, 1, family.bounded, &programs, &known)?;
        println!("{}: {} compared, {} known", family.name, report.compared, report.known);
        for finding in report.findings {
            told.push_str(&format!(
                "== {}\n{}{}\n\n",
                family.name,
                finding.sample.text(),
                finding.difference
            ));
        }
    }
    assert!(told.is_empty(), "`cargo xtask differential` tells more\n{told}");
    Ok(())
}

#[test]
fn every_known_difference_names_a_family() -> Result<()> {
    for name in Known::read(&tools::root())?.families() {
        let known = FAMILIES.iter().any(|family| family.name == name);
        assert!(known, "tests/differences.txt: no family {name}");
    }
    Ok(())
}
