"""Runs the real Helm and our host tool on the same command lines and tells where they differ.

A `Case` is a folder's worth of files and the arguments behind `helm template`. A `Probe` is one
line of template; many are put into one chart, because each run of Helm costs about 80 ms. Where a
probe fails, its chart is halved until each failing probe stands alone and its error is compared.
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field

HELM = os.environ.get("HELM", "helm")
OURS = os.environ.get("OURS", "")
PATIENCE = 60
CHART = "apiVersion: v2\nname: c\nversion: 0.1.0\n"


@dataclass
class Case:
    """One command line: `files` (paths and contents) stand in the folder where it runs."""

    name: str
    files: dict
    args: list = field(default_factory=lambda: ["r", "c"])
    stdin: bytes = b""


@dataclass
class Outcome:
    exit: int
    stdout: bytes
    stderr: bytes


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")


def chart(templates, values=None, more=None, chart_yaml=CHART):
    """The files of a chart `c`; `templates` may be the text of one template."""
    if isinstance(templates, (str, bytes)):
        templates = {"x.yaml": templates}
    files = {"c/Chart.yaml": chart_yaml}
    files |= {f"c/templates/{name}": text for name, text in templates.items()}
    if values is not None:
        files["c/values.yaml"] = values
    return files | (more or {})


def run(program, case, folder):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run(
        program + case.args, cwd=folder, input=case.stdin, capture_output=True, env=env, timeout=PATIENCE
    )
    clean = lambda text: text.replace(str(folder).encode(), b"FOLDER")
    return Outcome(done.returncode, clean(done.stdout), clean(done.stderr))


def both(case):
    """What Helm and what we make of a case."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="differential-"))
    try:
        for name, content in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(content))
        return run([HELM, "template"], case, folder), run([OURS], case, folder)
    finally:
        shutil.rmtree(folder)


def difference(helm, ours):
    """One line or a few on how the outcomes differ; None where they do not."""
    show = lambda out: out.stderr.decode("utf-8", "replace").strip()[-1500:]
    if helm.exit != ours.exit:
        return f"exit {helm.exit} became {ours.exit}\n  helm: {show(helm)}\n  ours: {show(ours)}"
    if helm.stdout != ours.stdout:
        return "stdout" + first_line(helm.stdout, ours.stdout)
    if helm.exit and without_log(helm.stderr) != without_log(ours.stderr):
        return "stderr" + first_line(without_log(helm.stderr), without_log(ours.stderr))
    return None


def without_log(stderr):
    """What is printed without the warnings, which come in no fixed order."""
    return b"\n".join(line for line in stderr.split(b"\n") if not line.startswith(b"level="))


def first_line(helm, ours):
    left, right = helm.split(b"\n"), ours.split(b"\n")
    for number in range(max(len(left), len(right))):
        a = left[number] if number < len(left) else None
        b = right[number] if number < len(right) else None
        if a != b:
            return f" line {number + 1}\n  helm: {a!r}\n  ours: {b!r}"
    return ""


class Report:
    """Counts, and prints each difference as it is found."""

    def __init__(self, most=200):
        self.cases = 0
        self.different = 0
        self.most = most

    def add(self, name, text, count=1):
        self.cases += count
        if text is None:
            return
        self.different += 1
        if self.different <= self.most:
            print(f"== {name[:200]}: {text}", flush=True)


def cases(all_cases, report):
    """Compares each case by itself."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, (helm, ours) in zip(all_cases, pool.map(both, all_cases)):
            report.add(case.name, difference(helm, ours))


def probe_case(probes, values, more):
    lines = [f"# {at}\n{probe}\n# end {at}\n" for at, probe in enumerate(probes)]
    return Case("probes", chart({"NOTES.yaml": "".join(lines)}, values, more))


def sections(stdout, count):
    """What each probe printed."""
    text = stdout.decode("utf-8", "replace")
    out, at = [], 0
    for number in range(count):
        start = text.find(f"# {number}\n", at)
        end = text.find(f"\n# end {number}\n", start)
        if start < 0 or end < 0:
            out.append(None)
            continue
        out.append(text[start:end])
        at = end
    return out


def probes(all_probes, report, values=None, more=None, size=200):
    """Compares one-line templates, many in a chart."""
    batches = [all_probes[at : at + size] for at in range(0, len(all_probes), size)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda batch: halve(batch, report, values, more), batches))


def printed(left, right):
    """Where two texts begin to differ, with some of what stands around it."""
    left, right = left or "", right or ""
    at = len(os.path.commonprefix([left, right]))
    around = slice(max(0, at - 40), at + 100)
    return f"printed\n  helm: {left[around]!r}\n  ours: {right[around]!r}"


def halve(batch, report, values, more):
    helm, ours = both(probe_case(batch, values, more))
    if len(batch) == 1:
        report.add(batch[0], difference(helm, ours))
    elif helm.exit == 0 and ours.exit == 0:
        pairs = zip(batch, sections(helm.stdout, len(batch)), sections(ours.stdout, len(batch)))
        for probe, left, right in pairs:
            same = left == right
            report.add(probe, None if same else printed(left, right))
    else:
        middle = len(batch) // 2
        halve(batch[:middle], report, values, more)
        halve(batch[middle:], report, values, more)
