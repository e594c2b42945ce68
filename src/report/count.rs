use std::fmt;

use serde::{Serialize, Serializer};

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// So many.
    Exactly(u64),
    /// Some, fewer than this.
    Under(u64),
    /// So many or more: with the number itself, what is left out elsewhere could be worked out.
    AtLeast(u64),
}

/// How small counts are shown: a count of two can single out two people.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rounding(pub(super) Option<u64>);

impl Rounding {
    /// A count that stands by itself.
    pub(super) fn alone(self, count: u64) -> Shown {
        match self.0 {
            Some(least) if (1..least).contains(&count) => Shown::Under(least),
            _ => Shown::Exactly(count),
        }
    }

    /// A count of some of `whole`. The few that are not among them are as small a count as the few that are.
    pub(super) fn part(self, count: u64, whole: u64) -> Shown {
        match self.0 {
            Some(least) if (1..least).contains(&whole.saturating_sub(count)) && count >= least => {
                self.at_least((whole + 1).saturating_sub(least))
            }
            _ => self.alone(count),
        }
    }

    /// A count that is not told itself, rounded down: the whole could be worked out from its least value.
    pub(super) fn at_least(self, count: u64) -> Shown {
        match self.0 {
            Some(least) if least > 1 => Shown::AtLeast(count - count % least),
            _ => Shown::Exactly(count),
        }
    }

    /// The sum of counts that are shown too: of those that are not shown, it tells nothing.
    pub(super) fn sum(self, parts: impl IntoIterator<Item = Shown>) -> Shown {
        let (mut sum, mut exact, mut under) = (0_u64, true, None);
        for part in parts {
            match part {
                Shown::Exactly(count) => sum = sum.saturating_add(count),
                Shown::AtLeast(count) => (sum, exact) = (sum.saturating_add(count), false),
                Shown::Under(least) => (exact, under) = (false, Some(least)),
            }
        }
        match under {
            _ if exact => self.alone(sum),
            Some(_) if sum == 0 => Shown::AtLeast(1),
            _ => Shown::AtLeast(sum),
        }
    }
}

impl Shown {
    /// The share of `whole`, from 0 to 1, where both are exact. None of nothing is all of it.
    pub(super) fn share(self, whole: Self) -> Option<f64> {
        match (self, whole) {
            (Self::Exactly(_), Self::Exactly(0)) => Some(1.0),
            (Self::Exactly(part), Self::Exactly(whole)) => Some((part as f64 / whole as f64).clamp(0.0, 1.0)),
            _ => None,
        }
    }

    /// The number itself, where it may be told.
    pub(super) fn exact(self) -> Option<u64> {
        match self {
            Self::Exactly(count) => Some(count),
            _ => None,
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, count) = match self {
            Self::Exactly(count) => ("", count),
            Self::Under(least) => ("< ", least),
            Self::AtLeast(count) => ("≥ ", count),
        };
        f.pad(&format!("{sign}{}", grouped(*count)))
    }
}

impl Serialize for Shown {
    /// A number where it is exact, else a text such as `"< 5"`, without a thousands separator.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exactly(count) => serializer.serialize_u64(*count),
            Self::Under(least) => serializer.collect_str(&format_args!("< {least}")),
            Self::AtLeast(count) => serializer.collect_str(&format_args!(">= {count}")),
        }
    }
}

/// A number with a comma before every three digits.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share in per cent. Neither nothing nor all is shown unless it is just that.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.1 => "< 0.1 %".to_owned(),
        p if p < 100.0 && p > 99.9 => "> 99.9 %".to_owned(),
        p if p == 0.0 || p == 100.0 => format!("{p:.0} %"),
        p => format!("{p:.1} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_and_small_rests_are_not_told() {
        let five = Rounding(Some(5));
        for (count, whole, shown) in [
            (0, 100, "0"),
            (1, 100, "< 5"),
            (4, 100, "< 5"),
            (5, 100, "5"),
            (95, 100, "95"),
            (96, 100, "≥ 95"),
            (99, 100, "≥ 95"),
            (100, 100, "100"),
            (3, 3, "< 5"),
            (2, 3, "< 5"),
            (1234, 5000, "1,234"),
        ] {
            assert_eq!(five.part(count, whole).to_string(), shown, "{count} of {whole}");
            assert_eq!(Rounding(None).part(count, whole).exact(), Some(count));
        }
    }

    #[test]
    fn a_sum_does_not_tell_what_its_parts_hide() {
        let five = Rounding(Some(5));
        let sum = |parts: &[u64]| five.sum(parts.iter().map(|count| five.alone(*count))).to_string();
        for (parts, shown) in [(&[10, 20][..], "30"), (&[10, 2], "≥ 10"), (&[2, 1], "≥ 1"), (&[0, 0], "0"), (&[], "0")]
        {
            assert_eq!(sum(parts), shown, "{parts:?}");
        }
    }

    #[test]
    fn shares_do_not_round_to_all_or_nothing() {
        for (share, shown) in
            [(0.0, "0 %"), (0.000_1, "< 0.1 %"), (0.5, "50.0 %"), (0.999_9, "> 99.9 %"), (1.0, "100 %")]
        {
            assert_eq!(percent(share), shown);
        }
    }
}
