"""The reference job in DuckDB: `python3 duckdb_job.py INPUT OUTPUT`, CSV or Parquet by the endings of the names.

One statement from file to file, on all threads and in the order of the input. Several ways to write each expression
were timed on this data and the fastest was taken, as `translate` rather than a regular expression for the phone.
"""

import sys

import duckdb

from names import FIRST_NAMES, LAST_NAMES

# Stands for a key. A plain SHA-256 over salt and value is less than an HMAC: half the work.
SALT = "4f1c0d9a7be25386"

# All columns are text but the one that is calculated with.
COLUMNS = """
id first_name last_name email phone date_of_birth street city postcode card_number ip_address balance created_at note
""".split()
CSV_COLUMNS = dict.fromkeys(COLUMNS, "VARCHAR") | {"balance": "DECIMAL(12,2)"}


def main(source, target):
    database = duckdb.connect()
    database.execute("SET preserve_insertion_order = true")
    database.execute(f"COPY ({query(source)}) TO {literal(target)} {writer(target)}")


def query(source):
    return f"""
        SELECT
            (hash(sha256('{SALT}' || id)) % 1000000000)::BIGINT AS id,
            {name_from(FIRST_NAMES, 'first_name')},
            {name_from(LAST_NAMES, 'last_name')},
            left(sha256('{SALT}' || email), 26) AS email,
            {digits_masked('phone')},
            {first_of_year('date_of_birth', is_text=source.endswith('.csv'))},
            city,
            left(postcode, 2) AS postcode,
            repeat('*', length(card_number) - 4) || right(card_number, 4) AS card_number,
            regexp_replace(ip_address, '[0-9]+$', '0') AS ip_address,
            round(balance, -2)::DECIMAL(12,2) AS balance,
            created_at
        FROM {reader(source)}"""


def name_from(names, column):
    """A name chosen by DuckDB's own hash, which is not cryptographic."""
    return f"{list(names)}[1 + (hash('{SALT}' || {column}) % {len(names)})::INTEGER] AS {column}"


def digits_masked(column):
    """All digits but the last four become stars. The last four are five characters where a space stands among them."""
    kept = f"(4 + ({column}[-3] = ' ')::INTEGER)"
    return f"translate(left({column}, -{kept}), '0123456789', '**********') || right({column}, {kept}) AS {column}"


def first_of_year(column, is_text):
    first = f"left({column}, 4) || '-01-01'" if is_text else f"date_trunc('year', {column})::DATE"
    return f"{first} AS {column}"


def reader(source):
    if source.endswith(".csv"):
        dialect = """header = true, auto_detect = false, delim = ',', quote = '"', escape = '"'"""
        return f"read_csv({literal(source)}, columns = {CSV_COLUMNS}, {dialect})"
    return f"read_parquet({literal(source)})"


def writer(target):
    if target.endswith(".csv"):
        return "(FORMAT csv, HEADER)"
    # The lowest level costs least and is no larger here. No bloom filters, which the others do not write either.
    return "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 131072, WRITE_BLOOM_FILTER false)"


def literal(text):
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    main(*sys.argv[1:])
