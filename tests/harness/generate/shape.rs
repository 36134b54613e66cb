//! The shapes of charts, by kind: how many values, parts and lines each has.

use super::print::Comments;

/// A kind of public chart. The counts were taken from released charts of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Definitions in `crds/`, five subcharts, one of them twice, inline dashboards, helm-docs.
    MetricsStack,
    /// Many parts of one service, comments of many hands.
    LogStore,
    /// Definitions among the templates, readme-generator's comments.
    DeliveryTool,
    /// Few parts with many values each, readme-generator's comments.
    KeyValueStore,
    /// One part, no comments.
    DemoApp,
}

/// What a chart of a shape is made of, at scale 1.
pub(super) struct Plan {
    /// Leaf values, subcharts' among them.
    pub(super) inputs: usize,
    pub(super) components: usize,
    /// Every part has these.
    pub(super) features: &'static [&'static str],
    /// Only the main part has these, too.
    pub(super) main: &'static [&'static str],
    pub(super) comments: Comments,
    pub(super) subcharts: usize,
    pub(super) definitions: usize,
    /// Definitions stand among the templates and have values, not in `crds/`.
    pub(super) definition_templates: bool,
    pub(super) dashboards: usize,
    pub(super) panels: usize,
    /// Dashboards are templates of their own, not files that one template reads.
    pub(super) inline: bool,
}

impl Shape {
    /// All of them, the largest first.
    pub const ALL: [Self; 5] = [
        Self::MetricsStack,
        Self::LogStore,
        Self::DeliveryTool,
        Self::KeyValueStore,
        Self::DemoApp,
    ];

    /// Its name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::MetricsStack => "metrics-stack",
            Self::LogStore => "log-store",
            Self::DeliveryTool => "delivery-tool",
            Self::KeyValueStore => "key-value-store",
            Self::DemoApp => "demo-app",
        }
    }

    /// The shape of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// The leaf values of a chart of this shape, its subcharts' among them, at scale 1.
    pub fn inputs(self) -> usize {
        self.plan().inputs
    }

    pub(super) fn plan(self) -> &'static Plan {
        match self {
            Self::MetricsStack => &METRICS_STACK,
            Self::LogStore => &LOG_STORE,
            Self::DeliveryTool => &DELIVERY_TOOL,
            Self::KeyValueStore => &KEY_VALUE_STORE,
            Self::DemoApp => &DEMO_APP,
        }
    }
}

const PLAIN: Plan = Plan {
    inputs: 0,
    components: 1,
    features: &["service"],
    main: &["ingress"],
    comments: Comments::Silent,
    subcharts: 0,
    definitions: 0,
    definition_templates: false,
    dashboards: 0,
    panels: 6,
    inline: false,
};

const METRICS_STACK: Plan = Plan {
    inputs: 2164,
    components: 8,
    features: &["service", "ingress", "account", "disruption", "network", "monitor"],
    main: &["autoscaling", "persistence", "auth", "tls", "job"],
    comments: Comments::HelmDocs,
    subcharts: 5,
    definitions: 8,
    dashboards: 24,
    panels: 11,
    inline: true,
    ..PLAIN
};

const LOG_STORE: Plan = Plan {
    inputs: 2054,
    components: 11,
    features: &["service", "account", "autoscaling", "disruption", "persistence", "monitor"],
    main: &["ingress", "network", "auth", "tls", "job"],
    comments: Comments::Mixed,
    subcharts: 2,
    dashboards: 20,
    panels: 13,
    ..PLAIN
};

const DELIVERY_TOOL: Plan = Plan {
    inputs: 1123,
    components: 6,
    features: &["service", "account", "autoscaling", "disruption", "network", "monitor"],
    main: &["ingress", "persistence", "tls", "auth"],
    comments: Comments::Params,
    subcharts: 1,
    definitions: 3,
    definition_templates: true,
    dashboards: 4,
    panels: 12,
    ..PLAIN
};

const KEY_VALUE_STORE: Plan = Plan {
    inputs: 589,
    components: 3,
    features: &[
        "service",
        "account",
        "autoscaling",
        "disruption",
        "network",
        "persistence",
        "monitor",
    ],
    main: &["ingress", "auth", "tls", "job"],
    comments: Comments::Params,
    dashboards: 2,
    ..PLAIN
};

const DEMO_APP: Plan = Plan {
    inputs: 127,
    features: &["service", "ingress", "account", "autoscaling"],
    main: &[],
    dashboards: 10,
    panels: 1,
    ..PLAIN
};
