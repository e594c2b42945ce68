//! Number plates in the notation of the day, of series that are not handed out.

use super::{Coded, push, take, take_one};

/// By country (ISO 3166-1), those of which such a series is known.
pub(in crate::transform::fake) const PLATES: &[(&str, Coded)] = &[
    // Districts that there are none of.
    (
        "DE",
        Coded::new(6 * 26 * 26 * 9_000, |mut number, value| {
            const DISTRICTS: &[&str] = &["JJ", "QQ", "QX", "XQ", "XX", "YY"];
            let serial = 1_000 + take(&mut number, 9_000);
            let letters = [take_one(&mut number, LETTERS), take_one(&mut number, LETTERS)];
            value.push_str(DISTRICTS.get(number as usize).copied().unwrap_or_default());
            value.push('-');
            value.extend(letters);
            value.push(' ');
            push(value, serial, 4);
        }),
    ),
    // Vowels are not used.
    (
        "ES",
        Coded::new(10_000 * 5 * 20 * 20, |mut number, value| {
            push(value, take(&mut number, 10_000), 4);
            value.push(' ');
            value.push(take_one(&mut number, b"AEIOU"));
            push_letters(value, &mut number, b"BCDFGHJKLMNPRSTVWXYZ", 2);
        }),
    ),
    // Each series begins with 001.
    (
        "FR",
        Coded::new(23u64.pow(4), |mut number, value| {
            push_letters(value, &mut number, FR, 2);
            value.push_str("-000-");
            push_letters(value, &mut number, FR, 2);
        }),
    ),
    // The age identifier 00 comes in September 2050.
    (
        "GB",
        Coded::new(23 * 23 * 24 * 24 * 24, |mut number, value| {
            push_letters(value, &mut number, b"ABCDEFGHJKLMNOPRSTUVWXY", 2);
            value.push_str("00 ");
            push_letters(value, &mut number, b"ABCDEFGHJKLMNOPRSTUVWXYZ", 3);
        }),
    ),
    // Q is one of the four letters that are not used.
    (
        "IT",
        Coded::new(22 * 22 * 22 * 1_000, |mut number, value| {
            value.push('Q');
            push_letters(value, &mut number, IT, 1);
            value.push(' ');
            push(value, take(&mut number, 1_000), 3);
            value.push(' ');
            push_letters(value, &mut number, IT, 2);
        }),
    ),
    // Q is not used.
    (
        "NL",
        Coded::new(16 * 16 * 1_000, |mut number, value| {
            value.push('Q');
            push_letters(value, &mut number, b"BDFGHJKLNPRSTVXZ", 1);
            value.push('-');
            push(value, take(&mut number, 1_000), 3);
            value.push('-');
            push_letters(value, &mut number, b"BDFGHJKLNPRSTVXZ", 1);
        }),
    ),
    // I, Q and V are not used.
    (
        "SE",
        Coded::new(3 * 23 * 23 * 1_000, |mut number, value| {
            value.push(take_one(&mut number, b"IQV"));
            push_letters(value, &mut number, b"ABCDEFGHJKLMNOPRSTUWXYZ", 2);
            value.push(' ');
            push(value, take(&mut number, 1_000), 3);
        }),
    ),
    // There are 81 provinces.
    (
        "TR",
        Coded::new(18 * 23 * 23 * 900, |mut number, value| {
            push(value, 82 + take(&mut number, 18), 2);
            value.push(' ');
            push_letters(value, &mut number, b"ABCDEFGHIJKLMNOPRSTUVYZ", 2);
            value.push(' ');
            push(value, 100 + take(&mut number, 900), 3);
        }),
    ),
];

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Without I, O and U.
const FR: &[u8] = b"ABCDEFGHJKLMNPQRSTVWXYZ";
/// Without I, O, Q and U.
const IT: &[u8] = b"ABCDEFGHJKLMNPRSTVWXYZ";

fn push_letters(value: &mut String, number: &mut u64, of: &[u8], count: u32) {
    for _ in 0..count {
        value.push(take_one(number, of));
    }
}
