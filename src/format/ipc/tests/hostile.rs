use arrow::array::{BooleanArray, DictionaryArray, Int64Array, ListArray, StringArray, StringViewArray};
use arrow::datatypes::{Int8Type, Int32Type};

use super::*;

/// A little of everything: lists, texts, views, dictionaries, nulls.
fn little() -> RecordBatch {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(
        (0..30).map(|row| (row % 5 != 0).then(|| (0..row % 4).map(|n| (n > 0).then_some(n)))),
    );
    RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int64Array::from_iter_values((0..30).map(|row| row * 1001))) as ArrayRef),
        ("name", Arc::new((0..30).map(|row| (row % 7 != 0).then(|| format!("name {row}"))).collect::<StringArray>())),
        ("view", Arc::new((0..30).map(|row| Some(format!("a longer name {row}"))).collect::<StringViewArray>())),
        ("kind", Arc::new((0..30).map(|row| Some(["a", "b"][row % 2])).collect::<DictionaryArray<Int8Type>>())),
        ("yes", Arc::new((0..30).map(|row| Some(row % 3 == 0)).collect::<BooleanArray>())),
        ("list", Arc::new(lists)),
    ])
    .unwrap()
}

const KEEP: &str = "\"*\" = \"keep\"";

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let batches = [little(), little()];
    let mut samples = Vec::new();
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        samples.push(("x.arrow", file_of(&batches, compression)));
        samples.push(("x.arrows", stream_of(&batches, compression)));
    }
    samples
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    for (name, whole) in samples() {
        for cut in (0..whole.len()).step_by(128).chain(whole.len() - 40..whole.len()) {
            let given = Given::new(name, &whole[..cut]);
            let error = Run::new(KEEP, Format::Arrow).of(&given.path).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Data, "cut at {cut}: {error}");
        }
    }
}

#[test]
fn no_byte_makes_it_panic() {
    for (number, (name, whole)) in samples().into_iter().enumerate() {
        for place in (0..whole.len()).skip(number).step_by(41) {
            let mut spoilt = whole.clone();
            spoilt[place] ^= [0x01, 0x80, 0x7f, 0xff][place % 4];
            let given = Given::new(name, &spoilt);
            for run in [
                Run::new(KEEP, Format::Arrow),
                Run::new("\"*\" = \"null\"\n\"*[]*\" = \"drop\"\nid = \"keep\"", Format::ArrowStream),
                Run::new("\"*\" = \"keep\"\n\"*[]*\" = \"drop\"", Format::Csv),
            ] {
                if let Err(error) = run.of(&given.path) {
                    let spoilt_name = error.kind() == ErrorKind::Usage;
                    assert!(error.kind() == ErrorKind::Data || spoilt_name, "{name}, byte {place}: {error}");
                }
            }
        }
    }
}

/// The little-endian number at a place, and how to make another of it.
fn replaced(bytes: &[u8], old: i64, new: i64) -> Vec<Vec<u8>> {
    memchr::memmem::find_iter(bytes, &old.to_le_bytes())
        .map(|place| {
            let mut spoilt = bytes.to_vec();
            spoilt[place..place + 8].copy_from_slice(&new.to_le_bytes());
            spoilt
        })
        .collect()
}

#[test]
fn lengths_that_are_lies_cost_nothing() {
    // 4242 rows of eight bytes: the numbers of rows, values and bytes are easily found.
    let rows = 4242;
    let batch = RecordBatch::try_from_iter(vec![("id", Arc::new(Int64Array::from_iter_values(0..rows)) as ArrayRef)]);
    let batch = [batch.unwrap()];
    let mut lies = 0;
    for (name, whole) in [
        ("x.arrow", file_of(&batch, None)),
        ("x.arrows", stream_of(&batch, None)),
        ("x.arrow", file_of(&batch, Some(CompressionType::ZSTD))),
        ("x.arrows", stream_of(&batch, Some(CompressionType::LZ4_FRAME))),
    ] {
        for old in [rows, rows * 8] {
            for new in [-1, i64::MIN, i64::MAX, 1 << 40, 1 << 32] {
                for spoilt in replaced(&whole, old, new) {
                    let given = Given::new(name, &spoilt);
                    let result = Run::new("id = \"keep\"", Format::Arrow).of(&given.path);
                    assert_eq!(result.map(|_| ()).unwrap_err().kind(), ErrorKind::Data, "{old} became {new}");
                    lies += 1;
                }
            }
        }
    }
    assert!(lies >= 40, "{lies} lies");
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    // Two GiB of zeros as one buffer of LZ4 or ZSTD is a few megabytes; here its length alone is told.
    let rows = 1 << 20;
    let batch =
        RecordBatch::try_from_iter(vec![("id", Arc::new(Int64Array::from(vec![0; rows])) as ArrayRef)]).unwrap();
    let whole = stream_of(&[batch], Some(CompressionType::ZSTD));
    let bytes = (rows * 8) as i64;
    let told = replaced(&whole, bytes, 3 << 30);
    assert!(!told.is_empty());
    for spoilt in told {
        let given = Given::new("x.arrows", &spoilt);
        let error = Run::new("id = \"keep\"", Format::Arrow).of(&given.path).unwrap_err();
        assert!(error.message().contains("too large for what they take up"), "{error}");
    }
}

#[test]
fn a_dictionary_cannot_grow_without_bounds() {
    let long = "x".repeat(1 << 20);
    let keys: Vec<Option<&str>> = vec![Some(&long); 4000];
    let column: ArrayRef = Arc::new(keys.into_iter().collect::<DictionaryArray<Int32Type>>());
    let batch = RecordBatch::try_from_iter(vec![("x", column)]).unwrap();
    let given = Given::new("x.arrow", &file_of(&[batch], Some(CompressionType::ZSTD)));
    let error = Run::new("x = \"keep\"", Format::Csv).of(&given.path).unwrap_err();
    assert!(error.message().contains("too large for what they take up"), "{error}");
}

#[test]
fn what_is_no_arrow_is_told_by_name() {
    for (bytes, words) in [
        (b"".as_slice(), "ends before"),
        (b"ARROW1", "no whole Arrow file"),
        (b"ARROW1\0\0\xff\xff\xff\x7fARROW1", "no whole Arrow file"),
        (b"FEA1............FEA1", "first version of Feather"),
        (b"id,name\n1,x\n2,y\n3,zzzzzzzzzz\n", "message can't be read"),
        (b"\0\0\0\0", "has no schema"),
        (b"\xff\xff\xff\xff\0\0\0\0", "has no schema"),
        (b"\xff\xff\xff\xff\xff\xff\xff\x7f", "message can't be read"),
    ] {
        let given = Given::new("x.arrow", bytes);
        let error = Run::new("\"*\" = \"keep\"", Format::Arrow).of(&given.path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(words), "{words}: {error}");
    }
}

#[test]
fn no_error_tells_a_value() {
    let batch = little();
    let whole = file_of(&[batch], None);
    let mut spoilt = whole.clone();
    let place = memchr::memmem::find(&whole, b"name 11").unwrap();
    spoilt[place + 5] = 0xff;
    let given = Given::new("x.arrow", &spoilt);
    let error = Run::new(KEEP, Format::Arrow).of(&given.path).unwrap_err();
    assert_eq!(error.place().column.as_deref(), Some("name"));
    assert!(!format!("{error} {error:?} {:?}", error.help()).contains("name 1"));
}
