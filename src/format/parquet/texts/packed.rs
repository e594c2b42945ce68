//! The two encodings of small numbers: runs and packed bits, for places in a dictionary and levels; and packed
//! differences, for lengths.

use parquet::basic::PageType;

/// How many values a block of differences has, and how many of them share a width.
const BLOCK: usize = 128;
const MINIBLOCK: usize = 32;

/// Numbers of a bit-packed run come eight at a time.
const GROUP: usize = 8;

/// From how many equal numbers on a run of its own is shorter than bits.
const LEAST_RUN: usize = 16;

/// The width of numbers up to `largest`, in bits.
pub(super) fn width(largest: u32) -> u32 {
    (u32::BITS - largest.leading_zeros()).max(1)
}

/// Appends numbers of at most `width` bits as runs and packed bits.
pub(super) fn push_hybrid(values: &[u32], width: u32, out: &mut Vec<u8>) {
    let (mut at, mut begin) = (0, 0);
    while let Some(group) = values.get(at..).and_then(|rest| rest.first_chunk::<GROUP>()) {
        if group.iter().all(|value| *value == group[0]) {
            let equal = values[at..].iter().take_while(|value| **value == group[0]).count();
            if equal >= LEAST_RUN {
                push_bits(&values[begin..at], width, out);
                push_run(group[0], equal, width, out);
                at += equal;
                begin = at;
                continue;
            }
        }
        at += GROUP;
    }
    push_bits(&values[begin..], width, out);
}

/// Appends one number many times.
fn push_run(value: u32, times: usize, width: u32, out: &mut Vec<u8>) {
    push_varint((times as u64) << 1, out);
    out.extend_from_slice(&value.to_le_bytes()[..width.div_ceil(8) as usize]);
}

/// Appends numbers as packed bits; the last group is filled with zeros.
fn push_bits(values: &[u32], width: u32, out: &mut Vec<u8>) {
    if !values.is_empty() {
        let groups = values.len().div_ceil(GROUP);
        push_bits_header(groups, out);
        pack(values, width, groups * width as usize, out);
    }
}

fn push_bits_header(groups: usize, out: &mut Vec<u8>) {
    push_varint((groups as u64) << 1 | 1, out);
}

/// Appends the definition levels of a page, behind their length: which rows are no nulls. `bits` are a bit a row, lowest
/// bit first, and zeros; `nulls` is how many rows are null.
pub(super) fn push_levels(bits: &[u8], rows: usize, nulls: usize, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend([0; 4]);
    if nulls == 0 || nulls == rows {
        push_run(u32::from(nulls == 0), rows, 1, out);
    } else {
        push_bits_header(bits.len(), out);
        out.extend_from_slice(bits);
    }
    let length = (out.len() - start - 4) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

/// Appends the lowest `width` bits of each number, lowest bits first, and zeros up to `length` bytes.
fn pack(values: &[u32], width: u32, length: usize, out: &mut Vec<u8>) {
    let end = out.len() + length;
    let (mut word, mut filled) = (0_u64, 0);
    for value in values {
        let value = u64::from(*value);
        word |= value << filled;
        filled += width;
        if filled >= u64::BITS {
            out.extend_from_slice(&word.to_le_bytes());
            filled -= u64::BITS;
            word = value >> (width - filled);
        }
    }
    if filled > 0 {
        out.extend_from_slice(&word.to_le_bytes());
    }
    // The last word has bytes to spare, or the last group lacks some.
    out.resize(end, 0);
}

/// Appends numbers as their differences: each block's less the least of them, packed in as many bits as each miniblock
/// needs.
pub(super) fn push_differences(values: &[i32], out: &mut Vec<u8>) {
    push_varint(BLOCK as u64, out);
    push_varint((BLOCK / MINIBLOCK) as u64, out);
    push_varint(values.len() as u64, out);
    push_zigzag(values.first().copied().unwrap_or_default(), out);
    let mut last = values.first().copied().unwrap_or_default();
    for block in values.get(1..).unwrap_or_default().chunks(BLOCK) {
        let mut differences = [0; BLOCK];
        for (difference, value) in differences.iter_mut().zip(block) {
            *difference = value.wrapping_sub(last);
            last = *value;
        }
        push_block(&differences[..block.len()], out);
    }
}

fn push_block(differences: &[i32], out: &mut Vec<u8>) {
    let least = differences.iter().copied().min().unwrap_or_default();
    push_zigzag(least, out);
    let widths = out.len();
    out.resize(widths + BLOCK / MINIBLOCK, 0);
    for (place, miniblock) in differences.chunks(MINIBLOCK).enumerate() {
        let mut above = [0; MINIBLOCK];
        for (above, difference) in above.iter_mut().zip(miniblock) {
            *above = difference.wrapping_sub(least) as u32;
        }
        let width = u32::BITS - above.iter().fold(0, |bits, above| bits | above).leading_zeros();
        out[widths + place] = width as u8;
        pack(&above, width, MINIBLOCK * width as usize / 8, out);
    }
}

/// Appends the header of a page, in Thrift's compact protocol, and says how long it is: `about` are the fields of the
/// header that pages of this kind have within. Nothing comes back for a page of 2 GiB.
pub(super) fn push_header(
    kind: PageType,
    raw: usize,
    squeezed: usize,
    about: &[i32],
    out: &mut Vec<u8>,
) -> Option<usize> {
    // A field is told by the distance to the number of the one before and its type.
    const NEXT_INTEGER: u8 = 0x15;
    const STRUCT: u8 = 0x0c;
    const END: u8 = 0;
    let start = out.len();
    for number in [kind as i32, i32::try_from(raw).ok()?, i32::try_from(squeezed).ok()?] {
        out.push(NEXT_INTEGER);
        push_zigzag(number, out);
    }
    let field = if kind == PageType::DICTIONARY_PAGE { 7 } else { 5 };
    out.push((field - 3) << 4 | STRUCT);
    for number in about {
        out.push(NEXT_INTEGER);
        push_zigzag(*number, out);
    }
    out.extend([END, END]);
    Some(out.len() - start)
}

fn push_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn push_zigzag(value: i32, out: &mut Vec<u8>) {
    push_varint(u64::from((value << 1 ^ value >> 31) as u32), out);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers again, read as the format describes them.
    fn read_hybrid(bytes: &[u8], width: usize, count: usize) -> Vec<u32> {
        let (mut at, mut values) = (0, Vec::new());
        let bit = |bytes: &[u8], at: usize| u32::from(bytes[at / 8] >> (at % 8) & 1);
        let number = |bytes: &[u8], at: usize| (0..width).map(|place| bit(bytes, at + place) << place).sum::<u32>();
        while at < bytes.len() {
            let (mut header, mut shift) = (0_usize, 0);
            loop {
                header |= usize::from(bytes[at] & 0x7f) << shift;
                shift += 7;
                at += 1;
                if bytes[at - 1] < 0x80 {
                    break;
                }
            }
            let rest = &bytes[at..];
            if header & 1 == 0 {
                values.extend(std::iter::repeat_n(number(rest, 0), header >> 1));
                at += width.div_ceil(8);
            } else {
                values.extend((0..(header >> 1) * 8).map(|place| number(rest, place * width)));
                at += (header >> 1) * width;
            }
        }
        assert!(values.len() >= count && values.len() < count + 8);
        values.truncate(count);
        values
    }

    #[test]
    fn numbers_are_read_again() {
        let cases: Vec<(Vec<u32>, u32)> = vec![
            (vec![], 1),
            (vec![0], 1),
            (vec![5; 1000], 3),
            ((0..1000).collect(), 10),
            ((0..1003).map(|n| n % 7).collect(), 3),
            ((0..333).map(|n| n / 30).chain([9; 20]).collect(), 5),
            ((0..99).map(|n| u32::MAX - n).collect(), 32),
            ((0..99).map(|n| n * 11_111).collect(), 21),
            ([1; 15].into_iter().chain([0; 16]).chain([1; 3]).collect(), 1),
        ];
        for (values, width) in cases {
            let mut bytes = Vec::new();
            push_hybrid(&values, width, &mut bytes);
            assert_eq!(read_hybrid(&bytes, width as usize, values.len()), values, "{width}");
        }
    }

    #[test]
    fn runs_are_short() {
        let mut bytes = Vec::new();
        push_hybrid(&[3; 100_000], 2, &mut bytes);
        assert!(bytes.len() <= 4);
        assert_eq!((width(0), width(1), width(2), width(255), width(256), width(u32::MAX)), (1, 1, 2, 8, 9, 32));
    }

    #[test]
    fn differences_are_those_of_the_format() {
        // The example of the format's description: 7, 5, 3, 1, 2, 3, 4, 5.
        let mut bytes = Vec::new();
        push_differences(&[7, 5, 3, 1, 2, 3, 4, 5], &mut bytes);
        assert_eq!(bytes, [128, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0]);
        bytes.clear();
        push_differences(&[26; 1000], &mut bytes);
        assert_eq!(bytes.len(), 6 + 8 * 5);
    }
}
