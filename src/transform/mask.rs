use std::ops::Range;

use arrow::array::ArrayRef;

use super::text::rewrite_text;
use super::{
    Bound, Complaint, Example, Facts, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Transform,
    TransformKind, Value, Weakness, is_text, strength,
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
        let (mut masked, mut bytes) = (String::new(), Vec::new());
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            match ascii_sign {
                Some(sign) if value.is_ascii() => {
                    self.mask_ascii(value.as_bytes(), sign, &mut bytes);
                    builder.push(std::str::from_utf8(&bytes).unwrap_or_default());
                }
                _ => {
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

    /// The same for ASCII, where every character is a byte.
    #[inline]
    fn mask_ascii(&self, value: &[u8], sign: u8, masked: &mut Vec<u8>) {
        masked.clear();
        masked.extend_from_slice(value);
        if !self.keep_separators {
            masked[self.hidden(value.len())].fill(sign);
            return;
        }
        let hidden = self.hidden(value.iter().filter(|byte| byte.is_ascii_alphanumeric()).count());
        let mut place = 0;
        for byte in masked.iter_mut() {
            // Without branches: separators stand where no processor can foresee them.
            let counts = byte.is_ascii_alphanumeric();
            let hide = counts & (hidden.start <= place) & (place < hidden.end);
            *byte = if hide { sign } else { *byte };
            place += usize::from(counts);
        }
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
            if value.is_ascii() {
                let mut bytes = Vec::new();
                recipe.mask_ascii(value.as_bytes(), b'*', &mut bytes);
                assert_eq!(bytes, expected.as_bytes());
            }
        }
    }
}
