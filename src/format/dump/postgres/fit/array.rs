//! Arrays as texts: values between braces, with commas between them.

use super::Fit;

/// The most dimensions that an array has.
const MOST_DIMENSIONS: usize = 6;

/// Whether a text is an array of such elements: rectangular, in any number of dimensions, with or without its bounds.
pub(super) fn is_array(text: &str, element: &Fit) -> bool {
    let (bounds, body) = match text.split_once('=') {
        Some((bounds, body)) if text.starts_with('[') => (Some(bounds), body),
        _ => (None, text),
    };
    if body == "{}" {
        return bounds.is_none();
    }
    let mut reader = Reader { rest: body, element, lengths: Vec::new() };
    let is_read = reader.level(0).is_some() && reader.rest.is_empty();
    let lengths: Option<Vec<usize>> = reader.lengths.into_iter().collect();
    is_read && lengths.is_some_and(|lengths| bounds.is_none_or(|bounds| has_bounds(bounds, &lengths)))
}

/// Whether `[1:2][0:1]` are the bounds of so many elements in each dimension.
fn has_bounds(bounds: &str, lengths: &[usize]) -> bool {
    let Some(inner) = bounds.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let pairs: Vec<&str> = inner.split("][").collect();
    let number = |text: &str| super::integer(text).filter(|number| number.unsigned_abs() < 1 << 30);
    pairs.len() == lengths.len()
        && pairs.iter().zip(lengths).all(|(pair, length)| {
            let bounds = pair.split_once(':').and_then(|(from, to)| Some((number(from)?, number(to)?)));
            bounds.is_some_and(|(from, to)| usize::try_from(to - from + 1).is_ok_and(|count| count == *length))
        })
}

struct Reader<'t> {
    rest: &'t str,
    element: &'t Fit,
    /// How many elements there are in each dimension, once the first row of it was read.
    lengths: Vec<Option<usize>>,
}

impl Reader<'_> {
    fn take(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads what is between two braces.
    fn level(&mut self, depth: usize) -> Option<()> {
        (depth < MOST_DIMENSIONS && self.take('{')).then_some(())?;
        if self.lengths.len() == depth {
            self.lengths.push(None);
        }
        let mut count = 0;
        loop {
            let is_deeper = self.rest.starts_with('{');
            // All elements stand in the same depth.
            (is_deeper == (depth + 1 < self.lengths.len()) || is_deeper && count == 0 && self.is_new(depth))
                .then_some(())?;
            if is_deeper {
                self.level(depth + 1)?
            } else {
                self.value()?
            }
            count += 1;
            if self.take('}') {
                break;
            }
            self.take(',').then_some(())?;
        }
        let length = self.lengths.get_mut(depth)?;
        (*length.get_or_insert(count) == count).then_some(())
    }

    /// Whether no row of this depth has been read.
    fn is_new(&self, depth: usize) -> bool {
        self.lengths.len() == depth + 1 && self.lengths.get(depth) == Some(&None)
    }

    fn value(&mut self) -> Option<()> {
        if self.take('"') {
            let mut text = String::new();
            let mut characters = self.rest.char_indices();
            while let Some((at, character)) = characters.next() {
                match character {
                    '"' => {
                        self.rest = self.rest.get(at + 1..)?;
                        return self.element.has(&text).then_some(());
                    }
                    '\\' => text.push(characters.next()?.1),
                    other => text.push(other),
                }
            }
            return None;
        }
        let end = self.rest.find([',', '}'])?;
        let text = self.rest.get(..end)?;
        self.rest = self.rest.get(end..)?;
        let is_plain = !text.is_empty() && !text.contains(['{', '"', '\\']) && text.trim() == text;
        (is_plain && (text.eq_ignore_ascii_case("NULL") || self.element.has(text))).then_some(())
    }
}
