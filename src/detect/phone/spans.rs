//! Telephone numbers within a text.

use std::ops::Range;

use super::written::{Mark, extension};
use super::{Phone, judge};
use crate::detect::strength::Strength;

/// The most groups of digits that one candidate may have.
const MOST_GROUPS: usize = 12;
/// How far back from a number a word may stand that says what it is, in bytes.
const BEFORE: usize = 40;
/// And how far after it.
const AFTER: usize = 12;

/// Beginnings of words, in small letters, that tell of a telephone in one of seven languages.
const CONTEXT: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "mobile",
    "mob",
    "cell",
    "fax",
    "call",
    "dial",
    "ring",
    "sms",
    "text",
    "message",
    "whatsapp",
    "desk",
    "office",
    "contact",
    "reach",
    "hotline",
    "helpline",
    "answer",
    "voicemail",
    "appel",
    "portable",
    "joindre",
    "handy",
    "mobil",
    "anruf",
    "durchwahl",
    "rufnummer",
    "llam",
    "celular",
    "chiam",
    "cellulare",
    "recapito",
    "ligar",
    "ligue",
    "bel ",
    "bellen",
    "gsm",
];

/// Words that stand after a number of a telephone.
const AFTERWARDS: &[&str] = &["office", "fax", "mobile", "cell", "home", "desk", "work", "direct", "(m)", "(h)", "(w)"];

/// Finds telephone numbers in `text` and gives each with its place in bytes, in order, none within another.
///
/// What is [weak](Strength::Weak) by itself is given only where a word near it tells of a telephone. Dates, IP addresses,
/// card numbers, decimals, and digits that are part of a longer word are left alone. Allocates nothing.
pub fn spans(text: &str, each: &mut dyn FnMut(Range<usize>, Phone)) {
    let mut from = 0;
    while let Some(start) = next_digit(text, from) {
        let run = Run::at(text, start, from);
        if let Some((range, phone)) = run.best(text) {
            from = range.end;
            each(range, phone);
        } else {
            from = run.end.max(start + 1);
        }
    }
}

/// The place of the first digit at or after `from`. Blocks without one are passed over as a whole.
fn next_digit(text: &str, mut from: usize) -> Option<usize> {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    while let Some(block) = bytes.get(from..from + BLOCK) {
        if block.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
            break;
        }
        from += BLOCK;
    }
    bytes.get(from..)?.iter().position(u8::is_ascii_digit).map(|at| from + at)
}

/// Groups of digits with nothing between them but the marks of telephone numbers.
struct Run {
    groups: [Range<usize>; MOST_GROUPS],
    count: usize,
    digits: usize,
    end: usize,
    /// Where an opening parenthesis or a plus sign before the first group begins.
    start: usize,
}

impl Run {
    /// The run whose first digit is at `first`. What is before `floor` is not looked at.
    fn at(text: &str, first: usize, floor: usize) -> Self {
        let head = text.get(floor..first).unwrap_or_default().trim_end_matches('(');
        let head = head.strip_suffix('+').unwrap_or(head).trim_end_matches('(');
        let mut run =
            Self { groups: [const { 0..0 }; MOST_GROUPS], count: 0, digits: 0, end: first, start: floor + head.len() };
        let mut marks = 0;
        for (at, c) in text.get(first..).unwrap_or_default().char_indices() {
            let at = first + at;
            if c.is_ascii_digit() {
                if marks > 0 || run.count == 0 {
                    let Some(group) = run.groups.get_mut(run.count) else { break };
                    *group = at..at;
                    run.count += 1;
                }
                if let Some(group) = run.count.checked_sub(1).and_then(|last| run.groups.get_mut(last)) {
                    group.end = at + 1;
                }
                (run.digits, run.end, marks) = (run.digits + 1, at + 1, 0);
            } else if Mark::of(c).is_some() && marks < 3 {
                marks += 1;
            } else {
                break;
            }
        }
        run
    }

    /// The longest stretch of whole groups that is a telephone number, the first of them.
    fn best(&self, text: &str) -> Option<(Range<usize>, Phone)> {
        let groups = self.groups.get(..self.count)?;
        if self.digits < 7 || (13..=19).contains(&self.digits) && is_card(text.get(self.start..self.end)?) {
            return None;
        }
        // A first group that hangs on a word makes all of it that word's: `DE44 5001 ..` is an account.
        if text.get(..self.start)?.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        for length in (1..=groups.len()).rev() {
            for window in groups.windows(length) {
                let (first, last) = (window.first()?, window.last()?);
                let start = if first.start == groups.first()?.start { self.start } else { opened(text, first.start) };
                if last.end - start >= 7
                    && let Some(found) = self.found(text, start..last.end)
                {
                    return Some(found);
                }
            }
        }
        None
    }

    fn found(&self, text: &str, range: Range<usize>) -> Option<(Range<usize>, Phone)> {
        let (before, candidate, after) = (text.get(..range.start)?, text.get(range.clone())?, text.get(range.end..)?);
        let end = range.end + extension(after).unwrap_or_default();
        let after = text.get(end..)?;
        // Most stretches of a date or an address are parts of it, which is seen sooner than what number they are.
        if !stands_free(before, after) {
            return None;
        }
        let phone = judge(candidate, None)?;
        let told = || tells_before(before) || tells_after(after);
        (phone.strength == Strength::Strong || told()).then_some((range.start..end, phone))
    }
}

/// Where a group that is not the first begins, with the parenthesis or the plus sign before it.
fn opened(text: &str, first: usize) -> usize {
    let head = text.get(..first).unwrap_or_default();
    let head = head.strip_suffix('(').unwrap_or(head);
    head.strip_suffix('+').unwrap_or(head).len()
}

/// Whether what stands at `range` is a word of its own, not a part of a longer one, of an amount or of a time.
fn stands_free(before: &str, after: &str) -> bool {
    let mut left = before.chars().rev();
    let left_free = match left.next() {
        None => true,
        Some('-' | '/' | '.' | ',' | '\'' | '=') => left.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(':') => left.next().is_none_or(|c| !c.is_numeric()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '_' | '#' | '@' | '$' | '€' | '£' | '¥' | '+' | '*' | '&'),
    };
    let mut right = after.chars();
    let right_free = match right.next() {
        None => true,
        Some('-' | '/') => right.next().is_none_or(|c| !c.is_alphanumeric()) || tells_after(after),
        Some('.' | ',' | ':' | '\'') => right.next().is_none_or(|c| !c.is_numeric()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '_' | '@' | '%' | '$' | '€' | '£' | '*'),
    };
    left_free && right_free
}

fn tells_before(before: &str) -> bool {
    let bytes = before.as_bytes();
    let near = bytes.get(bytes.len().saturating_sub(BEFORE)..).unwrap_or_default();
    let begins = |at: usize| at == 0 || near.get(at - 1).is_some_and(|byte| !byte.is_ascii_alphabetic());
    (0..near.len()).filter(|at| begins(*at)).any(|at| {
        let word = near.get(at..).unwrap_or_default();
        CONTEXT.iter().any(|context| starts(word, context))
    })
}

fn tells_after(after: &str) -> bool {
    let near = after.trim_start_matches([' ', '-', ',']).as_bytes();
    after.len() - near.len() < AFTER && AFTERWARDS.iter().any(|context| starts(near, context))
}

fn starts(word: &[u8], with: &str) -> bool {
    word.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
}

/// Whether the digits pass the check of ISO/IEC 7812, as those of card numbers do.
fn is_card(text: &str) -> bool {
    let digits = text.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } })
        .sum();
    !text.starts_with('+') && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        spans(text, &mut |range, _| found.push(&text[range]));
        found
    }

    #[test]
    fn numbers_are_found_with_their_signs_and_extensions() {
        let cases: &[(&str, &[&str])] = &[
            ("Call me at +33 6 12 34 56 78, please.", &["+33 6 12 34 56 78"]),
            ("(650) 253-0000 ext. 12 or (+44) 20 7946 0958", &["(650) 253-0000 ext. 12", "(+44) 20 7946 0958"]),
            ("Tel.: 030/1234567.", &["030/1234567"]),
            ("mobile:06 12 34 56 78;fax:01 42 68 53 00", &["06 12 34 56 78", "01 42 68 53 00"]),
            ("12 rue X, 06 12 34 56 78", &["06 12 34 56 78"]),
            ("phone 467 3395", &["467 3395"]),
            ("lots 467 3395", &[]),
            ("Call 650-253-0000 650-253-0001", &["650-253-0000", "650-253-0001"]),
            ("082 490 1693-Office", &["082 490 1693"]),
        ];
        for (text, numbers) in cases {
            assert_eq!(found(text), *numbers, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_numbers_is_left() {
        let cases = [
            "on 2024-01-15 10:22:33 and 15.01.2024, 15/01/2024",
            "host 192.168.100.200 and 10.0.0.1:8080",
            "card 4111 1111 1111 1111 or 4111-1111-1111-1111",
            "order 0123456789, item 6502530000, ORD-650-253-0000, #650-253-0000",
            "ISBN 978-3-16-148410-0 and 0-306-40615-2",
            "550e8400-e29b-41d4-a716-446655440000",
            "00000000-0000-0000-0000-000000000000",
            "paid $650.253 and 1,234,567.89 or 1.234.567,89 EUR",
            "DE44 5001 0517 5407 3243 00",
            "SSN 123-45-6789",
            "é123456é 12é",
        ];
        for text in cases {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
