//! Presets, deployments and values files side by side.

use session::{Reply, Request, Side};

use crate::folder::source;
use crate::support::open;

fn side(name: &str, preset: &str) -> Side {
    Side {
        source: Some(source(name)),
        label: preset.to_owned(),
        preset: Some(preset.to_owned()),
        ..Side::default()
    }
}

fn compare(sides: Vec<Side>) -> session::Comparison {
    let mut open = open("004-phase4-kubernetes");
    match open.session.handle(Request::Compare { sides }) {
        Reply::Compared { comparison } => *comparison,
        other => panic!("{other:?}"),
    }
}

#[test]
fn presets_of_one_deployment_are_compared() {
    let name = "004-phase4-kubernetes";
    let comparison = compare(vec![side(name, "local"), side(name, "production")]);
    let value = |path: &str| {
        let row = comparison.values.iter().find(|row| row.path.to_string() == path).unwrap();
        (row.cells.clone(), row.differs)
    };
    assert_eq!(value("backend.replicas"), (vec![Some("1".to_owned()), Some("3".to_owned())], true));
    assert!(!value("backend.service.port").1);
    assert!(value("secrets.secretKey").0.iter().flatten().all(|text| text.starts_with('•')));
    let fact = comparison
        .facts
        .iter()
        .find(|row| row.subject == "Deployment backend" && row.fact == "replicas")
        .unwrap();
    assert_eq!(fact.cells, [Some("1".to_owned()), Some("3".to_owned())]);
    let row = comparison
        .manifests
        .iter()
        .find(|row| row.names[0].as_deref() == Some("backend-deployment"))
        .unwrap();
    let added: Vec<&str> = row.diffs[0]
        .iter()
        .filter(|line| line.mark == session::Mark::Added)
        .map(|line| line.text.trim())
        .collect();
    assert!(added.contains(&"replicas: 3"), "{added:?}");
    assert!(comparison.markdown.contains("| Deployment backend: replicas | 1 | 3 |"));
}

#[test]
fn deployments_are_matched_by_kind_and_component() {
    let comparison =
        compare(vec![side("004-phase4-kubernetes", "local"), side("001-k8s-deployment", "local")]);
    let row = comparison
        .manifests
        .iter()
        .find(|row| row.kind == "Deployment" && row.component == "backend")
        .unwrap();
    assert!(row.names.iter().all(Option::is_some), "{row:?}");
    assert!(row.differs);
}

#[test]
fn a_values_file_is_a_side() {
    let name = "004-phase4-kubernetes";
    let values = Some("backend:\n  replicas: 9\n".to_owned());
    let comparison = compare(vec![side(name, "local"), Side { values, ..side(name, "local") }]);
    let rows: Vec<String> = comparison
        .values
        .iter()
        .filter(|row| row.differs)
        .map(|row| format!("{} {:?}", row.path, row.cells[1]))
        .collect();
    assert_eq!(rows, ["backend.replicas Some(\"9\")"]);
}
