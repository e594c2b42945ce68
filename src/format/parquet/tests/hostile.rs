use std::sync::Arc;

use arrow::array::{BooleanArray, Int64Array, ListArray, StringArray};
use arrow::datatypes::Int32Type;
use parquet::basic::{Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaDataBuilder, ParquetMetaDataWriter};
use parquet::file::properties::WriterVersion;
use parquet::file::writer::{SerializedFileWriter, TrackedWrite};
use parquet::schema::types::Type;

use super::*;
use crate::error::ErrorKind;

/// A little of everything: lists, texts in deltas, dictionaries, nulls.
fn little(version: WriterVersion) -> Vec<u8> {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(
        (0..60).map(|row| (row % 5 != 0).then(|| (0..row % 4).map(|n| (n > 0).then_some(n)))),
    );
    let batch = RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int64Array::from_iter_values((0..60).map(|row| row * 1001))) as ArrayRef),
        ("name", Arc::new((0..60).map(|row| (row % 7 != 0).then(|| format!("name {row}"))).collect::<StringArray>())),
        ("kind", Arc::new((0..60).map(|row| Some(["a", "b"][row % 2])).collect::<StringArray>())),
        ("yes", Arc::new((0..60).map(|row| Some(row % 3 == 0)).collect::<BooleanArray>())),
        ("list", Arc::new(lists)),
    ])
    .unwrap();
    let properties = WriterProperties::builder()
        .set_writer_version(version)
        .set_max_row_group_row_count(Some(40))
        .set_dictionary_enabled(false)
        .set_column_dictionary_enabled("kind".into(), true)
        .build();
    parquet_of(&batch, properties)
}

/// The ways to go through a file: carried, decoded, rewritten, as text.
fn jobs() -> Vec<Run> {
    let job = |columns, to| Run::new(columns, to);
    vec![
        job("\"*\" = \"keep\"", Format::Parquet),
        Run { decode_all: true, ..job("\"*\" = \"keep\"", Format::Parquet) },
        job("\"*\" = \"null\"\nid = \"keep\"", Format::Parquet),
        job("\"*\" = \"keep\"\n\"list[]\" = \"drop\"", Format::Csv),
    ]
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let rows = 20_000;
    let batch = RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int64Array::from_iter_values(0..rows)) as ArrayRef),
        ("name", Arc::new((0..rows).map(|row| Some(format!("name {row}"))).collect::<StringArray>())),
    ])
    .unwrap();
    let whole = parquet_of(&batch, WriterProperties::default());
    for cut in (0..whole.len()).step_by(512).chain(whole.len() - 40..whole.len()) {
        let given = Given::new("cut.parquet", &whole[..cut]);
        for to in [Format::Parquet, Format::Csv] {
            let error = Run::new("\"*\" = \"keep\"", to).of(&given.path).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Data, "cut at {cut}");
        }
    }
}

#[test]
fn no_byte_makes_it_panic() {
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let whole = little(version);
        for place in (0..whole.len()).skip(version.as_num() as usize).step_by(7) {
            let mut spoilt = whole.clone();
            spoilt[place] ^= [0x01, 0x80, 0x7f, 0xff][place % 4];
            let given = Given::new("spoilt.parquet", &spoilt);
            for job in jobs() {
                if let Err(error) = job.of(&given.path) {
                    assert_eq!(error.kind(), ErrorKind::Data, "byte {place}: {error}");
                }
            }
        }
    }
}

/// A file of one chunk with these bytes, of a required column of this type, that claims to have so many rows.
fn file_of(column: Type, chunk: Vec<u8>, rows: i64, dictionary: Option<usize>) -> Vec<u8> {
    let root = Type::group_type_builder("schema").with_fields(vec![Arc::new(column)]).build().unwrap();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(root), Default::default()).unwrap();
    let description = writer.schema_descr().column(0);
    let metadata = ColumnChunkMetaData::builder(description)
        .set_encodings(vec![Encoding::PLAIN])
        .set_num_values(rows)
        .set_total_compressed_size(chunk.len() as i64)
        .set_total_uncompressed_size(chunk.len() as i64)
        .set_data_page_offset(dictionary.unwrap_or(0) as i64)
        .set_dictionary_page_offset(dictionary.map(|_| 0))
        .build()
        .unwrap();
    let close = ColumnCloseResult {
        bytes_written: chunk.len() as u64,
        rows_written: rows as u64,
        metadata,
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    let mut group = writer.next_row_group().unwrap();
    group.append_column(&Bytes::from(chunk), close).unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

fn zigzag(value: i64) -> Vec<u8> {
    varint((value << 1 ^ value >> 63) as u64)
}

/// A page: its header, of kind 0 (data) or 2 (dictionary), and its body, which claims to have so many values.
fn page(kind: i64, values: i64, encoding: i64, body: &[u8]) -> Vec<u8> {
    let size = zigzag(body.len() as i64);
    let inner = if kind == 0 { 0x2c } else { 0x4c };
    let mut page = [vec![0x15], zigzag(kind), vec![0x15], size.clone(), vec![0x15], size, vec![inner, 0x15]].concat();
    page.extend([zigzag(values), vec![0x15], zigzag(encoding)].concat());
    page.extend(if kind == 0 { vec![0x15, 6, 0x15, 6, 0, 0] } else { vec![0, 0] });
    page.extend(body);
    page
}

fn text_column() -> Type {
    Type::primitive_type_builder("text", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build()
        .unwrap()
}

#[test]
fn little_files_that_ask_for_much_memory_are_refused() {
    const DICTIONARY: i64 = 8;
    const DELTA_LENGTH: i64 = 6;
    const DELTA_BYTES: i64 = 7;
    let number = || {
        Type::primitive_type_builder("number", Physical::INT64).with_repetition(Repetition::REQUIRED).build().unwrap()
    };
    // One long text, a hundred thousand times.
    let long = [&(1_u32 << 20).to_le_bytes()[..], &vec![b'x'; 1 << 20]].concat();
    let head = page(2, 1, 0, &long);
    let run = [vec![1], varint(100_000 << 1), vec![0]].concat();
    let repeated = [head.clone(), page(0, 100_000, DICTIONARY, &run)].concat();
    // One number, two thousand million times.
    let one = page(2, 1, 0, &[7; 8]);
    let run = [vec![1], varint(2_000_000_000 << 1), vec![0]].concat();
    let many = [one.clone(), page(0, 2_000_000_000, DICTIONARY, &run)].concat();
    // The lengths of so many texts that their list has no room.
    let lengths = [varint(128), varint(4), varint(1 << 40), zigzag(3)].concat();
    let deltas = page(0, 3, DELTA_LENGTH, &lengths);
    // Texts that are their predecessor each, all of them long: one of 64 KiB, then 100,000 without an end of their own.
    let constant = |count: u64, first: i64, least: i64, blocks: usize| {
        let block = [zigzag(least), vec![0; 4]].concat();
        [varint(128), varint(4), varint(count), zigzag(first), block.repeat(blocks)].concat()
    };
    let shared = [constant(100_000, 0, 0, 782), constant(100_000, 1 << 16, 0, 782)].concat();
    let prefixes = page(0, 100_000, DELTA_BYTES, &shared);
    for (name, bytes) in [
        ("a repeated text", file_of(text_column(), repeated, 100_000, Some(head.len()))),
        ("a repeated number", file_of(number(), many, 2_000_000_000, Some(one.len()))),
        ("a count of lengths", file_of(text_column(), deltas, 3, None)),
        ("shared beginnings", file_of(text_column(), prefixes, 100_000, None)),
    ] {
        let given = Given::new("bomb.parquet", &bytes);
        let error = Run::new("\"*\" = \"keep\"", Format::Csv).of(&given.path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{name}");
        // Carried over, they do no harm.
        assert!(Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).is_ok(), "{name}");
    }
}

/// The file with a footer in which the chunks of its first row group are told otherwise.
fn retold(bytes: &[u8], tell: impl Fn(usize, ColumnChunkMetaData) -> ColumnChunkMetaData) -> Vec<u8> {
    let whole = ParquetMetaDataReader::new().parse_and_finish(&Bytes::from(bytes.to_vec())).unwrap();
    let mut whole = ParquetMetaDataBuilder::new_from_metadata(whole);
    for (index, group) in whole.take_row_groups().into_iter().enumerate() {
        let mut group = group.into_builder();
        for (place, chunk) in group.take_columns().into_iter().enumerate() {
            group = group.add_column_metadata(if index == 0 { tell(place, chunk) } else { chunk });
        }
        whole = whole.add_row_group(group.build().unwrap());
    }
    let mut out = Vec::new();
    let mut tracked = TrackedWrite::new(&mut out);
    tracked.write_all(bytes).unwrap();
    ParquetMetaDataWriter::new_with_tracked(tracked, &whole.build()).finish().unwrap();
    out
}

#[test]
fn footers_that_tell_of_what_cannot_be_are_refused() {
    let whole = little(WriterVersion::PARQUET_1_0);
    let build = |chunk: parquet::file::metadata::ColumnChunkMetaDataBuilder| chunk.build().unwrap();
    type Tell = Box<dyn Fn(usize, ColumnChunkMetaData) -> ColumnChunkMetaData>;
    let lies: Vec<(&str, Tell)> = vec![
        ("outside", Box::new(move |_, chunk| build(chunk.into_builder().set_total_compressed_size(1 << 40)))),
        ("outside", Box::new(move |_, chunk| build(chunk.into_builder().set_data_page_offset(0)))),
        ("outside", Box::new(move |_, chunk| build(chunk.into_builder().set_data_page_offset(i64::MAX)))),
        ("negative", Box::new(move |_, chunk| build(chunk.into_builder().set_total_compressed_size(-1)))),
        ("negative", Box::new(move |_, chunk| build(chunk.into_builder().set_data_page_offset(-4)))),
        ("values as there are rows", Box::new(move |_, chunk| build(chunk.into_builder().set_num_values(41)))),
        ("another file", Box::new(move |_, chunk| build(chunk.into_builder().set_file_path("/etc/passwd".to_owned())))),
        (
            "overlap",
            Box::new(move |place, chunk| match place {
                0 => {
                    let size = chunk.compressed_size() + 8;
                    build(chunk.into_builder().set_total_compressed_size(size))
                }
                _ => chunk,
            }),
        ),
        (
            "LZO",
            Box::new(move |_, chunk| build(chunk.into_builder().set_compression(parquet::basic::Compression::LZO))),
        ),
    ];
    for (words, tell) in lies {
        let given = Given::new("retold.parquet", &retold(&whole, tell));
        let error = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(words), "{words}: {error}");
    }
    let given = Given::new("retold.parquet", &retold(&whole, |_, chunk| chunk));
    assert!(Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).is_ok());
}

#[test]
fn a_chunk_cannot_bring_along_what_belongs_to_no_page() {
    // The first column is made longer by the second, which is nowhere to be seen in the footer any more.
    let whole = little(WriterVersion::PARQUET_1_0);
    let source = metadata(&whole);
    let hidden = source.row_group(0).column(1).compressed_size();
    let lie = retold(&whole, move |place, chunk| match place {
        0 => {
            let size = chunk.compressed_size() + hidden - 1;
            chunk.into_builder().set_total_compressed_size(size).build().unwrap()
        }
        1 => chunk.into_builder().set_data_page_offset(4).set_total_compressed_size(0).build().unwrap(),
        _ => chunk,
    });
    let given = Given::new("lie.parquet", &lie);
    let error = Run::new("\"*\" = \"drop\"\nid = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
    assert!(error.message().contains("pages do not fill it"), "{error}");
}

#[test]
fn schemas_without_end_and_without_bottom_are_refused() {
    let footer = |fields: usize, children: u8| {
        // version = 1; schema = a list of fields, each with a name and as many children.
        let field = [0x48, 1, b'a', 0x15, children << 1, 0];
        let mut footer = [vec![0x15, 2, 0x19, 0xfc], varint(fields as u64)].concat();
        footer.extend(field.repeat(fields));
        footer.extend([0x16, 0, 0x19, 0x0c, 0]);
        footer
    };
    for (footer, words) in [
        (footer(50_000, 1), "more than 20000 fields"),
        (footer(10_000, 1), "nested deeper"),
        (vec![0x15, 2, 0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 7], "its schema is none"),
        (vec![0x15, 2, 0x7c, 0, 0], "encrypted"),
        (vec![0x1c; 5000], "its footer is none"),
        (vec![], "its footer is none"),
    ] {
        let length = (footer.len() as u32).to_le_bytes();
        let bytes = [b"PAR1".as_slice(), &footer, &length, b"PAR1"].concat();
        let given = Given::new("endless.parquet", &bytes);
        let error = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
        assert!(error.message().contains(words), "{words}: {error}");
    }
    for bytes in
        [b"".as_slice(), b"PAR1", b"PAR1PAR1", b"PAR1\xff\xff\xff\xffPAR1", b"id,name\n1,x\n2,y\n", b"PAR1\0\0\0\0PARE"]
    {
        let given = Given::new("no.parquet", bytes);
        let error = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
    }
}
