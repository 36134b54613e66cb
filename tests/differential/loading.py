"""Charts as they come: Chart.yaml, values files, dependencies, flags, `--set`."""

from compare import CHART, Case, chart

TO_JSON = "a: {{ toJson .Values }}\n"

CHART_LINES = """
name: [a]|version: {a: 1}|version: 1.2|version: 1|appVersion: 1.0|appVersion: true|appVersion: 0o17
appVersion: 1e3|appVersion: 12345678|appVersion: 123456789012345678901234567890
appVersion: 2024-01-01|appVersion: null|appVersion: 1_000|appVersion: 0x1F|appVersion: 010
appVersion: .5|appVersion: 1.10|appVersion: 08|keywords: a|keywords: [a, 1, true, null]
annotations: {a: [b]}|annotations: [b]|annotations: {a: 1.5, b: true, c: null}|dependencies: {}
dependencies: [null]|dependencies: [a]|dependencies: [{name: a, version: 1, enabled: x}]
dependencies: [{name: a},{name: a}]|dependencies: [{name: a},{name: b, alias: a}]
dependencies: [{name: a, alias: "x y"}]|dependencies: [{name: a, tags: x}]|dependencies: []
dependencies: [{name: a, condition: [x]}]|dependencies: [{name: a, import-values: x}]
dependencies: [{name: a},{name: b, condition: b.on}]|deprecated: 1|deprecated: true|NAME: foo
foo: bar|sources: [{a: b}]|maintainers: {a: b}|maintainers: [{name: 5}]|maintainers: [null]
kubeVersion: 5|kubeVersion: ">=1.20.0-0"|kubeVersion: "^1.99"|kubeVersion: "x y"|name: a/b|name: ..
name: ""|type: ""|type: 5|type: library|type: application|name: y|apiVersion: ""|apiVersion: 1
apiVersion: v3|apiVersion: v1|apiVersion: [v2]|version: 1.0.0.0|version: v1.0.0|version: 01.0.0
version: 1.0.0+build_1|version: 1.0.0-rc.1+b|version: ""|a: b: c|- x|"|name: &a foo|home: null
kubeVersion: ">= 1.19.0-0 <1.99"|kubeVersion: ">=1.19 || <1.5"|kubeVersion: "*"|icon: 5
kubeVersion: "1.37.x"|kubeVersion: "~1.37"|kubeVersion: "<1.37.0-0"|kubeVersion: ">1.37"
""".strip().replace("\n", "|").split("|")

KUBE_VERSIONS = """
1 1.2 v1.20.5+k3s1 1.27.3-gke.100 v1.28.0-rc.1+x.y 1.2.3.4 V1.2 01.2.3 1.28+ 1.28.0-eks-a1 1.27 v1.40.0
""".split()

SETS = """
a|a,b=1|a[x]=1|a[-1]=1|a[0]x=1|a={b|a.=1|n.a=1|l.a=1|n[0]=1|z.a=1|s[0]=1|l[0].a=1|l[0][1]=2|a=|a={}
a={x,}|a[0]=|a[2]=x|a.b.c=d,a.b.e=f|=x|a=b,|a=b,,|a=b,c|a[0|a[0]|a\\.b=c|a={x,2},b=1|a[99999]=1
a[99999999999999999999]=1|a=b\\|a=1.5|a=0|a=00|a=-0|a=+5|a=1e3|m=null|m.a=null|l[0]=null|a={null,true}
 a = b |a=x=y|a.b[0].c=1,a.b[0].d=2|a[0].b,c=1|a[1].b=1|a[0].b={1,2}|a={{x},y}|.a=1|a..b=1|a=[1]
a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f=1|a={"b":1}|a="x",b=[1,2|a=tru
a=true,b=TRUE,c=Null|a[0]={x,y}|a[0][0]=1|a[1][1]=x|a[0].b=1,a[1].b=2|a=9007199254740993|a= |m.b.c=1
m={x}|l={x}|l[1]=5,l[2]=true|{"q":{"z":1},"m":{"y":2}}|a=1,{"b":2}|a=\\{x\\}|a=x\\,y|a\\[0\\]=1|
""".strip("\n").replace("\n", "|").split("|")

FLAGS = """
r c -s templates/x.yaml;r c -s templates/*.yaml;r c -s templates/*;r c -s templates/nope.yaml
r c -s templates/x.yaml -s templates/tests/t.yaml;r c -s crds/a.yaml --include-crds;r c --no-hooks
r c --skip-tests;r c --skip-crds --include-crds;c;c -g;r c -g;r c --name-template x;c --name-template
c --name-template x-{{lower(print(1))}};c --name-template {{;c --name-template x-{{"A"|lower}};R c;r.x c
r c --foo;r c -z;r;;r c d;r c d e;r nope;r ./nope;r c --set;r c --set-file a=c/Chart.yaml
r c --set-file a=nope;r c -f nope.yaml;r c -f c/values.yaml,v.yaml;r c --values=v.yaml;r c -fv.yaml
r c --kube-version x;r c --kube-version 1.20;r c --kube-version v1.20.5+k3s1;r c -a a/b,c/d --api-versions e
r c --debug=false;r c --is-upgrade;r c --release-name;r c --create-namespace;r c --no-hooks=false
r c --no-hooks=x;r c -n foo;r c --namespace foo --namespace=bar;r c --dry-run;r c --wait;r c --timeout 5m
r c --set-literal a=b,c={x};r c --set-json {"q":{"z":1}} --set-json w=[1,2];r c --set-string a=1 --set b=2
r c --set a=1 --set a.b=2;r c --show-only=templates/x.yaml --no-hooks;-- r c;r c --include-crds -s crds/a.yaml
r c -s x.yaml;r c -s templates/sub/y.yaml;r c -s sub/y.yaml;r c -s charts/s/templates/z.yaml;r c -s /templates
r c --skip-schema-validation;r-x c;r_x c;-x c;r c --set a=5,l[0]=6 --set-string t=7;r c --description x
""".strip().replace("\n", ";").split(";")

FLAG_CHART = chart(
    {
        "x.yaml": """kind: ConfigMap
metadata: {name: x}
data: {{ toJson .Values }}
kinds: {{ kindOf .Values.a }}
release: {{ .Release }} {{ toJson .Release }}
v: {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.APIVersions.Has "c/d" }}
---
kind: ConfigMap
metadata: {name: y}
""",
        "sub/y.yaml": "kind: Service\n",
        "tests/t.yaml": "kind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n",
        "h.yaml": 'kind: Job\nmetadata: {annotations: {helm.sh/hook: "pre-install,test-success"}}\n\n',
        "b.yaml": "kind: Job\nmetadata: {annotations: {helm.sh/hook: pre-install}}\n",
        "u.yaml": "kind: Job\nmetadata: {annotations: {helm.sh/hook: \"\"}}\n",
    },
    "a: 1\n",
    {
        "c/crds/a.yaml": "kind: CustomResourceDefinition\n",
        "c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
        "c/charts/s/templates/z.yaml": "kind: Secret\n",
        "v.yaml": "a: {b: 2}\nl: [1, 2]\n",
    },
)

VALUES_FILES = [
    "l: [1]\nm: {a: 1, n: null}\nz: 1\n---\nl: [2]\nm: {b: 1}\nz: null\n",
    "--- # x\nl: [1]\n--- # y\nl: [2]\n",
    "l: [1]\n---\n---\nz: [2]\n...\n---\nq: 1",
    "l: [1]\n---\n- 1\n",
    "a: b: c\n",
    b"\xff\xfe",
    b"\xff\xfea\x00:\x00 \x00b\x00",
    "foo\n",
    "5\n",
    "true\n",
    "---\n",
    "",
    "# only\n",
    "a: 1\n# c\n---\n# only\n",
    "\ufeffa: 1\n",
    "a: 1\r\nb:\r\n  - c\r\n",
    "a: \tb\n",
    "\ta: b\n",
    "a: 'x\n",
    "a: [1, 2\n",
    "a: {b: 1\n",
    "a: *x\n",
    "a: &x 1\nb: *x\n",
    "a: !!str 5\nb: !!int '7'\nc: !foo bar\nd: !!binary aGVsbG8=\n",
    "1: a\n2.5: b\ntrue: c\nnull: d\n",
    "~: d\n",
    "? [a, b]\n: c\n",
    "a: 1\na: 2\n",
    "<<: {a: 1}\nb: 2\n",
    "x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz:\n  <<: [*x, {c: 4}]\n",
    "a: .nan\n",
    "a: .inf\n",
    "%YAML 1.1\n---\na: 1\n",
    "%YAML 1.2\n---\na: 1\n",
    "a: |\n  x\n   y\n\n  z\nb: >\n  x\n  y\n\n  z\n",
    "a: >-\n  x\n  y\nb: |+\n  x\n\nc: |2\n    x\n",
    "a: \"x\\ty\\u00e9\\x41\\\n  z\"\n",
    "a: 'it''s'\nb: plain # comment\nc: a#b\n",
    "a:\n- b\n-  c\n- - d\n  - e\n- f: 1\n  g: 2\n",
    "a: 2001-12-14t21:59:43.10-05:00\nb: 2024-01-01\n",
    "@a: 1\n",
    "a: `b`\n",
    "a: - b\n",
    "a:\n  b: 1\n c: 2\n",
    "a: b\n  c: d\n",
    "- a\n- b\n",
    "a: \"\\/\"\n",
    "a: \"\\q\"\n",
    "a: 'x' y\n",
    "a: {b: c}}\n",
    "a: ]\n",
    "a: %x\n",
    "a: 1\x00\n",
    "a: \x07\n",
    "a: [b, c,]\nd: {e: f,}\n",
    "a: [,]\n",
    "a: {x, y: }\n",
    "{a: 1}\n",
    "a:b\n",
    "a: b:c\n",
    "? a\n",
    "? a\n: b\n",
    "!!map {a: 1}\n",
    "&x a: 1\n*x : 2\n",
]


def flags():
    extra = ["c --name-template", "r c --set a=b -s templates/x.yaml"]
    lines = [line.split() for line in FLAGS + extra]
    return [Case("flags " + " ".join(args), FLAG_CHART, args) for args in lines]


def sets():
    files = chart(TO_JSON, None, {"n.yaml": '{"n": 1.5, "l": [1], "m": {"a": 1}, "s": x, "z": null}'})
    for text in SETS:
        for flag in ["--set", "--set-string", "--set-literal", "--set-json"]:
            yield Case(f"{flag} {text}", files, ["r", "c", "-f", "n.yaml", flag, text])


def chart_yaml():
    template = "a: {{ toJson .Chart }}\nb: {{ .Chart.AppVersion }} {{ .Chart.Name }}\nc: {{ .Chart.Deprecated }}\n"
    for line in CHART_LINES:
        key = line.split(":")[0] + ":"
        kept = "".join(other + "\n" for other in CHART.splitlines() if not other.startswith(key))
        yield Case("Chart.yaml " + line, chart(template, None, None, kept + line + "\n"))
    show = "{{ with .Capabilities.KubeVersion }}{{ .Version }} {{ .Major }} {{ .Minor }} {{ .GitVersion }} {{ . }}{{ end }}"
    for version in KUBE_VERSIONS:
        for wanted in ["", "kubeVersion: '>=1.27.0'\n", "kubeVersion: '>=1.27.0-0'\n"]:
            files = chart(f"v: {show}\n", None, None, CHART + wanted)
            yield Case(f"kube-version {version} {wanted}", files, ["r", "c", "--kube-version", version])
    requirements = {"c/requirements.yaml": "dependencies:\n- name: s\n  version: '>0'\n  condition: s.on\n"}
    below = {
        "c/charts/s/Chart.yaml": "name: s\nversion: 1.0.0\n",
        "c/charts/s/templates/z.yaml": "z: {{ toJson .Values }}\n",
    }
    for version in ["v1", "v2"]:
        for more in [requirements, requirements | below]:
            for args in [[], ["--set", "s.on=false"]]:
                head = CHART.replace("v2", version)
                files = chart(TO_JSON + "f: {{ .Files.Get \"requirements.yaml\" | quote }}\n", None, more, head)
                yield Case(f"requirements {version} {sorted(more)} {args}", files, ["r", "c", *args])


def values_files():
    for text in VALUES_FILES:
        yield Case(f"values.yaml {text!r}", chart(TO_JSON, text))
        yield Case(f"-f {text!r}", chart(TO_JSON, None, {"v.yaml": text}), ["r", "c", "-f", "v.yaml"])


def all_cases():
    return [*flags(), *sets(), *chart_yaml(), *values_files()]
