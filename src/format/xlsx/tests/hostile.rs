use super::*;

const KEEP: &str = "\"*\" = \"keep\"";

fn little() -> Vec<u8> {
    workbook(|sheet| {
        for (column, name) in ["id", "name"].into_iter().enumerate() {
            sheet.write_string(0, column as u16, name).unwrap();
        }
        for row in 1..200 {
            sheet.write_number(row, 0, f64::from(row) * 1001.5).unwrap();
            sheet.write_string(row, 1, format!("name {row}")).unwrap();
        }
    })
}

fn refused(bytes: &[u8]) -> crate::error::Error {
    let given = Given::new("x.xlsx", bytes);
    let error = Run::new(KEEP, Format::Csv).of(&given.path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    error
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let whole = little();
    for cut in (0..whole.len()).step_by(128).chain(whole.len() - 30..whole.len()) {
        refused(&whole[..cut]);
    }
}

#[test]
fn no_byte_makes_it_panic() {
    let whole = little();
    for place in (0..whole.len()).step_by(13) {
        let mut spoilt = whole.clone();
        spoilt[place] ^= [0x01, 0x80, 0x7f, 0xff][place % 4];
        let given = Given::new("x.xlsx", &spoilt);
        if let Err(error) = Run::new(KEEP, Format::Xlsx).of(&given.path) {
            assert_eq!(error.kind(), ErrorKind::Data, "byte {place}: {error}");
        }
    }
}

#[test]
fn no_byte_of_a_sheet_makes_it_panic() {
    let whole = little();
    for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"] {
        let mut parts = parts(&whole);
        let part = parts.iter().position(|(part, _)| part == name).unwrap();
        let bytes = parts[part].1.clone();
        for place in (0..bytes.len().min(1500)).step_by(11) {
            let mut spoilt = bytes.clone();
            spoilt[place] = [b'<', b'9', b'"', 0xff, b'&'][place % 5];
            parts[part].1 = spoilt;
            let given = Given::new("x.xlsx", &package(&parts));
            if let Err(error) = Run::new(KEEP, Format::Csv).of(&given.path) {
                assert_eq!(error.kind(), ErrorKind::Data, "{name}, byte {place}: {error}");
            }
        }
    }
}

#[test]
fn lies_are_refused_by_name() {
    let sheet = "xl/worksheets/sheet1.xml";
    for (part, from, to, words) in [
        ("xl/sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"9999999999", "can't be read"),
        (sheet, "r=\"A150\"", "r=\"XFD1048576\"", "column without a name"),
        (sheet, "<row r=\"199\"", "<row r=\"1048576\" x=\"", ""),
        (sheet, "r=\"A150\"", "r=\"A149\"", "can't be read"),
        (sheet, "r=\"A150\"", "r=\"A99999999999\"", "can't be read"),
        (sheet, "t=\"s\"><v>", "t=\"s\"><v>99999", "can't be read"),
    ] {
        let spoilt = with_part(&little(), part, |text| text.replacen(from, to, 1));
        let given = Given::new("x.xlsx", &spoilt);
        if let Err(error) = Run::new(KEEP, Format::Csv).of(&given.path) {
            assert_eq!(error.kind(), ErrorKind::Data);
            assert!(error.message().contains(words), "{words}: {error}");
        } else {
            assert_eq!(words, "", "{from} became {to}");
        }
    }
}

#[test]
fn a_sheet_that_is_almost_empty_and_immense_is_refused() {
    let book = workbook(|sheet| {
        for column in 0..200 {
            sheet.write_string(0, column, format!("c{column}")).unwrap();
        }
        sheet.write_number(1_048_575, 0, 1.0).unwrap();
    });
    assert!(refused(&book).message().contains("very few cells"));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(&little()) {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    // 520 MiB of spaces are half a megabyte packed.
    writer.start_file("xl/worksheets/sheet2.xml", SimpleFileOptions::default()).unwrap();
    (0..520).for_each(|_| writer.write_all(&[b' '; 1 << 20]).unwrap());
    assert!(refused(&writer.finish().unwrap().into_inner()).message().contains("unpacked"));
}

#[test]
fn what_is_not_one_table_is_told() {
    let mut two = Workbook::new();
    two.add_worksheet().write_string(0, 0, "a").unwrap();
    two.add_worksheet();
    let hidden = two.add_worksheet();
    hidden.set_hidden(true).write_string(5, 5, "Ana Silva").unwrap();
    hidden.set_name("Ana Silva").unwrap();
    let error = refused(&two.save_to_buffer().unwrap());
    assert!(error.message().contains("those at 1 and 3"), "{error}");
    assert!(!format!("{error:?} {:?}", error.help()).contains("Ana"));

    assert!(refused(&workbook(|_| {})).message().contains("no sheet"));
    let unnamed = workbook(|sheet| {
        sheet.write_string(0, 0, "a").unwrap().write_string(1, 3, "secret").unwrap();
    });
    let error = refused(&unnamed);
    assert!(error.message().contains("the one at 4") && error.place().line == Some(2), "{error}");
    let unstored = workbook(|sheet| {
        sheet.write_string(0, 0, "a").unwrap().write_formula(1, 0, Formula::new("=1+1").set_result("")).unwrap();
    });
    let unstored = with_part(&unstored, "xl/worksheets/sheet1.xml", |part| {
        let (head, tail) = (part.find("</f>").unwrap() + 4, part.find("</c></row></sheetData>").unwrap());
        format!("{}{}", &part[..head], &part[tail..])
    });
    assert!(refused(&unstored).message().contains("no stored result"));
    assert!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").message().contains("encrypted"));
    for bytes in [b"".as_slice(), b"id,name\n1,2\n", b"PK\x03\x04", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        assert!(refused(bytes).message().contains("no workbook"));
    }
}

#[test]
fn what_a_sheet_cannot_hold_is_refused() {
    let long = format!("a\n{}\n", "x".repeat(32_768));
    let given = Given::new("x.csv", long.as_bytes());
    let error = Run::new(KEEP, Format::Xlsx).of(&given.path).unwrap_err();
    assert_eq!((error.kind(), error.place().column.as_deref()), (ErrorKind::Data, Some("a")));
    assert!(error.message().contains("no more than 32767 characters"), "{error}");
    let rows = format!("a\n{}", "1\n".repeat(1_048_576));
    let given = Given::new("x.csv", rows.as_bytes());
    let error = Run::new(KEEP, Format::Xlsx).of(&given.path).unwrap_err();
    assert!(error.message().contains("no more than 1048575 rows"), "{error}");
}
