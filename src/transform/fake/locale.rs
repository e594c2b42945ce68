//! The locales, and what each of them has.
//!
//! Words are the `fake` crate's where it has a list of the locale's own, else ours, else there are none: the crate gives
//! the English list where it has no other, which would put Johns into Turkish data without a word. Nothing is drawn by
//! the crate, which knows random numbers only.

use std::sync::LazyLock;

use fake::locales::{
    AR_SA, CY_GB, DE_DE, Data, EN, FA_IR, FR_FR, IT_IT, JA_JP, NL_NL, PT_BR, PT_PT, TR_TR, ZH_CN, ZH_TW,
};

use super::job::Jobs;
use super::list::{List, clean};
use super::names::Names;
use super::number::{Numbered, phones, postcodes};
use super::words::Streets;
use super::{lists, names, words};

/// What a locale has to make fakes of.
#[derive(Debug)]
pub(in crate::transform) struct Locale {
    pub(super) name: &'static str,
    /// The code of its country (ISO 3166-1).
    pub(super) country: &'static str,
    first_names: Option<List>,
    last_names: Option<List>,
    gendered_names: Option<Names>,
    /// The words for a man and for a woman in columns of genders.
    pub(super) sexes: Names,
    titles: Option<List>,
    company_forms: Option<List>,
    cities: Option<List>,
    regions: Option<List>,
    countries: Option<List>,
    /// Occupations, or else what they are put together from.
    occupations: Option<List>,
    pub(super) jobs: Option<Jobs>,
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
            regions: Some(EN::ADDRESS_STATE),
            streets: Some(&words::US_STREETS),
            phones: Some(&phones::US),
            postcodes: Some(&postcodes::US),
            ..english("en_US", "US")
        },
        Locale {
            company_forms: Some(words::GB_COMPANY_FORMS),
            cities: Some(words::GB_CITIES),
            regions: Some(lists::GB_REGIONS),
            streets: Some(&words::GB_STREETS),
            phones: Some(&phones::GB),
            postcodes: Some(&postcodes::GB),
            ..english("en_GB", "GB")
        },
        Locale {
            gendered_names: Some(names::FRENCH),
            sexes: [&["m", "h", "homme", "masculin"], &["f", "femme", "féminin"]],
            company_forms: Some(words::FR_COMPANY_FORMS),
            cities: Some(words::FR_CITIES),
            regions: Some(lists::FR_REGIONS),
            occupations: Some(lists::FR_JOBS),
            streets: Some(&words::FR_STREETS),
            phones: Some(&phones::FR),
            postcodes: Some(&postcodes::FR),
            ..own::<FR_FR>("fr_FR", "FR")
        },
        Locale {
            gendered_names: Some(names::GERMAN),
            sexes: [&["m", "männlich", "mann", "herr"], &["w", "f", "weiblich", "frau"]],
            cities: Some(words::DE_CITIES),
            countries: Some(lists::DE_COUNTRIES),
            occupations: Some(lists::DE_JOBS),
            streets: Some(&words::DE_STREETS),
            phones: Some(&phones::DE),
            postcodes: Some(&postcodes::DE),
            ..own::<DE_DE>("de_DE", "DE")
        },
        Locale {
            gendered_names: Some(names::WELSH),
            sexes: [&["m", "g", "gwryw", "dyn"], &["f", "b", "benyw", "menyw"]],
            company_forms: Some(lists::CY_COMPANY_FORMS),
            cities: Some(lists::CY_CITIES),
            regions: Some(lists::CY_REGIONS),
            phones: Some(&phones::GB),
            postcodes: Some(&postcodes::GB),
            ..own::<CY_GB>("cy_GB", "GB")
        },
        Locale {
            gendered_names: Some(names::ITALIAN),
            sexes: [&["m", "maschio", "uomo"], &["f", "femmina", "donna"]],
            cities: Some(lists::IT_CITIES),
            regions: Some(lists::IT_REGIONS),
            streets: Some(&words::IT_STREETS),
            postcodes: Some(&postcodes::IT),
            ..own::<IT_IT>("it_IT", "IT")
        },
        Locale {
            gendered_names: Some(names::DUTCH),
            sexes: [&["m", "man", "mannelijk"], &["v", "f", "vrouw", "vrouwelijk"]],
            cities: Some(lists::NL_CITIES),
            postcodes: Some(&postcodes::NL),
            ..own::<NL_NL>("nl_NL", "NL")
        },
        Locale {
            cities: Some(lists::PT_CITIES),
            streets: Some(&words::PT_STREETS),
            postcodes: Some(&postcodes::PT),
            ..portuguese(own::<PT_PT>("pt_PT", "PT"))
        },
        Locale {
            titles: Some(lists::BR_TITLES),
            cities: Some(lists::BR_CITIES),
            countries: Some(lists::BR_COUNTRIES),
            occupations: Some(lists::BR_JOBS),
            streets: Some(&words::BR_STREETS),
            postcodes: Some(&postcodes::BR),
            ..portuguese(own::<PT_BR>("pt_BR", "BR"))
        },
        Locale {
            gendered_names: Some(names::TURKISH),
            sexes: [&["e", "m", "erkek"], &["k", "f", "kadın"]],
            company_forms: Some(lists::TR_COMPANY_FORMS),
            cities: Some(lists::TR_CITIES),
            regions: Some(lists::TR_CITIES),
            postcodes: Some(&postcodes::TR),
            ..own::<TR_TR>("tr_TR", "TR")
        },
        Locale {
            gendered_names: Some(names::JAPANESE),
            sexes: [&["m", "男", "男性"], &["f", "女", "女性"]],
            titles: Some(lists::JP_TITLES),
            cities: Some(lists::JP_CITIES),
            regions: Some(lists::JP_REGIONS),
            countries: Some(lists::JP_COUNTRIES),
            postcodes: Some(&postcodes::JP),
            ..own::<JA_JP>("ja_JP", "JP")
        },
        Locale {
            gendered_names: Some(names::CHINESE),
            sexes: [&["m", "男", "男性"], &["f", "女", "女性"]],
            cities: Some(lists::CN_CITIES),
            regions: Some(lists::CN_REGIONS),
            postcodes: Some(&postcodes::CN),
            ..own::<ZH_CN>("zh_CN", "CN")
        },
        Locale {
            gendered_names: Some(names::TAIWANESE),
            sexes: [&["m", "男", "男性"], &["f", "女", "女性"]],
            company_forms: Some(lists::TW_COMPANY_FORMS),
            cities: Some(lists::TW_CITIES),
            regions: Some(lists::TW_REGIONS),
            countries: Some(lists::TW_COUNTRIES),
            occupations: Some(lists::TW_JOBS),
            ..own::<ZH_TW>("zh_TW", "TW")
        },
        Locale {
            gendered_names: Some(names::ARABIC),
            sexes: [&["m", "ذكر"], &["f", "أنثى"]],
            titles: Some(lists::SA_TITLES),
            cities: Some(lists::SA_CITIES),
            regions: Some(lists::SA_REGIONS),
            countries: Some(lists::SA_COUNTRIES),
            occupations: Some(lists::SA_JOBS),
            ..own::<AR_SA>("ar_SA", "SA")
        },
        Locale {
            gendered_names: Some(names::PERSIAN),
            sexes: [&["m", "مرد"], &["f", "زن"]],
            cities: Some(lists::IR_CITIES),
            ..own::<FA_IR>("fa_IR", "IR")
        },
    ]
});

/// The locale of a rule that names none.
pub(super) fn default() -> &'static Locale {
    let [default, ..] = &*LOCALES;
    default
}

/// The codes of the countries there are (ISO 3166-1), the same in every locale.
pub(super) fn country_codes() -> Vec<&'static str> {
    clean(EN::ADDRESS_COUNTRY_CODE, |_| true)
}

/// The locales by name.
pub(super) fn words() -> Vec<(&'static str, &'static Locale)> {
    LOCALES.iter().map(|locale| (locale.name, locale)).collect()
}

/// What the crate has for a locale and has not for English.
fn own<L: Data>(name: &'static str, country: &'static str) -> Locale {
    let unlike = |list: List, english: List| (list != english && clean(list, |_| true).len() > 1).then_some(list);
    let jobs = Jobs {
        seniorities: L::JOB_SENIORITY,
        fields: L::JOB_FIELD,
        positions: L::JOB_POSITION,
        template: L::JOB_TITLE_TPL,
    };
    let parts =
        [(jobs.seniorities, EN::JOB_SENIORITY), (jobs.fields, EN::JOB_FIELD), (jobs.positions, EN::JOB_POSITION)];
    Locale {
        name,
        country,
        first_names: unlike(L::NAME_FIRST_NAME, EN::NAME_FIRST_NAME),
        last_names: unlike(L::NAME_LAST_NAME, EN::NAME_LAST_NAME),
        gendered_names: None,
        sexes: [&["m", "male", "man"], &["f", "female", "woman"]],
        titles: unlike(L::NAME_TITLE, EN::NAME_TITLE),
        company_forms: unlike(L::COMPANY_SUFFIX, EN::COMPANY_SUFFIX),
        cities: None,
        regions: unlike(L::ADDRESS_STATE, EN::ADDRESS_STATE),
        countries: unlike(L::ADDRESS_COUNTRY, EN::ADDRESS_COUNTRY),
        occupations: None,
        jobs: parts.iter().all(|(list, english)| list != english).then_some(jobs),
        family_first: L::NAME_TPL.starts_with("{LastName}"),
        gap: if L::NAME_TPL.contains(' ') { " " } else { "" },
        streets: None,
        phones: None,
        postcodes: None,
    }
}

/// A locale for which English lists are the right ones, but for those of one country's own.
fn english(name: &'static str, country: &'static str) -> Locale {
    Locale {
        first_names: Some(EN::NAME_FIRST_NAME),
        last_names: Some(EN::NAME_LAST_NAME),
        gendered_names: Some(names::ENGLISH),
        titles: Some(EN::NAME_TITLE),
        company_forms: Some(EN::COMPANY_SUFFIX),
        countries: Some(EN::ADDRESS_COUNTRY),
        jobs: Some(Jobs {
            seniorities: EN::JOB_SENIORITY,
            fields: EN::JOB_FIELD,
            positions: EN::JOB_POSITION,
            template: EN::JOB_TITLE_TPL,
        }),
        ..own::<EN>(name, country)
    }
}

fn portuguese(locale: Locale) -> Locale {
    Locale {
        gendered_names: Some(names::PORTUGUESE),
        sexes: [&["m", "masculino", "homem"], &["f", "feminino", "mulher"]],
        ..locale
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

    /// Names of men and of women.
    pub(super) fn gendered_names(&self) -> Option<[Vec<&'static str>; 2]> {
        self.gendered_names.map(|lists| lists.map(|list| clean(list, is_name)))
    }

    pub(super) fn titles(&self) -> Option<Vec<&'static str>> {
        self.titles.map(|list| clean(list, |_| true))
    }

    pub(super) fn regions(&self) -> Option<Vec<&'static str>> {
        self.regions.map(|list| clean(list, |_| true))
    }

    pub(super) fn countries(&self) -> Option<Vec<&'static str>> {
        self.countries.map(|list| clean(list, |_| true))
    }

    pub(super) fn occupations(&self) -> Option<Vec<&'static str>> {
        self.occupations.map(|list| clean(list, |_| true))
    }
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
