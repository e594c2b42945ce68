//! The dictionaries of a file, as its record batches need them: in the layouts that kernels see, made once and not with
//! every batch. Of a batch only the keys are read; what they point to is taken from here.
//!
//! Any row may point to any value, so that a dictionary is held whole. What a stream adds to one stays a part of its
//! own until there are as many values after it: nothing is copied again and again as a dictionary grows.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewArray, new_null_array};
use arrow::compute::{CastOptions, TakeOptions, cast_with_options, concat, interleave, take};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};

use super::message::{malformed, told};
use super::schema::{children, viewed};
use crate::error::{Error, Result};
use crate::format::parquet::Fault;

/// What the dictionaries of the columns that are read may take up together, in bytes.
const LARGEST: u64 = 1 << 30;

/// The dictionaries of some columns, by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionaries {
    by_number: HashMap<i64, Dictionary>,
    largest: u64,
}

#[derive(Debug, Clone)]
struct Dictionary {
    /// The type of its values in the file, and as they are seen.
    value_type: DataType,
    viewed: DataType,
    parts: Vec<ArrayRef>,
}

impl Dictionaries {
    /// Makes room for the dictionaries of these columns, those inside lists and structs as well.
    pub(super) fn of(schema: &Schema, columns: &[usize]) -> Self {
        Self::within(LARGEST, schema, columns)
    }

    fn within(largest: u64, schema: &Schema, columns: &[usize]) -> Self {
        fn collect(field: &Field, by_number: &mut HashMap<i64, Dictionary>) {
            if let (Some(number), DataType::Dictionary(_, values)) = (number(field), field.data_type()) {
                let viewed = viewed(&Field::new("", values.as_ref().clone(), true)).data_type().clone();
                let value_type = values.as_ref().clone();
                by_number.entry(number).or_insert(Dictionary { value_type, viewed, parts: Vec::new() });
            }
            children(field.data_type()).into_iter().for_each(|child| collect(child, by_number));
        }
        let mut by_number = HashMap::new();
        let fields = columns.iter().filter_map(|column| schema.fields().get(*column));
        fields.for_each(|field| collect(field, &mut by_number));
        Self { by_number, largest }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_number.is_empty()
    }

    /// The type of the values of a dictionary in the file, and the one in which they are entered; nothing, if it is of no
    /// column that is read.
    pub(super) fn types(&self, number: i64) -> Option<(&DataType, &DataType)> {
        self.by_number.get(&number).map(|dictionary| (&dictionary.value_type, &dictionary.viewed))
    }

    /// Enters the values of a dictionary, in the place of one with its number, or what comes to one. What is of no column
    /// that is read is passed over.
    ///
    /// # Errors
    /// They add to what is not there, or are too many.
    pub(super) fn enter(&mut self, number: i64, adds: bool, values: ArrayRef) -> Result<()> {
        let Some(dictionary) = self.by_number.get_mut(&number) else { return Ok(()) };
        if !adds {
            dictionary.parts.clear();
        } else if dictionary.parts.is_empty() {
            return Err(malformed());
        }
        dictionary.add(values).map_err(|fault| told(fault, "a dictionary"))?;
        let parts = self.by_number.values().flat_map(|dictionary| &dictionary.parts);
        if parts.map(|part| part.get_array_memory_size() as u64).fold(0, u64::saturating_add) > self.largest {
            return Err(too_large(self.largest));
        }
        Ok(())
    }

    /// What the keys of a column point to.
    ///
    /// # Errors
    /// A key points to nothing.
    pub(super) fn values(&self, field: &Field, keys: &ArrayRef, viewed: &DataType) -> Result<ArrayRef, Fault> {
        let dictionary = number(field).and_then(|number| self.by_number.get(&number));
        match dictionary.map_or(&[][..], |dictionary| &dictionary.parts) {
            // The dictionary of a column in which everything is null need not be there.
            [] if keys.null_count() == keys.len() => Ok(new_null_array(viewed, keys.len())),
            [] => Err(Fault::Malformed),
            [whole] => take(whole, keys, Some(TakeOptions { check_bounds: true })).map_err(|_| Fault::Malformed),
            parts => taken(parts, keys),
        }
    }

    /// The values of the dictionary of a field, where they are held in one piece.
    pub(super) fn whole(&self, field: &Field) -> Option<&ArrayRef> {
        match self.by_number.get(&number(field)?)?.parts.as_slice() {
            [whole] => Some(whole),
            _ => None,
        }
    }

    /// The values of the dictionary of a field, if they are texts.
    pub(super) fn texts(&self, field: &Field) -> impl Iterator<Item = StringViewArray> {
        let dictionary = number(field).and_then(|number| self.by_number.get(&number));
        dictionary.into_iter().flat_map(|of| &of.parts).filter_map(|part| part.as_string_view_opt().cloned())
    }
}

impl Dictionary {
    /// Adds values after those that are there. Parts become longer from the last to the first by as much as twice, so
    /// that there are few and a value is seldom copied.
    fn add(&mut self, mut values: ArrayRef) -> Result<(), Fault> {
        while let Some(last) = self.parts.pop_if(|last| last.len() < 2 * values.len()) {
            values = concat(&[&last, &values]).map_err(|_| Fault::Malformed)?;
            // Else it would hold on to the buffers of all that it was put together of.
            values = match values.data_type() {
                DataType::Utf8View => Arc::new(values.as_string_view().gc()),
                DataType::BinaryView => Arc::new(values.as_binary_view().gc()),
                _ => values,
            };
        }
        self.parts.push(values);
        Ok(())
    }
}

/// The number of a field's dictionary.
#[allow(deprecated, reason = "the number is what the file has")]
pub(super) fn number(field: &Field) -> Option<i64> {
    field.dict_id()
}

/// What keys point to in a dictionary of several parts.
fn taken(parts: &[ArrayRef], keys: &ArrayRef) -> Result<ArrayRef, Fault> {
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let keys = cast_with_options(keys, &DataType::Int64, &options).map_err(|_| Fault::Malformed)?;
    let keys: &Int64Array = keys.as_primitive::<Int64Type>();
    let mut ends = Vec::with_capacity(parts.len());
    let end = parts.iter().fold(0, |end, part| {
        ends.push(end + part.len());
        end + part.len()
    });
    let place = |key: Option<i64>| {
        let Some(key) = key else { return Some((parts.len(), 0)) };
        let key = usize::try_from(key).ok().filter(|key| *key < end)?;
        let part = ends.partition_point(|end| *end <= key);
        let start = part.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        Some((part, key - start))
    };
    let places = keys.iter().map(place).collect::<Option<Vec<_>>>().ok_or(Fault::Malformed)?;
    // What is null is taken from one more part.
    let null = parts.first().map(|part| new_null_array(part.data_type(), 1));
    let parts: Vec<&dyn Array> = parts.iter().chain(&null).map(AsRef::as_ref).collect();
    interleave(&parts, &places).map_err(|_| Fault::Malformed)
}

fn too_large(largest: u64) -> Error {
    Error::data(format!("the dictionaries of the columns that are read take up more than {} MiB", largest >> 20))
        .with_help(
            "any row may point to any of their values, so that they are held whole: export the columns as plain values",
        )
}

#[cfg(test)]
mod tests {
    use arrow::array::{Int32Array, StringArray};

    use super::*;
    use crate::format::ipc::decode::enter;
    use crate::format::ipc::message::Message;

    fn dictionary() -> (Schema, Dictionary) {
        let field = Field::new_dictionary("x", DataType::Int32, DataType::Utf8, true);
        let dictionary = Dictionary { value_type: DataType::Utf8, viewed: DataType::Utf8View, parts: Vec::new() };
        (Schema::new(vec![field]), dictionary)
    }

    fn text(number: usize) -> String {
        format!("a text that is longer than twelve bytes, of number {number}")
    }

    #[test]
    fn what_is_added_value_by_value_is_seldom_copied() {
        let (schema, mut dictionary) = dictionary();
        let all = 5_000;
        for number in 0..all {
            let value: StringViewArray = [Some(text(number))].into_iter().collect();
            dictionary.add(Arc::new(value)).unwrap();
            assert!(dictionary.parts.len() <= 14, "{} parts", dictionary.parts.len());
        }
        let buffers = |part: &ArrayRef| part.as_string_view().data_buffers().len();
        assert!(dictionary.parts.iter().all(|part| buffers(part) <= 2));
        let keys: ArrayRef =
            Arc::new((0..all).map(|row| (row % 9 > 0).then_some((row * 7 % all) as i32)).collect::<Int32Array>());
        let expected: StringViewArray = (0..all).map(|row| (row % 9 > 0).then(|| text(row * 7 % all))).collect();
        let field = schema.field(0).clone();
        let number = number(&field).unwrap();
        let dictionaries = Dictionaries { by_number: HashMap::from([(number, dictionary)]), largest: 0 };
        let taken = dictionaries.values(&field, &keys, &DataType::Utf8View).unwrap();
        assert_eq!(taken.as_string_view(), &expected);
        for key in [-1, all as i32] {
            let keys: ArrayRef = Arc::new(Int32Array::from(vec![0, key]));
            assert!(dictionaries.values(&field, &keys, &DataType::Utf8View).is_err(), "{key}");
        }
    }

    #[test]
    fn dictionaries_that_are_too_large_are_refused() {
        use arrow::array::{DictionaryArray, RecordBatch};
        use arrow::datatypes::Int32Type;
        use arrow::ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteContext, IpcWriteOptions};

        let texts: Vec<String> = (0..500).map(text).collect();
        let column = DictionaryArray::<Int32Type>::new(
            Int32Array::from(vec![0]),
            Arc::new(StringArray::from_iter_values(&texts)),
        );
        let batch = RecordBatch::try_from_iter(vec![("x", Arc::new(column) as ArrayRef)]).unwrap();
        let (mut tracker, options) = (DictionaryTracker::new(false), IpcWriteOptions::default());
        let generator = IpcDataGenerator::default();
        generator.schema_to_bytes_with_dictionary_tracker(&batch.schema(), &mut tracker, &options);
        let encoded = generator.encode(&batch, &mut tracker, &options, &mut IpcWriteContext::default());
        let encoded = encoded.unwrap().0.remove(0);
        let message = Message::new(encoded.ipc_message.into(), encoded.arrow_data.into()).unwrap();
        let number = message.dictionary().unwrap().0;
        #[allow(deprecated, reason = "the number is what the file has")]
        let field = Field::new_dict("x", batch.column(0).data_type().clone(), true, number, false);
        let schema = Schema::new(vec![field]);
        for (largest, fits) in [(1 << 20, true), (10_000, false)] {
            let entered = enter(&mut Dictionaries::within(largest, &schema, &[0]), &message);
            assert_eq!(entered.is_ok(), fits);
            if let Err(error) = entered {
                assert!(error.message().contains("take up more than"), "{error}");
            }
            // What is of no column that is read takes up nothing.
            assert!(enter(&mut Dictionaries::within(largest, &schema, &[]), &message).is_ok());
        }
    }
}
