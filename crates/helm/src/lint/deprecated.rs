//! API versions that Kubernetes has deprecated.

/// A line an API, as Helm 4.3.1 (Kubernetes 1.37) prints it; measured, for every type that has a
/// life cycle.
const TABLE: &str = include_str!("../../data/deprecated-apis.txt");

/// The Kubernetes that Helm 4.3.1 was built with.
const KUBERNETES: (u64, u64) = (1, 37);

/// Major and minor of `v1.29.3`.
fn numbers(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.trim_start_matches('v').split('.');
    let mut number = || parts.next()?.parse().ok();
    Some((number()?, number()?))
}

/// What Helm says of an object with this `apiVersion` and kind; `kube_version` is the cluster's,
/// where one was given.
pub(super) fn warning(
    api_version: &str,
    kind: &str,
    kube_version: Option<&str>,
) -> Option<&'static str> {
    let cluster = kube_version.and_then(numbers).unwrap_or(KUBERNETES);
    let start = format!("{api_version} {kind} is deprecated in ");
    let line = TABLE.lines().find(|line| line.starts_with(&start))?;
    let since = line.get(start.len()..)?.split('+').next()?;
    (numbers(since)? <= cluster).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::warning;

    #[test]
    fn an_api_is_deprecated_from_a_version_on() {
        let of = |version| warning("batch/v1beta1", "CronJob", Some(version)).is_some();
        assert_eq!(["v1.20.9", "v1.21.0", "v1.37.0", "v2.0.0"].map(of), [false, true, true, true]);
        assert_eq!(warning("v1", "Pod", None), None);
    }

    #[test]
    fn every_line_of_the_table_can_be_read() {
        for line in super::TABLE.lines() {
            let mut words = line.split(' ');
            let (api, kind) = (words.next().unwrap(), words.next().unwrap());
            assert_eq!(warning(api, kind, Some("v9.0.0")), Some(line));
        }
    }
}
