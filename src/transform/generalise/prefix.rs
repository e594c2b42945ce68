use arrow::array::ArrayRef;

use crate::error::Result;
use crate::transform::text::rewrite_text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// Texts cut after their first characters. A text with no more than these is cut too, to the first half of its
/// characters (rounded down), so that no text but the empty one ever stays whole.
pub(super) struct Prefix {
    /// How many characters stay.
    pub(super) count: usize,
}

impl Prefix {
    fn of<'v>(&self, value: &'v str) -> &'v str {
        let cut = |count| value.char_indices().nth(count).map(|(place, _)| place);
        let end = match cut(self.count) {
            Some(end) => end,
            // Here all characters are counted, but there are no more than `count` of them.
            None => cut(value.chars().count() / 2).unwrap_or(0),
        };
        value.get(..end).unwrap_or_default()
    }
}

impl Transform for Prefix {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            builder.push(self.of(value));
            true
        })
    }
}

/// US ZIP codes cut to their first three digits, where more than 20,000 people live in the area that has these, and to
/// `000` elsewhere: 45 CFR 164.514(b)(2)(i)(B), the safe harbour of HIPAA. A ZIP code has five digits, or nine with or
/// without a hyphen after the fifth.
pub(super) struct ZipCode;

impl ZipCode {
    /// How many digits stay.
    pub(super) const KEEP: i64 = 3;

    /// The areas with no more than 20,000 people by the census of 2000, as the guidance of the Department of Health and
    /// Human Services on de-identification lists them (26 November 2012).
    const SMALL: [&str; 17] = [
        "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890",
        "893",
    ];

    fn of(value: &str) -> Option<&str> {
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let is_zip = match value.as_bytes() {
            [five @ .., b'-', _, _, _, _] if five.len() == 5 => digits(five) && digits(value.as_bytes().get(6..)?),
            five_or_nine => matches!(five_or_nine.len(), 5 | 9) && digits(five_or_nine),
        };
        let area = value.get(..3).filter(|_| is_zip)?;
        Some(if Self::SMALL.contains(&area) { "000" } else { area })
    }
}

impl Transform for ZipCode {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            Self::of(value).map(|area| builder.push(area)).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::transform::Value;
    use crate::transform::trial::run_texts;

    #[test]
    fn characters_are_counted_and_no_text_stays_whole() {
        for (keep_first, value, expected) in [
            (2, "42038", "42"),
            (2, "L-4750", "L-"),
            (2, "530-0091", "53"),
            (2, "山田太郎", "山田"),
            (3, "Élodie", "Élo"),
            (3, "abcd", "abc"),
            (3, "abc", "a"),
            (3, "ab", "a"),
            (3, "a", ""),
            (3, "é", ""),
            (3, "", ""),
            (4, "éàü", "é"),
            (1_000_000, "abcdef", "abc"),
        ] {
            let parameters = [("keep_first", Value::Integer(keep_first))];
            let made = run_texts(&super::super::Generalise, &parameters, &[value]);
            assert_eq!(made, [Some(expected.to_owned())], "{value}");
        }
    }

    #[test]
    fn zip_codes_of_areas_with_few_people_are_not_told_apart() {
        let parameters = [("keep_first", Value::Integer(3)), ("hipaa", Value::Boolean(true))];
        for (value, expected) in [
            ("90210", Some("902")),
            ("90210-1234", Some("902")),
            ("902101234", Some("902")),
            ("00501", Some("005")),
            ("03601", Some("000")),
            ("05901-0001", Some("000")),
            ("893010001", Some("000")),
            ("89201", Some("892")),
            ("9021", None),
            ("902101", None),
            ("90210-123", None),
            ("9021O", None),
            ("90210-12E4", None),
            ("90210 1234", None),
            ("SW1A 1AA", None),
            ("ééé", None),
            ("", None),
        ] {
            let made = run_texts(&super::super::Generalise, &parameters, &[value]);
            assert_eq!(made, [expected.map(str::to_owned)], "{value}");
        }
        // 036 is in New Hampshire, 893 in Nevada; the guidance speaks of seventeen.
        let areas: Vec<_> = (0..1_000).map(|area| format!("{area:03}77")).collect();
        let areas: Vec<_> = areas.iter().map(String::as_str).collect();
        let made = run_texts(&super::super::Generalise, &parameters, &areas);
        assert_eq!(made.iter().filter(|area| area.as_deref() == Some("000")).count(), 17 + 1);
    }
}
