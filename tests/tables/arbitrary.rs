//! Whatever stands in a table, every format gives it back.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{ENDINGS, KEEP};
use crate::support::Workplace;

/// Texts with which formats have their difficulties.
const ODD: &[&str] = &[
    "",
    " ",
    " a ",
    "null",
    "NaN",
    "true",
    "1e5",
    "00123",
    "=1+1",
    "'a",
    "\"",
    "\"\"",
    "a\"b\"",
    "\n",
    "\r",
    "\r\n",
    "a\r\nb",
    "\t|,;",
    "\0",
    "\u{1}",
    "\u{1f}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}a",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{10ffff}",
    "_x0041_",
    "_x005F_",
    "_x005F_x0041_",
    "_x",
    "&amp;<![CDATA[]]>",
    "\\N",
    "\\u0041",
    "\\",
    "e\u{301}",
];

/// Those, and any other.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<String>(),
        3 => prop::sample::select(ODD).prop_map(str::to_owned),
        1 => "[ -~\r\n\t]{0,40}",
        1 => "(a|\"|,|\\||\t|\r|\n){0,6}",
        1 => "[a-z]{13,300}",
    ]
}

/// The records of a table in CSV, as the reader of others has them.
fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_texts_come_back_from_every_format(rows in vec([text(), text(), text()], 1..60)) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let place = Workplace::new();
        place.write("keep.toml", KEEP);
        place.write("t.csv", &table);
        std::fs::create_dir(place.path("there")).unwrap();
        for ending in ENDINGS {
            place.bowdler(&format!("run keep.toml --from t.csv --to there/t.{ending} --key-file key")).exits(0);
            place.bowdler(&format!("run keep.toml --from there/t.{ending} --to {ending}.csv --key-file key")).exits(0);
            let back = records(&place.read(&format!("{ending}.csv")));
            prop_assert_eq!(&back[1..], &rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()[..], "{}", ending);
        }
        prop_assert_eq!(place.read("csv.csv"), table);
    }
}
