use proptest::prelude::*;

use super::*;
use crate::ErrorKind;

const KEEP: &[(&str, &str)] = &[("public.t", r#""*" = "keep""#)];

#[test]
fn statements_of_other_kinds_are_refused_and_not_quoted() {
    for (sql, says) in [
        ("DO $$ BEGIN PERFORM 'Ana'; END $$;\n", "`DO`"),
        ("UPDATE public.t SET a = 'Ana';\n", "`UPDATE`"),
        ("DELETE FROM public.t WHERE a = 'Ana';\n", "`DELETE`"),
        ("CREATE ROLE ana PASSWORD 'Ana';\n", "ROLE`"),
        ("ALTER USER ana PASSWORD 'Ana';\n", "USER`"),
        ("ALTER SYSTEM SET x = 'Ana';\n", "SYSTEM`"),
        ("CREATE SUBSCRIPTION s CONNECTION 'password=Ana' PUBLICATION p;\n", "SUBSCRIPTION`"),
        ("SELECT pg_catalog.lowrite(0, 'Ana');\n", "`SELECT`"),
        ("SELECT pg_catalog.setval('s', (SELECT 1), true);\n", "`SELECT`"),
        ("SELECT pg_catalog.set_config('search_path', pg_read_file('Ana'), false);\n", "`SELECT`"),
        ("COPY public.t (a) FROM '/tmp/Ana';\n", "COPY"),
        ("COPY public.t (a) FROM PROGRAM 'Ana';\n", "COPY"),
        ("COPY public.t (a) TO stdout;\n", "COPY"),
        ("Ana;\n", "of an unknown kind"),
        ("CREATE TABLE public.t AS SELECT 'Ana';\n", "in a way that pg_dump does not have"),
        ("CREATE SCHEMA s CREATE TABLE x (a text DEFAULT 'Ana');\n", "in a way that pg_dump does not have"),
        ("CREATE TABLE public.t (LIKE public.u);\n", "in a way that pg_dump does not have"),
        ("CREATE TABLE public.t OF public.ana;\n", "columns of a type"),
        ("ALTER TABLE public.t ADD COLUMN b text DEFAULT 'Ana';\n", "in a way that pg_dump does not have"),
        ("ALTER TABLE public.t ADD b text DEFAULT 'Ana';\n", "in a way that pg_dump does not have"),
        ("ALTER TABLE public.t ALTER a SET DEFAULT 'Ana';\n", "in a way that pg_dump does not have"),
        ("ALTER TABLE public.t ALTER COLUMN a TYPE text USING 'Ana';\n", "in a way that pg_dump does not have"),
        ("ALTER TABLE public.t OWNER TO x, ALTER COLUMN a SET DEFAULT 'Ana';\n", "in a way that pg_dump does not have"),
        ("SELECT pg_catalog.set_config(E'a'\n'\\', ', pg_read_file(Ana), ');\n", "goes on in another"),
        ("SET SESSION standard_conforming_strings = off;\n", "none of pg_dump's"),
        ("SET NAMES 'LATIN1';\n", "none of pg_dump's"),
        ("SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false);\n", "`SELECT`"),
        ("\u{feff}SET a = 1;\n", "byte order mark"),
        ("COPY public.t (a) FROM stdin;\r\nx\r\n\\.\r\n", "carriage return"),
        ("SET client_encoding = 'LATIN1';\n", "not in UTF-8"),
        ("SET standard_conforming_strings = off;\n", "backslash escapes"),
        ("SET a = 1 -- Ana\n;\n", "a comment stands inside"),
        ("SET a = 1 /* Ana */;\n", "a comment stands inside"),
        ("/* Ana */\n", "a comment stands inside"),
        ("SET a = 1 \\! Ana;\n", "a backslash stands outside quotes"),
        ("\\! rm -rf Ana\n", "a command for psql"),
        ("\\connect Ana\n", "a command for psql"),
        ("\\restrict word2\n", "a command for psql"),
        ("\\unrestrict word2\n", "a command for psql"),
        ("\\unrestrict word1\n\\! Ana\n", "a command for psql"),
        ("CREATE TABLE public.t (\n    a text\n);\nCREATE TABLE public.t (\n    a text\n);\n", "twice"),
    ] {
        let error = refused(sql, KEEP);
        assert_eq!(error.kind(), ErrorKind::Data, "{sql}");
        assert!(error.message().contains(says), "{sql} {error}");
        assert!(!error.to_string().contains("Ana") && !error.help().unwrap_or_default().contains("Ana"), "{error}");
        assert!(error.place().line.is_some_and(|line| line >= 12), "{sql} {error}");
    }
}

#[test]
fn a_dump_that_is_cut_off_anywhere_is_refused() {
    let statements = "CREATE TABLE public.t (\n    a text\n);\n\nCOPY public.t (a) FROM stdin;\nx\ny\n\\.\n\n\
                      INSERT INTO public.t VALUES ('x');\nINSERT INTO public.t VALUES ('y');\n\nSET a = 1;\n\
                      CREATE FUNCTION public.f() RETURNS text\n    AS $$x$$;\n";
    let (whole, keep) = (dump(statements), rules(KEEP));
    // What is missing at the very end is the line end of the last line.
    let last = whole.trim_end().len();
    for end in 0..last {
        for block_size in [16, 1 << 20] {
            match pass_in(&whole[..end], &keep, block_size) {
                Err(error) => assert_eq!(error.kind(), ErrorKind::Data, "at {end}: {error}"),
                Ok(_) => panic!("cut off at {end} and not told"),
            }
        }
    }
    assert!(pass_in(&whole[..last], &keep, 16).is_ok());
}

#[test]
fn rules_against_constraints_are_refused_when_the_stream_ends() {
    let statements = "CREATE TABLE public.t (\n    a text NOT NULL,\n    b text\n);\n\nALTER TABLE ONLY public.t\n    ADD CONSTRAINT k PRIMARY KEY (a);\n";
    assert!(refused(statements, &[("public.t", r#"a = "mask", b = "keep""#)]).message().contains("primary key"));
    assert!(refused(statements, &[("public.t", r#"a = "null", b = "keep""#)]).to_string().contains("required"));
    assert!(refused(statements, &[("public.t", r#"a = "drop", b = "keep""#)]).to_string().contains("NOT NULL"));
    passed(statements, &[("public.t", r#"a = { do = "token" }, b = "mask""#)]);
}

#[test]
fn a_value_is_never_told() {
    for sql in [
        "CREATE TABLE public.t (\n    a date\n);\nCOPY public.t (a) FROM stdin;\nsecret\n\\.\n",
        "CREATE TABLE public.t (\n    a date\n);\nINSERT INTO public.t VALUES ('secret');\n",
        "CREATE TABLE public.t (\n    a date\n);\nINSERT INTO public.t VALUES (secret);\n",
    ] {
        let error = refused(sql, &[("public.t", r#"a = { do = "generalise", to = "year" }"#)]);
        assert!(!format!("{error:?} {:?}", error.help()).contains("secret"));
    }
}

#[test]
fn a_value_for_a_column_that_the_database_computes_does_not_pass() {
    let table = "CREATE TABLE public.t (\n    a text,\n    b text GENERATED ALWAYS AS (a) STORED,\n    c text\n);\n";
    let rules = [("public.t", r#"a = "mask", c = "drop""#)];
    for (rows, made) in [
        (
            "INSERT INTO public.t VALUES ('x', DEFAULT, 'y');\n",
            "INSERT INTO public.t (\"a\", \"b\") VALUES ('*', DEFAULT);\n",
        ),
        (
            "INSERT INTO public.t (a, b) VALUES ('x', DEFAULT);\n",
            "INSERT INTO public.t (a, b) VALUES ('*', DEFAULT);\n",
        ),
    ] {
        assert_eq!(passed(&format!("{table}{rows}"), &rules), format!("{table}{made}"));
    }
    for rows in [
        "VALUES ('x', 'secret', 'y')",
        "(b, a) VALUES ('secret', 'x')",
        "(b, a) VALUES (DEFAULT, 'x'), ('secret', 'x')",
    ] {
        let error = refused(&format!("{table}INSERT INTO public.t {rows};\n"), &rules);
        assert!(error.message().contains("the database computes"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn what_binds_a_table_binds_its_partitions() {
    let statements = "CREATE TABLE public.p (\n    id text NOT NULL,\n    day date\n)\nPARTITION BY LIST (day);\n\
                      CREATE TABLE public.c (\n    id text NOT NULL,\n    day date\n);\n\
                      CREATE TABLE public.o (\n    of text\n);\n\
                      ALTER TABLE ONLY public.p ATTACH PARTITION public.c FOR VALUES IN ('2024-01-01');\n\
                      ALTER TABLE ONLY public.p\n    ADD CONSTRAINT k UNIQUE (id);\n";
    let refers = "ALTER TABLE public.o\n    ADD CONSTRAINT f FOREIGN KEY (of) REFERENCES public.p(id);\n";
    let with = |parent, child, other| {
        [("public.p", parent), ("public.c", child), ("public.o", other)].map(|(table, rule)| (table, rule))
    };
    let (keep, token) = (r#"id = "keep", day = "keep""#, r#"id = { do = "token" }, day = "keep""#);
    let mask = r#"id = "mask", day = "keep""#;
    passed(statements, &with(keep, token, r#"of = "keep""#));
    assert!(
        refused(statements, &with(keep, mask, r#"of = "keep""#)).message().contains("unique key of the table public.c")
    );
    passed(&format!("{statements}{refers}"), &with(keep, keep, r#"of = "keep""#));
    let error = refused(&format!("{statements}{refers}"), &with(keep, token, r#"of = "keep""#));
    assert!(error.message().contains("the table public.c refers to `id` of public.p"), "{error}");
}

#[test]
fn what_is_too_large_is_refused() {
    let large = "x".repeat(65 << 20);
    for statements in [
        format!("CREATE TABLE public.t (\n    a text\n);\nCOPY public.t (a) FROM stdin;\n{large}\n\\.\n"),
        format!("CREATE TABLE public.t (\n    a text\n);\nINSERT INTO public.t VALUES ('{large}');\n"),
        format!("CREATE FUNCTION public.f() AS $$ {large} $$;\n"),
    ] {
        let input = Stream::over(Path::new("dump.sql"), Box::new(Cursor::new(dump(&statements).into_bytes())));
        let mut reader = Postgres.read(input, 1 << 20).unwrap();
        let rules = rules(KEEP);
        let mut told =
            Told { rules: &rules, keys: Keyring::new(Key::from_bytes([0; 32]), Suite::default()), met: Vec::new() };
        let error = loop {
            match reader.next(&mut told) {
                Ok(Some(_)) => {}
                Ok(None) => panic!("nothing was too large"),
                Err(error) => break error,
            }
        };
        assert!(error.message().contains("larger than 64 MiB"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_dump_that_was_tampered_with_is_no_fault_of_ours(
        edits in prop::collection::vec((0usize..800, prop::sample::select(b"'\"\\;,.()\n\t$N-*/xE0:\xc3\x80".to_vec()), 0u8..3), 1..4),
        block_size in prop::sample::select(vec![5, 1 << 20]),
    ) {
        let statements = "CREATE TYPE public.m AS ENUM (\n    'a'\n);\nCREATE TABLE public.t (\n    a text DEFAULT 'x'::text NOT NULL,\n    b date,\n    c public.m,\n    \
                          CONSTRAINT k CHECK ((a <> ''::text))\n);\n\nALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT 'y'::text;\n\n\
                          COPY public.t (a, b, c) FROM stdin;\nx\\ty\t2024-01-01\ta\n\\N\t\\N\t\\N\n\\.\n\n\
                          INSERT INTO public.t VALUES ('x''y', '2024-01-01', 'a');\nINSERT INTO public.t (a, b) VALUES\n\t('x', NULL),\n\t('y', NULL);\n\n\
                          CREATE UNIQUE INDEX i ON public.t USING btree (lower(a), b);\nALTER TABLE ONLY public.t\n    ADD CONSTRAINT p PRIMARY KEY (a);\n";
        let mut bytes = dump(statements).into_bytes();
        for (at, byte, what) in edits {
            let at = at % bytes.len();
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let rules = rules(&[("public.t", r#"a = { do = "token" }, b = { do = "generalise", to = "year" }, c = "drop""#)]);
        let input = Stream::over(Path::new("dump.sql"), Box::new(Cursor::new(bytes)));
        let mut reader = Postgres.read(input, block_size).unwrap();
        let mut told = Told { rules: &rules, keys: Keyring::new(Key::from_bytes([0; 32]), Suite::default()), met: Vec::new() };
        let mut pieces = || -> Result<()> {
            while let Some(piece) = reader.next(&mut told)? {
                let Piece::Rows { table, block } = piece else { continue };
                let met = &told.met[table];
                for decoded in block.decode()? {
                    let decoded = decoded?;
                    let applied = met.plan.apply(&decoded.batch, 0)?;
                    met.encoder.start()?.push(&decoded, &applied.batch)?;
                }
            }
            Ok(())
        };
        if let Err(error) = pieces() {
            prop_assert_eq!(error.kind(), ErrorKind::Data, "{}", error);
        }
    }
}
