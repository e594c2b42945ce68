//! Thousands of columns of what is nobody's: every kind of value under every header that says nothing of it, in short
//! columns and in longer ones. At most one column in a thousand may raise a certain alarm.

use bowdler::Silent;
use bowdler::detect::{Class, Grade, classify_columns};
use bowdler::pipeline::survey;

use crate::made::{Make, NEGATIVES, Random, ean, moment, weighed, with_luhn};
use crate::support::Workplace;

/// What a column of such values may be called: by what it is, by nothing at all, and by what misleads.
const HEADERS: &[&str] = &[
    "value",
    "x",
    "code",
    "number",
    "ref",
    "reference",
    "order_no",
    "order_number",
    "sku",
    "product",
    "item",
    "description",
    "external_id",
    "serial_number",
    "tracking_number",
    "batch",
    "key",
    "created",
    "version",
    "amount",
    "Artikelnummer",
    "numero",
    "customer_no",
    "user_count",
    "phone_model",
    "card_type",
    "email_template",
    "address_count",
    "name_format",
    "document_type",
];

/// How many rows a column has, the one table of a kind and the other.
const ROWS: [u64; 2] = [40, 300];

/// How many of the headers a kind stands under here; under all of them it stands in a test that takes minutes.
const SOME: usize = 6;

/// At most so many of the columns may raise a certain alarm.
const MOST: f64 = 0.001;

/// One of a few.
fn one<'v>(n: &mut Random, values: &[&'v str]) -> &'v str {
    values[n.below(values.len() as u64) as usize]
}

const BASE_64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Digits with two check digits behind the first signs, so that all of it is one more than a multiple of 97 (ISO/IEC
/// 7064): references of creditors (ISO 11649), identifiers of bodies (ISO 17442).
fn mod_97(signs: &str) -> u32 {
    signs.chars().fold(0, |rest, sign| {
        let value = sign.to_digit(36).unwrap();
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    })
}

/// A security: two letters, nine signs and Luhn's digit over their values (ISO 6166).
fn isin(n: &mut Random) -> String {
    let signs = format!("{}{}", one(n, &["US", "DE", "FR", "GB", "JP"]), n.digits(9));
    let digits: String = signs.chars().map(|sign| sign.to_digit(36).unwrap().to_string()).collect();
    let whole = with_luhn(&digits);
    format!("{signs}{}", &whole[whole.len() - 1..])
}

/// A chemical's number in the registry of Chemical Abstracts, with its check digit.
fn cas(n: &mut Random) -> String {
    let digits = format!("{}{}", 1 + n.below(9), n.digits(6));
    let sum: u32 = digits.bytes().rev().zip(1..).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{}-{}-{}", &digits[..5], &digits[5..], sum % 10)
}

/// The day of a moment, in eight digits.
fn day(n: &mut Random) -> String {
    let [year, month, day, ..] = moment(n);
    format!("{year}{month:02}{day:02}")
}

/// What it is, and how the values are made.
const KINDS: &[(&str, Make)] = &[
    // Numbers in sequence.
    ("sequence from a thousand", |_, row| (1_000 + row).to_string()),
    ("sequence of 8 digits", |_, row| (20_145_310 + row).to_string()),
    ("sequence of 9 digits", |_, row| (104_530_200 + row).to_string()),
    ("sequence of 10 digits", |_, row| (4_500_012_340 + row).to_string()),
    ("sequence of 11 digits", |_, row| (10_045_300_120 + row * 7).to_string()),
    ("sequence of 12 digits", |_, row| (300_450_001_200 + row).to_string()),
    ("sequence of 13 digits", |_, row| (1_700_450_001_200 + row * 3).to_string()),
    ("sequence of 16 digits", |_, row| (4_539_148_800_001_200 + row).to_string()),
    ("sequence of 16 digits, falling", |_, row| (4_539_148_800_001_200 - row).to_string()),
    ("sequence with Luhn's digit, 16 digits", |_, row| with_luhn(&(453_914_880_000_000 + row * 11).to_string())),
    ("sequence, padded", |_, row| format!("{:010}", 45_000 + row)),
    ("sequence with letters", |_, row| format!("INV-2024-{:06}", 1_200 + row)),
    ("sequence with one letter", |_, row| format!("A{:08}", 12_000_000 + row)),
    ("sequence with two letters", |_, row| format!("PO{:07}", 4_500_000 + row)),
    // Random numbers of every length.
    ("numbers of 7 digits", |n, _| n.digits(7)),
    ("numbers of 8 digits", |n, _| format!("6{}", n.digits(7))),
    ("numbers of 9 digits", |n, _| n.digits(9)),
    ("numbers of 10 digits", |n, _| n.digits(10)),
    ("numbers of 11 digits", |n, _| n.digits(11)),
    ("numbers of 12 digits", |n, _| n.digits(12)),
    ("numbers of 13 digits", |n, _| n.digits(13)),
    ("numbers of 14 digits", |n, _| n.digits(14)),
    ("numbers of 15 digits", |n, _| n.digits(15)),
    ("numbers of 16 digits", |n, _| n.digits(16)),
    ("numbers of 17 digits", |n, _| n.digits(17)),
    ("numbers of 18 digits", |n, _| n.digits(18)),
    ("numbers of 20 digits", |n, _| n.digits(20)),
    ("numbers of 3 to 16 digits", |n, _| {
        let count = 3 + n.below(14) as usize;
        n.digits(count)
    }),
    // Numbers that have the day in them.
    ("day and running number, 10 digits", |n, row| format!("{}{:04}", &day(n)[2..], row % 40)),
    ("day and number, 11 digits", |n, _| format!("{}{}", &day(n)[2..], n.digits(5))),
    ("day and number, 12 digits", |n, _| format!("{}{}", day(n), n.digits(4))),
    ("whole day and number, 13 digits", |n, _| format!("{}{}", day(n), n.digits(5))),
    ("day and number, 13 digits", |n, _| format!("{}{}", &day(n)[2..], n.digits(7))),
    ("shop, day and number, 18 digits", |n, _| format!("{:06}{}{}", 110_101 + n.below(40), day(n), n.digits(4))),
    ("shop, day and number, 16 digits", |n, _| format!("{:06}{}{}", 320_101 + n.below(9), &day(n)[2..], n.digits(4))),
    ("lots by day", |n, row| {
        let day = day(n);
        format!("{}{}{}-{:04}", &day[6..], &day[4..6], &day[2..4], row % 60)
    }),
    ("lots by year, month and day", |n, _| format!("{}-{}", &day(n)[2..], n.digits(4))),
    ("lots with a letter", |n, _| format!("{}{}{}", n.capitals(1), &day(n)[2..], n.digits(3))),
    // Moments.
    ("moments in 12 digits", |n, _| {
        let [.., hour, minute, _] = moment(n);
        format!("{}{hour:02}{minute:02}", day(n))
    }),
    ("moments in 17 digits", |n, _| {
        let [.., hour, minute, second] = moment(n);
        format!("{}{hour:02}{minute:02}{second:02}{}", day(n), n.digits(3))
    }),
    ("moments of ISO 8601", |n, _| {
        let [year, month, day, hour, minute, second] = moment(n);
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+02:00")
    }),
    ("moments of RFC 9110", |n, _| {
        let [year, _, day, hour, minute, second] = moment(n);
        format!("Tue {day:02} Apr {year} {hour:02}:{minute:02}:{second:02} GMT")
    }),
    ("days with points", |n, _| {
        let [year, month, day, ..] = moment(n);
        format!("{day:02}.{month:02}.{year}")
    }),
    ("days with slashes", |n, _| {
        let [year, month, day, ..] = moment(n);
        format!("{month}/{day}/{year}")
    }),
    ("weeks", |n, _| format!("{}-W{:02}", 2019 + n.below(6), 1 + n.below(52))),
    ("lengths of time", |n, _| format!("PT{}H{}M", n.below(24), n.below(60))),
    ("nanoseconds of the epoch", |n, _| format!("17{}", n.digits(17))),
    // Money and measures.
    ("euros", |n, _| format!("€{}.{:02}", n.below(100_000), n.below(100))),
    ("euros with points", |n, _| format!("{}.{:03}.{:03}", 1 + n.below(90), n.below(1000), n.below(1000))),
    ("euros with apostrophes", |n, _| format!("{}'{:03}.{:02} CHF", 1 + n.below(900), n.below(1000), n.below(100))),
    ("cents", |n, _| (100 + n.below(10_000_000)).to_string()),
    ("large amounts", |n, _| (1_000_000_000 + n.below(90_000_000_000)).to_string()),
    ("below zero", |n, _| format!("-{}.{}", n.below(1_000_000), n.digits(2))),
    ("weights", |n, _| format!("{}.{} kg", n.below(900), n.below(10))),
    ("sizes", |n, _| format!("{}x{}x{} cm", 10 + n.below(90), 10 + n.below(90), 10 + n.below(90))),
    ("screens", |n, _| format!("{}x{}", 640 + n.below(3000), 480 + n.below(2000))),
    ("shares", |n, _| format!("{}.{} %", n.below(100), n.below(100))),
    ("powers of ten", |n, _| format!("{}.{}e-{}", 1 + n.below(9), n.digits(6), 1 + n.below(30))),
    ("fractions of one", |n, _| format!("0.{}", n.digits(12))),
    ("tyres", |n, _| format!("{}/{} R{}", 155 + n.below(100), 35 + n.below(40), 13 + n.below(8))),
    ("ranges", |n, _| format!("{}-{}", 1000 + n.below(1000), 2000 + n.below(1000))),
    ("numbers drawn", |n, _| (0..6).map(|_| format!("{:02}", 1 + n.below(49))).collect::<Vec<_>>().join(" ")),
    ("numbers drawn, with hyphens", |n, _| {
        (0..5).map(|_| format!("{:02}", 1 + n.below(90))).collect::<Vec<_>>().join("-")
    }),
    ("results of matches", |n, _| format!("{}-{} {}-{}", n.below(8), n.below(8), n.below(8), n.below(8))),
    // Coordinates of shops, and of pixels.
    ("points of shops", |n, _| format!("48.{}; 2.{}", n.digits(5), n.digits(5))),
    ("degrees of shops", |n, _| format!("48.{}", n.digits(6))),
    ("pixels", |n, _| format!("{},{}", n.below(4000), n.below(3000))),
    ("cells of a grid", |n, _| format!("{}U {} {}", 31 + n.below(3), n.digits(5), n.digits(5))),
    // What trade gives out, with its check digits.
    ("GTIN-14", |n, _| gs1(&format!("1{}", n.digits(12)))),
    ("GTIN-8", |n, _| gs1(&n.digits(7))),
    ("UPC-A", |n, _| gs1(&format!("0{}", n.digits(10)))),
    ("GLN", |n, _| ean(&format!("40{}", n.digits(10)))),
    ("SSCC", |n, _| gs1(&format!("3{}", n.digits(16)))),
    ("EAN-13 of one maker", |n, _| ean(&format!("4006381{}", n.digits(5)))),
    ("EAN-13 with blanks", |n, _| {
        let number = ean(&format!("50{}", n.digits(10)));
        format!("{} {} {}", &number[..1], &number[1..7], &number[7..])
    }),
    ("ISBN-13 with hyphens", |n, _| {
        let number = ean(&format!("9783{}", n.digits(8)));
        format!("{}-{}-{}-{}-{}", &number[..3], &number[3..4], &number[4..8], &number[8..12], &number[12..])
    }),
    ("ISSN", |n, _| {
        let number = n.digits(7);
        let check = (11 - weighed(&number, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        let check = if check == 10 { "X".to_owned() } else { check.to_string() };
        format!("{}-{}{check}", &number[..4], &number[4..])
    }),
    ("ISIN", |n, _| isin(n)),
    ("LEI", |n, _| {
        let signs = format!("529900{}", n.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12));
        format!("{signs}{:02}", 98 - mod_97(&format!("{signs}00")))
    }),
    ("references of creditors", |n, _| {
        let number = n.digits(14);
        format!("RF{:02}{number}", 98 - mod_97(&format!("{number}RF00")))
    }),
    ("airway bills", |n, _| {
        let number = n.digits(7);
        format!("020-{number}{}", number.parse::<u64>().unwrap() % 7)
    }),
    ("parcels, JJD", |n, _| format!("JJD0000{}", n.digits(14))),
    ("parcels, 1Z and digits", |n, _| format!("1Z999AA1{}", n.digits(10))),
    ("parcels, 15 digits", |n, _| format!("9{}", n.digits(14))),
    ("CAS numbers", |n, _| cas(n)),
    ("drugs", |n, _| format!("{}-{}-{}", n.digits(4), n.digits(4), n.digits(2))),
    ("customs tariff", |n, _| format!("{}.{}.{}", n.digits(4), n.digits(2), n.digits(2))),
    ("customs tariff with blanks", |n, _| format!("{} {} {}", n.digits(4), n.digits(2), n.digits(2))),
    ("ledger accounts", |n, _| format!("{}-{}-{}", n.digits(4), n.digits(3), n.digits(2))),
    ("genes", |n, _| format!("ENSG{:011}", n.below(300_000))),
    ("diagnoses", |n, _| format!("{}{}.{}", n.capitals(1), n.digits(2), n.digits(1))),
    ("preprints", |n, _| format!("{:02}{:02}.{}", 15 + n.below(9), 1 + n.below(12), n.digits(5))),
    ("DOIs", |n, _| format!("10.{}/{}.{}", 1000 + n.below(9000), n.of("abcdefgh", 5), n.digits(6))),
    ("flights", |n, _| format!("{} {}", n.capitals(2), 100 + n.below(9000))),
    ("seats", |n, _| format!("{}{}", 1 + n.below(40), n.of("ABCDEF", 1))),
    // Numbers that are written as telephone numbers are.
    ("parts, 3-3-4", |n, _| format!("{}-{}-{}", n.digits(3), n.digits(3), n.digits(4))),
    ("parts, 4-4-4", |n, _| format!("{}-{}-{}", n.digits(4), n.digits(4), n.digits(4))),
    ("parts with points", |n, _| format!("{}.{}.{}", n.digits(3), n.digits(3), n.digits(3))),
    ("files of an office", |n, _| format!("{:03}/{}", n.below(999), n.digits(6))),
    ("parts in twos", |n, _| (0..5).map(|_| n.digits(2)).collect::<Vec<_>>().join("-")),
    ("parts with blanks", |n, _| format!("{} {} {}", n.digits(3), n.digits(3), n.digits(3))),
    ("parts of Volkswagen", |n, _| format!("{}{} {} {}", n.digits(1), n.capitals(1), n.digits(3), n.digits(3))),
    ("parts with letters between", |n, _| format!("{}{}{}", n.capitals(2), n.digits(6), n.capitals(1))),
    ("calls of functions", |n, _| format!("call {}{} timed out", 1 + n.below(9), n.digits(7))),
    ("builds of apps", |n, _| format!("mobile {}.{}.{} ({})", n.below(9), n.below(30), n.below(9), n.digits(7))),
    // What machines write.
    ("git commits", |n, _| n.hex(40)),
    ("git commits of 12 signs", |n, _| n.hex(12)),
    ("UUIDs in capitals", |n, _| [8, 4, 4, 4, 12].map(|count| n.hex(count)).join("-").to_uppercase()),
    ("UUIDs in braces", |n, _| format!("{{{}}}", [8, 4, 4, 4, 12].map(|count| n.hex(count)).join("-"))),
    ("digests of images", |n, _| format!("sha256:{}", n.hex(64))),
    ("fingerprints", |n, _| (0..20).map(|_| n.hex(2).to_uppercase()).collect::<Vec<_>>().join(":")),
    ("half fingerprints", |n, _| (0..8).map(|_| n.hex(2)).collect::<Vec<_>>().join(":")),
    ("hexadecimal numbers", |n, _| format!("0x{}", n.hex(8))),
    ("hashes of transactions", |n, _| format!("0x{}", n.hex(64))),
    ("colours", |n, _| format!("#{}", n.hex(6))),
    ("base 64, 24 signs", |n, _| format!("{}==", n.of(BASE_64, 22))),
    ("base 64, 44 signs", |n, _| format!("{}=", n.of(BASE_64, 43))),
    ("base 64, 200 signs", |n, _| n.of(BASE_64, 200)),
    ("base 58, 34 signs", |n, _| {
        format!("1{}", n.of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 33))
    }),
    ("nano ids", |n, _| n.of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-", 21)),
    ("object ids", |n, _| n.hex(24)),
    ("snowflakes", |n, row| (1_180_000_000_000_000_000 + row * 4_194_304_000 + n.below(4096)).to_string()),
    ("images of containers", |n, _| format!("registry.local/app:{}.{}.{}", n.below(9), n.below(30), n.below(90))),
    ("packages", |n, _| format!("@scope/pkg-{}@{}.{}.{}", n.of("abcd", 3), n.below(9), n.below(30), n.below(9))),
    ("actions", |n, _| format!("actions/{}@v{}", one(n, &["checkout", "cache", "setup-node"]), 1 + n.below(4))),
    ("pictures for two densities", |n, _| format!("icon_{}@2x.png", n.of("abcdef", 4))),
    ("prices per piece", |n, _| format!("{}@{}.{:02}", 1 + n.below(9), n.below(90), n.below(100))),
    ("versions with builds", |n, _| format!("{}.{}.{}+{}", n.below(9), n.below(30), n.below(90), day(n))),
    ("versions of drivers", |n, _| format!("{}.0.{}.{}", 10 + n.below(20), 15 + n.below(5), 1000 + n.below(9000))),
    ("browsers", |n, _| {
        format!("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/{}.0.0.0 Safari/537.36", 90 + n.below(40))
    }),
    ("lines of code", |n, _| format!("src/{}/main.rs:{}:{}", n.of("abcdef", 4), n.below(900), n.below(80))),
    ("lines of logs", |n, _| format!("request {} took {} ms", n.digits(10), n.below(900))),
    ("turns of a clock", |n, _| format!("*/{} {} * * {}", 1 + n.below(59), n.below(24), n.below(7))),
    ("words in capitals", |n, _| one(n, &["SHIPMENT", "RETURNED", "PENDING1", "CHEQUEUS", "OVERDUES"]).to_owned()),
    ("names of constants", |n, _| format!("{}_{}_MAX", n.capitals(4), n.capitals(5))),
    // What people write and is nobody's.
    ("brands", |n, _| {
        let brand = one(n, &["Paul Smith", "Ralph Lauren", "Calvin Klein", "Hugo Boss", "Jack Wolfskin", "Tom Tailor"]);
        format!("{brand} {}", one(n, &["T-shirt", "belt", "jacket", "socks"]))
    }),
    ("furniture", |n, _| {
        format!("{} {}", one(n, &["Billy", "Anna", "Marius", "Lisa", "Ivar"]), one(n, &["shelf", "lamp", "stool"]))
    }),
    ("goods with numbers", |n, _| {
        format!("{} {}", 2 + n.below(30), one(n, &["Port Switch", "Gate Valve", "Way Plug", "Drive Bay", "Court Shoe"]))
    }),
    ("places in a store", |n, _| format!("{} {}", one(n, &["Aisle", "Lane", "Gate", "Room", "Platform"]), n.below(90))),
    ("titles of work", |n, _| {
        format!("{} {}", one(n, &["Senior", "Junior", "Chief", "Lead"]), one(n, &["Manager", "Engineer", "Cook"]))
    }),
    ("cities", |n, _| {
        one(n, &["Paris", "Santa Clara", "San Francisco", "Washington", "Charlotte", "Milan"]).to_owned()
    }),
    ("days and months", |n, _| one(n, &["April", "May", "June", "August", "Sunday"]).to_owned()),
    ("states of orders", |n, _| one(n, &["shipped", "returned", "on hold", "Will Call", "Mark Down"]).to_owned()),
    ("sentences", |n, _| format!("{} of {} units were late", n.below(90), n.below(900))),
];

/// Digits with the check digit of GS1, which counts from the right whatever the length.
fn gs1(payload: &str) -> String {
    let turned: String = payload.chars().rev().collect();
    format!("{payload}{}", (10 - weighed(&turned, &[3, 1]) % 10) % 10)
}

/// A table of one kind, a column for each header.
fn table(make: Make, headers: &[&str], seed: u64, rows: u64) -> String {
    let mut columns: Vec<Random> =
        (0..headers.len() as u64).map(|place| Random(seed << 20 | rows << 8 | place)).collect();
    let mut lines = vec![headers.join(",")];
    for row in 0..rows {
        let cells = columns.iter_mut().map(|random| make(random, row));
        lines.push(cells.map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","));
    }
    lines.join("\n") + "\n"
}

/// The certain alarms in columns of every kind under `count` of the headers, in turn, and how many columns there are.
fn alarms(count: usize) -> (Vec<String>, usize) {
    let workplace = Workplace::new();
    let named = NEGATIVES.iter().map(|(what, _, make)| (*what, *make));
    let kinds: Vec<(&str, Make)> = named.chain(KINDS.iter().copied()).collect();
    let mut tables = Vec::new();
    for (seed, (what, make)) in kinds.iter().enumerate() {
        let headers: Vec<&str> = HEADERS.iter().cycle().skip(seed * count).take(count).copied().collect();
        for rows in ROWS {
            let file = format!("{seed:03}_{rows}.csv");
            workplace.write(&format!("wide/{file}"), table(*make, &headers, seed as u64, rows));
            tables.push((*what, file, headers.clone()));
        }
    }

    let report = workplace.bowdler_with(&["verify", "wide", "--json", "--quiet"]).json();
    let cells = (kinds.len() * count) as u64 * ROWS.iter().sum::<u64>();
    assert_eq!(report["totals"]["cells"].as_u64(), Some(cells), "all of it was looked at");
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["grade"] == "certain");
    let mut alarms: Vec<String> = findings
        .map(|finding| {
            let file = finding["file"].as_str().unwrap();
            let what = tables.iter().find(|(_, name, _)| file.ends_with(name)).map_or("", |(what, ..)| what);
            let [column, kind, cells, of] = ["column", "kind", "cells", "of"].map(|about| &finding[about]);
            format!("verify, {file}: {what} under {column} as {kind} in {cells} of {of}")
        })
        .collect();
    for (what, file, headers) in &tables {
        let survey = survey(&workplace.path(&format!("wide/{file}")), None, None, &Silent).unwrap();
        let columns = survey.tables.into_iter().flat_map(|table| table.columns);
        let told = classify_columns(&columns.map(|facts| facts.profile).collect::<Vec<_>>());
        assert_eq!(told.len(), headers.len(), "{file}");
        for (header, told) in headers.iter().zip(told) {
            if told.grade == Grade::Certain && matches!(told.class, Class::Direct | Class::Sensitive) {
                alarms.push(format!("init, {file}: {what} under {header} as {:?}: {}", told.entity, told.why));
            }
        }
    }
    (alarms, tables.len() * count)
}

#[track_caller]
fn assert_few(count: usize) {
    let (alarms, columns) = alarms(count);
    println!("{} alarms in {columns} columns", alarms.len());
    assert!(columns >= 1_000, "{columns}");
    assert!(alarms.len() as f64 <= MOST * columns as f64, "{} in {columns}\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn of_thousands_of_columns_of_what_is_nobodys_hardly_any_raises_a_certain_alarm() {
    assert_few(SOME);
}

#[test]
#[ignore = "takes minutes; the same with every kind under every header"]
fn under_every_header_they_raise_as_few() {
    assert_few(HEADERS.len());
}
