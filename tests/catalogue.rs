//! Every transform of the catalogue, held to what it says of itself.
//!
//! The rules are those of the examples and of the golden entries, so that a transform is here with all its parameters
//! as soon as it has entries; the types are all that it takes.

#[allow(dead_code, reason = "shared with the test of the golden entries")]
#[path = "support/column.rs"]
mod column;
#[allow(dead_code, reason = "shared with the test of the golden entries")]
#[path = "support/golden.rs"]
mod golden;
#[path = "support/values.rs"]
mod values;

use std::collections::BTreeSet;

use arrow::array::{Array, ArrayRef};
use arrow::compute::concat;
use arrow::datatypes::DataType;
use bowdler::ErrorKind;
use bowdler::transform::{CATALOGUE, Fate, TransformKind, TypeClass};
use proptest::prelude::*;

use column::{Became, Column, nulls, read, types, written};
use values::{Seed, column_of, naughty, seeds, texts};

/// A rule of a transform.
#[derive(Clone)]
struct Entry {
    kind: &'static dyn TransformKind,
    /// The lines of `[domains]` that it names.
    domains: String,
    rule: String,
}

impl Entry {
    fn bind(&self, data_type: &DataType) -> Result<Column, bowdler::Error> {
        Column::bind(&self.domains, &self.rule, data_type)
    }

    /// The rule with one parameter more.
    fn with(&self, parameter: &str) -> Self {
        let rule = match self.rule.strip_suffix('}') {
            Some(open) => format!("{}, {parameter} }}", open.trim_end()),
            None => format!("{{ do = {}, {parameter} }}", self.rule),
        };
        Self { rule, ..self.clone() }
    }
}

/// The rules of all examples and all golden entries, without those that say themselves what becomes of nulls and of
/// what does not conform.
fn entries() -> Vec<Entry> {
    let golden = golden::all();
    let mut entries = Vec::new();
    for kind in CATALOGUE {
        let golden = &golden[kind.name()];
        let mut rules = BTreeSet::from([kind.example().rule]);
        rules.extend(golden.cases.iter().map(|case| case.rule.as_str()));
        rules.retain(|rule| !rule.contains("on_null") && !rule.contains("on_invalid"));
        entries.extend(rules.into_iter().map(|rule| Entry {
            kind: *kind,
            domains: golden.domains.clone(),
            rule: rule.to_owned(),
        }));
    }
    entries
}

/// All rules bound to all types that they can treat.
fn bound() -> Vec<(Entry, DataType, Column)> {
    let mut bound = Vec::new();
    for entry in entries() {
        for data_type in TypeClass::ALL.iter().flat_map(|class| types(*class)) {
            match entry.bind(&data_type) {
                Ok(column) => bound.push((entry.clone(), data_type, column)),
                Err(error) => assert_eq!(error.kind(), ErrorKind::Data, "{} on {data_type}: {error}", entry.rule),
            }
        }
    }
    bound
}

/// The same for texts alone.
fn bound_to_text() -> Vec<(Entry, Column)> {
    let entries = entries().into_iter();
    entries.filter_map(|entry| Some((entry.clone(), entry.bind(&DataType::Utf8).ok()?))).collect()
}

#[test]
fn names_are_unique_and_everything_is_documented() {
    let mut names = BTreeSet::new();
    for kind in CATALOGUE {
        assert!(names.insert(kind.name()), "{} stands twice", kind.name());
        assert!(!kind.summary().is_empty() && !kind.summary().ends_with('.'), "{}", kind.name());
        assert!(!kind.properties().leaks.is_empty(), "{}", kind.name());
        assert!(!kind.takes().is_empty() && kind.takes().is_sorted(), "{}", kind.name());
        let parameters: BTreeSet<_> = kind.parameters().iter().map(|parameter| parameter.name).collect();
        assert_eq!(parameters.len(), kind.parameters().len(), "{}", kind.name());
        for parameter in kind.parameters() {
            assert!(!parameter.takes.is_empty() && !parameter.what.is_empty(), "{}.{}", kind.name(), parameter.name);
        }
    }
}

#[test]
fn every_parameter_stands_in_some_rule_here() {
    let entries = entries();
    for kind in CATALOGUE {
        for parameter in kind.parameters() {
            let stands = |entry: &Entry| {
                entry.kind.name() == kind.name() && entry.rule.contains(&format!(" {} = ", parameter.name))
            };
            assert!(
                entries.iter().any(stands),
                "no example or golden entry of {} has `{}`",
                kind.name(),
                parameter.name
            );
        }
    }
}

#[test]
fn every_example_does_what_it_says() {
    for kind in CATALOGUE {
        let example = kind.example();
        let (made, invalid) = Column::bind("", example.rule, &DataType::Utf8).unwrap().texts(&[Some(example.source)]);
        assert_eq!(invalid, 0, "{}", kind.name());
        let made = made.and_then(|values| values[0].clone());
        assert_eq!(made.as_deref(), example.result, "{}", kind.name());
    }
}

#[test]
fn an_unknown_parameter_is_a_mistake_everywhere() {
    for kind in CATALOGUE {
        let rule = format!("{{ do = \"{}\", nonsense = 1 }}", kind.name());
        let error = Column::bind("", &rule, &DataType::Utf8).err().unwrap_or_else(|| panic!("{}", kind.name()));
        assert_eq!(error.kind(), ErrorKind::Rules);
        assert!(error.message().contains("`nonsense` is unknown here"), "{}: {error}", kind.name());
    }
}

#[test]
fn only_keep_keeps_and_only_drop_drops() {
    for kind in CATALOGUE {
        let column = Column::bind("", kind.example().rule, &DataType::Utf8).unwrap();
        let report = column.plan().report().find(|leaf| leaf.leaf.path == "column").unwrap();
        let fate = match kind.name() {
            "keep" => Fate::Keep,
            "drop" => Fate::Drop,
            _ => Fate::Rewrite,
        };
        assert_eq!(report.fate, fate, "{}", kind.name());
    }
}

#[test]
fn a_transform_takes_what_it_says_and_refuses_the_rest_when_the_plan_is_made() {
    let bound = bound();
    for kind in CATALOGUE {
        let taken: BTreeSet<TypeClass> = bound
            .iter()
            .filter(|(entry, ..)| entry.kind.name() == kind.name())
            .filter_map(|(_, data_type, _)| TypeClass::of(data_type))
            .collect();
        let says: BTreeSet<TypeClass> = kind.takes().iter().copied().collect();
        assert_eq!(taken, says, "what {} takes, by its rules here, and what it says", kind.name());
        let refused = TypeClass::ALL.iter().filter(|class| !says.contains(class));
        for data_type in refused.flat_map(|class| types(*class)) {
            let error = Column::bind("", kind.example().rule, &data_type).err().unwrap();
            assert!(error.message().contains("column `column` of example"), "{}: {error}", kind.name());
        }
    }
}

#[test]
fn every_class_has_types_of_its_own() {
    for class in TypeClass::ALL {
        assert!(!types(*class).is_empty());
        types(*class).iter().for_each(|data_type| assert_eq!(TypeClass::of(data_type), Some(*class), "{data_type}"));
    }
}

#[test]
fn a_column_of_nulls_stays_one_in_every_type() {
    for (entry, data_type, column) in bound() {
        for length in [0, 1, 3] {
            let became = column.apply(&nulls(&data_type, length), 0);
            assert_eq!((became.invalid, became.treated), (0, 0), "{} on {data_type}", entry.rule);
            if let Some(values) = became.values {
                assert_eq!(values.null_count(), length, "{} on {data_type}", entry.rule);
            }
        }
    }
}

#[test]
fn nulls_become_values_where_a_rule_says_so_or_the_rule_is_wrong() {
    let mut fills = BTreeSet::new();
    for entry in entries() {
        for data_type in TypeClass::ALL.iter().flat_map(|class| types(*class)) {
            let Ok(column) = entry.bind(&data_type) else { continue };
            match entry.with("on_null = \"replace\"").bind(&data_type) {
                Ok(replacing) => {
                    fills.insert(entry.kind.name());
                    let values = column_of(&data_type, &[Some([7; 32]), None, Some([0; 32]), None]);
                    let (kept, replaced) = (column.apply(&values, 0), replacing.apply(&values, 0));
                    let (kept, replaced) = (written(&kept.values.unwrap()), written(&replaced.values.unwrap()));
                    assert_eq!((&kept[0], &kept[2]), (&replaced[0], &replaced[2]), "{}", entry.rule);
                    assert!(kept[1].is_none() && kept[3].is_none(), "{}: {kept:?}", entry.rule);
                    assert!(replaced[1].is_some() && replaced[3].is_some(), "{}: {replaced:?}", entry.rule);
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Rules, "{} on {data_type}: {error}", entry.rule);
                    assert!(error.message().contains("can't make a value from nothing"), "{error}");
                }
            }
        }
    }
    assert!(["replace", "fake", "template"].iter().all(|name| fills.contains(name)), "{fills:?}");
}

/// Holds a rule on a type to what every rule promises of nulls, of values that do not conform and of batches.
fn hold_to_the_common_words(entry: &Entry, data_type: &DataType, column: &Column, values: &ArrayRef, cut: usize) {
    let at = |what: &str| format!("{what}: {} on {data_type}", entry.rule);
    let whole = column.apply(values, 0);
    let Some(made) = &whole.values else {
        assert_eq!(entry.kind.name(), "drop");
        return;
    };
    assert_eq!(whole.treated, 0);
    let lost = (0..values.len()).filter(|row| values.is_valid(*row) && made.is_null(*row)).count() as u64;
    let expected =
        if entry.kind.name() == "null" { (values.len() - values.null_count()) as u64 } else { whole.invalid };
    assert_eq!(lost, expected, "{}", at("values are null that conform"));
    let found = (0..values.len()).find(|row| values.is_null(*row) && made.is_valid(*row));
    assert_eq!(found, None, "{}", at("a null became a value"));

    // However the rows are cut into batches.
    let cut = cut.min(values.len());
    let pieces = [(0, cut), (cut, values.len() - cut)].map(|(first, length)| {
        let piece: Became = column.apply(&values.slice(first, length), first as u64);
        (piece.values.unwrap(), piece.invalid)
    });
    assert_eq!(&concat(&[&pieces[0].0, &pieces[1].0]).unwrap(), made, "{}", at("batches differ"));
    assert_eq!(pieces[0].1 + pieces[1].1, whole.invalid, "{}", at("batches count otherwise"));
}

/// Holds `on_invalid` to its words: the same values, and what does not conform becomes null, or its text token.
fn hold_to_on_invalid(entry: &Entry, data_type: &DataType, values: &ArrayRef) {
    let Some(made) = entry.bind(data_type).unwrap().apply(values, 0).values else { return };
    let invalid = entry.bind(data_type).unwrap().apply(values, 0).invalid;
    if matches!(entry.kind.name(), "keep" | "null") {
        assert_eq!(invalid, 0);
        return;
    }
    let at = format!("{} on {data_type}", entry.rule);
    let nulled = entry.with("on_invalid = \"null\"").bind(data_type).unwrap().apply(values, 0);
    assert_eq!((nulled.invalid, nulled.treated), (0, invalid), "{at}");
    assert_eq!(nulled.values.as_ref(), Some(&made), "{at}");
    match entry.with("on_invalid = \"token\"").bind(data_type) {
        Ok(column) => {
            assert_eq!(TypeClass::of(data_type), Some(TypeClass::Text), "{at}");
            let tokens = written(&Column::bind("", "\"token\"", data_type).unwrap().apply(values, 0).values.unwrap());
            let became = column.apply(values, 0);
            assert_eq!((became.invalid, became.treated), (0, invalid), "{at}");
            let became = written(&became.values.unwrap());
            for (row, (became, conforming)) in became.iter().zip(written(&made)).enumerate() {
                let expected = if values.is_null(row) { None } else { conforming.or(tokens[row].clone()) };
                assert_eq!(became, &expected, "{at}");
            }
        }
        Err(error) => {
            let text = TypeClass::of(data_type) == Some(TypeClass::Text);
            let why =
                if text { "a token in a reversible column" } else { "a text token does not fit a column of type" };
            assert!(error.message().contains(why), "{at}: {error}");
        }
    }
}

/// Texts of which some conform to any transform, and some to none.
const TEXTS: [Option<&str>; 14] = [
    Some(""),
    None,
    Some("Ana López"),
    Some("2026-10-03"),
    Some("42"),
    Some("1178.34"),
    Some("198.51.100.23"),
    Some("f47ac10b-58cc-4372-a567-0e02b2c3d479"),
    Some("03/10/2026"),
    Some(" "),
    Some("a\0b"),
    None,
    Some("山田太郎"),
    Some("a value of more than twelve bytes, longer than a view holds in itself"),
];

#[test]
fn empty_and_unfit_values_have_the_same_words_in_every_layout_of_text() {
    for (entry, data_type, column) in bound() {
        if TypeClass::of(&data_type) != Some(TypeClass::Text) {
            continue;
        }
        let values = read(&TEXTS, &data_type);
        hold_to_the_common_words(&entry, &data_type, &column, &values, 5);
        hold_to_on_invalid(&entry, &data_type, &values);
        // An empty text is a value: what is made of it is no null, unless it is told that it does not conform.
        let became = column.apply(&read(&[Some("")], &data_type), 0);
        if let Some(made) = became.values.filter(|_| entry.kind.name() != "null") {
            assert_eq!(made.null_count() as u64, became.invalid, "{} on {data_type}", entry.rule);
        }
    }
}

fn hold_to_properties(entry: &Entry, column: &Column, texts: &[Option<&str>]) {
    let properties = entry.kind.properties();
    let rule = &entry.rule;
    let (made, _) = column.texts(texts);
    let Some(made) = made else {
        assert_eq!(entry.kind.name(), "drop");
        return;
    };
    assert!(!properties.reversible || properties.unique, "{rule}: nothing can be computed back that became one");
    for (before, after) in texts.iter().zip(&made) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        assert!(!(properties.always_differs && before == after), "{rule}: a value is still its source");
        if properties.keeps_length {
            assert_eq!(before.chars().count(), after.chars().count(), "{rule}");
        }
    }
    let leaf = column.plan().report().find(|leaf| leaf.leaf.path == "column").unwrap();
    assert!(leaf.unique || !properties.unique, "{rule}: the plan knows less than the catalogue");
    if leaf.unique {
        let pairs: BTreeSet<_> = texts.iter().zip(&made).filter(|(_, after)| after.is_some()).collect();
        let values: BTreeSet<_> = pairs.iter().map(|(_, after)| after).collect();
        assert_eq!(pairs.len(), values.len(), "{rule}: two values became one");
    }
    // The same value becomes the same value, wherever it stands and whatever stands beside it.
    if properties.deterministic {
        let reversed: Vec<_> = texts.iter().copied().rev().collect();
        let mut again = column.texts(&reversed).0.unwrap();
        again.reverse();
        assert_eq!(again, made, "{rule}");
    }
    // What looks like its source can be treated as its source can.
    if properties.keeps_format {
        let again: Vec<Option<&str>> = made.iter().map(Option::as_deref).collect();
        assert_eq!(column.texts(&again).1, 0, "{rule}: {again:?}");
    }
}

#[test]
fn properties_hold_on_strings_that_upset_software() {
    let Some(lines) = naughty() else { return };
    let texts: Vec<Option<&str>> = lines.iter().map(|line| Some(line.as_str())).collect();
    for (entry, column) in bound_to_text() {
        hold_to_properties(&entry, &column, &texts);
        hold_to_the_common_words(&entry, &DataType::Utf8, &column, &read(&texts, &DataType::Utf8), 100);
    }
}

#[test]
fn properties_hold_on_any_text() {
    let bound = bound_to_text();
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(texts in texts(), cut in 0..20usize)| {
        let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
        let values = read(&texts, &DataType::Utf8);
        for (entry, column) in &bound {
            hold_to_properties(entry, column, &texts);
            hold_to_the_common_words(entry, &DataType::Utf8, column, &values, cut);
        }
    });
}

#[test]
fn any_bytes_of_any_type_are_treated_or_do_not_conform() {
    let bound = bound();
    let config = ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(seeds in seeds(), cut in 0..12usize)| {
        let seeds: Vec<Option<Seed>> = seeds;
        for (entry, data_type, column) in &bound {
            let values = column_of(data_type, &seeds);
            hold_to_the_common_words(entry, data_type, column, &values, cut);
            let leaf = column.plan().report().find(|leaf| leaf.leaf.path == "column").unwrap();
            if leaf.unique && leaf.fate == Fate::Rewrite {
                let made = written(&column.apply(&values, 0).values.unwrap());
                let pairs: BTreeSet<_> = written(&values).into_iter().zip(made).filter(|(_, after)| after.is_some()).collect();
                let after: BTreeSet<_> = pairs.iter().map(|(_, after)| after).collect();
                prop_assert_eq!(pairs.len(), after.len(), "{} on {}", entry.rule, data_type);
            }
        }
    });
}

#[test]
fn what_does_not_conform_becomes_what_the_rule_says_in_every_type() {
    let seed = |byte: u8| std::array::from_fn(|place| byte.wrapping_mul(place as u8 + 1));
    let seeds: Vec<Option<Seed>> =
        [0, 1, 3, 127, 200, 255].into_iter().map(|byte| Some(seed(byte))).chain([None]).collect();
    for (entry, data_type, _) in bound() {
        hold_to_on_invalid(&entry, &data_type, &column_of(&data_type, &seeds));
    }
}
