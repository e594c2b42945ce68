//! What is unique by construction is the same in every format, and today as ever: tokens of digits, decimals and dates,
//! and everything that is encrypted.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Date64Array, Decimal128Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use bowdler::rules::Delivery;
use bowdler::{Key, Keyring, Rules, Suite};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::support::Workplace;

const DOMAINS: &str = r#"
[domains]
digits = { form = "digits", length = 9 }
decimal = { form = "decimal", min = -10_000, max = 999_999, scale = 2 }
date = { form = "date" }
"#;

#[test]
fn a_decimal_and_a_date_have_one_token_in_csv_and_in_every_parquet_type() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        format!(
            r#"
version = 1
{DOMAINS}
[tables.csv]
files = ["t.csv"]
[tables.csv.columns]
price = {{ do = "token", domain = "decimal" }}
day = {{ do = "token", domain = "date" }}
code = {{ do = "token", domain = "digits" }}
[tables.parquet]
files = ["t.parquet"]
[tables.parquet.columns]
price = {{ do = "token", domain = "decimal" }}
day = {{ do = "token", domain = "date" }}
code = {{ do = "token", domain = "digits" }}
"#
        ),
    );
    workplace.write("exports/t.csv", "price,day,code\n0.07,1970-01-02,000000042\n,,\n-10000.00,2026-10-03,999999999\n");
    let days = [Some(1), None, Some(20_729)];
    let columns: [(&str, ArrayRef); 3] = [
        (
            "price",
            Arc::new(
                Decimal128Array::from(vec![Some(7), None, Some(-1_000_000)]).with_precision_and_scale(12, 2).unwrap(),
            ),
        ),
        ("day", Arc::new(Date32Array::from(days.to_vec()))),
        ("code", Arc::new(StringArray::from(vec![Some("000000042"), None, Some("999999999")]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    workplace.write("exports/t.parquet", writer.into_inner().unwrap());
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);

    let csv = workplace.read("staging/t.csv");
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let file = std::fs::File::open(workplace.path("staging/t.parquet")).unwrap();
    let batch = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().next().unwrap().unwrap();
    for (place, name) in ["price", "day", "code"].into_iter().enumerate() {
        let texts = cast(batch.column_by_name(name).unwrap(), &DataType::Utf8).unwrap();
        for (row, text) in rows.iter().zip(texts.as_string::<i32>()) {
            assert_eq!(text.unwrap_or_default(), row[place], "{name}");
        }
        assert!(texts.is_null(1) && rows[0][place] != rows[2][place], "{name}");
    }
}

/// Parquet has no dates in milliseconds, but who calls the library may.
#[test]
fn a_date_in_milliseconds_has_the_token_of_its_day_and_a_time_is_no_date() {
    const DAY: i64 = 86_400_000;
    let rules = format!(
        "version = 1\n{DOMAINS}\n[tables.t]\nfiles = [\"t\"]\n[tables.t.columns]\n\"*\" = {{ do = \"token\", domain = \"date\" }}\n"
    );
    let rules = Rules::parse("rules.toml", &rules).unwrap();
    let columns: [(&str, ArrayRef); 2] = [
        ("days", Arc::new(Date32Array::from(vec![1, -5, 20_729, 3]))),
        ("millis", Arc::new(Date64Array::from(vec![DAY, -5 * DAY, 20_729 * DAY, 3 * DAY + 1]))),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let plan = rules.bind(0, "t", &batch.schema(), &keys, Delivery::Decoded).unwrap();
    let applied = plan.apply(&batch, 0).unwrap();
    assert_eq!(applied.counts.iter().map(|count| count.invalid).collect::<Vec<_>>(), [0, 1]);
    let made = |column: usize| cast(applied.batch.column(column), &DataType::Date32).unwrap().slice(0, 3);
    assert_eq!(&made(0), &made(1));
}

#[test]
fn what_is_no_value_of_the_domain_is_told() {
    for (form, value) in [
        ("digits", "42"),
        ("digits", "0000000042"),
        ("digits", "00000004x"),
        ("decimal", "1"),
        ("decimal", "1.5"),
        ("decimal", "1000000.00"),
        ("date", "2026-02-29"),
        ("date", "2026-10-03T00:00:00"),
        ("date", "0000-12-31"),
    ] {
        let workplace = Workplace::new();
        let columns = format!("columns = {{ a = {{ do = \"token\", domain = \"{form}\" }} }}");
        workplace.write("rules.toml", format!("version = 1\n{DOMAINS}\n[tables.t]\nfiles = [\"t.csv\"]\n{columns}\n"));
        workplace.write("t.csv", format!("a\n{value}\n"));
        workplace.bowdler("run rules.toml --from t.csv --to out.csv").exits(3).says(&["1 value of column `a`"]);
    }
}

/// Results under the key of 32 zero bytes, made once and never to change.
#[test]
fn golden_vectors() {
    const SOURCE: &str = "\
digits,decimal,date,phone,card,iban,code,note
000000000,-10000.00,0001-01-01,+33 6 12 34 56 78,4111 1111 1111 1111,DE89370400440532013000,abcDEF123,Ana
000000042,0.07,2026-10-03,0044-20-79460000,378282246310005,GB29NWBK60161331926819,0000,Élodie
999999999,999999.00,9999-12-31,12345678901234567890123456789012345678901234,4000000000000002,FR1420041010050500013M02606,zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz,山田太郎
";
    for (suite, golden) in [
        (
            "sha256",
            "\
489255818,213712.29,9282-05-22,+33 6 36 71 16 67,0991 7813 1962 5220,DE37111404251725630140,bpsAP6NA7,0T5AtYAF9BsCIcklI8nOVKv-GQ
651951589,314657.07,3365-10-07,0074-25-29790195,454325532841998,GB03KGXJ60174389987303,bfnU,9zj3cSFJxTUfDyoO-NS2I9R2TZ671Y0
234954299,760070.96,1685-01-04,12958655147784132730182417098132721821520815,1240048916495242,FR8776649521018834121S03371,K4nMAelfvJToTs1VIsuySjuFzg5AN7cKh1Yqdg15MY,aWmoxTaI8ig993HBbndADLT62w6SEVcc6kRIUQ
",
        ),
        (
            "blake3",
            "\
258462360,394031.99,5729-05-09,+33 0 80 18 49 21,0886 5545 1256 7038,DE59511571643733677635,ILTUtnz8r,Zq1rpoVGugJeLVy4p6ob099zsw
966152569,668964.96,1587-07-02,0022-05-89491292,426904221946576,GB45IYXG95070517493245,t5Vz,T626p6T4RGm1yeROL2Lr04fH6FA1kxE
611997161,368472.88,2016-12-18,12577712372722282078079811889848765144381759,9012886857621113,FR3890946177342745189V75646,J1U0sxawUbQ4VTG119TAooXzwJynC1TqBBO778b0kx,nbJNUgKOIQHvGh1pfmO53UibLafomp4x74bVvQ
",
        ),
    ] {
        let workplace = Workplace::new();
        workplace.write(
            "rules.toml",
            format!(
                r#"
version = 1
suite = "{suite}"
{DOMAINS}
[tables.t]
files = ["t.csv"]
[tables.t.columns]
digits = {{ do = "token", domain = "digits" }}
decimal = {{ do = "token", domain = "decimal" }}
date = {{ do = "token", domain = "date" }}
phone = {{ do = "encrypt", alphabet = "digits", keep_first = 2 }}
card = {{ do = "encrypt", luhn = true }}
iban = {{ do = "encrypt", iban = true }}
code = {{ do = "encrypt", alphabet = "alphanumeric" }}
note = {{ do = "encrypt", alphabet = "any", reversible = true }}
"#
            ),
        );
        workplace.write("t.csv", SOURCE);
        workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(0);
        let made = workplace.read("out.csv");
        assert_eq!(made.split_once('\n').unwrap().1, golden, "{suite}");
    }
}
