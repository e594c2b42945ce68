//! Every transform of the catalogue, held to what it says of itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::rules::Delivery;
use bowdler::transform::{CATALOGUE, Fate, TransformKind};
use bowdler::{ErrorKind, Key, Keyring, Plan, Rules, Suite};
use proptest::prelude::*;

/// Binds a rule for `column`, of a table whose rows belong to customer 42, Zoé N'Diaye.
fn plan(rule: &str, data_type: DataType) -> Result<Plan, bowdler::Error> {
    let text = format!(
        "version = 1\n[tables.example]\nfiles = [\"*\"]\nsubject = \"customer_id\"\n[tables.example.columns]\n\
         customer_id = \"keep\"\nfirst_name = \"keep\"\nlast_name = \"keep\"\ncolumn = {rule}\n"
    );
    let rules = Rules::parse("rules.toml", &text)?;
    let field = |name: &str, data_type| Field::new(name, data_type, true);
    let schema = Schema::new(vec![
        field("customer_id", DataType::Int64),
        field("first_name", DataType::Utf8),
        field("last_name", DataType::Utf8),
        field("column", data_type),
    ]);
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    rules.bind(0, "example", &Arc::new(schema), &keys, Delivery::Decoded)
}

fn batch(plan: &Plan, values: ArrayRef) -> RecordBatch {
    let rows = values.len();
    let columns: [(&str, ArrayRef); 4] = [
        ("customer_id", Arc::new(Int64Array::from(vec![42; rows]))),
        ("first_name", Arc::new(StringArray::from(vec!["Zoé"; rows]))),
        ("last_name", Arc::new(StringArray::from(vec!["N'Diaye"; rows]))),
        ("column", values),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
    batch.project(plan.wanted()).unwrap()
}

/// What becomes of texts, and how many of them do not conform.
fn run(rule: &str, texts: &[Option<&str>]) -> (Option<Vec<Option<String>>>, usize) {
    let plan = plan(rule, DataType::Utf8).unwrap();
    let applied = plan.apply(&batch(&plan, Arc::new(StringArray::from(texts.to_vec()))), 0).unwrap();
    let invalid = applied.counts[3].invalid as usize;
    let column = applied.batch.column_by_name("column").cloned();
    let texts = column.map(|column| column.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect());
    (texts, invalid)
}

#[test]
fn names_are_unique_and_everything_is_documented() {
    let mut names = BTreeSet::new();
    for kind in CATALOGUE {
        assert!(names.insert(kind.name()), "{} stands twice", kind.name());
        assert!(!kind.summary().is_empty() && !kind.summary().ends_with('.'), "{}", kind.name());
        assert!(!kind.properties().leaks.is_empty(), "{}", kind.name());
        let parameters: BTreeSet<_> = kind.parameters().iter().map(|parameter| parameter.name).collect();
        assert_eq!(parameters.len(), kind.parameters().len(), "{}", kind.name());
        for parameter in kind.parameters() {
            assert!(!parameter.takes.is_empty() && !parameter.what.is_empty(), "{}.{}", kind.name(), parameter.name);
        }
    }
}

#[test]
fn every_example_does_what_it_says() {
    for kind in CATALOGUE {
        let example = kind.example();
        let (made, invalid) = run(example.rule, &[Some(example.source)]);
        assert_eq!(invalid, 0, "{}", kind.name());
        let made = made.and_then(|values| values[0].clone());
        assert_eq!(made.as_deref(), example.result, "{}", kind.name());
    }
}

#[test]
fn an_unknown_parameter_is_a_mistake_everywhere() {
    for kind in CATALOGUE {
        let rule = format!("{{ do = \"{}\", nonsense = 1 }}", kind.name());
        let error = plan(&rule, DataType::Utf8).err().unwrap_or_else(|| panic!("{}", kind.name()));
        assert_eq!(error.kind(), ErrorKind::Rules);
        assert!(error.message().contains("`nonsense` is unknown here"), "{}: {error}", kind.name());
    }
}

#[test]
fn a_type_that_a_transform_can_t_treat_is_refused_when_the_plan_is_made() {
    for kind in CATALOGUE {
        let bound = plan(kind.example().rule, DataType::Binary);
        match kind.name() {
            "keep" | "drop" | "null" => assert!(bound.is_ok(), "{}", kind.name()),
            "replace" => {
                let plan = bound.unwrap();
                let bytes: ArrayRef = Arc::new(BinaryArray::from_vec(vec![b"secret"]));
                let made = plan.apply(&batch(&plan, bytes), 0).unwrap();
                assert_eq!(made.batch.column(3).as_binary::<i32>().value(0), b"(removed)");
            }
            _ => assert_eq!(bound.err().map(|error| error.kind()), Some(ErrorKind::Data), "{}", kind.name()),
        }
    }
}

/// Values that upset software, and some that every transform can treat.
fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
    let text = prop_oneof![
        any::<String>().prop_map(Some),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]".prop_map(Some),
        "-?[0-9]{1,12}(\\.[0-9]{1,3})?".prop_map(Some),
        "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}".prop_map(Some),
        Just(None),
        Just(Some(String::new())),
    ];
    prop::collection::vec(text, 0..20)
}

/// The rules of all examples, and for each whether its transform is what it says of itself.
fn rules() -> Vec<(&'static dyn TransformKind, &'static str)> {
    CATALOGUE.iter().map(|kind| (*kind, kind.example().rule)).collect()
}

fn hold_to_properties(kind: &dyn TransformKind, rule: &str, texts: &[Option<&str>]) {
    let properties = kind.properties();
    let (made, invalid) = run(rule, texts);
    let Some(made) = made else {
        assert_eq!(kind.name(), "drop");
        return;
    };
    assert_eq!(made.len(), texts.len());
    let lost = texts.iter().zip(&made).filter(|(before, after)| before.is_some() && after.is_none()).count();
    let expected = if kind.name() == "null" { texts.iter().flatten().count() } else { invalid };
    assert_eq!(lost, expected, "{}: values are null that conform", kind.name());
    for (before, after) in texts.iter().zip(&made) {
        let Some(before) = before else {
            assert_eq!(*after, None, "{}: a null became a value", kind.name());
            continue;
        };
        let Some(after) = after else { continue };
        assert!(!(properties.always_differs && before == after), "{}: a value is still its source", kind.name());
        if properties.keeps_length {
            assert_eq!(before.chars().count(), after.chars().count(), "{}", kind.name());
        }
    }
    if properties.unique {
        let pairs: BTreeSet<_> = texts.iter().zip(&made).filter(|(_, after)| after.is_some()).collect();
        let values: BTreeSet<_> = pairs.iter().map(|(_, after)| after).collect();
        assert_eq!(pairs.len(), values.len(), "{}: two values became one", kind.name());
    }
    // The same value becomes the same value, wherever it stands and whatever stands beside it.
    if properties.deterministic {
        let reversed: Vec<_> = texts.iter().copied().rev().collect();
        let mut again = run(rule, &reversed).0.unwrap();
        again.reverse();
        assert_eq!(again, made, "{}", kind.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn properties_hold_on_any_text(texts in texts()) {
        let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
        for (kind, rule) in rules() {
            hold_to_properties(kind, rule, &texts);
        }
    }
}

#[test]
fn properties_hold_on_strings_that_upset_software() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/naughty-strings/blns.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no shared data beside this checkout");
        assert!(std::env::var_os("CI").is_none());
        return;
    };
    let texts: Vec<Option<&str>> = text.lines().filter(|line| !line.starts_with('#')).map(Some).collect();
    assert!(texts.len() > 500);
    for (kind, rule) in rules() {
        hold_to_properties(kind, rule, &texts);
    }
}

#[test]
fn only_keep_keeps_and_only_drop_drops() {
    for kind in CATALOGUE {
        let plan = plan(kind.example().rule, DataType::Utf8).unwrap();
        let report = plan.report().find(|leaf| leaf.leaf.path == "column").unwrap();
        let fate = match kind.name() {
            "keep" => Fate::Keep,
            "drop" => Fate::Drop,
            _ => Fate::Rewrite,
        };
        assert_eq!(report.fate, fate, "{}", kind.name());
    }
}
