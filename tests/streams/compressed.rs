use crate::support::{Workplace, checkout};
use crate::{KEEP, WAYS, filter, table};

/// Compresses as the program does.
fn compressed(program: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    filter(&[program, "-c"], bytes)
}

fn decompressed(program: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    filter(&[program, "-dc"], bytes)
}

#[test]
fn what_is_kept_comes_back_byte_for_byte_in_the_compression_it_came_in() {
    for (ending, program) in WAYS {
        for export in ["id\n".to_owned(), table(100), table(3_000_000)] {
            let workplace = Workplace::new();
            workplace.write("rules.toml", KEEP);
            let Some(file) = compressed(program, export.as_bytes()) else { return };
            workplace.write(&format!("exports/t.csv.{ending}"), file);
            workplace.bowdler("run rules.toml --from exports --to out --key-file key").exits(0);
            let out = workplace.bytes(&format!("out/t.csv.{ending}"));
            assert!(decompressed(program, &out).unwrap() == export.as_bytes(), "{program}, {} bytes", export.len());
            let manifest: serde_json::Value =
                serde_json::from_str(&workplace.read("out/bowdler.manifest.json")).unwrap();
            let told = &manifest["files"][0]["output"];
            assert_eq!(told["path"], format!("t.csv.{ending}"));
            assert_eq!(told["bytes"], out.len());
            assert_eq!(told["blake3"], blake3::hash(&out).to_hex().as_str(), "the digest is that of the file itself");
        }
    }
}

#[test]
fn a_table_of_no_rows_is_a_compressed_file_all_the_same() {
    let workplace = Workplace::new();
    let csv = "csv = { header = false, columns = [\"a\"] }\n[tables.t.columns]";
    workplace.write("rules.toml", KEEP.replace("[tables.t.columns]", csv));
    for (ending, program) in WAYS {
        let Some(file) = compressed(program, b"") else { continue };
        let name = format!("t.csv.{ending}");
        workplace.write(&name, file);
        workplace.bowdler(&format!("run rules.toml --from {name} --to out.csv.{ending} --key-file key")).exits(0);
        assert_eq!(decompressed(program, &workplace.bytes(&format!("out.csv.{ending}"))).unwrap(), b"");
    }
    workplace.write("rules.toml", KEEP.replace("[tables.t.columns]", "csv = { header = false }\n[tables.t.columns]"));
    workplace.write("t.csv", "");
    workplace
        .bowdler("run rules.toml --from t.csv --to x.csv --key-file key")
        .exits(3)
        .says(&["nothing says its columns"]);
}

#[test]
fn threads_and_blocks_change_no_byte_of_what_is_compressed() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    // More than is gathered at once, so that it is compressed in several turns.
    workplace.write("t.csv", table(9_000_000));
    for (ending, program) in WAYS {
        let run = |to: &str, options: &str| {
            let to = format!("{to}.csv.{ending}");
            workplace.bowdler(&format!("run rules.toml --from t.csv --to {to} --key-file key {options}")).exits(0);
            workplace.bytes(&to)
        };
        let first = run("first", "--threads 1");
        for (place, options) in
            ["--threads 3", "--block-size 4099 --threads 2", "--block-size 100000000", ""].iter().enumerate()
        {
            assert!(run(&format!("run{place}"), options) == first, "{program}: another output with {options:?}");
        }
        let Some(plain) = decompressed(program, &first) else { continue };
        assert!(plain == workplace.bytes("t.csv"), "{program}");
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused_and_nothing_is_published() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    for (ending, program) in WAYS {
        let Some(file) = compressed(program, table(60_000).as_bytes()) else { continue };
        assert!(file.len() > 10 * 512, "there are places to cut it at");
        for end in (0..file.len()).step_by(512) {
            let name = format!("t.csv.{ending}");
            workplace.write(&name, &file[..end]);
            let ran = workplace.bowdler(&format!("run rules.toml --from {name} --to out.csv --key-file key")).exits(3);
            assert!(ran.stderr.contains("cut off") || ran.stderr.contains("says"), "{program} at {end}: {ran:?}");
            assert!(!workplace.path("out.csv").exists(), "{program} cut at {end}");
        }
    }
}

#[test]
fn names_and_contents_must_not_contradict_each_other() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    let (Some(gzip), Some(zstd)) = (compressed("gzip", b"a\n1\n"), compressed("zstd", b"a\n1\n")) else { return };
    workplace.write("p.csv", "a\n1\n");
    workplace.bowdler("run rules.toml --from p.csv --to p.parquet --key-file key").exits(3);
    workplace.write("t.csv", "a\n1\n");
    workplace.bowdler("run rules.toml --from t.csv --to t.parquet --key-file key").exits(0);
    let parquet = compressed("gzip", &workplace.bytes("t.parquet")).unwrap();
    for (name, bytes, code, said) in [
        // A name that says nothing of compression is no lie.
        ("t.csv", gzip.as_slice(), 0, "published"),
        ("t.csv", &zstd, 0, "published"),
        ("t.csv.gz", &zstd, 3, "says gzip, and it is zstd"),
        ("t.csv.zst", b"a\n1\n", 3, "says zstd, and it is not"),
        ("t.csv.gz", b"", 3, "the file is empty"),
        ("t.csv", b"BZh91AY&SY...", 3, "is bzip2, which is not read here"),
        ("t.csv", b"\xfd7zXZ\0...", 3, "xz -dc"),
        ("t.parquet.gz", &parquet, 3, "a Parquet file that is compressed as a whole"),
        ("t.parquet", &parquet, 3, "take the gzip off it"),
        ("t.csv.bz2", b"BZh91AY&SY...", 3, "the ending of the file's name"),
    ] {
        workplace.write(name, bytes);
        let ran = workplace.bowdler(&format!("run rules.toml --from {name} --to out.csv --replace --key-file key"));
        ran.exits(code).says(&[said]);
        if code == 0 {
            assert_eq!(workplace.read("out.csv"), "a\n1\n", "{name}");
        }
        std::fs::remove_file(workplace.path("out.csv")).ok();
        std::fs::remove_file(workplace.path(name)).unwrap();
    }
}

#[test]
fn the_name_of_the_output_says_how_it_is_compressed() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    let export = "a,b\n1,x\n";
    for (_, program) in WAYS {
        let Some(file) = compressed(program, export.as_bytes()) else { return };
        workplace.write(if program == "gzip" { "t.csv.gz" } else { "t.csv.zst" }, file);
    }
    for (from, to, program) in [
        ("t.csv.gz", "out.csv", None),
        ("t.csv.gz", "out.csv.zst", Some("zstd")),
        ("t.csv.zst", "out.csv.gz", Some("gzip")),
        ("t.csv.zst", "out.CSV.ZST", Some("zstd")),
    ] {
        workplace.bowdler(&format!("run rules.toml --from {from} --to {to} --key-file key")).exits(0);
        let out = workplace.bytes(to);
        let plain = program.map_or(out.clone(), |program| decompressed(program, &out).unwrap());
        assert_eq!(String::from_utf8(plain).unwrap(), export, "{from} to {to}");
    }
    let ran = workplace.bowdler("run rules.toml --from t.csv.gz --to out.parquet.gz --key-file key");
    ran.exits(2).says(&["Parquet is not written in gzip"]);
    workplace.write("exports/t.csv.gz", workplace.bytes("t.csv.gz"));
    workplace.bowdler("run rules.toml --from exports --to typed --to-format parquet --key-file key").exits(0);
    assert!(workplace.path("typed/t.parquet").exists(), "the ending of a format that is not compressed as a whole");
    workplace.bowdler("run rules.toml --from exports --to same --to-format csv --key-file key").exits(0);
    assert!(workplace.path("same/t.csv.gz").exists());
    for (compression, name) in [("none", "t.csv"), ("gzip", "t.csv.gz"), ("zstd", "t.csv.zst")] {
        let run = format!("run rules.toml --from exports --to {compression} --compress {compression} --key-file key");
        workplace.bowdler(&run).exits(0);
        assert_eq!(workplace.tree(compression).len(), 2);
        assert!(workplace.path(&format!("{compression}/{name}")).exists(), "{name}");
        workplace.bowdler(&format!("verify {compression}")).exits(0);
    }
    let ran = workplace.bowdler("run rules.toml --from t.csv.gz --to x.csv --compress zstd --key-file key");
    ran.exits(2).says(&["the name of a single output says how"]);
}

#[test]
fn a_bomb_is_refused() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    let row = format!("{}\n", "0".repeat((1 << 20) - 1)).into_bytes();
    let bomb = [b"a\n".as_slice(), &row.repeat(160)].concat();
    for (ending, program) in WAYS {
        let Some(file) = compressed(program, &bomb) else { continue };
        let name = format!("t.csv.{ending}");
        workplace.write(&name, file);
        let ran = workplace.bowdler(&format!("run rules.toml --from {name} --to out.csv --key-file key"));
        ran.exits(3).says(&["400 times its size", "decompress it first"]).never_says(&["000000"]);
        assert!(!workplace.path("out.csv").exists());
    }
}

#[test]
fn every_command_sees_through_compression() {
    let workplace = Workplace::new();
    let export = "customer_id;email\r\n1;ana.silva@gmail.com\r\n2;li.wei@gmail.com\r\n";
    for (ending, program) in WAYS {
        let Some(file) = compressed(program, export.as_bytes()) else { return };
        let name = format!("t.csv.{ending}");
        workplace.write(&name, file);
        workplace.bowdler(&format!("verify {name} --fail-on possible")).exits(1).prints(&["email", "line 2"]);
        workplace.bowdler(&format!("init {name} -o rules-{ending}.toml")).exits(0);
        let rules = workplace.read(&format!("rules-{ending}.toml"));
        assert!(rules.contains("delimiter = \";\"") && rules.contains(&format!("\"{name}\"")), "{rules}");
        workplace.bowdler(&format!("check rules-{ending}.toml --from {name}")).exits(0);
        workplace.bowdler(&format!("preview rules-{ending}.toml --from {name} --key-file key")).exits(0);
        workplace.bowdler(&format!("mask {name} -o safe.csv.{ending} --key-file key")).exits(0);
        let safe = decompressed(program, &workplace.bytes(&format!("safe.csv.{ending}"))).unwrap();
        let safe = String::from_utf8(safe).unwrap();
        assert!(safe.starts_with("customer_id;email\r\n") && !safe.contains("ana.silva"), "{safe}");
        let against = format!("verify safe.csv.{ending} --against {name}");
        workplace.bowdler(&against).exits(0);
    }
}

#[test]
fn what_survives_is_found_in_compressed_outputs() {
    let workplace = Workplace::new();
    let rules = "version = 1\n[tables.t]\nfiles = [\"t.*\"]\n[tables.t.columns]\nemail = \"token\"\nnote = \"keep\"\n";
    workplace.write("rules.toml", rules);
    let export = "email,note\nana.silva@shop.example,x\nli.wei@shop.example,wrote to ana.silva@shop.example\n";
    let Some(file) = compressed("gzip", export.as_bytes()) else { return };
    workplace.write("exports/t.csv.gz", file);
    let run = "run rules.toml --from exports --to out --key-file key --check-survivors";
    workplace.bowdler(run).exits(3).says(&["note"]);
    assert!(!workplace.path("out").exists());
}

#[test]
fn files_from_outside_are_the_same_compressed_and_plain() {
    let mut files = 0;
    for folder in ["csv-spectrum/csvs", "polluted-csv"] {
        let folder = checkout().join("../shared/data").join(folder);
        if !folder.exists() {
            println!("skipped: there is no shared data beside this checkout");
            assert!(std::env::var_os("CI").is_none());
            return;
        }
        let workplace = Workplace::new();
        workplace.write("rules.toml", KEEP);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let export = std::fs::read(&path).unwrap();
            workplace.write("t.csv", &export);
            let run = |from: &str, to: &str| {
                let ran =
                    workplace.bowdler(&format!("run rules.toml --from {from} --to {to} --key-file key --replace"));
                let errors = ran.stderr.lines().filter(|line| line.starts_with("error")).collect::<Vec<_>>().join("\n");
                (ran.code, errors.replace(from, ""))
            };
            let plain = run("t.csv", "plain.csv");
            for (ending, program) in WAYS {
                let Some(file) = compressed(program, &export) else { continue };
                let (from, to) = (format!("t.csv.{ending}"), format!("out.csv.{ending}"));
                workplace.write(&from, file);
                assert_eq!(run(&from, &to), plain, "{} in {program}", path.display());
                if plain.0 == 0 {
                    assert!(decompressed(program, &workplace.bytes(&to)).unwrap() == export, "{}", path.display());
                }
            }
            files += 1;
        }
    }
    assert!(files > 40);
}

#[test]
fn what_comes_through_a_pipe_says_itself_what_it_is() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP.replace("t.*", "t.csv"));
    let export = table(3_000_000);
    workplace.write("t.csv", &export);
    for (_, program) in WAYS {
        if compressed(program, b"").is_none() {
            continue;
        }
        let line = format!("{program} -c t.csv | $BOWDLER run rules.toml --from - --to - --key-file key > out.csv");
        workplace.shell(&line).exits(0);
        assert!(workplace.read("out.csv") == export, "{program}");
        let line =
            format!("{program} -c t.csv | head -c 5000 | $BOWDLER run rules.toml --from - --to x --key-file key");
        workplace.shell(&line).exits(3).says(&["cut off"]);
        assert!(!workplace.path("x").exists());
    }
}

#[test]
fn a_dump_is_the_same_compressed_and_plain() {
    let dump = "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n\
        CREATE TABLE public.people (\n    id integer NOT NULL,\n    name text\n);\n\n\
        COPY public.people (id, name) FROM stdin;\n1\tAna\n2\t\\N\n\\.\n\n\
        --\n-- PostgreSQL database dump complete\n--\n";
    let rules = "version = 1\n[tables.people]\n[tables.people.columns]\nid = \"keep\"\nname = { do = \"mask\" }\n";
    let workplace = Workplace::new();
    workplace.write("rules.toml", rules.replace("tables.people", "tables.\"public.people\""));
    workplace.write("plain/d.sql", dump);
    let run = |from: &str, options: &str| {
        let line = format!("run rules.toml --from {from} --to out-{from} --replace --key-file key {options}");
        workplace.bowdler(&line).exits(0);
    };
    run("plain", "");
    let plain = workplace.read("out-plain/d.sql");
    assert!(plain.contains("1\t***\n2\t\\N\n"), "{plain}");
    for (ending, program) in WAYS {
        let Some(file) = compressed(program, dump.as_bytes()) else { continue };
        let name = format!("d.sql.{ending}");
        workplace.write(&format!("{program}/{name}"), &file);
        for options in ["", "--block-size 1 --threads 2"] {
            run(program, options);
            let out = workplace.bytes(&format!("out-{program}/{name}"));
            assert_eq!(String::from_utf8(decompressed(program, &out).unwrap()).unwrap(), plain, "{program}");
        }
        workplace.bowdler(&format!("verify out-{program} --against {program}")).exits(0);
        workplace.bowdler(&format!("init {program}/{name}")).exits(0).prints(&["people"]);
        workplace.write(&format!("{program}/{name}"), &file[..file.len() - 1]);
        let ran = workplace.bowdler(&format!("run rules.toml --from {program} --to cut --key-file key"));
        ran.exits(3).says(&["cut off"]);
    }
    // As a shell that writes UTF-16 leaves it.
    let wide: Vec<u8> = format!("\u{feff}{dump}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    workplace.write("wide/d.sql", wide);
    workplace
        .bowdler("run rules.toml --from wide --to out-wide --key-file key")
        .exits(3)
        .says(&["the file is utf-16le, and a dump is read in UTF-8 alone"]);
}

#[test]
fn json_is_the_same_compressed_and_plain() {
    let rows = 200_000;
    let lines: String = (0..rows).map(|row| format!("{{\"id\": {row}, \"name\": \"Ana {}\"}}\n", row % 977)).collect();
    let list = format!("[\n{}\n]\n", lines.trim_end().replace('\n', ",\n"));
    for (name, export) in [("t.jsonl", &lines), ("t.json", &list)] {
        let workplace = Workplace::new();
        workplace.write("rules.toml", KEEP);
        for (ending, program) in WAYS {
            let Some(file) = compressed(program, export.as_bytes()) else { continue };
            workplace.write(&format!("{ending}/{name}.{ending}"), file);
            let run = |to: &str, options: &str| {
                workplace
                    .bowdler(&format!("run rules.toml --from {ending} --to {to} --key-file key {options}"))
                    .exits(0);
                workplace.bytes(&format!("{to}/{name}.{ending}"))
            };
            let first = run(&format!("{ending}1"), "--threads 1");
            assert!(decompressed(program, &first).unwrap() == export.as_bytes(), "{name} in {program}");
            assert!(run(&format!("{ending}2"), "--threads 3 --block-size 77777") == first, "{name} in {program}");
        }
        // As a shell that writes UTF-16 leaves it: what is written is UTF-8, as JSON has to be.
        let few = if name == "t.json" { "[{\"id\": \"Zoë\"}]" } else { "{\"id\": \"Zoë 😀\"}\n{\"id\": null}\n" };
        let wide: Vec<u8> = format!("\u{feff}{few}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let Some(file) = compressed("gzip", &wide) else { continue };
        workplace.write(&format!("wide/{name}.gz"), file);
        workplace.bowdler("run rules.toml --from wide --to out --key-file key").exits(0);
        assert_eq!(decompressed("gzip", &workplace.bytes(&format!("out/{name}.gz"))).unwrap(), few.as_bytes());
    }
}
