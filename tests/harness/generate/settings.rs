//! The settings of a part: a tree of exactly so many values, as deep as values go.

use super::names::title;
use super::tree::{Entry, Node};
use crate::Random;

/// The deepest level of a chart's values.
pub(super) const LEVELS: usize = 8;

const GROUPS: &str = "storage|cache|limits|client|server|ring|grpc|http|tracing|retention|backoff|pool|wal|index|querier|flush|replication|discovery|memberlist|schema|auth|export|compaction|scheduler";
const FIRST: &str = "max|min|default|query|batch|flush|retry|idle|chunk|stream|read|write|label|sync|heartbeat|poll|session|shard|request|response|block|series|token|target";
const SECOND: &str = "Size|Timeout|Interval|Limit|Workers|Bytes|Age|Count|Period|Backoff|Rate|Depth|Buffer|Ratio|Enabled|Prefix|Path|Endpoints|Mode|Zone";

/// `count` values at and below `level`, where 1 is the top of values.yaml.
pub(super) fn tree(count: usize, level: usize, random: &mut Random) -> Vec<Entry> {
    if count < 3 || level >= LEVELS {
        return leaves(count, random);
    }
    let own = random.between(1, 3.min(count - 1));
    let groups = random.between(1, 3.min(count - own));
    let mut entries = leaves(own, random);
    let keys = some_of(GROUPS, groups, random);
    for (index, key) in keys.into_iter().enumerate() {
        let rest = count - own;
        let share = rest / groups + usize::from(index < rest % groups);
        let doc = if random.chance(50) { format!("Settings of the {key}") } else { String::new() };
        entries.push(Entry { key, doc, node: Node::Map(tree(share, level + 1, random)) });
    }
    random.shuffle(&mut entries);
    entries
}

/// `count` scalars and short lists with different keys.
fn leaves(count: usize, random: &mut Random) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    while entries.len() < count {
        let second = random.word(SECOND);
        let key = format!("{}{second}", random.word(FIRST));
        if entries.iter().any(|entry| entry.key == key) {
            continue;
        }
        let doc = if random.chance(70) { title(&key) } else { String::new() };
        entries.push(Entry { key, doc, node: Node::Leaf(value(second, random)) });
    }
    entries
}

/// A value that a setting with such a name may have.
fn value(kind: &str, random: &mut Random) -> String {
    let choice = match kind {
        "Timeout" | "Interval" | "Period" | "Backoff" | "Age" => "100ms|5s|30s|1m|10m|1h|24h|168h",
        "Enabled" => "true|false",
        "Ratio" => "0.1|0.25|0.5|0.75",
        "Prefix" | "Path" => "/var/lib/data|/tmp/cache|index_|fake|\"\"",
        "Mode" => "auto|snappy|gzip|s3|filesystem|inmemory",
        "Zone" => "eu-west-1a|us-east-1b|\"\"",
        "Endpoints" => "[]|[localhost:9095]|[a.example.com:80, b.example.com:80]",
        "Bytes" | "Buffer" => "64KB|4MB|100MB|1GB|1048576",
        _ => "0|1|4|16|32|100|512|1000|65536",
    };
    random.word(choice).to_owned()
}

fn some_of(words: &str, count: usize, random: &mut Random) -> Vec<String> {
    random.some(&words.split('|').map(str::to_owned).collect::<Vec<_>>(), count)
}

#[cfg(test)]
mod tests {
    use super::{LEVELS, tree};
    use crate::Random;
    use crate::generate::tree::paths;

    #[test]
    fn a_tree_has_exactly_the_values_asked_for() {
        for count in [1, 2, 3, 10, 67, 500] {
            let entries = tree(count, 3, &mut Random::new(count as u64, "settings"));
            let paths = paths(&entries);
            assert_eq!(paths.len(), count);
            assert!(paths.iter().all(|path| path.split('.').count() <= LEVELS - 2));
        }
    }
}
