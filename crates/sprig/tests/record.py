#!/usr/bin/env python3
"""Records what the real Helm answers to the expressions in cases/*.txt.

Usage: record.py [NAME]...   (names of case files without .txt; none: all)

A case is one line: an expression (`trunc 5 "abc"`), or a template where it holds `{{`. Below it,
after a tab, stands the answer that this script writes:

    => "TYPE TEXT"     what `printf "%T"` and printing the value give (of a template: its output)
    !! "MESSAGE"       the end of Helm's error message

Lines that begin with `#` are comments; the Rust test `oracle` compares the same cases. Cases whose
line ends in `  # as Go` hold an answer that Helm's command cannot show, and are left as they are.
"""

import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
CHART = "apiVersion: v2\nname: c\nversion: 0.1.0\n"


def template(case):
    if "{{" in case:
        return json_free(case)
    return '{{ $x := %s }}{{ printf "%%T" $x }} {{ $x }}' % case


def json_free(case):
    """A case stands on one line: `\\n` outside of actions is written as `⏎`."""
    return case.replace("⏎", "\n")


def helm(text, partial=None):
    folder = tempfile.mkdtemp(prefix="sprig-record-")
    try:
        os.makedirs(folder + "/c/templates")
        pathlib.Path(folder, "c/Chart.yaml").write_text(CHART)
        shutil.copy(HERE / "values.yaml", folder + "/c/values.yaml")
        pathlib.Path(folder, "c/templates/t.yaml").write_text(text)
        if partial is not None:
            pathlib.Path(folder, "c/templates/_case.tpl").write_text(partial)
        command = ["helm", "template", "r", folder + "/c"]
        env = dict(os.environ, TZ="UTC")
        return subprocess.run(command, capture_output=True, env=env, timeout=120, text=True, errors="surrogateescape")
    finally:
        shutil.rmtree(folder)


def message(stderr):
    """The innermost complaint: what follows the place and the calls that led there."""
    text = stderr.removeprefix("Error: ").split("\n\nUse --debug flag")[0]
    if text.startswith("execution error at ("):
        return text.split("): ", 1)[1]
    text = re.sub(r"\n\s*", " ", text)
    return re.split(r" at <.*?>: ", text, maxsplit=1)[-1].strip()


def alone(case):
    """The answer of one case in a chart of its own."""
    ran = helm('k: {{ include "c/templates/_case.tpl" . | b64enc }}', template(case))
    if ran.returncode == 0:
        found = re.search(r"^k: ?(.*)$", ran.stdout, re.M)
        return "=> " + quoted(base64.b64decode(found[1]))
    ran = helm(template(case))
    if ran.returncode == 0:
        sys.exit(f"fails only when included: {case}")
    # Our messages are text: bytes that are none are U+FFFD there.
    raw = message(ran.stderr).encode(errors="surrogateescape")
    return "!! " + quoted(raw.decode(errors="replace").encode())


def batch(cases):
    """Answers of all cases in one run; those that fail are found out one by one."""
    apart = re.compile(r"{{ define|(set|[mM]erge\w*) .*\.Values")
    answers = {at: alone(case) for at, case in cases if apart.search(case)}
    left = [(at, case) for at, case in cases if at not in answers]
    while left:
        defines = "".join(
            '{{- define "case%dend" -}}%s{{- end -}}\n' % (at, template(case)) for at, case in left
        )
        lines = "".join('k%d: {{ include "case%dend" . | b64enc }}\n' % (at, at) for at, _ in left)
        ran = helm(defines + "kind: K\napiVersion: v1\n" + lines)
        if ran.returncode == 0:
            for at, text in re.findall(r"^k(\d+): ?(.*)$", ran.stdout, re.M):
                answers[int(at)] = "=> " + quoted(base64.b64decode(text))
            return answers
        found = re.search(r'"?case(\d+)end"?', ran.stderr)
        line = re.search(r"t.yaml:(\d+)", ran.stderr)
        # Without a name, the place is a line of the defines or, after them, of what includes them.
        row = int(line[1]) - 1 if line else 0
        bad = int(found[1]) if found else (left + [None, None] + left)[row][0]
        case = dict(left)[bad]
        answers[bad] = alone(case)
        left = [(at, case) for at, case in left if at != bad]
    return answers


def quoted(raw):
    """JSON where the bytes are UTF-8, else the bytes in base64."""
    try:
        return json.dumps(raw.decode(), ensure_ascii=False)
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(raw).decode()


def record(path):
    lines = path.read_text().split("\n")
    old = [line for line in lines if line.strip()]
    kept, fixed = [], {}
    for line in old:
        if line.startswith("\t"):
            if kept and kept[-1].endswith("  # as Go"):
                fixed[len(kept) - 1] = line
        else:
            kept.append(line)
    cases = [
        (at, line)
        for at, line in enumerate(kept)
        if not line.startswith("#") and at not in fixed
    ]
    answers = batch(cases)
    out = []
    for at, line in enumerate(kept):
        if line.startswith("#") and out:
            out.append("")
        out.append(line)
        if at in fixed:
            out.append(fixed[at])
        elif at in answers:
            out.append("\t" + answers[at])
    path.write_text("\n".join(out) + "\n")
    print(path.name, len(cases))


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem for path in (HERE / "cases").glob("*.txt"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: record(HERE / "cases" / f"{name}.txt"), names))
