use std::collections::BTreeSet;

use arrow::array::Int64Array;

use super::super::unique::{LEAST, numbers};
use super::*;
use crate::transform::trial;

fn rule(like: &str, country: &str, of: &str) -> Vec<(&'static str, Value)> {
    let mut parameters =
        vec![("like", text(like)), ("country", text(country)), ("unique", Value::Boolean(true)), ("of", text(of))];
    parameters.retain(|(_, value)| *value != text(""));
    parameters
}

fn bound(parameters: &[(&str, Value)]) -> Box<dyn Transform> {
    bind_to(parameters, Suite::Sha256, &DataType::Utf8View, false).unwrap()
}

/// The smallest domain there is, to the last number.
#[test]
fn every_number_of_a_small_domain_has_a_fake_of_its_own() {
    let count = everywhere()
        .into_iter()
        .filter_map(|(like, home, _, _)| match like.maker(home) {
            Some(Maker::Composed(parts)) if parts.turns() >= LEAST => Some(parts.turns()),
            _ => None,
        })
        .min()
        .unwrap();
    // Germany's numbers of tax payers for tests.
    assert_eq!(count, 9 * 362_880);
    let transform = bound(&rule("national_id", "DE", ""));
    let last = numbers(count);
    let mut seen = Vec::new();
    for first in (0..=last).step_by(200_000) {
        let column: ArrayRef = Arc::new(StringViewArray::from_iter_values(
            (first..(first + 200_000).min(last)).map(|number| number.to_string()),
        ));
        let none = Columns::new();
        let made = transform.apply(&column, &Rows::new(0, None, &none, &none)).unwrap();
        assert!(made.invalid.is_empty());
        seen.extend(made.values.as_string_view().iter().map(|fake| fake.unwrap().parse::<u64>().unwrap()));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len() as u64, last);
}

/// Wherever `unique` is allowed: the first numbers, the last, and what is none.
#[test]
fn numbers_have_fakes_of_their_own_and_nothing_else_conforms() {
    let mut tried = 0;
    for (like, home, context, mut parameters) in everywhere() {
        parameters.push(("unique", Value::Boolean(true)));
        let turns = match like.maker(home) {
            Some(Maker::Composed(parts)) => parts.turns(),
            _ => 0,
        };
        if turns < LEAST {
            let said = parse_all(&parameters).1;
            let message = format!("`{}` can't be unique: it has ", like.name());
            assert!(said.len() == 1 && said[0].1.starts_with(&message), "{context}");
            assert!(said[0].2.as_ref().unwrap().contains("`email`"), "{context}");
            continue;
        }
        tried += 1;
        let transform = bound(&parameters);
        let last = numbers(turns);
        let mut values: Vec<String> = (0..2_000).map(|number| number.to_string()).collect();
        values.extend((last - 2_000..last).map(|number| number.to_string()));
        let conforming = values.len();
        values.extend(["", "x", "007", "-1", "1.0", " 1", "+1"].map(str::to_owned));
        values.extend([last.to_string(), u64::MAX.to_string(), u128::MAX.to_string()]);
        let column: ArrayRef = Arc::new(StringViewArray::from_iter_values(&values));
        let none = Columns::new();
        let made = transform.apply(&column, &Rows::new(0, None, &none, &none)).unwrap();
        assert_eq!(made.invalid, (conforming..values.len()).collect::<Vec<_>>(), "{context}");
        let fakes: BTreeSet<_> = made.values.as_string_view().iter().flatten().collect();
        assert_eq!(fakes.len(), conforming, "{context}");
        assert!(made.values.as_string_view().iter().zip(&values).all(|(fake, value)| fake != Some(value)));
    }
    assert_eq!(tried, 81);
}

/// A value that was to become itself has another fake, and that is nobody else's either: each fake of all numbers is
/// given as the value of its own number, by the column that says it.
#[test]
fn a_fake_that_would_be_its_source_gives_way_to_one_that_is_nobodys() {
    let transform = bound(&rule("bic", "SE", "id"));
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..20_000));
    let originals = Columns::from([("id".to_owned(), numbers)]);
    let sources: ArrayRef = Arc::new(StringViewArray::from_iter_values(vec!["anything"; 20_000]));
    let none = Columns::new();
    let run = |sources: &ArrayRef| transform.apply(sources, &Rows::new(0, None, &originals, &none)).unwrap().values;
    let first = run(&sources);
    let second = run(&first);
    assert_eq!(&run(&second), &first);
    let fakes: BTreeSet<_> = first.as_string_view().iter().chain(second.as_string_view()).collect();
    assert_eq!(fakes.len(), 40_000);
}

#[test]
fn another_columns_numbers_decide() {
    let parameters = rule("email", "", "customer_id");
    assert_eq!(parse_all(&parameters).0.unwrap().reads_originals(), ["customer_id"]);
    let transform = bound(&parameters);
    let values: ArrayRef =
        Arc::new(StringViewArray::from_iter([Some("ana@a.example"), Some("b@c"), None, Some("d"), Some("b@c")]));
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(42), Some(43), Some(44), None, Some(42)]));
    let made = trial::apply(&*transform, &values, &Columns::from([("customer_id".to_owned(), numbers)]));
    assert_eq!(made.invalid, [3]);
    let fakes: Vec<_> = made.values.as_string_view().iter().collect();
    assert!(fakes[0].is_some() && fakes[0] == fakes[4] && fakes[0] != fakes[1]);
    let own: ArrayRef = Arc::new(StringViewArray::from_iter_values(["42"]));
    assert_eq!(apply(&*bound(&rule("email", "", "")), &own, 0)[0].as_deref(), fakes[0]);
    assert_eq!(fakes[0], Some("dillan.welch.e2e9iw@example.com"));
}

#[test]
fn unique_fakes_are_pinned() {
    let column: ArrayRef = Arc::new(StringViewArray::from_iter_values((0..50).map(|number| number.to_string())));
    for (suite, expected) in [(Suite::Sha256, "8dcf17ebbb588d70"), (Suite::Blake3, "e3fb6d968c5e01bc")] {
        let mut hasher = blake3::Hasher::new();
        for (like, home, context, mut parameters) in everywhere() {
            parameters.push(("unique", Value::Boolean(true)));
            if like.maker(home).is_none() || !parse_all(&parameters).1.is_empty() {
                continue;
            }
            let transform = bind_to(&parameters, suite, &DataType::Utf8View, false).unwrap();
            hasher.update(format!("{context}: {:?}\n", apply(&*transform, &column, 0)).as_bytes());
        }
        assert_eq!(&hasher.finalize().to_hex()[..16], expected, "{suite:?}");
    }
}

#[test]
fn the_promise_is_made_where_it_is_kept() {
    for (parameters, unique) in
        [(rule("email", "", ""), true), (rule("email", "", "id"), false), (vec![("like", text("email"))], false)]
    {
        assert_eq!(parse_all(&parameters).0.unwrap().properties().unique, unique);
    }
}

#[test]
fn mistakes_are_told() {
    let (_, said) = parse_all(&[("like", text("email")), ("of", text("id"))]);
    assert_eq!((said[0].0, said[0].1.as_str()), (1, "`of` says nothing here"));
    let (_, said) = parse_all(&[("like", text("ipv4")), ("unique", Value::Boolean(true))]);
    let message =
        "`ipv4` can't be unique: it has 762 fakes that are sure to differ, and a keyed permutation takes 2000000";
    assert_eq!((said[0].0, said[0].1.as_str()), (1, message));
    let (_, said) = parse_all(&[("like", text("email")), ("country", text("SE"))]);
    assert_eq!((said[0].0, said[0].1.as_str()), (1, "`email` does not go by country"));
    // A fake put in for a null would be some number's own.
    assert!(!parse_all(&rule("email", "", "")).0.unwrap().fills_nulls());
}
