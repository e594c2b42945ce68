//! How often numbers are recognised by chance: what their tables say, and what random strings show.

use std::collections::BTreeMap;

use bowdler::detect::national::{Alphabet, NATIONAL_NUMBERS, NationalNumber};

/// How many strings are drawn for the rarest numbers.
const MOST: f64 = 200_000.0;

/// How many hits are awaited of the others.
const HITS: f64 = 1000.0;

/// With fewer hits than that, a rate is not known.
const ENOUGH: u32 = 20;

const DIGITS: &[u8] = b"0123456789";
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BOTH: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn characters(sign: u8) -> &'static [u8] {
    match sign {
        b'9' => DIGITS,
        b'A' => LETTERS,
        _ => BOTH,
    }
}

fn shapes(number: &NationalNumber) -> Vec<Vec<u8>> {
    match number.alphabet {
        Alphabet::Digits => number.lengths.iter().map(|length| vec![b'9'; usize::from(*length)]).collect(),
        Alphabet::Alphanumeric => number.shapes.iter().map(|shape| shape.as_bytes().to_vec()).collect(),
    }
}

/// The part of all strings of the alphabet that have this shape.
fn share(shape: &[u8], alphabet: Alphabet) -> f64 {
    match alphabet {
        Alphabet::Digits => 1.0,
        Alphabet::Alphanumeric => shape.iter().map(|sign| characters(*sign).len() as f64 / 36.0).product(),
    }
}

fn near(stated: f64, seen: f64) -> bool {
    stated < seen * 2.0 && seen < stated * 2.0
}

#[test]
fn stated_odds_are_those_of_random_strings() {
    let mut seed: u64 = 7;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    for number in NATIONAL_NUMBERS {
        let name = number.name;
        let shapes = shapes(number);
        let draws = (HITS / number.odds_in_shape).min(MOST) as usize / shapes.len();
        let (mut hits, mut lengths) = (0, BTreeMap::<usize, f64>::new());
        for shape in &shapes {
            let mut of_shape = 0;
            let mut text = shape.clone();
            for _ in 0..draws {
                for (byte, sign) in text.iter_mut().zip(shape) {
                    let characters = characters(*sign);
                    *byte = characters[below(characters.len())];
                }
                of_shape += u32::from((number.check)(&text));
            }
            hits += of_shape;
            *lengths.entry(shape.len()).or_default() +=
                f64::from(of_shape) / draws as f64 * share(shape, number.alphabet);
        }
        if hits < ENOUGH {
            assert!(number.odds_in_shape < 1e-4, "{name}: {hits} hits");
            continue;
        }
        let in_shape = f64::from(hits) / (draws * shapes.len()) as f64;
        assert!(near(number.odds_in_shape, in_shape), "{name}: in shape {in_shape}, not {}", number.odds_in_shape);
        let odds = lengths.values().sum::<f64>() / lengths.len() as f64;
        assert!(near(number.odds, odds), "{name}: {odds}, not {}", number.odds);
    }
}
