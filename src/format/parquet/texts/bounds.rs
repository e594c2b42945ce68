//! The least and the greatest text, of a page and of a chunk.

use parquet::basic::BoundaryOrder;
use parquet::data_type::ByteArray;
use parquet::file::statistics::{Statistics, ValueStatistics};

use super::text::Text;

/// The longest bound that is written, in bytes.
const LONGEST: usize = 64;

/// The least and the greatest of some texts; nothing, if there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bounds(pub(super) Option<(Vec<u8>, Vec<u8>)>);

impl Bounds {
    /// Widens the bounds so that they are those of these texts, too.
    #[inline]
    pub(super) fn widen<'t>(&mut self, mut texts: impl Iterator<Item = Text<'t>>) {
        let Some(first) = texts.next() else { return };
        let (mut least, mut greatest) = (first, first);
        for text in texts {
            if text < least {
                least = text;
            }
            if text > greatest {
                greatest = text;
            }
        }
        self.join(&Self(Some((least.to_vec(), greatest.to_vec()))));
    }

    /// Widens the bounds to those of other texts.
    pub(super) fn join(&mut self, other: &Self) {
        match (&mut self.0, &other.0) {
            (Some((least, greatest)), Some((other_least, other_greatest))) => {
                if other_least < least {
                    least.clone_from(other_least);
                }
                if other_greatest > greatest {
                    greatest.clone_from(other_greatest);
                }
            }
            (none, other) => {
                if none.is_none() {
                    none.clone_from(other);
                }
            }
        }
    }
}

impl Bounds {
    /// What the footer says of a chunk.
    pub(super) fn statistics(&self, nulls: u64) -> Statistics {
        let Some((least, greatest)) = &self.0 else {
            return ValueStatistics::<ByteArray>::new(None, None, None, Some(nulls), false).into();
        };
        let (short_least, short_greatest) = (shortened_least(least), shortened_greatest(greatest));
        let (exact_least, exact_greatest) = (short_least == least, &short_greatest == greatest);
        let (least, greatest) = (ByteArray::from(short_least.to_vec()), ByteArray::from(short_greatest));
        ValueStatistics::new(Some(least), Some(greatest), None, Some(nulls), false)
            .with_min_is_exact(exact_least)
            .with_max_is_exact(exact_greatest)
            .into()
    }
}

/// Whether the bounds of pages rise or fall from page to page.
#[derive(Debug, Default)]
pub(super) struct Order {
    last: Bounds,
    rises_not: bool,
    falls_not: bool,
}

impl Order {
    /// Notes the bounds of the next page. A page of nulls counts nothing.
    pub(super) fn note(&mut self, next: &Bounds) {
        if let (Some((least, greatest)), Some((next_least, next_greatest))) = (&self.last.0, &next.0) {
            self.rises_not |= least > next_least || greatest > next_greatest;
            self.falls_not |= least < next_least || greatest < next_greatest;
        }
        if next.0.is_some() {
            self.last.clone_from(next);
        }
    }

    pub(super) fn of_pages(&self) -> BoundaryOrder {
        match (self.rises_not, self.falls_not) {
            (false, _) => BoundaryOrder::ASCENDING,
            (true, false) => BoundaryOrder::DESCENDING,
            (true, true) => BoundaryOrder::UNORDERED,
        }
    }
}

/// A text that is not above the least one, of at most 64 bytes.
pub(super) fn shortened_least(least: &[u8]) -> &[u8] {
    head(least).map_or(least, str::as_bytes)
}

/// A text that is not below the greatest one: of at most 64 bytes, if there is such a text.
pub(super) fn shortened_greatest(greatest: &[u8]) -> Vec<u8> {
    let next = head(greatest).and_then(|head| {
        head.char_indices().rev().find_map(|(place, last)| {
            let next = char::from_u32(u32::from(last) + 1).filter(|next| next.len_utf8() == last.len_utf8())?;
            Some(format!("{}{next}", &head[..place]).into_bytes())
        })
    });
    next.unwrap_or_else(|| greatest.to_vec())
}

/// The first characters of a text that is too long.
fn head(text: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() > LONGEST)?;
    text.get(..(0..=LONGEST).rfind(|place| text.is_char_boundary(*place))?)
}

#[cfg(test)]
mod tests {
    use arrow::array::StringViewArray;

    use super::*;

    #[test]
    fn bounds_are_those_of_all_texts() {
        let texts = ["b", "", "bcd", "zebra crossing ahead", "a\0", "zebra crossing behind"];
        let mut bounds = Bounds::default();
        for part in texts.chunks(2) {
            bounds.widen(Text::all(&StringViewArray::from_iter_values(part)));
        }
        assert_eq!(bounds, Bounds(Some((vec![], b"zebra crossing behind".to_vec()))));
        bounds.join(&Bounds::default());
        bounds.widen(std::iter::empty());
        assert_eq!(bounds, Bounds(Some((vec![], b"zebra crossing behind".to_vec()))));
    }

    #[test]
    fn pages_rise_or_fall_or_neither() {
        let page = |bounds: &str| {
            let (least, greatest) = bounds.split_once(' ').unwrap_or_default();
            Bounds((!greatest.is_empty()).then(|| (least.into(), greatest.into())))
        };
        for (pages, expected) in [
            (["a b", "b c", "", "b d"], BoundaryOrder::ASCENDING),
            (["b d", "", "b c", "a b"], BoundaryOrder::DESCENDING),
            (["a b", "b c", "a c", ""], BoundaryOrder::UNORDERED),
            (["a b", "a b", "", "a b"], BoundaryOrder::ASCENDING),
        ] {
            let mut order = Order::default();
            pages.iter().for_each(|bounds| order.note(&page(bounds)));
            assert_eq!(order.of_pages(), expected, "{pages:?}");
        }
    }

    #[test]
    fn long_bounds_are_shortened_and_stay_bounds() {
        let x = |length: usize| "x".repeat(length);
        for (text, least, greatest) in [
            (x(64), x(64), x(64)),
            (x(65), x(64), x(63) + "y"),
            // A character is not cut.
            (x(63) + "ü" + "z", x(63), x(62) + "y"),
            // The last character of its length, and the one before the surrogates, have no next.
            (x(63) + "\x7f" + "z", x(63) + "\x7f", x(62) + "y"),
            (x(61) + "\u{d7ff}" + "z", x(61) + "\u{d7ff}", x(60) + "y"),
            ("\u{10ffff}".repeat(17), "\u{10ffff}".repeat(16), "\u{10ffff}".repeat(17)),
        ] {
            assert_eq!(shortened_least(text.as_bytes()), least.as_bytes());
            assert_eq!(shortened_greatest(text.as_bytes()), greatest.as_bytes());
        }
    }
}
