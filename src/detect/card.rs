use std::ops::Range;

use super::checksum::luhn;
use super::{Candidate, Detector, Entity, Evidence, Needs, Run, Sink, Text};

/// Payment cards.
pub(super) struct Card;

/// A range of the first six digits of cards (ISO/IEC 7812), and how long the numbers are.
struct Scheme {
    name: &'static str,
    first: u32,
    last: u32,
    /// Bit n is set if numbers of n digits exist.
    lengths: u32,
}

const fn scheme(name: &'static str, first: u32, last: u32, lengths: u32) -> Scheme {
    Scheme { name, first, last, lengths }
}

const L15: u32 = 1 << 15;
const L16: u32 = 1 << 16;
const L14: u32 = 1 << 14;
const TO_19: u32 = L16 | 1 << 17 | 1 << 18 | 1 << 19;
const VISA: u32 = 1 << 13 | L16 | 1 << 19;
const MAESTRO: u32 = 1 << 12 | 1 << 13 | L14 | L15 | TO_19;

/// The schemes and their ranges. Where two share a range, a number is of the first.
const SCHEMES: &[Scheme] = &[
    scheme("dankort", 457_100, 457_199, L16),
    scheme("elo", 401_178, 401_179, L16),
    scheme("elo", 438_935, 438_935, L16),
    scheme("elo", 451_416, 451_416, L16),
    scheme("elo", 457_631, 457_632, L16),
    scheme("visa", 400_000, 499_999, VISA),
    scheme("mastercard", 510_000, 559_999, L16),
    scheme("mastercard", 222_100, 272_099, L16),
    scheme("mir", 220_000, 220_499, TO_19),
    scheme("borica", 220_500, 220_599, L16),
    scheme("american-express", 340_000, 349_999, L15),
    scheme("american-express", 370_000, 379_999, L15),
    scheme("diners-club", 300_000, 305_999, L14 | TO_19),
    scheme("diners-club", 309_500, 309_599, L14 | TO_19),
    scheme("diners-club", 360_000, 369_999, L14 | TO_19),
    scheme("diners-club", 380_000, 399_999, L14 | TO_19),
    scheme("jcb", 350_000, 359_999, TO_19),
    scheme("jcb", 213_100, 213_199, L15),
    scheme("jcb", 180_000, 180_099, L15),
    scheme("gpn", 194_600, 194_699, L16),
    scheme("carnet", 286_900, 286_999, L16),
    scheme("verve", 506_099, 506_198, L16 | 1 << 18 | 1 << 19),
    scheme("verve", 507_865, 507_964, L16 | 1 << 18 | 1 << 19),
    scheme("verve", 650_002, 650_027, L16 | 1 << 18 | 1 << 19),
    scheme("elo", 506_699, 506_778, L16),
    scheme("elo", 509_000, 509_999, L16),
    scheme("elo", 636_297, 636_297, L16),
    scheme("elo", 636_368, 636_368, L16),
    scheme("elo", 627_780, 627_780, L16),
    scheme("elo", 650_031, 650_051, L16),
    scheme("elo", 650_405, 650_439, L16),
    scheme("elo", 650_485, 650_538, L16),
    scheme("elo", 650_541, 650_598, L16),
    scheme("elo", 650_700, 650_727, L16),
    scheme("elo", 650_901, 650_978, L16),
    scheme("elo", 651_652, 651_679, L16),
    scheme("elo", 655_000, 655_058, L16),
    scheme("meeza", 507_803, 507_810, L16),
    scheme("dankort", 501_900, 501_999, L16),
    scheme("rupay", 508_000, 508_999, L16),
    scheme("hipercard", 606_282, 606_282, L16),
    scheme("ukrcard", 604_001, 604_200, TO_19),
    scheme("cabal", 604_201, 604_219, L16),
    scheme("cabal", 589_657, 589_657, L16),
    scheme("naranja", 589_562, 589_562, L16),
    scheme("discover", 601_100, 601_199, TO_19),
    scheme("discover", 644_000, 649_999, TO_19),
    scheme("discover", 622_126, 622_925, TO_19),
    scheme("rupay", 652_100, 653_199, L16),
    scheme("discover", 650_000, 659_999, TO_19),
    scheme("rupay", 600_000, 609_999, L16),
    scheme("unionpay", 620_000, 629_999, TO_19),
    scheme("unionpay", 810_000, 817_199, TO_19),
    scheme("rupay", 817_200, 829_999, L16),
    scheme("instapayment", 637_000, 639_999, L16),
    scheme("interpayment", 636_000, 636_999, TO_19),
    scheme("maestro", 500_000, 509_999, MAESTRO),
    scheme("maestro", 560_000, 589_999, MAESTRO),
    scheme("maestro", 639_000, 639_099, MAESTRO),
    scheme("maestro", 630_400, 630_499, MAESTRO),
    scheme("maestro", 60_400, 60_499, MAESTRO),
    scheme("maestro", 670_000, 679_999, MAESTRO),
    scheme("uzcard", 860_000, 860_099, L16),
    scheme("humo", 986_000, 986_099, L16),
    scheme("troy", 979_200, 979_299, L16),
];

/// How numbers are printed on cards: the lengths of the groups.
const GROUPINGS: &[&[usize]] = &[
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 6, 4],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 3],
    &[4, 4, 4, 2],
    &[4, 4, 5],
    &[4, 3, 3, 3],
    &[4, 4, 4],
    &[6, 13],
    &[6, 10],
    &[8, 11],
    &[8, 8],
];

/// The name of the scheme of a number without separators, if it is one and its check digit is right.
pub(super) fn scheme_of(digits: &[u8]) -> Option<&'static str> {
    let length = 1u32.checked_shl(u32::try_from(digits.len()).ok()?)?;
    let first = digits.get(..6)?.iter().fold(0, |first, digit| 10 * first + u32::from(digit.wrapping_sub(b'0')));
    let fits = |scheme: &&Scheme| scheme.first <= first && first <= scheme.last && scheme.lengths & length != 0;
    let scheme = SCHEMES.iter().find(fits)?;
    // Round numbers are amounts and counters.
    let round = digits.iter().skip(6).all(|digit| *digit == b'0');
    (!round && luhn(digits)).then_some(scheme.name)
}

impl Detector for Card {
    fn name(&self) -> &'static str {
        "card"
    }

    fn entity(&self) -> Entity {
        Entity::Card
    }

    fn summary(&self) -> &'static str {
        "payment cards: length and range of a scheme, check digit; certain if grouped as on a card or if a word agrees"
    }

    fn example(&self) -> &'static str {
        "4539 1488 0343 6467"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "card",
            "card number",
            "card no",
            "card num",
            "credit card",
            "debit card",
            "payment card",
            "cc",
            "cc number",
            "cc num",
            "ccn",
            "pan",
            "kreditkarte",
            "kartennummer",
            "carte bancaire",
            "tarjeta",
            "cartao",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "card",
            "cards",
            "cc",
            "ccn",
            "visa",
            "mastercard",
            "amex",
            "maestro",
            "discover",
            "diners",
            "jcb",
            "unionpay",
            "rupay",
            "debit",
            "credit",
            "pan",
            "cvv",
            "cvc",
            "kreditkarte",
            "karte",
            "carte",
            "tarjeta",
            "cartão",
            "carta",
        ]
    }

    fn needs(&self) -> Needs {
        Needs { digits: 12, longest: 3, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for (place, run) in text.runs.iter().enumerate() {
            if !run.is_number() {
                continue;
            }
            match run.len() {
                12..=19 if scheme_of(text.of(run)).is_some() => {
                    let range = run.start..run.end;
                    let evidence = if text.is_joined(&range) { Evidence::Weak } else { Evidence::Fair };
                    found.tell(Candidate::new(range, evidence, 0.03));
                }
                4 | 6 | 8 => {
                    if let Some(range) = grouped(text, text.runs.get(place..).unwrap_or_default()) {
                        found.tell(Candidate::new(range, Evidence::Strong, 0.03));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The range of a number that is grouped as on a card, starting with the first run.
fn grouped(text: &Text<'_>, runs: &[Run]) -> Option<Range<usize>> {
    let first = runs.first()?;
    let separator = text.at(first.end);
    if !matches!(separator, b' ' | b'-' | b'.')
        || is_more(text, first.start.checked_sub(1), separator, |start| start.checked_sub(1))
    {
        return None;
    }
    let (mut digits, mut length, mut sizes, mut groups) = ([0; 19], 0, [0; 5], 0);
    let mut end = first.start;
    for run in runs {
        let next = groups == 0 || run.start == end + 1 && text.at(end) == separator;
        if !next || !run.is_number() {
            break;
        }
        *sizes.get_mut(groups)? = run.len();
        digits.get_mut(length..length + run.len())?.copy_from_slice(text.of(run));
        (length, groups, end) = (length + run.len(), groups + 1, run.end);
    }
    GROUPINGS.iter().find(|grouping| sizes.get(..groups) == Some(grouping))?;
    if is_more(text, Some(end), separator, |end| Some(end + 1)) {
        return None;
    }
    scheme_of(digits.get(..length)?)?;
    Some(first.start..end)
}

/// Whether a separator at a place joins something to the number: with a blank between, only digits do.
fn is_more(text: &Text<'_>, place: Option<usize>, separator: u8, step: impl Fn(usize) -> Option<usize>) -> bool {
    let Some((beside, beyond)) = place.and_then(|place| Some((text.at(place), text.at(step(place)?)))) else {
        return false;
    };
    match beside {
        b'-' | b'_' | b'/' | b'.' => beyond.is_ascii_alphanumeric(),
        b' ' => separator == b' ' && beyond.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that the schemes and payment providers publish for tests.
    #[test]
    fn published_test_numbers_are_of_their_schemes() {
        for (number, scheme) in [
            ("4242424242424242", Some("visa")),
            ("4000056655665556", Some("visa")),
            ("4222222222222", Some("visa")),
            ("5555555555554444", Some("mastercard")),
            ("2223003122003222", Some("mastercard")),
            ("5105105105105100", Some("mastercard")),
            ("378282246310005", Some("american-express")),
            ("371449635398431", Some("american-express")),
            ("6011000990139424", Some("discover")),
            ("30569309025904", Some("diners-club")),
            ("3056930009020004", Some("diners-club")),
            ("36227206271667", Some("diners-club")),
            ("3566002020360505", Some("jcb")),
            ("3530111333300000", Some("jcb")),
            ("6200000000000047", Some("unionpay")),
            ("6759649826438453", Some("maestro")),
            ("2200000000000053", Some("mir")),
            ("4242424242424241", None),
            ("9111111111111111", None),
            ("424242424242", None),
            ("4111111111111111", Some("visa")),
            ("4000000000000000", None),
        ] {
            assert_eq!(scheme_of(number.as_bytes()), scheme, "{number}");
        }
    }

    #[test]
    fn ranges_are_ranges() {
        for scheme in SCHEMES {
            assert!(scheme.first <= scheme.last && scheme.last <= 999_999 && scheme.lengths != 0, "{}", scheme.name);
        }
    }
}
