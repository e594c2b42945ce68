//! How strong a rule is, in numbers: what can be said of a transform when the plan is made, without the data.

use arrow::datatypes::DataType;

/// What is known of a column when it is judged how strong a rule for it is. All of it may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// How many rows it has.
    pub(crate) rows: Option<RowCount>,
    /// How many different values its type has, where those are few.
    pub(crate) values: Option<u64>,
    /// How many characters its values have, where those of its type have all about as many.
    pub(crate) width: Option<usize>,
}

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowCount {
    /// So many.
    Exactly(u64),
    /// About so many, by the size of the files.
    About(u64),
}

impl RowCount {
    /// The number, known or guessed.
    pub fn number(self) -> u64 {
        match self {
            Self::Exactly(rows) | Self::About(rows) => rows,
        }
    }

    /// The rows of both.
    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = self.number().saturating_add(other.number());
        match (self, other) {
            (Self::Exactly(_), Self::Exactly(_)) => Self::Exactly(sum),
            _ => Self::About(sum),
        }
    }
}

/// A way in which a rule is weaker than it may look, or does less than it may seem to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakness {
    /// What a reader of the output can do, or what does not hold.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) help: &'static str,
}

impl Weakness {
    pub(crate) fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help }
    }
}

impl Facts {
    /// What the type of a column tells: of CSV, the type that is declared for it.
    pub(crate) fn of_type(mut self, data_type: &DataType) -> Self {
        (self.values, self.width) = match data_type {
            DataType::Boolean => (Some(2), Some(5)),
            DataType::Int8 | DataType::UInt8 => (Some(1 << 8), Some(4)),
            DataType::Int16 | DataType::UInt16 => (Some(1 << 16), Some(6)),
            DataType::Date32 => (None, Some("2026-10-03".len())),
            DataType::Timestamp(..) => (None, Some("2026-10-03T14:05:09".len())),
            DataType::Dictionary(_, values) => return self.of_type(values),
            _ => (None, None),
        };
        self
    }
}

/// How many pairs of different values are to be expected to get one token, if `values` different ones become tokens of
/// `bits` bits: n (n - 1) / 2 over 2 to the power of `bits`.
pub(crate) fn expected_collisions(values: u64, bits: u32) -> f64 {
    let values = values as f64;
    values * (values - 1.0).max(0.0) / 2.0 / 2f64.powi(bits as i32)
}

/// From how many different values on two of them are likelier than not to get one token of `bits` bits: the square
/// root of 2 ln 2 times 2 to the power of `bits`.
pub(crate) fn birthday_bound(bits: u32) -> f64 {
    (2.0 * std::f64::consts::LN_2 * 2f64.powi(bits as i32)).sqrt()
}

/// A number in words, to two digits: `about 7.3`, `about 1.2 million`.
pub(crate) fn about(number: f64) -> String {
    const NAMES: [&str; 5] = ["", " thousand", " million", " billion", " trillion"];
    let mut size = 0;
    let mut rest = number;
    // What rounds to a thousand has the next name.
    while rest >= 999.5 && size + 1 < NAMES.len() {
        rest /= 1000.0;
        size += 1;
    }
    let name = NAMES.get(size).copied().unwrap_or_default();
    if rest >= 9.95 {
        return format!("about {rest:.0}{name}");
    }
    let digits = match rest {
        rest if rest >= 0.95 || rest <= 0.0 => 1,
        rest => (1.0 - rest.log10().floor()).min(12.0) as usize,
    };
    let text = format!("{rest:.digits$}");
    format!("about {}{name}", text.strip_suffix(".0").unwrap_or(&text))
}

/// What is wrong with text tokens of this length, if anything is: that different values are to be expected to share
/// one.
pub(crate) fn of_token_length(length: usize, facts: &Facts) -> Option<Weakness> {
    /// The chance of a collision, about, that is none to speak of.
    const NEGLIGIBLE: f64 = 0.001;
    /// As many rows as a large table has: what a length is judged by where the rows are not known.
    const LARGE: u64 = 100_000_000;
    let bits = 5 * length as u32;
    let expected = expected_collisions(facts.rows.map_or(LARGE, RowCount::number), bits);
    if expected < NEGLIGIBLE {
        return None;
    }
    let message = match facts.rows {
        Some(rows) => {
            let count = match rows {
                RowCount::Exactly(rows) => format!("{rows} different values"),
                RowCount::About(rows) => {
                    format!("{} different values, as the files' size suggests", about(rows as f64))
                }
            };
            let pairs = about(expected);
            format!(
                "tokens of {length} characters have {bits} bits: of {count}, {pairs} pairs are to be expected to share a token"
            )
        }
        None => format!(
            "tokens of {length} characters have {bits} bits: from {} different values on, two are likelier than not to share a token",
            about(birthday_bound(bits))
        ),
    };
    Some(Weakness::new(message, "give the domain a larger `length`: 26, the default, is enough for any table"))
}

/// What is wrong with keeping so many characters of a text, if anything is.
pub(crate) fn of_kept_characters(kept: usize, facts: &Facts) -> Option<Weakness> {
    /// What is usually shown of a card number: the bank's number of six digits, and the last four.
    const MOST: usize = 10;
    match facts.width {
        Some(width) if 2 * kept > width => Some(Weakness::new(
            format!("{kept} characters stay, which is most of a value of {width}, as values of this type have"),
            "keep fewer, or generalise the column",
        )),
        _ if kept > MOST => Some(Weakness::new(
            format!(
                "{kept} characters stay, more than the first six and the last four that are shown of a card number"
            ),
            "keep fewer: what stays is in the data set for everybody to read",
        )),
        _ => None,
    }
}

/// What is wrong with a pseudonym that is the same for the same value, if the column has but few values.
pub(crate) fn of_few_values(facts: &Facts) -> Option<Weakness> {
    /// The smallest domain that is not guessed through: that of FF1 (SP 800-38G), and of integer tokens here.
    const ENOUGH: u64 = 1_000_000;
    let values = facts.values.filter(|values| *values < ENOUGH)?;
    Some(Weakness::new(
        format!(
            "a column of this type has at most {values} different values: how often each token occurs tells which value it stands for"
        ),
        "generalise it, or make it null: a pseudonym hides nothing where there are so few",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_collisions_are_those_of_a_count() {
        // Exact by counting: of 2^b tokens each pair shares one with the chance 2^-b.
        for (values, bits, pairs) in [(0, 40, 0), (1, 40, 0), (2, 1, 1), (5, 3, 10), (1000, 4, 499_500)] {
            let expected = f64::from(pairs) / f64::from(1u32 << bits.min(31)) / if bits > 31 { 512.0 } else { 1.0 };
            assert_eq!(expected_collisions(values, bits), expected, "{values} {bits}");
        }
        let four_million = expected_collisions(4_000_000, 40);
        assert!((7.27..7.28).contains(&four_million), "{four_million}");
        assert!(expected_collisions(u64::MAX, 130) < 1e0);
    }

    #[test]
    fn at_the_birthday_bound_one_half_is_the_chance() {
        for bits in [8, 16, 24] {
            let values = birthday_bound(bits).round() as u32;
            let tokens = 2f64.powi(bits as i32);
            let none: f64 = (0..values).map(|taken| 1.0 - f64::from(taken) / tokens).product();
            assert!((none - 0.5).abs() < 0.03, "{bits} bits: {none}");
        }
    }

    #[test]
    fn numbers_are_said_to_two_digits() {
        for (number, words) in [
            (0.0, "about 0"),
            (0.0012, "about 0.0012"),
            (0.73, "about 0.73"),
            (1.0, "about 1"),
            (7.275, "about 7.3"),
            (12.4, "about 12"),
            (999.6, "about 1 thousand"),
            (1_234_567.0, "about 1.2 million"),
            (4e6, "about 4 million"),
            (1e18, "about 1000000 trillion"),
        ] {
            assert_eq!(about(number), words, "{number}");
        }
    }

    #[test]
    fn a_length_is_judged_by_the_rows_if_they_are_known() {
        let of = |length, rows| of_token_length(length, &Facts { rows, ..Facts::default() }).map(|found| found.message);
        let exactly = |rows| Some(RowCount::Exactly(rows));
        assert!(
            of(8, exactly(4_000_000))
                .is_some_and(|message| message.contains("40 bits") && message.contains("about 7.3 pairs"))
        );
        assert!(of(8, Some(RowCount::About(4_000_000))).is_some_and(|message| message.contains("about 4 million")));
        assert!(of(8, None).is_some_and(|message| message.contains("from about 1.2 million different values")));
        assert_eq!(
            (of(8, exactly(40_000)), of(26, exactly(u64::MAX / 1000)), of(26, None)),
            (of(8, exactly(0)), None, None)
        );
        // 62 bits are the fewest for a large table: 12 characters are too short, 13 are not.
        assert!(of(12, None).is_some() && of(13, None).is_none());
    }
}
