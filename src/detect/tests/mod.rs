mod agreement;
mod free_text;
mod kinds;
mod negatives;
mod numbers;

use std::sync::LazyLock;

use super::{Found, Grade, Hint, ScanOptions, Scanner};

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&ScanOptions::default()));

/// What a scan finds: detector, grade and text of each hit.
fn scan(text: &str) -> Vec<(&'static str, Grade, String)> {
    scan_under("", text)
}

/// What a scan finds in a column with a header.
fn scan_under(header: &str, text: &str) -> Vec<(&'static str, Grade, String)> {
    let mut found = Found::default();
    let hits = SCANNER.scan(text, &Hint::of_header(header), &mut found);
    hits.iter().map(|hit| (hit.detector, hit.grade, text[hit.range.clone()].to_owned())).collect()
}

/// A generator of the same numbers every time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn of(&mut self, alphabet: &str, count: usize) -> String {
        (0..count).map(|_| char::from(alphabet.as_bytes()[self.below(alphabet.len() as u64) as usize])).collect()
    }
}
