//! A dashboard of panels as Grafana stores it: what makes the ConfigMaps of charts long.

use serde_json::{Value, json};

use crate::Random;

/// The JSON text of a dashboard with so many panels, about 62 lines each.
pub(super) fn text(name: &str, panels: usize, random: &mut Random) -> String {
    // Keys in the order of the alphabet: the same text, however serde_json keeps its maps.
    let dashboard = json!({
        "annotations": { "list": [] },
        "editable": true,
        "graphTooltip": 1,
        "panels": (1..=panels).map(|id| panel(name, id, random)).collect::<Vec<_>>(),
        "refresh": random.word("10s|30s|1m"),
        "schemaVersion": 39,
        "tags": [name, "generated"],
        "templating": { "list": [{
            "label": "Data source", "name": "datasource", "query": "prometheus", "type": "datasource",
        }] },
        "time": { "from": random.word("now-1h|now-6h|now-24h"), "to": "now" },
        "timezone": "utc",
        "title": super::names::title(name),
        "uid": format!("{:016x}", random.number()),
    });
    serde_json::to_string_pretty(&dashboard).unwrap_or_default()
}

fn panel(name: &str, id: usize, random: &mut Random) -> Value {
    let measure =
        random.word("http_requests|queue_length|bytes_written|cache_hits|errors|restarts");
    let metric = format!("{}_{measure}_total", name.replace('-', "_"));
    json!({
        "datasource": { "type": "prometheus", "uid": "$datasource" },
        "fieldConfig": {
            "defaults": {
                "color": { "mode": "palette-classic" },
                "custom": { "drawStyle": "line", "fillOpacity": random.below(30), "lineWidth": 1 },
                "unit": random.word("reqps|bytes|percent|s|short"),
            },
            "overrides": [],
        },
        "gridPos": { "h": 8, "w": 12, "x": 12 * (id % 2), "y": 8 * (id / 2) },
        "id": id,
        "options": {
            "legend": { "calcs": ["mean", "max"], "displayMode": "table", "placement": "bottom" },
            "tooltip": { "mode": "multi", "sort": "desc" },
        },
        "targets": [{
            "expr": format!("sum by (pod) (rate({metric}{{namespace=~\"$namespace\"}}[5m]))"),
            "legendFormat": "{{pod}} of {{namespace}}",
            "refId": "A",
        }],
        "title": format!("{} {id}", super::names::title(&measure.replace('_', "-"))),
        "type": random.word("timeseries|stat|gauge|table"),
    })
}

/// A dashboard as text of a template: braces that Go's templates would read are written as strings.
pub(super) fn escaped(text: &str) -> String {
    let marked = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    marked.replace('\u{1}', "{{ `{{` }}").replace('\u{2}', "{{ `}}` }}")
}
