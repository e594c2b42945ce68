//! Reports to be written: an ordinary one, and those that are hard on a format.

use bowdler::Shape;
use bowdler::detect::{Entity, Grade};
use bowdler::report::{ColumnReport, FileReport, FindingReport, Report, Spot};

/// Names of columns as nobody's friend would choose them.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onload='alert(1)",
    "]]><failure/>",
    "&lt;&#x3c;&amp;",
    "evil\u{202e}vsc.exe\u{2066}",
    "\u{1b}]0;owned\u{7}\u{1b}[31m",
    "line\r\nbreak\ttab\u{0}\u{7f}\u{9b}",
    "not XML: \u{ffff}\u{fffe}",
    "",
    "a_name_that_is_longer_than_any_screen_is_wide_and_has_no_place_to_break_it_apart_from_within_itself_xxxxxxxxxxxxxxxx",
    "名前 prénom",
];

fn report(files: Vec<FileReport>) -> Report {
    Report { checks: vec!["scan".to_owned(), "survivors".to_owned()], threshold: Grade::Certain, files }
}

fn file(path: &str, format: &str, rows: u64, columns: Vec<ColumnReport>) -> FileReport {
    FileReport { path: path.to_owned(), format: format.to_owned(), rows, columns, skipped: None }
}

fn column(name: &str, cells: u64, nulls: u64) -> ColumnReport {
    ColumnReport {
        name: name.to_owned(),
        cells,
        nulls,
        scanned: cells - nulls,
        distinct: None,
        findings: Vec::new(),
        skipped: None,
    }
}

fn finding(check: &str, (entity, kind): (Entity, &str), grade: Grade, count: u64, first: Vec<Spot>) -> FindingReport {
    FindingReport { check: check.to_owned(), entity, kind: kind.to_owned(), grade, count, first }
}

fn spot(row: u64, line: Option<u64>, value: &str) -> Spot {
    Spot { row, line, shape: Shape::of(value) }
}

trait With {
    fn with(self, finding: FindingReport) -> Self;
}

impl With for ColumnReport {
    fn with(mut self, finding: FindingReport) -> Self {
        self.findings.push(finding);
        self
    }
}

/// The exports of a shop, not quite treated.
fn shop() -> Report {
    let email = (Entity::Email, "email");
    let spots = || {
        vec![
            spot(1, Some(2), "ana@shop.example"),
            spot(2, Some(3), "bo.li@mail.example"),
            spot(7, Some(9), "c@d.example"),
        ]
    };
    let mut distinct = column("email", 12_000, 350).with(finding("scan", email, Grade::Certain, 11_480, spots()));
    distinct.distinct = Some(11_200);
    let customers = file(
        "customers.csv",
        "csv",
        12_000,
        vec![
            column("customer_id", 12_000, 0),
            column("first_name", 12_000, 12).with(finding(
                "survivors",
                (Entity::PersonName, "person-name"),
                Grade::Possible,
                42,
                vec![spot(17, Some(19), "Élodie")],
            )),
            distinct.with(finding("survivors", email, Grade::Certain, 96, spots())),
            column("notes", 12_000, 9_000)
                .with(finding(
                    "scan",
                    (Entity::Phone, "phone"),
                    Grade::Possible,
                    31,
                    vec![spot(5, Some(6), "+33 6 12 34 56 78")],
                ))
                .with(finding(
                    "scan",
                    (Entity::NationalNumber, "fr-nir"),
                    Grade::Certain,
                    2,
                    vec![spot(1_204, Some(1_311), "1 84 12 76 451 089 46")],
                )),
            column("country", 12_000, 0),
        ],
    );
    let orders = file(
        "orders/2026 été/part-0.parquet",
        "parquet",
        480_000,
        vec![
            column("order_id", 480_000, 0),
            column("items[].description", 1_310_022, 200_411),
            column("card_number", 480_000, 61_000).with(finding(
                "scan",
                (Entity::Card, "card"),
                Grade::Certain,
                418_997,
                vec![spot(1, None, "4111 1111 1111 1111")],
            )),
            ColumnReport {
                scanned: 0,
                skipped: Some("bytes are not looked into".to_owned()),
                ..column("photo", 480_000, 300_000)
            },
        ],
    );
    let broken = FileReport {
        skipped: Some("the file is damaged at byte 4096".to_owned()),
        ..file("refunds.csv.gz", "csv", 0, vec![])
    };
    report(vec![customers, orders, broken])
}

/// Nothing that counts.
fn clean() -> Report {
    let possible =
        finding("scan", (Entity::Postcode, "postcode"), Grade::Possible, 12, vec![spot(3, Some(4), "75011")]);
    report(vec![file("towns.csv", "csv", 900, vec![column("town", 900, 0), column("code", 900, 9).with(possible)])])
}

/// Nothing found, and not all looked at.
fn partial() -> Report {
    let half = ColumnReport { scanned: 400, ..column("b", 900, 0) };
    report(vec![file("half.csv", "csv", 900, vec![column("a", 900, 0), half])])
}

/// Names that want to be more than names.
fn hostile() -> Report {
    let of = |name: &&str| {
        column(name, 50, 0).with(finding(
            "scan",
            (Entity::Email, "email"),
            Grade::Certain,
            50,
            vec![spot(1, Some(2), "<b>&\"'\u{202e}")],
        ))
    };
    let columns = HOSTILE.iter().map(of).collect();
    let skipped = FileReport {
        skipped: Some("</li><script>\u{202e}".to_owned()),
        ..file("b/<script>\u{202e}]]>.csv", "csv", 0, vec![])
    };
    report(vec![file("a'\"><script>\u{1b}?x#y%.csv", "csv", 50, columns), skipped])
}

/// So few that each is a person.
fn small() -> Report {
    let first = vec![spot(778, Some(778), "Ana"), spot(800, Some(801), "Bo"), spot(801, Some(802), "Cy")];
    let name = finding("scan", (Entity::PersonName, "person-name"), Grade::Certain, 3, first);
    report(vec![file("few.csv", "csv", 997, vec![column("name", 997, 3).with(name)])])
}

/// Every report, by name.
pub fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("shop", shop()),
        ("clean", clean()),
        ("partial", partial()),
        ("hostile", hostile()),
        ("small", small()),
        ("empty", report(vec![])),
    ]
}

/// The report with this name.
pub fn named(name: &str) -> Report {
    all().into_iter().find(|(of, _)| *of == name).unwrap().1
}
