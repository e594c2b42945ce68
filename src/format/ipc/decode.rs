use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow::array::{
    Array, ArrayRef, AsArray, ListArray, MapArray, RecordBatch, RecordBatchOptions, StructArray, make_array,
};
use arrow::array::{GenericListArray, OffsetSizeTrait};
use arrow::buffer::OffsetBuffer;
use arrow::compute::{cast, take};
use arrow::datatypes::{DataType, Field, FieldRef, SchemaRef};

use super::dictionaries::Dictionaries;
use super::fresh::like;
use super::message::{DECODED, GROWTH, Message, bomb, told};
use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};
use crate::format::{Batches, Block, Carried, Decoded};

/// What all record batches of a file need to decode themselves.
pub(super) struct Shared {
    pub(super) path: PathBuf,
    /// The schema as the file has it.
    pub(super) written: SchemaRef,
    /// The same with keys in the place of dictionaries.
    pub(super) keyed: SchemaRef,
    /// The columns that are decoded, ascending.
    pub(super) wanted: Vec<usize>,
    /// The schema of what is decoded.
    pub(super) schema: SchemaRef,
}

/// A record batch, decoded when the first of its blocks is.
pub(super) struct Batch {
    message: Message,
    pub(super) rows: u64,
    dictionaries: Arc<Dictionaries>,
    shared: Arc<Shared>,
    decoded: OnceLock<Result<RecordBatch>>,
}

impl Batch {
    pub(super) fn new(message: Message, rows: u64, dictionaries: Arc<Dictionaries>, shared: Arc<Shared>) -> Self {
        Self { message, rows, dictionaries, shared, decoded: OnceLock::new() }
    }

    fn decoded(&self) -> Result<RecordBatch> {
        self.decoded.get_or_init(|| self.decode().map_err(|error| error.in_file(&self.shared.path))).clone()
    }

    fn decode(&self) -> Result<RecordBatch> {
        let Shared { written, keyed, wanted, schema, .. } = &*self.shared;
        let batch = self.message.batch(keyed, wanted).map_err(|fault| self.explain(fault))?;
        let rows = usize::try_from(self.rows).ok().filter(|rows| batch.num_rows() == *rows);
        let rows = rows.ok_or_else(|| told(Fault::Malformed, "a record batch"))?;
        let mut columns = Vec::with_capacity(wanted.len());
        for ((place, field), column) in wanted.iter().zip(schema.fields()).zip(batch.columns()) {
            let source = written.field(*place);
            let viewed = guarded(|| viewed_array(column, source, field.data_type(), &self.dictionaries));
            columns.push(viewed.map_err(|fault| told(fault, "a record batch").in_column(field.name()))?);
        }
        let size = columns.iter().fold(0_u64, |size, column| size.saturating_add(written_out(column)));
        if size > DECODED.max((self.message.size() as u64).saturating_mul(GROWTH)) {
            return Err(bomb("the values of a record batch are too large"));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
            .map_err(|_| told(Fault::Malformed, "a record batch"))
    }

    /// The error for a fault in the record batch, with the first column that can't be read alone.
    fn explain(&self, fault: Fault) -> Error {
        let Shared { written, keyed, wanted, .. } = &*self.shared;
        for column in wanted {
            if let Err(fault) = self.message.batch(keyed, &[*column]) {
                return told(fault, "a record batch").in_column(written.field(*column).name());
            }
        }
        told(fault, "a record batch")
    }
}

/// A run of rows of a record batch.
pub(super) struct IpcBlock {
    pub(super) batch: Arc<Batch>,
    pub(super) rows: Range<u64>,
    /// The number of the first of these rows in the file.
    pub(super) first_row: u64,
}

impl Block for IpcBlock {
    fn size(&self) -> usize {
        let part = u128::from(self.rows.end - self.rows.start) * self.batch.message.size() as u128;
        (part / u128::from(self.batch.rows.max(1))) as usize
    }

    fn first_row(&self) -> Option<u64> {
        Some(self.first_row)
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let (start, length) = (self.rows.start as usize, (self.rows.end - self.rows.start) as usize);
        let batch = self.batch.decoded()?.slice(start, length);
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::Nothing }))))
    }
}

/// Enters a dictionary among those of the columns that are read.
///
/// # Errors
/// It is malformed, adds to what is not there, or is too large.
pub(super) fn enter(dictionaries: &mut Dictionaries, message: &Message) -> Result<()> {
    let (number, adds) = message.dictionary()?;
    let Some((written, viewed)) = dictionaries.types(number) else { return Ok(()) };
    let values = guarded(|| {
        let values = message.values(written)?;
        viewed_array(&values, &Field::new("", written.clone(), true), viewed, &Dictionaries::default())
    });
    let values = values.map_err(|fault| told(fault, "a dictionary"))?;
    dictionaries.enter(number, adds, values)
}

/// A column as [`viewed`](super::schema::viewed) that has its dictionaries in itself.
#[cfg(feature = "avro")]
pub(in crate::format) fn viewed_whole(array: &ArrayRef, target: &DataType) -> Result<ArrayRef, Fault> {
    let source = Field::new("", array.data_type().clone(), true);
    viewed_array(array, &source, target, &Dictionaries::default())
}

/// A column, whose field in the file is `source`, as [`viewed`](super::schema::viewed): in the layouts that kernels
/// see. Keys become what they point to.
pub(super) fn viewed_array(
    array: &ArrayRef,
    source: &Field,
    target: &DataType,
    dictionaries: &Dictionaries,
) -> Result<ArrayRef, Fault> {
    if source.data_type() == target {
        return Ok(Arc::clone(array));
    }
    let viewed =
        |array: &ArrayRef, source: &Field, target: &DataType| viewed_array(array, source, target, dictionaries);
    Ok(match (source.data_type(), target) {
        (DataType::Dictionary(_, values), _) => match array.as_any_dictionary_opt() {
            Some(dictionary) => {
                let values = viewed(dictionary.values(), &Field::new("", values.as_ref().clone(), true), target)?;
                take(&values, dictionary.keys(), None).map_err(|_| Fault::Malformed)?
            }
            None => dictionaries.values(source, array, target)?,
        },
        (DataType::Timestamp(..), DataType::Timestamp(..)) => {
            let data = array.to_data().into_builder().data_type(target.clone()).build();
            make_array(data.map_err(|_| Fault::Malformed)?)
        }
        (DataType::Struct(sources), DataType::Struct(fields)) => {
            let array = array.as_struct_opt().ok_or(Fault::Malformed)?;
            let children = array.columns().iter().zip(sources).zip(fields);
            let children = children.map(|((child, source), field)| viewed(child, source, field.data_type()));
            let children = children.collect::<Result<Vec<_>, Fault>>()?;
            let array = StructArray::try_new_with_length(fields.clone(), children, array.nulls().cloned(), array.len());
            Arc::new(array.map_err(|_| Fault::Malformed)?)
        }
        (DataType::List(source), DataType::List(child)) => {
            list::<i32>(array, child, |values| viewed(values, source, child.data_type()))?
        }
        (DataType::LargeList(source), DataType::LargeList(child)) => {
            list::<i64>(array, child, |values| viewed(values, source, child.data_type()))?
        }
        (DataType::FixedSizeList(source, length), DataType::List(child)) => {
            let array = array.as_fixed_size_list_opt().ok_or(Fault::Malformed)?;
            let values = viewed(array.values(), source, child.data_type())?;
            let offsets = OffsetBuffer::from_repeated_length(*length as usize, array.len());
            Arc::new(
                ListArray::try_new(Arc::clone(child), offsets, values, array.nulls().cloned())
                    .map_err(|_| Fault::Malformed)?,
            )
        }
        (DataType::Map(source, _), DataType::Map(child, ordered)) => {
            let array = array.as_map_opt().ok_or(Fault::Malformed)?;
            let entries = viewed(&(Arc::new(array.entries().clone()) as ArrayRef), source, child.data_type())?;
            let (entries, offsets) = (entries.as_struct().clone(), array.offsets().clone());
            let map = MapArray::try_new(Arc::clone(child), offsets, entries, array.nulls().cloned(), *ordered);
            Arc::new(map.map_err(|_| Fault::Malformed)?)
        }
        (DataType::Utf8 | DataType::LargeUtf8, DataType::Utf8View)
        | (DataType::Binary | DataType::LargeBinary, DataType::BinaryView) => {
            cast(array, target).map_err(|_| Fault::Malformed)?
        }
        _ => return Err(Fault::Malformed),
    })
}

fn list<O: OffsetSizeTrait>(
    array: &ArrayRef,
    child: &FieldRef,
    viewed: impl Fn(&ArrayRef) -> Result<ArrayRef, Fault>,
) -> Result<ArrayRef, Fault> {
    let array = array.as_list_opt::<O>().ok_or(Fault::Malformed)?;
    let values = viewed(array.values())?;
    let list = GenericListArray::try_new(like(child, &values), array.offsets().clone(), values, array.nulls().cloned());
    Ok(Arc::new(list.map_err(|_| Fault::Malformed)?))
}

/// What values take up if each is written out: a view that points to a long text counts as the text.
fn written_out(array: &ArrayRef) -> u64 {
    let views = |views: &[u128]| views.iter().map(|view| u64::from(*view as u32)).sum();
    match array.data_type() {
        DataType::Utf8View => views(array.as_string_view().views()),
        DataType::BinaryView => views(array.as_binary_view().views()),
        DataType::Struct(_) => array.as_struct().columns().iter().map(written_out).sum(),
        DataType::List(_) => written_out(array.as_list::<i32>().values()),
        DataType::LargeList(_) => written_out(array.as_list::<i64>().values()),
        DataType::Map(..) => array.as_map().entries().columns().iter().map(written_out).sum(),
        _ => array.get_buffer_memory_size() as u64,
    }
}
