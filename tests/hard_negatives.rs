//! Whole columns of what looks like personal data and is not: order numbers that pass Luhn, UUIDs, versions, OIDs,
//! moments with fractions, ISBNs, tracking numbers, hashes; under headers that say nothing, under none, and under such as
//! mislead. At most one column in a thousand may raise a certain alarm, which of these few means none.
//!
//! Columns of real identifiers, made by the rules of those who give them out, go through the same test and are found.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

#[allow(dead_code, reason = "shared with the other tests")]
mod support;

use bowdler::Silent;
use bowdler::detect::{Class, Classification, Grade, classify_columns};
use bowdler::pipeline::survey;
use support::Workplace;

/// The same numbers every time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn of(&mut self, signs: &str, count: usize) -> String {
        (0..count).map(|_| char::from(signs.as_bytes()[self.below(signs.len() as u64) as usize])).collect()
    }

    fn digits(&mut self, count: usize) -> String {
        self.of("0123456789", count)
    }

    fn hex(&mut self, count: usize) -> String {
        self.of("0123456789abcdef", count)
    }

    fn capitals(&mut self, count: usize) -> String {
        self.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count)
    }
}

/// The sum of digits times weights, the weights over and over.
fn weighed(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights.iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum()
}

/// The digits with their Luhn digit behind them (ISO/IEC 7812-1, annex B).
fn with_luhn(payload: &str) -> String {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = payload.bytes().rev().map(|digit| u32::from(digit - b'0')).enumerate();
    let sum: u32 = digits.map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit }).sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

/// Twelve digits and the check digit of EAN-13, ISBN-13 too.
fn ean(payload: &str) -> String {
    format!("{payload}{}", (10 - weighed(payload, &[1, 3]) % 10) % 10)
}

/// Nine digits and the check sign of ISBN-10.
fn isbn_10(payload: &str) -> String {
    match (11 - weighed(payload, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 {
        10 => format!("{payload}X"),
        check => format!("{payload}{check}"),
    }
}

/// A parcel of the posts: two letters, eight digits, a check digit, a country (UPU S10).
fn parcel(n: &mut Random) -> String {
    let number = n.digits(8);
    let check = match 11 - weighed(&number, &[8, 6, 4, 2, 3, 5, 9, 7]) % 11 {
        10 => 0,
        11 => 5,
        check => check,
    };
    format!("R{}{number}{check}DE", n.of("ABCDEFGHR", 1))
}

/// A moment of 2024, in pieces.
fn moment(n: &mut Random) -> [u64; 6] {
    [2024, 1 + n.below(12), 1 + n.below(28), n.below(24), n.below(60), n.below(60)]
}

type Make = fn(&mut Random, u64) -> String;

/// What it is, a header that misleads, and how the values are made.
const NEGATIVES: &[(&str, &str, Make)] = &[
    ("order numbers with Luhn's digit, 9 digits", "user_agent", |n, _| with_luhn(&format!("4{}", n.digits(7)))),
    ("order numbers with Luhn's digit, 10 digits", "card_type", |n, _| with_luhn(&n.digits(9))),
    ("order numbers with Luhn's digit, 11 digits", "account_ref", |n, _| with_luhn(&format!("1{}", n.digits(9)))),
    ("order numbers with Luhn's digit, 16 digits", "card_type", |n, _| with_luhn(&format!("79{}", n.digits(13)))),
    ("order numbers with Luhn's digit, in a row", "card_network", |_, row| {
        with_luhn(&(453_914_880_000_000 + row).to_string())
    }),
    ("order numbers with the day", "member_ref", |n, _| {
        let [year, month, day, ..] = moment(n);
        format!("{:02}{month:02}{day:02}{}", year % 100, n.digits(4))
    }),
    ("order numbers, grouped", "phone_model", |n, _| format!("{}-{}-{}", n.digits(3), n.digits(7), n.digits(7))),
    ("order numbers with letters", "name_format", |n, _| format!("ORD-{}", n.digits(10))),
    ("keys, 8 digits", "phone_type", |n, _| n.digits(8)),
    ("keys, 9 digits", "contact_ref", |n, _| (100_000_000 + n.below(900_000_000)).to_string()),
    ("keys, 10 digits", "phone_count", |n, _| (1_000_000_000 + n.below(9_000_000_000)).to_string()),
    ("keys, 11 digits", "email_count", |n, _| (10_000_000_000 + n.below(90_000_000_000)).to_string()),
    ("keys, 12 digits", "address_id", |n, _| format!("3{}", n.digits(11))),
    ("keys, 13 digits", "card_brand", |n, _| format!("7{}", n.digits(12))),
    ("keys, 14 digits", "phone_model", |n, _| format!("1{}", n.digits(13))),
    ("keys, 15 digits", "device_type", |n, _| format!("1{}", n.digits(14))),
    ("keys, 18 digits", "user_agent", |n, _| format!("9{}", n.digits(17))),
    ("UUIDs", "customer_code", |n, _| [8, 4, 4, 4, 12].map(|count| n.hex(count)).join("-")),
    ("UUIDs of digits", "contact_ref", |n, _| [8, 4, 4, 4, 12].map(|count| n.digits(count)).join("-")),
    ("UUIDs without hyphens", "password_policy", |n, _| n.hex(32)),
    ("ULIDs", "customer_code", |n, _| format!("01H{}", n.of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23))),
    ("versions of three numbers", "ip_version", |n, _| format!("{}.{}.{}", n.below(20), n.below(30), n.below(200))),
    ("versions of four numbers", "address_id", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(19), n.below(10), n.below(20), n.below(100))
    }),
    ("versions of browsers", "user_agent", |n, _| {
        format!("{}.0.{}.{}", 80 + n.below(50), n.below(7000), 1 + n.below(250))
    }),
    ("builds", "ip_version", |n, _| format!("{}.{}.{}.{}", 11 + n.below(90), n.below(9), n.below(3000), n.below(250))),
    ("candidates of releases", "email_version", |n, _| {
        format!("v{}.{}.{}-rc.{}", n.below(20), n.below(9), n.below(20), n.below(9))
    }),
    ("sections", "address_type", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(12), 1 + n.below(9), 1 + n.below(9), 1 + n.below(9))
    }),
    ("OIDs", "ip_type", |n, _| format!("1.3.6.1.4.1.{}.{}.{}", n.below(60_000), n.below(200), n.below(20))),
    ("OIDs of four numbers", "ip_type", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(2), 3 + n.below(37), 1 + n.below(250), 1 + n.below(250))
    }),
    ("moments with fractions", "email_sent_at", |n, _| {
        let [year, month, day, hour, minute, second] = moment(n);
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{}", n.digits(6))
    }),
    ("moments in digits", "phone_updated", |n, _| {
        let [year, month, day, hour, minute, second] = moment(n);
        format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
    }),
    ("moments in ten digits", "member_ref", |n, _| {
        let [year, month, day, hour, minute, _] = moment(n);
        format!("{:02}{month:02}{day:02}{hour:02}{minute:02}", year % 100)
    }),
    ("moments, day first, with a hyphen", "card_created", |n, _| {
        let [year, month, day, hour, minute, _] = moment(n);
        format!("{day:02}{month:02}{:02}-{hour:02}{minute:02}", year % 100)
    }),
    ("seconds of the epoch", "phone_verified_at", |n, _| (1_700_000_000 + n.below(30_000_000)).to_string()),
    ("seconds of the epoch with fractions", "address_changed", |n, _| {
        format!("{}.{}", 1_700_000_000 + n.below(30_000_000), n.digits(6))
    }),
    ("milliseconds of the epoch", "card_expired_at", |n, _| (1_700_000_000_000 + n.below(30_000_000_000)).to_string()),
    ("microseconds of the epoch", "login_at", |n, _| (1_700_000_000_000_000 + n.below(30_000_000_000_000)).to_string()),
    ("ISBN-13", "name_id", |n, _| ean(&format!("978{}", n.digits(9)))),
    ("ISBN-10", "contact_ref", |n, _| isbn_10(&n.digits(9))),
    ("ISBN-10 with hyphens", "phone_id", |n, _| {
        let number = isbn_10(&n.digits(9));
        format!("{}-{}-{}-{}", &number[..1], &number[1..5], &number[5..9], &number[9..])
    }),
    ("EAN-13", "card_brand", |n, _| ean(&format!("40{}", n.digits(10)))),
    ("tracking numbers, 1Z", "vin_status", |n, _| format!("1Z{}", n.of("0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 16))),
    ("tracking numbers, S10", "account_ref", |n, _| parcel(n)),
    ("tracking numbers, 12 digits", "phone_count", |n, _| n.digits(12)),
    ("tracking numbers, 22 digits", "card_type", |n, _| format!("94{}", n.digits(20))),
    ("tracking numbers, in groups", "card_type", |n, _| {
        format!("9400 {} {} {} {} {}", n.digits(4), n.digits(4), n.digits(4), n.digits(4), n.digits(2))
    }),
    ("MD5", "password_policy", |n, _| n.hex(32)),
    ("SHA-1", "token_type", |n, _| n.hex(40)),
    ("SHA-256", "email_template", |n, _| n.hex(64)),
    ("CRC-32", "phone_model", |n, _| n.hex(8).to_uppercase()),
    ("short commits", "user_agent", |n, _| n.hex(7)),
    ("serial numbers", "user_agent", |n, _| format!("{}{}", n.capitals(2), n.digits(8))),
    ("serial numbers of 17 signs", "device_type", |n, _| n.of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 17)),
    ("part numbers", "ssn_status", |n, _| format!("{}-{}-{}", n.digits(5), n.digits(3), n.digits(2))),
    ("containers", "vin_status", |n, _| format!("{}U{}", n.capitals(3), n.digits(7))),
    ("prices", "card_fee", |n, _| format!("{}.{:02}", n.below(5000), n.below(100))),
    ("degrees below and above zero", "phone_delta", |n, _| format!("{:.6}", n.below(180_000_000) as f64 / 1e6 - 90.0)),
    ("times with fractions", "login_time", |n, _| {
        let [.., hour, minute, second] = moment(n);
        format!("{hour:02}:{minute:02}:{second:02}.{}", n.digits(3))
    }),
    ("files", "photo_count", |n, _| format!("IMG_{}.JPG", n.digits(4))),
    ("modules", "email_template", |n, _| format!("com.{}.{}", n.of("abcdefgh", 4), n.of("abcdefgh", 6))),
];

/// What is personal, made as those make it who give it out.
const CONTROLS: &[(&str, &str, Make)] = &[
    ("IP addresses", "x", |n, _| {
        format!("{}.{}.{}.{}", 60 + n.below(30), 100 + n.below(100), 1 + n.below(250), 100 + n.below(150))
    }),
    ("e-mail addresses", "x", |n, row| format!("{}{row}@mail{}.pt", n.of("abcdefgh", 5), n.below(9))),
    ("CPF", "x", |n, _| {
        let mut number = n.digits(9);
        for _ in 0..2 {
            let weights: Vec<u32> = (2..=number.len() as u32 + 1).rev().collect();
            let rest = weighed(&number, &weights) % 11;
            number.push_str(&(if rest < 2 { 0 } else { 11 - rest }).to_string());
        }
        number
    }),
    ("cards", "x", |n, _| with_luhn(&format!("45{}", n.digits(13)))),
];

/// What people call numbers of identity without saying of which state.
const VAGUE: [&str; 4] = ["id_number", "identity_no", "document_number", "national_id"];

/// What stands under such headers, too, and is no such number, or of it can't be told that it is.
const UNDER_VAGUE: &[(&str, &str, Make)] = &[
    ("numbers, 9 digits", "", |n, _| (100_000_000 + n.below(900_000_000)).to_string()),
    ("numbers, 10 digits", "", |n, _| n.digits(10)),
    ("numbers, 11 digits", "", |n, _| n.digits(11)),
    ("numbers, 12 digits", "", |n, _| n.digits(12)),
    ("numbers, 13 digits", "", |n, _| n.digits(13)),
    ("ISBN-10", "", |n, _| isbn_10(&n.digits(9))),
    ("two letters and seven digits", "", |n, _| format!("{}{}", n.capitals(2), n.digits(7))),
];

/// A number of eight or nine digits and the sign by the weights 2 to 7 from the right (Chile's civil registry).
fn rut(n: &mut Random) -> String {
    let number = (5_000_000 + n.below(20_000_000)).to_string();
    let turned: String = number.chars().rev().collect();
    match (11 - weighed(&turned, &[2, 3, 4, 5, 6, 7]) % 11) % 11 {
        10 => format!("{number}K"),
        check => format!("{number}{check}"),
    }
}

/// A number of the British health service: ten digits, the last by the weights 10 to 2 (NHS data dictionary).
fn nhs(n: &mut Random) -> String {
    loop {
        let number = isbn_10(&n.digits(9));
        if !number.ends_with('X') {
            return number;
        }
    }
}

/// What stands over the columns.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Headers {
    Neutral,
    Misleading,
    Absent,
}

const HEADERS: [Headers; 3] = [Headers::Neutral, Headers::Misleading, Headers::Absent];

/// The columns as one table; without headers, the first row is a row.
fn table(made: &[(&str, &str, Make)], headers: Headers, rows: u64) -> String {
    let mut lines = Vec::new();
    if headers != Headers::Absent {
        let names = made.iter().enumerate().map(|(place, (_, misleads, _))| {
            let name = if headers == Headers::Neutral { "value" } else { misleads };
            format!("{name}_{place}")
        });
        lines.push(names.collect::<Vec<_>>().join(","));
    }
    let mut random: Vec<Random> = (0..made.len()).map(|place| Random(place as u64)).collect();
    for row in 0..rows {
        let cells = made.iter().zip(&mut random).map(|((.., make), random)| make(random, row));
        lines.push(cells.collect::<Vec<_>>().join(","));
    }
    lines.join("\n") + "\n"
}

/// The places of the columns of a file in which `verify` finds something certain, and as what.
fn alarms(workplace: &Workplace, file: &str) -> Vec<(usize, String)> {
    let report = workplace.bowdler_with(&["verify", file, "--json", "--quiet"]).json();
    let columns = report["files"][0]["columns"].as_array().unwrap().clone();
    let findings = report["findings"].as_array().unwrap().clone();
    let certain = findings.into_iter().filter(|finding| finding["grade"] == "certain");
    certain
        .map(|finding| {
            let place = columns.iter().position(|column| column["name"] == finding["column"]).unwrap();
            (place, finding["kind"].as_str().unwrap().to_owned())
        })
        .collect()
}

/// What `verify` finds in a file: the kind, the grade, and in how many cells.
fn findings(workplace: &Workplace, file: &str) -> Vec<(String, String, u64)> {
    let report = workplace.bowdler_with(&["verify", file, "--json", "--quiet"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|found| (text(&found["kind"]), text(&found["grade"]), found["cells"].as_u64().unwrap())).collect()
}

fn classified(workplace: &Workplace, file: &str) -> Vec<Classification> {
    let survey = survey(&workplace.path(file), None, None, &Silent).unwrap();
    let columns = survey.tables.into_iter().flat_map(|table| table.columns);
    classify_columns(&columns.map(|facts| facts.profile).collect::<Vec<_>>())
}

#[test]
fn whole_columns_of_hard_negatives_raise_no_certain_alarm() {
    let workplace = Workplace::new();
    let mut wrong = Vec::new();
    for headers in HEADERS {
        workplace.write("hard.csv", table(NEGATIVES, headers, 1_000));
        for (place, kind) in alarms(&workplace, "hard.csv") {
            wrong.push(format!("verify, {headers:?} headers: {} as {kind}", NEGATIVES[place].0));
        }
        for ((what, ..), told) in NEGATIVES.iter().zip(classified(&workplace, "hard.csv")) {
            if told.grade == Grade::Certain && matches!(told.class, Class::Direct | Class::Sensitive) {
                wrong.push(format!("init, {headers:?} headers: {what} as {:?}, {}", told.entity, told.why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn long_columns_raise_none_either() {
    let workplace = Workplace::new();
    let names = ["order numbers with Luhn's digit, 16 digits", "keys, 13 digits", "versions of browsers", "SHA-1"];
    let made: Vec<_> = NEGATIVES.iter().filter(|(what, ..)| names.contains(what)).copied().collect();
    assert_eq!(made.len(), names.len());
    workplace.write("long.csv", table(&made, Headers::Neutral, 20_000));
    assert_eq!(alarms(&workplace, "long.csv"), []);
}

#[test]
fn the_same_test_finds_what_is_there() {
    let workplace = Workplace::new();
    for headers in HEADERS {
        workplace.write("real.csv", table(CONTROLS, headers, 1_000));
        let found = alarms(&workplace, "real.csv");
        let told = classified(&workplace, "real.csv");
        for (place, (what, ..)) in CONTROLS.iter().enumerate() {
            assert!(found.iter().any(|(found, _)| *found == place), "{what}, {headers:?} headers: {found:?}");
            assert!(told[place].entity.is_some(), "{what}, {headers:?} headers: {:?}", told[place]);
        }
    }
}

/// One column as a table of its own.
fn column(header: &str, make: Make, rows: u64) -> String {
    let mut random = Random(11);
    (0..rows).fold(format!("{header}\n"), |table, row| format!("{table}{}\n", make(&mut random, row)))
}

#[test]
fn a_header_that_says_no_more_than_number_makes_nothing_certain_that_chance_lets_pass() {
    let workplace = Workplace::new();
    for header in VAGUE {
        for (what, _, make) in UNDER_VAGUE {
            workplace.write("vague.csv", column(header, *make, 1_000));
            assert_eq!(alarms(&workplace, "vague.csv"), [], "{what} under {header}");
            // It may be what the header says all the same, so that nobody is told to keep it.
            assert_eq!(classified(&workplace, "vague.csv")[0].harmless, None, "{what} under {header}");
        }
    }
}

#[test]
fn real_numbers_of_identity_stay_certain_under_such_a_header() {
    let workplace = Workplace::new();
    let real: [(&str, &str, Make); 3] =
        [("cl_rut", "rut", |n, _| rut(n)), ("gb_nhs", "nhs_number", |n, _| nhs(n)), ("br_cpf", "cpf", CONTROLS[2].2)];
    for (kind, own, make) in real {
        for header in VAGUE.iter().chain([&own]) {
            for rows in [30, 1_000] {
                workplace.write("real.csv", column(header, make, rows));
                let found = alarms(&workplace, "real.csv");
                assert!(found.iter().any(|(_, found)| found == kind), "{kind} under {header}, {rows} rows: {found:?}");
                assert!(classified(&workplace, "real.csv")[0].entity.is_some(), "{kind} under {header}");
            }
        }
    }
    // A third of a column of numbers as long is more than chance lets pass.
    let third: Make = |n, row| if row % 3 == 0 { nhs(n) } else { n.digits(10) };
    workplace.write("real.csv", column("nhs_number", third, 1_000));
    let found = alarms(&workplace, "real.csv");
    assert!(found.iter().any(|(_, found)| found == "gb_nhs"), "{found:?}");
}

#[test]
fn tables_that_are_sorted_by_numbers_of_people_are_no_series() {
    let workplace = Workplace::new();
    let sorted: [(&str, Make); 4] = [
        ("SSN", |n, _| format!("{:03}-{:02}-{:04}", 1 + n.below(665), 1 + n.below(99), 1 + n.below(9999))),
        ("CPR", |n, _| {
            let (day, month, year) = (1 + n.below(28), 1 + n.below(12), n.below(100));
            format!("{day:02}{month:02}{year:02}-{}", n.digits(4))
        }),
        ("cards", |n, _| with_luhn(&format!("45{}", n.digits(13)))),
        ("CPF", CONTROLS[2].2),
    ];
    for (what, make) in sorted {
        let mut random = Random(5);
        let mut values: Vec<String> = (0..200).map(|row| make(&mut random, row)).collect();
        values.sort();
        workplace.write("sorted.csv", format!("x\n{}\n", values.join("\n")));
        let told = classified(&workplace, "sorted.csv");
        assert_eq!(told[0].harmless, None, "{what}: {told:?}");
        assert!(matches!(told[0].class, Class::Direct | Class::Sensitive), "{what}: {told:?}");
        let found = findings(&workplace, "sorted.csv");
        assert!(found.iter().any(|(.., cells)| *cells >= 100), "{what}: {found:?}");
    }
    // Numbers that were given out one after the other, each with a check digit.
    let given_out: Make = |_, row| with_luhn(&(453_914_880_000_000 + row * 3).to_string());
    workplace.write("sorted.csv", column("x", given_out, 200));
    assert_ne!(classified(&workplace, "sorted.csv")[0].grade, Grade::Certain);
    assert_eq!(alarms(&workplace, "sorted.csv"), []);
}

#[test]
fn licence_plates_are_found_by_their_header_and_articles_are_not_taken_for_some() {
    let workplace = Workplace::new();
    let plates: [(&str, Make); 8] = [
        ("plate", |n, _| format!("{}{}", n.capitals(3), n.digits(4))),
        ("licence_plate", |n, _| format!("{}{} {}", n.capitals(2), n.digits(2), n.capitals(3))),
        ("kennzeichen", |n, _| format!("{}-{} {}", n.capitals(2), n.capitals(2), 1 + n.below(9999))),
        ("matricula", |n, _| format!("{} {}", n.digits(4), n.capitals(3))),
        ("immatriculation", |n, _| format!("{}-{}-{}", n.capitals(2), n.digits(3), n.capitals(2))),
        ("targa", |n, _| format!("{}{}{}", n.capitals(2), n.digits(3), n.capitals(2))),
        ("vehicle.kenteken", |n, _| format!("{}-{}-{}", n.digits(2), n.capitals(3), n.digits(1))),
        ("placa", |n, _| format!("{}{}{}{}", n.capitals(3), n.digits(1), n.capitals(1), n.digits(2))),
    ];
    for (header, make) in plates {
        workplace.write("plates.csv", column(header, make, 200));
        let told = classified(&workplace, "plates.csv");
        assert_eq!((told[0].entity, told[0].class), (Some("licence_plate"), Class::Direct), "{header}");
        let found = findings(&workplace, "plates.csv");
        let plates = found.iter().find(|(kind, ..)| kind == "licence-plate");
        assert!(plates.is_some_and(|(_, grade, cells)| grade == "possible" && *cells > 150), "{header}: {found:?}");
        assert_eq!(alarms(&workplace, "plates.csv"), [], "{header}");

        for other in ["product_code", "sku", "article_no", "plate_type", "part_number"] {
            workplace.write("articles.csv", column(other, make, 200));
            let told = classified(&workplace, "articles.csv");
            assert_ne!(told[0].entity, Some("licence_plate"), "{header} as {other}");
            let found = findings(&workplace, "articles.csv");
            assert!(found.iter().all(|(kind, ..)| kind != "licence-plate"), "{header} as {other}: {found:?}");
        }
    }
}
