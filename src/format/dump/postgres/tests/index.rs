use arrow::array::AsArray;
use arrow::util::display::array_value_to_string;

use super::*;
use crate::format::Reader;
use crate::format::dump::Dump;

const TABLES: &str = "CREATE TABLE public.a (\n    id integer,\n    name text\n);\n\nCREATE TABLE public.b (\n    name text\n);\n\n\
                      CREATE TABLE public.empty (\n    x text\n);\n\n";

const ROWS: &str = "COPY public.a (id, name) FROM stdin;\n1\tone\n2\t\\N\n\\.\n\nINSERT INTO public.b VALUES ('x');\n\
                    INSERT INTO public.b VALUES ('it''s\n');\n\nINSERT INTO public.a (id, name) VALUES\n\t(3, 'three'),\n\t(4, 'four');\n\n\
                    COMMENT ON TABLE public.a IS 'Ana';\n";

/// All rows that a reader gives, values of a row separated by `|`.
fn rows(mut reader: Box<dyn Reader>) -> Vec<String> {
    let mut rows = Vec::new();
    while let Some(block) = reader.next().unwrap() {
        assert_eq!(block.first_row(), Some(rows.len() as u64));
        for decoded in block.decode().unwrap() {
            let batch = decoded.unwrap().batch;
            for row in 0..batch.num_rows() {
                let values = batch.columns().iter().map(|column| array_value_to_string(column, row).unwrap());
                rows.push(values.collect::<Vec<_>>().join("|"));
            }
        }
    }
    rows
}

#[test]
fn a_dump_is_read_table_by_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dump.sql");
    std::fs::write(&path, dump(&format!("{TABLES}{ROWS}"))).unwrap();
    let index = Postgres.index(&path).unwrap();
    let names: Vec<_> = index.tables().iter().map(|table| (&*table.name, table.schema.fields().len())).collect();
    assert_eq!(names, [("public.a", 2), ("public.b", 1), ("public.empty", 1)]);
    // In blocks of any size, lest rows seem to end where a block does.
    for block_size in (1..120).chain([1 << 20]) {
        let table = |place: usize| {
            let columns = index.tables()[place].schema.fields().len();
            rows(index.read_table(place, &Reading::all(columns, true), block_size).unwrap())
        };
        assert_eq!(table(0), ["1|one", "2|", "3|three", "4|four"]);
        assert_eq!(table(1), ["x", "it's\n"]);
        assert!(table(2).is_empty());
        let rest = rows(index.read_rest(block_size).unwrap());
        assert!(rest.contains(&"COMMENT ON TABLE public.a IS 'Ana';".to_owned()), "{rest:?}");
        assert!(rest.contains(&"COPY public.a (id, name) FROM stdin;".to_owned()));
        assert!(!rest.iter().any(|line| line.contains("one") || line.contains("it''s") || line.contains("three")));
        assert_eq!(rest.first().map(String::as_str), Some("--"));
        assert_eq!(rest.last().map(String::as_str), Some(""));
    }
    let reader = index.read_table(0, &Reading::all(2, false), 9).unwrap();
    assert_eq!(reader.finish().unwrap(), index.digest());
}

#[test]
fn a_table_without_rows_and_one_column_of_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dump.sql");
    std::fs::write(&path, dump(&format!("{TABLES}{ROWS}"))).unwrap();
    let index = Postgres.index(&path).unwrap();
    let reading = Reading { wanted: vec![1], carried: Vec::new(), counts_rows: false };
    let mut reader = index.read_table(0, &reading, 1 << 20).unwrap();
    let decoded = reader.next().unwrap().unwrap().decode().unwrap().next().unwrap().unwrap();
    let names: Vec<_> = decoded.batch.column(0).as_string_view().iter().collect();
    assert_eq!((names, decoded.place(1).record, decoded.lines()), (vec![Some("one"), None], Some(2), 2));
}

#[test]
fn what_does_not_load_is_told_of_all_tables_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dump.sql");
    let keys = "ALTER TABLE ONLY public.b\n    ADD CONSTRAINT k UNIQUE (name);\n\nALTER TABLE ONLY public.a\n    ADD CONSTRAINT k PRIMARY KEY (id);\n";
    std::fs::write(&path, dump(&format!("{TABLES}{keys}"))).unwrap();
    let index: std::sync::Arc<dyn Dump> = Postgres.index(&path).unwrap();
    let rules = rules_of();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
    let plan = |place: usize| {
        let table = &index.tables()[place];
        rules.bind(place, &table.name, &table.schema, &keys, Delivery::Verbatim).unwrap()
    };
    let (a, b) = (plan(0), plan(1));
    let columns = |plans: &[Option<&Plan>]| -> Vec<Option<String>> {
        index.misfits(plans).iter().map(|error| error.place().column.clone()).collect()
    };
    assert_eq!(columns(&[Some(&a), Some(&b), None]), [Some("id".to_owned()), Some("name".to_owned())]);
    assert_eq!(columns(&[None, Some(&b), None]), [Some("name".to_owned())]);
    assert!(columns(&[None, None, None]).is_empty());
}

/// Rules that merge values of every column of both tables.
fn rules_of() -> Rules {
    super::rules(&[
        ("public.a", r#"id = { do = "clamp", min = 0, max = 9 }, name = "keep""#),
        ("public.b", r#"name = "mask""#),
    ])
}
