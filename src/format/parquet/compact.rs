//! Thrift's compact protocol, as far as it takes to find the way through a structure without believing its counts.
//!
//! The Parquet library reads footers and page headers; what is read here is read before it, so that a count or a depth
//! in a hostile file is refused instead of allocated. Nothing here allocates, and nothing recurses deeper than
//! [`DEPTH`].

/// The deepest nesting of structures. Parquet's own need five.
const DEPTH: usize = 12;

/// The type of a field or element, as the protocol numbers them.
const STOP: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// A place in bytes of the compact protocol. Every method gives nothing where the bytes end too early or are none of
/// the protocol's.
#[derive(Debug, Clone)]
pub(super) struct Compact<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// A field of a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) id: i16,
    kind: u8,
}

impl Field {
    pub(super) fn is_list(self) -> bool {
        self.kind == LIST
    }

    pub(super) fn is_struct(self) -> bool {
        self.kind == STRUCT
    }

    fn is_integer(self) -> bool {
        matches!(self.kind, I16 | I32 | I64)
    }
}

impl<'b> Compact<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes have been passed.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn pass(&mut self, bytes: u64) -> Option<()> {
        let bytes = usize::try_from(bytes).ok().filter(|bytes| *bytes <= self.remaining())?;
        self.at += bytes;
        Some(())
    }

    /// An unsigned number of variable length.
    pub(super) fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A signed number of variable length.
    pub(super) fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The next field of a structure, whose last field was `last`; none at its end.
    pub(super) fn field(&mut self, last: &mut i16) -> Option<Option<Field>> {
        let header = self.byte()?;
        let kind = header & 0x0f;
        if kind == STOP {
            return Some(None);
        }
        *last = match header >> 4 {
            0 => i16::try_from(self.zigzag()?).ok()?,
            delta => last.checked_add(i16::from(delta))?,
        };
        Some(Some(Field { id: *last, kind }))
    }

    /// The value of an integer field.
    pub(super) fn integer(&mut self, field: Field) -> Option<i64> {
        if field.is_integer() { self.zigzag() } else { None }
    }

    /// The length of a list of structures. Each takes up a byte at least, so that no length beyond the bytes that are
    /// left is believed.
    pub(super) fn list_of_structs(&mut self) -> Option<usize> {
        let (length, kind) = self.list()?;
        (kind == STRUCT || length == 0).then_some(length)
    }

    fn list(&mut self) -> Option<(usize, u8)> {
        let header = self.byte()?;
        let length = match header >> 4 {
            15 => usize::try_from(self.varint()?).ok()?,
            length => usize::from(length),
        };
        (length <= self.remaining()).then_some((length, header & 0x0f))
    }

    /// Passes the value of a field.
    pub(super) fn skip(&mut self, field: Field) -> Option<()> {
        self.skip_value(field.kind, DEPTH)
    }

    /// Passes a structure.
    pub(super) fn skip_struct(&mut self) -> Option<()> {
        self.skip_value(STRUCT, DEPTH)
    }

    fn skip_value(&mut self, kind: u8, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            TRUE | FALSE => Some(()),
            BYTE => self.pass(1),
            I16 | I32 | I64 => self.varint().map(|_| ()),
            DOUBLE => self.pass(8),
            UUID => self.pass(16),
            BINARY => {
                let length = self.varint()?;
                self.pass(length)
            }
            LIST | SET => {
                let (length, kind) = self.list()?;
                // In a list, a truth value takes up a byte of its own.
                let kind = if matches!(kind, TRUE | FALSE) { BYTE } else { kind };
                (0..length).try_for_each(|_| self.skip_value(kind, depth))
            }
            MAP => {
                let length = self.varint()?;
                if length == 0 {
                    return Some(());
                }
                let kinds = self.byte()?;
                let element = |kind| if matches!(kind, TRUE | FALSE) { BYTE } else { kind };
                for _ in 0..length {
                    self.skip_value(element(kinds >> 4), depth)?;
                    self.skip_value(element(kinds & 0x0f), depth)?;
                }
                Some(())
            }
            STRUCT => {
                let mut last = 0;
                while let Some(field) = self.field(&mut last)? {
                    self.skip_value(field.kind, depth)?;
                }
                Some(())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_cut_ones_are_not() {
        for (bytes, value) in [
            ([0x00].as_slice(), Some(0)),
            (&[0x01], Some(-1)),
            (&[0x02], Some(1)),
            (&[0xff, 0xff, 0xff, 0xff, 0x0f], Some(i64::from(i32::MIN))),
            (&[0x80], None),
            (&[0xff; 11], None),
            (&[], None),
        ] {
            assert_eq!(Compact::new(bytes).zigzag(), value, "{bytes:?}");
        }
    }

    #[test]
    fn structures_are_passed_whole() {
        // Field 1: i32 5; field 2: binary "ab"; field 4: list of two i32; field 5: true; field 6: struct of nothing.
        let bytes = [0x15, 0x0a, 0x18, 2, b'a', b'b', 0x29, 0x25, 2, 4, 0x11, 0x1c, 0x00, 0x00, 0xee];
        let mut compact = Compact::new(&bytes);
        assert_eq!(compact.skip_struct(), Some(()));
        assert_eq!(compact.position(), bytes.len() - 1);
        for cut in 0..bytes.len() - 1 {
            assert_eq!(Compact::new(&bytes[..cut]).skip_struct(), None, "cut at {cut}");
        }
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_is_not_believed() {
        for bytes in [
            // A list of 2^31 structures, a text of 2^40 bytes, a map of 2^40 pairs.
            [0x19, 0xfc, 0x80, 0x80, 0x80, 0x80, 0x08].as_slice(),
            &[0x18, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
            &[0x1b, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0x88],
        ] {
            assert_eq!(Compact::new(bytes).skip_struct(), None, "{bytes:?}");
        }
        assert_eq!(Compact::new(&[0x1c; 100_000]).skip_struct(), None, "a structure in a structure, for ever");
    }
}
