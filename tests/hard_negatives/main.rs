//! Whole columns of what looks like personal data and is not: order numbers that pass Luhn, UUIDs, versions, OIDs,
//! moments with fractions, ISBNs, tracking numbers, hashes; under headers that say nothing, under none, and under such as
//! mislead. At most one column in a thousand may raise a certain alarm, which of these few means none.
//!
//! Columns of real identifiers, made by the rules of those who give them out, go through the same test and are found.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod support;

mod made;
mod wide;

use bowdler::Silent;
use bowdler::detect::{Class, Classification, Grade, classify_columns};
use bowdler::pipeline::survey;
use made::{Make, NEGATIVES, Random, isbn_10, weighed, with_luhn};
use support::Workplace;

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

/// A resident identity number of China: a county, the day of birth, three digits, the check sign (GB 11643).
fn ric(n: &mut Random) -> String {
    let (year, month, day) = (1950 + n.below(60), 1 + n.below(12), 1 + n.below(28));
    let number = format!("110101{year}{month:02}{day:02}{}", n.digits(3));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let check = b"10X98765432"[(weighed(&number, &weights) % 11) as usize];
    format!("{number}{}", char::from(check))
}

#[test]
fn what_is_written_in_groups_and_behind_dates_stays_certain_where_it_is_most_of_a_column_or_alone_in_a_text() {
    let workplace = Workplace::new();
    let card: Make = |n, _| {
        let number = with_luhn(&format!("45{}", n.digits(13)));
        [0, 4, 8, 12].map(|start| &number[start..start + 4]).join(" ")
    };
    let cpf: Make = |n, row| {
        let number = CONTROLS[2].2(n, row);
        format!("{}.{}.{}-{}", &number[..3], &number[3..6], &number[6..9], &number[9..])
    };
    let ssn: Make = |n, row| match row {
        7 => "460-89-9847".to_owned(),
        _ => format!("ordered {} and returned {}", n.below(9), n.below(9)),
    };
    for (kind, make) in [("card", card), ("br_cpf", cpf), ("cn_ric", |n, _| ric(n)), ("us_ssn", ssn)] {
        for rows in [40, 300] {
            workplace.write("real.csv", column("x", make, rows));
            let found = alarms(&workplace, "real.csv");
            assert!(found.iter().any(|(_, found)| found == kind), "{kind}, {rows} rows: {found:?}");
        }
    }
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
