use std::ops::Range;

use arrow::array::ArrayRef;

use super::text::rewrite_text;
use super::{
    Bound, Complaint, Example, Facts, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site,
    Transform, TransformKind, Value, Weakness, is_text, strength,
};
use crate::error::Result;
use crate::unchecked::TextBuilder;

/// `mask`: characters replaced, some kept.
pub(super) struct Mask;

impl TransformKind for Mask {
    fn name(&self) -> &'static str {
        "mask"
    }

    fn summary(&self) -> &'static str {
        "characters are replaced by a sign, a few at the ends stay"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "keep_first",
                takes: "a count of characters",
                what: "how many stay at the start; 0 by default",
            },
            Parameter {
                name: "keep_last",
                takes: "a count of characters",
                what: "how many stay at the end; 0 by default",
            },
            Parameter {
                name: "keep_separators",
                takes: "true or false",
                what: "whether everything but letters and digits stays, and is not counted; false by default",
            },
            Parameter { name: "with", takes: "one character", what: "the sign; `*` by default" },
        ]
    }

    fn makes(&self) -> Makes {
        Makes::Masked
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: false,
            unique: false,
            keeps_length: true,
            keeps_type: true,
            keeps_format: true,
            always_differs: false,
            leaks: "the characters that are kept, the length, and the separators where those are kept",
        }
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "mask", keep_last = 4, keep_separators = true }"#,
            source: "4111-1111-1111-1234",
            result: Some("****-****-****-1234"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let keep_first = params.count("keep_first");
        let keep_last = params.count("keep_last");
        let keep_separators = params.boolean("keep_separators").is_some_and(|(_, keep)| keep);
        let sign = match params.take("with") {
            None => '*',
            Some((_, Value::Text(text))) if text.chars().count() == 1 => text.chars().next()?,
            Some((span, _)) => {
                params.complain(Complaint::new(span, "`with` takes one character"));
                return None;
            }
        };
        Some(Box::new(MaskRecipe { properties: self.properties(), keep_first, keep_last, keep_separators, sign }))
    }
}

#[derive(Debug, Clone)]
struct MaskRecipe {
    properties: Properties,
    keep_first: usize,
    keep_last: usize,
    keep_separators: bool,
    sign: char,
}

impl Recipe for MaskRecipe {
    fn properties(&self) -> Properties {
        self.properties
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        strength::of_kept_characters(self.keep_first.saturating_add(self.keep_last), facts).into_iter().collect()
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("mask", site, "text; a number can be rounded or made null"));
        }
        Ok(Bound::same_type(site, self.clone()))
    }
}

impl Transform for MaskRecipe {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let ascii_sign = u8::try_from(self.sign).ok().filter(u8::is_ascii);
        let mut masked = String::new();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            match ascii_sign.and_then(|sign| self.mask_ascii(value.as_bytes(), sign)) {
                Some(short) => builder.push_ascii(short, value.len()),
                None => {
                    self.mask(value, &mut masked);
                    builder.push(&masked);
                }
            }
            true
        })
    }
}

impl MaskRecipe {
    /// Masks a value. One so short that nothing would be masked is masked whole.
    fn mask(&self, value: &str, masked: &mut String) {
        let counts = |c: char| !self.keep_separators || c.is_alphanumeric();
        let hidden = self.hidden(value.chars().filter(|c| counts(*c)).count());
        let mut place = 0;
        masked.clear();
        masked.extend(value.chars().map(|c| {
            if !counts(c) {
                return c;
            }
            place += 1;
            if hidden.contains(&(place - 1)) { self.sign } else { c }
        }));
    }

    /// The same for ASCII of at most 32 characters, where every character is a byte and a bit tells what becomes of it.
    #[inline]
    fn mask_ascii(&self, value: &[u8], sign: u8) -> Option<[u8; SHORT]> {
        let words = short(value)?;
        // Most values are shorter by half, and what need not be looked at is not.
        if value.len() <= SHORT / 2 {
            self.mask_words::<2>(&words, value.len(), sign)
        } else {
            self.mask_words::<4>(&words, value.len(), sign)
        }
    }

    #[inline]
    fn mask_words<const N: usize>(&self, words: &[u64; SHORT / 8], length: usize, sign: u8) -> Option<[u8; SHORT]> {
        let words = words.first_chunk::<N>()?;
        if words.iter().fold(0, |bits, word| bits | word) & TOP != 0 {
            return None;
        }
        let hidden = if self.keep_separators {
            let mut counted = words.iter().rev().fold(0, |bits, word| bits << 8 | u32::from(alphanumeric(*word)));
            let hidden = self.hidden(counted.count_ones() as usize);
            for _ in hidden.end..counted.count_ones() as usize {
                counted ^= 1 << counted.checked_ilog2()?;
            }
            for _ in 0..hidden.start {
                counted &= counted.wrapping_sub(1);
            }
            counted
        } else {
            let hidden = self.hidden(length);
            ((1_u64 << hidden.end) - (1_u64 << hidden.start)) as u32
        };
        let mut masked = [0; SHORT];
        for (place, (word, masked)) in words.iter().zip(masked.as_chunks_mut::<8>().0).enumerate() {
            let hide = bytes_of((hidden >> (8 * place)) as u8);
            *masked = (word & !hide | u64::from_ne_bytes([sign; 8]) & hide).to_le_bytes();
        }
        Some(masked)
    }

    /// Which of `length` characters are hidden.
    #[inline]
    fn hidden(&self, length: usize) -> Range<usize> {
        if self.keep_first.saturating_add(self.keep_last) < length {
            self.keep_first..length - self.keep_last
        } else {
            0..length
        }
    }
}

/// The most characters that are masked all at once.
const SHORT: usize = 32;

/// The topmost bit of each byte.
const TOP: u64 = 0x8080_8080_8080_8080;

/// The bytes of a short value, eight a word, and zeros; nothing, if it is longer.
#[inline]
fn short(value: &[u8]) -> Option<[u64; SHORT / 8]> {
    let mut bytes = [0; SHORT];
    // Two copies of a fixed count of bytes, which may overlap, are no call.
    if let (Some(first), Some(last)) = (value.first_chunk::<16>(), value.last_chunk::<16>()) {
        bytes[..16].copy_from_slice(first);
        bytes.get_mut(value.len() - 16..value.len())?.copy_from_slice(last);
    } else if let (Some(first), Some(last)) = (value.first_chunk::<8>(), value.last_chunk::<8>()) {
        bytes[..8].copy_from_slice(first);
        bytes[value.len() - 8..value.len()].copy_from_slice(last);
    } else {
        bytes.iter_mut().zip(value).for_each(|(byte, value)| *byte = *value);
    }
    let mut words = [0; SHORT / 8];
    words.iter_mut().zip(bytes.as_chunks::<8>().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
    Some(words)
}

/// A bit for each byte of ASCII, lowest first: whether it is a letter or a digit.
#[inline]
fn alphanumeric(word: u64) -> u8 {
    let each = |byte: u8| u64::from_ne_bytes([byte; 8]);
    // The topmost bit of a sum tells whether the byte is at least 0x80 less what is added. Small letters are capital
    // ones with one more bit, and no other byte becomes a letter by it.
    let at_least = |word: u64, byte: u8| word + each(0x80 - byte);
    let small = word | each(0x20);
    let digit = at_least(word, b'0') & !at_least(word, b'9' + 1);
    let letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
    // Eight bits, eight apart, come together in the topmost byte.
    (((digit | letter) & TOP) >> 7).wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0]
}

/// A byte of ones for each bit that is set, the lowest first.
#[inline]
fn bytes_of(bits: u8) -> u64 {
    let one_each = u64::from_ne_bytes([bits; 8]) & 0x8040_2010_0804_0201;
    let top = (one_each + !TOP) & TOP;
    (top << 1).wrapping_sub(top >> 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_masks_short_values_whole() {
        let recipe = |keep_first, keep_last, keep_separators| MaskRecipe {
            properties: Mask.properties(),
            keep_first,
            keep_last,
            keep_separators,
            sign: '*',
        };
        for (keep_first, keep_last, keep_separators, value, expected) in [
            (0, 4, false, "4111111111111234", "************1234"),
            (0, 4, true, "4111 1111 1111 1234", "**** **** **** 1234"),
            (2, 0, false, "Élodie", "Él****"),
            (0, 4, false, "1234", "****"),
            (0, 4, false, "", ""),
            (3, 3, false, "abcdef", "******"),
            (1, 1, true, "山-田-太-郎", "山-*-*-郎"),
            (0, 0, true, "+33 6 12", "+** * **"),
        ] {
            let mut masked = String::new();
            let recipe = recipe(keep_first, keep_last, keep_separators);
            recipe.mask(value, &mut masked);
            assert_eq!(masked, expected);
        }
    }

    #[test]
    fn ascii_is_masked_as_any_text_is() {
        let texts = (0..=127u8).map(|byte| format!("ab {} 9Z", char::from(byte)));
        let texts = texts.chain(
            (0..=40)
                .map(|length| "+33 (6) 55-05.x_30 52/Zz[@]{`}:;, 0123456789".repeat(2)[length..2 * length].to_owned()),
        );
        for value in texts {
            for (keep_first, keep_last, keep_separators) in [
                (0, 4, true),
                (0, 4, false),
                (3, 0, true),
                (2, 5, false),
                (2, 5, true),
                (0, 0, true),
                (30, 2, false),
                (9, 90, true),
            ] {
                let recipe =
                    MaskRecipe { properties: Mask.properties(), keep_first, keep_last, keep_separators, sign: '#' };
                let mut expected = String::new();
                recipe.mask(&value, &mut expected);
                let masked = recipe.mask_ascii(value.as_bytes(), b'#');
                assert_eq!(masked.is_some(), value.len() <= SHORT);
                if let Some(masked) = masked {
                    assert_eq!(masked[..value.len()], *expected.as_bytes(), "{value}");
                }
            }
        }
    }
}
