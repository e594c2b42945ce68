//! The kernels that make tokens, fakes and encrypted values, each against what it is made of or might be made of
//! instead. A value in turn is timed in batches of [`VALUES`], as a run works on them. Every bench asserts its answer.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that can't go on has failed")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::key::kernels::{ff1, prf};
use bowdler::rules::Delivery;
use bowdler::{Key, Keyring, Plan, Rules, Suite};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fpe::ff1::{FF1, FlexibleNumeralString};

const VALUES: usize = 8192;
const KEY: [u8; 32] = [7; 32];

fn keys(suite: Suite) -> Keyring {
    Keyring::new(Key::from_bytes(KEY), suite)
}

/// A plan for one column of texts.
fn plan(rule: &str, suite: Suite) -> Plan {
    let text = format!("version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\nvalue = {rule}\n");
    let rules = Rules::parse("rules.toml", &text).unwrap();
    let schema = Schema::new(vec![Field::new("value", DataType::Utf8View, true)]);
    rules.bind(0, "t", &Arc::new(schema), &keys(suite), Delivery::Decoded).unwrap()
}

fn batch(values: &[String]) -> RecordBatch {
    let values: ArrayRef = Arc::new(StringViewArray::from_iter_values(values));
    RecordBatch::try_from_iter_with_nullable([("value", values, true)]).unwrap()
}

/// Numbers of 16 digits, no two the same.
fn numbers() -> Vec<String> {
    (0..VALUES as u64).map(|place| format!("{:016}", place * 1_234_567_890_123 % 10_000_000_000_000_061)).collect()
}

/// FF1 on 16 digits: the kernel, the whole transform on a column of text, and the `fpe` crate.
fn format_preserving(criterion: &mut Criterion) {
    let numbers = numbers();
    let numerals: Vec<[u8; 16]> =
        numbers.iter().map(|number| std::array::from_fn(|place| number.as_bytes()[place] - b'0')).collect();
    let wide: Vec<Vec<u16>> =
        numerals.iter().map(|digits| digits.iter().map(|digit| (*digit).into()).collect()).collect();
    let oracle = FF1::<aes::Aes256>::new(&KEY, 10).unwrap();
    let by_fpe = |digits: &[u16]| -> Vec<u16> {
        oracle.encrypt(&[], &FlexibleNumeralString::from(digits.to_vec())).unwrap().into()
    };
    let ours = ff1(&KEY, 10);
    let mut made = numerals.clone();
    ours(&mut made);
    assert!(made.iter().zip(&wide).all(|(made, wide)| made.iter().copied().map(u16::from).eq(by_fpe(wide))));

    let mut group = criterion.benchmark_group("FF1 on 16 digits");
    group.throughput(Throughput::Elements(VALUES as u64));
    group.bench_function("kernel", |bencher| {
        bencher.iter(|| {
            made.copy_from_slice(&numerals);
            ours(black_box(&mut made));
        });
    });
    let (plan, column) = (plan("{ do = \"encrypt\", alphabet = \"digits\" }", Suite::Sha256), batch(&numbers));
    let encrypted = plan.apply(&column, 0).unwrap();
    let distinct: BTreeSet<_> = encrypted.batch.column(0).as_string_view().iter().flatten().collect();
    assert!(distinct.len() == VALUES && distinct.iter().all(|number| number.len() == 16));
    group.bench_function("a column of text", |bencher| bencher.iter(|| plan.apply(black_box(&column), 0).unwrap()));
    group.bench_function("fpe", |bencher| {
        bencher.iter(|| wide.iter().for_each(|digits| drop(black_box(by_fpe(digits)))))
    });
    group.finish();
}

/// Tokens and fakes, against the one call of the pseudorandom function that each value costs them.
fn tokens_and_fakes(criterion: &mut Criterion) {
    let mails: Vec<String> = (0..VALUES).map(|place| format!("customer{place:05}@example.org")).collect();
    let column = batch(&mails);
    for (name, suite) in Suite::ALL {
        let mut group = criterion.benchmark_group(format!("a value of 25 bytes, {name}"));
        group.throughput(Throughput::Elements(VALUES as u64));
        let tag = prf(&keys(*suite), "t.value");
        let tags: BTreeSet<_> = mails.iter().map(|mail| tag(mail.as_bytes())).collect();
        assert_eq!(tags.len(), VALUES);
        group.bench_function("one call of the PRF", |bencher| {
            bencher.iter(|| {
                for mail in &mails {
                    black_box(tag(black_box(mail.as_bytes())));
                }
            });
        });
        for (what, rule, distinct) in [
            ("token", "\"token\"", VALUES),
            ("fake", "{ do = \"fake\", like = \"first_name\", locale = \"en_US\" }", 100),
        ] {
            let plan = plan(rule, *suite);
            let made = plan.apply(&column, 0).unwrap();
            let made: BTreeSet<_> = made.batch.column(0).as_string_view().iter().flatten().collect();
            assert!(made.len() >= distinct, "{what}: {}", made.len());
            group.bench_function(what, |bencher| bencher.iter(|| plan.apply(black_box(&column), 0).unwrap()));
        }
        group.finish();
    }
}

/// Every kind of fake, and at least how many different ones 8192 values have.
const FAKES: &[(&str, &str, usize)] = &[
    ("first_name", "locale = \"en_US\"", 100),
    ("last_name", "locale = \"en_US\"", 100),
    ("full_name", "locale = \"en_US\"", 6000),
    ("title", "locale = \"en_US\"", 2),
    ("user_name", "locale = \"en_US\"", 8000),
    ("email", "locale = \"en_US\"", 8000),
    ("phone", "locale = \"en_US\"", 5000),
    ("job", "locale = \"en_US\"", 50),
    ("street", "locale = \"en_US\"", 6000),
    ("building_number", "locale = \"en_US\"", 200),
    ("city", "locale = \"en_US\"", 50),
    ("region", "locale = \"en_US\"", 40),
    ("postcode", "locale = \"en_US\"", 7000),
    ("country", "locale = \"en_US\"", 100),
    ("company", "locale = \"en_US\"", 5000),
    ("national_id", "country = \"US\"", 8000),
    ("licence_plate", "country = \"DE\"", 8000),
    ("iban", "country = \"DE\"", 8000),
    ("bic", "country = \"DE\"", 8000),
    ("date_of_birth", "", 5000),
    ("country_code", "", 100),
    ("card", "", 8000),
    ("url", "", 8000),
    ("ipv4", "", 700),
    ("ipv6", "", 8000),
    ("mac", "", 8000),
    ("uuid", "", 8000),
    ("text", "", 8000),
];

/// Every kind of fake, against the one call of the pseudorandom function. The values are too long to be remembered.
fn every_fake(criterion: &mut Criterion) {
    let mails: Vec<String> = (0..VALUES).map(|place| format!("customer{place:05}@example.org")).collect();
    let column = batch(&mails);
    for (name, suite) in Suite::ALL {
        let mut group = criterion.benchmark_group(format!("every fake, {name}"));
        group.throughput(Throughput::Elements(VALUES as u64));
        group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(700));
        let tag = prf(&keys(*suite), "t.value");
        group.bench_function("one call of the PRF", |bencher| {
            bencher.iter(|| {
                mails.iter().for_each(|mail| {
                    black_box(tag(black_box(mail.as_bytes())));
                })
            })
        });
        let few = *suite == Suite::Blake3;
        for (like, home, distinct) in
            FAKES.iter().filter(|(like, ..)| !few || ["full_name", "iban", "uuid"].contains(like))
        {
            let comma = if home.is_empty() { "" } else { ", " };
            let plan = plan(&format!("{{ do = \"fake\", like = \"{like}\"{comma}{home} }}"), *suite);
            let made = plan.apply(&column, 0).unwrap();
            let made: Vec<_> = made.batch.column(0).as_string_view().iter().flatten().collect();
            assert!(made.len() == VALUES && made.iter().zip(&mails).all(|(made, mail)| made != mail), "{like}");
            let made: BTreeSet<_> = made.into_iter().collect();
            assert!(made.len() >= *distinct, "{like}: {}", made.len());
            group.bench_function(*like, |bencher| bencher.iter(|| plan.apply(black_box(&column), 0).unwrap()));
        }
        group.finish();
    }
}

/// The other transforms on texts that suit them, each by a source and a rule. No bound is held: good to know.
const OTHERS: &[(&str, &str, Source)] = &[
    ("token, base32", "\"token\"", mail),
    ("encrypt, 16 digits", "{ do = \"encrypt\", alphabet = \"digits\" }", |place| format!("{:016}", 7_919 * place)),
    ("redact", "\"redact\"", mail),
    ("json", "{ do = \"json\", paths = { id = \"token\" } }", |place| format!("{{\"id\":\"{place}\"}}")),
    ("mask", "{ do = \"mask\", keep_first = 1 }", mail),
    ("generalise", "{ do = \"generalise\", to = \"day\" }", |place| format!("2024-05-{:02}T10:11:12", 1 + place % 28)),
    ("round", "{ do = \"round\", to = 100 }", number),
    ("network", "\"network\"", |place| format!("10.{}.{}.77", place / 256, place % 256)),
    ("noise", "{ do = \"noise\", amount = 100 }", number),
    ("clamp", "{ do = \"clamp\", min = 0, max = 1000 }", number),
];

/// Makes the value at a place of a column.
type Source = fn(u64) -> String;

fn mail(place: u64) -> String {
    format!("customer{place:05}@example.org")
}

fn number(place: u64) -> String {
    (1_001 + 3 * place).to_string()
}

/// Each of the other transforms on a column of its own.
fn others(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("other transforms, sha256");
    group.throughput(Throughput::Elements(VALUES as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(700));
    for (what, rule, source) in OTHERS {
        let values: Vec<_> = (0..VALUES as u64).map(source).collect();
        let (plan, column) = (plan(rule, Suite::Sha256), batch(&values));
        let made = plan.apply(&column, 0).unwrap();
        let made: Vec<_> = made.batch.column(0).as_string_view().iter().flatten().collect();
        let changed = made.iter().zip(&values).filter(|(made, value)| made != value).count();
        assert!(made.len() == VALUES && changed > VALUES / 2, "{what}: {} {changed}", made.len());
        group.bench_function(*what, |bencher| bencher.iter(|| plan.apply(black_box(&column), 0).unwrap()));
    }
    group.finish();
}

criterion_group!(benches, format_preserving, tokens_and_fakes, every_fake, others);
criterion_main!(benches);
