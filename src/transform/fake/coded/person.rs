//! Numbers by which states know people.

use super::check::{luhn, mod_11_10, mod_97, verhoeff, weighted};
use super::{Coded, DATES, digits, push, push_digit, take, take_date, take_one};

/// By country (ISO 3166-1): of its notation, with valid check digits, and, where the country has such, of a range from
/// which nobody has a number.
#[rustfmt::skip] // a table
pub(in crate::transform::fake) const NATIONAL_IDS: &[(&str, Coded)] = &[
    ("AU", AU), ("BE", BE), ("BR", BR), ("CA", CA), ("CN", CN), ("DE", DE), ("ES", ES), ("FR", FR), ("GB", GB), ("IN", IN),
    ("IR", IR), ("IT", IT), ("NL", NL), ("PL", PL), ("PT", PT), ("SA", SA), ("SE", SE), ("TR", TR), ("TW", TW), ("US", US),
];

/// The ninth digit that completes eight to a sum of 11 where its own weight is -1, after an eighth digit of weight
/// `last`. For one of the ten eighth digits there may be none: of those that have one, `choice` (below 9) says which.
fn elevenths(sum: u32, last: u32, choice: u64) -> (u32, u32) {
    let mut completed = (0..10).map(|eighth| (eighth, (sum + last * eighth) % 11)).filter(|(_, ninth)| *ninth < 10);
    completed.nth(choice as usize).unwrap_or_default()
}

/// Australia: tax file number. None is reserved.
const AU: Coded = Coded::new(9 * 1_000_000 * 9, |mut number, value| {
    let start = value.len();
    push(value, 1 + take(&mut number, 9), 1);
    push(value, take(&mut number, 100), 2);
    value.push(' ');
    push(value, take(&mut number, 1_000), 3);
    value.push(' ');
    push_digit(value, take(&mut number, 10) as u32);
    let sum = weighted(digits(value, start), &[1, 4, 3, 7, 5, 8, 6]);
    let (eighth, ninth) = elevenths(sum, 9, number);
    [eighth, ninth].into_iter().for_each(|digit| push_digit(value, digit));
});

/// Belgium: register number. The day's serial is from 001 to 998 for people; here it is 000 or 999.
const BE: Coded = Coded::new(2 * DATES * 120, |mut number, value| {
    let start = value.len();
    let serial = 999 * take(&mut number, 2);
    let (year, month, day) = take_date(&mut number, 120);
    for (part, sign) in [(year % 100, '.'), (month, '.'), (day, '-')] {
        push(value, part, 2);
        value.push(sign);
    }
    push(value, serial, 3);
    // From 2000 on, the number is checked with a 2 in front.
    let century = if year < 100 { 0 } else { 2 };
    let check = 97 - mod_97(century, digits(value, start));
    value.push('.');
    push(value, check, 2);
});

/// Brazil: CPF. None is reserved; those of one digit throughout are void and left out.
const BR: Coded = Coded::new(999_999_990, |number, value| {
    let start = value.len();
    let base = 1 + number + number / 111_111_110;
    push(value, base / 1_000_000, 3);
    value.push('.');
    push(value, base / 1_000 % 1_000, 3);
    value.push('.');
    push(value, base % 1_000, 3);
    let check = |sum: u32| sum * 10 % 11 % 10;
    let first = check(weighted(digits(value, start), &[10, 9, 8, 7, 6, 5, 4, 3, 2]));
    value.push('-');
    push_digit(value, first);
    let second = check(weighted(digits(value, start), &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
    push_digit(value, second);
});

/// Canada: social insurance number. None begins with 0, which is left to the tax office for people who have no number.
const CA: Coded = Coded::new(10_000_000, |number, value| {
    let start = value.len();
    push(value, number / 100_000, 3);
    value.push(' ');
    push(value, number / 100 % 1_000, 3);
    value.push(' ');
    push(value, number % 100, 2);
    let check = luhn(digits(value, start));
    push_digit(value, check);
});

/// China: resident identity number (GB 11643). No division of the country has a code from 990000 on.
const CN: Coded = Coded::new(10_000 * 60 * DATES * 1_000, |mut number, value| {
    let start = value.len();
    push(value, 990_000 + take(&mut number, 10_000), 6);
    let (year, month, day) = take_date(&mut number, 60);
    push(value, 1950 + year, 4);
    push(value, month, 2);
    push(value, day, 2);
    push(value, number, 3);
    let sum = weighted(digits(value, start), &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    match (12 - sum % 11) % 11 {
        10 => value.push('X'),
        digit => push_digit(value, digit),
    }
});

/// Germany: tax identification number. The first digit is 0 only in numbers for tests. One digit of the first ten comes
/// twice, here the 0, so that one of the others is missing.
const DE: Coded = Coded::new(9 * 362_880, |mut number, value| {
    let start = value.len();
    let missing = 1 + take(&mut number, 9) as u32;
    let mut left = [0; 9];
    for (place, digit) in left.iter_mut().zip((0..10).filter(|digit| *digit != missing)) {
        *place = digit;
    }
    value.push('0');
    for count in (1..=left.len()).rev() {
        let taken = take(&mut number, count as u64) as usize;
        push_digit(value, left.get(taken).copied().unwrap_or_default());
        if let Some(rest) = left.get_mut(taken..count) {
            rest.rotate_left(1);
        }
    }
    let check = mod_11_10(digits(value, start));
    push_digit(value, check);
});

/// Spain: DNI. Those from 99000000 on are above what the provinces have been given to hand out; the administration's own
/// invented people have theirs there.
const ES: Coded = Coded::new(1_000_000, |number, value| {
    let number = 99_000_000 + number;
    push(value, number, 8);
    value.push(take_one(&mut { number }, b"TRWAGMYFPDXBNJZSQVHLCKE"));
});

/// France: NIR. The serial of a birth begins with 001 in every month and place; here it is 000.
const FR: Coded = Coded::new(2 * 100 * 12 * 94 * 990, |mut number, value| {
    let start = value.len();
    push(value, 1 + take(&mut number, 2), 1);
    push(value, take(&mut number, 100), 2);
    push(value, 1 + take(&mut number, 12), 2);
    // Corsica has letters and no 20.
    let department = 1 + take(&mut number, 94);
    push(value, department + u64::from(department >= 20), 2);
    push(value, 1 + number, 3);
    value.push_str("000");
    let check = 97 - mod_97(0, digits(value, start));
    push(value, check, 2);
});

/// Great Britain: National Insurance number, with a prefix that is not given to people.
const GB: Coded = Coded::new(8 * 1_000_000 * 4, |mut number, value| {
    const PREFIXES: &[&str] = &["BG", "GB", "KN", "NK", "NT", "QQ", "TN", "ZZ"];
    let suffix = take_one(&mut number, b"ABCD");
    let digits = take(&mut number, 1_000_000);
    value.push_str(PREFIXES.get(number as usize).copied().unwrap_or_default());
    push(value, digits, 6);
    value.push(suffix);
});

/// India: Aadhaar. None begins with 0 or 1.
const IN: Coded = Coded::new(2 * 10_000_000_000, |number, value| {
    let start = value.len();
    push(value, number / 10_000_000, 4);
    value.push(' ');
    push(value, number / 1_000 % 10_000, 4);
    value.push(' ');
    push(value, number % 1_000, 3);
    let check = verhoeff(digits(value, start));
    push_digit(value, check);
});

/// Iran: national code. The first three digits are a place; 000 is none.
const IR: Coded = Coded::new(999_999, |number, value| {
    let start = value.len();
    push(value, 1 + number, 9);
    let remainder = weighted(digits(value, start), &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    push_digit(value, if remainder < 2 { remainder } else { 11 - remainder });
});

const CONSONANTS: &[u8] = b"BCDFGLMNPRSTVZ";

/// Italy: codice fiscale. No municipality's code begins with Y.
const IT: Coded = Coded::new(14u64.pow(6) * 100 * DATES * 2 * 1_000, |mut number, value| {
    let start = value.len();
    for _ in 0..6 {
        value.push(take_one(&mut number, CONSONANTS));
    }
    let (year, _, day) = take_date(&mut { number }, 100);
    let month = take_one(&mut { number / 100 }, b"ABCDEHLMPRST");
    number /= 100 * DATES;
    push(value, year, 2);
    value.push(month);
    push(value, day + 40 * take(&mut number, 2), 2);
    value.push('Y');
    push(value, number, 3);
    let check = cin(value.as_bytes().get(start..).unwrap_or_default());
    value.push(char::from(check));
});

/// The Italian check letter of letters and digits (decree of 23 December 1976, table of article 7): those in even places count
/// what they are, those in odd places by a table.
pub(super) fn cin(text: &[u8]) -> u8 {
    const ODD: [u8; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let sum: u32 = text
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let worth = match byte {
                b'0'..=b'9' => byte - b'0',
                byte => byte.saturating_sub(b'A'),
            };
            let worth = if place % 2 == 0 { ODD.get(usize::from(worth)).copied() } else { Some(worth) };
            u32::from(worth.unwrap_or_default())
        })
        .sum();
    b'A' + (sum % 26) as u8
}

/// The Netherlands: burgerservicenummer. Those that begin with 9999 are for tests.
const NL: Coded = Coded::new(1_000 * 9, |mut number, value| {
    let start = value.len();
    value.push_str("9999");
    push(value, take(&mut number, 1_000), 3);
    let sum = weighted(digits(value, start), &[9, 8, 7, 6, 5, 4, 3]);
    let (eighth, ninth) = elevenths(sum, 2, number);
    [eighth, ninth].into_iter().for_each(|digit| push_digit(value, digit));
});

/// Poland: PESEL, of somebody born in the 23rd century: then 60 is added to the month.
const PL: Coded = Coded::new(100 * DATES * 10_000, |mut number, value| {
    let start = value.len();
    let (year, month, day) = take_date(&mut number, 100);
    for part in [year, 60 + month, day] {
        push(value, part, 2);
    }
    push(value, number, 4);
    let sum = weighted(digits(value, start), &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    push_digit(value, (10 - sum % 10) % 10);
});

/// Portugal: tax number. Of those that begin with 4, only 45 is in use.
const PT: Coded = Coded::new(9_000_000, |mut number, value| {
    let start = value.len();
    let kind = take(&mut number, 9);
    push(value, 40 + kind + u64::from(kind >= 5), 2);
    push(value, number, 6);
    let check = 11 - weighted(digits(value, start), &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    push_digit(value, if check > 9 { 0 } else { check });
});

/// Saudi Arabia: those of citizens begin with 1 and those of residents with 2; here it is 0.
const SA: Coded = Coded::new(100_000_000, |number, value| {
    let start = value.len();
    push(value, number, 9);
    let check = luhn(digits(value, start));
    push_digit(value, check);
});

/// Sweden: personnummer. The serials from 980 on are for tests.
const SE: Coded = Coded::new(100 * DATES * 20, |mut number, value| {
    let start = value.len();
    let (year, month, day) = take_date(&mut number, 100);
    for part in [year, month, day] {
        push(value, part, 2);
    }
    value.push('-');
    push(value, 980 + number, 3);
    let check = luhn(digits(value, start));
    push_digit(value, check);
});

/// Turkey: T.C. kimlik numarası. None begins with 0.
const TR: Coded = Coded::new(100_000_000, |number, value| {
    let start = value.len();
    push(value, number, 9);
    let alternating = weighted(digits(value, start), &[7, 9, 7, 9, 7, 9, 7, 9, 7]);
    push_digit(value, alternating % 10);
    let sum: u32 = digits(value, start).sum();
    push_digit(value, sum % 10);
});

/// Taiwan: the first digit is 1 or 2 for citizens, 8 or 9 for residents; here it is from 3 to 5.
const TW: Coded = Coded::new(26 * 3 * 10_000_000, |mut number, value| {
    const WORTH: [u32; 26] =
        [10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33];
    let start = value.len();
    let letter = take(&mut number, 26);
    value.push(char::from(b'A' + letter as u8));
    push(value, 3 + take(&mut number, 3), 1);
    push(value, number, 7);
    let letter = WORTH.get(letter as usize).copied().unwrap_or_default();
    let sum = letter / 10 + 9 * (letter % 10) + weighted(digits(value, start), &[8, 7, 6, 5, 4, 3, 2, 1]);
    push_digit(value, (10 - sum % 10) % 10);
});

/// The United States: social security number. No area from 900 on is given out; the groups here are not those either of
/// the taxpayer numbers that look alike.
const US: Coded = Coded::new(100 * 49 * 9_999, |mut number, value| {
    push(value, 900 + take(&mut number, 100), 3);
    value.push('-');
    push(value, 1 + take(&mut number, 49), 2);
    value.push('-');
    push(value, 1 + number, 4);
});
