use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::*;
use arrow::datatypes::DataType;
use fpe::ff1::{FF1, FlexibleNumeralString};
use proptest::prelude::*;

use super::*;
use crate::key::{Key, Keyring, Suite};
use crate::transform::trial::{apply, bind, complaints, recipe, run};
use crate::transform::{Columns, Rewritten, Rows, Value};

type Parameters<'p> = &'p [(&'p str, Value)];

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

const YES: Value = Value::Boolean(true);

/// What becomes of a column, and what `reveal` makes of that again.
fn there_and_back(parameters: Parameters<'_>, values: ArrayRef) -> (Rewritten, Rewritten) {
    let parameters = [parameters, &[("reversible", YES)]].concat();
    let there = run(&Encrypt, &parameters, Arc::clone(&values));
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let site = Site {
        table: "table",
        column: "column",
        data_type: values.data_type(),
        subject: None,
        fill_nulls: false,
        keys: &keys,
    };
    let inverse = recipe(&Encrypt, &parameters).unwrap().inverse().expect("a reversible rule").bind(&site).unwrap();
    let back = apply(&*inverse.transform, &there.values, &Columns::new());
    (there, back)
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringViewArray::from_iter_values(values))
}

/// Texts encrypted, each of which comes back.
fn encrypted(parameters: Parameters<'_>, values: &[&str]) -> Vec<Option<String>> {
    let (there, back) = there_and_back(parameters, texts(values));
    for ((there, back), value) in there.values.as_string_view().iter().zip(back.values.as_string_view()).zip(values) {
        assert_eq!(back, there.map(|_| *value), "{parameters:?}");
    }
    there.values.as_string_view().iter().map(|value| value.map(str::to_owned)).collect()
}

/// The key of a column under the key of 32 zero bytes, put together from SP 800-108 by the crate for HMAC.
fn subkey(label: &str) -> [u8; 32] {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&[0; 32]).unwrap();
    mac.update(&[&[0, 0, 0, 1], label.as_bytes(), &[0], b"table.column", &[0, 0, 1, 0]].concat());
    mac.finalize().into_bytes().into()
}

#[test]
fn a_number_is_what_another_ff1_under_the_derived_key_makes_of_it() {
    let oracle = FF1::<aes::Aes256>::new(&subkey("bowdler/1 encrypt"), 10).unwrap();
    for (value, digits) in
        [("4111-1111-1111-1111", "4111111111111111"), ("000042", "000042"), ("1".repeat(76).as_str(), &*"1".repeat(76))]
    {
        let numerals: Vec<u16> = digits.bytes().map(|byte| (byte - b'0').into()).collect();
        let made: Vec<u16> = oracle.encrypt(&[], &FlexibleNumeralString::from(numerals)).unwrap().into();
        let made: String = made.into_iter().map(|digit| char::from(b'0' + digit as u8)).collect();
        let ours = encrypted(&[("alphabet", text("digits"))], &[value])[0].clone().unwrap();
        assert_eq!(ours.replace('-', ""), made);
        assert_eq!(ours.find('-'), value.find('-'));
    }
}

#[test]
fn what_stays_stays_and_what_is_too_short_does_not_conform() {
    let digits = ("alphabet", text("digits"));
    let (first, last) = (("keep_first", Value::Integer(3)), ("keep_last", Value::Integer(1)));
    let values = ["+33 6 12 34 56 78", "12-345-678-90", "123456789", "33612x345678", "", "é", "٣٣٣٣٣٣٣٣٣٣٣"];
    let made = encrypted(&[digits, first, last], &values);
    for (made, value) in made[..2].iter().zip(values) {
        let made = made.as_deref().unwrap();
        assert_ne!(made, value);
        assert!(made.char_indices().all(|(place, c)| c.is_ascii_digit() == value.as_bytes()[place].is_ascii_digit()));
        let ends = |text: &str| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (digits[..3].to_owned(), digits[digits.len() - 1..].to_owned())
        };
        assert_eq!(ends(made), ends(value));
    }
    assert!(made[2..].iter().all(Option::is_none), "{made:?}");
}

#[test]
fn strings_of_different_lengths_are_different_permutations() {
    let made = encrypted(&[("alphabet", text("digits"))], &["1234567", "01234567", "001234567"]);
    let made: Vec<&str> = made.iter().flatten().map(|text| text.trim_start_matches('0')).collect();
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), 3, "{made:?}");
}

#[test]
fn a_whole_domain_is_permuted() {
    let values: Vec<String> = (0..1_000_000).step_by(7).map(|number| format!("{number:06}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let bound = bind(&Encrypt, &[("alphabet", text("digits"))], &DataType::Utf8View, None).unwrap();
    let none = Columns::new();
    let made = bound.transform.apply(&texts(&values), &Rows::new(0, None, &none, &none)).unwrap();
    let distinct: BTreeSet<&str> = made.values.as_string_view().iter().flatten().collect();
    assert_eq!((distinct.len(), made.invalid.len()), (values.len(), 0));
    assert!(distinct.iter().all(|value| value.len() == 6));
}

/// Luhn's test, digit by digit as the standard tells it.
fn passes_luhn(text: &str) -> bool {
    let digits = text.chars().filter_map(|c| c.to_digit(10)).rev().enumerate();
    let counted = digits.map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 });
    counted.sum::<u32>() % 10 == 0
}

#[test]
fn card_numbers_stay_valid_and_others_do_not_conform() {
    let cards = ["4111 1111 1111 1111", "3782-822463-10005", "30569309025904", "6011000990139424"];
    for parameters in [
        vec![("luhn", YES)],
        vec![("luhn", YES), ("keep_first", Value::Integer(4))],
        vec![("luhn", YES), ("keep_first", Value::Integer(2)), ("keep_last", Value::Integer(3))],
    ] {
        let made = encrypted(&parameters, &cards);
        for (made, card) in made.iter().zip(cards) {
            let made = made.as_deref().unwrap();
            assert!(passes_luhn(made) && made != card && made.len() == card.len(), "{made}");
        }
    }
    let made = encrypted(&[("luhn", YES)], &["4111 1111 1111 1112", "no card", "59", "4111a11111111111"]);
    assert!(made.iter().all(Option::is_none), "{made:?}");
}

/// MOD 97-10 on a number as long as an IBAN: the first four characters to the end, letters as two digits.
fn passes_mod_97(iban: &str) -> bool {
    let compact: String = iban.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits: String =
        format!("{}{}", &compact[4..], &compact[..4]).chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
    digits.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97) == 1
}

#[test]
fn ibans_become_ibans_of_the_same_country_and_make() {
    let ibans =
        ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "fr1420041010050500013m02606", "NO9386011117947"];
    let made = encrypted(&[("iban", YES)], &ibans);
    for (made, iban) in made.iter().zip(ibans) {
        let made = made.as_deref().unwrap();
        assert!(passes_mod_97(made) && made[..2] == iban[..2] && made[4..] != iban[4..], "{made}");
        let class = |c: char| (c.is_ascii_digit(), c.is_ascii_uppercase(), c.is_ascii_lowercase());
        assert!(made.chars().map(class).eq(iban.chars().map(class)), "{made}");
    }
    assert_eq!(encrypted(&[("iban", YES)], &["DE88370400440532013000", "Ana", ""]), [None, None, None]);
}

#[test]
fn integers_of_every_width_are_the_digits_that_text_has() {
    let digits = [("alphabet", text("digits")), ("length", Value::Integer(9))];
    let numbers = [Some(0i64), Some(42), None, Some(999_999_999), Some(-1), Some(1_000_000_000)];
    let padded = ["000000000", "000000042", "999999999"];
    let wanted: Vec<i64> =
        encrypted(&digits, &padded).iter().map(|text| text.as_ref().unwrap().parse().unwrap()).collect();
    let source: ArrayRef = Arc::new(Int64Array::from(numbers.to_vec()));
    for data_type in [
        DataType::Int64,
        DataType::Int32,
        DataType::Decimal128(20, 0),
        DataType::Decimal64(18, 0),
        DataType::Decimal32(9, 0),
    ] {
        let fits = if matches!(data_type, DataType::Decimal32(..)) { 5 } else { 6 };
        let values = arrow::compute::cast(&source.slice(0, fits), &data_type).unwrap();
        let (there, back) = there_and_back(&digits, values);
        assert_eq!(there.invalid, (4..fits).collect::<Vec<_>>(), "{data_type}");
        let made = arrow::compute::cast(&there.values, &DataType::Int64).unwrap();
        let made: Vec<i64> = made.as_primitive::<arrow::datatypes::Int64Type>().iter().flatten().collect();
        assert_eq!(made, wanted, "{data_type}");
        let back = arrow::compute::cast(&back.values, &DataType::Int64).unwrap();
        assert!(back.as_primitive::<arrow::datatypes::Int64Type>().iter().take(4).eq(numbers[..4].iter().copied()));
    }
    let unsigned: ArrayRef = Arc::new(UInt64Array::from(vec![0, 42, 999_999_999]));
    let made = there_and_back(&digits, unsigned).0.values;
    assert!(made.as_primitive::<arrow::datatypes::UInt64Type>().values().iter().map(|id| *id as i64).eq(wanted));
}

#[test]
fn any_text_is_sealed_and_opened() {
    let any = [("alphabet", text(ANY))];
    let values = ["", "Ana", "山田太郎", "\0\u{1f642}", &"long ".repeat(100)];
    let made = encrypted(&any, &values);
    for (made, value) in made.iter().flatten().zip(values) {
        assert_eq!(made.len(), ((16 + value.len()) * 8).div_ceil(6), "base64 without padding, of the tag and the text");
        assert!(made.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }
    let parameters = [any[0].clone(), ("reversible", YES)];
    let inverse = recipe(&Encrypt, &parameters).unwrap().inverse().unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let data_type = DataType::Utf8View;
    let site = Site { table: "t", column: "c", data_type: &data_type, subject: None, fill_nulls: false, keys: &keys };
    let transform = inverse.bind(&site).unwrap().transform;
    let mut forged = made[1].clone().unwrap();
    forged.replace_range(..1, if forged.starts_with('A') { "B" } else { "A" });
    let opened = apply(&*transform, &texts(&["", "Ana", &forged, made[1].as_deref().unwrap()]), &Columns::new());
    assert_eq!(opened.invalid, [0, 1, 2], "only what was sealed with the key is opened");
}

#[test]
fn what_a_column_can_t_hold_is_refused() {
    let digits = |length| vec![("alphabet", text("digits")), ("length", Value::Integer(length))];
    for (parameters, data_type) in [
        (digits(9), DataType::Int16),
        (digits(10), DataType::Int32),
        (digits(19), DataType::Int64),
        (digits(9), DataType::Decimal128(20, 2)),
        (digits(9), DataType::Float64),
        (vec![("alphabet", text("digits"))], DataType::Int64),
        (vec![("alphabet", text("hex")), ("length", Value::Integer(8))], DataType::Int64),
        (vec![("iban", YES)], DataType::Int64),
        (vec![("alphabet", text(ANY)), ("reversible", YES)], DataType::Int64),
        (vec![("alphabet", text("digits"))], DataType::Boolean),
    ] {
        assert!(bind(&Encrypt, &parameters, &data_type, None).is_err(), "{parameters:?} {data_type}");
    }
}

#[test]
fn mistakes_are_told_at_their_place() {
    let digits = ("alphabet", text("digits"));
    let length = |length| ("length", Value::Integer(length));
    for (parameters, places) in [
        (vec![], vec![0]),
        (vec![("alphabet", text("aba"))], vec![0]),
        (vec![("alphabet", text("digit"))], vec![0]),
        (vec![("alphabet", text("a"))], vec![0]),
        (vec![("alphabet", Value::Integer(10))], vec![0]),
        (vec![("alphabet", text(ANY))], vec![0]),
        (vec![("alphabet", text(ANY)), ("reversible", YES), length(9)], vec![0]),
        (vec![digits.clone(), length(5)], vec![10]),
        (vec![digits.clone(), length(8), ("keep_last", Value::Integer(3))], vec![10]),
        (vec![digits.clone(), length(6), ("luhn", YES)], vec![10]),
        (vec![digits.clone(), length(77)], vec![10]),
        (vec![digits.clone(), ("domain", text("nowhere"))], vec![10]),
        (vec![("alphabet", text("hex")), ("luhn", YES)], vec![10]),
        (vec![digits, ("iban", YES), length(9)], vec![0, 0]),
    ] {
        let found: Vec<usize> = complaints(&Encrypt, &parameters).into_iter().map(|(place, _)| place).collect();
        assert_eq!(found, places, "{parameters:?}");
    }
    assert!(recipe(&Encrypt, &[("alphabet", text("digits"))]).unwrap().inverse().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_and_no_two_become_one(
        values in prop::collection::vec(prop_oneof![
            any::<String>(), "[0-9 -]{0,90}", "[a-zA-Z0-9]{0,50}", "[0-9a-f]{4,12}", "[01é]{18,30}", "4[0-9]{15}",
        ], 0..20),
        keep_first in 0i64..4,
        keep_last in 0i64..4,
        which in 0usize..10,
    ) {
        let names: Vec<&str> = Alphabet::names().chain(["01é"]).collect();
        let mut parameters = match names.get(which) {
            Some(name) => vec![("alphabet", text(name))],
            None => vec![("luhn", YES)],
        };
        parameters.extend([("keep_first", Value::Integer(keep_first)), ("keep_last", Value::Integer(keep_last))]);
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let made = encrypted(&parameters, &values);
        let pairs: BTreeSet<_> = values.iter().zip(&made).filter(|(_, made)| made.is_some()).collect();
        let distinct: BTreeSet<_> = pairs.iter().map(|(_, made)| made).collect();
        prop_assert_eq!(pairs.len(), distinct.len());
        for (value, made) in pairs {
            prop_assert_eq!(value.chars().count(), made.as_ref().unwrap().chars().count());
        }
        encrypted(&[("alphabet", text(ANY))], &values);
        encrypted(&[("iban", YES)], &values);
    }
}
