//! Stretches of whole rows: where they end, and where their values stand.

use std::ops::Range;
use std::sync::Arc;

use arrow::buffer::Buffer;

use super::insert::Head;
use super::literal::Literal;
use crate::error::{Error, Place};
use crate::unchecked::Utf8Buffer;

/// Finds the end of the last whole row in bytes that start where a row or an `INSERT` of the table does. It looks at
/// quotes, backslashes, parentheses and semicolons only: whether what is between them is rows is seen when they are
/// decoded, from the first on, so that no stretch is believed before the one that it follows.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    at: usize,
    in_string: bool,
    /// The rows before the end.
    pub(super) rows: u64,
    passed: u64,
    /// The end of the last whole row, with what follows it up to the next row or `INSERT`.
    pub(super) end: usize,
    /// Whether a row follows the end, rather than an `INSERT`.
    pub(super) is_within: bool,
}

/// What a cutter came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CutAt {
    /// The end of the bytes.
    Bytes,
    /// The end of the last `INSERT` of this form: the place behind its semicolon.
    Statement(usize),
}

impl Cutter {
    /// Looks on to the end of `bytes`, which may have grown since it last looked. `is_last` says that they will not grow
    /// any more.
    pub(super) fn look(&mut self, bytes: &[u8], head: &Head, is_last: bool) -> CutAt {
        if self.at == 0 {
            if bytes.len() < head.bytes.len() && !is_last {
                return CutAt::Bytes;
            }
            self.at = if bytes.starts_with(&head.bytes) { head.bytes.len() } else { 0 };
        }
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            if self.in_string {
                let Some(found) = memchr::memchr2(b'\'', b'\\', rest) else {
                    self.at = bytes.len();
                    return CutAt::Bytes;
                };
                match rest.get(found..) {
                    // What follows decides what this means.
                    Some([_]) if !is_last => {
                        self.at += found;
                        return CutAt::Bytes;
                    }
                    Some([b'\\', ..] | [b'\'', b'\'', ..]) => self.at = (self.at + found + 2).min(bytes.len()),
                    _ => {
                        self.at += found + 1;
                        self.in_string = false;
                    }
                }
                continue;
            }
            let Some(found) = memchr::memchr3(b'\'', b')', b';', rest) else {
                self.at = bytes.len();
                return CutAt::Bytes;
            };
            let place = self.at + found;
            match rest.get(found) {
                Some(b'\'') => {
                    self.in_string = true;
                    self.at = place + 1;
                }
                Some(b';') => {
                    // No row ends here: decoding will say so.
                    self.rows = self.passed;
                    return CutAt::Statement(place + 1);
                }
                _ => match self.after_row(bytes, place, head, is_last) {
                    Some(at) => return at,
                    None => continue,
                },
            }
        }
    }

    /// Looks at what follows the parenthesis that closes a row.
    fn after_row(&mut self, bytes: &[u8], place: usize, head: &Head, is_last: bool) -> Option<CutAt> {
        let after = blanks_end(bytes, place + 1);
        let next = blanks_end(bytes, after + 1);
        match bytes.get(after) {
            None => {
                self.at = if is_last { bytes.len() } else { place };
                return Some(CutAt::Bytes);
            }
            Some(_) if next >= bytes.len() && !is_last => {
                self.at = place;
                return Some(CutAt::Bytes);
            }
            Some(b',') => {
                self.passed += 1;
                self.ends(next, true);
                self.at = next;
            }
            Some(b';') => {
                let rest = bytes.get(next..).unwrap_or_default();
                let known = rest.len().min(head.bytes.len());
                let goes_on = rest.get(..known) == head.bytes.get(..known);
                if goes_on && rest.len() <= head.bytes.len() && !is_last {
                    self.at = place;
                    return Some(CutAt::Bytes);
                }
                self.passed += 1;
                if !goes_on || rest.len() <= head.bytes.len() {
                    self.rows = self.passed;
                    return Some(CutAt::Statement(after + 1));
                }
                self.ends(next, false);
                self.at = next + head.bytes.len();
            }
            // Not the end of a row: decoding will say so.
            Some(_) => self.at = place + 1,
        }
        None
    }

    fn ends(&mut self, end: usize, is_within: bool) {
        self.end = end;
        self.is_within = is_within;
        self.rows = self.passed;
    }
}

#[inline]
fn blanks_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The rows of a stretch, and where their values stand.
pub struct Rows {
    bytes: Buffer,
    /// The same, if they are UTF-8.
    text: Option<Utf8Buffer>,
    pub(super) head: Arc<Head>,
    /// The start and end of each value.
    bounds: Vec<(u32, u32)>,
    /// Where an `INSERT` starts, and how many rows there are before it.
    pub(super) heads: Vec<(usize, usize)>,
    width: usize,
    rows: usize,
    lines: u64,
    /// The place of the stretch in its file.
    start: u64,
}

/// A fault and the byte at which it stands.
type Found<T> = Result<T, (&'static str, usize)>;

impl Rows {
    /// Finds the values of a stretch, which starts at this byte of the file; so many lines stand between it and the next.
    ///
    /// # Errors
    /// It is not rows of literals, as many as there are columns. Records and lines count from its start.
    pub(super) fn find(bytes: Vec<u8>, head: Arc<Head>, start: u64, lines_after: u64) -> Result<Self, Error> {
        let width = head.layout.values.len();
        let mut rows = Self {
            bytes: Buffer::from_vec(bytes),
            text: None,
            head,
            bounds: Vec::new(),
            heads: Vec::new(),
            width,
            rows: 0,
            lines: 0,
            start,
        };
        let bytes = rows.bytes.clone();
        rows.bounds.reserve(bytes.len() / 16);
        rows.scan(&bytes).map_err(|(message, at)| {
            Error::data(message)
                .at(place_of(&bytes, at, start, Some(rows.rows)))
                .with_help("rows are to be literals as mysqldump and mariadb-dump write them; is the file cut off?")
        })?;
        rows.lines = memchr::memchr_iter(b'\n', &bytes).count() as u64 + lines_after;
        rows.text = Utf8Buffer::new(bytes).ok();
        Ok(rows)
    }

    fn scan(&mut self, bytes: &[u8]) -> Found<()> {
        let head = Arc::clone(&self.head);
        let mut at = 0;
        loop {
            if bytes.get(at..).is_some_and(|rest| rest.starts_with(&head.bytes)) {
                self.heads.push((at, self.rows));
                at += head.bytes.len();
            }
            at = self.row(bytes, at)?;
            at = blanks_end(bytes, at);
            match bytes.get(at) {
                Some(b',') => at = blanks_end(bytes, at + 1),
                Some(b';') => {
                    at = blanks_end(bytes, at + 1);
                    let goes_on = bytes.get(at..).is_some_and(|rest| rest.starts_with(&head.bytes));
                    if at < bytes.len() && !goes_on {
                        return Err(("something stands where an INSERT was to follow", at));
                    }
                }
                _ => return Err(("something follows a row that is neither a comma nor a semicolon", at)),
            }
            if at >= bytes.len() {
                return Ok(());
            }
        }
    }

    /// Takes a row at a place. Gives its end.
    #[inline]
    fn row(&mut self, bytes: &[u8], mut at: usize) -> Found<usize> {
        if bytes.get(at) != Some(&b'(') {
            return Err(("something stands where a row was to start", at));
        }
        at += 1;
        let mut values = 0;
        loop {
            at = blanks_end(bytes, at);
            let end = value_end(bytes, at)?;
            self.bounds.push((at as u32, end as u32));
            values += 1;
            at = blanks_end(bytes, end);
            match bytes.get(at) {
                Some(b',') => at += 1,
                Some(b')') => break,
                _ => return Err(("something follows a value that is neither a comma nor a parenthesis", at)),
            }
        }
        if values != self.width {
            return Err(("a row has more or fewer values than there are columns", at));
        }
        self.rows += 1;
        Ok(at + 1)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many lines they take up, with those up to the next stretch.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn text(&self) -> Option<&Utf8Buffer> {
        self.text.as_ref()
    }

    /// Where a value stands.
    #[inline]
    pub(super) fn range(&self, row: usize, value: usize) -> Range<usize> {
        let (start, end) = self.bounds.get(row * self.width + value).copied().unwrap_or_default();
        start as usize..end as usize
    }

    /// A value, as it was written.
    #[inline]
    pub(super) fn literal(&self, row: usize, value: usize) -> Literal<'_> {
        self.bytes.get(self.range(row, value)).and_then(Literal::read).unwrap_or(Literal::Null)
    }

    /// Where a row stands, counted from the start of the stretch.
    pub fn place(&self, row: usize) -> Place {
        let at = if row < self.rows { self.range(row, 0).start } else { 0 };
        place_of(&self.bytes, at, self.start, Some(row))
    }
}

/// The end of the value that starts at a place.
#[inline]
fn value_end(bytes: &[u8], start: usize) -> Found<usize> {
    let mut at = start;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_')) {
        at += 1;
    }
    let word = at;
    // An introducer may stand apart from its string, or from its digits.
    if bytes.get(start) == Some(&b'_') && bytes.get(at) == Some(&b' ') {
        at = blanks_end(bytes, at);
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
    }
    let is_plain = bytes.get(at) == Some(&b'\'');
    if is_plain {
        at = string_end(bytes, at)?;
    }
    // A string without anything before it needs no second look.
    let is_literal = (is_plain && word == start) || bytes.get(start..at).and_then(Literal::read).is_some();
    if is_literal { Ok(at) } else { Err(("a value is no literal", start)) }
}

/// The end of the string whose quote opens at a place.
#[inline]
fn string_end(bytes: &[u8], start: usize) -> Found<usize> {
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = memchr::memchr2(b'\'', b'\\', rest).ok_or(("a string is opened and never closed", start))?;
        match rest.get(found..) {
            Some([b'\\', _, ..] | [b'\'', b'\'', ..]) => at += found + 2,
            Some([b'\'', ..]) => return Ok(at + found + 1),
            _ => return Err(("a string is opened and never closed", start)),
        }
    }
}

/// The place of a byte.
fn place_of(bytes: &[u8], at: usize, start: u64, row: Option<usize>) -> Place {
    let lines = memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or_default()).count() as u64;
    Place {
        line: Some(lines + 1),
        record: row.map(|row| row as u64 + 1),
        byte: Some(start + at as u64),
        ..Place::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::dump::mysql::insert::Layout;

    fn head(width: usize) -> Arc<Head> {
        let layout = Layout { values: (0..width).map(Some).collect(), columns: (0..width).collect() };
        Head::new(b"INSERT INTO `t` VALUES ", false, 15..15, layout)
    }

    fn values(text: &str, width: usize) -> Result<Vec<Vec<String>>, String> {
        let rows =
            Rows::find(text.as_bytes().to_vec(), head(width), 0, 0).map_err(|error| error.message().to_owned())?;
        let value = |row, value| text[rows.range(row, value)].to_owned();
        Ok((0..rows.rows()).map(|row| (0..width).map(|place| value(row, place)).collect()).collect())
    }

    #[test]
    fn rows_are_told_from_what_only_looks_like_them() {
        for (text, width, expected) in [
            ("(1,'a'),", 2, Some(vec![vec!["1", "'a'"]])),
            (
                "INSERT INTO `t` VALUES (1),\n(2);\nINSERT INTO `t` VALUES (3);\n",
                1,
                Some(vec![vec!["1"], vec!["2"], vec!["3"]]),
            ),
            ("( 1 , NULL ) , (-2.5e3,\t0x4D);", 2, Some(vec![vec!["1", "NULL"], vec!["-2.5e3", "0x4D"]])),
            (r"('),(',';'),('it''s','\'),(\\');", 2, Some(vec![vec!["'),('", "';'"], vec!["'it''s'", r"'\'),(\\'"]])),
            (
                "(_binary 'a\\0',_binary 0x00,_utf8mb4'b');",
                3,
                Some(vec![vec!["_binary 'a\\0'", "_binary 0x00", "_utf8mb4'b'"]]),
            ),
            ("(1,2),", 1, None),
            ("(1)", 1, None),
            ("(now());", 1, None),
            ("((1));", 1, None),
            ("(1+1);", 1, None),
            ("(\"a\");", 1, None),
            ("(@a);", 1, None),
            ("(1 /* a */);", 1, None),
            ("('a' 'b');", 1, None),
            ("(1) ON DUPLICATE KEY UPDATE a=1;", 1, None),
            ("(1);DROP TABLE t;", 1, None),
            ("();", 1, None),
            ("('a);", 1, None),
            (r"('a\", 1, None),
            ("", 1, None),
        ] {
            let expected = expected.map(|rows: Vec<Vec<&str>>| {
                rows.into_iter().map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
            });
            assert_eq!(values(text, width).ok(), expected, "{text}");
        }
    }

    /// A literal of a text by the manual's rules, with quotes doubled or escaped.
    fn literal(text: &str, doubled: bool) -> String {
        let escaped = text.replace('\\', "\\\\").replace('\'', if doubled { "''" } else { "\\'" });
        format!("'{escaped}'")
    }

    proptest! {
        #[test]
        fn a_stretch_is_cut_at_rows_only_wherever_the_bytes_end(
            texts in proptest::collection::vec(("[a(),;'\\\\ \n]{0,8}", any::<bool>()), 1..8),
            one_each: bool,
            end in 0_usize..300,
        ) {
            let literals: Vec<String> = texts.iter().map(|(text, doubled)| literal(text, *doubled)).collect();
            let between = if one_each { ");\nINSERT INTO `t` VALUES (" } else { "),\n(" };
            let text = format!("INSERT INTO `t` VALUES ({});\nUNLOCK TABLES;\n", literals.join(between));
            // Where rows may end, from how the text was put together.
            let mut ends = Vec::new();
            let mut at = "INSERT INTO `t` VALUES (".len();
            for literal in &literals[..literals.len() - 1] {
                at += literal.len();
                // `);` or `),` and the line end.
                ends.push(at + 3);
                at += between.len();
            }
            let end = end.min(text.len());
            let mut cutter = Cutter::default();
            let head = head(1);
            let mut cut = cutter.look(&text.as_bytes()[..end.min(40)], &head, false);
            if cut == CutAt::Bytes {
                cut = cutter.look(&text.as_bytes()[..end], &head, false);
            }
            if cut == CutAt::Bytes {
                prop_assert!(cutter.end == 0 || ends.contains(&cutter.end), "{} in {ends:?}", cutter.end);
                prop_assert_eq!(cutter.rows, ends.iter().filter(|place| **place <= cutter.end).count() as u64);
            }
            if cut == CutAt::Bytes {
                cut = cutter.look(text.as_bytes(), &head, true);
            }
            let close = text.len() - "\nUNLOCK TABLES;\n".len();
            prop_assert_eq!(cut, CutAt::Statement(close));
            prop_assert_eq!(cutter.rows, literals.len() as u64);
        }
    }
}
