use super::*;
use crate::transform::trial;

const SAID: [Option<&str>; 7] = [Some("m"), Some("F"), Some("female"), Some("x"), None, Some(""), Some("Male")];

/// The fakes of one name, the gender of each as [`SAID`].
fn named(like: &str, locale: &str, gender: Value, source: &str) -> Vec<String> {
    let parameters = [("like", text(like)), ("locale", text(locale)), ("gender", gender)];
    let transform = bind_to(&parameters, Suite::Sha256, &DataType::Utf8View, false).unwrap();
    let values: ArrayRef = Arc::new(StringViewArray::from_iter_values(vec![source; SAID.len()]));
    let said: ArrayRef = Arc::new(StringViewArray::from_iter(SAID));
    let made = trial::apply(&*transform, &values, &Columns::from([("sex".to_owned(), said)]));
    made.values.as_string_view().iter().map(|fake| fake.unwrap().to_owned()).collect()
}

fn list(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| (7..8, text(word))).collect())
}

fn table(entries: &[(&str, Value)]) -> Value {
    Value::Table(entries.iter().map(|(name, value)| ((*name).to_owned(), (7..8, value.clone()))).collect())
}

#[test]
fn a_name_is_of_the_list_that_the_column_says() {
    for locale in LOCALES.iter() {
        let [men, women] = locale.gendered_names().unwrap();
        let all = locale.first_names().unwrap();
        let open = apply(
            &*bind("first_name", locale.name, false),
            &(Arc::new(StringViewArray::from_iter_values(["Kim"])) as ArrayRef),
            0,
        );
        let words =
            table(&[("column", text("sex")), ("male", list(&["m", "Male"])), ("female", list(&["F", "female"]))]);
        let fakes = named("first_name", locale.name, words.clone(), "Kim");
        for (fake, list) in fakes.iter().zip([&men, &women, &women, &all, &all, &all, &men]) {
            assert!(list.contains(&fake.as_str()), "{} {fake}", locale.name);
        }
        assert_eq!((&fakes[0], &fakes[1]), (&fakes[6], &fakes[2]));
        assert_eq!(open[0].as_ref(), Some(&fakes[3]), "{}", locale.name);
        for (fake, list) in named("full_name", locale.name, words, "Kim").iter().zip([&men, &women, &women]) {
            let fits =
                |name: &&&str| if locale.family_first { fake.ends_with(**name) } else { fake.starts_with(**name) };
            assert!(list.iter().find(fits).is_some(), "{} {fake}", locale.name);
        }
    }
}

#[test]
fn names_by_gender_are_pinned() {
    let mut hasher = blake3::Hasher::new();
    for locale in LOCALES.iter() {
        for source in (0..30).map(|number| format!("value {number}")) {
            for like in ["first_name", "full_name"] {
                hasher.update(format!("{:?}\n", named(like, locale.name, text("sex"), &source)).as_bytes());
            }
        }
    }
    assert_eq!(hasher.finalize().to_hex()[..16], *"c0f588817d5abe6b");
}

#[test]
fn lists_of_men_and_of_women_have_no_name_in_common_and_none_twice() {
    for locale in LOCALES.iter() {
        let names = locale.gendered_names().unwrap().concat();
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert!(different.len() == names.len() && names.len() >= 48, "{}", locale.name);
    }
}

#[test]
fn usual_words_are_read_in_either_case_and_own_ones_as_they_are() {
    let english = named("first_name", "en_GB", text("sex"), "Kim");
    let [men, women] = LOCALES[1].gendered_names().unwrap();
    for (place, list) in [(0, &men), (1, &women), (2, &women), (6, &men)] {
        assert!(list.contains(&english[place].as_str()));
    }
    let own = table(&[("column", text("sex")), ("male", list(&["x"])), ("female", list(&["f"]))]);
    let fakes = named("first_name", "en_GB", own, "Kim");
    assert!(men.contains(&fakes[3].as_str()));
    assert_eq!((&fakes[0], &fakes[1]), (&fakes[4], &fakes[4]));
}

#[test]
fn a_name_of_the_list_is_never_its_own_fake() {
    for name in LOCALES[0].gendered_names().unwrap().concat() {
        assert!(named("first_name", "en_US", text("sex"), name).iter().all(|fake| fake != name));
    }
}

#[test]
fn a_null_is_filled_with_a_name_of_the_list() {
    let parameters = [("like", text("first_name")), ("gender", text("sex"))];
    let transform = bind_to(&parameters, Suite::Sha256, &DataType::Utf8View, true).unwrap();
    let nulls: ArrayRef = Arc::new(StringViewArray::new_null(40));
    let said: ArrayRef = Arc::new(StringViewArray::from_iter_values(vec!["female"; 40]));
    let (originals, none) = (Columns::from([("sex".to_owned(), said)]), Columns::new());
    let made = transform.apply(&nulls, &Rows::new(0, None, &originals, &none)).unwrap().values;
    let [_, women] = LOCALES[0].gendered_names().unwrap();
    assert!(made.as_string_view().iter().all(|fake| women.contains(&fake.unwrap())));
    let different: std::collections::BTreeSet<_> = made.as_string_view().iter().collect();
    assert!(different.len() > 15);
}

#[test]
fn the_column_is_asked_for() {
    let parameters = [("like", text("full_name")), ("gender", text("sex"))];
    assert_eq!(parse_all(&parameters).0.unwrap().reads_originals(), ["sex"]);
    assert_eq!(parse("full_name", "").0.unwrap().reads_originals(), Vec::<String>::new());
}

#[test]
fn mistakes_are_told() {
    let column = || ("column", text("sex"));
    for (like, gender, place, message) in [
        ("city", text("sex"), 1, "`city` does not go by gender"),
        ("first_name", Value::Integer(1), 1, "`gender` takes a column or a table, and this is an integer"),
        ("first_name", table(&[]), 1, "`gender` needs a column"),
        ("first_name", table(&[column(), ("male", list(&["m"]))]), 1, "`male` and `female` go together"),
        (
            "first_name",
            table(&[column(), ("male", list(&["m"])), ("female", list(&["m"]))]),
            7,
            "one value can't mean both",
        ),
        ("first_name", table(&[column(), ("mail", list(&["m"]))]), 7, "`mail` is unknown here"),
    ] {
        let (_, said) = parse_all(&[("like", text(like)), ("gender", gender)]);
        let said: Vec<_> = said.iter().map(|(place, message, _)| (*place, message.as_str())).collect();
        assert_eq!(said, [(place, message)]);
    }
}
