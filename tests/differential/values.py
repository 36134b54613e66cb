"""Values over values: random trees of charts, their values files, overrides, nulls, globals,
conditions, tags, aliases and import-values."""

import json
import random

from compare import Case

KEYS = ["a", "b", "c", "enabled", "global", "exports", "tags", "s", "t", "u"]
SHOW = "v: {{ toJson .Values }}\nd: {{ toJson .Chart.Dependencies }}\ns: {{ keys .Subcharts | sortAlpha }}\n"


def scalar(rng):
    return rng.choice([None, None, 1, 0, "x", "", True, False, 1.5, [], [1], [None, {"a": None}]])


def tree(rng, depth):
    if depth == 0 or rng.random() < 0.4:
        return scalar(rng)
    return {key: tree(rng, depth - 1) for key in rng.sample(KEYS, rng.randint(0, 4))}


def table(rng, depth):
    found = tree(rng, depth)
    while not isinstance(found, dict):
        found = tree(rng, depth)
    for key in ["global", "tags", "s", "t", "u", "exports"]:
        # Most values files hold tables here; one in ten does not.
        if key in found and not isinstance(found[key], dict) and rng.random() < 0.9:
            found[key] = {name: scalar(rng) for name in rng.sample(KEYS[:4], 2)}
    return found


def dependency(rng, name):
    entry = {"name": name, "version": rng.choice(["1.0.0", ">0", "^1.0.0", "*", "1.x"])}
    if rng.random() < 0.4:
        entry["condition"] = rng.choice([f"{name}.enabled", "enabled", f"{name}.enabled,global.enabled", "a.b"])
    if rng.random() < 0.3:
        entry["tags"] = rng.sample(["a", "b", "c"], 2)
    if rng.random() < 0.3:
        entry["alias"] = rng.choice(["x", "y", "s2"])
    if rng.random() < 0.4:
        choices = ["a", "b", {"child": "a", "parent": "b"}, {"child": "exports.a", "parent": "."}]
        entry["import-values"] = rng.sample(choices + [{"child": "c", "parent": "a.b"}], 2)
    return entry


def add_chart(rng, folder, name, below, files):
    """A chart with subcharts named `below[0]`, which have subcharts of their own."""
    head = {"apiVersion": "v2", "name": name, "version": "1.0.0"}
    if below and rng.random() < 0.7:
        listed = [dependency(rng, child) for child in below[0]]
        names = {entry.get("alias", entry["name"]) for entry in listed}
        head["dependencies"] = listed if len(names) == len(listed) else listed[:1]
    files[f"{folder}/Chart.yaml"] = json.dumps(head)
    files[f"{folder}/templates/x.yaml"] = SHOW
    if rng.random() < 0.9:
        files[f"{folder}/values.yaml"] = json.dumps(table(rng, 3))
    for child in below[0] if below else []:
        add_chart(rng, f"{folder}/charts/{child}", child, below[1:], files)


def case(seed):
    rng = random.Random(seed)
    files, args = {}, ["r", "c"]
    below = rng.choice([[], [["s"]], [["s", "t"]], [["s"], ["u"]], [["s", "t"], ["u"]]])
    add_chart(rng, "c", "c", below, files)
    for number in range(rng.randint(0, 2)):
        files[f"v{number}.yaml"] = json.dumps(table(rng, 3))
        args += ["-f", f"v{number}.yaml"]
    for _ in range(rng.choice([0, 0, 1])):
        path = rng.choice(["a", "s.a", "global.b", "tags.a", "s.enabled", "s.u.a", "enabled"])
        args += ["--set", f"{path}={rng.choice(['null', '1', 'true', 'false', 'x'])}"]
    return Case(f"values {seed}", files, args)


def all_cases(seed, rounds):
    return [case(f"{seed}/{number}") for number in range(rounds)]
