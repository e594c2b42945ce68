//! Fakes one by one, for values that stand inside of others.

use super::kernel::{Composed, Keys, Maker, Picked};
use super::like::{Home, Like};
use super::locale::{self, Locale};
use crate::transform::Site;

/// The fakes of one kind: those that a column of it would have in the same locale.
pub(in crate::transform) enum Faker {
    Picked(Picked),
    Composed(Composed),
}

impl Faker {
    /// The kind of this name in a locale, if there is what it takes.
    pub(in crate::transform) fn new(like: &str, locale: &'static Locale, site: &Site<'_>) -> Option<Self> {
        Self::at_home(like, Home::from(locale), site)
    }

    /// IBANs by the code of their country, of each that has fakes.
    pub(in crate::transform) fn ibans(locale: &'static Locale, site: &Site<'_>) -> Vec<(&'static str, Self)> {
        let countries = locale::country_codes().into_iter();
        countries
            .filter_map(|country| Some((country, Self::at_home("iban", Home { locale, country }, site)?)))
            .collect()
    }

    fn at_home(like: &str, home: Home, site: &Site<'_>) -> Option<Self> {
        let (_, like) = Like::ALL.iter().find(|(name, _)| *name == like)?;
        let keys = Keys::new(site, &like.context(home));
        Some(match like.maker(home)? {
            Maker::Picked(list) => Self::Picked(Picked::new(list, keys)),
            Maker::Composed(parts) => Self::Composed(Composed::new(parts, None, keys)),
        })
    }

    /// Appends the fake of a value.
    pub(in crate::transform) fn push(&self, value: &str, text: &mut String) {
        match self {
            Self::Picked(kernel) => text.push_str(kernel.one(value)),
            Self::Composed(kernel) => {
                let mut fake = String::new();
                kernel.make(value, None, &mut fake);
                text.push_str(&fake);
            }
        }
    }
}

/// Every locale by the name it has in a rules file, the default one first.
pub(in crate::transform) fn locales() -> Vec<(&'static str, &'static Locale)> {
    locale::words()
}
