//! What the compiler can't check: the only room with unsafe code. Each block says why it is sound.
#![allow(unsafe_code)]
#![allow(clippy::expect_used, reason = "a caller that breaks a contract here must not come by")]

mod sha256;

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{NullBufferBuilder, StringViewArray};
use arrow::buffer::{Buffer, ScalarBuffer};
use zeroize::Zeroize;

pub(crate) use sha256::compress_two;

/// Secret bytes on the heap, locked in memory where the system has room for it, wiped when dropped.
pub(crate) struct Locked<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Locked<N> {
    pub(crate) fn new(mut bytes: [u8; N]) -> Self {
        let mut secret = Box::new([0; N]);
        #[cfg(unix)]
        // SAFETY: the address and length are those of a live allocation, and locking changes no byte of it. A refusal
        // (no room under the limit) leaves the secret usable, only not locked.
        let _ = unsafe { rustix::mm::mlock(secret.as_mut_ptr().cast(), N) };
        secret.copy_from_slice(&bytes);
        bytes.zeroize();
        Self(secret)
    }

    pub(crate) fn bytes(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> Drop for Locked<N> {
    fn drop(&mut self) {
        self.0.zeroize();
        #[cfg(unix)]
        // SAFETY: the same allocation as was locked, still alive here.
        let _ = unsafe { rustix::mm::munlock(self.0.as_mut_ptr().cast(), N) };
    }
}

/// The longest value that a view holds in itself.
const INLINE: usize = 12;

/// Bytes that are known to be UTF-8, shared without copying.
#[derive(Debug, Clone)]
pub(crate) struct Utf8Buffer(Buffer);

impl Utf8Buffer {
    /// Takes bytes whose UTF-8 is checked here, once for all values in them.
    ///
    /// # Errors
    /// The length of the valid part.
    pub(crate) fn new(bytes: Buffer) -> Result<Self, usize> {
        if simdutf8::basic::from_utf8(&bytes).is_ok() {
            return Ok(Self(bytes));
        }
        match std::str::from_utf8(&bytes) {
            Ok(_) => Ok(Self(bytes)),
            Err(error) => Err(error.valid_up_to()),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn text(&self) -> &str {
        // SAFETY: all bytes were found to be UTF-8 when the buffer was made, and nobody can change them.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }

    /// Whether no character spans `at`, and `at` lies inside or at the end.
    fn is_boundary(&self, at: usize) -> bool {
        // A continuation byte is 0b10xx_xxxx: below -64 as a signed number.
        self.0.get(at).map_or(at == self.0.len(), |byte| *byte as i8 >= -64)
    }
}

impl From<String> for Utf8Buffer {
    fn from(text: String) -> Self {
        Self(Buffer::from(text.into_bytes()))
    }
}

/// Builds a text column (Utf8View) value by value: short values in their views, long ones in one new buffer, slices of
/// a shared buffer without a copy.
pub(crate) struct TextBuilder {
    views: Vec<u128>,
    nulls: NullBufferBuilder,
    shared: Option<Utf8Buffer>,
    own: Vec<u8>,
}

/// Appends the bytes from `begin` on, which are to be ASCII: the topmost bit of each is left out, so that they are.
#[inline]
pub(crate) fn push_ascii<const N: usize>(text: &mut String, mut bytes: [u8; N], begin: usize) {
    for byte in &mut bytes {
        *byte &= 0x7f;
    }
    let bytes = bytes.get(begin..).unwrap_or_default();
    // SAFETY: bytes below 0x80 are UTF-8, each a character of its own.
    text.push_str(unsafe { std::str::from_utf8_unchecked(bytes) });
}

impl TextBuilder {
    /// A builder of a column of about `capacity` values.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            views: Vec::with_capacity(capacity),
            nulls: NullBufferBuilder::new(capacity),
            shared: None,
            own: Vec::new(),
        }
    }

    /// A builder whose values may also be slices of `shared`.
    pub(crate) fn over(shared: Utf8Buffer, capacity: usize) -> Self {
        Self { shared: Some(shared), ..Self::new(capacity) }
    }

    #[inline]
    pub(crate) fn push_null(&mut self) {
        self.views.push(0);
        self.nulls.append_null();
    }

    /// Appends a copy of `value`, at most 2^32 - 1 bytes.
    #[inline]
    pub(crate) fn push(&mut self, value: &str) {
        let bytes = value.as_bytes();
        let view = if bytes.len() <= INLINE {
            inline_view(bytes)
        } else {
            let offset = self.own.len();
            self.own.extend_from_slice(bytes);
            long_view(bytes, u32::from(self.shared.is_some()), offset)
        };
        self.views.push(view);
        self.nulls.append_non_null();
    }

    /// Appends the bytes `range` of the shared buffer.
    ///
    /// # Panics
    /// If there is no shared buffer, or the range is outside it or cuts a character.
    #[inline]
    pub(crate) fn push_shared(&mut self, range: Range<usize>) {
        let shared = self.shared.as_ref().expect("a builder over a shared buffer");
        let bytes = &shared.0[range.clone()];
        assert!(shared.is_boundary(range.start) && shared.is_boundary(range.end), "a character is cut");
        let view = if bytes.len() <= INLINE { inline_view(bytes) } else { long_view(bytes, 0, range.start) };
        self.views.push(view);
        self.nulls.append_non_null();
    }

    /// Appends the word `index` of the list that this builder was made for.
    ///
    /// # Panics
    /// If the builder is not over this list, or the list has no such word.
    #[inline]
    pub(crate) fn push_word(&mut self, words: &Words, index: usize) {
        let shared = self.shared.as_ref().expect("a builder over a list of words");
        assert!(std::ptr::eq(shared.0.as_ptr(), words.text.0.as_ptr()), "a word of another list");
        self.views.push(words.views[index]);
        self.nulls.append_non_null();
    }

    pub(crate) fn finish(mut self) -> StringViewArray {
        let buffers: Vec<Buffer> =
            self.shared.map(|shared| shared.0).into_iter().chain([Buffer::from_vec(self.own)]).collect();
        // SAFETY: `inline_view` and `long_view` make views as the format has them; every long view lies inside the
        // buffer whose index it has (the shared one is 0 where there is one, the own one comes last), since own bytes
        // are only appended and shared ranges are checked; all bytes are UTF-8, whole characters each, by `str`, by
        // `is_boundary` and by `Words`; the null buffer gets one bit a view.
        unsafe {
            StringViewArray::new_unchecked(ScalarBuffer::from(self.views), Arc::from(buffers), self.nulls.finish())
        }
    }
}

/// A list of words laid out so that a column can point to them.
#[derive(Debug)]
pub(crate) struct Words {
    text: Utf8Buffer,
    views: Vec<u128>,
}

impl Words {
    /// Lays out the words, of at most 2^32 - 1 bytes together.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut text = String::new();
        let mut views = Vec::new();
        for word in words {
            views.push(if word.len() <= INLINE {
                inline_view(word.as_bytes())
            } else {
                long_view(word.as_bytes(), 0, text.len())
            });
            text.push_str(word);
        }
        Self { text: Utf8Buffer::from(text), views }
    }

    pub(crate) fn len(&self) -> usize {
        self.views.len()
    }

    /// A builder for a column of words of this list, and of values of its own.
    pub(crate) fn builder(&self, capacity: usize) -> TextBuilder {
        TextBuilder::over(self.text.clone(), capacity)
    }
}

/// The view of a value of at most 12 bytes: its length and its bytes. Copying a few bytes would be a call, so that they
/// are put together from two overlapping words.
#[inline]
fn inline_view(bytes: &[u8]) -> u128 {
    let length = bytes.len();
    let value = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u128::from(u32::from_le_bytes(*first)) | u128::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
    } else {
        bytes.iter().rev().fold(0, |value, byte| value << 8 | u128::from(*byte))
    };
    value << 32 | length as u128
}

/// The view of a longer value: its length, its first four bytes, the buffer and the place in it.
#[inline]
fn long_view(bytes: &[u8], buffer: u32, offset: usize) -> u128 {
    let length = u32::try_from(bytes.len()).expect("a value of less than 4 GiB");
    let offset = u32::try_from(offset).expect("a buffer of less than 4 GiB");
    let prefix = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    u128::from(length) | u128::from(prefix) << 32 | u128::from(buffer) << 64 | u128::from(offset) << 96
}

#[cfg(test)]
mod tests {
    use arrow::array::Array;

    use super::*;

    #[test]
    fn built_columns_pass_arrows_own_validation() {
        let text = "short, rather longer than twelve, ünïcödé, ";
        let mut builder = TextBuilder::over(Utf8Buffer::from(text.to_owned()), 8);
        builder.push_shared(0..5);
        builder.push_shared(7..32);
        builder.push_null();
        builder.push("");
        builder.push("exactly 12 b");
        builder.push("thirteen byte");
        let (views, buffers, nulls) = builder.finish().into_parts();
        let checked = StringViewArray::try_new(views, buffers, nulls).unwrap();
        let values: Vec<_> = checked.iter().collect();
        assert_eq!(
            values,
            [
                Some("short"),
                Some("rather longer than twelve"),
                None,
                Some(""),
                Some("exactly 12 b"),
                Some("thirteen byte")
            ]
        );
    }

    #[test]
    fn a_view_of_any_length_is_the_one_that_arrow_makes() {
        let text = "abcdefghijklmnop";
        for length in 0..text.len() {
            let mut builder = TextBuilder::new(1);
            builder.push(&text[..length]);
            assert_eq!(builder.finish().views()[0], StringViewArray::from_iter_values([&text[..length]]).views()[0]);
        }
    }

    #[test]
    fn words_are_pointed_to() {
        let words = Words::new(["Ana", "Maximiliana-Theodora", ""]);
        let mut builder = words.builder(3);
        (0..3).for_each(|index| builder.push_word(&words, index));
        let (views, buffers, nulls) = builder.finish().into_parts();
        let checked = StringViewArray::try_new(views, buffers, nulls).unwrap();
        assert_eq!((checked.value(0), checked.value(1), checked.value(2)), ("Ana", "Maximiliana-Theodora", ""));
        assert_eq!(checked.null_count(), 0);
    }

    #[test]
    #[should_panic(expected = "a character is cut")]
    fn a_character_is_never_cut() {
        TextBuilder::over(Utf8Buffer::from("é".to_owned()), 1).push_shared(0..1);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_with_their_place() {
        assert_eq!(Utf8Buffer::new(Buffer::from(b"ab\xff".as_slice())).unwrap_err(), 2);
    }
}
