"""The reference job in Polars: `python3 polars_job.py INPUT OUTPUT`, CSV or Parquet by the endings of the names.

One lazy query from file to file on the streaming engine, on all threads and in the order of the input. Polars has no
cryptographic hash: the tokens come from its own `hash`, which is much less work and no protection.
"""

import sys

import polars as pl

from names import FIRST_NAMES, LAST_NAMES

# All columns are text but the one that is calculated with.
COLUMNS = """
id first_name last_name email phone date_of_birth street city postcode card_number ip_address balance created_at note
""".split()
CSV_SCHEMA = dict.fromkeys(COLUMNS, pl.String) | {"balance": pl.Float64}


def main(source, target):
    if source.endswith(".csv"):
        people = pl.scan_csv(source, schema=CSV_SCHEMA)
        birth = pl.col("date_of_birth").str.head(4) + "-01-01"
        balance = hundreds(pl.col("balance"))
    else:
        people = pl.scan_parquet(source)
        birth = pl.col("date_of_birth").dt.truncate("1y")
        balance = hundreds(pl.col("balance").cast(pl.Float64)).cast(pl.Decimal(12, 2))

    sanitised = people.select(
        (pl.col("id").hash(1) % 1_000_000_000).cast(pl.Int64),
        name_from(FIRST_NAMES, "first_name"),
        name_from(LAST_NAMES, "last_name"),
        pl.format("{}{}", thirteen_digits("email", 2), thirteen_digits("email", 3)).alias("email"),
        digits_masked("phone"),
        birth,
        "city",
        pl.col("postcode").str.head(2),
        pl.col("card_number").str.tail(4).str.pad_start(16, "*"),
        pl.col("ip_address").str.replace("[0-9]+$", "0"),
        balance,
        "created_at",
    )
    if target.endswith(".csv"):
        sanitised.sink_csv(target, float_precision=2, engine="streaming")
    else:
        # The lowest level costs least and is no larger here.
        sanitised.sink_parquet(
            target, compression="zstd", compression_level=1, row_group_size=131_072, engine="streaming"
        )


def hundreds(number):
    return (number / 100).round() * 100


def name_from(names, column):
    return pl.lit(pl.Series(names)).gather(pl.col(column).hash(4) % len(names)).alias(column)


def thirteen_digits(column, seed):
    return pl.col(column).hash(seed) % (9 * 10**12) + 10**12


def digits_masked(column):
    """All digits but the last four become stars. The last four are five characters where a space stands among them."""
    text = pl.col(column)
    kept = pl.when(text.str.slice(-3, 1) == " ").then(5).otherwise(4)
    masked = text.str.head(-kept).str.replace_many(list("0123456789"), ["*"])
    return pl.concat_str(masked, text.str.tail(kept)).alias(column)


if __name__ == "__main__":
    main(*sys.argv[1:])
