//! One column under one rule, as a plan has it: what the tests share that walk the catalogue.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, new_null_array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use bowdler::rules::Delivery;
use bowdler::transform::TypeClass;
use bowdler::{Error, Key, Keyring, Plan, Rules, Suite};

/// A rule for the column `column`, of a table whose rows all belong to customer 42, Zoé N'Diaye.
pub struct Column {
    plan: Plan,
    data_type: DataType,
}

/// What became of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Became {
    /// Its values, in the type that it was given in; none if it was dropped.
    pub values: Option<ArrayRef>,
    /// How many of them did not conform and were to be reported.
    pub invalid: u64,
    /// How many did not conform and became what `on_invalid` says.
    pub treated: u64,
}

impl Column {
    /// Binds a rule to a column of a type, under a key. `domains` are lines of the rules file.
    pub fn bind_with(domains: &str, rule: &str, data_type: &DataType, keys: &Keyring) -> Result<Self, Error> {
        let text = format!(
            "version = 1\n[domains]\n{domains}\n[tables.example]\nfiles = [\"*\"]\nsubject = \"customer_id\"\n\
             [tables.example.columns]\ncustomer_id = \"keep\"\nfirst_name = \"keep\"\nlast_name = \"keep\"\ncolumn = {rule}\n"
        );
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let rules = Rules::parse_beside("rules.toml", &text, &folder)?;
        let field = |name: &str, data_type: &DataType| Field::new(name, data_type.clone(), true);
        let schema = Schema::new(vec![
            field("customer_id", &DataType::Int64),
            field("first_name", &DataType::Utf8),
            field("last_name", &DataType::Utf8),
            field("column", data_type),
        ]);
        let plan = rules.bind(0, "example", &Arc::new(schema), keys, Delivery::Decoded)?;
        Ok(Self { plan, data_type: data_type.clone() })
    }

    /// The same under the key of 32 zero bytes, by the default suite.
    pub fn bind(domains: &str, rule: &str, data_type: &DataType) -> Result<Self, Error> {
        Self::bind_with(domains, rule, data_type, &keys(0, Suite::default()))
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Applies the rule to values, the first of which stands in row `first_row`.
    pub fn apply(&self, values: &ArrayRef, first_row: u64) -> Became {
        let rows = values.len();
        let columns: [(&str, ArrayRef); 4] = [
            ("customer_id", Arc::new(Int64Array::from(vec![42; rows]))),
            ("first_name", Arc::new(StringArray::from(vec!["Zoé"; rows]))),
            ("last_name", Arc::new(StringArray::from(vec!["N'Diaye"; rows]))),
            ("column", Arc::clone(values)),
        ];
        let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
        let applied = self.plan.apply(&batch.project(self.plan.wanted()).unwrap(), first_row).unwrap();
        let counts = applied.counts[3];
        let values = applied.batch.column_by_name("column").cloned();
        if let Some(values) = &values {
            assert_eq!((values.data_type(), values.len()), (&self.data_type, rows));
        }
        Became { values, invalid: counts.invalid, treated: counts.treated }
    }

    /// The same for texts.
    pub fn texts(&self, texts: &[Option<&str>]) -> (Option<Vec<Option<String>>>, u64) {
        let became = self.apply(&(Arc::new(StringArray::from(texts.to_vec())) as ArrayRef), 0);
        (became.values.as_ref().map(written), became.invalid)
    }
}

/// The keys of a key of 32 times this byte.
pub fn keys(byte: u8, suite: Suite) -> Keyring {
    Keyring::new(Key::from_bytes([byte; 32]), suite)
}

/// A column of texts as a column of a type. A text that is none of the type, as a test has it, is a mistake of the test.
pub fn read(texts: &[Option<&str>], data_type: &DataType) -> ArrayRef {
    let text: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let read = match data_type {
        // There is no text for bytes but themselves.
        DataType::FixedSizeBinary(width) => {
            let bytes = texts.iter().map(|text| {
                text.map(|text| {
                    let mut bytes = text.as_bytes().to_vec();
                    bytes.resize(*width as usize, b'.');
                    bytes
                })
            });
            Arc::new(arrow::array::FixedSizeBinaryArray::try_from_sparse_iter_with_size(bytes, *width).unwrap())
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => cast(&text, data_type).unwrap(),
        _ => cast(&text, data_type).unwrap(),
    };
    assert_eq!(read.null_count(), text.null_count(), "{texts:?} as {data_type}");
    read
}

/// A column of any type as texts.
pub fn written(values: &ArrayRef) -> Vec<Option<String>> {
    let texts = match values.data_type() {
        DataType::FixedSizeBinary(_) => {
            let bytes = values.as_fixed_size_binary();
            return bytes.iter().map(|bytes| bytes.map(|bytes| bytes.escape_ascii().to_string())).collect();
        }
        // A day or moment beyond the calendar has no text but its number.
        _ => {
            cast(values, &DataType::Utf8).or_else(|_| cast(&cast(values, &DataType::Int64)?, &DataType::Utf8)).unwrap()
        }
    };
    texts.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

/// The type of this name: as Arrow names it, and UTF-8 text for `text`.
pub fn type_of(name: &str) -> DataType {
    name.parse().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Types of every class, in every layout that a transform may meet.
pub fn types(class: TypeClass) -> Vec<DataType> {
    use DataType::*;
    match class {
        TypeClass::Text => vec![Utf8, LargeUtf8, Utf8View, Dictionary(Box::new(Int32), Box::new(Utf8))],
        TypeClass::Integer => vec![Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64],
        TypeClass::Float => vec![Float16, Float32, Float64],
        TypeClass::Decimal => vec![
            Decimal32(9, 2),
            Decimal64(18, 2),
            Decimal128(38, 2),
            Decimal256(76, 2),
            Decimal128(38, 0),
            Decimal64(18, 0),
        ],
        TypeClass::Boolean => vec![Boolean],
        TypeClass::Date => vec![Date32, Date64],
        TypeClass::Timestamp => {
            let units = [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
            let zone = [Timestamp(TimeUnit::Microsecond, Some("UTC".into()))];
            units.into_iter().map(|unit| Timestamp(unit, None)).chain(zone).collect()
        }
        TypeClass::Time => vec![Time32(TimeUnit::Millisecond), Time64(TimeUnit::Microsecond)],
        TypeClass::Duration => vec![Duration(TimeUnit::Microsecond)],
        TypeClass::Bytes => vec![Binary, LargeBinary, BinaryView],
        TypeClass::Fixed => vec![FixedSizeBinary(16)],
    }
}

/// A column of nothing but nulls.
pub fn nulls(data_type: &DataType, length: usize) -> ArrayRef {
    new_null_array(data_type, length)
}
