//! A dictionary that grows as rows come: a value gets the next key when it is first seen. What no row has is not in it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Int64Array, StringArray, UInt32Array, new_empty_array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::{CastOptions, cast, cast_with_options, concat, take};
use arrow::datatypes::DataType;
use arrow::row::{RowConverter, SortField};

use super::fresh::unfit;
use crate::error::{Error, Result};

/// What the values of a dictionary may take up, in bytes. In a file none may come in its place.
const LARGEST: usize = 1 << 30;

/// What the values of a dictionary take up, in bytes, when a stream begins another in its place.
const LONG: usize = if cfg!(test) { 64 << 10 } else { 64 << 20 };

/// A dictionary by what it has seen.
pub(super) struct Dictionary {
    key_type: DataType,
    value_type: DataType,
    /// Of values that are no texts and no bytes, what makes bytes of them; and themselves, in parts, in the order of
    /// their keys, as far as they have not been written.
    other: Option<(RowConverter, Vec<ArrayRef>)>,
    seen: Seen,
    /// How many values have been written, if any were.
    written: Option<usize>,
    /// Whether the order of its values means something.
    is_ordered: bool,
}

/// What is to be written of a dictionary.
pub(super) struct News {
    pub(super) values: ArrayRef,
    /// Whether they come to what has been written.
    pub(super) adds: bool,
}

impl Dictionary {
    /// Starts one, with the values of `seed`, whose order means something, if there is one.
    ///
    /// # Errors
    /// Internal, if values have a type that no dictionary has.
    pub(super) fn new(key_type: &DataType, value_type: &DataType, seed: Option<ArrayRef>) -> Result<Self> {
        let other = match value_type {
            DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView => None,
            other => {
                let converter = RowConverter::new(vec![SortField::new(other.clone())]).map_err(|_| unfit())?;
                Some((converter, Vec::new()))
            }
        };
        let mut dictionary = Self {
            key_type: key_type.clone(),
            value_type: value_type.clone(),
            other,
            seen: Seen::default(),
            written: None,
            is_ordered: seed.is_some(),
        };
        if let Some(seed) = seed {
            dictionary.keys(&seed)?;
        }
        Ok(dictionary)
    }

    /// The keys of these values.
    ///
    /// # Errors
    /// There are more values than the keys can count, or than are held.
    pub(super) fn keys(&mut self, array: &ArrayRef) -> Result<ArrayRef> {
        let seen = &mut self.seen;
        let keys = match (&mut self.other, array.data_type()) {
            (Some((converter, parts)), _) => {
                let rows = converter.convert_columns(std::slice::from_ref(array)).map_err(|_| unfit())?;
                let values = rows.iter().enumerate().map(|(place, row)| (!array.is_null(place)).then(|| row.data()));
                let (keys, added) = seen.keys(values)?;
                if !added.is_empty() {
                    parts.push(take(array, &UInt32Array::from(added), None).map_err(|_| unfit())?);
                }
                keys
            }
            (None, DataType::Utf8) => seen.keys(array.as_string::<i32>().iter().map(|text| text.map(str::as_bytes)))?.0,
            (None, DataType::LargeUtf8) => {
                seen.keys(array.as_string::<i64>().iter().map(|text| text.map(str::as_bytes)))?.0
            }
            (None, DataType::Utf8View) => {
                seen.keys(array.as_string_view().iter().map(|text| text.map(str::as_bytes)))?.0
            }
            (None, DataType::Binary) => seen.keys(array.as_binary::<i32>().iter())?.0,
            (None, DataType::LargeBinary) => seen.keys(array.as_binary::<i64>().iter())?.0,
            (None, DataType::BinaryView) => seen.keys(array.as_binary_view().iter())?.0,
            _ => return Err(unfit()),
        };
        let options = CastOptions { safe: false, ..CastOptions::default() };
        cast_with_options(&Int64Array::from(keys), &self.key_type, &options).map_err(|_| {
            Error::data(format!("a dictionary has more values than keys of type {} can count", self.key_type))
                .with_help("export the column with wider keys, or as plain values")
        })
    }

    /// What has come since this was last asked; nothing, if that is nothing. The first time something is there to be
    /// written, though it be empty.
    ///
    /// # Errors
    /// Internal, if Arrow refuses to put the values together.
    pub(super) fn news(&mut self) -> Result<Option<News>> {
        let start = self.written.unwrap_or(0);
        if self.written == Some(self.seen.count()) {
            return Ok(None);
        }
        let values = match &mut self.other {
            Some((_, parts)) => {
                let parts = std::mem::take(parts);
                let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
                if parts.is_empty() {
                    new_empty_array(&self.value_type)
                } else {
                    concat(&parts).map_err(|_| unfit())?
                }
            }
            None => self.seen.values(start, &self.value_type)?,
        };
        let adds = self.written.replace(self.seen.count()).is_some();
        Ok(Some(News { values: super::fresh::fresh(&values, &self.value_type)?, adds }))
    }

    /// Forgets everything, if that is much: what is seen next begins another dictionary in the place of this one.
    pub(super) fn renew(&mut self) {
        if self.seen.bytes.len() > LONG && !self.is_ordered {
            self.seen = Seen::default();
            self.written = None;
        }
    }
}

/// Values by their bytes, in the order of their keys.
#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    /// The key of each by its hash, or, if another value has that, by the next number that none has.
    by_hash: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Seen {
    fn count(&self) -> usize {
        self.ends.len()
    }

    fn value(&self, key: usize) -> &[u8] {
        let start = key.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(key).and_then(|end| self.bytes.get(start..*end)).unwrap_or_default()
    }

    /// The keys of values, and the places of those that were not there before.
    fn keys(&mut self, values: impl Iterator<Item = Option<impl AsRef<[u8]>>>) -> Result<(Vec<Option<i64>>, Vec<u32>)> {
        let mut added = Vec::new();
        let mut keys = Vec::with_capacity(values.size_hint().0);
        for (place, value) in values.enumerate() {
            keys.push(match value {
                None => None,
                Some(value) => {
                    let (key, is_new) = self.key(value.as_ref())?;
                    if is_new {
                        added.push(place as u32);
                    }
                    Some(i64::from(key))
                }
            });
        }
        Ok((keys, added))
    }

    fn key(&mut self, value: &[u8]) -> Result<(u32, bool)> {
        let mut hash = self.hasher.hash_one(value);
        while let Some(key) = self.by_hash.get(&hash) {
            if self.value(*key as usize) == value {
                return Ok((*key, false));
            }
            hash = hash.wrapping_add(1);
        }
        let key = u32::try_from(self.count()).ok();
        let key = key.filter(|_| self.bytes.len().saturating_add(value.len()) <= LARGEST).ok_or_else(too_large)?;
        self.by_hash.insert(hash, key);
        self.bytes.extend_from_slice(value);
        self.ends.push(self.bytes.len());
        Ok((key, true))
    }

    /// The values from one on, which are texts or bytes.
    fn values(&self, start: usize, value_type: &DataType) -> Result<ArrayRef> {
        let first = start.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let ends = self.ends.get(start..).unwrap_or_default();
        let mut before = first;
        let lengths = ends.iter().map(|end| end - std::mem::replace(&mut before, *end));
        let offsets = OffsetBuffer::<i32>::from_lengths(lengths);
        let bytes = self.bytes.get(first..).unwrap_or_default().to_vec();
        let values = BinaryArray::try_new(offsets, bytes.into(), None).map_err(|_| unfit())?;
        let values: ArrayRef = match value_type {
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Arc::new(values),
            _ => Arc::new(StringArray::try_from_binary(values).map_err(|_| unfit())?),
        };
        if values.data_type() == value_type { Ok(values) } else { cast(&values, value_type).map_err(|_| unfit()) }
    }
}

fn too_large() -> Error {
    Error::data(format!("the values of a dictionary take up more than {} MiB", LARGEST >> 20))
        .with_help("a dictionary is held whole: export the column as plain values, or write a stream of Arrow")
}
