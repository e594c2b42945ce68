//! How many cells of a column are written as numbers are, so that what chance lets pass can be told from what is there.

use crate::detect::column::DENSE;
use crate::detect::{Entity, Survey};

/// The longest run of letters and digits that is counted.
const LONGEST: usize = 32;
/// Fewer cells of one shape prove nothing.
pub(super) const LEAST: u64 = 20;
/// One in so many is hardly any.
const FEW: u64 = 50;
/// How many standard deviations above what is expected are still chance.
const SPREAD: f64 = 4.0;
/// From which odds on a number has no more than one check digit, and how often chance lets such a one pass at least.
/// Its odds are over all its shapes, and some of them are never seen; and where all begin alike, chance has less to guess.
pub(super) const ONE_DIGIT: (f64, f64) = (0.02, 0.15);

/// The cells of a column that are one run of letters and digits with a digit in it, by length, those that are groups of
/// digits, and four numbers with points between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shapes {
    numbers: [u64; LONGEST],
    mixed: [u64; LONGEST],
    grouped: [u64; LONGEST],
    quads: u64,
    /// Whole numbers of eight digits and more, how many of them are greater than the one before, the first and the last.
    long: u64,
    rises: u64,
    first: u64,
    last: u64,
}

/// The lengths of the cells that hits took up as a whole, as bits, and how many cells they were of those that are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lengths {
    numbers: u32,
    mixed: u32,
    grouped: u32,
    pub(super) cells: u64,
}

impl Shapes {
    /// Counts a cell.
    #[inline]
    pub(super) fn add(&mut self, text: &str, survey: &Survey) {
        if survey.digits == 0 {
            return;
        }
        if survey.is_one_run() {
            let counts = if survey.is_number() { &mut self.numbers } else { &mut self.mixed };
            if let Some(count) = counts.get_mut(survey.length) {
                *count += 1;
            }
            if survey.is_number() && (8..20).contains(&survey.length) {
                let digits = text.bytes().map(|byte| u64::from(byte.wrapping_sub(b'0')));
                let value = digits.fold(0_u64, |value, digit| value.wrapping_mul(10).wrapping_add(digit));
                if self.long == 0 {
                    self.first = value;
                }
                self.long += 1;
                self.rises += u64::from(value > self.last);
                self.last = value;
            }
        } else if survey.is_grouped_number() {
            if let Some(count) = self.grouped.get_mut(survey.length) {
                *count += 1;
            }
            let quad = survey.is_number_with_points() && text.bytes().filter(|byte| *byte == b'.').count() == 3;
            self.quads += u64::from(quad);
        }
    }

    /// Adds the cells of what follows.
    pub(super) fn append(&mut self, next: &Self) {
        let add = |counts: &mut [u64], next: &[u64]| counts.iter_mut().zip(next).for_each(|(all, part)| *all += part);
        add(&mut self.numbers, &next.numbers);
        add(&mut self.mixed, &next.mixed);
        add(&mut self.grouped, &next.grouped);
        self.quads += next.quads;
        if self.long == 0 {
            self.first = next.first;
        }
        if next.long > 0 {
            self.last = next.last;
        }
        self.long += next.long;
        self.rises += next.rises;
    }

    /// Whether the column's numbers were given out one after the other: they rise, and stand close together. Numbers of
    /// people rise too where a table is sorted by them, but far apart.
    pub(super) fn are_a_series(&self) -> bool {
        let is_dense = self.last.saturating_sub(self.first) / self.long.max(1) < DENSE;
        self.long >= LEAST && self.rises * 20 >= self.long * 19 && is_dense
    }

    /// How many cells are one run of letters and digits that is as long as one of these, or groups that are.
    pub(super) fn as_long(&self, lengths: Lengths) -> u64 {
        let bits = lengths.numbers | lengths.mixed;
        among(&self.numbers, bits) + among(&self.mixed, bits) + among(&self.grouped, lengths.grouped)
    }

    /// Whether so many cells that are wholly such a thing are no more than chance would let pass among the cells that
    /// are written so, most of which are something else.
    pub(super) fn explain(&self, entity: Entity, cells: u64, lengths: Lengths, odds: f64) -> bool {
        let of = match entity {
            Entity::Ip => self.quads,
            Entity::Card | Entity::NationalNumber | Entity::OrganisationNumber | Entity::Imei | Entity::Vin => {
                among(&self.numbers, lengths.numbers)
                    + among(&self.mixed, lengths.mixed)
                    + among(&self.grouped, lengths.grouped)
            }
            _ => return false,
        };
        let is_weak = entity != Entity::Ip && odds > ONE_DIGIT.0;
        let odds = if is_weak { odds.max(ONE_DIGIT.1) } else { odds };
        let expected = of as f64 * odds;
        let most = expected + SPREAD * (expected * (1.0 - odds)).max(0.0).sqrt();
        // Hardly any of them: what they begin with may be common to all, and make chance more likely than it is.
        let few = cells * FEW < of || cells == 1;
        // A version is four numbers too, and some of them happen to be small enough for an address.
        let (most_are, is_chance) = match entity {
            Entity::Ip => (cells * 4 >= of * 3, true),
            _ => (cells * 2 >= of, few || cells as f64 <= most),
        };
        of >= LEAST && !most_are && is_chance
    }
}

/// How many there are of the lengths whose bits are set.
fn among(counts: &[u64], bits: u32) -> u64 {
    counts.iter().enumerate().filter(|(length, _)| bits >> length & 1 == 1).map(|(_, count)| count).sum()
}

impl Lengths {
    /// Notes that a hit is a whole cell.
    #[inline]
    pub(super) fn add(&mut self, survey: &Survey) {
        if survey.length < LONGEST && (survey.is_one_run() || survey.is_grouped_number()) {
            let bits = match (survey.is_one_run(), survey.is_number()) {
                (true, true) => &mut self.numbers,
                (true, false) => &mut self.mixed,
                (false, _) => &mut self.grouped,
            };
            *bits |= 1 << survey.length;
            self.cells += 1;
        }
    }

    /// Those of both.
    pub(super) fn join(&mut self, other: Self) {
        self.numbers |= other.numbers;
        self.mixed |= other.mixed;
        self.grouped |= other.grouped;
        self.cells += other.cells;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Found, Hint, ScanOptions, Scanner};

    fn shapes(cells: &[String]) -> (Shapes, Lengths) {
        let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
        let (mut shapes, mut lengths) = (Shapes::default(), Lengths::default());
        for cell in cells {
            scanner.scan(cell, &Hint::default(), &mut found);
            shapes.add(cell, found.survey());
            lengths.add(found.survey());
        }
        (shapes, lengths)
    }

    #[test]
    fn what_chance_explains_depends_on_how_many_are_written_so() {
        let numbers: Vec<String> = (0..4000_u64).map(|row| (7_560_000_000_000 + row * 7919).to_string()).collect();
        let (of_numbers, lengths) = shapes(&numbers);
        let texts: Vec<String> = (0..4000).map(|row| format!("note {row}")).collect();
        let (of_texts, _) = shapes(&texts);
        let versions: Vec<String> = (0..400).map(|row| format!("97.0.{}.112", row * 20)).collect();
        let (of_versions, _) = shapes(&versions);
        let parts: Vec<String> = (0..300).map(|row| format!("{}.{}.{}", 100 + row, 999 - row, 300 + row)).collect();
        let (of_parts, grouped) = shapes(&parts);
        let of_parts = |cells, odds| of_parts.explain(Entity::NationalNumber, cells, grouped, odds);
        assert_eq!(
            [(4, 0.01), (12, 0.01), (60, 0.01), (160, 0.01)].map(|(cells, odds)| of_parts(cells, odds)),
            [true, false, false, false]
        );
        assert!(!of_texts.explain(Entity::NationalNumber, 4, grouped, 0.01));
        let cases = [
            (&of_numbers, Entity::NationalNumber, 1, 1e-4, true),
            (&of_numbers, Entity::NationalNumber, 400, 0.1, true),
            (&of_numbers, Entity::NationalNumber, 79, 1e-4, true),
            (&of_numbers, Entity::NationalNumber, 81, 1e-4, false),
            (&of_numbers, Entity::NationalNumber, 1900, 0.1, false),
            (&of_numbers, Entity::NationalNumber, 3900, 0.9, false),
            (&of_numbers, Entity::Email, 1, 1e-4, false),
            (&of_texts, Entity::NationalNumber, 1, 1e-4, false),
            (&of_versions, Entity::Ip, 13, 0.01, true),
            (&of_versions, Entity::Ip, 250, 0.01, true),
            (&of_versions, Entity::Ip, 300, 0.01, false),
        ];
        for (shapes, entity, cells, odds, explained) in cases {
            assert_eq!(shapes.explain(entity, cells, lengths, odds), explained, "{entity:?} {cells} {odds}");
        }
    }
}
