//! What every transform makes of the same values, in both suites, under the key of 32 zero bytes: for good.
//!
//! An entry that stands in `tests/golden` is never changed: data sets have been made by it, and tokens of last night
//! must be those of tonight. If one fails, the code is wrong.
//!
//! To add one, write `[[case]]` with `rule`, `type` (as Arrow names it) and `inputs` at the end of the transform's file,
//! `tests/golden/NAME.toml`, and run `cargo test --test golden`. The test fails, and prints what becomes of them. Check
//! that by hand, by the standard where there is one, and write it below. Rows count from 0, and all belong to customer
//! 42, Zoé N'Diaye.

#[allow(dead_code, reason = "shared with the other tests of the catalogue")]
#[path = "support/column.rs"]
mod column;
#[path = "support/golden.rs"]
mod golden;

use std::collections::BTreeSet;

use arrow::array::Array;
use bowdler::Suite;
use bowdler::transform::CATALOGUE;

use column::{Column, keys, read, type_of, written};
use golden::{Case, Cell, Nothing};

/// What becomes of each value of a case in a suite.
fn made(domains: &str, case: &Case, suite: Suite) -> Vec<Cell> {
    let data_type = type_of(&case.data_type);
    let column = Column::bind_with(domains, &case.rule, &data_type, &keys(0, suite)).unwrap();
    let values = read(&case.inputs.iter().map(Cell::text).collect::<Vec<_>>(), &data_type);
    (0..values.len())
        .map(|row| {
            let became = column.apply(&values.slice(row, 1), row as u64);
            match became.values.as_ref().map(|values| written(values).remove(0)) {
                None => Cell::Nothing { is: Nothing::Dropped },
                Some(None) if became.invalid > 0 => Cell::Nothing { is: Nothing::Invalid },
                Some(None) => Cell::Nothing { is: Nothing::Null },
                Some(Some(text)) => Cell::Value(text),
            }
        })
        .collect()
}

/// A line of an entry.
fn line(name: &str, cells: &[Cell]) -> String {
    let cells = cells.iter().map(|cell| match cell {
        // What JSON writes, TOML reads.
        Cell::Value(text) => serde_json::to_string(text).unwrap(),
        Cell::Nothing { is } => format!("{{ is = \"{}\" }}", format!("{is:?}").to_lowercase()),
    });
    format!("{name} = [{}]", cells.collect::<Vec<_>>().join(", "))
}

#[test]
fn every_transform_has_entries_and_every_entry_holds() {
    let golden = golden::all();
    let names: BTreeSet<&str> = CATALOGUE.iter().map(|kind| kind.name()).collect();
    let entries: BTreeSet<&str> = golden.keys().map(String::as_str).collect();
    assert_eq!(names, entries, "every transform has its tests/golden/NAME.toml, and nothing else has one");
    let mut unfinished = String::new();
    for (name, golden) in &golden {
        let mut treats = false;
        for case in &golden.cases {
            let rule: toml::Table = format!("rule = {}", case.rule).parse().unwrap();
            let does = rule["rule"].as_str().or_else(|| rule["rule"]["do"].as_str());
            assert_eq!(does, Some(name.as_str()), "an entry stands with its transform: {}", case.rule);
            let [sha256, blake3] = [Suite::Sha256, Suite::Blake3].map(|suite| made(&golden.domains, case, suite));
            let expected = (case.sha256.as_ref().or(case.both.as_ref()), case.blake3.as_ref().or(case.both.as_ref()));
            if let (Some(in_sha256), Some(in_blake3)) = expected {
                assert_eq!(&sha256, in_sha256, "{} on {} in sha256", case.rule, case.data_type);
                assert_eq!(&blake3, in_blake3, "{} on {} in blake3", case.rule, case.data_type);
                treats |= sha256.iter().zip(&case.inputs).any(|(made, input)| made != input) || name == "keep";
                continue;
            }
            let lines = if sha256 == blake3 {
                line("both", &sha256)
            } else {
                format!("{}\n{}", line("sha256", &sha256), line("blake3", &blake3))
            };
            unfinished += &format!("\n# {name}: {} on {}\n{lines}\n", case.rule, case.data_type);
        }
        assert!(treats || !unfinished.is_empty(), "no entry of {name} changes anything");
    }
    assert!(unfinished.is_empty(), "entries without what becomes of their values:\n{unfinished}");
}

#[test]
fn batches_and_rows_alone_make_the_same() {
    for (name, golden) in golden::all() {
        for case in &golden.cases {
            let data_type = type_of(&case.data_type);
            let column = Column::bind(&golden.domains, &case.rule, &data_type).unwrap();
            let values = read(&case.inputs.iter().map(Cell::text).collect::<Vec<_>>(), &data_type);
            let whole = column.apply(&values, 0);
            let one_by_one: u64 =
                (0..values.len()).map(|row| column.apply(&values.slice(row, 1), row as u64).invalid).sum();
            assert_eq!(whole.invalid, one_by_one, "{name}: {}", case.rule);
            let expected = made(&golden.domains, case, Suite::Sha256);
            if let Some(made) = &whole.values {
                let texts: Vec<Option<String>> = expected.iter().map(|cell| cell.text().map(str::to_owned)).collect();
                assert_eq!(written(made), texts, "{name}: {}", case.rule);
            }
        }
    }
}
