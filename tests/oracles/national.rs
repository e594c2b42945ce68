//! National numbers and check digits, against python-stdnum.

use bowdler::detect::checksum;
use bowdler::detect::national::{Alphabet, NATIONAL_NUMBERS, NationalNumber};
use serde_json::json;

use super::Oracle;

/// Who judges the numbers that python-stdnum does not judge under the same name, and why it is not python-stdnum alone;
/// no reason where it is, and only calls the number something else. Judges with an underscore are in `national.py`.
const JUDGES: &[(&str, &str, &str)] = &[
    ("at_uid", "at.uid", ""),
    ("au_medicare", "au_medicare", "not in python-stdnum"),
    ("be_nn", "be.ssn", "the national and the BIS number"),
    ("bg_uic", "bg.vat", "of nine digits"),
    ("ca_bc_phn", "ca.bc_phn", ""),
    ("ch_ahv", "ch.ssn", ""),
    ("cn_ric", "cn_ric", "of the place only the province, as counties change every year; births from 1850"),
    ("cy_tic", "cy.vat", ""),
    ("cz_ico", "cz.dic", "of eight digits"),
    ("do_cedula", "do_cedula", "without the list of wrong numbers that were issued"),
    ("eg_nid", "eg_nid", "python-stdnum has the tax number alone"),
    ("eu_vat", "eu_vat", "without the numbers of the one-stop shop, which belong to no member state"),
    ("fi_hetu", "fi_hetu", "the compact form has lost its hyphen"),
    ("gb_nino", "gb_nino", "not in python-stdnum"),
    ("gr_afm", "gr.vat", ""),
    ("hk_hkid", "hk_hkid", "not in python-stdnum"),
    ("hu_ado", "hu_ado", "not in python-stdnum"),
    ("hu_taj", "hu_taj", "not in python-stdnum"),
    ("id_nik", "id_nik", "python-stdnum lacks five provinces, the oldest from 2012"),
    ("id_npwp", "id_npwp", "which may be a NIK"),
    ("il_zehut", "il.idnr", ""),
    ("in_aadhaar", "in_.aadhaar", ""),
    ("in_gstin", "in_gstin", "python-stdnum lacks Ladakh, from 2019, and the other territory"),
    ("in_pan", "in_.pan", ""),
    ("is_kennitala", "is_.kennitala", ""),
    ("it_codice_fiscale", "it.codicefiscale", ""),
    ("jp_corporate_number", "jp.cn", ""),
    ("jp_my_number", "jp.in_", ""),
    ("kr_brn", "kr_brn", "python-stdnum leaves the check digit out"),
    ("lu_matricule", "lu_matricule", "not in python-stdnum"),
    ("lv_pk", "lv_pk", "python-stdnum has it within the VAT number"),
    ("mx_curp", "mx_curp", "without the list of rude words"),
    ("mx_rfc", "mx_rfc", "without the list of rude words"),
    ("rs_jmbg", "si.emso", "the same number, of the time when it was one country"),
    ("ru_snils", "ru_snils", "not in python-stdnum"),
    ("se_personnummer", "se_personnummer", "python-stdnum refuses coordination numbers, which are in the same columns"),
    ("sg_nric", "sg_nric", "not in python-stdnum"),
    ("tr_tckn", "tr.tckimlik", ""),
    ("tw_id", "tw_id", "not in python-stdnum"),
    ("ua_rnokpp", "ua.rntrc", ""),
    ("us_aba", "us_aba", "python-stdnum takes districts that there are not"),
    ("us_dea", "us_dea", "not in python-stdnum"),
    ("us_itin", "us_itin", "python-stdnum lacks the groups from 50 to 65"),
    ("us_mbi", "us_mbi", "not in python-stdnum"),
    ("us_npi", "us_npi", "not in python-stdnum"),
    ("za_id", "za.idnr", ""),
];

fn judge(number: &NationalNumber) -> String {
    let other = JUDGES.iter().find(|(name, ..)| *name == number.name).map(|(_, judge, _)| (*judge).to_owned());
    other.unwrap_or_else(|| number.name.replacen('_', ".", 1))
}

fn shapes(number: &NationalNumber) -> Vec<String> {
    match number.alphabet {
        Alphabet::Digits => number.lengths.iter().map(|length| "9".repeat(usize::from(*length))).collect(),
        Alphabet::Alphanumeric => number.shapes.iter().map(|shape| (*shape).to_owned()).collect(),
    }
}

/// A small generator that gives the same numbers everywhere (Numerical Recipes).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn one_of(&mut self, characters: &str) -> char {
        char::from(characters.as_bytes()[self.below(characters.len())])
    }

    fn of_shape(&mut self, shape: &str) -> String {
        shape
            .chars()
            .map(|sign| match sign {
                '9' => self.one_of(DIGITS),
                'A' => self.one_of(LETTERS),
                _ => self.one_of(BOTH),
            })
            .collect()
    }
}

const DIGITS: &str = "0123456789";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BOTH: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The characters of the same kind.
fn alike(c: char) -> &'static str {
    if c.is_ascii_digit() { DIGITS } else { LETTERS }
}

/// How many numbers are asked for that are one character off.
const MUTATIONS: usize = 2000;

/// How many numbers are asked for that bowdler holds for valid.
const ACCEPTED: usize = 600;

fn replace(number: &mut String, place: usize, c: char) {
    number.replace_range(place..=place, c.encode_utf8(&mut [0; 4]));
}

/// Numbers that are one character off: every one of as many examples as are needed.
fn mutations(examples: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for example in examples {
        for (place, old) in example.char_indices() {
            for new in alike(old).chars().filter(|new| *new != old) {
                let mut wrong = example.clone();
                replace(&mut wrong, place, new);
                all.push(wrong);
            }
        }
        if all.len() >= MUTATIONS {
            break;
        }
    }
    assert!(all.len() >= MUTATIONS, "{} mutations", all.len());
    all
}

/// Numbers that bowdler holds for valid, found from the examples by a few random characters and one that makes it right:
/// what a rule forgets besides the check digit is seen only in these.
fn accepted(number: &NationalNumber, examples: &[String], chance: &mut Chance) -> Vec<String> {
    let mut found = examples.to_vec();
    while found.len() < examples.len() + ACCEPTED {
        let mut text = found[chance.below(found.len())].clone();
        for _ in 0..=chance.below(3) {
            let place = chance.below(text.len());
            let c = chance.one_of(alike(char::from(text.as_bytes()[place])));
            replace(&mut text, place, c);
        }
        let first = chance.below(text.len());
        let right = (0..text.len()).map(|place| (first + place) % text.len()).find_map(|place| {
            alike(char::from(text.as_bytes()[place])).chars().find_map(|c| {
                let mut text = text.clone();
                replace(&mut text, place, c);
                (number.check)(text.as_bytes()).then_some(text)
            })
        });
        found.extend(right);
    }
    found.split_off(examples.len())
}

#[test]
fn national_numbers_are_judged_as_others_judge_them() {
    let Some(mut oracle) = Oracle::start("national.py", "stdnum") else { return };
    let mut chance = Chance(1);
    for number in NATIONAL_NUMBERS {
        let (name, judge, shapes) = (number.name, judge(number), shapes(number));
        let examples: Vec<String> = oracle.ask(&json!({ "judge": judge, "examples": 60, "shapes": shapes }));
        assert!(examples.len() >= 30, "{name}: {} examples", examples.len());
        for example in &examples {
            assert!((number.check)(example.as_bytes()), "{name} has {example}");
        }

        let mut asked = mutations(&examples);
        asked.extend(accepted(number, &examples, &mut chance));
        asked.extend((0..1000).map(|turn| chance.of_shape(&shapes[turn % shapes.len()])));
        let judged: Vec<bool> = oracle.ask(&json!({ "judge": judge, "numbers": asked }));
        assert_eq!(judged.len(), asked.len());
        for (text, valid) in asked.iter().zip(judged) {
            assert_eq!((number.check)(text.as_bytes()), valid, "{name}: {text}");
        }
    }
}

#[test]
fn every_other_judge_is_of_a_number_in_the_table() {
    for (name, ..) in JUDGES {
        assert!(NATIONAL_NUMBERS.iter().any(|number| number.name == *name), "{name}");
    }
}

#[test]
fn check_digits_are_judged_as_others_judge_them() {
    let Some(mut oracle) = Oracle::start("national.py", "stdnum") else { return };
    type System = (&'static str, fn(&[u8]) -> bool, &'static str);
    let systems: [System; 7] = [
        ("luhn", checksum::luhn, DIGITS),
        ("verhoeff", checksum::verhoeff, DIGITS),
        ("damm", checksum::damm, DIGITS),
        ("iso7064.mod_11_2", checksum::mod_11_2, DIGITS),
        ("iso7064.mod_11_10", checksum::mod_11_10, DIGITS),
        ("iso7064.mod_37_36", checksum::mod_37_36, BOTH),
        ("iso7064.mod_97_10", checksum::mod_97_10, BOTH),
    ];
    let mut chance = Chance(2);
    for (judge, valid, characters) in systems {
        let mut draw = || (0..2 + chance.below(20)).map(|_| chance.one_of(characters)).collect::<String>();
        let asked: Vec<_> = (0..20_000).map(|_| draw()).collect();
        let judged: Vec<bool> = oracle.ask(&json!({ "judge": judge, "numbers": asked }));
        assert!(judged.iter().filter(|valid| **valid).count() > 100, "{judge}: too few to tell");
        for (text, expected) in asked.iter().zip(judged) {
            assert_eq!(valid(text.as_bytes()), expected, "{judge}: {text}");
        }
    }
}
