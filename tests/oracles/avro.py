"""Makes container files with fastavro, and says whether two files hold the same rows.

A line of standard input is {"make": FOLDER}, {"same": [FILE, FILE]} or {"rows": FILE}; the answer is a list of file
names, a list of what differs, or the rows as text."""

import datetime
import decimal
import json
import pathlib
import sys
import uuid

import fastavro

UTC = datetime.timezone.utc


def logical(of, called, **more):
    return {"type": of, "logicalType": called, **more}


ADDRESS = {
    "type": "record", "name": "other.Address", "doc": "CANARY", "fields": [
        {"name": "street", "type": "string", "default": "CANARY"},
        {"name": "geo", "type": ["null", {"type": "record", "name": "Geo", "fields": [{"name": "lat", "type": "double"}]}]}]}

# Names of columns, their types, and the values of a row.
COLUMNS = [
    ("id", "long", lambda row: row << 33),
    ("int", "int", lambda row: -row),
    ("flag", "boolean", lambda row: row % 3 == 0),
    ("float", "float", lambda row: row / 4),
    ("double", "double", lambda row: row / 3),
    ("text", "string", lambda row: ["", "short", "rather longer than twelve", "ünïcödé"][row % 4]),
    ("bytes", "bytes", lambda row: b"\x00\xff" * (row % 9)),
    ("fixed", {"type": "fixed", "name": "Code", "size": 3}, lambda row: b"%03d" % (row % 1000)),
    ("colour", {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE", "CANARY"]}, lambda row: ["RED", "BLUE"][row % 2]),
    ("day", logical("int", "date"), lambda row: datetime.date(1969, 12, 1) + datetime.timedelta(row)),
    ("millis", logical("int", "time-millis"), lambda row: datetime.time(row % 24, row % 60, 1, 2000)),
    ("micros", logical("long", "time-micros"), lambda row: datetime.time(row % 24, row % 60, 1, 2)),
    ("instant", logical("long", "timestamp-millis"), lambda row: datetime.datetime(1969, 12, 31, 23, tzinfo=UTC) + datetime.timedelta(hours=row)),
    ("instant_us", logical("long", "timestamp-micros"), lambda row: datetime.datetime(2024, 1, 1, 0, 0, 0, row, tzinfo=UTC)),
    ("local", logical("long", "local-timestamp-millis"), lambda row: datetime.datetime(2024, 1, 1) + datetime.timedelta(hours=row)),
    ("local_us", logical("long", "local-timestamp-micros"), lambda row: datetime.datetime(2024, 1, 1, 0, 0, 0, row)),
    ("price", logical("bytes", "decimal", precision=12, scale=2), lambda row: decimal.Decimal(row - 500) / 4),
    ("large", logical("bytes", "decimal", precision=60, scale=5), lambda row: decimal.Decimal(10) ** 40 + row - 10**9),
    ("held", logical("fixed", "decimal", name="Held", size=8, precision=15, scale=3), lambda row: decimal.Decimal(-row) / 8),
    ("uuid", logical("string", "uuid"), lambda row: uuid.UUID(int=row * 7919)),
    ("list", {"type": "array", "items": ["null", "int"]}, lambda row: [None, *range(row % 4)]),
    ("map", {"type": "map", "values": "long"}, lambda row: {f"k{n}": n for n in range(row % 3)}),
    ("home", ADDRESS, lambda row: {"street": f"s{row}", "geo": {"lat": row / 2} if row % 2 else None}),
    ("work", ["other.Address", "null"], lambda row: None if row % 3 else {"street": "", "geo": None}),
    ("past", {"type": "array", "items": "other.Address"}, lambda row: [{"street": "x", "geo": None}] * (row % 3)),
]


def tables():
    plain = [{"name": name, "type": of, "doc": "CANARY", "aliases": ["CANARY"]} for name, of, _ in COLUMNS]
    schema = {"type": "record", "name": "Everything", "namespace": "shop.v1", "doc": "CANARY", "fields": plain, "CANARY": "CANARY"}
    yield "everything", schema, [{name: make(row) for name, _, make in COLUMNS} for row in range(3000)]
    some = COLUMNS[:22]
    optional = [
        {"name": name, "type": ["null", of], "default": None} if place % 2 else {"name": name, "type": [of, "null"]}
        for place, (name, of, _) in enumerate(some)]
    schema = {"type": "record", "name": "Optional", "fields": optional}
    rows = [{name: None if row % 5 == place % 5 else make(row) for place, (name, _, make) in enumerate(some)} for row in range(3000)]
    yield "optional", schema, rows


def make(folder):
    names = []
    for table, schema, rows in tables():
        for codec in ("null", "deflate", "snappy", "zstandard"):
            path = str(pathlib.Path(folder) / f"{table}.{codec}.avro")
            try:
                with open(path, "wb") as file:
                    fastavro.writer(file, fastavro.parse_schema(schema), rows, codec, metadata={"CANARY": "CANARY"})
                names.append(f"{table}.{codec}.avro")
            except ValueError:
                print(f"fastavro does not write {codec} here", file=sys.stderr)
    return names


def read(path):
    with open(path, "rb") as file:
        reader = fastavro.reader(file)
        return reader.metadata, reader.codec, list(reader)


def types(schema, space=""):
    """The schema without what only its author needs, with names in full, and texts for enumerations."""
    if isinstance(schema, list):
        return [types(branch, space) for branch in schema]
    if isinstance(schema, str):
        known = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
        name = schema if "." in schema or schema in known or not space else f"{space}.{schema}"
        return "string" if name.endswith("Colour") else name
    if schema["type"] == "enum":
        return "string"
    keys = ("type", "logicalType", "precision", "scale", "size")
    made = {key: schema[key] for key in keys if key in schema and isinstance(schema[key], str | int)}
    if "name" in schema:
        space = schema.get("namespace", space)
        name = schema["name"] if "." in schema["name"] or not space else f"{space}.{schema['name']}"
        made["name"], space = name, name.rpartition(".")[0]
    for key in ("items", "values"):
        if key in schema:
            made[key] = types(schema[key], space)
    if "fields" in schema:
        made["fields"] = [{"name": field["name"], "type": types(field["type"], space)} for field in schema["fields"]]
    return made if len(made) > 1 else made["type"]


def differences(one, other):
    (one_metadata, one_codec, one), (other_metadata, other_codec, other) = read(one), read(other)
    found = [] if set(other_metadata) == {"avro.schema", "avro.codec"} else ["there is metadata"]
    if "CANARY" in other_metadata["avro.schema"]:
        found.append("what the author said is there")
    if one_codec != other_codec:
        found.append(f"{one_codec} became {other_codec}")
    one_types, other_types = (types(json.loads(metadata["avro.schema"])) for metadata in (one_metadata, other_metadata))
    if one_types != other_types:
        found.append(f"{one_types} became {other_types}")
    if len(one) != len(other):
        return found + [f"{len(one)} rows became {len(other)}"]
    for one_row, other_row in zip(one, other):
        found += [f"{name}: {one_row[name]!r} became {other_row.get(name)!r}" for name in one_row if one_row[name] != other_row.get(name)]
    return found[:9]


for line in sys.stdin:
    question = json.loads(line)
    if "make" in question:
        answer = make(question["make"])
    elif "rows" in question:
        answer = [{name: str(value) for name, value in row.items()} for row in read(question["rows"])[2]]
    else:
        answer = differences(*question["same"])
    print(json.dumps(answer), flush=True)
