//! Fakes that go by another column of the row, as a plan runs them.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::rules::Delivery;
use bowdler::{ErrorKind, Key, Keyring, Plan, Rules, Suite};

/// Binds rules to a table of people.
fn plan(columns: &str) -> Result<Plan, bowdler::Error> {
    let text = format!("version = 1\n[tables.people]\nfiles = [\"*\"]\n[tables.people.columns]\n{columns}\n");
    let rules = Rules::parse("rules.toml", &text)?;
    let field = |name: &str, data_type| Field::new(name, data_type, true);
    let schema = Schema::new(vec![
        field("id", DataType::Int64),
        field("sex", DataType::Utf8),
        field("name", DataType::Utf8),
        field("email", DataType::Utf8),
    ]);
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    rules.bind(0, "people", &Arc::new(schema), &keys, Delivery::Decoded)
}

/// What a column of the table becomes, and how many of its values do not conform.
fn run(plan: &Plan, column: &str) -> (Vec<Option<String>>, u64) {
    let texts = |texts: [Option<&str>; 4]| -> ArrayRef { Arc::new(StringArray::from(texts.to_vec())) };
    let columns: [(&str, ArrayRef); 4] = [
        ("id", Arc::new(Int64Array::from(vec![Some(42), Some(43), None, Some(42)]))),
        ("sex", texts([Some("F"), Some("m"), Some("f"), None])),
        ("name", texts([Some("Ana"), Some("Ana"), Some("Ana"), Some("Ana")])),
        ("email", texts([Some("ana@shop.example"), Some("ana@shop.example"), None, Some("other@shop.example")])),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
    let applied = plan.apply(&batch.project(plan.wanted()).unwrap(), 0).unwrap();
    let place = ["id", "sex", "name", "email"].iter().position(|name| *name == column).unwrap();
    let values = applied.batch.column_by_name(column).unwrap().as_string::<i32>();
    (values.iter().map(|text| text.map(str::to_owned)).collect(), applied.counts[place].invalid)
}

#[test]
fn a_column_that_is_dropped_still_says_whose_name_it_is() {
    let rule = r#"{ do = "fake", like = "first_name", locale = "de_DE", gender = "sex" }"#;
    let plan = plan(&format!("id = \"drop\"\nsex = \"drop\"\nname = {rule}\nemail = \"drop\"")).unwrap();
    let (names, invalid) = run(&plan, "name");
    assert_eq!(invalid, 0);
    let names: Vec<_> = names.iter().map(|name| name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Birgit", "Dirk", "Birgit", "Elena"]);
    assert!(names[0] == names[2] && BTreeSet::from([names[0], names[1], names[3]]).len() == 3);
}

#[test]
fn a_rule_of_otherwise_is_given_its_column_too() {
    let plan = plan(
        "id = \"drop\"\nsex = \"drop\"\nemail = \"drop\"\nname = { do = \"mask\", when = { column = \"name\", in = \
         [\"Zoe\"] }, otherwise = { do = \"fake\", like = \"full_name\", gender = { column = \"sex\", male = [\"m\"], \
         female = [\"f\", \"F\"] } } }",
    )
    .unwrap();
    let (names, _) = run(&plan, "name");
    assert!(names[0] == names[2] && names[0] != names[1]);
}

#[test]
fn an_address_by_the_number_of_whose_it_is() {
    let rule = r#"{ do = "fake", like = "email", unique = true, of = "id" }"#;
    let plan = plan(&format!("id = \"drop\"\nsex = \"drop\"\nname = \"drop\"\nemail = {rule}")).unwrap();
    let (emails, invalid) = run(&plan, "email");
    assert_eq!(invalid, 0);
    assert!(emails[2].is_none() && emails[0] == emails[3] && emails[0] != emails[1]);
    assert!(emails.iter().flatten().all(|email| email.contains("@example.")));
}

#[test]
fn a_column_that_is_not_there_is_missed_when_the_plan_is_made() {
    for (rule, column) in [
        (r#"{ do = "fake", like = "first_name", gender = "sx" }"#, "sx"),
        (r#"{ do = "fake", like = "email", unique = true, of = "ids" }"#, "ids"),
    ] {
        let error = plan(&format!("id = \"drop\"\nsex = \"drop\"\nemail = \"drop\"\nname = {rule}")).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(&format!("people has no column `{column}`")), "{error}");
        assert!(error.message().contains("did you mean"), "{error}");
    }
}
