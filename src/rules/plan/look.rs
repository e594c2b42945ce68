//! A plan's values one by one, for a person to look at a few of them.

use std::fmt;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, FieldRef};

use super::apply::layout;
use super::bind::kernel_type;
use super::{LeafPlan, Plan};
use crate::error::{Result, Shape};
use crate::rules::leaf::take_apart;
use crate::transform::Fate;

/// One value as a person would read it. Its `Debug` form is its shape; the value itself comes out by
/// [`reveal`](Self::reveal) alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Cell {
    /// None for a null.
    text: Option<String>,
}

impl Cell {
    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        self.text.is_none()
    }

    /// Its shape; none for a null.
    pub fn shape(&self) -> Option<Shape> {
        self.text.as_deref().map(Shape::of)
    }

    /// The value itself, which may be a person's; none for a null.
    pub fn reveal(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The cells of a column of values, in their order. Bytes are written in hexadecimal digits; of a value whose type
    /// has no text, only the type is told.
    fn all(values: &ArrayRef) -> Result<Vec<Self>> {
        let values = layout(values, &kernel_type(values.data_type()))?;
        let texts: Vec<Option<String>> = match values.data_type() {
            DataType::BinaryView => values.as_binary_view().iter().map(|bytes| bytes.map(hexadecimal)).collect(),
            DataType::FixedSizeBinary(_) => {
                values.as_fixed_size_binary().iter().map(|bytes| bytes.map(hexadecimal)).collect()
            }
            data_type => match cast(&values, &DataType::Utf8View) {
                Ok(texts) => texts.as_string_view().iter().map(|text| text.map(str::to_owned)).collect(),
                Err(_) => {
                    (0..values.len()).map(|place| values.is_valid(place).then(|| format!("({data_type})"))).collect()
                }
            },
        };
        Ok(texts.into_iter().map(|text| Self { text }).collect())
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Self { text }
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shape() {
            Some(shape) => write!(f, "Cell({shape})"),
            None => f.write_str("Cell(null)"),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Plan {
    /// The values of each leaf in a batch of the columns that are [`wanted`](Self::wanted), in the order of
    /// [`report`](Self::report). A leaf of a column that is not wanted has none.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if the batch is not of the schema that the plan was made
    /// for.
    pub fn cells_before(&self, batch: &RecordBatch) -> Result<Vec<Vec<Cell>>> {
        let fields = self.wanted.iter().map(|column| (*column, &self.source.fields()[*column]));
        self.cells(fields, batch, |_| true)
    }

    /// The same of a batch that [`apply`](Self::apply) has made. A leaf that is dropped has none.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if the batch is none that this plan made.
    pub fn cells_after(&self, made: &RecordBatch) -> Result<Vec<Vec<Cell>>> {
        let schema = made.schema();
        let fields = self.computed.iter().copied().zip(schema.fields());
        self.cells(fields, made, |leaf| leaf.fate != Fate::Drop)
    }

    fn cells<'f>(
        &self,
        fields: impl Iterator<Item = (usize, &'f FieldRef)>,
        batch: &RecordBatch,
        is_there: impl Fn(&LeafPlan) -> bool,
    ) -> Result<Vec<Vec<Cell>>> {
        let mut cells = vec![Vec::new(); self.leaves.len()];
        for ((column, field), array) in fields.zip(batch.columns()) {
            let mut taken = Vec::new();
            take_apart(field, array, &mut taken)?;
            let places =
                self.leaves.iter().zip(&mut cells).filter(|(plan, _)| plan.leaf.column == column && is_there(plan));
            for ((_, cells), taken) in places.zip(taken) {
                *cells = Cell::all(&taken.values)?;
            }
        }
        Ok(cells)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Int32Array, ListArray, StringArray, StructArray};
    use arrow::buffer::OffsetBuffer;
    use arrow::datatypes::{Field, Schema};

    use super::*;
    use crate::key::{Key, Keyring};
    use crate::rules::{Delivery, Rules};

    const RULES: &str = r#"
version = 1
[tables.t]
files = ["*"]
[tables.t.columns]
"items[].n" = "drop"
"items[].s" = { do = "mask" }
bytes       = "keep"
gone        = "drop"
"#;

    /// Two rows: a list of two structs, and an empty one.
    fn batch() -> RecordBatch {
        let fields = vec![Field::new("n", DataType::Int32, true), Field::new("s", DataType::Utf8, true)];
        let structs = StructArray::new(
            fields.into(),
            vec![Arc::new(Int32Array::from(vec![1, 2])), Arc::new(StringArray::from(vec![Some("Ana"), None]))],
            None,
        );
        let item = Arc::new(Field::new("item", structs.data_type().clone(), true));
        let list = ListArray::new(item, OffsetBuffer::from_lengths([2, 0]), Arc::new(structs), None);
        let bytes = arrow::array::BinaryArray::from_opt_vec(vec![Some(b"\xab\x01".as_slice()), None]);
        let gone = Int32Array::from(vec![7, 8]);
        let schema = Schema::new(vec![
            Field::new("items", list.data_type().clone(), true),
            Field::new("bytes", DataType::Binary, true),
            Field::new("gone", DataType::Int32, true),
        ]);
        RecordBatch::try_new(Arc::new(schema), vec![Arc::new(list), Arc::new(bytes), Arc::new(gone)]).unwrap()
    }

    fn texts(cells: &[Vec<Cell>]) -> Vec<Vec<Option<&str>>> {
        cells.iter().map(|cells| cells.iter().map(Cell::reveal).collect()).collect()
    }

    #[test]
    fn leaves_find_their_values_before_and_after() {
        let rules = Rules::parse("rules", RULES).unwrap();
        let keys = Keyring::new(Key::from_bytes([0; 32]), rules.suite());
        let batch = batch();
        let plan = rules.bind(0, "t", &batch.schema(), &keys, Delivery::Decoded).unwrap();
        let batch = batch.project(plan.wanted()).unwrap().slice(0, 1);
        let before = plan.cells_before(&batch).unwrap();
        let expected = vec![vec![Some("1"), Some("2")], vec![Some("Ana"), None], vec![Some("ab01")], vec![]];
        assert_eq!(texts(&before), expected);
        let after = plan.cells_after(&plan.apply(&batch, 0).unwrap().batch).unwrap();
        assert_eq!(texts(&after), vec![vec![], vec![Some("***"), None], vec![Some("ab01")], vec![]]);
    }

    #[test]
    fn debug_shows_shapes_alone() {
        let cells = [Some("Ana 7"), None].map(|text| Cell { text: text.map(str::to_owned) });
        assert_eq!(format!("{cells:?}"), "[Cell(Aaa 9), Cell(null)]");
    }
}
