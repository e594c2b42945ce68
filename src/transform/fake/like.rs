//! The kinds of fakes, and what makes each of them.

use super::birth::Birth;
use super::coded::{Bic, CARD, IBANS, IPV4, IPV6, MAC, NATIONAL_IDS, PLATES, UUID, Url};
use super::job::Job;
use super::kernel::Maker;
use super::locale::{self, LOCALES, Locale};
use super::lorem::Lorem;
use super::{company, person, place};
use crate::transform::Fabricated;

/// What a fake is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Like {
    FirstName,
    LastName,
    FullName,
    Title,
    UserName,
    Email,
    Phone,
    DateOfBirth,
    Job,
    NationalId,
    LicencePlate,
    Street,
    BuildingNumber,
    City,
    Region,
    Postcode,
    Country,
    CountryCode,
    Company,
    Iban,
    Bic,
    Card,
    Url,
    Ipv4,
    Ipv6,
    Mac,
    Uuid,
    Text,
}

/// What decides a kind's fakes besides the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Locale,
    Country,
    /// Nothing: they are the same everywhere.
    World,
}

/// Where fakes are to be at home.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    pub(super) locale: &'static Locale,
    /// The code of the country (ISO 3166-1): the locale's if the rule names none.
    pub(super) country: &'static str,
}

impl From<&'static Locale> for Home {
    fn from(locale: &'static Locale) -> Self {
        Self { locale, country: locale.country }
    }
}

impl Like {
    /// Every kind, by the name it has in a rules file.
    #[rustfmt::skip] // a table
    pub(super) const ALL: &[(&str, Self)] = &[
        ("first_name", Self::FirstName), ("last_name", Self::LastName), ("full_name", Self::FullName),
        ("title", Self::Title), ("user_name", Self::UserName), ("email", Self::Email), ("phone", Self::Phone),
        ("date_of_birth", Self::DateOfBirth), ("job", Self::Job), ("national_id", Self::NationalId),
        ("licence_plate", Self::LicencePlate), ("street", Self::Street), ("building_number", Self::BuildingNumber),
        ("city", Self::City), ("region", Self::Region), ("postcode", Self::Postcode), ("country", Self::Country),
        ("country_code", Self::CountryCode), ("company", Self::Company), ("iban", Self::Iban), ("bic", Self::Bic),
        ("card", Self::Card), ("url", Self::Url), ("ipv4", Self::Ipv4), ("ipv6", Self::Ipv6), ("mac", Self::Mac),
        ("uuid", Self::Uuid), ("text", Self::Text),
    ];

    /// The name that stands in the key's context: one that changes, changes every fake of its kind.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, like)| *like == self).map_or("", |(name, _)| name)
    }

    pub(super) fn scope(self) -> Scope {
        match self {
            Self::NationalId | Self::LicencePlate | Self::Iban | Self::Bic => Scope::Country,
            Self::DateOfBirth | Self::CountryCode | Self::Card | Self::Url => Scope::World,
            Self::Ipv4 | Self::Ipv6 | Self::Mac | Self::Uuid | Self::Text => Scope::World,
            _ => Scope::Locale,
        }
    }

    /// Whether a column of genders can say whose it is to be.
    pub(super) fn has_gender(self) -> bool {
        matches!(self, Self::FirstName | Self::FullName)
    }

    /// The context of the key: the kind and what else decides its fakes, so that one value has one fake in every table.
    pub(super) fn context(self, home: Home) -> String {
        match self.scope() {
            Scope::Locale => format!("{}/{}", self.name(), home.locale.name),
            Scope::Country => format!("{}/{}", self.name(), home.country),
            Scope::World => self.name().to_owned(),
        }
    }

    /// What a detector may take fakes of this kind for.
    fn fabricated(self) -> Fabricated {
        match self {
            Self::Email => Fabricated::Emails,
            Self::Phone => Fabricated::Phones,
            Self::Card | Self::Iban | Self::Bic | Self::NationalId | Self::LicencePlate | Self::Mac | Self::Uuid => {
                Fabricated::Numbers
            }
            Self::FirstName | Self::LastName | Self::FullName | Self::Title | Self::UserName | Self::DateOfBirth => {
                Fabricated::Names
            }
            Self::Job | Self::Street | Self::BuildingNumber | Self::City | Self::Region | Self::Postcode => {
                Fabricated::Names
            }
            Self::Country | Self::CountryCode | Self::Company | Self::Url | Self::Ipv4 | Self::Ipv6 | Self::Text => {
                Fabricated::Names
            }
        }
    }

    /// What makes fakes of this kind, if there is what it takes.
    pub(super) fn maker(self, home: Home) -> Option<Maker> {
        let locale = home.locale;
        match self {
            Self::FirstName => locale.first_names().map(Maker::Picked),
            Self::LastName => locale.last_names().map(Maker::Picked),
            Self::Title => locale.titles().map(Maker::Picked),
            Self::City => locale.cities().map(Maker::Picked),
            Self::Region => locale.regions().map(Maker::Picked),
            Self::Country => locale.countries().map(Maker::Picked),
            Self::CountryCode => Some(Maker::Picked(locale::country_codes())),
            Self::Job => match locale.occupations() {
                Some(occupations) => Some(Maker::Picked(occupations)),
                None => locale.jobs.as_ref().and_then(Job::of).map(Maker::composed),
            },
            Self::FullName => person::FullName::of(locale).map(Maker::composed),
            Self::UserName => person::UserName::of(locale).map(Maker::composed),
            Self::Email => person::Email::of(locale).map(Maker::composed),
            Self::Phone => locale.phones.cloned().map(Maker::composed),
            Self::Postcode => locale.postcodes.cloned().map(Maker::composed),
            Self::Street => place::Street::of(locale).map(Maker::composed),
            Self::BuildingNumber => Some(Maker::composed(place::Building::of(locale))),
            Self::Company => company::Company::of(locale).map(Maker::composed),
            Self::DateOfBirth => Some(Maker::composed(Birth)),
            Self::NationalId => of_country(NATIONAL_IDS, home.country).map(Maker::composed),
            Self::LicencePlate => of_country(PLATES, home.country).map(Maker::composed),
            Self::Iban => of_country(IBANS, home.country).map(Maker::composed),
            Self::Bic => Some(Maker::composed(Bic(home.country))),
            Self::Card => Some(Maker::composed(CARD)),
            Self::Url => Some(Maker::composed(Url)),
            Self::Ipv4 => Some(Maker::composed(IPV4)),
            Self::Ipv6 => Some(Maker::composed(IPV6)),
            Self::Mac => Some(Maker::composed(MAC)),
            Self::Uuid => Some(Maker::composed(UUID)),
            Self::Text => Some(Maker::composed(Lorem::new())),
        }
    }

    /// Says that there is no maker of this kind, and where there is one.
    pub(super) fn lack(self, home: Home) -> (String, String) {
        let (place, have): (_, Vec<&str>) = match self.scope() {
            Scope::Country => {
                let have = locale::country_codes().into_iter();
                let has = |country: &&'static str| self.maker(Home { country, ..home }).is_some();
                (home.country, have.filter(has).collect())
            }
            Scope::Locale | Scope::World => {
                let have = LOCALES.iter().filter(|locale| self.maker(Home::from(*locale)).is_some());
                (home.locale.name, have.map(|locale| locale.name).collect())
            }
        };
        (format!("{place} has no {}", self.lacking()), format!("there is one for {}", have.join(", ")))
    }

    /// What is lacking where there is no maker of this kind.
    fn lacking(self) -> &'static str {
        match self {
            Self::FirstName => "list of first names",
            Self::LastName => "list of last names",
            Self::FullName | Self::UserName | Self::Email => "lists of first and last names",
            Self::Title => "list of titles",
            Self::Phone => "range of telephone numbers known to be reserved for fiction",
            Self::Street => "list of streets",
            Self::City => "list of cities",
            Self::Region => "list of regions",
            Self::Postcode => "notation of postcodes",
            Self::Country => "list of countries",
            Self::Company => "list of companies' legal forms",
            Self::Job => "list of job titles",
            Self::NationalId => "personal number that fakes are known for",
            Self::LicencePlate => "series of number plates known not to be handed out",
            Self::Iban => "IBAN with a bank known not to exist",
            _ => "fakes of this kind",
        }
    }
}

/// What a detector may take fakes for that a rule calls so; none, if there are no such fakes.
pub(crate) fn fabricated(like: &str) -> Option<Fabricated> {
    Like::ALL.iter().find(|(name, _)| *name == like).map(|(_, like)| like.fabricated())
}

/// The entry of a country.
fn of_country<T: Copy>(entries: &[(&str, T)], country: &str) -> Option<T> {
    entries.iter().find(|(code, _)| *code == country).map(|(_, entry)| *entry)
}
