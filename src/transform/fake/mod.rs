//! `fake`: a realistic value chosen by a keyed hash of the value it stands for.
//!
//! The key's context is the kind and the locale alone, so that one first name has one fake in every table. Whatever
//! could reach somebody (an e-mail address, a telephone number) is taken from a range that is reserved for fiction.

mod company;
mod kernel;
mod locale;
mod number;
mod person;
mod place;
#[rustfmt::skip] // lists read as paragraphs
mod words;

use super::{Bound, Complaint, Example, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, is_text};
use kernel::{Composed, Keys, Maker, Picked};
use locale::{LOCALES, Locale};

pub(super) struct Fake;

/// What a fake is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Like {
    FirstName,
    LastName,
    FullName,
    UserName,
    Email,
    Phone,
    Street,
    City,
    Postcode,
    Company,
}

impl Like {
    /// Every kind, by the name it has in a rules file.
    const ALL: &[(&str, Self)] = &[
        ("first_name", Self::FirstName),
        ("last_name", Self::LastName),
        ("full_name", Self::FullName),
        ("user_name", Self::UserName),
        ("email", Self::Email),
        ("phone", Self::Phone),
        ("street", Self::Street),
        ("city", Self::City),
        ("postcode", Self::Postcode),
        ("company", Self::Company),
    ];

    /// The name that stands in the key's context: one that changes, changes every fake of its kind.
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, like)| *like == self).map_or("", |(name, _)| name)
    }

    /// What makes fakes of this kind in a locale, if the locale has what it takes.
    fn maker(self, locale: &Locale) -> Option<Maker> {
        match self {
            Self::FirstName => locale.first_names().map(Maker::Picked),
            Self::LastName => locale.last_names().map(Maker::Picked),
            Self::City => locale.cities().map(Maker::Picked),
            Self::FullName => person::FullName::of(locale).map(Maker::composed),
            Self::UserName => person::UserName::of(locale).map(Maker::composed),
            Self::Email => person::Email::of(locale).map(Maker::composed),
            Self::Phone => locale.phones.cloned().map(Maker::composed),
            Self::Postcode => locale.postcodes.cloned().map(Maker::composed),
            Self::Street => place::Street::of(locale).map(Maker::composed),
            Self::Company => company::Company::of(locale).map(Maker::composed),
        }
    }

    /// What a locale lacks where it has no maker of this kind.
    fn lack(self) -> &'static str {
        match self {
            Self::FirstName => "list of first names",
            Self::LastName => "list of last names",
            Self::FullName | Self::UserName | Self::Email => "lists of first and last names",
            Self::Phone => "range of telephone numbers known to be reserved for fiction",
            Self::Street => "list of streets",
            Self::City => "list of cities",
            Self::Postcode => "notation of postcodes",
            Self::Company => "list of companies' legal forms",
        }
    }
}

impl TransformKind for Fake {
    fn name(&self) -> &'static str {
        "fake"
    }

    fn summary(&self) -> &'static str {
        "a realistic value: the same value becomes the same fake in every table, format and run"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "like",
                takes: "a word",
                what: "`first_name`, `last_name`, `full_name`, `user_name`, `email` (at example.com, .org and .net), \
                       `phone` (numbers reserved for fiction), `street`, `city`, `postcode` or `company`",
            },
            Parameter {
                name: "locale",
                takes: "a locale",
                what: "`en_US` by default; `en_GB`, `fr_FR` and `de_DE` have every kind, others have names and some more",
            },
        ]
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: false,
            unique: false,
            keeps_length: false,
            keeps_type: true,
            keeps_format: true,
            always_differs: true,
            leaks: "equal values have one fake, so that frequent values show as frequent fakes; the shorter the list, the \
                    more values share one",
        }
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "fake", like = "full_name", locale = "fr_FR" }"#,
            source: "Ana López",
            result: Some("Laurent Gaillard"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        if !params.has("like") {
            params.missing("`fake` needs to know what its values are like", "write `like = \"first_name\"`, say");
        }
        let like = params.word("like", Like::ALL);
        let named = params.has("locale");
        let locale = params.word("locale", &locale::words());
        let locale = if named { locale } else { like.clone().map(|(span, _)| (span, locale::default())) };
        let ((_, like), (span, locale)) = like.zip(locale)?;
        if like.maker(locale).is_none() {
            let message = format!("{} has no {}", locale.name, like.lack());
            let have: Vec<_> =
                LOCALES.iter().filter(|other| like.maker(other).is_some()).map(|other| other.name).collect();
            params.complain(Complaint::new(span, message).help(format!("there is one for {}", have.join(", "))));
            return None;
        }
        Some(Box::new(FakeRecipe { like, locale }))
    }
}

#[derive(Debug)]
struct FakeRecipe {
    like: Like,
    locale: &'static Locale,
}

impl Recipe for FakeRecipe {
    fn properties(&self) -> Properties {
        Fake.properties()
    }

    fn fills_nulls(&self) -> bool {
        true
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("fake", site, "text"));
        }
        let keys = Keys::new(site, &format!("{}/{}", self.like.name(), self.locale.name));
        match self.like.maker(self.locale) {
            Some(Maker::Picked(list)) => Ok(Bound::same_type(site, Picked::new(list, keys))),
            Some(Maker::Composed(parts)) => Ok(Bound::same_type(site, Composed::new(parts, keys))),
            None => Err(Refusal::new(format!("{} has no {}", self.locale.name, self.like.lack()))),
        }
    }
}

#[cfg(test)]
mod tests;
