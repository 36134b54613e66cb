"""Charts as archives, with `.helmignore`, unusual names and schemas in subcharts."""

import gzip
import io
import tarfile

from compare import CHART, Case, chart

SHOW = "files: {{ range $k, $v := .Files }}{{ $k }},{{ end }}\nv: {{ toJson .Values }}\n"

IGNORES = [
    "*.md\n", "/a.md\n", "docs/\n", "docs/*.txt\n", "!a.md\n", "*\n!templates\n", "# c\n\n  *.md  \n", "a.m?\n", "[a-b].md\n", "docs\n",
    "**/x\n", "docs/deep\n", "docs/deep/\n", "templates/extra.yaml\n", "*.yaml\n", "values.yaml\n", "Chart.yaml\n", ".*\n", "charts/\n", "crds\n",
    "[\n", "a.md \n", "\\#a.md\n", "!docs/\n", "*.txt\n!docs/x.txt\n", "deep/\n", "/docs/deep/*\n", "docs/*\n", ".helmignore\n", "./a.md\n",
]

TREE = {
    "c/a.md": "a\n", "c/b.md": "b\n", "c/docs/x.txt": "x\n", "c/docs/deep/y.txt": "y\n", "c/.hidden": "h\n", "c/#a.md": "#\n",
    "c/templates/extra.yaml": "extra: 1\n", "c/templates/.dot.yaml": "dot: 1\n", "c/templates/_p.yaml": "p: 1\n", "c/x.tmpl": "t\n",
    "c/templates/a.txt": "kind: T\n", "c/templates/b.json": '{"kind": "J"}\n', "c/templates/sub/NOTES.txt": "notes\n", "c/crds/c.yml": "kind: C\n",
    "c/crds/d.json": '{"kind": "D"}\n', "c/crds/e.txt": "kind: E\n", "c/charts/_off/Chart.yaml": CHART,
}

SCHEMAS = [
    '{"type": "object", "required": ["x"]}', '{"properties": {"a": {"type": "string"}, "b": {"minimum": 5}}}', '{"additionalProperties": false}',
    '{"type": "array"}', "{", "[]", "true", "false", '{"$ref": "#/definitions/x"}', '{"properties": {"a": {"enum": ["x", 1, null]}}}',
    '{"properties": {"global": {"required": ["q"]}}}', '{"$schema": "http://json-schema.org/draft-07/schema#", "required": ["x", "y"]}',
    '{"properties": {"l": {"items": {"type": "string"}, "minItems": 3, "uniqueItems": true}}}', '{"anyOf": [{"required": ["x"]}, {"required": ["y"]}]}',
    '{"oneOf": [{"type": "object"}, {"maxProperties": 9}]}', '{"not": {"required": ["a"]}}', '{"if": {"required": ["a"]}, "then": {"required": ["z"]}}',
    '{"patternProperties": {"^a": {"type": "boolean"}}}', '{"properties": {"a": {"pattern": "^x", "format": "uri"}}}', '{"type": "nope"}', '{"const": 5}',
    '{"dependentRequired": {"a": ["q"]}}', '{"properties": {"a": {"multipleOf": 2}, "n": {"maxLength": 1, "minLength": 5}}}', '{"$schema": "nope"}',
]


def tgz(entries, compress=True):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data.encode()))
    return gzip.compress(buffer.getvalue()) if compress else buffer.getvalue()


def archives():
    files = chart(SHOW, "a: 1\n", TREE)
    plain = [(name, text) for name, text in files.items()]
    renamed = [(name.replace("c/", "other/", 1), text) for name, text in files.items()]
    named = {
        "plain": tgz(plain),
        "ignored": tgz([*plain, ("c/.helmignore", "*.md\n")]),
        "renamed": tgz(renamed),
        "no folder": tgz([(name[2:], text) for name, text in plain]),
        "dot": tgz([("./" + name, text) for name, text in plain]),
        "two roots": tgz([*plain, ("d/a.md", "other\n")]),
        "twice": tgz([*plain, ("c/values.yaml", "a: 2\n")]),
        "outside": tgz([*plain, ("c/../../evil", "x")]),
        "absolute": tgz([*plain, ("/c/evil", "x")]),
        "backslash": tgz([*plain, ("c\\templates\\w.yaml", "w: 1\n")]),
        "no chart": tgz([("c/values.yaml", "a: 1\n")]),
        "empty": tgz([]),
        "not tar": gzip.compress(b"text"),
        "tar": tgz(plain, False),
        "cut": tgz(plain)[:100],
        "bytes": b"\x00\x01\x02",
        "text": b"hello\n",
        "bom": tgz([*plain[:1], ("c/templates/x.yaml", "\ufeffa: {{ .Values.a }}\n"), ("c/values.yaml", "\ufeffa: 1\n")]),
    }
    for name, data in named.items():
        yield Case(f"archive {name}", {"c.tgz": data}, ["r", "c.tgz"])
        outer = {"c/Chart.yaml": CHART, "c/charts/s-1.tgz": data, "c/templates/x.yaml": SHOW}
        yield Case(f"subchart archive {name}", outer)


def ignores():
    for text in IGNORES:
        yield Case(f"no chart {text!r}", chart(SHOW, None, TREE | {"c/.helmignore": text, "c/charts/README.md": "no chart\n"}))
        yield Case(f"helmignore {text!r}", chart(SHOW, "a: 1\n", TREE | {"c/.helmignore": text}), ["r", "c", "--include-crds"])


def schemas():
    values = "a: 1\nb: 2\nl: [1, 1]\nn: text\ns: {a: 1}\n"
    below = {"c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n", "c/charts/s/values.yaml": "b: 1\n"}
    for text in SCHEMAS:
        yield Case(f"schema {text}", chart("a: 1\n", values, {"c/values.schema.json": text}))
        both = below | {"c/values.schema.json": text, "c/charts/s/values.schema.json": text}
        yield Case(f"subchart schema {text}", chart("a: 1\n", values, both))
        yield Case(f"skipped schema {text}", chart("a: 1\n", values, both), ["r", "c", "--skip-schema-validation"])


def all_cases():
    return [*archives(), *ignores(), *schemas()]
