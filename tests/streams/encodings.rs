use crate::support::Workplace;
use crate::{KEEP, filter};

/// Rules that keep everything, with what they say of the CSV files.
fn keep(csv: &str) -> String {
    KEEP.replace("[tables.t.columns]", &format!("csv = {{ {csv} }}\n[tables.t.columns]"))
}

/// A text in an encoding, as Python has it.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let program = format!("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode('{encoding}'))");
    filter(&["python3", "-c", &program], text.as_bytes())
}

#[test]
fn what_is_kept_comes_back_byte_for_byte_in_the_encoding_it_came_in() {
    let text = "id,name\r\n1,\"Zoë, née Müller\"\r\n2,Œuvre\r\n";
    for (csv, python, mark, text) in [
        ("", "utf-8", "", text),
        ("", "utf-8", "\u{feff}", text),
        ("", "utf-16-le", "\u{feff}", text),
        ("", "utf-16-be", "\u{feff}", text),
        ("encoding = \"utf-16le\"", "utf-16-le", "", text),
        ("encoding = \"utf-16be\"", "utf-16-be", "", "id,name\n1,😀 \n"),
        ("encoding = \"windows-1252\"", "cp1252", "", text),
        ("encoding = \"iso-8859-15\"", "iso8859_15", "", text),
        ("encoding = \"iso-8859-1\"", "iso8859_1", "", "id,name\n1,Zoë\u{85}\u{a0}\n"),
        ("encoding = \"WINDOWS-1251\"", "cp1251", "", "имя,город\nАнна,Москва\n"),
        ("encoding = \"iso-8859-2\"", "iso8859_2", "", "imię,miasto\nŁucja,Łódź\n"),
    ] {
        let Some(export) = encoded(&format!("{mark}{text}"), python) else { return };
        let workplace = Workplace::new();
        workplace.write("rules.toml", keep(csv));
        workplace.write("t.csv", &export);
        for options in ["", "--block-size 7 --threads 3"] {
            let run = format!("run rules.toml --from t.csv --to out.csv --replace --key-file key {options}");
            workplace.bowdler(&run).exits(0);
            assert!(workplace.bytes("out.csv") == export, "{csv} {python} {options}");
        }
        // The manifest says it, and `verify` reads the data set by it.
        let manifest = workplace.read("out.csv.bowdler.manifest.json");
        assert_eq!(manifest.contains("\"encoding\": \""), python != "utf-8", "{manifest}");
        let verified = workplace.bowdler("verify out.csv");
        assert!(verified.code < 2, "{csv}: {verified:?}");
    }
}

#[test]
fn every_byte_is_the_character_that_it_is() {
    let numbered = [1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map(|part| format!("iso-8859-{part}"));
    let windows = [874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map(|page| format!("windows-{page}"));
    let others = ["koi8-r", "macintosh", "ibm866", "x-mac-cyrillic"].map(str::to_owned);
    for name in numbered.iter().chain(&windows).chain(&others) {
        let python = match name.as_str() {
            "macintosh" => "mac_roman".to_owned(),
            "ibm866" => "cp866".to_owned(),
            "x-mac-cyrillic" => "mac_cyrillic".to_owned(),
            other => other.replace("windows-", "cp"),
        };
        // Each byte that Python has a character for, and the character.
        let program = format!(
            "import json\nbytes = []\nfor byte in range(128, 256):\n try: bytes.append([byte, bytes_([byte]).decode('{python}')])\n except UnicodeDecodeError: pass\nprint(json.dumps(bytes))"
        )
        .replace("bytes_(", "__builtins__.bytes(");
        let Some(told) = filter(&["python3", "-c", &program], b"") else { return };
        let characters: Vec<(u8, String)> = serde_json::from_slice(&told).unwrap();
        assert!(characters.len() > 70, "{name}");
        let workplace = Workplace::new();
        workplace.write("rules.toml", keep(&format!("encoding = \"{name}\", output_encoding = \"utf-8\"")));
        let mut export = b"byte,character\n".to_vec();
        let mut expected = "byte,character\n".to_owned();
        for (byte, character) in &characters {
            export.extend_from_slice(format!("{byte},").as_bytes());
            export.extend_from_slice(&[*byte, b'\n']);
            expected.push_str(&format!("{byte},{character}\n"));
        }
        workplace.write("t.csv", export);
        workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(0);
        assert_eq!(workplace.read("out.csv"), expected, "{name}");
    }
}

#[test]
fn bytes_that_are_no_text_of_the_encoding_are_refused_and_never_replaced() {
    for (csv, export, said) in [
        (
            "",
            b"id,name\n1,Zo\xeb\n".as_slice(),
            ["t.csv, line 2, byte 12: the file is not UTF-8", "encoding = \"windows-1252\""],
        ),
        ("", b"id,Zo\xeb\n1,x\n", ["line 1, byte 5", "--encoding"]),
        ("", b"i\0d\0\n\0001\0\n\0", ["NUL", "encoding = \"utf-16le\""]),
        ("", b"\xff\xfei\0d\0\n\0\x00\xd8\n\0", ["byte 8: the file is no utf-16le", "help"]),
        ("", b"\xff\xfei\0d\0\n\0x", ["the file is no utf-16le", "cut off"]),
        ("", b"\xff\xfe\0\0i\0\0\0", ["UTF-32", "export it as UTF-8"]),
        ("encoding = \"iso-8859-7\"", b"id\n\xff\n", ["byte 3: the file is no iso-8859-7", "help"]),
        ("encoding = \"iso-8859-1\"", b"\xef\xbb\xbfid\n1\n", ["byte order mark of utf-8", "iso-8859-1"]),
        ("encoding = \"utf-8\"", b"id\n\xe9\n", ["line 2, byte 3: the file is not UTF-8", "help"]),
    ] {
        let workplace = Workplace::new();
        workplace.write("rules.toml", if csv.is_empty() { KEEP.to_owned() } else { keep(csv) });
        workplace.write("t.csv", export);
        workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(3).says(&said);
        assert!(!workplace.path("out.csv").exists(), "{csv}");
    }
}

#[test]
fn places_count_what_the_person_has() {
    let ragged = "id,name\r\n1,Zoë\r\n2,Zoë,x\r\n";
    for (csv, python, place) in [
        ("", "utf-8", "t.csv, line 3, record 2, byte 17: "),
        // The bytes of a text that was decoded are not those of the file, and are not told.
        ("encoding = \"windows-1252\"", "cp1252", "t.csv, line 3, record 2: "),
        ("encoding = \"utf-16le\"", "utf-16-le", "t.csv, line 3, record 2: "),
    ] {
        let Some(export) = encoded(ragged, python) else { return };
        let workplace = Workplace::new();
        workplace.write("rules.toml", keep(csv));
        workplace.write("t.csv", export);
        let ran = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(3);
        ran.says(&[&format!("error: {place}the record has 3 fields")]);
    }
}

#[test]
fn what_is_made_and_has_no_form_is_an_error_with_its_place_and_shape() {
    let rules = "version = 1\n[tables.t]\nfiles = [\"t.*\"]\ncsv = { encoding = \"iso-8859-1\" }\n[tables.t.columns]\n\
        id = \"keep\"\nname = { do = \"replace\", with = \"Łucja K\" }\n";
    let workplace = Workplace::new();
    workplace.write("rules.toml", rules);
    workplace.write("t.csv", b"id,name\n1,\n2,Zo\xeb\n");
    let run = "run rules.toml --from t.csv --to out.csv --key-file key";
    for options in ["", "--block-size 1 --threads 2"] {
        let ran = workplace.bowdler(&format!("{run} {options}")).exits(3);
        ran.says(&[
            "t.csv, line 3, record 2, column `name`: a value of shape Aaaaa A has no form in iso-8859-1",
            "output_encoding = \"utf-8\"",
        ])
        .never_says(&["Łucja"]);
        assert!(!workplace.path("out.csv").exists());
    }
    workplace.write("rules.toml", rules.replace("iso-8859-1\"", "iso-8859-1\", output_encoding = \"utf-8\""));
    workplace.bowdler(run).exits(0);
    assert_eq!(workplace.read("out.csv"), "id,name\n1,\n2,Łucja K\n");
    // What is carried over has no form either, and so has a name.
    workplace.write("rules.toml", keep("output_encoding = \"iso-8859-1\""));
    workplace.write("t.csv", "id,name\n1,Zoë\n2,Łucja\n");
    workplace.bowdler(&format!("{run} --replace")).exits(3).says(&["line 3, record 2, byte 15, column `name`"]);
    workplace.write("t.csv", "id,imię\n1,Zoë\n");
    workplace.bowdler(&format!("{run} --replace")).exits(3).says(&["the name of a column has no form in iso-8859-1"]);
    workplace.write("t.csv", "id,name\n1,Zoë\n");
    workplace.bowdler(&format!("{run} --replace")).exits(0);
    assert_eq!(workplace.bytes("out.csv"), b"id,name\n1,Zo\xeb\n");
}

#[test]
fn an_encoding_that_is_not_known_is_a_mistake_of_the_rules() {
    for name in ["latin1", "shift_jis", "utf-16", "ascii", "windows-1"] {
        let workplace = Workplace::new();
        workplace.write("rules.toml", keep(&format!("encoding = \"{name}\"")));
        workplace.bowdler("check rules.toml").exits(2).says(&["no encoding that is known", "iso-8859-1, windows-1252"]);
    }
}

#[test]
fn a_file_without_rules_is_read_in_the_encoding_that_is_named() {
    let workplace = Workplace::new();
    let export = b"customer_id;email;stra\xdfe\n1;ana@shop.example;Hauptstra\xdfe 1\n";
    workplace.write("t.csv", export);
    for command in ["mask t.csv -o safe.csv --key-file key", "init t.csv"] {
        workplace.bowdler(command).exits(3).says(&["not UTF-8", "--encoding"]);
    }
    workplace.bowdler("verify t.csv").exits(4).prints(&["not UTF-8", "--encoding"]);
    workplace.bowdler("verify t.csv --encoding windows-1252 --fail-on possible").exits(1).prints(&["email"]);
    workplace.bowdler("init t.csv --encoding windows-1252 -o rules.toml").exits(0);
    assert!(workplace.read("rules.toml").contains("encoding = \"windows-1252\""));
    workplace.bowdler("check rules.toml --from t.csv").exits(0);
    workplace.bowdler("mask t.csv -o safe.csv --encoding windows-1252 --key-file key").exits(0);
    let safe = workplace.bytes("safe.csv");
    assert!(safe.starts_with(b"customer_id;email;stra\xdfe\n"), "{}", String::from_utf8_lossy(&safe));
    workplace.bowdler("verify safe.csv --against t.csv").exits(0);
    workplace.bowdler("mask t.csv -o x.csv --encoding latin1 --key-file key").exits(2).says(&["iso-8859-1"]);
}

#[test]
fn encodings_and_compression_stand_in_each_other() {
    let text = "\u{feff}id,name\r\n1,Łódź\r\n".repeat(1);
    let Some(export) = encoded(&text, "utf-16-le").and_then(|bytes| filter(&["gzip", "-c"], &bytes)) else { return };
    let workplace = Workplace::new();
    workplace.write("rules.toml", KEEP);
    workplace.write("exports/t.csv.gz", export);
    workplace.bowdler("run rules.toml --from exports --to out --key-file key").exits(0);
    let out = filter(&["gzip", "-dc"], &workplace.bytes("out/t.csv.gz")).unwrap();
    assert_eq!(out, encoded(&text, "utf-16-le").unwrap());
}

#[test]
fn what_comes_through_a_pipe_is_read_in_the_encoding_of_its_table() {
    let workplace = Workplace::new();
    let run = "$BOWDLER run rules.toml --from - --to - --key-file key < t.csv > out.csv";
    for (csv, export) in [
        ("encoding = \"windows-1252\"", b"id,name\n1,Zo\xeb \x80\n".as_slice()),
        ("encoding = \"utf-16le\"", b"\xff\xfei\0\n\0\xeb\0\n\0"),
        ("encoding = \"utf-16be\"", b"\0i\0\n\0\xeb\0\n"),
        ("delimiter = \";\"", b"\xfe\xff\0i\0\n\0\xeb\0\n"),
    ] {
        workplace.write("rules.toml", keep(csv).replace("t.*", "t.csv"));
        workplace.write("t.csv", export);
        workplace.shell(run).exits(0);
        assert_eq!(workplace.bytes("out.csv"), export, "{csv}");
    }
    workplace.write("rules.toml", keep("encoding = \"windows-1252\"").replace("t.*", "t.csv"));
    workplace.shell(run).exits(3).says(&["byte order mark of utf-16be"]);
}
