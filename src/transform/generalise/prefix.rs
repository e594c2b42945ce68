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
}
