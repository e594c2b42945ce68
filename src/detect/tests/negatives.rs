//! What is no personal data stays quiet: at most one in a thousand is certain, whatever it passes by chance.

#![allow(clippy::print_stdout, reason = "how much is possible is worth a look")]

use super::super::checksum::luhn;
use super::Numbers;
use crate::detect::{Found, Grade, Hint, ScanOptions, Scanner};

const EACH: u64 = 5_000;
const HEX: &str = "0123456789abcdef";
const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CAPITALS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn with_luhn(n: &mut Numbers, count: usize) -> String {
    let head = n.digits(count - 1);
    let number = (0..10).map(|digit| format!("{head}{digit}")).find(|number| luhn(number.as_bytes()));
    number.unwrap_or(head)
}

type Make = fn(&mut Numbers, u64) -> String;

const MAKERS: &[(&str, &str, Make)] = &[
    ("order numbers that pass Luhn", "order_id", |n, _| with_luhn(n, 16)),
    ("sequential order numbers in a card range", "order_id", |_, row| (4_539_148_800_000_000 + row).to_string()),
    ("order numbers of any length", "order", |n, _| {
        let count = 6 + n.below(14) as usize;
        n.digits(count)
    }),
    ("grouped order numbers", "reference", |n, _| format!("{}-{}-{}", n.digits(3), n.digits(7), n.digits(7))),
    ("order numbers with letters", "order_no", |n, _| format!("ORD-{}-{}", 2015 + n.below(12), n.digits(6))),
    ("order numbers with the day", "order_no", |n, _| {
        format!("{:02}{:02}{:02}-{}", 10 + n.below(15), 1 + n.below(12), 1 + n.below(28), n.digits(4))
    }),
    ("UUIDs", "id", |n, _| {
        let parts = [8, 4, 4, 4, 12].map(|count| n.of(HEX, count));
        parts.join("-")
    }),
    ("version strings", "version", |n, _| {
        let parts = [n.below(20), n.below(30), n.below(100), n.below(100)];
        parts.map(|part| part.to_string())[..2 + n.below(3) as usize].join(".")
    }),
    ("browser versions", "agent", |n, _| format!("{}.0.{}.{}", n.below(140), n.below(7000), n.below(250))),
    ("OIDs", "oid", |n, _| format!("1.3.6.1.4.1.{}.{}.{}", n.below(60_000), n.below(200), n.below(20))),
    ("timestamps", "created_at", |n, _| {
        let (day, second) = (1 + n.below(28), n.below(60));
        format!(
            "2024-{:02}-{day:02}T{:02}:{:02}:{second:02}.{}Z",
            1 + n.below(12),
            n.below(24),
            n.below(60),
            n.digits(6)
        )
    }),
    ("times", "at", |n, _| format!("{:02}:{:02}:{:02}", n.below(24), n.below(60), n.below(60))),
    ("epoch milliseconds", "ts", |n, _| (1_500_000_000_000 + n.below(300_000_000_000)).to_string()),
    ("epoch seconds", "ts", |n, _| (1_500_000_000 + n.below(300_000_000)).to_string()),
    ("ISBN-13", "isbn", |n, _| format!("978{}", n.digits(10))),
    ("ISBN-10", "isbn", |n, _| format!("{}-{}-{}-{}", n.below(10), n.digits(4), n.digits(4), n.below(10))),
    ("EAN", "ean", |n, _| n.digits(13)),
    ("tracking numbers", "tracking", |n, _| format!("1Z{}{}", n.of(CAPITALS, 6), n.digits(10))),
    ("postal tracking numbers", "tracking", |n, _| format!("{}{}GB", n.of("CELR", 2), n.digits(9))),
    ("MD5", "digest", |n, _| n.of(HEX, 32)),
    ("git commits", "commit", |n, _| n.of(HEX, 40)),
    ("short commits", "commit", |n, _| n.of(HEX, 7)),
    ("SHA-256", "digest", |n, _| n.of(HEX, 64)),
    ("colours", "colour", |n, _| format!("#{}", n.of(HEX, 6))),
    ("file sizes", "size", |n, _| n.below(1 << 40).to_string()),
    ("prices", "price", |n, _| format!("{}.{}", n.below(10_000), n.digits(2))),
    ("pairs of prices", "prices", |n, _| format!("{}.{}, {}.{}", n.below(100), n.digits(2), n.below(100), n.digits(2))),
    ("fractions", "ratio", |n, _| format!("0.{}", n.digits(16))),
    ("numbers like telephones", "order_id", |n, _| format!("{}-{}-{}", n.digits(3), n.digits(3), n.digits(4))),
    ("random identifiers", "id", |n, _| {
        let count = 8 + n.below(30) as usize;
        n.of(ALPHANUMERIC, count)
    }),
    ("identifiers in capitals", "sku", |n, _| {
        let count = 6 + n.below(16) as usize;
        n.of(CAPITALS, count)
    }),
    ("ULIDs", "id", |n, _| format!("01{}", n.of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24))),
    ("17 capitals", "part", |n, _| n.of(CAPITALS, 17)),
    ("paths", "path", |n, _| format!("/srv/{}/{}.png", n.of(HEX, 8), n.digits(4))),
    ("words", "note", |n, _| {
        let words = ["ordered", "CUSTOMER", "late", "REFUNDED", "again", "ok", "blue", "10", "x2"];
        (0..5).map(|_| words[n.below(9) as usize]).collect::<Vec<_>>().join(" ")
    }),
];

#[test]
fn hard_negatives_are_hardly_ever_certain() {
    let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
    let mut loud = Vec::new();
    for (place, (what, header, make)) in MAKERS.iter().enumerate() {
        let (mut numbers, hint) = (Numbers(place as u64), Hint::of_header(header));
        let (mut certain, mut possible, mut last) = (0, 0, String::new());
        for row in 0..EACH {
            let text = make(&mut numbers, row);
            let hits = scanner.scan(&text, &hint, &mut found);
            possible += u64::from(!hits.is_empty());
            if let Some(hit) = hits.iter().find(|hit| hit.grade == Grade::Certain) {
                certain += 1;
                last = format!("{} {text}", hit.kind);
            }
        }
        println!("{what}: {certain} certain, {possible} in all, of {EACH}");
        if certain > EACH / 1000 {
            loud.push(format!("{what}: {certain} of {EACH}, as {last}"));
        }
    }
    assert_eq!(loud, [""; 0]);
}

#[test]
fn any_text_can_be_scanned_and_ranges_are_of_characters() {
    let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
    let pieces = [
        "@",
        ".",
        ":",
        "//",
        "-",
        "é",
        "山",
        "°",
        "4539",
        "1488",
        "0343",
        "6467",
        "DE89",
        "37040044",
        "ff",
        "::",
        "a.pt",
        "$2b$",
        "password",
        "=",
        "\"",
        "eyJ",
        "-----BEGIN ",
        "PRIVATE KEY",
        "www.",
        "0x",
        " ",
        "\u{a0}",
        "N",
        "48.8584",
        "user:",
        "\0",
        "\u{1f642}",
        "card",
        "[",
        "{",
        "%40",
        "12",
        "000000",
        "bc1q",
        "sk-",
        "٣",
    ];
    let mut numbers = Numbers(7);
    for _ in 0..60_000 {
        let text: String =
            (0..numbers.below(14)).map(|_| pieces[numbers.below(pieces.len() as u64) as usize]).collect();
        let mut end = 0;
        for hit in scanner.scan(&text, &Hint::default(), &mut found) {
            assert!(!text[hit.range.clone()].is_empty(), "{text}");
            assert!(hit.range.start >= end, "{text}");
            end = hit.range.end;
        }
    }
}
