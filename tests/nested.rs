//! Rules for the leaves of nested columns, from one Parquet file to another. What is expected is built by the same
//! builders as the source, from values that were changed by hand.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, FixedSizeListArray, Int64Array, LargeListArray, ListArray, ListViewArray, MapArray, RecordBatch,
    StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::rules::Delivery;
use bowdler::{Error, ErrorKind, Key, Keyring, Rules, RunOptions, Silent, Suite};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn rules(columns: &str) -> Rules {
    let text = format!("version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\n{columns}\n");
    Rules::parse("rules.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

fn keys() -> Keyring {
    Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256)
}

fn write(path: &Path, column: &ArrayRef) {
    let batch = RecordBatch::try_from_iter_with_nullable([("c", Arc::clone(column), true)]).unwrap();
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// What becomes of the column `c` of a Parquet file, read back by the library's own reader.
fn run(columns: &str, column: &ArrayRef) -> ArrayRef {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from.parquet"), folder.path().join("to.parquet"));
    write(&from, column);
    let outcome = bowdler::run(&rules(columns), &from, &to, &keys(), &RunOptions::default(), &Silent).unwrap();
    assert!(outcome.published, "{:?}", outcome.files[0].findings);
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&to).unwrap()).unwrap();
    let schema = Arc::clone(reader.schema());
    let batches: Vec<_> = reader.build().unwrap().map(Result::unwrap).collect();
    Arc::clone(concat_batches(&schema, &batches).unwrap().column(0))
}

fn refused(columns: &str, data_type: DataType) -> Error {
    let schema = Schema::new(vec![Field::new("c", data_type, true)]);
    rules(columns).bind(0, "the file", &Arc::new(schema), &keys(), Delivery::Decoded).err().expect("a refusal")
}

/// A nullable list of `lengths` elements each, none where it is null; `gaps` elements lie hidden under every null.
fn list(values: ArrayRef, lengths: &[Option<usize>], gaps: usize) -> ListArray {
    let (offsets, nulls) = offsets(lengths, gaps);
    let field = Arc::new(Field::new("item", values.data_type().clone(), true));
    ListArray::new(field, OffsetBuffer::new(offsets.iter().map(|offset| *offset as i32).collect()), values, nulls)
}

fn offsets(lengths: &[Option<usize>], gaps: usize) -> (Vec<usize>, Option<NullBuffer>) {
    let mut offsets = vec![0];
    for length in lengths {
        offsets.push(offsets[offsets.len() - 1] + length.unwrap_or(gaps));
    }
    (offsets, Some(lengths.iter().map(Option::is_some).collect::<Vec<_>>().into()))
}

fn texts(texts: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

#[test]
fn lists_of_lists_are_rewritten_element_by_element() {
    // [["Ana", null], null, [], hidden], null over one hidden list, [], [["Bo"]]
    let nested = |leaves: &[Option<&str>]| -> ArrayRef {
        let inner = list(texts(leaves), &[Some(2), None, Some(0), Some(1), Some(1)], 0);
        Arc::new(list(Arc::new(inner), &[Some(3), None, Some(0), Some(1)], 1))
    };
    let source = nested(&[Some("Ana"), None, Some("hidden"), Some("Bo")]);
    let expected = nested(&[Some("A**"), None, Some("******"), Some("B*")]);
    let made = run("\"c[][]\" = { do = \"mask\", keep_first = 1 }", &source);
    assert_eq!(&made, &expected);
    assert_eq!(made.to_data().child_data()[0].child_data()[0].len(), 3, "something is left under a null");
    assert_eq!(&run("\"c[][]\" = \"keep\"", &source), &expected_of(&source));
}

/// The same column as a reader has it, without what lies hidden.
fn expected_of(source: &ArrayRef) -> ArrayRef {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("as_is.parquet");
    write(&path, source);
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
    Arc::clone(reader.build().unwrap().next().unwrap().unwrap().column(0))
}

#[test]
fn lists_in_structs_in_large_lists_keep_their_nulls_at_each_level() {
    let nested = |ids: &[Option<i64>], tags: &[Option<&str>]| -> ArrayRef {
        let tags: ArrayRef = Arc::new(list(texts(tags), &[Some(1), Some(0), None, Some(2), Some(1)], 0));
        let fields = vec![Field::new("id", DataType::Int64, true), Field::new("tags", tags.data_type().clone(), true)];
        let nulls = NullBuffer::from(vec![true, true, true, true, false]);
        let items = StructArray::new(fields.into(), vec![Arc::new(Int64Array::from(ids.to_vec())), tags], Some(nulls));
        let (offsets, nulls) = offsets(&[Some(3), Some(0), None, Some(2)], 0);
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        let offsets = OffsetBuffer::new(offsets.iter().map(|offset| *offset as i64).collect());
        Arc::new(LargeListArray::new(field, offsets, Arc::new(items), nulls))
    };
    let source = nested(&[Some(14), None, Some(26), Some(7), Some(9)], &[Some("x"), Some("yy"), None, Some("hidden")]);
    let rules = "\"c[].id\" = { do = \"round\", to = 10 }\n\"c[].tags[]\" = { do = \"replace\", with = \"-\" }";
    let expected = nested(&[Some(10), None, Some(30), Some(10), None], &[Some("-"), Some("-"), None, Some("-")]);
    assert_eq!(&run(rules, &source), &expected);
    let without = run("\"c[].id\" = \"drop\"\n\"c[].tags[]\" = \"keep\"", &source);
    assert!(!format!("{:?}", without.data_type()).contains("\"id\""), "{:?}", without.data_type());
    assert_eq!(without.null_count(), 1);
    // A slice has values before and behind it that are not its own.
    let slice = source.slice(2, 2);
    assert_eq!(&run(rules, &slice), &expected.slice(2, 2));
}

/// A map of names to structs of a number and a text, in three rows, the second of which is null.
fn map(names: &[&str], numbers: &[Option<i64>], texts_inside: &[Option<&str>]) -> ArrayRef {
    let fields = vec![Field::new("n", DataType::Int64, true), Field::new("s", DataType::Utf8, true)];
    let numbers: ArrayRef = Arc::new(Int64Array::from(numbers.to_vec()));
    let nulls = NullBuffer::from(vec![true, false, true]);
    let values = StructArray::new(fields.into(), vec![numbers, texts(texts_inside)], Some(nulls));
    let fields = vec![Field::new("key", DataType::Utf8, false), Field::new("value", values.data_type().clone(), true)];
    let names: ArrayRef = Arc::new(StringArray::from(names.to_vec()));
    let entries = StructArray::new(fields.into(), vec![names, Arc::new(values)], None);
    let field = Arc::new(Field::new("key_value", entries.data_type().clone(), false));
    let (offsets, nulls) = offsets(&[Some(2), None, Some(1)], 0);
    let offsets = OffsetBuffer::new(offsets.iter().map(|offset| *offset as i32).collect());
    Arc::new(MapArray::new(field, offsets, entries, nulls, false))
}

#[test]
fn maps_have_rules_for_their_keys_and_for_the_parts_of_their_values() {
    let source = map(&["ana", "bo", "cy"], &[Some(14), None, Some(3)], &[Some("x"), None, Some("yy")]);
    let rules = "\"c[].key\" = { do = \"mask\" }\n\"c[].value.n\" = \"null\"\n\"c[].value.s\" = { do = \"mask\" }";
    let expected = map(&["***", "**", "**"], &[None; 3], &[Some("*"), None, Some("**")]);
    assert_eq!(&run(rules, &source), &expected);
    let dropped = run("\"c[].key\" = \"keep\"\n\"c[].value.n\" = \"drop\"\n\"c[].value.s\" = \"keep\"", &source);
    assert!(!format!("{:?}", dropped.data_type()).contains("\"n\""));
    assert_eq!(dropped.len(), 3);
}

#[test]
fn what_a_map_can_t_do_without_is_refused() {
    let data_type = map(&["a", "b", "c"], &[None; 3], &[None; 3]).data_type().clone();
    for (key, said) in [
        ("\"null\"", "nothing in it can become null"),
        ("{ do = \"generalise\", to = \"year\", on_invalid = \"null\" }", "nothing in it can become null"),
        ("\"drop\"", "a map can't do without its keys or its values"),
    ] {
        let error = refused(
            &format!("\"c[].key\" = {key}\n\"c[].value.n\" = \"keep\"\n\"c[].value.s\" = \"keep\""),
            data_type.clone(),
        );
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(said), "{key}: {error}");
    }
    let unlisted = refused("\"c[].key\" = \"keep\"\n\"c[].value.n\" = \"keep\"", data_type);
    assert!(unlisted.message().contains("no rule names the column `c[].value.s`"), "{unlisted}");
}

#[test]
fn json_inside_a_list_is_a_closed_world_too() {
    let column = |first: &str| -> ArrayRef {
        Arc::new(list(texts(&[Some(first), None, Some("{}")]), &[Some(2), None, Some(1)], 0))
    };
    let rule = "\"c[]\" = { do = \"json\", paths = { name = { do = \"mask\" } } }";
    assert_eq!(&run(rule, &column(r#"{"name": "Ana"}"#)), &column(r#"{"name": "***"}"#));
    let batch = RecordBatch::try_from_iter_with_nullable([("c", column(r#"{"nmae": 1}"#), true)]).unwrap();
    let plan = rules(rule).bind(0, "t", &batch.schema(), &keys(), Delivery::Decoded).unwrap();
    let applied = plan.apply(&batch, 0).unwrap();
    assert_eq!(applied.counts[0].invalid, 1);
    assert_eq!(applied.invalid[0].row, 0);
    assert_eq!(applied.invalid[0].reason.as_deref(), Some("a path that no rule names"));
}

#[test]
fn nested_types_that_are_not_known_are_refused_by_name() {
    let item = Arc::new(Field::new("item", DataType::Utf8, true));
    let views = ListViewArray::new(
        Arc::clone(&item),
        ScalarBuffer::from(vec![0]),
        ScalarBuffer::from(vec![1]),
        texts(&[Some("x")]),
        None,
    );
    let fixed = FixedSizeListArray::new(item, 1, texts(&[Some("x")]), None);
    for (array, name) in [(&views as &dyn Array, "ListView"), (&fixed, "FixedSizeList")] {
        let error = refused("\"c[]\" = { do = \"mask\" }", array.data_type().clone());
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(name) && error.place().column.as_deref() == Some("c"), "{error}");
    }
}

#[test]
fn a_map_is_not_halved_by_what_is_unlisted_either() {
    let schema = Schema::new(vec![Field::new("c", map(&["a"; 3], &[None; 3], &[None; 3]).data_type().clone(), true)]);
    let bind = |columns: &str| {
        let text =
            format!("version = 1\nunlisted = \"drop\"\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\n{columns}\n");
        let rules = Rules::parse("rules.toml", &text).unwrap();
        rules.bind(0, "the file", &Arc::new(schema.clone()), &keys(), Delivery::Decoded).err()
    };
    let error = bind("\"c[].value.n\" = \"keep\"").expect("a refusal");
    assert!(error.message().contains("a map can't do without its keys or its values (column `c[].key`)"), "{error}");
    assert!(bind("\"c[].key\" = \"keep\"\n\"c[].value.n\" = \"keep\"").is_none());
    assert!(bind("\"c\" = \"drop\"").is_none());
    assert!(bind("\"c[]\" = \"drop\"").is_none());
}

#[test]
fn a_rule_for_a_column_keeps_none_of_its_parts() {
    let fields = vec![Field::new("name", DataType::Utf8, true), Field::new("city", DataType::Utf8, true)];
    let nested = DataType::Struct(fields.into());
    let of_list = DataType::List(Arc::new(Field::new("item", nested.clone(), true)));
    for (data_type, rules, unlisted) in [
        (&nested, "c = \"keep\"", ["`c.name`", "`c.city`"]),
        (&nested, "c = { do = \"mask\" }", ["`c.name`", "`c.city`"]),
        (&nested, "\"c.name\" = \"keep\"", ["`c.city`", "`c.city`"]),
        (&of_list, "c = \"keep\"", ["`c[].name`", "`c[].city`"]),
        (&of_list, "\"c[]\" = \"keep\"", ["`c[].name`", "`c[].city`"]),
        (&of_list, "\"c[].city\" = \"drop\"", ["`c[].name`", "`c[].name`"]),
    ] {
        let error = refused(rules, data_type.clone());
        assert_eq!(error.kind(), ErrorKind::Data);
        for leaf in unlisted {
            assert!(error.message().contains(&format!("no rule names the column {leaf}")), "{rules}: {error}");
        }
    }
}
