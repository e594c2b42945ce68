//! `fake`: a realistic value chosen by a keyed hash of the value it stands for.
//!
//! The key's context is the kind and the locale alone, so that one first name has one fake in every table. Whatever
//! could reach somebody (an e-mail address, a telephone number) is taken from a range that is reserved for fiction.

mod birth;
mod coded;
mod company;
mod gender;
mod job;
mod kernel;
mod like;
mod list;
#[rustfmt::skip] // lists read as paragraphs
mod lists;
mod locale;
mod lorem;
#[rustfmt::skip]
mod names;
mod number;
mod one;
mod person;
mod place;
mod unique;
#[rustfmt::skip]
mod words;

use arrow::datatypes::DataType;

use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, Span, TransformKind,
    TypeClass, is_text,
};
use birth::Births;
use gender::Gender;
use kernel::{Composed, Keys, Maker, Picked};
pub(crate) use like::fabricated;
use like::{Home, Like, Scope};
use unique::Unique;

pub(super) use locale::Locale;
pub(super) use one::{Faker, locales};

pub(super) struct Fake;

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
                what: "by locale: `first_name`, `last_name`, `full_name`, `title`, `user_name`, `email` (at example.com, .org \
                       and .net), `phone` (numbers reserved for fiction), `job`, `street`, `building_number`, `city`, \
                       `region`, `postcode`, `country` or `company`; by country: `national_id` (with valid check digits, \
                       of ranges that nobody has a number from; AU and BR have none such), `licence_plate` (of series \
                       that are not handed out), `iban` (valid, at banks that do not exist) or `bic` (for tests); the \
                       same everywhere: `date_of_birth` (1940 to 2004), `country_code`, `card` (valid, of the prefixes \
                       of published test numbers), `url` (at example.com, .org and .net), `ipv4` and `ipv6` (reserved \
                       for documentation), `mac` (locally administered), `uuid` or `text` (Latin words, about as many \
                       characters as there were)",
            },
            Parameter {
                name: "locale",
                takes: "a locale",
                what: "`en_US` by default; `en_GB`, `fr_FR` and `de_DE` have every kind, others have names and some \
                       more; no list is ever taken from another locale",
            },
            Parameter {
                name: "country",
                takes: "a code of ISO 3166-1, such as `SE`",
                what: "for kinds by country; the locale's country by default",
            },
            Parameter {
                name: "gender",
                takes: "a column, or a table of `column`, `male` and `female`",
                what: "for first and full names: the source value of that column says whether it is a man's or a woman's \
                       name, by the locale's usual words or by the two lists; any other value, or none, leaves it open",
            },
            Parameter {
                name: "unique",
                takes: "true or false",
                what: "no two source values have one fake; the source values are whole numbers from 0 to below the half \
                       of the fakes there are, and any other does not conform. That is for `user_name`, `email`, \
                       `ipv6`, `mac`, `uuid`, `url`, `card`, most of `iban`, `bic` and `national_id`, and some more; \
                       lists of words and small ranges (762 addresses of `ipv4`, 100 to 10,000 numbers of `phone` an \
                       area) have too few",
            },
            Parameter {
                name: "of",
                takes: "a column",
                what: "with `unique`: the column whose source values are the whole numbers, where it is not the column itself",
            },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Date]
    }

    fn makes(&self) -> Makes {
        Makes::Fakes
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: false,
            unique: false,
            keeps_length: false,
            keeps_type: true,
            keeps_format: false,
            always_differs: true,
            leaks: "equal values have one fake, so that frequent values show as frequent fakes; the shorter the list, the \
                    more values share one; with `gender` or `of`, what that column says; of `text`, about how long it was",
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
        let abroad = params.has("country");
        let codes: Vec<_> = locale::country_codes().into_iter().map(|code| (code, code)).collect();
        let country = params.word("country", &codes);
        let gender = Gender::take(params, locale.as_ref().map_or(locale::default(), |(_, locale)| locale).sexes);
        let unique = params.boolean("unique").filter(|(_, unique)| *unique).map(|(span, _)| span);
        let of = params.text("of");
        let ((like_span, like), (span, locale)) = like.zip(locale)?;
        let home = match &country {
            Some((_, country)) => Home { locale, country },
            None if abroad => return None,
            None => Home::from(locale),
        };
        let recipe = FakeRecipe {
            like,
            home,
            unique: unique.is_some(),
            of: of.as_ref().map(|(_, of)| of.clone()),
            gender: None,
        };
        let complaints = recipe.misfits(country.map(|(span, _)| span), &gender, unique, of.map(|(span, _)| span));
        if like.maker(home).is_none() {
            let (message, help) = like.lack(home);
            // What was written decides, or else the kind.
            let span = if abroad || named { span } else { like_span };
            params.complain(Complaint::new(span, message).help(help));
        }
        let fits = complaints.is_empty() && like.maker(home).is_some();
        complaints.into_iter().for_each(|complaint| params.complain(complaint));
        fits.then(|| Box::new(FakeRecipe { gender: gender.map(|(_, gender)| gender), ..recipe }) as Box<dyn Recipe>)
    }
}

#[derive(Debug)]
struct FakeRecipe {
    like: Like,
    home: Home,
    gender: Option<Gender>,
    unique: bool,
    of: Option<String>,
}

impl FakeRecipe {
    /// What was written that the kind makes nothing of, each by the place where it stands.
    fn misfits(
        &self,
        country: Option<Span>,
        gender: &Option<(Span, Gender)>,
        unique: Option<Span>,
        of: Option<Span>,
    ) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        let name = self.like.name();
        if let Some(span) = country.filter(|_| self.like.scope() != Scope::Country) {
            let help = "`country` is for `national_id`, `licence_plate`, `iban` and `bic`; others go by `locale`, or by neither";
            complaints.push(Complaint::new(span, format!("`{name}` does not go by country")).help(help));
        }
        if let Some((span, _)) = gender.as_ref().filter(|_| !self.like.has_gender()) {
            let complaint = Complaint::new(span.clone(), format!("`{name}` does not go by gender"));
            complaints.push(complaint.help("`gender` is for `first_name` and `full_name`"));
        }
        if let Some((span, _)) = gender.as_ref().filter(|_| self.home.locale.gendered_names().is_none()) {
            complaints.push(Complaint::new(
                span.clone(),
                format!("{} has no names of men and of women", self.home.locale.name),
            ));
        }
        if let Some(span) = of.filter(|_| !self.unique) {
            complaints.push(
                Complaint::new(span, "`of` says nothing here")
                    .help("it goes with `unique = true`, and names the column whose numbers the fakes are for"),
            );
        }
        let turns = match self.like.maker(self.home) {
            Some(Maker::Picked(list)) => list.len() as u64,
            Some(Maker::Composed(parts)) => parts.turns(),
            None => unique::LEAST,
        };
        if let Some(span) = unique.filter(|_| turns < unique::LEAST) {
            complaints.push(too_few(span, name, turns, self.home));
        }
        complaints
    }
}

/// Says that a kind has too few fakes for each source value to have its own, and which kinds have enough.
fn too_few(span: Span, name: &str, turns: u64, home: Home) -> Complaint {
    let enough = |like: &Like| match like.maker(home) {
        Some(Maker::Composed(parts)) => parts.turns() >= unique::LEAST,
        _ => false,
    };
    let have: Vec<_> = Like::ALL.iter().filter(|(_, like)| enough(like)).map(|(name, _)| format!("`{name}`")).collect();
    let message = format!(
        "`{name}` can't be unique: it has {turns} fakes that are sure to differ, and a keyed permutation takes {}",
        unique::LEAST
    );
    Complaint::new(span, message).help(format!("there are enough of {}", have.join(", ")))
}

impl Recipe for FakeRecipe {
    fn properties(&self) -> Properties {
        // With `of`, it is the other column's values that stay different. What is unique takes numbers, and makes others
        // than those.
        Properties { unique: self.unique && self.of.is_none(), keeps_format: !self.unique, ..Fake.properties() }
    }

    fn reads_originals(&self) -> Vec<String> {
        self.gender.iter().map(|gender| gender.column.clone()).chain(self.of.clone()).collect()
    }

    /// What was put in for a null would be some number's own, if numbers have unique fakes.
    fn fills_nulls(&self) -> bool {
        !self.unique
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let context = self.like.context(self.home);
        if self.like == Like::DateOfBirth && site.data_type == &DataType::Date32 {
            return Ok(Bound::same_type(site, Births::new(Keys::new(site, &context))));
        }
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("fake", site, "text"));
        }
        let keys = Keys::new(site, &context);
        match (self.like.maker(self.home), &self.gender) {
            (Some(Maker::Composed(parts)), _) if self.unique => {
                Ok(Bound::same_type(site, Unique::new(parts, site, &context, self.of.clone())))
            }
            (Some(Maker::Picked(list)), Some(gender)) => {
                let [men, women] = self.home.locale.gendered_names().unwrap_or_else(|| [list.clone(), list.clone()]);
                Ok(Bound::same_type(site, Picked::gendered([list, men, women], gender.clone(), keys)))
            }
            (Some(Maker::Picked(list)), None) => Ok(Bound::same_type(site, Picked::new(list, keys))),
            (Some(Maker::Composed(parts)), gender) => {
                Ok(Bound::same_type(site, Composed::new(parts, gender.clone(), keys)))
            }
            (None, _) => {
                let (message, help) = self.like.lack(self.home);
                Err(Refusal::new(message).help(help))
            }
        }
    }
}

#[cfg(test)]
mod tests;
