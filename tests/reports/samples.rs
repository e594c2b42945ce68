//! Reports to be written: an ordinary one, and those that are hard on a format.

use bowdler::Shape;
use bowdler::detect::{Entity, Grade};
use bowdler::verify::{
    Check, ColumnReport, FileReport, Finding, Gap, Part, REPORT_FORMAT, Report, Site, Standing, Totals, Verdict,
};

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

/// A report of files, each with what was found in it.
fn report(verdict: Verdict, files: Vec<(FileReport, Vec<Finding>)>) -> Report {
    let (files, findings): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
    for (place, finding) in findings.iter_mut().enumerate() {
        finding.fingerprint = format!("{place:032x}");
    }
    let counting = || findings.iter().filter(|finding| finding.counts());
    let columns = || files.iter().flat_map(|file: &FileReport| &file.columns);
    let totals = Totals {
        files: files.len() as u64,
        tables: 0,
        bytes: files.iter().map(|file| file.bytes).sum(),
        rows: files.iter().map(|file| file.rows).sum(),
        cells: columns().map(|column| column.cells).sum(),
        hits: counting().map(|finding| finding.hits).sum(),
        findings: counting().count() as u64,
        allowed: 0,
    };
    Report {
        format: REPORT_FORMAT,
        bowdler: "0.0.0".to_owned(),
        verdict,
        fail_on: Grade::Certain,
        max: 0,
        totals,
        files,
        findings,
        coverage: vec![],
        weakenings: vec![],
    }
}

/// A file with its columns; what was found in one is a finding of the file.
fn file(name: &str, format: &str, rows: u64, columns: Vec<(ColumnReport, Vec<Finding>)>) -> (FileReport, Vec<Finding>) {
    let (columns, findings): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
    findings.iter_mut().for_each(|finding| finding.file = name.to_owned());
    let file = FileReport {
        name: name.to_owned(),
        format: Some(format.to_owned()),
        table: name.split_once('.').map(|(table, _)| table.to_owned()),
        bytes: rows * 80,
        blake3: Some("ab".repeat(32)),
        rows,
        columns,
    };
    (file, findings)
}

fn column(name: &str, all: u64, nulls: u64) -> (ColumnReport, Vec<Finding>) {
    let column =
        ColumnReport { name: name.to_owned(), data_type: "Utf8".to_owned(), rule: None, cells: all - nulls, nulls };
    (column, vec![])
}

fn finding(check: Check, (entity, kind): (Entity, &str), standing: Standing, cells: u64, sites: Vec<Site>) -> Finding {
    Finding {
        file: String::new(),
        part: Part::Cells,
        column: None,
        check,
        entity: Some(entity),
        class: Some(entity.class()),
        kind: kind.to_owned(),
        grade: if standing == Standing::OnlyPossible { Grade::Possible } else { Grade::Certain },
        message: "it looks like what it should not".to_owned(),
        hits: cells,
        cells,
        of: 0,
        sites,
        standing,
        fingerprint: String::new(),
    }
}

fn site(row: u64, line: Option<u64>, value: &str) -> Site {
    Site { row: Some(row), line, shape: Shape::of(value).to_string() }
}

fn gap(file: Option<&str>, column: Option<&str>, message: &str) -> Gap {
    Gap {
        file: file.map(str::to_owned),
        column: column.map(str::to_owned),
        row: None,
        line: None,
        message: message.to_owned(),
        counts: None,
        help: None,
        grave: true,
        io: false,
    }
}

trait With {
    fn with(self, finding: Finding) -> Self;
}

impl With for (ColumnReport, Vec<Finding>) {
    fn with(mut self, mut finding: Finding) -> Self {
        finding.column = Some(self.0.name.clone());
        finding.of = self.0.cells;
        self.1.push(finding);
        self
    }
}

/// The exports of a shop, not quite treated.
fn shop() -> Report {
    use Standing::{Counts, OnlyPossible, Reserved};
    let email = (Entity::Email, "email");
    let sites = || {
        vec![
            site(1, Some(2), "ana@shop.example"),
            site(2, Some(3), "bo.li@mail.example"),
            site(7, Some(9), "c@d.example"),
        ]
    };
    let name = finding(
        Check::Detector,
        (Entity::PersonName, "person-name"),
        OnlyPossible,
        42,
        vec![site(17, Some(19), "Élodie")],
    );
    let survivor = Finding {
        entity: None,
        class: None,
        kind: "survivor".to_owned(),
        ..finding(Check::Survivor, email, Counts, 96, sites())
    };
    let phone = finding(
        Check::Detector,
        (Entity::Phone, "phone"),
        OnlyPossible,
        31,
        vec![site(5, Some(6), "+33 6 12 34 56 78")],
    );
    let nir = finding(
        Check::Detector,
        (Entity::NationalNumber, "fr-nir"),
        Counts,
        2,
        vec![site(1_204, Some(1_311), "1 84 12 76 451 089 46")],
    );
    let mut customers = file(
        "customers.csv",
        "CSV",
        12_000,
        vec![
            column("customer_id", 12_000, 0),
            column("first_name", 12_000, 12).with(name),
            column("email", 12_000, 350).with(finding(Check::Detector, email, Counts, 11_480, sites())).with(survivor),
            column("notes", 12_000, 9_000).with(phone).with(nir),
            column("country", 12_000, 0),
        ],
    );
    customers.0.columns[0].rule = Some("{ do = \"token\", domain = \"customer\" }".to_owned());
    let card =
        finding(Check::Detector, (Entity::Card, "card"), Reserved, 418_997, vec![site(1, None, "4111 1111 1111 1111")]);
    let mut orders = file(
        "orders/2026 été/part-0.parquet",
        "Parquet",
        480_000,
        vec![
            column("order_id", 480_000, 0),
            column("items[].description", 1_310_022, 200_411),
            column("card_number", 480_000, 61_000).with(card),
            column("photo", 480_000, 300_000),
        ],
    );
    orders.1.push(Finding {
        file: orders.0.name.clone(),
        part: Part::Metadata,
        column: Some("created_by".to_owned()),
        cells: 0,
        hits: 1,
        sites: vec![Site { row: None, line: None, shape: "aaa@aaaa.aaaaaaa".to_owned() }],
        ..finding(Check::Detector, email, Counts, 1, vec![])
    });
    let mut report = report(Verdict::Incomplete, vec![customers, orders]);
    let mut damaged = gap(Some("refunds.csv.gz"), None, "the file is damaged");
    damaged.line = Some(4_097);
    damaged.help = Some("export it again".to_owned());
    let mut sampled = gap(Some("customers.csv"), Some("notes"), "only every tenth value was compared");
    sampled.grave = false;
    report.coverage = vec![
        gap(Some("orders/2026 été/part-0.parquet"), Some("photo"), "bytes are not looked into"),
        damaged,
        sampled,
        gap(None, None, "there is no manifest"),
    ];
    report.weakenings = vec!["sample: only some rows were compared".to_owned()];
    report
}

/// Nothing that counts.
fn clean() -> Report {
    let possible = finding(
        Check::Detector,
        (Entity::Postcode, "postcode"),
        Standing::OnlyPossible,
        12,
        vec![site(3, Some(4), "75011")],
    );
    let columns = vec![column("town", 900, 0), column("code", 900, 9).with(possible)];
    report(Verdict::Clean, vec![file("towns.csv", "CSV", 900, columns)])
}

/// More than enough.
fn leaky() -> Report {
    let email = finding(
        Check::Detector,
        (Entity::Email, "email"),
        Standing::Counts,
        900,
        vec![site(1, Some(2), "a@b.example")],
    );
    report(Verdict::Findings, vec![file("people.csv", "CSV", 900, vec![column("email", 900, 0).with(email)])])
}

/// Names that want to be more than names.
fn hostile() -> Report {
    let of = |name: &&str| {
        let shape = "<a>&\"']]>".to_owned();
        let sites = vec![Site { row: Some(1), line: Some(2), shape }];
        let mut finding = finding(Check::Pattern, (Entity::Email, "x"), Standing::Counts, 50, sites);
        finding.kind = "</title><script>\u{202e}".to_owned();
        finding.message = "<script>\u{1b}".to_owned();
        column(name, 50, 0).with(finding)
    };
    let columns = HOSTILE.iter().map(of).collect();
    let mut report = report(Verdict::Incomplete, vec![file("a'\"><script>\u{1b}?x#y%.csv", "CSV", 50, columns)]);
    report.coverage = vec![gap(Some("b/<script>\u{202e}]]>.csv"), Some("]]>\u{0}"), "</li><script>\u{202e}")];
    report.weakenings = vec!["<script>\u{202e}".to_owned()];
    report
}

/// So few that each is a person.
fn small() -> Report {
    let first = vec![site(778, Some(778), "Ana"), site(800, Some(801), "Bo"), site(801, Some(802), "Cy")];
    let name = finding(Check::Detector, (Entity::PersonName, "person-name"), Standing::Counts, 3, first);
    let all = finding(Check::Survivor, (Entity::PersonName, "all"), Standing::Counts, 994, vec![]);
    report(Verdict::Findings, vec![file("few.csv", "CSV", 997, vec![column("name", 997, 3).with(name).with(all)])])
}

/// Every report, by name.
pub fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("shop", shop()),
        ("clean", clean()),
        ("leaky", leaky()),
        ("hostile", hostile()),
        ("small", small()),
        ("empty", report(Verdict::Incomplete, vec![])),
    ]
}

/// The report with this name.
pub fn named(name: &str) -> Report {
    all().into_iter().find(|(of, _)| *of == name).unwrap().1
}
