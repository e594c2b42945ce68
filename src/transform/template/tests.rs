use std::collections::BTreeMap;

use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::DataType;

use super::*;
use crate::key::{Key, Keyring, Suite};
use crate::transform::params::Section;
use crate::transform::{Columns, Value};

/// What is complained of: the part of the text pointed at, the message, the help.
type Said = (String, String, Option<String>);

/// The rule as it would be read.
fn parse(text: &str) -> (Option<Box<dyn Recipe>>, Vec<Said>) {
    let written = format!("\"{text}\"");
    let values = BTreeMap::from([("text".to_owned(), (0..written.len(), Value::Text(text.to_owned())))]);
    let domains = BTreeMap::new();
    let mut params = Params::new(Section::new(0..written.len(), values), "people.email".into(), &domains);
    let recipe = Template.parse(&mut params);
    let complaints = params.into_section().finish().into_iter();
    let complaints = complaints.map(|said| (written[said.span].to_owned(), said.message, said.help)).collect();
    (recipe, complaints)
}

fn bind(text: &str, fill_nulls: bool) -> Box<dyn Transform> {
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let site = Site {
        table: "people",
        column: "email",
        data_type: &DataType::Utf8View,
        subject: None,
        fill_nulls,
        keys: &keys,
    };
    parse(text).0.unwrap().bind(&site).unwrap().transform
}

fn columns() -> Columns {
    let text = |values: &[Option<&str>]| Arc::new(values.iter().copied().collect::<StringViewArray>()) as ArrayRef;
    BTreeMap::from([
        ("email".to_owned(), text(&[Some("a@b.example"), None, Some("")])),
        ("first_name".to_owned(), text(&[Some("Zoé"), Some("Jürgen"), None])),
        ("last_name".to_owned(), text(&[Some("N'Diaye"), Some("Groß"), Some("…")])),
        ("address.city".to_owned(), text(&[Some("L'Haÿ-les-Roses"), Some("İzmir"), Some("")])),
        ("id".to_owned(), Arc::new(Int64Array::from(vec![Some(-7), Some(42), None])) as ArrayRef),
    ])
}

#[test]
fn templates_compose_the_outputs_of_the_row() {
    let columns = columns();
    for (text, expected) in [
        ("{first_name} {last_name}", ["Zoé N'Diaye", "Jürgen Groß", " …"]),
        ("{first_name|slug}.{last_name|slug}@x", ["zoe.ndiaye@x", "jurgen.gross@x", "x.x@x"]),
        ("{ first_name | upper }", ["ZOÉ", "JÜRGEN", ""]),
        ("{last_name|upper|lower}", ["n'diaye", "gross", "…"]),
        ("{address.city|lower}", ["l'haÿ-les-roses", "i\u{307}zmir", ""]),
        ("{id}-{id}", ["-7--7", "42-42", "-"]),
        ("{{{id}}}", ["{-7}", "{42}", "{}"]),
        ("}}{{ü{{}}", ["}{ü{}"; 3]),
        ("", [""; 3]),
    ] {
        let transform = bind(text, true);
        let all = transform.apply(&columns["email"], &Rows::new(0, None, &columns, &columns)).unwrap();
        assert_eq!(all.values.as_string_view().iter().flatten().collect::<Vec<_>>(), expected, "{text}");
        assert!(all.invalid.is_empty());
    }
}

#[test]
fn a_null_stays_null_unless_it_is_to_be_filled() {
    let columns = columns();
    let transform = bind("{id}", false);
    let result = transform.apply(&columns["email"], &Rows::new(0, None, &columns, &columns)).unwrap();
    assert_eq!(result.values.as_string_view().iter().collect::<Vec<_>>(), [Some("-7"), None, Some("")]);
}

#[test]
fn a_leaf_of_a_list_reads_the_row_it_belongs_to() {
    let columns = columns();
    let leaves: ArrayRef = Arc::new(StringViewArray::from(vec![Some("a"), Some("b"), None, Some("c")]));
    let rows = Rows::new(0, Some(&[0, 1, 1, 1]), &columns, &columns);
    let result = bind("{first_name}", false).apply(&leaves, &rows).unwrap();
    let expected = [Some("Zoé"), Some("Jürgen"), None, Some("Jürgen")];
    assert_eq!(result.values.as_string_view().iter().collect::<Vec<_>>(), expected);
}

#[test]
fn an_output_that_is_missing_or_short_is_a_bug_and_no_panic() {
    let columns = columns();
    let short = columns.iter().map(|(name, values)| (name.clone(), values.slice(0, 1))).collect();
    for outputs in [&Columns::new(), &short] {
        let result = bind("{id}", false).apply(&columns["email"], &Rows::new(0, None, &columns, outputs));
        assert_eq!(result.unwrap_err().kind(), crate::error::ErrorKind::Internal);
    }
}

#[test]
fn mistakes_are_told_at_their_places() {
    for (text, complaints) in [
        ("{first_name", vec![("{", "this brace is not closed")]),
        ("{first_name {id}", vec![("{", "this brace is not closed")]),
        ("ü}", vec![("}", "this brace closes nothing")]),
        ("{id}}", vec![("}", "this brace closes nothing")]),
        ("a{}b", vec![("{}", "no column is named between these braces")]),
        ("{ |slug}", vec![("{ |slug}", "no column is named between these braces")]),
        ("{id|slgu}", vec![("{id|slgu}", "there is no such filter")]),
        ("{id|}", vec![("{id|}", "there is no such filter")]),
        (
            "{}{id|a|b}",
            vec![
                ("{}", "no column is named between these braces"),
                ("{id|a|b}", "there is no such filter"),
                ("{id|a|b}", "there is no such filter"),
            ],
        ),
    ] {
        let (recipe, said) = parse(text);
        assert!(recipe.is_none(), "{text}");
        let said: Vec<_> = said.iter().map(|(at, message, _)| (at.as_str(), message.as_str())).collect();
        assert_eq!(said, complaints, "{text}");
    }
    assert_eq!(parse("{id|slgu}").1[0].2.as_deref(), Some("did you mean `slug`?"));
}

#[test]
fn a_text_that_is_written_longer_than_it_is_has_one_place() {
    assert_eq!(inside(&(10..20), "12345678", 2..3), 13..14);
    assert_eq!(inside(&(10..21), "12345678", 2..3), 10..21);
}

#[test]
fn the_outputs_it_reads_are_named_once_and_only_text_is_made() {
    let recipe = parse("{b|slug}{a}{b}").0.unwrap();
    assert_eq!(recipe.reads_outputs(), ["b", "a"]);
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let refused = |data_type| {
        let site = Site { table: "people", column: "c", data_type, subject: None, fill_nulls: false, keys: &keys };
        recipe.bind(&site).is_err()
    };
    assert!(!refused(&DataType::Utf8View));
    assert!(refused(&DataType::Int64));
}

#[test]
fn the_example_is_true_of_a_row() {
    let example = Template.example();
    let text = example.rule.split('"').nth(3).unwrap();
    let columns = columns();
    let result = bind(text, false).apply(&columns["email"], &Rows::new(0, None, &columns, &columns)).unwrap();
    assert_eq!(Some(result.values.as_string_view().value(0)), example.result);
}
