use arrow::array::{Array, StringArray};
use parquet::basic::{Compression, Encoding};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::properties::EnabledStatistics;

use super::*;

/// Texts of 30 characters: of a few at first, so that a dictionary seems worth it; then so many that none has room for
/// them; nulls in some pages, in no page, and nothing else in others.
fn outgrowing() -> Vec<Option<String>> {
    let text = |row: usize| match row {
        0..25_000 => Some(row * 7919 % 50),
        25_000..70_000 => (!row.is_multiple_of(3)).then_some(row * 7919 % 1_000_003),
        70_000..115_000 => None,
        _ => Some(row * 7919 % 1_000_003),
    };
    (0..140_000).map(|row| text(row).map(|n| format!("{n:0>30}"))).collect()
}

#[test]
fn texts_are_what_they_were_and_within_their_bounds() {
    let texts = outgrowing();
    let column: ArrayRef = Arc::new(texts.iter().map(Option::as_deref).collect::<StringArray>());
    let batch = RecordBatch::try_from_iter_with_nullable([("text", column, true)]).unwrap();
    let masked: Vec<Option<String>> =
        texts.iter().map(|text| text.as_ref().map(|text| format!("##########{}", &text[10..]))).collect();
    for codec in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        for level in [EnabledStatistics::None, EnabledStatistics::Chunk, EnabledStatistics::Page] {
            let properties = WriterProperties::builder().set_compression(codec).set_statistics_enabled(level).build();
            let given = given(&batch, properties);
            let rules = "text = { do = \"mask\", keep_last = 20, with = \"#\" }";
            let made = Run::new(rules, Format::Parquet).of(&given.path).unwrap();
            assert_eq!(table(&made, false).column(0).as_ref(), &StringArray::from(masked.clone()) as &dyn Array);
            check(&metadata(&made), codec, level, &masked);
        }
    }
}

/// Holds what is said of the values to the values.
fn check(metadata: &ParquetMetaData, codec: Compression, level: EnabledStatistics, values: &[Option<String>]) {
    let column = metadata.row_group(0).column(0);
    assert_eq!(column.compression_codec(), codec.into());
    for encoding in [Encoding::PLAIN, Encoding::RLE_DICTIONARY, Encoding::DELTA_LENGTH_BYTE_ARRAY] {
        assert!(column.encodings().any(|known| known == encoding), "{encoding}");
    }
    let bounds = |values: &[Option<String>]| {
        let bytes = |text: &String| text.as_bytes().to_vec();
        let nulls = values.iter().filter(|value| value.is_none()).count();
        (values.iter().flatten().min().map(bytes), values.iter().flatten().max().map(bytes), nulls as i64)
    };
    let told = column.statistics().map(|told| {
        let bytes = |bytes: Option<&[u8]>| bytes.map(<[u8]>::to_vec);
        (bytes(told.min_bytes_opt()), bytes(told.max_bytes_opt()), told.null_count_opt().unwrap() as i64)
    });
    assert_eq!(told, (level != EnabledStatistics::None).then(|| bounds(values)));
    let index = metadata.page_index().unwrap();
    let starts: Vec<usize> =
        index.offset_index(0, 0).unwrap().page_locations.iter().map(|page| page.first_row_index as usize).collect();
    let ends = starts.iter().skip(1).copied().chain([values.len()]);
    assert!(starts.len() >= 7);
    let ColumnIndexMetaData::BYTE_ARRAY(pages) = (match index.column_index(0, 0) {
        Some(pages) if level == EnabledStatistics::Page => pages,
        none => return assert!(none.is_none()),
    }) else {
        panic!("the index of another type")
    };
    for (page, (start, end)) in starts.iter().zip(ends).enumerate() {
        let bytes = |bytes: Option<&[u8]>| bytes.map(<[u8]>::to_vec);
        let told = (bytes(pages.min_value(page)), bytes(pages.max_value(page)), pages.null_count(page).unwrap());
        assert_eq!(told, bounds(&values[*start..end]), "page {page}");
    }
}
