//! Values of every type: texts that upset software, and whatever bytes there are.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::sync::Arc;

use arrow::array::{ArrayData, ArrayRef, BinaryArray, BooleanArray, FixedSizeBinaryArray, StringArray, make_array};
use arrow::buffer::{Buffer, NullBuffer};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use proptest::prelude::*;

use bowdler::transform::TypeClass;

/// What a value of any type is made of.
pub type Seed = [u8; 32];

/// Some seeds, some of them nulls.
pub fn seeds() -> impl Strategy<Value = Vec<Option<Seed>>> {
    prop::collection::vec(prop_oneof![5 => any::<Seed>().prop_map(Some), 1 => Just(None)], 0..12)
}

/// A column of a type, each value of which is the bytes of its seed as far as the type can have them.
pub fn column_of(data_type: &DataType, seeds: &[Option<Seed>]) -> ArrayRef {
    let short = |seed: &Seed| seed[1..=usize::from(seed[0] % 31)].to_vec();
    match TypeClass::of(data_type).unwrap() {
        TypeClass::Boolean => {
            Arc::new(BooleanArray::from_iter(seeds.iter().map(|seed| seed.map(|seed| seed[0] & 1 == 1))))
        }
        TypeClass::Bytes => {
            let bytes: Vec<Option<Vec<u8>>> = seeds.iter().map(|seed| seed.as_ref().map(short)).collect();
            cast(&BinaryArray::from_iter(bytes), data_type).unwrap()
        }
        TypeClass::Text => {
            let texts =
                seeds.iter().map(|seed| seed.as_ref().map(|seed| String::from_utf8_lossy(&short(seed)).into_owned()));
            cast(&StringArray::from_iter(texts), data_type).unwrap()
        }
        TypeClass::Fixed => {
            let bytes = seeds.iter().map(|seed| seed.map(|seed| seed[..16].to_vec()));
            Arc::new(FixedSizeBinaryArray::try_from_sparse_iter_with_size(bytes, 16).unwrap())
        }
        class => {
            let width = data_type.primitive_width().unwrap();
            let mut bytes: Vec<u8> = seeds.iter().flat_map(|seed| seed.unwrap_or_default()[..width].to_vec()).collect();
            if class == TypeClass::Decimal {
                // A decimal has no more digits than its type: the low half, with its sign, is short enough in all of them.
                for value in bytes.chunks_mut(width) {
                    let half = width / 2;
                    let sign = if value[half - 1] & 0x80 == 0 { 0 } else { 0xff };
                    value[half..].fill(sign);
                }
            }
            let valid = NullBuffer::from_iter(seeds.iter().map(Option::is_some));
            let data = ArrayData::builder(data_type.clone())
                .len(seeds.len())
                .add_buffer(Buffer::from_vec(bytes).to_vec().into())
                .nulls(Some(valid))
                .align_buffers(true)
                .build();
            make_array(data.unwrap())
        }
    }
}

/// Values that upset software, and some that every transform can treat.
pub fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
    let text = prop_oneof![
        any::<String>().prop_map(Some),
        "[1-9][0-9]{3}-[01][0-9]-[0-3][0-9]".prop_map(Some),
        "[0-3][0-9]/[01][0-9]/[1-2][0-9]{3}".prop_map(Some),
        "-?[0-9]{1,12}(\\.[0-9]{1,3})?".prop_map(Some),
        "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}".prop_map(Some),
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}".prop_map(Some),
        Just(None),
        Just(Some(String::new())),
    ];
    prop::collection::vec(text, 0..20)
}

/// The Big List of Naughty Strings, if it is beside this checkout.
pub fn naughty() -> Option<Vec<String>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/naughty-strings/blns.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no shared data beside this checkout");
        assert!(std::env::var_os("CI").is_none());
        return None;
    };
    let lines: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    assert!(lines.len() > 500);
    Some(lines)
}
