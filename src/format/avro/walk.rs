//! A look at rows before the library reads them: it believes what they say of their lengths and counts.

use super::codec::too_large;
use super::schema::Type;
use crate::error::Result;
use crate::format::parquet::Fault;

/// Passes over so many rows, which must be all that there is. Gives how much room they take up in memory, at least.
///
/// # Errors
/// They are not of the type, or take up more than `most`.
pub(super) fn room(of: &Type, bytes: &[u8], rows: u64, most: u64) -> Result<u64> {
    let mut walk = Walk { bytes, at: 0, room: 0, most };
    let passed = (0..rows).try_for_each(|_| walk.pass(of));
    match passed.filter(|()| walk.at == bytes.len()) {
        Some(()) => Ok(walk.room),
        None if walk.room > most => Err(too_large()),
        None => Err(Fault::Malformed.reading("a block")),
    }
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    room: u64,
    most: u64,
}

impl<'b> Walk<'b> {
    fn pass(&mut self, of: &Type) -> Option<()> {
        match of {
            Type::Null => Some(()),
            Type::Boolean => (self.take(1)?.first()? <= &1).then_some(()),
            Type::Int(_) => {
                let value = self.long()?;
                self.grow(4)?;
                i32::try_from(value).is_ok().then_some(())
            }
            Type::Long(_) => self.long().and_then(|_| self.grow(8)),
            Type::Float => self.take(4).and_then(|_| self.grow(4)),
            Type::Double => self.take(8).and_then(|_| self.grow(8)),
            Type::Bytes => self.counted().map(|_| ()),
            Type::String { .. } => std::str::from_utf8(self.counted()?).ok().map(|_| ()),
            Type::Fixed { size, .. } => self.take(*size).and_then(|_| self.grow(*size)),
            Type::Decimal { precision, fixed, .. } => {
                let widest = if *precision > 38 { 32 } else { 16 };
                let digits = match fixed {
                    Some((_, size)) => self.take(*size)?,
                    None => self.counted()?,
                };
                self.grow(32)?;
                (1..=widest).contains(&digits.len()).then_some(())
            }
            Type::Enum { symbols, .. } => {
                let place = usize::try_from(self.long()?).ok()?;
                self.grow(16)?;
                (place < symbols.len()).then_some(())
            }
            Type::Array(inner) => self.blocks(|walk| walk.pass(inner)),
            Type::Map(inner) => self.blocks(|walk| {
                std::str::from_utf8(walk.counted()?).ok()?;
                walk.pass(inner)
            }),
            Type::Record { fields, .. } => fields.iter().try_for_each(|(_, of)| self.pass(of)),
            Type::Nullable { null_first, inner } => match (self.long()?, null_first) {
                (0, true) | (1, false) => self.grow(inner.room()),
                (1, true) | (0, false) => self.pass(inner),
                _ => None,
            },
        }
    }

    /// Values in blocks, each behind its count. A count below zero is one above, and the length in bytes follows it.
    fn blocks(&mut self, pass: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        self.grow(8)?;
        loop {
            let count = self.long()?;
            if count == 0 {
                return Some(());
            }
            let length = match count {
                1.. => None,
                _ => Some(u64::try_from(self.long()?).ok()?),
            };
            let start = self.at;
            for _ in 0..count.unsigned_abs() {
                pass(self)?;
            }
            if length.is_some_and(|length| length != (self.at - start) as u64) {
                return None;
            }
        }
    }

    fn counted(&mut self) -> Option<&'b [u8]> {
        let length = u64::try_from(self.long()?).ok()?;
        let bytes = self.take(length)?;
        self.grow(16 + length)?;
        Some(bytes)
    }

    fn take(&mut self, length: u64) -> Option<&'b [u8]> {
        let end = self.at.checked_add(usize::try_from(length).ok()?)?;
        let bytes = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }

    /// A number, the sign in the last of its bits, seven bits a byte from the last on.
    fn long(&mut self) -> Option<i64> {
        let (value, length) = long(self.bytes.get(self.at..)?)?;
        self.at += length;
        Some(value)
    }

    fn grow(&mut self, by: u64) -> Option<()> {
        self.room = self.room.saturating_add(by);
        (self.room <= self.most).then_some(())
    }
}

/// A number at the start of bytes, and how many of them it takes up. Ten do at most.
pub(super) fn long(bytes: &[u8]) -> Option<(i64, usize)> {
    let mut value = 0_u64;
    for (place, byte) in bytes.iter().take(10).enumerate() {
        let bits = u64::from(byte & 0x7f);
        if place == 9 && bits > 1 {
            return None;
        }
        value |= bits << (7 * place);
        if byte & 0x80 == 0 {
            return Some(((value >> 1) as i64 ^ -((value & 1) as i64), place + 1));
        }
    }
    None
}

/// Adds a number to bytes, as [`long`] reads it.
pub(super) fn put_long(value: i64, bytes: &mut Vec<u8>) {
    let mut left = (value << 1 ^ value >> 63) as u64;
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_specification() {
        for (value, bytes) in
            [(0, &[0x00][..]), (-1, &[0x01]), (1, &[0x02]), (-64, &[0x7f]), (64, &[0x80, 0x01]), (-65, &[0x81, 0x01])]
        {
            let mut put = Vec::new();
            put_long(value, &mut put);
            assert_eq!((put.as_slice(), long(bytes)), (bytes, Some((value, bytes.len()))));
        }
        for value in [i64::MIN, i64::MAX] {
            let mut put = Vec::new();
            put_long(value, &mut put);
            assert_eq!(long(&put), Some((value, 10)));
        }
        assert_eq!(long(&[0x80; 9]), None);
        assert_eq!(long(&[0xff; 11]), None);
    }

    #[test]
    fn rows_that_lie_are_found() {
        let schema = |of: &str| {
            let schema = format!(r#"{{"type": "record", "name": "T", "fields": [{{"name": "f", "type": {of}}}]}}"#);
            Type::read(&serde_json::from_str(&schema).unwrap()).unwrap()
        };
        let ints = r#"{"type": "array", "items": "int"}"#;
        let fixed = r#"["null", {"type": "fixed", "name": "F", "size": 1000000}]"#;
        for (of, bytes, rows, passes) in [
            (r#""string""#, &[4, b'h', b'i'][..], 1, true),
            (r#""string""#, &[6, b'h', b'i'], 1, false),
            (r#""string""#, &[5, b'h', b'i'], 1, false),
            (r#""string""#, &[4, b'h', b'i', 0], 1, false),
            (r#""string""#, &[2, 0xff], 1, false),
            (r#""int""#, &[2, 4], 2, true),
            (r#""int""#, &[2, 4], 3, false),
            (r#""int""#, &[0xfe, 0xff, 0xff, 0xff, 0x1f], 1, false),
            (r#""boolean""#, &[2], 1, false),
            (ints, &[4, 2, 2, 0], 1, true),
            (ints, &[3, 4, 2, 2, 0], 1, true),
            (ints, &[3, 6, 2, 2, 0], 1, false),
            (ints, &[0xff, 0xff, 0xff, 0xff, 0x0f, 2, 2], 1, false),
            (r#"["null", "int"]"#, &[0, 2, 2], 2, true),
            (r#"["null", "int"]"#, &[4], 1, false),
            (r#"{"type": "map", "values": "int"}"#, &[2, 2, b'k', 2, 0], 1, true),
            (r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#, &[2], 1, false),
            (fixed, &[0; 9], 9, true),
            (fixed, &[0; 11], 11, false),
        ] {
            assert_eq!(room(&schema(of), bytes, rows, 10_000_000).is_ok(), passes, "{of} {bytes:?}");
        }
    }
}
