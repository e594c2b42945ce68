"""Makes tables with pyarrow, and says whether two files hold the same one.

A line of standard input is {"make": FOLDER} or {"same": [FILE, FILE]}; the answer is a list of file names, or a list of
what differs."""

import datetime
import decimal
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet


def everything(rows):
    some = lambda row, value: None if row % 5 == 0 else value
    utc = datetime.timezone.utc
    day = datetime.datetime(2024, 1, 31, 12, tzinfo=utc)
    text = lambda row: ["", "short", "rather longer than twelve", "ünïcödé"][row % 4]
    column = lambda kind, value: pa.array([some(row, value(row)) for row in range(rows)], kind)
    columns = {
        "int8": column(pa.int8(), lambda row: row % 100),
        "int64": column(pa.int64(), lambda row: row << 40),
        "double": column(pa.float64(), lambda row: row / 3),
        "half": column(pa.float16(), lambda row: row / 4),
        "boolean": column(pa.bool_(), lambda row: row % 3 == 0),
        "date": column(pa.date32(), lambda row: datetime.date(2000, 1, 1) + datetime.timedelta(row)),
        "time": column(pa.time64("us"), lambda row: datetime.time(row % 24, row % 60)),
        "seconds": column(pa.timestamp("s"), lambda row: datetime.datetime(2000, 1, 1) + datetime.timedelta(row)),
        "zoned": column(pa.timestamp("us", "Europe/Lisbon"), lambda row: day + datetime.timedelta(hours=row)),
        "duration": column(pa.duration("ms"), lambda row: datetime.timedelta(milliseconds=row)),
        "decimal": column(pa.decimal128(20, 2), lambda row: decimal.Decimal(row) / 4),
        "text": column(pa.string(), text),
        "large": column(pa.large_string(), text),
        "view": column(pa.string_view(), text),
        "bytes": column(pa.binary(), lambda row: text(row).encode()),
        "fixed": column(pa.binary(3), lambda row: b"%03d" % (row % 1000)),
        "category": column(pa.string(), text).dictionary_encode(),
        "struct": column(pa.struct([("a", pa.int32()), ("b", pa.string())]), lambda row: {"a": row, "b": text(row)}),
        "list": column(pa.list_(pa.int32()), lambda row: list(range(row % 4))),
        "vector": column(pa.list_(pa.float32(), 3), lambda row: [row, None, 0.5]),
        "map": column(pa.map_(pa.string(), pa.int32()), lambda row: [("k%d" % n, n) for n in range(row % 3)]),
        "nested": column(pa.list_(pa.struct([("x", pa.list_(pa.string()))])), lambda row: [{"x": [text(row), None]}]),
        "nothing": pa.nulls(rows),
    }
    return pa.table(columns).replace_schema_metadata({"CANARY": "CANARY"})


def make(folder):
    table = everything(3000)
    names = []

    def path(name):
        names.append(name)
        return str(pathlib.Path(folder) / name)

    for compression in ("uncompressed", "lz4", "zstd"):
        pyarrow.feather.write_feather(table, path(f"{compression}.feather"), compression, chunksize=700)
    with pa.ipc.new_stream(path("stream.arrows"), table.schema) as writer:
        writer.write_table(table, max_chunksize=700)
    with pa.ipc.new_file(path("whole.arrow"), table.schema) as writer:
        writer.write_table(table)
    # A dictionary that grows, told by what is new in it.
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    words = [f"word {number}" for number in range(90)]
    with pa.ipc.new_stream(path("deltas.arrows"), pa.schema([("d", pa.dictionary(pa.int8(), pa.string()))]), options=options) as writer:
        for size in (10, 40, 90):
            column = pa.DictionaryArray.from_arrays(pa.array([size - 1, 0, None, size // 2], pa.int8()), words[:size])
            writer.write_batch(pa.record_batch([column], ["d"]))
    # A dictionary that makes way for another.
    with pa.ipc.new_stream(path("replaced.arrows"), pa.schema([("d", pa.dictionary(pa.int8(), pa.string()))])) as writer:
        for start in (0, 30, 10, 60):
            column = pa.DictionaryArray.from_arrays(pa.array([9, 0, None, 5], pa.int8()), words[start : start + 10])
            writer.write_batch(pa.record_batch([column], ["d"]))
    return names


def read(path):
    if path.endswith(".parquet"):
        return pa.parquet.read_table(path)
    with open(path, "rb") as file:
        start = file.read(6)
    return (pa.ipc.open_file if start == b"ARROW1" else pa.ipc.open_stream)(path).read_all()


def differences(one, other):
    one, other = read(one), read(other)
    found = [] if other.schema.metadata is None else ["there is metadata"]
    if one.column_names != other.column_names:
        return found + ["other columns"]
    other.validate(full=True)
    for name in one.column_names:
        one_column, other_column = one[name], other[name]
        if one_column.type != other_column.type:
            found.append(f"{name}: {one_column.type} became {other_column.type}")
        elif one_column.to_pylist() != other_column.to_pylist():
            found.append(f"{name}: other values")
    return found


for line in sys.stdin:
    question = json.loads(line)
    answer = make(question["make"]) if "make" in question else differences(*question["same"])
    print(json.dumps(answer), flush=True)
