//! Dates as exports write them, and which of them can be a date of birth.

use std::ops::RangeInclusive;

use super::fold::Folded;

/// The years in which people who are in today's data were born.
pub const BIRTH_YEARS: RangeInclusive<i32> = 1900..=2020;

/// Reads a date: `1980-03-12`, `1980/03/12`, `12.03.1980`, `12/03/1980`, `3/12/80`, `19800312`, `12 Mar 1980`,
/// `March 12th, 1980`, `12 de marzo de 1980`, each with or without a time of day after it. Year, month, day.
///
/// A day and a month in numbers are read in that order, and the other way round only where that gives no date. Years of
/// two digits are those of 1930 to 2029. Names of months are English, French, German, Spanish, Italian, Portuguese or
/// Dutch ones, whole or shortened to three letters or more.
pub fn date(text: &str) -> Option<(i32, u32, u32)> {
    let text = text.trim();
    if !(6..=40).contains(&text.len()) {
        return None;
    }
    let mut parts = Parts::of(text)?;
    let numbers = parts.numbers.get(..parts.count)?;
    if let Some(month) = parts.month {
        let [(one, width), (other, other_width)] = *numbers else { return None };
        return match (width, other_width) {
            (1..=2, 4 | 2) => checked(year(other, other_width), month, one),
            (4, 1..=2) => checked(year(one, width), month, other),
            _ => None,
        };
    }
    if let [(whole, 8)] = *numbers {
        parts.numbers = [(whole / 10_000, 4), (whole / 100 % 100, 2), (whole % 100, 2)];
    } else if !parts.same_marks {
        return None;
    }
    match parts.numbers {
        [(y, 4), (m, 1..=2), (d, 1..=2)] => checked(year(y, 4), m, d),
        [(one, 1..=2), (other, 1..=2), (y, width @ (2 | 4))] => {
            let y = year(y, width);
            checked(y, other, one).or_else(|| checked(y, one, other))
        }
        _ => None,
    }
}

/// Whether `text` is a date on which somebody may have been born; [`BIRTH_YEARS`] are the usual years.
pub fn is_birth_date(text: &str, years: &RangeInclusive<i32>) -> bool {
    date(text).is_some_and(|(year, _, _)| years.contains(&year))
}

/// The numbers of a date with their widths, and its month if that is a word.
struct Parts {
    numbers: [(u32, u8); 3],
    count: usize,
    month: Option<u32>,
    same_marks: bool,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let mut parts = Self { numbers: [(0, 0); 3], count: 0, month: None, same_marks: true };
        let mut rest = text;
        let mut mark = None;
        while let Some(c) = rest.chars().next() {
            let complete = parts.count + usize::from(parts.month.is_some()) == 3
                || (parts.count == 1 && matches!(parts.numbers, [(_, 8), ..]));
            if complete {
                return (is_time(rest) || is_year_word(rest)).then_some(parts);
            }
            let length = run(rest, |c| c.is_ascii_digit());
            if length > 0 {
                let (digits, after) = rest.split_at_checked(length)?;
                *parts.numbers.get_mut(parts.count)? = (digits.parse().ok()?, u8::try_from(length).ok()?);
                parts.count += 1;
                // The ending of a number: 12th, 1er, 1º.
                let ending =
                    ["st", "nd", "rd", "th", "er", "º", "."].iter().find_map(|ending| after.strip_prefix(ending));
                rest = ending.filter(|rest| rest.is_empty() || rest.starts_with([' ', ','])).unwrap_or(after);
            } else if c.is_alphabetic() {
                let (word, after) = rest.split_at_checked(run(rest, char::is_alphabetic))?;
                if !matches!(word, "de" | "of" | "del" | "do") {
                    if parts.month.is_some() {
                        return None;
                    }
                    parts.month = Some(month(word)?);
                }
                rest = after;
            } else if matches!(c, '-' | '/' | '.' | ' ' | ',') {
                if matches!(c, '-' | '/' | '.') {
                    parts.same_marks &= mark.is_none_or(|mark| mark == c);
                    mark = Some(c);
                }
                let after = rest.get(1..)?;
                rest = after.strip_prefix(' ').unwrap_or(after);
            } else {
                return None;
            }
        }
        // Without a month's name, numbers apart by blanks only are no date.
        parts.same_marks &= mark.is_some();
        Some(parts)
    }
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|(_, c)| !of(*c)).map_or(text.len(), |(at, _)| at)
}

/// Whether a time of day, with its zone, is all that `text` is.
fn is_time(text: &str) -> bool {
    let time = text.strip_prefix('T').unwrap_or_else(|| text.trim_start());
    let may_have = |byte: u8| byte.is_ascii_digit() || b":.,+- ZUTCAPMapm".contains(&byte);
    let hour = run(time, |c| c.is_ascii_digit());
    matches!(hour, 1 | 2) && time.get(hour..).is_some_and(|rest| rest.starts_with(':')) && time.bytes().all(may_have)
}

/// The short word for a year that some languages put after it.
fn is_year_word(text: &str) -> bool {
    matches!(text.trim(), "г" | "г." | "r" | "r.")
}

fn year(number: u32, width: u8) -> i32 {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    match (width, number) {
        (2, ..30) => 2000 + number,
        (2, _) => 1900 + number,
        _ => number,
    }
}

fn checked(year: i32, month: u32, day: u32) -> Option<(i32, u32, u32)> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    ((1000..=2999).contains(&year) && (1..=days).contains(&day)).then_some((year, month, day))
}

/// Per month its names: English, French, German, Spanish, Italian, Portuguese, Dutch, and short forms that are no
/// beginning of one.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "januar", "janner", "enero", "gennaio", "janeiro", "januari"],
    &["february", "fevrier", "februar", "febrero", "febbraio", "fevereiro", "februari"],
    &["march", "mars", "marz", "maerz", "marzo", "marco", "maart", "mrt"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio", "mei"],
    &["june", "juin", "juni", "junio", "giugno", "junho"],
    &["july", "juillet", "juli", "julio", "luglio", "julho"],
    &["august", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "setiembre", "settembre", "setembro"],
    &["october", "octobre", "oktober", "octubre", "ottobre", "outubro"],
    &["november", "novembre", "noviembre", "novembro"],
    &["december", "decembre", "dezember", "diciembre", "dicembre", "dezembro"],
];

fn month(word: &str) -> Option<u32> {
    let folded = Folded::of(word)?;
    let word = folded.as_str();
    let named = |names: &[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    (1..).zip(MONTHS).find_map(|(number, names)| named(names).then_some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_notation() {
        let cases = [
            ("1980-03-12", (1980, 3, 12)),
            ("1980/3/12", (1980, 3, 12)),
            ("1980-03-12T10:11:12.5Z", (1980, 3, 12)),
            ("1980-03-12 00:00:00+02:00", (1980, 3, 12)),
            ("12/03/1980", (1980, 3, 12)),
            ("25/03/1980", (1980, 3, 25)),
            ("03/25/1980", (1980, 3, 25)),
            ("12.03.1980", (1980, 3, 12)),
            ("1.2.80", (1980, 2, 1)),
            ("01-02-29", (2029, 2, 1)),
            ("19800312", (1980, 3, 12)),
            ("12 Mar 1980", (1980, 3, 12)),
            ("12-Mar-80", (1980, 3, 12)),
            ("March 12th, 1980", (1980, 3, 12)),
            ("1er février 1980", (1980, 2, 1)),
            ("12. März 1980", (1980, 3, 12)),
            ("12 de marzo de 1980", (1980, 3, 12)),
            ("12 gennaio 1980", (1980, 1, 12)),
            ("12 de Março de 1980", (1980, 3, 12)),
            ("12 mrt 1980", (1980, 3, 12)),
            ("5 août 1980", (1980, 8, 5)),
            ("1980 Dec 31", (1980, 12, 31)),
            ("29.02.2000", (2000, 2, 29)),
            ("Jun 3 1980", (1980, 6, 3)),
        ];
        for (text, read) in cases {
            assert_eq!(date(text), Some(read), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        let cases = [
            "",
            "1980",
            "29.02.1900",
            "31/04/1980",
            "13/13/1980",
            "19801332",
            "12 Foo 1980",
            "12 Mar",
            "1980-03",
            "1-2-3-4",
            "192.168.1.1",
            "12-03.1980",
            "12 03 1980",
            "1980-03-12x",
            "1980-03-12 more",
            "Mar Apr 1980",
            "12/03/19800",
            "March",
            "1234567",
            "123456789",
            "12:30:45",
        ];
        for text in cases {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn births_are_within_their_years() {
        for (text, may) in [("1899-12-31", false), ("1900-01-01", true), ("31.12.2020", true), ("2021-01-01", false)] {
            assert_eq!(is_birth_date(text, &BIRTH_YEARS), may, "{text}");
        }
        assert!(is_birth_date("2021-01-01", &(2000..=2030)));
    }

    /// Every day of two centuries, written and read back.
    #[test]
    fn every_day_is_read() {
        let mut day = chrono::NaiveDate::from_ymd_opt(1896, 1, 1).unwrap();
        while let Some(next) =
            day.succ_opt().filter(|next| *next < chrono::NaiveDate::from_ymd_opt(2104, 1, 1).unwrap())
        {
            for format in ["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%b %e, %Y"] {
                let text = day.format(format).to_string();
                let read = date(&text).and_then(|(y, m, d)| chrono::NaiveDate::from_ymd_opt(y, m, d));
                assert_eq!(read, Some(day), "{text}");
            }
            day = next;
        }
    }
}
