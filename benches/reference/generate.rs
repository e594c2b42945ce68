//! Makes the data of the reference job: one invented person a row, the same ones on every machine.
//!
//! ```text
//! reference_data --rows 4000000 --out DIR [--format csv|parquet|both]
//! ```
//!
//! It writes `DIR/csv/people.csv` and `DIR/parquet/people.parquet`, in memory that does not depend on the number of
//! rows. Four million rows are about a gigabyte of CSV. No value is taken from anybody: names and cities are put
//! together from syllables, e-mail domains are reserved ones.
//!
//! | column | Parquet type | shape |
//! |---|---|---|
//! | `id` | int64 | unique, below 1,000,000,000, in no visible order |
//! | `first_name`, `last_name` | utf8 | 320 and 384 names with accents; the first of each list are the most frequent |
//! | `email` | utf8 | made of the names and the id, seldom twice the same, 24 to 36 bytes |
//! | `phone` | utf8 | `+33 6 12 34 56 78` or `+49 151 23456789` |
//! | `date_of_birth` | date32 | 1930 to 2010 |
//! | `street`, `city`, `postcode` | utf8 | `12 Montville Street`; one of 300 cities; five digits |
//! | `card_number` | utf8 | 16 digits with a right Luhn digit, beginning with 4 or 5 |
//! | `ip_address` | utf8 | dotted quad |
//! | `balance` | decimal(12, 2) | -5,000.00 to 100,000.00 |
//! | `created_at` | timestamp(us) | 2015 to 2024, whole seconds, `2023-04-05T06:07:08` in CSV |
//! | `note` | utf8 | 60 to 140 bytes of talk, often with commas and quotes; empty (null in Parquet) in one row of three |

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Decimal128Array, Int64Array, StringArray, TimestampMicrosecondArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// People made, then written, at a time. A divisor of [`ROW_GROUP`].
const BATCH: usize = 8_192;
/// Rows in a Parquet row group.
const ROW_GROUP: usize = 131_072;
/// Ids are below this.
const IDS: u64 = 1_000_000_000;

fn main() -> Result<()> {
    let options = Options::parse(std::env::args().skip(1))?;
    let words = Words::compose();
    let mut sinks = open_sinks(&options)?;
    let mut people = vec![Person::default(); BATCH];
    for start in (0..options.rows).step_by(BATCH) {
        people.truncate((options.rows - start).min(BATCH as u64) as usize);
        for (row, person) in (start..).zip(&mut people) {
            person.become_row(row, &words);
        }
        for sink in &mut sinks {
            sink.write(&people)?;
        }
    }
    sinks.into_iter().try_for_each(|sink| sink.finish())
}

/// The command line.
struct Options {
    rows: u64,
    out: PathBuf,
    csv: bool,
    parquet: bool,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Options { rows: 4_000_000, out: PathBuf::new(), csv: true, parquet: true };
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            match (name.as_str(), value.as_str()) {
                ("--rows", rows) => options.rows = rows.parse()?,
                ("--out", folder) => options.out = folder.into(),
                ("--format", "csv") => (options.csv, options.parquet) = (true, false),
                ("--format", "parquet") => (options.csv, options.parquet) = (false, true),
                ("--format", "both") => (options.csv, options.parquet) = (true, true),
                _ => return Err(format!("not understood: {name} {value}").into()),
            }
        }
        if options.out.as_os_str().is_empty() {
            return Err("usage: reference_data --rows N --out DIR [--format csv|parquet|both]".into());
        }
        if options.rows > IDS {
            return Err(format!("there are {IDS} ids, so at most as many rows").into());
        }
        Ok(options)
    }
}

/// One row. Kept and filled again, so that its strings are allocated once.
#[derive(Clone, Default)]
struct Person {
    id: i64,
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
    /// Days since 1970.
    date_of_birth: i32,
    street: String,
    city: String,
    postcode: String,
    card_number: String,
    ip_address: String,
    /// In hundredths.
    balance: i64,
    /// Seconds since 1970.
    created_at: i64,
    note: String,
}

impl Person {
    /// Becomes the person of row `row`, whatever was here before: a pure function of the row number.
    fn become_row(&mut self, row: u64, words: &Words) {
        let random = &mut Random::for_row(row);
        self.id = scramble(row) as i64;

        let (first, last) = (random.skewed(words.first_names.len()), random.skewed(words.last_names.len()));
        self.first_name.clone_from(&words.first_names[first]);
        self.last_name.clone_from(&words.last_names[last]);
        let (first, last) = (&words.plain_first_names[first], &words.plain_last_names[last]);
        let domain = random.pick(&["example.com", "example.org", "example.net"]);
        refill(&mut self.email, format_args!("{first}.{last}{}@{domain}", self.id % 1_000_000));

        let (a, b, c, d) = (random.below(100), random.below(100), random.below(100), random.below(100));
        match random.below(2) {
            0 => refill(&mut self.phone, format_args!("+33 {} {a:02} {b:02} {c:02} {d:02}", 6 + random.below(2))),
            _ => refill(&mut self.phone, format_args!("+49 15{} {a:02}{b:02}{c:02}{d:02}", random.below(10))),
        }
        self.date_of_birth = random.between(-14_610, 14_974) as i32;

        let (number, name) = (random.between(1, 199), &words.cities[random.skewed(words.cities.len())]);
        refill(
            &mut self.street,
            format_args!("{number} {name} {}", random.pick(&["Street", "Road", "Allée", "Straße"])),
        );
        self.city.clone_from(&words.cities[random.skewed(words.cities.len())]);
        refill(&mut self.postcode, format_args!("{:05}", random.between(1_000, 98_999)));

        let card = (40 + random.below(20)) * 10_u64.pow(13) + random.below(10_u64.pow(13));
        refill(&mut self.card_number, format_args!("{card}{}", luhn_digit(card)));
        let (a, b, c, d) = (random.between(1, 223), random.below(256), random.below(256), random.between(1, 254));
        refill(&mut self.ip_address, format_args!("{a}.{b}.{c}.{d}"));
        self.balance = random.between(-500_000, 10_000_000);
        self.created_at = random.between(1_420_070_400, 1_735_689_599);

        self.note.clear();
        if random.below(3) > 0 {
            let length = random.between(60, 84) as usize;
            while self.note.len() < length {
                self.note.push_str(if self.note.is_empty() { "" } else { " " });
                self.note.push_str(random.pick(PHRASES));
            }
        }
    }
}

/// Puts `text` where something else was.
fn refill(field: &mut String, text: std::fmt::Arguments<'_>) {
    field.clear();
    field.write_fmt(text).expect("a string takes any text");
}

/// A bijection of the numbers below [`IDS`]: a product, nine digits turned by four places, a product. The factors share
/// no divisor with 10.
fn scramble(row: u64) -> u64 {
    let product = (row * 387_420_489 + 123_456_789) % IDS;
    let turned = product % 100_000 * 10_000 + product / 100_000;
    (turned * 715_827_883 + 271_828_182) % IDS
}

/// The digit that makes `payload` followed by it a number right by Luhn.
fn luhn_digit(mut payload: u64) -> u64 {
    let (mut sum, mut double) = (0, true);
    while payload > 0 {
        let digit = payload % 10 * if double { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
        double = !double;
        payload /= 10;
    }
    (10 - sum % 10) % 10
}

/// SplitMix64, begun anew for each row so that rows do not depend on each other.
struct Random(u64);

impl Random {
    fn for_row(row: u64) -> Self {
        Random(Random(row).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// Both ends included.
    fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below((last - first + 1) as u64) as i64
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }

    /// A place in a list of `length`, the more often the nearer to its beginning: half of all draws fall into the first
    /// quarter.
    fn skewed(&mut self, length: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (unit * unit * length as f64) as usize
    }
}

/// The names there are. `plain_` are the same in lower-case ASCII, as they stand in e-mail addresses.
struct Words {
    first_names: Vec<String>,
    last_names: Vec<String>,
    cities: Vec<String>,
    plain_first_names: Vec<String>,
    plain_last_names: Vec<String>,
}

impl Words {
    fn compose() -> Self {
        let first_names = joined(
            "Ma Cla El Lé Ju An Ga So Al Da No Bé Is Ka Ré Hé Thé Ol Fé Zo",
            "rie na bert lie mon nès dré ric lotte ëlle ton riel sa vier nio len",
        );
        let last_names = joined(
            "Mar Ber Dur Mül Gar Lef Schu Fer Pet Rou Cha Vog Nuñ Mor Lam Bour Hof Kow Ros Lind Gué Dvo Söd Wag",
            "tin ner and ler eau etti mann ard sson ová ez ski ström ier ín court",
        );
        let cities = joined(
            "Mont Beau Neu Saint- Grün Ville Châ Alt Bel Ober Roche Clair Kirch Franc Lin Haut Wald Pont Brück Val",
            "ville burg mont heim court stadt fort berg neuf dorf aux feld mère hausen gny",
        );
        let (plain_first_names, plain_last_names) = (plain(&first_names), plain(&last_names));
        Words { first_names, last_names, cities, plain_first_names, plain_last_names }
    }
}

/// Every beginning with every ending.
fn joined(beginnings: &str, endings: &str) -> Vec<String> {
    let with_endings = |beginning| endings.split(' ').map(move |ending| format!("{beginning}{ending}"));
    beginnings.split(' ').flat_map(with_endings).collect()
}

fn plain(names: &[String]) -> Vec<String> {
    let letter = |letter| match letter {
        'á' | 'â' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' => 'i',
        'ñ' => 'n',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    };
    names.iter().map(|name| name.to_lowercase().chars().map(letter).collect()).collect()
}

const PHRASES: &[&str] = &[
    "Called twice, no answer.",
    "Wants the invoice by post, not by e-mail.",
    "Said \"call me after six\" and hung up.",
    "Moved in spring; old address still on file.",
    "Asked for a refund, which was granted, with thanks.",
    "Prefers to be written to in French.",
    "Parcel came back marked \"unknown\".",
    "Très satisfaite du service, à rappeler en mai.",
    "Customer since the beginning, treats us kindly.",
    "Card was declined, then accepted.",
    "Complained about \"endless\" waiting times.",
    "Möchte keine Werbung, bitte vermerken.",
    "No open questions.",
    "Sent the form again, as agreed.",
    "Please check the account before the next order.",
    "Spoke to a colleague, who promised a discount.",
];

/// Where people are written to.
trait Sink {
    fn write(&mut self, people: &[Person]) -> Result<()>;
    fn finish(self: Box<Self>) -> Result<()>;
}

fn open_sinks(options: &Options) -> Result<Vec<Box<dyn Sink>>> {
    let create = |folder: &str, file: &str| -> Result<File> {
        let folder = options.out.join(folder);
        fs::create_dir_all(&folder)?;
        Ok(File::create(folder.join(file))?)
    };
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    if options.csv {
        sinks.push(Box::new(CsvSink::new(create("csv", "people.csv")?)?));
    }
    if options.parquet {
        sinks.push(Box::new(ParquetSink::new(create("parquet", "people.parquet")?)?));
    }
    Ok(sinks)
}

fn schema() -> SchemaRef {
    let typed = |name: &str| match name {
        "id" => DataType::Int64,
        "date_of_birth" => DataType::Date32,
        "balance" => DataType::Decimal128(12, 2),
        "created_at" => DataType::Timestamp(TimeUnit::Microsecond, None),
        _ => DataType::Utf8,
    };
    let names = "id first_name last_name email phone date_of_birth street city \
                 postcode card_number ip_address balance created_at note";
    Arc::new(Schema::new(names.split(' ').map(|name| Field::new(name, typed(name), true)).collect::<Vec<_>>()))
}

/// CSV by RFC 4180, but with `\n`: a header, and quotes only where they are needed.
struct CsvSink {
    file: BufWriter<File>,
    line: String,
}

impl CsvSink {
    fn new(file: File) -> Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 20, file);
        let names: Vec<String> = schema().fields().iter().map(|field| field.name().clone()).collect();
        writeln!(file, "{}", names.join(","))?;
        Ok(CsvSink { file, line: String::new() })
    }
}

impl Sink for CsvSink {
    fn write(&mut self, people: &[Person]) -> Result<()> {
        for person in people {
            let Person { id, first_name, last_name, email, phone, street, city, postcode, .. } = person;
            let Person { card_number, ip_address, .. } = person;
            let (year, month, day) = civil(person.date_of_birth.into());
            let (sign, balance) = (if person.balance < 0 { "-" } else { "" }, person.balance.abs());
            let (units, hundredths) = (balance / 100, balance % 100);
            let (days, second) = (person.created_at / 86_400, person.created_at % 86_400);
            let (on_year, on_month, on_day) = civil(days);
            let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);

            self.line.clear();
            writeln!(
                self.line,
                "{id},{first_name},{last_name},{email},{phone},{year}-{month:02}-{day:02},{street},{city},{postcode},\
                 {card_number},{ip_address},{sign}{units}.{hundredths:02},\
                 {on_year}-{on_month:02}-{on_day:02}T{hour:02}:{minute:02}:{second:02},{}",
                Quoted(&person.note)
            )?;
            self.file.write_all(self.line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        Ok(self.file.flush()?)
    }
}

/// A field as CSV has it. Only notes can hold what needs quotes.
struct Quoted<'a>(&'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.0.contains([',', '"', '\n', '\r']) {
            return out.write_str(self.0);
        }
        out.write_char('"')?;
        for (place, piece) in self.0.split('"').enumerate() {
            out.write_str(if place == 0 { "" } else { "\"\"" })?;
            out.write_str(piece)?;
        }
        out.write_char('"')
    }
}

/// Year, month and day of a day counted from 1970, in the Gregorian calendar: Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

/// Parquet with zstd, columns nullable as most exporters write them.
struct ParquetSink(ArrowWriter<File>);

impl ParquetSink {
    fn new(file: File) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_created_by("reference_data".into())
            .build();
        Ok(ParquetSink(ArrowWriter::try_new(file, schema(), Some(properties))?))
    }
}

impl Sink for ParquetSink {
    fn write(&mut self, people: &[Person]) -> Result<()> {
        let text = |field: fn(&Person) -> &String| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(people.iter().map(field)))
        };
        let ids = Int64Array::from_iter_values(people.iter().map(|person| person.id));
        let births = Date32Array::from_iter_values(people.iter().map(|person| person.date_of_birth));
        let balances = Decimal128Array::from_iter_values(people.iter().map(|person| person.balance.into()));
        let created = people.iter().map(|person| person.created_at * 1_000_000);
        let notes = people.iter().map(|person| Some(&person.note).filter(|note| !note.is_empty()));

        let columns: Vec<ArrayRef> = vec![
            Arc::new(ids),
            text(|person| &person.first_name),
            text(|person| &person.last_name),
            text(|person| &person.email),
            text(|person| &person.phone),
            Arc::new(births),
            text(|person| &person.street),
            text(|person| &person.city),
            text(|person| &person.postcode),
            text(|person| &person.card_number),
            text(|person| &person.ip_address),
            Arc::new(balances.with_precision_and_scale(12, 2)?),
            Arc::new(TimestampMicrosecondArray::from_iter_values(created)),
            Arc::new(notes.collect::<StringArray>()),
        ];
        Ok(self.0.write(&RecordBatch::try_new(schema(), columns)?)?)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        self.0.close()?;
        Ok(())
    }
}
