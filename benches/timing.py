"""What the measuring scripts share: building what is measured, a folder to work in, and the timing of a whole process, by
the wall clock and by what the kernel says of it (`wait4`). For Linux and Python 3.11; standard library only."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
BOWDLER = HOUSE / "target" / "release" / "bowdler"
GENERATOR = HOUSE / "target" / "release" / "examples" / "reference_data"


def talk(text):
    print(text, file=sys.stderr, flush=True)


def add_options(parser, rows, size, each):
    """The options that every script has. `rows` are the rows by default, `size` is how much they are, `each` what is run
    once a round."""
    option = parser.add_argument
    option("--rows", type=int, default=rows, help=f"rows of the data (default: {rows}, about {size})")
    option("--rounds", type=int, default=3, help=f"runs of each {each} (default: 3)")
    option("--work", type=Path, help="keep the data in this folder, or use what it holds (default: a temporary one)")
    option("--save", action="store_true", help="write what is printed to results.md, too")


def build(with_bowdler=True):
    """Builds the generator of rows and, unless it is left out, bowdler."""
    talk("building")
    command = ["cargo", "build", "--release", "--example", "reference_data"]
    if with_bowdler:
        command += ["--bin", "bowdler"]
    if subprocess.run(command, cwd=HOUSE).returncode != 0:
        sys.exit("it does not build: nothing was measured")


@contextmanager
def work_folder(folder):
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="bowdler-bench-") as folder:
            yield Path(folder)


def generate(rows, folder, format):
    """The people of the reference job, so many of them, as `FORMAT/people.FORMAT` in a folder."""
    talk(f"making {rows:,} rows of {format}")
    subprocess.run([GENERATOR, "--rows", str(rows), "--out", folder, "--format", format], check=True)


def make_key(key):
    if subprocess.run([BOWDLER, "key", "new", key, "--quiet"], stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("bowdler made no key")


@dataclass
class Run:
    """One run of a process: seconds by the wall clock and of all cores, and its peak of memory in millions of bytes."""

    wall: float
    cpu: float
    peak_mb: float


def timed(command, name):
    """Runs a process to its end, and the program with it if it fails."""
    os.sync()  # so that nobody waits for what the one before has written
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{name} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def middle(runs):
    """The median of each measure."""
    return Run(*(statistics.median(getattr(run, field.name) for run in runs) for field in fields(Run)))


def machine():
    """The cores, the processor and the memory, in words."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    processor = processor[1] if processor else os.uname().machine
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) * 1024
    return f"{len(os.sched_getaffinity(0))} cores of {processor}, {memory / 1e9:.0f} GB of memory"
