//! The values of JSON in their written form (RFC 8259).

/// Where a text is wrong, in bytes, and how.
pub(crate) type Wrong = (usize, &'static str);

/// What a value without parts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text { escaped: bool },
    Number,
    Boolean,
    Null,
}

/// Where the value ends that starts at `at` and has no parts, and what it is.
#[inline]
pub(crate) fn scalar(bytes: &[u8], at: usize) -> Result<(usize, Kind), Wrong> {
    let word = |word: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(word));
    match bytes.get(at) {
        Some(b'"') => string_end(bytes, at + 1).map(|(end, escaped)| (end + 1, Kind::Text { escaped })),
        Some(b'-' | b'0'..=b'9') => match number_end(bytes, at) {
            Some(end) => Ok((end, Kind::Number)),
            None => Err((at, "a number that is none")),
        },
        Some(b't') if word(b"true") => Ok((at + 4, Kind::Boolean)),
        Some(b'f') if word(b"false") => Ok((at + 5, Kind::Boolean)),
        Some(b'n') if word(b"null") => Ok((at + 4, Kind::Null)),
        Some(_) => Err((at, "something that is no value")),
        None => Err((at, "the end where a value should be")),
    }
}

/// Where a string ends that starts after its quote at `at`: the place of its closing quote, and whether it has escapes.
///
/// # Errors
/// Where it is wrong and how: a control character, an unknown escape, half a surrogate pair, no end.
#[inline]
pub(crate) fn string_end(bytes: &[u8], mut at: usize) -> Result<(usize, bool), Wrong> {
    let mut escaped = false;
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok((at, escaped)),
            Some(b'\\') => {
                escaped = true;
                at = escape_end(bytes, at)?;
            }
            Some(..0x20) => return Err((at, "a control character in a string")),
            Some(_) => at += 1,
            None => return Err((at, "a string without end")),
        }
    }
}

/// Passes over bytes that stand for themselves in a string: to one that does not, or to the last few.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let special = special_bytes(u64::from_le_bytes(*word));
        at += special.trailing_zeros() as usize / 8;
        if special != 0 {
            break;
        }
    }
    at
}

/// The highest bit of every byte that is a quote, a backslash or a control character. Above the first of them there may
/// be others set, which does no harm: the first is all that counts.
#[inline]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    (zero(word ^ (ONES * b'"' as u64)) | zero(word ^ (ONES * b'\\' as u64)) | (word.wrapping_sub(ONES * 0x20) & !word))
        & HIGHS
}

/// The end of the escape at `at`.
fn escape_end(bytes: &[u8], at: usize) -> Result<usize, Wrong> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => {
            let unit = unit(bytes, at).ok_or((at, "an escape that is none"))?;
            match unit {
                0xD800..=0xDBFF if matches!(self::unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => Ok(at + 12),
                0xD800..=0xDFFF => Err((at, "half a surrogate pair, which is no character")),
                _ => Ok(at + 6),
            }
        }
        _ => Err((at, "an escape that is none")),
    }
}

/// The UTF-16 unit that the escape at `at` stands for.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}

/// Appends what a string that [`string_end`] has seen stands for.
pub(crate) fn unescape(written: &str, text: &mut String) {
    let bytes = written.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\\', &bytes[from..]).map(|at| from + at) {
        text.push_str(&written[from..at]);
        from = at + 2;
        text.push(match bytes.get(at + 1) {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let high = unit(bytes, at).unwrap_or_default();
                from = at + 6;
                let code = match high {
                    0xD800..=0xDBFF => {
                        from = at + 12;
                        let low = unit(bytes, at + 6).unwrap_or_default();
                        0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF)
                    }
                    code => code,
                };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            Some(other) => char::from(*other),
            None => break,
        });
    }
    text.push_str(written.get(from..).unwrap_or_default());
}

/// Appends a text as a JSON string, quotes included, with no more escapes than there must be.
pub(crate) fn push_string(text: &str, json: &mut String) {
    json.push('"');
    let (mut from, mut at) = (0, 0);
    loop {
        at = plain_end(text.as_bytes(), at);
        let Some(byte) = text.as_bytes().get(at) else { break };
        let short = match byte {
            b'"' => Some('"'),
            b'\\' => Some('\\'),
            0x08 => Some('b'),
            0x0c => Some('f'),
            b'\n' => Some('n'),
            b'\r' => Some('r'),
            b'\t' => Some('t'),
            ..0x20 => None,
            _ => {
                at += 1;
                continue;
            }
        };
        json.push_str(&text[from..at]);
        at += 1;
        from = at;
        json.push('\\');
        match short {
            Some(short) => json.push(short),
            None => {
                json.push_str("u00");
                json.extend([byte >> 4, byte & 0xf].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
            }
        }
    }
    json.push_str(&text[from..]);
    json.push('"');
}

/// Where the number ends that starts at `at`, if there is one.
#[inline]
fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let digits = |mut at: usize| {
        let from = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (at > from).then_some(at)
    };
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        if matches!(bytes.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        at = digits(at)?;
    }
    Some(at)
}

/// Whether a text is one JSON number.
pub(crate) fn is_number(text: &str) -> bool {
    number_end(text.as_bytes(), 0) == Some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_written_as_serde_json_reads_it(text in any::<String>()) {
            let mut json = String::new();
            push_string(&text, &mut json);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }

        #[test]
        fn strings_end_and_mean_what_serde_json_says(
            parts in prop::collection::vec(
                prop_oneof![
                    "[ -~]{0,20}", any::<String>(),
                    "\\\\[\"\\\\/bfnrtux]", "\\\\u[0-9a-fA-F]{4}", "\\\\ud83d\\\\ude00", "\\\\u[dD][89a-f][0-9]{2}",
                ],
                0..6,
            )
        ) {
            let json = format!("\"{}\"", parts.concat());
            let read = serde_json::from_str::<String>(&json).ok();
            let ours = string_end(json.as_bytes(), 1).ok().filter(|(end, _)| end + 1 == json.len());
            prop_assert_eq!(ours.is_some(), read.is_some(), "{}", json);
            if let (Some((end, escaped)), Some(read)) = (ours, read) {
                let mut text = String::new();
                unescape(&json[1..end], &mut text);
                prop_assert_eq!(escaped, json.contains('\\'));
                prop_assert_eq!(text, read);
            }
        }

        #[test]
        fn a_number_is_what_serde_json_takes_for_one(text in "-?[0-9.eE+-]{0,6}") {
            prop_assert_eq!(is_number(&text), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
    }
}
