#!/usr/bin/env python3
"""Measures bowdler on dumps of databases: five of fourteen columns are treated, everything else must stay as it is.

    python3 benches/dumps/run.py [--rows 1000000] [--rounds 3] [--work DIR] [--save]

The rows are those of the reference job, written as pg_dump and mysqldump write them. Each run is a whole process, from
its start to its end, timed by the wall clock and by what the kernel says of it (`wait4`); the kinds of dump take turns.
What comes out is compared line by line with what went in: treated columns must be what the same rules make of the same
rows in CSV, every other byte what it was. For Linux and Python 3.11; standard library only.
"""

import argparse
import csv
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parents[1]
BOWDLER = HOUSE / "target" / "release" / "bowdler"
GENERATOR = HOUSE / "target" / "release" / "examples" / "reference_data"
RULES = HERE / "rules.toml"
TREATED = ["id", "first_name", "last_name", "email", "phone"]
ROWS_OF_AN_INSERT = 1000

POSTGRES = """--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.people (
    id integer NOT NULL,
    first_name text,
    last_name text,
    email text,
    phone text,
    date_of_birth date,
    street text,
    city text,
    postcode text,
    card_number text,
    ip_address text,
    balance numeric(12,2),
    created_at timestamp without time zone,
    note text
);

"""
POSTGRES_END = """
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

"""
MYSQL = """-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version\t8.0.36

/*!40101 SET NAMES utf8mb4 */;

DROP TABLE IF EXISTS `people`;
CREATE TABLE `people` (
  `id` int NOT NULL,
  `first_name` text,
  `last_name` text,
  `email` text,
  `phone` text,
  `date_of_birth` date DEFAULT NULL,
  `street` text,
  `city` text,
  `postcode` text,
  `card_number` text,
  `ip_address` text,
  `balance` decimal(12,2) DEFAULT NULL,
  `created_at` datetime DEFAULT NULL,
  `note` text,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `people` WRITE;
"""
MYSQL_END = """UNLOCK TABLES;

-- Dump completed on 2026-11-01  3:00:00
"""


def copy(columns, rows):
    """COPY, as pg_dump writes it."""
    escapes = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
    yield POSTGRES + f"COPY public.people ({', '.join(columns)}) FROM stdin;\n"
    for row in rows:
        yield "\t".join(value.translate(escapes) if value else "\\N" for value in row) + "\n"
    yield "\\.\n\n" + POSTGRES_END


def inserts(columns, rows):
    """INSERT, a row each, as `pg_dump --inserts` writes it."""
    yield POSTGRES
    for row in rows:
        yield f"INSERT INTO public.people VALUES ({', '.join(literals(columns, row, dict.fromkeys([39], chr(39) * 2)))});\n"
    yield POSTGRES_END


def extended(columns, rows):
    """INSERT, many rows each, as mysqldump writes it."""
    escapes = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", '"': '\\"'})
    yield MYSQL
    for number, row in enumerate(rows):
        place = number % ROWS_OF_AN_INSERT
        yield ("INSERT INTO `people` VALUES (" if place == 0 and number == 0 else
               ";\nINSERT INTO `people` VALUES (" if place == 0 else ",(")
        yield ",".join(literals(columns, row, escapes)) + ")"
    yield ";\n" + MYSQL_END


def literals(columns, row, escapes):
    for column, value in zip(columns, row):
        if not value:
            yield "NULL"
        elif column in ("id", "balance"):
            yield value
        else:
            yield f"'{value.translate(escapes)}'"


KINDS = {"pg_dump": copy, "pg_dump --inserts": inserts, "mysqldump": extended}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    option = parser.add_argument
    option("--rows", type=int, default=1_000_000, help="rows of the data (default: 1000000, about 240 MB)")
    option("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    option("--work", type=Path, help="keep the data in this folder, or use what it holds (default: a temporary one)")
    option("--save", action="store_true", help="write the table to results.md, too")
    options = parser.parse_args()
    command = ["cargo", "build", "--release", "--example", "reference_data", "--bin", "bowdler"]
    if subprocess.run(command, cwd=HOUSE).returncode != 0:
        sys.exit("it does not build: nothing was measured")
    with work_folder(options.work) as work:
        full, tenth = Data(work / "full", options.rows), Data(work / "tenth", options.rows // 10)
        runs = {kind: [] for kind in KINDS}
        for _ in range(options.rounds):
            for kind in KINDS:
                runs[kind].append(full.run(kind))
        checked = {kind: full.run(kind, check=True) for kind in KINDS}
        small = {kind: tenth.run(kind) for kind in KINDS}
        for kind in KINDS:
            full.check(kind)
        report = table(options, full, runs, small, checked)
    print(report)
    if options.save:
        (HERE / "results.md").write_text(f"# Results on dumps\n\n{report}\n", encoding="utf-8")


@contextmanager
def work_folder(folder):
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="bowdler-dumps-") as folder:
            yield Path(folder)


class Data:
    """So many rows as CSV and as each kind of dump, what was made of them, and a key."""

    def __init__(self, folder, rows):
        self.folder = folder
        self.csv = folder / "csv" / "people.csv"
        if not self.csv.exists():
            print(f"making {rows:,} rows", file=sys.stderr, flush=True)
            subprocess.run([GENERATOR, "--rows", str(rows), "--out", folder, "--format", "csv"], check=True)
        with open(self.csv, encoding="utf-8", newline="") as file:
            self.columns = next(csv.reader(file))
        for kind, written in KINDS.items():
            if not self.dump(kind).exists():
                part = folder / "part"
                with open(part, "w", encoding="utf-8", newline="") as file:
                    file.writelines(written(self.columns, self.rows(self.csv)))
                part.rename(self.dump(kind))
        self.key = folder / "key"
        if not self.key.exists():
            subprocess.run([BOWDLER, "key", "new", self.key, "--quiet"], check=True)

    def dump(self, kind):
        return self.folder / (re.sub(r"\W+", "-", kind) + ".sql")

    def made(self, kind):
        return self.folder / ("made-" + self.dump(kind).name)

    @staticmethod
    def rows(path):
        """The rows of a CSV file, moments written as databases do."""
        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            moment = next(rows).index("created_at")
            for row in rows:
                row[moment] = row[moment].replace("T", " ")
                yield row

    def bowdler(self, rules, source, target, check=False):
        survivors = [] if check else ["--no-check-survivors"]
        return [
            BOWDLER, "run", rules, source, "--to", target, "--replace", "--quiet", "--key-file", self.key, *survivors
        ]

    def run(self, kind, check=False):
        """Wall and CPU seconds and the peak of memory in MB of one run."""
        command = self.bowdler(RULES, self.dump(kind), self.made(kind), check)
        os.sync()
        start = time.perf_counter()
        with subprocess.Popen(command) as process:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bowdler ended with {process.returncode} on {kind}")
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def check(self, kind):
        """The dump must be what the same kind of dump is of the rows that the rules make of the CSV."""
        rules, made = self.folder / "csv.toml", self.folder / "made.csv"
        rules.write_text(RULES.read_text().replace("[tables.people]\n", '[tables.people]\nfiles = ["*.csv"]\n', 1))
        subprocess.run(self.bowdler(rules, self.csv, made), check=True)
        source, target = list(self.rows(self.csv)), list(self.rows(made))
        places = [self.columns.index(column) for column in TREATED]
        changed = sum(one[place] != other[place] for one, other in zip(source, target) for place in places)
        if changed < 0.99 * len(source) * len(places):
            sys.exit("the rules have left treated columns as they were")
        with open(self.made(kind), encoding="utf-8", newline="") as file:
            found = file.read()
        if found != "".join(KINDS[kind](self.columns, target)):
            sys.exit(f"{kind}: the output is not what was asked for")


def table(options, full, runs, small, checked):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    lines = [
        f"{options.rows:,} rows, five of fourteen columns treated, {options.rounds} rounds in turn; {cpu}, {os.cpu_count()} cores.",
        "",
        "| dump | size | wall, least | median | rate | CPU | peak memory | of a tenth | looking for survivors, too |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, of in runs.items():
        size = full.dump(kind).stat().st_size / 1e6
        wall = [run[0] for run in of]
        cpu, peak = (statistics.median(run[place] for run in of) for place in (1, 2))
        lines.append(
            f"| `{kind}` | {size:.0f} MB | {min(wall):.2f} s | {statistics.median(wall):.2f} s | "
            f"{size / statistics.median(wall):.0f} MB/s | {cpu:.2f} s | {peak:.0f} MB | {small[kind][2]:.0f} MB | "
            f"{checked[kind][0]:.2f} s, {checked[kind][2]:.0f} MB |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
