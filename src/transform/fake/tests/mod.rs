mod gender;
mod unique;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StringViewArray};
use arrow::datatypes::DataType;

use super::locale::LOCALES;
use super::*;
use crate::key::{Key, Keyring, Suite};
use crate::transform::params::Section;
use crate::transform::{Columns, Rows, Transform, Value};

/// What is complained of: the parameter pointed at, the message, the help.
type Said = (usize, String, Option<String>);

/// The rule as it would be read. Parameter `n` of those given stands at byte `n`; those that are empty are not written.
fn parse_all(parameters: &[(&str, Value)]) -> (Option<Box<dyn Recipe>>, Vec<Said>) {
    let values = parameters
        .iter()
        .enumerate()
        .filter(|(_, (_, value))| *value != Value::Text(String::new()))
        .map(|(place, (name, value))| ((*name).to_owned(), (place..place + 1, value.clone())))
        .collect();
    let domains = BTreeMap::new();
    let mut params = Params::new(Section::new(9..10, values), "example.column".into(), &domains);
    let recipe = Fake.parse(&mut params);
    let complaints = params.into_section().finish().into_iter();
    (recipe, complaints.map(|said| (said.span.start, said.message, said.help)).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn parse(like: &str, locale: &str) -> (Option<Box<dyn Recipe>>, Vec<Said>) {
    parse_all(&[("like", text(like)), ("locale", text(locale))])
}

fn bind_to(
    parameters: &[(&str, Value)],
    suite: Suite,
    data_type: &DataType,
    fill_nulls: bool,
) -> Result<Box<dyn Transform>, Refusal> {
    let keys = Keyring::new(Key::from_bytes([0; 32]), suite);
    let site = Site { table: "example", column: "column", data_type, subject: None, fill_nulls, keys: &keys };
    let (recipe, complaints) = parse_all(parameters);
    assert_eq!(complaints, [], "{parameters:?}");
    recipe.unwrap().bind(&site).map(|bound| bound.transform)
}

fn bind(like: &str, locale: &str, fill_nulls: bool) -> Box<dyn Transform> {
    let parameters = [("like", text(like)), ("locale", text(locale))];
    bind_to(&parameters, Suite::Sha256, &DataType::Utf8View, fill_nulls).unwrap()
}

/// A kind at a place where it has fakes: its context, and the parameters of a rule for it.
type Case = (Like, Home, String, Vec<(&'static str, Value)>);

fn everywhere() -> Vec<Case> {
    let mut all = Vec::new();
    for (name, like) in Like::ALL {
        let homes: Vec<Home> = match like.scope() {
            Scope::Locale => LOCALES.iter().map(Home::from).collect(),
            Scope::Country => locale::country_codes()
                .into_iter()
                .map(|country| Home { country, ..Home::from(locale::default()) })
                .collect(),
            Scope::World => vec![Home::from(locale::default())],
        };
        // Codes of banks are made alike for every country there is: a few of them will do.
        let every = if *like == Like::Bic { 40 } else { 1 };
        for home in homes.into_iter().filter(|home| like.maker(*home).is_some()).step_by(every) {
            let mut parameters = vec![("like", text(name))];
            match like.scope() {
                Scope::Locale => parameters.push(("locale", text(home.locale.name))),
                Scope::Country => parameters.push(("country", text(home.country))),
                Scope::World => {}
            }
            all.push((*like, home, like.context(home), parameters));
        }
    }
    all
}

fn apply(transform: &dyn Transform, values: &ArrayRef, first: u64) -> Vec<Option<String>> {
    let none = Columns::new();
    let fakes = transform.apply(values, &Rows::new(first, None, &none, &none)).unwrap();
    assert!(fakes.invalid.is_empty());
    fakes.values.as_string_view().iter().map(|fake| fake.map(str::to_owned)).collect()
}

/// The fakes of some hundred made-up values.
fn fakes(like: &str, locale: &str) -> Vec<String> {
    let values: ArrayRef = Arc::new(StringViewArray::from_iter_values((0..400).map(|i| format!("value {i}"))));
    apply(&*bind(like, locale, false), &values, 0).into_iter().flatten().collect()
}

/// Whether `value` is in `notation`: `#` is a digit, `@` a lower-case letter or digit, `A` a capital, all else itself.
fn is_in(value: &str, notation: &str) -> bool {
    value.chars().count() == notation.chars().count()
        && value.chars().zip(notation.chars()).all(|(c, sign)| match sign {
            '#' => c.is_ascii_digit(),
            '@' => c.is_ascii_digit() || c.is_ascii_lowercase(),
            'A' => c.is_ascii_uppercase(),
            sign => c == sign,
        })
}

#[test]
fn the_example_is_true() {
    let example = Fake.example();
    let value: ArrayRef = Arc::new(StringViewArray::from_iter_values([example.source]));
    let fake = apply(&*bind("full_name", "fr_FR", false), &value, 0).remove(0);
    assert_eq!(fake.as_deref(), example.result);
}

#[test]
fn mistakes_are_told_at_their_places() {
    for (like, locale, place, message, help) in [
        ("", "", 9, "`fake` needs to know what its values are like", "write `like = \"first_name\"`, say"),
        ("fist_name", "", 0, "`like` has no such value", "did you mean \"first_name\"?"),
        ("city", "fr_Fr", 1, "`locale` has no such value", "did you mean \"fr_FR\"?"),
        (
            "street",
            "tr_TR",
            1,
            "tr_TR has no list of streets",
            "there is one for en_US, en_GB, fr_FR, de_DE, it_IT, pt_PT, pt_BR",
        ),
        (
            "iban",
            "ja_JP",
            1,
            "JP has no IBAN with a bank known not to exist",
            "there is one for AT, BR, CH, DE, ES, FR, GB, IE, IT, LU, NL, PL, PT, SA, SE, TR",
        ),
        (
            "licence_plate",
            "",
            0,
            "US has no series of number plates known not to be handed out",
            "there is one for DE, ES, FR, GB, IT, NL, SE, TR",
        ),
        (
            "phone",
            "ja_JP",
            1,
            "ja_JP has no range of telephone numbers known to be reserved for fiction",
            "there is one for en_US, en_GB, fr_FR, de_DE, cy_GB",
        ),
    ] {
        let (recipe, complaints) = parse(like, locale);
        assert!(recipe.is_none());
        assert_eq!(complaints, [(place, message.to_owned(), Some(help.to_owned()))]);
    }
    assert_eq!(parse("city", "").1, []);
}

#[test]
fn only_text_is_taken() {
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let data_type = &DataType::Int64;
    let site = Site { table: "example", column: "column", data_type, subject: None, fill_nulls: false, keys: &keys };
    assert!(parse("postcode", "").0.unwrap().bind(&site).is_err());
}

/// Lists and notations decide fakes, the `fake` crate's lists among them: none may change unseen, with a newer version
/// of that crate or without. These are the kinds and locales that were first, in the order they were in.
#[test]
fn fakes_are_what_they_have_been() {
    let four = ["en_US", "en_GB", "fr_FR", "de_DE"];
    let without = |others: &[&str]| -> Vec<&str> {
        LOCALES.iter().map(|locale| locale.name).filter(|name| !others.contains(name)).collect()
    };
    let kinds = [
        ("first_name", without(&[])),
        ("last_name", without(&[])),
        ("full_name", without(&[])),
        ("user_name", without(&[])),
        ("email", without(&[])),
        ("phone", [&four[..], &["cy_GB"]].concat()),
        ("street", [&four[..], &["it_IT", "pt_PT", "pt_BR"]].concat()),
        ("city", four.to_vec()),
        ("postcode", without(&["zh_TW", "ar_SA", "fa_IR"])),
        ("company", without(&["cy_GB", "tr_TR", "zh_TW", "ar_SA"])),
    ];
    let mut hasher = blake3::Hasher::new();
    for locale in LOCALES.iter() {
        for (like, _) in kinds.iter().filter(|(_, locales)| locales.contains(&locale.name)) {
            hasher.update(format!("{like}/{}: {:?}\n", locale.name, fakes(like, locale.name)).as_bytes());
        }
    }
    assert_eq!(hasher.finalize().to_hex()[..16], *"2cad87a10b039954");
}

/// Each word of a list as a source, and then what became of it, over and over: every kind must leave its own.
#[test]
fn no_value_is_its_own_fake_however_it_is_cut() {
    for (like, home, context, parameters) in everywhere() {
        let transform = bind_to(&parameters, Suite::Blake3, &DataType::Utf8View, false).unwrap();
        let locale = home.locale;
        let lists = [
            locale.first_names(),
            locale.last_names(),
            locale.cities(),
            locale.titles(),
            locale.regions(),
            locale.countries(),
            locale.occupations(),
            Some(locale::country_codes()),
        ];
        let names = lists.into_iter().flatten().flatten();
        let step = if like.scope() == Scope::Country { 30 } else { 3 };
        let mut values: Vec<Option<String>> = names.step_by(step).map(|name| Some(name.to_owned())).collect();
        values.extend([None, Some(String::new()), Some("a".into()), Some("a name that is longer than any".into())]);
        for _ in 0..2 {
            let column: ArrayRef = Arc::new(values.iter().map(Option::as_deref).collect::<StringViewArray>());
            let fakes = apply(&*transform, &column, 0);
            for (value, fake) in values.iter().zip(&fakes) {
                assert_eq!(value.is_none(), fake.is_none());
                assert!(value != fake || value.is_none(), "{context}");
                assert_ne!(fake.as_deref(), Some(""), "{context}");
            }
            let cut = column.len() / 3;
            let parts = [column.slice(cut, column.len() - cut), column.slice(0, cut)];
            let again: Vec<_> = parts.iter().rev().flat_map(|part| apply(&*transform, part, 7)).collect();
            assert_eq!(again, fakes, "{context}");
            values = fakes;
        }
    }
}

/// What stands in for a value that was to become itself: the same draw, one turn on, whatever else is known.
#[test]
fn the_next_draw_is_another_value_in_every_kind() {
    let prf = Keyring::new(Key::from_bytes([1; 32]), Suite::Blake3).prf(crate::key::Purpose::Fake, "turns");
    for (like, home, context, _) in everywhere() {
        let Some(Maker::Composed(parts)) = like.maker(home) else { continue };
        for message in 0..300u32 {
            let (mut value, mut other) = (String::new(), String::new());
            let tag = prf.tag(&message.to_be_bytes());
            let source = "x".repeat(message as usize % 40);
            let draw = kernel::Draw::of(&tag, &source);
            parts.compose(&draw, &mut value);
            parts.compose(&draw.next(), &mut other);
            assert!(value != other && !value.is_empty(), "{context}");
        }
    }
}

/// Every kind in every locale and country: it has fakes, or the rule is refused, with those that have.
#[test]
fn whatever_has_no_fakes_is_refused_with_what_has() {
    let mut made = 0;
    for (name, like) in Like::ALL {
        for locale in LOCALES.iter() {
            let (recipe, said) = parse(name, locale.name);
            if recipe.is_some() {
                assert_eq!(said, []);
                made += 1;
                continue;
            }
            let [(place, message, Some(help))] = &said[..] else { panic!("{name} {}", locale.name) };
            let home = if like.scope() == Scope::Country { locale.country } else { locale.name };
            assert!(*place == 1 && message.starts_with(&format!("{home} has no ")), "{message}");
            for other in help.strip_prefix("there is one for ").unwrap().split(", ") {
                assert_ne!(other, home);
                let parameter = if like.scope() == Scope::Country { "country" } else { "locale" };
                assert_eq!(parse_all(&[("like", text(name)), (parameter, text(other))]).1, [], "{name} {other}");
            }
        }
    }
    // 28 kinds in 15 locales, less those that lack something: a change here is a change to what there is.
    assert_eq!(made, 384);
}

/// The first fakes of every kind, in both suites.
#[test]
fn the_fakes_of_every_kind_are_pinned() {
    for (suite, expected) in [(Suite::Sha256, "c81478eeda614be3"), (Suite::Blake3, "6a93e76095b46ac6")] {
        let mut hasher = blake3::Hasher::new();
        for (_, _, context, parameters) in everywhere() {
            let transform = bind_to(&parameters, suite, &DataType::Utf8View, false).unwrap();
            let values: ArrayRef = Arc::new(StringViewArray::from_iter_values((0..50).map(|i| format!("value {i}"))));
            hasher.update(format!("{context}: {:?}\n", apply(&*transform, &values, 0)).as_bytes());
        }
        assert_eq!(&hasher.finalize().to_hex()[..16], expected, "{suite:?}");
    }
}

#[test]
fn one_of_each_kind() {
    for (like, place, sha256, blake3) in [
        ("first_name", "", "Alia", "Judge"),
        ("last_name", "", "Reinger", "Price"),
        ("full_name", "", "Ada Considine", "Taylor Sanford"),
        ("title", "", "Dr.", "Ms."),
        ("user_name", "", "teagan_fay_14d6th", "zora_kub_vygn5i"),
        ("email", "", "glennie.durgan.fppc9q@example.net", "catherine.lebsack.sfsepa@example.net"),
        ("phone", "", "+1 229 555 0105", "+1 573 555 0157"),
        ("date_of_birth", "", "1983-10-13", "1948-09-13"),
        ("job", "", "Chief Legal Liaison", "Corporate Education Liaison"),
        ("national_id", "", "910-18-7064", "938-45-6445"),
        ("licence_plate", "SE", "VSK 000", "VWW 288"),
        ("street", "", "716 Woodland Lane", "3800 Locust Road"),
        ("building_number", "", "5286", "2766"),
        ("city", "", "New Orleans", "Topeka"),
        ("region", "", "Iowa", "Florida"),
        ("postcode", "", "26626", "95320"),
        ("country", "", "Tokelau", "Namibia"),
        ("country_code", "", "VC", "NE"),
        ("company", "", "Bergnaum LLC", "Lang Group"),
        ("iban", "DE", "DE81900000004011987815", "DE18900000002610864786"),
        ("bic", "", "EPHPUS50", "JMYMUSP0"),
        ("card", "", "4000000301825982", "4000004249992938"),
        ("url", "", "https://example.com/7bzs0zp51p", "https://example.com/fli3qm02w4"),
        ("ipv4", "", "192.0.2.213", "203.0.113.231"),
        ("ipv6", "", "2001:db8:51f0:3d5e:afd:fe6a:dd62:5f0f", "2001:db8:8c77:46d0:ccd7:68b:4930:4352"),
        ("mac", "", "56:91:6c:f2:65:89", "5a:49:3a:8d:01:8d"),
        ("uuid", "", "3c8dcd15-b4b7-4209-9af3-5c8dd6faa804", "5baa03fa-6e4d-4228-a467-8acfdfbe77dc"),
        ("text", "", "Animi cum voluptatibus.", "Eius asperiores ullam."),
    ] {
        let value: ArrayRef = Arc::new(StringViewArray::from_iter_values(["a value of some length"]));
        let parameters = [("like", text(like)), ("country", text(place))];
        let made = [Suite::Sha256, Suite::Blake3].map(|suite| {
            let transform = bind_to(&parameters, suite, &DataType::Utf8View, false).unwrap();
            apply(&*transform, &value, 0).remove(0).unwrap()
        });
        assert_eq!(made, [sha256, blake3], "{like}");
    }
}

#[test]
fn words_are_of_the_locales_list() {
    for locale in LOCALES.iter() {
        let lists =
            [("first_name", locale.first_names()), ("last_name", locale.last_names()), ("city", locale.cities())];
        for (like, list) in lists {
            let Some(list) = list else { continue };
            let fakes = fakes(like, locale.name);
            assert!(fakes.iter().all(|fake| list.contains(&fake.as_str())), "{like} {}", locale.name);
            let different: std::collections::BTreeSet<_> = fakes.iter().collect();
            assert!(different.len() > list.len().min(400) / 2, "{like} {}", locale.name);
        }
    }
}

#[test]
fn names_are_in_the_locales_order() {
    for (locale, name, split) in [("fr_FR", " ", 0), ("de_DE", " ", 0), ("ja_JP", " ", 1), ("zh_CN", "", 1)] {
        let locale = LOCALES.iter().find(|found| found.name == locale).unwrap();
        let (firsts, lasts) = (locale.first_names().unwrap(), locale.last_names().unwrap());
        for fake in fakes("full_name", locale.name) {
            let parts = |(one, other): (&&str, &&str)| fake == [*one, name, *other].concat();
            let found = match split {
                0 => {
                    firsts.iter().any(|first| fake.starts_with(first) && lasts.iter().any(|last| parts((first, last))))
                }
                _ => lasts.iter().any(|last| fake.starts_with(last) && firsts.iter().any(|first| parts((last, first)))),
            };
            assert!(found, "{fake}");
        }
    }
}

#[test]
fn nobody_can_be_reached() {
    for locale in LOCALES.iter() {
        for fake in fakes("email", locale.name) {
            let (local, domain) = fake.split_once('@').unwrap();
            assert!(["example.com", "example.org", "example.net"].contains(&domain), "{fake}");
            let parts: Vec<_> = local.split('.').collect();
            assert!(parts.len() == 3 && parts[2].len() == 6, "{fake}");
            assert!(
                parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| is_in(&(b as char).to_string(), "@")))
            );
        }
        for fake in fakes("user_name", locale.name) {
            assert!(fake.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{fake}");
        }
    }
    for (locale, notations) in [
        ("en_US", &["+1 ### 555 01##"][..]),
        (
            "en_GB",
            &[
                "+44 20 7946 0###",
                "+44 1## 496 0###",
                "+44 191 498 0###",
                "+44 29 2018 0###",
                "+44 1632 960###",
                "+44 7700 900###",
            ],
        ),
        (
            "fr_FR",
            &["+33 1 99 00 ## ##", "+33 2 61 91 ## ##", "+33 3 53 01 ## ##", "+33 4 65 71 ## ##", "+33 5 36 49 ## ##"],
        ),
        (
            "de_DE",
            &["+49 30 23125 ###", "+49 40 66969 ###", "+49 69 90009 ###", "+49 221 4710 ###", "+49 89 99998 ###"],
        ),
    ] {
        let fakes = fakes("phone", locale);
        for fake in &fakes {
            assert!(notations.iter().any(|notation| is_in(fake, notation)), "{fake}");
        }
        for notation in notations {
            assert!(fakes.iter().any(|fake| is_in(fake, notation)), "{notation}");
        }
    }
}

#[test]
fn postcodes_are_in_the_countrys_notation() {
    for (locale, notations) in [
        ("en_US", &["#####"][..]),
        ("en_GB", &["AX# #AA", "AX## #AA"]),
        ("fr_FR", &["#####"]),
        ("de_DE", &["#####"]),
        ("nl_NL", &["#### AA"]),
        ("pt_PT", &["####-###"]),
        ("pt_BR", &["#####-###"]),
        ("ja_JP", &["###-####"]),
        ("zh_CN", &["######"]),
    ] {
        for fake in fakes("postcode", locale) {
            assert!(notations.iter().any(|notation| is_in(&fake, notation)), "{fake}");
            let department = fake.get(..2).and_then(|digits| digits.parse().ok());
            assert!(locale != "fr_FR" || department.is_some_and(|number: u8| (1..=95).contains(&number)), "{fake}");
        }
    }
}

#[test]
fn streets_and_companies_read_as_people_write_them() {
    for (like, locale, expected) in [
        ("street", "en_US", "3114 Railroad Terrace"),
        ("street", "en_GB", "241 Abbey Street"),
        ("street", "fr_FR", "160 square de Bretagne"),
        ("street", "de_DE", "Händelplatz 103"),
        ("street", "it_IT", "Viale Caruso 106"),
        ("street", "pt_BR", "Largo Ortega, 109"),
        ("company", "en_US", "Kuphal LLC"),
        ("company", "de_DE", "Martin-Fuchs und Partner"),
        ("company", "ja_JP", "太田 (有)"),
        ("company", "zh_CN", "黄合作社"),
    ] {
        assert_eq!(fakes(like, locale)[0], expected);
    }
}

/// As long as its source but for a fifth, in words of the list, whatever script the source is in.
#[test]
fn text_is_about_as_long_as_its_source_and_says_nothing() {
    use ::fake::locales::{Data, EN};
    let transform = bind("text", "", false);
    let sources: Vec<String> = (0..700).map(|length| "長".repeat(length)).collect();
    let column: ArrayRef = Arc::new(StringViewArray::from_iter_values(&sources));
    let mut differing = 0;
    for (length, fake) in apply(&*transform, &column, 0).into_iter().enumerate() {
        let fake = fake.unwrap();
        let made = fake.chars().count();
        assert!(5 * made >= 4 * length && 5 * made <= 6 * length.max(1), "{length} became {made}");
        differing += usize::from(made != length);
        let words: Vec<_> = fake.trim_end_matches('.').split(' ').map(str::to_lowercase).collect();
        let of_the_list = words.iter().all(|word| EN::LOREM_WORD.contains(&word.as_str()));
        assert!(of_the_list || length < 4 && words.len() == 1, "{fake}");
        assert!(length < 4 || fake.starts_with(|c: char| c.is_ascii_uppercase()), "{fake}");
    }
    assert!(differing > 400);
}

/// A date is one in a calendar, from 1940 to 2004, and the same in a column of dates as in a column of texts.
#[test]
fn dates_of_birth_are_the_same_in_text_and_as_dates() {
    let days: Vec<Option<i32>> =
        (-12_000..13_000).step_by(61).map(Some).chain([None, Some(i32::MAX), Some(0)]).collect();
    let dates: ArrayRef = Arc::new(arrow::array::Date32Array::from(days));
    let texts = crate::transform::as_text(&dates.slice(0, 400)).unwrap();
    let parameters = [("like", text("date_of_birth"))];
    let transform = bind_to(&parameters, Suite::Sha256, &DataType::Date32, false).unwrap();
    let made = crate::transform::trial::apply(&*transform, &dates, &Columns::new());
    assert_eq!(made.invalid, Vec::<usize>::new());
    let made_texts: Vec<_> = crate::transform::as_text(&made.values.slice(0, 400))
        .unwrap()
        .as_string_view()
        .iter()
        .map(|text| text.map(str::to_owned))
        .collect();
    assert_eq!(apply(&*bind("date_of_birth", "", false), &texts, 0), made_texts);
    let made: Vec<_> = made.values.as_primitive::<arrow::datatypes::Date32Type>().iter().collect();
    for (date, source) in made.iter().zip(dates.as_primitive::<arrow::datatypes::Date32Type>()) {
        assert!(date.is_none_or(|date| (-10_958..12_784).contains(&date)) && (*date != source || source.is_none()));
    }
    assert!(made_texts.iter().flatten().min().unwrap().starts_with("194"));
    assert!(made_texts.iter().flatten().max().unwrap().starts_with("200"));
    let filled = bind_to(&parameters, Suite::Sha256, &DataType::Date32, true).unwrap();
    let nulls = arrow::array::new_null_array(&DataType::Date32, 9);
    let none = Columns::new();
    let filled = filled.apply(&nulls, &Rows::new(0, None, &none, &none)).unwrap().values;
    assert_eq!(filled.null_count(), 0);
}

#[test]
fn nulls_are_filled_by_their_row_and_column() {
    let nulls: ArrayRef = Arc::new(StringViewArray::new_null(50));
    for (_, _, like, parameters) in everywhere() {
        let transform = bind_to(&parameters, Suite::Sha256, &DataType::Utf8View, true).unwrap();
        let whole = apply(&*transform, &nulls, 100);
        assert!(whole.iter().all(|fake| fake.as_ref().is_some_and(|fake| !fake.is_empty())), "{like}");
        assert_eq!(apply(&*transform, &nulls.slice(0, 30), 120), whole[20..], "{like}");
        assert!(whole.iter().collect::<std::collections::BTreeSet<_>>().len() > 1, "{like}");
    }
}

#[test]
fn one_value_has_one_fake_in_every_table_and_another_in_every_locale() {
    let value: ArrayRef = Arc::new(StringViewArray::from_iter_values(["Ana"]));
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let site = Site {
        table: "orders",
        column: "shipping.name",
        data_type: &DataType::Utf8View,
        subject: None,
        fill_nulls: true,
        keys: &keys,
    };
    let elsewhere = parse("first_name", "en_US").0.unwrap().bind(&site).unwrap().transform;
    let here = apply(&*bind("first_name", "en_US", false), &value, 0);
    assert_eq!(apply(&*elsewhere, &value, 5), here);
    assert_ne!(apply(&*bind("first_name", "en_GB", false), &value, 0), here);
}
