//! The words of generated charts, and one word in its several spellings.

use super::Shape;
use crate::Random;

/// What the charts of a shape may be called.
pub(super) fn chart(shape: Shape, random: &mut Random) -> String {
    let first =
        random.word("harbor|summit|meadow|lantern|granite|juniper|cobalt|ember|willow|quartz");
    let kind = match shape {
        Shape::MetricsStack => "metrics|monitoring|observability",
        Shape::LogStore => "logs|log-store|logging",
        Shape::DeliveryTool => "delivery|rollouts|pipelines",
        Shape::KeyValueStore => "cache|key-value|store",
        Shape::DemoApp => "demo|podapp|hello",
    };
    format!("{first}-{}", random.word(kind))
}

/// The parts that a chart of a shape may consist of, in kebab case; the first is its main one.
fn pool(shape: Shape) -> &'static str {
    match shape {
        Shape::MetricsStack => {
            "server|alert-router|rule-evaluator|query-frontend|remote-writer|long-term-store|scrape-agent|config-reloader|admission-webhook|push-gateway|operator|target-allocator|status-page|probe-exporter"
        }
        Shape::LogStore => {
            "gateway|distributor|ingester|querier|query-frontend|query-scheduler|index-gateway|compactor|ruler|bloom-planner|bloom-builder|chunks-cache|results-cache|canary|table-manager|pattern-ingester|overrides-exporter|backend|reader|writer"
        }
        Shape::DeliveryTool => {
            "server|controller|repo-server|application-sets|notifications|image-updater|identity|commit-server|event-bus"
        }
        Shape::KeyValueStore => "master|replica|sentinel|exporter|proxy|backup",
        Shape::DemoApp => "web|api",
    }
}

/// The names of `count` parts, each once.
pub(super) fn components(shape: Shape, count: usize, random: &mut Random) -> Vec<String> {
    let mut words = pool(shape).split('|');
    let main = words.next().unwrap_or_default();
    let others: Vec<&str> = words.collect();
    let mut names = vec![main.to_owned()];
    for round in 0.. {
        for name in random.some(&others, others.len()) {
            if names.len() >= count {
                return names;
            }
            names.push(if round == 0 { name.to_owned() } else { format!("{name}-zone-{round}") });
        }
    }
    names
}

/// `count` charts that a chart brings along.
pub(super) fn subcharts(count: usize, random: &mut Random) -> Vec<String> {
    let pool = "panel-viewer|state-metrics|node-agent|object-store|memory-cache|blackbox-probe|certificate-watcher";
    random.some(&pool.split('|').map(str::to_owned).collect::<Vec<_>>(), count)
}

/// `queryFrontend` of `query-frontend`.
pub(super) fn camel(kebab: &str) -> String {
    let mut words = kebab.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| text + &capital(word))
}

/// `QueryFrontend` of `query-frontend`.
pub(super) fn pascal(kebab: &str) -> String {
    kebab.split('-').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// `Query frontend` of `queryFrontend` and of `query-frontend`.
pub(super) fn title(key: &str) -> String {
    let mut text = String::new();
    for letter in key.chars() {
        match letter {
            '-' => text.push(' '),
            _ if letter.is_ascii_uppercase() => {
                text.push(' ');
                text.push(letter.to_ascii_lowercase());
            }
            _ => text.push(letter),
        }
    }
    capital(&text)
}

#[cfg(test)]
mod tests {
    use super::{camel, components, pascal, title};
    use crate::Random;
    use crate::generate::Shape;

    #[test]
    fn a_name_has_three_spellings() {
        assert_eq!(camel("query-frontend"), "queryFrontend");
        assert_eq!(pascal("query-frontend"), "QueryFrontend");
        assert_eq!(title("queryFrontend"), "Query frontend");
    }

    #[test]
    fn names_never_run_out_and_never_come_twice() {
        let mut names = components(Shape::DemoApp, 30, &mut Random::new(1, "names"));
        assert_eq!(names.len(), 30);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 30);
    }
}
