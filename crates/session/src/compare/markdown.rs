//! The comparison as Markdown, for a pull request.

use super::{FactRow, ManifestRow, SideCard, ValueRow};
use finding::Severity;
use std::fmt::Write as _;

/// Only what differs; writing to a string cannot fail.
pub(super) fn summary(
    sides: &[SideCard],
    values: &[ValueRow],
    facts: &[FactRow],
    manifests: &[ManifestRow],
) -> String {
    let labels: Vec<&str> = sides.iter().map(|side| side.label.as_str()).collect();
    let mut text = format!("## {}\n", labels.join(" · "));
    let facts: Vec<Vec<String>> = facts
        .iter()
        .filter(|row| row.differs)
        .map(|row| cells(&format!("{}: {}", row.subject, row.fact), &row.cells))
        .collect();
    table(&mut text, "Facts", &labels, &facts);
    let rows: Vec<Vec<String>> = values
        .iter()
        .filter(|row| row.differs)
        .map(|row| cells(&format!("`{}`", row.path), &row.cells))
        .collect();
    table(&mut text, "Values", &labels, &rows);
    let rows: Vec<Vec<String>> = manifests
        .iter()
        .filter(|row| row.differs)
        .map(|row| cells(&format!("{} {}", row.kind, row.component), &row.names))
        .collect();
    table(&mut text, "Manifests that differ", &labels, &rows);
    let count = |side: &SideCard, severity: Severity| {
        side.findings.iter().filter(|finding| finding.severity == severity).count().to_string()
    };
    let rows: Vec<Vec<String>> = [("Errors", Severity::Error), ("Warnings", Severity::Warning)]
        .iter()
        .map(|(name, severity)| {
            let counts = sides.iter().map(|side| count(side, *severity));
            std::iter::once((*name).to_owned()).chain(counts).collect()
        })
        .collect();
    table(&mut text, "Findings", &labels, &rows);
    for side in sides {
        for finding in side.findings.iter().filter(|it| it.severity == Severity::Error) {
            let rule = finding.rule.as_ref().map(|rule| format!(" ({rule})")).unwrap_or_default();
            let _ = writeln!(text, "- {}: {}{rule}", side.label, finding.message);
        }
    }
    text
}

fn cells(name: &str, cells: &[Option<String>]) -> Vec<String> {
    let shown = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "–".to_owned());
    std::iter::once(name.to_owned()).chain(cells.iter().map(shown)).collect()
}

fn table(text: &mut String, title: &str, labels: &[&str], rows: &[Vec<String>]) {
    let _ = write!(text, "\n### {title}\n\n");
    if rows.is_empty() {
        text.push_str("No difference.\n");
        return;
    }
    let _ = writeln!(
        text,
        "| | {} |",
        labels.iter().map(|it| escaped(it)).collect::<Vec<_>>().join(" | ")
    );
    let _ = writeln!(text, "|---{}|", "|---".repeat(labels.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

/// One line of a table cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', "<br>")
}
