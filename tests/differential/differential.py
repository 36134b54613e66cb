"""`differential.py [--seed S] [--rounds N] [FAMILY]...`: see README.md."""

import argparse
import sys
import time

import archives
import compare
import loading
import templates
import values
import yamls

FAMILIES = {
    "archives": lambda options, report: compare.cases(archives.all_cases(), report),
    "loading": lambda options, report: compare.cases(loading.all_cases(), report),
    "values": lambda options, report: compare.cases(values.all_cases(options.seed, options.rounds), report),
    "yaml": lambda options, report: compare.probes(yamls.all_probes(options.seed, options.rounds), report),
    "printing": lambda options, report: compare.probes(
        templates.all_probes(options.seed, options.rounds), report, templates.VALUES, templates.FILES
    ),
    "templates": lambda options, report: compare.cases(templates.all_cases(options.seed, options.rounds), report),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", default="1")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("families", nargs="*", choices=[[], *FAMILIES])
    options = parser.parse_args()
    failed = False
    for name in options.families or FAMILIES:
        report, start = compare.Report(), time.time()
        FAMILIES[name](options, report)
        seconds = time.time() - start
        print(f"{name}: {report.cases} compared, {report.different} different, {seconds:.0f} s")
        failed |= report.different > 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
