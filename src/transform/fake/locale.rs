//! The locales, and what each of them has.
//!
//! Words are the `fake` crate's where it has a list of the locale's own, else ours, else there are none: the crate gives
//! the English list where it has no other, which would put Johns into Turkish data without a word. Nothing is drawn by
//! the crate, which knows random numbers only.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fake::locales::{
    AR_SA, CY_GB, DE_DE, Data, EN, FA_IR, FR_FR, IT_IT, JA_JP, NL_NL, PT_BR, PT_PT, TR_TR, ZH_CN, ZH_TW,
};

use super::number::{Numbered, phones, postcodes};
use super::words;
use super::words::Streets;

type List = &'static [&'static str];

/// What a locale has to make fakes of.
#[derive(Debug)]
pub(super) struct Locale {
    pub(super) name: &'static str,
    first_names: Option<List>,
    last_names: Option<List>,
    company_forms: Option<List>,
    cities: Option<List>,
    /// Whether the family's name comes first.
    pub(super) family_first: bool,
    /// What stands between the parts of a name.
    pub(super) gap: &'static str,
    pub(super) streets: Option<&'static Streets>,
    pub(super) phones: Option<&'static Numbered>,
    pub(super) postcodes: Option<&'static Numbered>,
}

/// Every locale, in the order in which they are shown. The first is the default.
pub(super) static LOCALES: LazyLock<[Locale; 15]> = LazyLock::new(|| {
    [
        Locale {
            cities: Some(words::US_CITIES),
            streets: Some(&words::US_STREETS),
            phones: Some(&phones::US),
            postcodes: Some(&postcodes::US),
            ..english("en_US")
        },
        Locale {
            company_forms: Some(words::GB_COMPANY_FORMS),
            cities: Some(words::GB_CITIES),
            streets: Some(&words::GB_STREETS),
            phones: Some(&phones::GB),
            postcodes: Some(&postcodes::GB),
            ..english("en_GB")
        },
        Locale {
            company_forms: Some(words::FR_COMPANY_FORMS),
            cities: Some(words::FR_CITIES),
            streets: Some(&words::FR_STREETS),
            phones: Some(&phones::FR),
            postcodes: Some(&postcodes::FR),
            ..own::<FR_FR>("fr_FR")
        },
        Locale {
            cities: Some(words::DE_CITIES),
            streets: Some(&words::DE_STREETS),
            phones: Some(&phones::DE),
            postcodes: Some(&postcodes::DE),
            ..own::<DE_DE>("de_DE")
        },
        Locale { phones: Some(&phones::GB), postcodes: Some(&postcodes::GB), ..own::<CY_GB>("cy_GB") },
        Locale { streets: Some(&words::IT_STREETS), postcodes: Some(&postcodes::IT), ..own::<IT_IT>("it_IT") },
        Locale { postcodes: Some(&postcodes::NL), ..own::<NL_NL>("nl_NL") },
        Locale { streets: Some(&words::PT_STREETS), postcodes: Some(&postcodes::PT), ..own::<PT_PT>("pt_PT") },
        Locale { streets: Some(&words::BR_STREETS), postcodes: Some(&postcodes::BR), ..own::<PT_BR>("pt_BR") },
        Locale { postcodes: Some(&postcodes::TR), ..own::<TR_TR>("tr_TR") },
        Locale { postcodes: Some(&postcodes::JP), ..own::<JA_JP>("ja_JP") },
        Locale { postcodes: Some(&postcodes::CN), ..own::<ZH_CN>("zh_CN") },
        own::<ZH_TW>("zh_TW"),
        own::<AR_SA>("ar_SA"),
        own::<FA_IR>("fa_IR"),
    ]
});

/// The locale of a rule that names none.
pub(super) fn default() -> &'static Locale {
    let [default, ..] = &*LOCALES;
    default
}

/// The locales by name.
pub(super) fn words() -> Vec<(&'static str, &'static Locale)> {
    LOCALES.iter().map(|locale| (locale.name, locale)).collect()
}

/// What the crate has for a locale and has not for English.
fn own<L: Data>(name: &'static str) -> Locale {
    let unlike = |list: List, english: List| (list != english).then_some(list);
    Locale {
        name,
        first_names: unlike(L::NAME_FIRST_NAME, EN::NAME_FIRST_NAME),
        last_names: unlike(L::NAME_LAST_NAME, EN::NAME_LAST_NAME),
        company_forms: unlike(L::COMPANY_SUFFIX, EN::COMPANY_SUFFIX),
        cities: None,
        family_first: L::NAME_TPL.starts_with("{LastName}"),
        gap: if L::NAME_TPL.contains(' ') { " " } else { "" },
        streets: None,
        phones: None,
        postcodes: None,
    }
}

/// A locale for which English lists are the right ones.
fn english(name: &'static str) -> Locale {
    Locale {
        first_names: Some(EN::NAME_FIRST_NAME),
        last_names: Some(EN::NAME_LAST_NAME),
        company_forms: Some(EN::COMPANY_SUFFIX),
        ..own::<EN>(name)
    }
}

impl Locale {
    pub(super) fn first_names(&self) -> Option<Vec<&'static str>> {
        self.first_names.map(|list| clean(list, is_name))
    }

    pub(super) fn last_names(&self) -> Option<Vec<&'static str>> {
        self.last_names.map(|list| clean(list, is_name))
    }

    pub(super) fn company_forms(&self) -> Option<Vec<&'static str>> {
        self.company_forms.map(|list| clean(list, |_| true))
    }

    pub(super) fn cities(&self) -> Option<Vec<&'static str>> {
        self.cities.map(|list| clean(list, |_| true))
    }
}

/// A list without white space round its words, each word once, where it stands first, and only words that are `fit`.
fn clean(list: List, fit: fn(&str) -> bool) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let words = list.iter().map(|word| word.trim()).filter(|word| !word.is_empty() && fit(word));
    words.filter(|word| seen.insert(*word)).collect()
}

/// Tells names from slips of the crate's, `Floris,` and `D"ávila` and `LÉNA`: a name has letters, with their marks, and
/// what stands between its parts (in Persian a joiner of no width), and no capital follows another.
fn is_name(word: &str) -> bool {
    let may_have = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '-' | '\u{200c}');
    let capitals = word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_uppercase() && next.is_uppercase());
    word.chars().all(may_have) && !capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cleaned_and_keep_their_order() {
        let list = &["Ricci\t", "D'Angelo", "Floris,", "Ricci", "D\"ávila", "van Dijk", "", "Öz\u{302}", "LÉNA", "Öz"];
        assert_eq!(clean(list, is_name), ["Ricci", "D'Angelo", "van Dijk", "Öz"]);
    }

    #[test]
    fn every_list_has_two_words_at_least_and_no_locale_has_anothers() {
        for locale in LOCALES.iter() {
            let lists = [locale.first_names(), locale.last_names(), locale.company_forms(), locale.cities()];
            for list in lists.into_iter().flatten() {
                assert!(list.len() >= 2, "{}", locale.name);
            }
            let english = locale.name.starts_with("en_");
            assert_eq!(locale.first_names == Some(EN::NAME_FIRST_NAME), english, "{}", locale.name);
            assert_eq!(locale.last_names == Some(EN::NAME_LAST_NAME), english, "{}", locale.name);
        }
    }
}
