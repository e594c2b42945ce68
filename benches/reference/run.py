#!/usr/bin/env python3
"""Measures bowdler against DuckDB and Polars on the reference job, checks what each of them wrote, and prints a table.

    python3 benches/reference/run.py [--rows 4000000] [--rounds 3] [--only csv|parquet] [--suite sha256|blake3]
                                     [--work DIR] [--save] [--without TOOL]

Each run is a whole process, from its start to its end, timed by the wall clock and by what the kernel says of it
(`wait4`). The tools take turns: one round is one run of each, so that a machine that slows down slows all of them.
For Linux and Python 3.11; standard library only.
"""

import argparse
import csv
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import timing
from timing import BOWDLER, middle, talk, timed

TOOLS = ["bowdler", "duckdb", "polars"]
FORMATS = {"csv": "CSV", "parquet": "Parquet"}


def main():
    options = parse_arguments()
    versions = versions_of_peers()
    timing.build(with_bowdler="bowdler" in options.tools)
    with timing.work_folder(options.work) as work:
        report = [machine(versions, options)]
        for format in options.formats:
            source = data(work, format, options.rows)
            runs = take_turns(options, source)
            report.append(table(format, runs))
            if "bowdler" in runs:
                bench = Bench(options, data(work / "tenth", format, options.rows // 10))
                report.append(growth(full=runs["bowdler"], tenth=bench.run("bowdler")))
                bench.clear()
                bench = Bench(options, source)
                report.append(checked([bench.run("bowdler", check=True) for _ in range(options.rounds)]))
                bench.clear()
    report = "\n\n".join(report)
    print(report)
    if options.save:
        (HERE / "results.md").write_text(f"# Results of the reference job\n\n{report}\n", encoding="utf-8")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    option = parser.add_argument
    timing.add_options(parser, 4_000_000, "a gigabyte of CSV", "tool for each format")
    option("--only", choices=FORMATS, help="one format instead of both")
    option("--suite", choices=["sha256", "blake3"], default="sha256", help="behind bowdler's tokens (default: sha256)")
    option("--without", choices=TOOLS, action="append", default=[], help="leave a tool out; may be given twice")
    options = parser.parse_args()
    options.formats = [options.only] if options.only else list(FORMATS)
    options.tools = [tool for tool in TOOLS if tool not in options.without]
    return options


# --- what is needed before the first run ---


def versions_of_peers():
    """Both peers must be there. DuckDB is needed even when it is left out: it reads the Parquet files for the check."""
    versions = {}
    for module in ["duckdb", "polars"]:
        question = [sys.executable, "-c", f"import {module}; print({module}.__version__)"]
        versions[module] = subprocess.run(question, capture_output=True, text=True).stdout.strip()
    missing = [module for module, version in versions.items() if not version]
    if missing:
        sys.exit(f"missing: {', '.join(missing)} (to have them: pip install {' '.join(missing)})")
    return versions


def data(folder, format, rows):
    """The people in one format, made where they are absent. They appear under their name only when they are whole."""
    source = folder / format / f"people.{format}"
    if not source.exists():
        part = folder / "part"
        timing.generate(rows, part, format)
        (part / format).rename(source.parent)
        part.rmdir()
    return source


# --- running ---


class Bench:
    """One source and the place where the tools write what they make of it."""

    def __init__(self, options, source):
        self.suite, self.source = options.suite, source
        self.out = source.parents[1] / "out"
        self.target = self.out / source.name

    def run(self, tool, check=False):
        """Runs a tool once. Its output stays until the next run, or `clear`."""
        self.clear()
        self.out.mkdir()
        command = self.bowdler(check) if tool == "bowdler" else self.peer(tool)
        return timed(command, tool)

    def bowdler(self, check):
        """The command line of bowdler, with a new key and with the suite that was asked for. Unless it is to check, it
        does not look for source values in its output before it publishes, as the peers never do."""
        rules, key = self.out / "rules.toml", self.out / "key"
        written = (HERE / "rules.toml").read_text(encoding="utf-8")
        wanted, places = re.subn(r'(?m)^(suite\s*=\s*)"\w+"', rf'\1"{self.suite}"', written)
        assert places == 1, "rules.toml names its suite"
        rules.write_text(wanted, encoding="utf-8")
        timing.make_key(key)
        files = ["--from", self.source, "--to", self.target, "--replace"]
        survivors = [] if check else ["--no-check-survivors"]
        return [BOWDLER, "run", rules, *files, *survivors, "--quiet", "--key-file", key]

    def peer(self, tool):
        return [sys.executable, "-B", HERE / f"{tool}_job.py", self.source, self.target]

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)


def take_turns(options, source):
    """The runs of each tool, every one of them checked."""
    bench, expected = Bench(options, source), Content.of(source)
    if expected.rows != options.rows:
        sys.exit(f"the data in the work folder have {expected.rows:,} rows, not {options.rows:,}")
    format = FORMATS[source.suffix[1:]]
    runs, sound = {tool: [] for tool in options.tools}, set()
    for turn in range(options.rounds):
        for tool in options.tools:
            run = bench.run(tool)
            figures = f"{run.wall:.2f} s, {run.cpu:.2f} s CPU, {run.peak_mb:.0f} MB"
            talk(f"{format}, round {turn + 1}, {tool}: {figures}")
            digest = digest_of(bench.target)
            if digest not in sound:  # what is the same byte for byte need not be read again
                check(tool, expected, Content.of(bench.target))
                sound.add(digest)
            runs[tool].append(run)
    bench.clear()
    return runs


# --- checking ---

DROPPED = ["street", "note"]
KEPT = ["city", "created_at"]

# For one row in SAMPLE: the source's value, `>`, and what may have become of it.
SAMPLE = 1_000
TREATED = {
    "id": r"(\d+)>(?!\1$)\d{1,9}",
    "first_name": r"\D+>\D+",
    "last_name": r"\D+>\D+",
    "email": r".+@.+>[0-9A-Za-z]{26}",
    "phone": r".*(\d)(\d ?\d\d)>\D*\1?\2",
    "date_of_birth": r"(\d{4})-\d\d-\d\d>\1-01-01",
    "postcode": r"(\d\d)\d{3}>\1\D*",
    "card_number": r"\d{12}(\d{4})>\D+\1",
    "ip_address": r"((?:\d+\.){3})\d+>\1[0](/24)?",
    "balance": r".+>-?(0|\d*00)(\.0+)?",
}

# Writes a Parquet file as a CSV file, with `name type` for a header.
PARQUET_AS_CSV = """
import duckdb, sys
content = duckdb.read_parquet(sys.argv[1])
typed = [f'"{name}" AS "{name} {type}"' for name, type in zip(content.columns, content.types)]
content.project(", ".join(typed)).write_csv(sys.argv[2])
"""


@dataclass
class Content:
    """What is compared of a file: its columns, in Parquet with their types; its number of rows; the kept columns, in
    order, as a digest; and one row in SAMPLE."""

    columns: list[str]
    rows: int
    kept: str
    samples: list[dict[str, str]]

    @staticmethod
    def of(path):
        talk(f"reading {path.name}")
        with records_of(path) as records:
            columns = next(records, [])
            names = [column.split(" ")[0] for column in columns]
            kept_places = [place for place, name in enumerate(names) if name in KEPT]
            rows, kept, samples = 0, hashlib.blake2b(), []
            for rows, record in enumerate(records, start=1):
                kept.update("\0".join([record[place] for place in kept_places] + [""]).encode())
                if rows % SAMPLE == 1:
                    samples.append(dict(zip(names, record, strict=True)))
            return Content(columns, rows, kept.hexdigest(), samples)


@contextmanager
def records_of(path):
    if path.suffix == ".csv":
        with open(path, newline="", encoding="utf-8") as file:
            yield csv.reader(file)
    else:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            text = Path(folder) / "text.csv"
            command = [sys.executable, "-c", PARQUET_AS_CSV, path, text]
            if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
                sys.exit(f"{path.name} can't be read")
            with records_of(text) as records:
                yield records


def check(tool, source, output):
    """Ends the program when the output is not what the job asks for."""
    faults = []
    if output.rows != source.rows:
        faults.append(f"{output.rows} rows instead of {source.rows}")
    if output.columns != [column for column in source.columns if column.split(" ")[0] not in DROPPED]:
        faults.append(f"the columns are {', '.join(output.columns)}")
    if output.kept != source.kept:
        faults.append(f"{' or '.join(KEPT)} is not as in the source")
    for before, after in zip(source.samples, output.samples):
        for column, pattern in TREATED.items():
            if not re.fullmatch(pattern, f"{before[column]}>{after.get(column)}"):
                faults.append(f"{column}: {before[column]!r} became {after.get(column)!r}")
    if faults:
        sys.exit(f"{tool} did not do the job:\n  " + "\n  ".join(faults[:10]))


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


# --- telling ---


def machine(versions, options):
    versions = versions | {"Python": sys.version.split()[0]}
    lines = [
        f"{options.rows:,} rows, rounds: {options.rounds}, bowdler's suite: {options.suite}",
        timing.machine(),
        ", ".join(f"{name} {version}" for name, version in versions.items()),
    ]
    if "bowdler" in options.tools:
        lines.append(subprocess.run([BOWDLER, "--version"], capture_output=True, text=True, check=True).stdout.strip())
    return "\n".join(f"- {line}" for line in lines)


def table(format, runs):
    title = f"{FORMATS[format]} to {FORMATS[format]}"
    heads = ["wall, least (s)", "wall, median (s)", "CPU (s)", "peak memory (MB)", "wall ratio", "CPU ratio", "memory ratio"]
    ours = middle(runs["bowdler"]) if "bowdler" in runs else None
    lines = [f"| {title} | {' | '.join(heads)} |", "|---" + "|--:" * len(heads) + "|"]
    for tool, its_runs in runs.items():
        its = middle(its_runs)
        cells = [f"{min(run.wall for run in its_runs):.2f}", f"{its.wall:.2f}", f"{its.cpu:.2f}", f"{its.peak_mb:.0f}"]
        if ours:
            pairs = [(its.wall, ours.wall), (its.cpu, ours.cpu), (its.peak_mb, ours.peak_mb)]
            cells += [f"{theirs / own:.2f}" for theirs, own in pairs]
        else:
            cells += ["-"] * 3
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    return "\n".join(lines)


def growth(full, tenth):
    peak = middle(full).peak_mb
    return (
        f"bowdler's peak memory for a tenth of the rows: {tenth.peak_mb:.0f} MB. "
        f"Ten times the rows take {peak / tenth.peak_mb:.2f} times the memory."
    )


def checked(runs):
    run = middle(runs)
    return (
        "As it comes, looking for source values in what it is about to publish, bowdler takes "
        f"{run.wall:.2f} s (median), {run.cpu:.2f} s CPU and {run.peak_mb:.0f} MB."
    )


if __name__ == "__main__":
    main()
