//! What a Parquet file says beside its data: anything a writer has put there, and the bounds of values.

use std::collections::BTreeSet;

use arrow::array::StringViewArray;
use arrow::datatypes::{DataType, Fields, Metadata, Schema};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, parquet_to_arrow_schema};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::statistics::Statistics;

use super::ParquetSource;
use super::fault::guarded;
use super::read::read_page_index;

/// What a file says beside its data.
#[derive(Debug, Default)]
pub struct Notes {
    /// Texts, each with what it is called: keys and values of the footer, of the Arrow schema in it, and the program
    /// that wrote the file.
    pub texts: Vec<(String, String)>,
    /// The values of dictionaries that the file has as such, of which there may be some that no row has; each with the
    /// name of the field that they are of.
    pub dictionaries: Vec<(String, StringViewArray)>,
    /// The least and greatest values that are noted of a leaf, of row groups and pages: the place of the leaf, and the
    /// value. Each is told once.
    pub bounds: BTreeSet<(usize, Vec<u8>)>,
    /// What there is that is not looked at, and what to do about it.
    pub unseen: Vec<(&'static str, &'static str)>,
    /// Whether there is a page index that can't be read, or is too large to be.
    pub unread_index: bool,
}

impl ParquetSource {
    /// What the file says beside its data. Integers among the bounds are written in digits; other numbers are left out.
    pub fn notes(&self) -> Notes {
        let mut notes = Notes::default();
        let file = self.metadata.file_metadata();
        if let Some(program) = file.created_by() {
            notes.texts.push(("created_by".to_owned(), program.to_owned()));
        }
        let entries = file.key_value_metadata();
        for entry in entries.into_iter().flatten() {
            notes.texts.push(("key".to_owned(), entry.key.clone()));
            if let Some(value) = entry.value.as_ref().filter(|_| entry.key != ARROW_SCHEMA_META_KEY) {
                notes.texts.push((entry.key.clone(), value.clone()));
            }
        }
        if let Ok(schema) = guarded(|| parquet_to_arrow_schema(&self.schema.written, entries)) {
            schema_texts(&schema, &mut notes.texts);
        }
        for group in self.metadata.row_groups() {
            for (leaf, chunk) in group.columns().iter().enumerate() {
                if let Some(statistics) = chunk.statistics() {
                    statistic(leaf, statistics, &mut notes.bounds);
                }
            }
        }
        self.page_bounds(&mut notes);
        notes
    }

    /// The bounds of pages.
    fn page_bounds(&self, notes: &mut Notes) {
        let mut chunks = self.metadata.row_groups().iter().flat_map(|group| group.columns());
        if chunks.all(|chunk| chunk.column_index_offset().is_none()) {
            return;
        }
        let leaves: Vec<usize> = (0..self.schema.written.num_columns()).collect();
        let index = self
            .file
            .try_clone()
            .ok()
            .and_then(|mut file| read_page_index(&self.metadata, &mut file, self.length, &leaves));
        let Some(metadata) = index else {
            notes.unread_index = true;
            return;
        };
        let bounds = &mut notes.bounds;
        for group in 0..metadata.num_row_groups() {
            let index = metadata.page_index_for_row_group(group);
            for leaf in &leaves {
                let leaf = *leaf;
                match index.column_index(leaf) {
                    Some(
                        ColumnIndexMetaData::BYTE_ARRAY(column) | ColumnIndexMetaData::FIXED_LEN_BYTE_ARRAY(column),
                    ) => {
                        let values = column.min_values_iter().chain(column.max_values_iter());
                        bounds.extend(values.flatten().map(|value| (leaf, value.to_vec())));
                    }
                    Some(ColumnIndexMetaData::INT64(column)) => {
                        let values = column.min_values_iter().chain(column.max_values_iter());
                        bounds.extend(values.flatten().map(|value| (leaf, digits(*value))));
                    }
                    Some(ColumnIndexMetaData::INT32(column)) => {
                        let values = column.min_values_iter().chain(column.max_values_iter());
                        bounds.extend(values.flatten().map(|value| (leaf, digits((*value).into()))));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn digits(value: i64) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn statistic(leaf: usize, statistics: &Statistics, bounds: &mut BTreeSet<(usize, Vec<u8>)>) {
    match statistics {
        Statistics::ByteArray(_) | Statistics::FixedLenByteArray(_) => {
            let values = [statistics.min_bytes_opt(), statistics.max_bytes_opt()];
            bounds.extend(values.into_iter().flatten().map(|value| (leaf, value.to_vec())));
        }
        Statistics::Int64(values) => {
            let values = [values.min_opt(), values.max_opt()];
            bounds.extend(values.into_iter().flatten().map(|value| (leaf, digits(*value))));
        }
        Statistics::Int32(values) => {
            let values = [values.min_opt(), values.max_opt()];
            bounds.extend(values.into_iter().flatten().map(|value| (leaf, digits((*value).into()))));
        }
        _ => {}
    }
}

fn schema_texts(schema: &Schema, texts: &mut Vec<(String, String)>) {
    let entries = |metadata: &Metadata| -> Vec<(String, String)> {
        metadata.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    };
    let known: BTreeSet<(String, String)> = texts.iter().cloned().collect();
    let mut found = entries(schema.metadata());
    found.retain(|entry| !known.contains(entry));
    field_texts(schema.fields(), &mut |metadata| found.extend(entries(metadata)));
    for (key, value) in found {
        texts.push(("key".to_owned(), key.clone()));
        texts.push((key, value));
    }
}

fn field_texts(fields: &Fields, tell: &mut impl FnMut(&Metadata)) {
    for field in fields {
        tell(field.metadata());
        match field.data_type() {
            DataType::Struct(children) => field_texts(children, tell),
            DataType::List(child)
            | DataType::LargeList(child)
            | DataType::FixedSizeList(child, _)
            | DataType::Map(child, _) => field_texts(&Fields::from(vec![child.clone()]), tell),
            _ => {}
        }
    }
}
