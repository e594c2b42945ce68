//! Numbering plans: who has which calling code, and which national numbers are possible under it.
//!
//! Calling codes are those of ITU-T E.164 (its annex to the Operational Bulletin); lengths and leading digits are those
//! of the plans that the national regulators publish there, fixed, mobile and special services together. They are kept
//! coarse where a finer rule would age: a plan says what can be a number, not which numbers are in use.

mod africa;
mod americas;
mod asia;
mod europe;
mod oceania;

use std::sync::LazyLock;

/// National numbers that begin with one of the prefixes `lo..=hi`, all of as many digits as `lo`, and have `short` to
/// `long` digits: `(lo, hi, short, long)`.
pub(super) type Series = (u16, u16, u8, u8);

/// The plan of one country: its ISO 3166 code, calling code, trunk prefixes (apart by spaces), series.
pub(super) type Row = (&'static str, u16, &'static str, &'static [Series]);

/// The plan of one country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan(&'static Row);

impl Plan {
    /// The ISO 3166 code; none for the codes of satellites and services, which stand in the table under a letter of
    /// ISO's own for private use.
    pub(super) fn country(self) -> Option<&'static str> {
        Some(self.0.0).filter(|name| !name.starts_with('X') || *name == "XK")
    }

    fn name(self) -> &'static str {
        self.0.0
    }

    pub(super) fn code(self) -> u16 {
        self.0.1
    }

    pub(super) fn trunks(self) -> impl Iterator<Item = &'static str> {
        self.0.2.split(' ').filter(|trunk| !trunk.is_empty())
    }

    /// Whether these digits, without calling code and trunk prefix, can be a number of the country.
    pub(super) fn has(self, digits: &[u8]) -> bool {
        if self.code() == 1 {
            return north_american(digits);
        }
        let length = digits.len();
        self.0.3.iter().any(|(lo, hi, short, long)| {
            (usize::from(*short)..=usize::from(*long)).contains(&length)
                && leading(digits, width(*lo)).is_some_and(|prefix| (*lo..=*hi).contains(&prefix))
        })
    }
}

/// How many digits a prefix has; `0` has one.
fn width(prefix: u16) -> usize {
    match prefix {
        0..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        _ => 4,
    }
}

fn leading(digits: &[u8], count: usize) -> Option<u16> {
    let head = digits.get(..count)?;
    Some(head.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
}

/// The North American Numbering Plan: area code and exchange begin with 2 to 9 and neither is a service code (`N11`); no
/// area code has a 9 in the middle, which is kept for longer numbers. Canada's `310` stands before four digits alone.
pub(super) fn north_american(digits: &[u8]) -> bool {
    if let [b'3', b'1', b'0', rest @ ..] = digits
        && rest.len() == 4
    {
        return true;
    }
    let [a, b, c, d, e, f, ..] = *digits else { return false };
    digits.len() == 10 && a >= b'2' && b != b'9' && (b, c) != (b'1', b'1') && d >= b'2' && (e, f) != (b'1', b'1')
}

fn rows() -> impl Iterator<Item = &'static Row> {
    let regions = [europe::ROWS, americas::ROWS, asia::ROWS, africa::ROWS, oceania::ROWS];
    regions.into_iter().flatten()
}

/// Plans sorted by calling code, in the order of the tables within one, and their places by country.
struct Index {
    by_code: Vec<Plan>,
    by_country: Vec<Plan>,
    /// Per first two digits, a bit for each length of numbers that some country has: without any trunk prefix, and
    /// after a `0`.
    bare: [u16; 100],
    after_zero: [u16; 100],
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut by_code: Vec<Plan> = rows().map(Plan).collect();
    by_code.sort_by_key(|plan| plan.code());
    let mut by_country = by_code.clone();
    by_country.sort_by_key(|plan| plan.name());
    let (mut bare, mut after_zero) = ([0; 100], [0; 100]);
    for (_, code, trunks, series) in rows() {
        let zero = trunks.split(' ').any(|trunk| trunk == "0");
        let table = if zero { &mut after_zero } else { &mut bare };
        let series = if *code == 1 { &[] } else { *series };
        for (lo, hi, short, long) in series {
            for (head, lengths) in (0_u16..).zip(table.iter_mut()) {
                let (low, high) = match width(*lo) {
                    1 => (lo * 10, hi * 10 + 9),
                    2 => (*lo, *hi),
                    3 => (lo / 10, hi / 10),
                    _ => (lo / 100, hi / 100),
                };
                if (low..=high).contains(&head) {
                    for length in *short..=*long {
                        *lengths |= 1 << length;
                    }
                }
            }
        }
    }
    Index { by_code, by_country, bare, after_zero }
});

/// The plans under a calling code; none if nobody has it.
pub(super) fn of_code(code: u16) -> &'static [Plan] {
    let plans = &INDEX.by_code;
    let from = plans.partition_point(|plan| plan.code() < code);
    let to = plans.partition_point(|plan| plan.code() <= code);
    plans.get(from..to).unwrap_or_default()
}

/// The plan of a country by its ISO 3166 code of two letters, in either case.
pub(super) fn of_country(country: &str) -> Option<Plan> {
    let &[a, b] = country.as_bytes() else { return None };
    let wanted = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
    let plans = &INDEX.by_country;
    let place = plans.binary_search_by(|plan| plan.name().as_bytes().cmp(&wanted)).ok()?;
    plans.get(place).copied()
}

/// Whether some country that has no trunk prefix `0` has such numbers, North America aside.
pub(super) fn somewhere(digits: &[u8]) -> bool {
    in_table(&INDEX.bare, digits)
}

/// Whether some country with the trunk prefix `0` has such numbers; `digits` are without it.
pub(super) fn somewhere_after_zero(digits: &[u8]) -> bool {
    in_table(&INDEX.after_zero, digits)
}

fn in_table(table: &[u16; 100], digits: &[u8]) -> bool {
    let lengths = leading(digits, 2).and_then(|head| table.get(usize::from(head)));
    digits.len() < 16 && lengths.is_some_and(|lengths| lengths >> digits.len() & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_well_formed_and_no_country_has_two() {
        let mut countries: Vec<_> = rows().map(|row| row.0).collect();
        countries.sort_unstable();
        assert!(countries.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(countries.len() > 230, "{}", countries.len());
        for (country, code, trunks, series) in rows() {
            assert!(country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()), "{country}");
            assert!((1..1000).contains(code), "{country}");
            assert!(trunks.bytes().all(|b| b.is_ascii_digit() || b == b' '), "{country}");
            for (lo, hi, short, long) in *series {
                assert!(lo <= hi && width(*lo) == width(*hi), "{country} {lo}");
                assert!(4 <= *short && short <= long && *long <= 15, "{country} {lo}");
            }
        }
    }
}
