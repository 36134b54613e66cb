//! What subcharts hand to their parents (`import-values`).
//!
//! Go merges the imported tables by reference: what a second import puts into a table that the
//! first one brought is put into the first subchart's values, too. So they are merged as
//! references here: a [`Tables`] holds each table once, and tables name each other by number.

use crate::chart::Chart;
use crate::coalesce::{CoalesceError, Mode, below, merge_values, tables};
use crate::log::{LogLine, shown};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Tables in tables, deeper than any file nests them: an import of a table into itself.
const DEPTH: usize = 256;

/// `processImportValues`: puts what subcharts export below the parent's own defaults, which then
/// hold the subcharts' defaults, too.
pub(crate) fn import(chart: &mut Chart, log: &mut Vec<LogLine>) -> Result<(), CoalesceError> {
    chart.dependencies.iter_mut().try_for_each(|subchart| import(subchart, log))?;
    if !chart.metadata.declares {
        return Ok(());
    }
    let values = merge_values(chart, &Json::Null, log)?;
    if chart.metadata.dependencies.iter().all(|dependency| dependency.import_values.is_empty()) {
        chart.values = values;
        return Ok(());
    }
    let mut held = Tables::default();
    let (root, imported) = (held.load(&values), held.add(BTreeMap::new()));
    for dependency in &mut chart.metadata.dependencies {
        for item in std::mem::take(&mut dependency.import_values) {
            let (child, parent, exported) = match item {
                Json::String(name) => (format!("exports.{name}"), ".".to_owned(), true),
                Json::Object(map) => (text(&map, "child"), text(&map, "parent"), false),
                _ => continue,
            };
            // Templates see the import in this form.
            dependency.import_values.push(json!({"child": child, "parent": parent}));
            match held.table(&root, &format!("{}.{child}", dependency.name)) {
                Ok(found) => {
                    let found = held.at_path(&parent, found);
                    held.merge(imported, found, "", &mut Mode { merge: true, log }, DEPTH);
                }
                Err(key) => log.push(no_table(key, (!exported).then_some(&dependency.name))),
            }
        }
    }
    if let (Json::Object(mut values), Json::Object(imported)) =
        (held.dump(&root, DEPTH), held.dump(&Node::Table(imported), DEPTH))
    {
        tables(&mut values, &imported, "", &mut Mode { merge: true, log });
        chart.values = Json::Object(values);
    }
    Ok(())
}

/// What Helm says of an import that finds nothing; the chart is named where a path was given.
fn no_table(key: String, chart: Option<&String>) -> LogLine {
    let error = ("error", format!("{key:?} is not a table"));
    match chart {
        None => LogLine::warn("ImportValues missing table", vec![error]),
        Some(chart) => {
            let attributes = vec![("chart", chart.clone()), error];
            LogLine::warn("ImportValues missing table from chart", attributes)
        }
    }
}

/// `fmt.Sprintf("%v", …)` of what an import names.
fn text(map: &Map<String, Json>, key: &str) -> String {
    let value = map.get(key).map_or(gotemplate::Value::Nil, sprig::json::to_value);
    let text = gotemplate::fmt::value_v(&value).unwrap_or_default();
    String::from_utf8_lossy(&text).into_owned()
}

/// A table by its number, or what is no table.
#[derive(Clone)]
enum Node {
    Table(usize),
    Leaf(Json),
}

/// Tables that are held once, however many hold them.
#[derive(Default)]
struct Tables(Vec<BTreeMap<String, Node>>);

impl Tables {
    fn add(&mut self, entries: BTreeMap<String, Node>) -> usize {
        self.0.push(entries);
        self.0.len() - 1
    }

    fn load(&mut self, value: &Json) -> Node {
        let Json::Object(map) = value else { return Node::Leaf(value.clone()) };
        let entries = map.iter().map(|(key, value)| (key.clone(), self.load(value))).collect();
        Node::Table(self.add(entries))
    }

    fn get(&self, table: usize, key: &str) -> Option<&Node> {
        self.0.get(table)?.get(key)
    }

    /// `Table`: the table at a path, or the key that has none.
    fn table(&self, root: &Node, path: &str) -> Result<usize, String> {
        let Node::Table(root) = root else { return Err(String::new()) };
        path.split('.').try_fold(*root, |table, key| match self.get(table, key) {
            Some(Node::Table(below)) => Ok(*below),
            _ => Err(key.to_owned()),
        })
    }

    /// `pathToMap`: the table under its path; `.` is the root.
    fn at_path(&mut self, path: &str, table: usize) -> usize {
        if path == "." {
            return table;
        }
        path.rsplit('.').fold(table, |inner, key| {
            self.add(BTreeMap::from([(key.to_owned(), Node::Table(inner))]))
        })
    }

    /// `MergeTables`: `over` wins.
    fn merge(&mut self, over: usize, under: usize, place: &str, mode: &mut Mode<'_>, depth: usize) {
        if depth == 0 || over == under {
            return;
        }
        for (key, value) in self.0.get(under).cloned().unwrap_or_default() {
            match (self.get(over, &key).cloned(), &value) {
                (None, _) => {
                    if let Some(entries) = self.0.get_mut(over) {
                        entries.insert(key, value);
                    }
                }
                (Some(Node::Table(over)), Node::Table(under)) => {
                    self.merge(over, *under, &below(place, &key), mode, depth - 1);
                }
                (Some(Node::Leaf(there)), Node::Table(_)) if !there.is_null() => mode.say(format!(
                    "warning: cannot overwrite table with non table for {} ({})",
                    below(place, &key),
                    shown(&self.dump(&value, depth))
                )),
                (Some(Node::Table(_)), Node::Leaf(leaf)) if !leaf.is_null() => mode.say(format!(
                    "warning: destination for {} is a table. Ignoring non-table value ({})",
                    below(place, &key),
                    shown(leaf)
                )),
                _ => {}
            }
        }
    }

    fn dump(&self, node: &Node, depth: usize) -> Json {
        match node {
            Node::Leaf(leaf) => leaf.clone(),
            Node::Table(_) if depth == 0 => Json::Null,
            Node::Table(table) => {
                let entries = self.0.get(*table).into_iter().flatten();
                Json::Object(
                    entries.map(|(key, node)| (key.clone(), self.dump(node, depth - 1))).collect(),
                )
            }
        }
    }
}
