//! What stands in a text for what was taken out of it.

use super::fold::fold;
use super::kind::KINDS;
use super::own::Source;
use crate::detect::Entity;
use crate::key::{Prf, Purpose};
use crate::transform::Site;
use crate::transform::fake::{Faker, Locale};
use crate::transform::token::base32;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// One of the row's own values.
    Own(Source),
    /// Data of a kind, by its place among all kinds.
    Kind(usize),
    /// What is left of a name of which another part is the row's own.
    RestOfName,
}

/// What stands for it, as a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    Tag,
    Token,
    Fake,
    Mask,
}

impl With {
    pub(super) const ALL: &[(&str, Self)] =
        &[("tag", Self::Tag), ("token", Self::Token), ("fake", Self::Fake), ("mask", Self::Mask)];
}

/// The characters of a token in a text: 80 bits.
const TOKEN: usize = 16;

/// Writes what stands for what was found.
pub(super) struct StandIn {
    with: With,
    /// Column by column, what its values are called and whether only their letters and digits count.
    columns: Vec<(String, bool)>,
    prf: Prf,
    fakes: Vec<Option<Faker>>,
    ipv6: Option<Faker>,
    /// By country.
    ibans: Vec<(&'static str, Faker)>,
    last_name: Option<Faker>,
}

impl StandIn {
    pub(super) fn new(with: With, locale: &'static Locale, columns: Vec<(String, bool)>, site: &Site<'_>) -> Self {
        let faker = |like: &str| (with == With::Fake).then(|| Faker::new(like, locale, site)).flatten();
        Self {
            with,
            columns,
            prf: site.keys.prf(Purpose::Redact, "token"),
            fakes: KINDS.iter().map(|kind| kind.like.and_then(faker)).collect(),
            ipv6: faker("ipv6"),
            ibans: if with == With::Fake { Faker::ibans(locale, site) } else { Vec::new() },
            last_name: faker("last_name"),
        }
    }

    /// Appends what stands for `found`. `output` is what the row's own value has become, if it has become anything.
    pub(super) fn push(&self, what: What, found: &str, output: Option<&str>, text: &mut String) {
        match self.with {
            With::Tag => self.push_tag(what, text),
            With::Token => self.push_token(what, found, text),
            With::Fake => self.push_fake(what, found, output, text),
            With::Mask => text.extend(found.chars().map(|c| if c.is_alphanumeric() { '*' } else { c })),
        }
    }

    /// Appends the name of its kind in brackets.
    pub(super) fn push_tag(&self, what: What, text: &mut String) {
        let (tag, _) = self.called(what);
        ["[", tag, "]"].into_iter().for_each(|part| text.push_str(part));
    }

    fn called(&self, what: What) -> (&str, bool) {
        let kind = match what {
            What::Own(source) => {
                return self.columns.get(source.column).map_or(("", true), |(tag, compact)| (tag, *compact));
            }
            What::Kind(place) => KINDS.get(place),
            What::RestOfName => KINDS.iter().find(|kind| kind.name == "person_name"),
        };
        kind.map_or(("", true), |kind| (kind.tag, kind.compact))
    }

    /// Appends a token of what was found in one spelling, so that one value has one token however it is written.
    fn push_token(&self, what: What, found: &str, text: &mut String) {
        let (tag, compact) = self.called(what);
        let mut message = Vec::with_capacity(tag.len() + 1 + found.len());
        message.extend_from_slice(tag.as_bytes());
        message.push(0);
        let name = message.len();
        fold(found, &mut message, |_, _| {});
        if compact {
            let mut place = 0;
            message.retain(|byte| {
                place += 1;
                place <= name || byte.is_ascii_alphanumeric() || !byte.is_ascii()
            });
        }
        let mut token = Vec::with_capacity(TOKEN);
        base32::append(&mut token, &self.prf.tag(&message), TOKEN);
        let token = str::from_utf8(&token).unwrap_or_default();
        ["[", tag, ":", token, "]"].into_iter().for_each(|part| text.push_str(part));
    }

    /// The fakes of the country of an IBAN.
    fn iban(&self, found: &str) -> Option<&Faker> {
        let own = |country: &str| found.get(..2).is_some_and(|code| code.eq_ignore_ascii_case(country));
        self.ibans.iter().find(|(country, _)| own(country)).map(|(_, faker)| faker)
    }

    fn push_fake(&self, what: What, found: &str, output: Option<&str>, text: &mut String) {
        let faker = match what {
            What::Own(source) => {
                match output.map(|output| word(output, source.word)).filter(|output| !output.is_empty()) {
                    Some(output) => text.push_str(output),
                    None => self.push_tag(what, text),
                }
                return;
            }
            What::RestOfName => self.last_name.as_ref(),
            What::Kind(place) => match KINDS.get(place).map(|kind| kind.entity) {
                Some(Entity::Ip) if found.contains(':') => self.ipv6.as_ref(),
                Some(Entity::Iban) => self.iban(found),
                _ => self.fakes.get(place).and_then(Option::as_ref),
            },
        };
        match faker {
            Some(faker) => faker.push(found, text),
            None => self.push_tag(what, text),
        }
    }
}

/// The word of an output that stands for a word of its source: the first for the first, the last for the last, the one
/// at its place between them; the whole for the whole.
fn word(output: &str, (place, count): (usize, usize)) -> &str {
    let mut words = output.split_whitespace();
    match place {
        _ if count < 2 => Some(output),
        _ if place + 1 == count => words.next_back(),
        _ => words.nth(place).or_else(|| output.split_whitespace().next()),
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_stands_for_a_word() {
        for (output, place, expected) in [
            ("Zoé N'Diaye", (0, 1), "Zoé N'Diaye"),
            ("Zoé N'Diaye", (0, 2), "Zoé"),
            ("Zoé N'Diaye", (1, 2), "N'Diaye"),
            ("Zoé N'Diaye", (3, 4), "N'Diaye"),
            ("Zoé N'Diaye", (2, 4), "Zoé"),
            ("", (0, 2), ""),
        ] {
            assert_eq!(word(output, place), expected);
        }
    }
}
