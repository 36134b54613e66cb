//! What people write into collections that a chart leaves empty.

/// The lines of an example for a key; none for keys that explain themselves.
pub(super) fn of(key: &str) -> &'static [&'static str] {
    match key {
        "tolerations" => {
            &["- key: dedicated", "  operator: Equal", "  value: infra", "  effect: NoSchedule"]
        }
        "nodeSelector" => &["kubernetes.io/os: linux"],
        "extraVolumes" => &["- name: scratch", "  emptyDir: {}"],
        "extraVolumeMounts" => &["- name: scratch", "  mountPath: /scratch"],
        "extraEnvFrom" => &["- secretRef:", "    name: credentials"],
        "hostAliases" => &["- ip: 127.0.0.1", "  hostnames:", "    - foo.local"],
        "imagePullSecrets" | "pullSecrets" => &["- registry-credentials"],
        "topologySpreadConstraints" => &[
            "- maxSkew: 1",
            "  topologyKey: topology.kubernetes.io/zone",
            "  whenUnsatisfiable: ScheduleAnyway",
        ],
        "startupProbe" => &["httpGet:", "  path: /ready", "  port: http"],
        "behavior" => &["scaleDown:", "  stabilizationWindowSeconds: 300"],
        "metricRelabelings" => &["- action: labeldrop", "  regex: pod_template_hash"],
        "extraArgs" => &["feature.gates: All=true"],
        _ => &[],
    }
}
