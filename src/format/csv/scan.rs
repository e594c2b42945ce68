//! Finding the separators of a run of CSV records.
//!
//! The scan is vectorised: 64 bytes become one bit mask a kind of byte, and quoted stretches are masked out by a prefix
//! sum of the quotes, modulo two. Before changing it:
//! - every state crosses the border of 64 bytes (`Carry`), and tests cut their input at every place to show it;
//! - a byte after the end counts as nothing, not as a separator;
//! - the masks only find that something is unusual: a fault, or a quote inside a field that did not start with one, where
//!   it stands for itself. What it is, is for `scan_slowly`, one byte at a time, to say.

use wide::u8x16;

use super::Dialect;

/// What is wrong with a run of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something follows a closing quote that is no delimiter and no line end.
    AfterQuote,
    /// The text ends inside quotes.
    Unterminated,
    /// A carriage return outside quotes is not part of a line end.
    BareReturn,
    /// A NUL byte.
    Nul,
}

/// What a scan found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Separators {
    /// The places of delimiters and line feeds outside quotes, ascending.
    pub(super) places: Vec<u32>,
    /// How many of them are line feeds.
    pub(super) records: usize,
    /// How many line feeds there are inside and outside quotes.
    pub(super) lines: usize,
}

/// The state between one stretch of 64 bytes and the next, each in the lowest bit but `inside`, which is all bits.
#[derive(Default)]
struct Carry {
    /// Whether the stretch starts inside quotes.
    inside: u64,
    /// Whether the byte before was a delimiter or line feed outside quotes, or a closing quote: a quote may follow.
    may_quote: u64,
    /// Whether the byte before was a closing quote.
    closed: u64,
    /// Whether the byte before was a carriage return outside quotes.
    returned: u64,
}

/// Finds all separators of a text that starts at the start of a record and has at most 2^32 - 1 bytes.
pub(super) fn scan(text: &[u8], dialect: &Dialect) -> Result<Separators, (Fault, usize)> {
    let mut found = Separators::default();
    found.places.reserve(text.len() / 8);
    let mut carry = Carry { may_quote: 1, ..Carry::default() };
    let mut bad = 0;
    let (chunks, rest) = text.as_chunks::<64>();
    let mut base = 0;
    for chunk in chunks {
        bad |= scan_chunk(chunk, base, dialect, u64::MAX, &mut carry, &mut found);
        base += 64;
    }
    if !rest.is_empty() {
        let mut chunk = [b'x'; 64];
        chunk[..rest.len()].copy_from_slice(rest);
        bad |= scan_chunk(&chunk, base, dialect, u64::MAX >> (64 - rest.len()), &mut carry, &mut found);
    }
    if bad != 0 || carry.inside != 0 || text.ends_with(b"\r") {
        return scan_slowly(text, dialect);
    }
    Ok(found)
}

/// Scans 64 bytes, of which those in `valid` count. Gives a mask of what is wrong.
#[inline]
fn scan_chunk(
    chunk: &[u8; 64],
    base: usize,
    dialect: &Dialect,
    valid: u64,
    carry: &mut Carry,
    found: &mut Separators,
) -> u64 {
    let newline = mask(chunk, b'\n') & valid;
    let delimiter = mask(chunk, dialect.delimiter) & valid;
    let nul = mask(chunk, 0) & valid;
    let cr = mask(chunk, b'\r') & valid;
    let quote = dialect.quote.map_or(0, |quote| mask(chunk, quote)) & valid;
    let mut bad = nul;
    let mut inside = carry.inside;
    let mut closing = 0;
    if quote != 0 || carry.inside != 0 || carry.closed != 0 {
        // Inside is from an opening quote, included, to its closing quote, excluded.
        inside ^= prefix_xor(quote);
        let opening = quote & inside;
        closing = quote & !inside;
        let separator = (newline | delimiter) & !inside;
        bad |= opening & !((separator | closing) << 1 | carry.may_quote);
        let after_closing = closing << 1 | carry.closed;
        bad |= after_closing & valid & !(newline | delimiter | quote | cr);
        carry.inside = ((inside as i64) >> 63) as u64;
    }
    let separator = (newline | delimiter) & !inside;
    let outside_cr = cr & !inside;
    // A byte that follows a carriage return must be a line feed, itself outside quotes as it then is.
    bad |= (outside_cr << 1 | carry.returned) & valid & !newline;
    carry.returned = outside_cr >> 63;
    carry.may_quote = (separator | closing) >> 63;
    carry.closed = closing >> 63;
    found.records += (newline & !inside).count_ones() as usize;
    found.lines += newline.count_ones() as usize;
    let mut left = separator;
    while left != 0 {
        found.places.push((base + left.trailing_zeros() as usize) as u32);
        left &= left - 1;
    }
    bad
}

/// One bit for each byte of the chunk that is `byte`.
#[inline]
fn mask(chunk: &[u8; 64], byte: u8) -> u64 {
    let wanted = u8x16::splat(byte);
    chunk.as_chunks::<16>().0.iter().rev().fold(0, |mask, part| {
        let equal = u8x16::new(*part).simd_eq(wanted);
        mask << 16 | u64::from(equal.to_bitmask())
    })
}

/// Bit n of the result is the sum, modulo two, of bits 0 to n.
#[inline]
fn prefix_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Finds all separators, or the first fault and its place, one byte at a time.
fn scan_slowly(text: &[u8], dialect: &Dialect) -> Result<Separators, (Fault, usize)> {
    let mut found = Separators::default();
    let mut opened = None;
    let mut at_start = true;
    let mut place = 0;
    while let Some(byte) = text.get(place).copied() {
        let next = text.get(place + 1).copied();
        let is_quote = Some(byte) == dialect.quote;
        found.lines += usize::from(byte == b'\n');
        match byte {
            0 => return Err((Fault::Nul, place)),
            _ if opened.is_some() => {
                if is_quote && next == dialect.quote {
                    place += 1;
                } else if is_quote {
                    opened = None;
                    let ends = next.is_none_or(|next| next == dialect.delimiter || matches!(next, b'\n' | b'\r'));
                    if !ends {
                        return Err((Fault::AfterQuote, place + 1));
                    }
                }
            }
            _ if is_quote && at_start => {
                opened = Some(place);
                at_start = false;
            }
            b'\r' if next != Some(b'\n') => return Err((Fault::BareReturn, place)),
            _ => {
                at_start = byte == b'\n' || byte == dialect.delimiter;
                if at_start {
                    found.records += usize::from(byte == b'\n');
                    found.places.push(place as u32);
                }
            }
        }
        place += 1;
    }
    opened.map_or(Ok(found), |place| Err((Fault::Unterminated, place)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dialect() -> Dialect {
        Dialect { delimiter: b',', quote: Some(b'"'), null: Vec::new() }
    }

    /// The fields of a text as the csv crate reads them.
    fn by_the_csv_crate(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    /// The fields of a text as its separators have them.
    fn by_separators(text: &[u8], found: &Separators) -> Vec<Vec<Vec<u8>>> {
        let ends =
            found.places.iter().map(|place| *place as usize).chain((!text.ends_with(b"\n")).then_some(text.len()));
        let (mut records, mut record, mut start) = (Vec::new(), Vec::new(), 0);
        for end in ends {
            let is_last = text.get(end).is_none_or(|byte| *byte == b'\n');
            let field = &text[start..end];
            let field = if is_last { field.strip_suffix(b"\r").unwrap_or(field) } else { field };
            record.push(dialect().unquote(field).into_owned());
            if is_last {
                records.push(std::mem::take(&mut record));
            }
            start = end + 1;
        }
        // The crate takes an empty line for none.
        records.retain(|record| record != &[b""]);
        records
    }

    #[test]
    fn faults_are_named_where_they_are() {
        for (text, fault) in [
            ("a,b\"c\n", None),
            ("\"a\"b,c\n", Some((Fault::AfterQuote, 3))),
            ("x,\"a\nb", Some((Fault::Unterminated, 2))),
            ("a\rb\n", Some((Fault::BareReturn, 1))),
            ("a\0\n", Some((Fault::Nul, 1))),
            ("a,\"\0\"\n", Some((Fault::Nul, 3))),
            ("a\r", Some((Fault::BareReturn, 1))),
            ("\"a\"\r\n\"\"\"\"\r\n", None),
            ("\"a\"\rb\n", Some((Fault::BareReturn, 3))),
            ("\"\r\",b\n", None),
        ] {
            assert_eq!(scan(text.as_bytes(), &dialect()).err(), fault, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_slow_scan(text in "[a,\"\n\r\u{0}é]{0,200}", before in 0usize..70) {
            let mut padded = vec![b'a'; before];
            padded.extend_from_slice(if before > 0 { b"," } else { b"" });
            padded.extend_from_slice(text.as_bytes());
            prop_assert_eq!(scan(&padded, &dialect()), scan_slowly(&padded, &dialect()));
        }

        #[test]
        fn agrees_on_well_formed_records(records in prop::collection::vec(prop::collection::vec(any::<String>(), 1..5), 0..30)) {
            let mut text = Vec::new();
            for record in &records {
                for (place, value) in record.iter().enumerate() {
                    if place > 0 {
                        text.push(b',');
                    }
                    prop_assert!(dialect().write(value.replace('\0', "").as_bytes(), &mut text));
                }
                text.extend_from_slice(b"\r\n");
            }
            let found = scan(&text, &dialect());
            prop_assert_eq!(found.as_ref().map(|found| found.records), Ok(records.len()));
            prop_assert_eq!(found, scan_slowly(&text, &dialect()));
        }

        #[test]
        fn reads_what_the_csv_crate_reads(text in "([a,\n\"]|\"\"|\r\n|é|\"[a,\n]*\",?){0,40}") {
            if let Ok(found) = scan(text.as_bytes(), &dialect()) {
                let quoted_alone = by_the_csv_crate(text.as_bytes()).iter().any(|record| record == &[b""]);
                prop_assume!(!quoted_alone);
                prop_assert_eq!(by_separators(text.as_bytes(), &found), by_the_csv_crate(text.as_bytes()));
            }
        }
    }
}
