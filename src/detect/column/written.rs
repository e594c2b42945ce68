//! How dates, numbers and flags are written: what a value can be read as, at a glance.

/// The ways of writing a date that are told apart, as for strftime. The first three are ISO 8601. Of day and month in
/// numbers, the day first is taken unless a value says otherwise.
pub(super) const DATES: &[&str] = &[
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y%m%d",
    "%Y.%m.%d",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
];

/// How many of [`DATES`] are ISO 8601.
pub(super) const ISO: usize = 3;

/// The year of a text that is a date written so.
pub(super) fn date(text: &str, format: &str) -> Option<i32> {
    let (mut rest, mut year) = (text.as_bytes(), 0);
    let (mut month, mut day) = (1, 1);
    let mut format = format.bytes();
    while let Some(sign) = format.next() {
        if sign != b'%' {
            rest = rest.strip_prefix(&[sign])?;
            continue;
        }
        let field = format.next()?;
        let (digits, after) = rest.split_at_checked(if field == b'Y' { 4 } else { 2 })?;
        rest = after;
        let number = digits
            .iter()
            .try_fold(0_u32, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))?;
        match field {
            b'Y' => year = number,
            b'm' => month = number,
            b'd' => day = number,
            b'H' if number < 24 => {}
            b'M' | b'S' if number < 60 => {}
            _ => return None,
        }
    }
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2999).contains(&year);
    (fits && (rest.is_empty() || is_fraction_or_zone(rest))).then_some(year as i32)
}

/// What may follow the seconds in ISO 8601.
fn is_fraction_or_zone(rest: &[u8]) -> bool {
    matches!(rest.first(), Some(b'.' | b'Z' | b'+' | b'-'))
        && rest.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'Z' | b'+' | b'-' | b':'))
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) is_whole: bool,
    /// Digits after a leading zero: a name more than a number.
    pub(super) is_padded: bool,
    pub(super) digits: usize,
}

/// Reads a number: `-12`, `1.5e3`, `1,234.50`, `1.234,50`, `12 %`, `€ 3.20`.
pub(super) fn number(text: &str) -> Option<Number> {
    let plain = text
        .trim_start_matches(['€', '$', '£', '¥', '+'])
        .trim_end_matches(['%', '€', '$', '£'])
        .trim_matches([' ', '\u{a0}']);
    let unsigned = plain.strip_prefix(['-', '−']).unwrap_or(plain);
    if unsigned.is_empty() || unsigned.len() > 40 || !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
    let (whole, part) = match unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        true => (unsigned.to_owned(), String::new()),
        false => parts(unsigned)?,
    };
    let value: f64 = format!("{whole}.{part}0").parse().or_else(|_| unsigned.parse()).ok()?;
    Some(Number {
        value: if plain.len() == unsigned.len() { value } else { -value },
        is_whole: part.is_empty() && !unsigned.contains(['e', 'E']),
        is_padded: whole.len() > 1 && whole.starts_with('0'),
        digits,
    })
}

/// The digits before and after the decimal sign, thousands put together.
fn parts(text: &str) -> Option<(String, String)> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b' ' | b'\'')) {
        // An exponent: as the standard library reads it.
        let exponent =
            text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
        return (exponent && text.parse::<f64>().is_ok()).then(|| (text.to_owned(), String::new()));
    }
    let last = text.rfind(['.', ','])?;
    let (whole, part) = (text.get(..last)?, text.get(last + 1..)?);
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let grouped = |text: &str, mark: char| {
        let mut groups = text.split(mark);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match marks.as_slice() {
        [_] => Some((digits(whole), digits(part))),
        [first, .., end] if first != end && marks.iter().filter(|mark| *mark == end).count() == 1 => {
            grouped(whole, *first).then(|| (digits(whole), digits(part)))
        }
        [first, ..] if marks.iter().all(|mark| mark == first) => {
            (*first != '.' || marks.len() > 1).then_some(())?;
            grouped(text, *first).then(|| (digits(text), String::new()))
        }
        _ => None,
    }
}

/// Words that say yes or no, in pairs: a column of one pair's words is a flag.
const FLAGS: &[[&str; 2]] = &[
    ["true", "false"],
    ["t", "f"],
    ["yes", "no"],
    ["y", "n"],
    ["1", "0"],
    ["on", "off"],
    ["ja", "nein"],
    ["j", "n"],
    ["oui", "non"],
    ["o", "n"],
    ["si", "no"],
    ["sí", "no"],
    ["s", "n"],
    ["sim", "não"],
    ["ja", "nee"],
    ["tak", "nie"],
    ["да", "нет"],
    ["x", "-"],
    ["active", "inactive"],
    ["enabled", "disabled"],
];

/// The pairs that have this word, as bits.
pub(super) fn flags(text: &str) -> u32 {
    if text.len() > 8 {
        return 0;
    }
    let text = text.to_lowercase();
    FLAGS
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.contains(&text.as_str()))
        .fold(0, |bits, (place, _)| bits | 1 << place)
}

/// Whether a text is a UUID, in its usual form.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Whether a text is a time of day: `14:05`, `14:05:09`.
pub(super) fn is_time(text: &str) -> bool {
    let mut parts = text.split(':');
    let two = |part: Option<&str>| {
        part.is_some_and(|part| (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok_and(|number| number < 60))
    };
    text.len() <= 12
        && two(parts.next())
        && two(parts.next())
        && match (parts.next(), parts.next()) {
            (None, _) => true,
            (seconds, None) => two(seconds.map(|seconds| seconds.split('.').next().unwrap_or_default())),
            _ => false,
        }
}

/// How a telephone number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialled {
    /// From anywhere, with a plus sign first.
    International,
    /// Within a country: with a zero or brackets first, or as in North America.
    National,
}

/// How a text is written, if that is how telephone numbers are, whether there is such a number or not.
pub(super) fn dialled(text: &str) -> Option<Dialled> {
    let number = text.split_once(['x', 'X', 'e', 'E']).map_or(text, |(number, extension)| {
        let is_extension = extension.trim_start_matches(['x', 't', 'T', '.', ' ']).bytes().all(|b| b.is_ascii_digit());
        if is_extension { number.trim_end() } else { text }
    });
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let plus = number.starts_with('+');
    let body = number.strip_prefix('+').unwrap_or(number);
    let signs =
        body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')'));
    let groups: Vec<usize> = body.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|len| *len > 0).collect();
    let fraction = groups.len() == 2 && body.contains('.');
    if !signs || fraction || !(7..=15).contains(&digits) {
        return None;
    }
    if plus {
        return (digits >= 8 && !body.starts_with('0')).then_some(Dialled::International);
    }
    let american = matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4]);
    let trunk = body.starts_with('0') && groups.len() > 1 && groups.iter().all(|len| (2..=8).contains(len));
    let bracket =
        body.starts_with('(') && body.contains(')') && groups.first().is_some_and(|len| (2..=5).contains(len));
    (american || trunk || bracket).then_some(Dialled::National)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value, whole) in [
            ("12", 12.0, true),
            ("-12", -12.0, true),
            ("1.50", 1.5, false),
            ("1,50", 1.5, false),
            ("1,234.50", 1234.5, false),
            ("1.234,50", 1234.5, false),
            ("1,234,567", 1_234_567.0, true),
            ("1 234,5", 1234.5, false),
            ("12 %", 12.0, true),
            ("€ 3.20", 3.2, false),
            ("1.5e3", 1500.0, false),
            (".5", 0.5, false),
        ] {
            let read = number(text).unwrap();
            assert!((read.value - value).abs() < 1e-9 && read.is_whole == whole, "{text}: {read:?}");
        }
        for text in ["", "-", "12a", "1.2.3", "192.168.1.10", "2024-01-02", "12:30", "1,2,3", "555-0123"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert!(number("007").is_some_and(|number| number.is_padded));
    }

    #[test]
    fn dates_are_read_by_their_format_alone() {
        for (text, format, year) in [
            ("1985-07-11", "%Y-%m-%d", Some(1985)),
            ("1985-07-11T10:00:00.5Z", "%Y-%m-%dT%H:%M:%S", Some(1985)),
            ("31/12/1985", "%d/%m/%Y", Some(1985)),
            ("31/12/1985", "%m/%d/%Y", None),
            ("1985-13-11", "%Y-%m-%d", None),
            ("1985-07-11x", "%Y-%m-%d", None),
            ("5/7/1985", "%d/%m/%Y", None),
            ("", "%Y%m%d", None),
        ] {
            assert_eq!(date(text, format), year, "{text} as {format}");
        }
    }

    #[test]
    fn telephone_numbers_are_told_by_their_form() {
        for (text, form) in [
            ("+4915123456789", Some(Dialled::International)),
            ("+40(1)4859715106", Some(Dialled::International)),
            ("519-898-4607x020", Some(Dialled::National)),
            ("(0796) 984-0828", Some(Dialled::National)),
            ("095 8503 291", Some(Dialled::National)),
            ("06/501 5194", Some(Dialled::National)),
            ("1-407-126-2883", Some(Dialled::National)),
            ("0-7475-3269-9", None),
            ("0.1234567", None),
            ("2024-01-02", None),
            ("01234567", None),
            ("+12.5", None),
            ("12345-678", None),
            ("0a1-222-333", None),
            ("", None),
        ] {
            assert_eq!(dialled(text), form, "{text}");
        }
    }

    #[test]
    fn flags_times_and_uuids_are_told() {
        assert!(flags("Yes") & flags("no") != 0 && flags("yes") & flags("false") == 0 && flags("maybe") == 0);
        assert!(
            is_time("14:05") && is_time("14:05:09.5") && !is_time("14:65") && !is_time("14") && !is_time("aa:bb:cc")
        );
        assert!(is_uuid("4b038657-89b6-44ec-b855-4003eea85f66") && !is_uuid("4b038657-89b6-44ec-b855-4003eea85f6z"));
    }
}
