//! How fast a scanner goes through cells and free text, with all detectors on. Each bench asserts what it finds.

use std::fmt::Write;
use std::hint::black_box;

use bowdler::detect::{Found, Grade, Hint, ScanOptions, Scanner};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// How many cells there are of each kind.
const EACH: u64 = 2_000;

/// The same numbers every time (splitmix64).
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
}

type Make = fn(&mut Numbers, u64) -> String;

const WORDS: &[&str] =
    &["shipped", "late", "blue", "Order", "returned", "the", "customer", "asked", "again", "PENDING"];

fn words(n: &mut Numbers, count: u64) -> String {
    let word = |n: &mut Numbers| WORDS[n.below(WORDS.len() as u64) as usize];
    (0..count).map(|_| word(n)).collect::<Vec<_>>().join(" ")
}

/// Cells as exports have them, and how many of each kind hold something certain.
const CELLS: &[(&str, u64, Make)] = &[
    ("row numbers", 0, |_, row| (1_000_000 + row).to_string()),
    ("quantities", 0, |n, _| n.below(100).to_string()),
    ("prices", 0, |n, _| format!("{}.{:02}", n.below(5000), n.below(100))),
    ("dates", 0, |n, _| format!("2024-{:02}-{:02}", 1 + n.below(12), 1 + n.below(28))),
    ("timestamps", 0, |n, _| {
        format!(
            "2024-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            1 + n.below(12),
            1 + n.below(28),
            n.below(24),
            n.below(60),
            n.below(60)
        )
    }),
    ("states", 0, |n, _| words(n, 1)),
    ("sentences", 0, |n, _| words(n, 5)),
    ("UUIDs", 0, |n, _| {
        let (a, b) = (n.next(), n.next());
        format!("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", a >> 32, a & 0xffff, b & 0xfff, b >> 12 & 0xfff, b >> 16)
    }),
    ("digests", 0, |n, _| format!("{:016x}{:016x}", n.next(), n.next())),
    ("part numbers", 0, |n, _| format!("SKU-{:05}-{}", n.below(100_000), WORDS[n.below(10) as usize])),
    ("names", 0, |n, _| ["Ana Silva", "John Smith", "Zoë Müller", "Li Wei"][n.below(4) as usize].to_owned()),
    ("streets", 0, |n, _| format!("{} Station Road", n.below(300))),
    ("e-mail", EACH, |n, row| format!("ana.silva{row}@shop{}.pt", n.below(50))),
    ("addresses", EACH, |n, _| {
        format!("{}.{}.{}.{}", 80 + n.below(19), 100 + n.below(100), 1 + n.below(250), 100 + n.below(100))
    }),
];

fn cells(c: &mut Criterion) {
    let scanner = Scanner::new(&ScanOptions::default());
    let mut group = c.benchmark_group("cells");
    let mut all = Vec::new();
    let mut expected = 0;
    for (place, (name, certain, make)) in CELLS.iter().enumerate() {
        let mut numbers = Numbers(place as u64);
        let cells: Vec<String> = (0..EACH).map(|row| make(&mut numbers, row)).collect();
        measure(&mut group, name, &scanner, &cells, *certain);
        expected += certain;
        all.extend(cells);
    }
    measure(&mut group, "all kinds", &scanner, &all, expected);
    group.finish();
}

type Group<'a> = criterion::BenchmarkGroup<'a, criterion::measurement::WallTime>;

fn measure(group: &mut Group<'_>, name: &str, scanner: &Scanner, cells: &[String], expected: u64) {
    let hint = Hint::default();
    let mut found = Found::default();
    let certain = |cell: &String, found: &mut Found| {
        scanner.scan(black_box(cell), &hint, found).iter().filter(|hit| hit.grade == Grade::Certain).count() as u64
    };
    group.throughput(Throughput::Elements(cells.len() as u64));
    group.bench_function(name, |b| {
        b.iter(|| {
            let found: u64 = cells.iter().map(|cell| certain(cell, &mut found)).sum();
            assert_eq!(found, expected, "{name}");
        });
    });
}

fn text(c: &mut Criterion) {
    let scanner = Scanner::new(&ScanOptions::default());
    let (mut numbers, mut text) = (Numbers(1), String::new());
    for row in 0..2_000u64 {
        let (before, behind) = (words(&mut numbers, 30), words(&mut numbers, 30));
        let _ = write!(
            text,
            "{before} on 2024-05-{:02} by ana{row}@shop.pt, order {}, {behind}. ",
            1 + row % 28,
            100_000 + row
        );
    }
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("notes", |b| {
        b.iter_batched_ref(
            Found::default,
            |found| {
                let hits = scanner.scan(black_box(&text), &Hint::default(), found);
                assert_eq!(hits.iter().filter(|hit| hit.grade == Grade::Certain).count(), 2_000);
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = cells, text
}
criterion_main!(benches);
