use super::*;

/// A little of everything that a cell may hold.
fn everything() -> Vec<u8> {
    workbook(|sheet| {
        let date = Style::new().set_num_format("dd/mm/yyyy");
        let header = ["id", "code", "price", "yes", "born", "seen", "at", "mixed", "sum", "empty"];
        for (column, name) in header.iter().enumerate() {
            sheet.write_string(0, column as u16, *name).unwrap();
        }
        for row in [1, 2, 4] {
            let day = |number: f64| ExcelDateTime::from_serial_datetime(number).unwrap();
            sheet.write_number(row, 0, f64::from(row) * 10.0).unwrap();
            sheet.write_string(row, 1, format!("0012{row}")).unwrap();
            sheet.write_number(row, 2, f64::from(row) + 0.25).unwrap();
            sheet.write_boolean(row, 3, row == 2).unwrap();
            sheet.write_datetime_with_format(row, 4, day(45_000.0 + f64::from(row)), &date).unwrap();
            sheet.write_datetime_with_format(row, 5, day(45_000.5), &date).unwrap();
            sheet.write_datetime_with_format(row, 6, day(0.25), &Style::new().set_num_format("hh:mm")).unwrap();
            sheet.write_formula(row, 8, Formula::new("=A2*2").set_result(format!("{}", row * 20))).unwrap();
        }
        sheet.write_string(1, 7, "=HYPERLINK(\"http://evil.example\")").unwrap();
        sheet.write_number(2, 7, 7.0).unwrap();
        sheet.write_boolean(4, 7, true).unwrap();
    })
}

const KEEP: &str = "\"*\" = \"keep\"";

#[test]
fn cells_have_the_types_that_their_columns_have() {
    let given = Given::new("x.xlsx", &everything());
    let csv = Run::new(KEEP, Format::Csv).of(&given.path).unwrap();
    assert_eq!(
        String::from_utf8(csv).unwrap(),
        "id,code,price,yes,born,seen,at,mixed,sum,empty\n\
         10,00121,1.25,false,2023-03-16,2023-03-15T12:00:00,06:00:00,\"=HYPERLINK(\"\"http://evil.example\"\")\",20,\n\
         20,00122,2.25,true,2023-03-17,2023-03-15T12:00:00,06:00:00,7,40,\n\
         ,,,,,,,,,\n\
         40,00124,4.25,false,2023-03-19,2023-03-15T12:00:00,06:00:00,true,80,\n"
    );
}

#[test]
fn a_workbook_comes_back_with_its_values_and_no_formulas() {
    let given = Given::new("x.xlsx", &everything());
    let made = Run::new(KEEP, Format::Xlsx).of(&given.path).unwrap();
    let (made_cells, source) = (cells(&made), cells(&std::fs::read(&given.path).unwrap()));
    for (row, (made, source)) in made_cells.iter().zip(&source).enumerate() {
        for (column, (made, source)) in made.iter().zip(source).enumerate() {
            match (column, row) {
                // Cells of several types are text.
                (7, 2 | 4) => assert!(matches!(made, Data::String(_)), "{made:?}"),
                _ => assert_eq!(made, source, "row {row}, column {column}"),
            }
        }
    }
    assert_eq!((made_cells.len(), source.len()), (5, 5));
    let sheet = parts(&made).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap().1;
    assert!(!finds(&sheet, "<f>"), "there are no formulas");
}

#[test]
fn any_format_becomes_a_workbook_and_comes_from_one() {
    let csv = Given::new("x.csv", "id,name,day\n1,00123,2024-01-31\n2,=1+1,\n,\"a\nb & <c>\",2024-02-01\n".as_bytes());
    let made = Run::with_options("infer = true", KEEP, Format::Xlsx).of(&csv.path).unwrap();
    let rows = cells(&made);
    assert_eq!(rows[1][..2], [Data::Float(1.0), Data::String("00123".to_owned())]);
    assert_eq!(rows[2][1], Data::String("=1+1".to_owned()));
    assert_eq!(rows[3][..2], [Data::Empty, Data::String("a\nb & <c>".to_owned())]);
    let back = Given::new("x.xlsx", &made);
    let text = Run::new(KEEP, Format::Csv).of(&back.path).unwrap();
    assert_eq!(text, std::fs::read(&csv.path).unwrap());
    let parquet = Run::new(KEEP, Format::Parquet).of(&back.path).unwrap();
    let arrow = Run::new(KEEP, Format::Arrow).of(&Given::new("x.parquet", &parquet).path).unwrap();
    let again = Run::new(KEEP, Format::Xlsx).of(&Given::new("x.arrow", &arrow).path).unwrap();
    assert_eq!(again, made, "the same bytes, whichever way");
}

#[test]
fn what_a_spreadsheet_cannot_hold_exactly_is_text() {
    let rows =
        "big,small,when\n9007199254740993,9007199254740992,1850-01-01T00:00:00\n-1,2,2024-01-01T10:00:00.000001\n";
    let given = Given::new("x.csv", rows.as_bytes());
    let made = Run::with_options("infer = true", KEEP, Format::Xlsx).of(&given.path).unwrap();
    let made = cells(&made);
    assert_eq!(made[1][..2], [Data::String("9007199254740993".to_owned()), Data::Float(9007199254740992.0)]);
    assert_eq!(made[1][2], Data::String("1850-01-01T00:00:00".to_owned()));
    assert_eq!(made[2][2], Data::String("2024-01-01T10:00:00.000001".to_owned()));
}

#[test]
fn tokens_are_those_of_other_formats() {
    let columns = "id = { do = \"token\", domain = \"person\" }\nname = { do = \"token\" }";
    let csv = Given::new("x.csv", b"id,name\n42,Ana\n7,00123\n");
    let book = Given::new(
        "x.xlsx",
        &workbook(|sheet| {
            for (row, (id, name)) in [("id", "name"), ("42", "Ana"), ("7", "00123")].into_iter().enumerate() {
                match id.parse::<f64>() {
                    Ok(id) => sheet.write_number(row as u32, 0, id).unwrap(),
                    Err(_) => sheet.write_string(row as u32, 0, id).unwrap(),
                };
                sheet.write_string(row as u32, 1, name).unwrap();
            }
        }),
    );
    let run = |to| Run::new(columns, to);
    let expected = run(Format::Csv).of(&csv.path).unwrap();
    assert_eq!(run(Format::Csv).of(&book.path).unwrap(), expected);
    let token = std::str::from_utf8(&expected).unwrap().lines().nth(1).and_then(|line| line.split(',').next());
    let made = cells(&run(Format::Xlsx).of(&book.path).unwrap());
    assert_eq!(made[1][0], Data::Float(token.unwrap().parse().unwrap()), "a token of a number is a number");
}

#[test]
fn nothing_but_the_values_comes_out() {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("CANARY author").set_comment("CANARY comment"));
    let sheet = book.add_worksheet().set_name("CANARY name").unwrap();
    sheet.write_string(0, 0, "name").unwrap();
    sheet.write_string(0, 1, "secret").unwrap();
    sheet.write_string(1, 0, "kept").unwrap();
    sheet.write_string(1, 1, "CANARY cell").unwrap();
    sheet.write_formula(2, 0, Formula::new("=\"CANARY\"&\"formula\"").set_result("result")).unwrap();
    sheet.insert_note(1, 0, &Note::new("CANARY note").set_author("CANARY too")).unwrap();
    sheet.set_header("CANARY header");
    sheet.write_url(3, 0, rust_xlsxwriter::Url::new("https://canary.example/CANARY").set_text("link")).unwrap();
    book.add_worksheet().set_name("CANARY empty").unwrap().set_hidden(true);
    book.define_name("CANARY_name", "=\"CANARY value\"").unwrap();
    let given = Given::new("x.xlsx", &book.save_to_buffer().unwrap());
    for rules in ["name = \"keep\"\nsecret = { do = \"mask\" }", "name = \"keep\"\nsecret = \"drop\""] {
        let made = Run::new(rules, Format::Xlsx).of(&given.path).unwrap();
        for (name, bytes) in parts(&made) {
            assert!(!finds(&bytes, "CANARY") && !name.contains("CANARY"), "{name}, {rules}");
        }
        let rows = cells(&made);
        let kept: Vec<&Data> = rows.iter().map(|row| &row[0]).collect();
        let texts = ["name", "kept", "result", "link"].map(|text| Data::String(text.to_owned()));
        assert_eq!(kept, texts.iter().collect::<Vec<_>>());
        let core = parts(&made).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
        assert!(finds(&core, "2000-01-01T00:00:00Z"), "it was always made on the same day");
    }
    // Whoever verifies it is told of all of that.
    let notes = crate::format::XlsxSource::open(&given.path).unwrap().notes();
    for canary in ["CANARY author", "CANARY comment", "CANARY note", "CANARY name", "CANARY header", "CANARY empty"] {
        assert!(notes.texts.iter().any(|(_, text)| text.contains(canary)), "{canary}");
    }
    assert!(notes.texts.iter().any(|(_, text)| text == "\"CANARY\"&\"formula\""));
    assert!(!notes.texts.iter().any(|(_, text)| text == "CANARY cell"), "cells are looked at as cells");
    assert!(notes.unseen.is_empty());
}

#[test]
fn parts_that_are_no_text_are_told() {
    let mut parts = parts(&everything());
    parts.push(("xl/media/image1.png".to_owned(), vec![0x89, b'P', b'N', b'G', 0xff, 0xfe]));
    let given = Given::new("x.xlsx", &package(&parts));
    let notes = crate::format::XlsxSource::open(&given.path).unwrap().notes();
    assert_eq!(notes.unseen.len(), 1);
    assert!(notes.unseen[0].0.contains("not looked at"));
}

#[test]
fn dates_of_both_calendars_are_the_same_dates() {
    let book = everything();
    let book = with_part(&book, "xl/workbook.xml", |part| part.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    let given = Given::new("x.xlsx", &book);
    let csv = Run::new("\"*\" = \"drop\"\nborn = \"keep\"", Format::Csv).of(&given.path).unwrap();
    assert_eq!(String::from_utf8(csv).unwrap(), "born\n2027-03-17\n2027-03-18\n\"\"\n2027-03-20\n".replace("\"\"", ""));
}
