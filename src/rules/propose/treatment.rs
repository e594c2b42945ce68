use super::domains::Domains;
use super::{ColumnFacts, ColumnProposal, Purpose, TableFacts, locale};
use crate::detect::words::*;
use crate::detect::{Class, Classification, Harmless, IdentityForm};
use crate::rules::spelling::quoted;
use crate::transform::TypeClass;

/// The rules for the columns of a table.
pub(super) fn of_table(
    place: usize,
    table: &TableFacts,
    classified: Vec<Classification>,
    domains: &Domains,
    purpose: Purpose,
) -> Vec<ColumnProposal> {
    let locale = locale::guess(table);
    let address = address(place, table, &classified, domains);
    let mut proposals = Vec::with_capacity(table.columns.len());
    for (column, (facts, class)) in table.columns.iter().zip(classified).enumerate() {
        let treated = Treated { facts, class: &class, locale, purpose, domain: domains.of(place, column) };
        let rule = match &address {
            _ if domains.is_kin(place, column) => treated.token().unwrap_or_else(|| treated.demanded()),
            Some(address)
                if class.entity == Some(EMAIL) && !facts.repeated && purpose == Purpose::Draft && treated.is_text() =>
            {
                address.clone()
            }
            _ => treated.demanded(),
        };
        proposals.push(ColumnProposal { path: facts.path.clone(), rule, classification: class });
    }
    keep_one(table, &mut proposals);
    proposals
}

/// A table has at least one column.
fn keep_one(table: &TableFacts, proposals: &mut [ColumnProposal]) {
    if proposals.iter().any(|proposal| proposal.rule != DROP) {
        return;
    }
    if let Some((_, proposal)) = table.columns.iter().zip(proposals).find(|(facts, _)| facts.nullable) {
        proposal.rule = "\"null\"".to_owned();
    }
}

/// The rule for e-mail addresses that makes them fit their rows' names, where the table has all that this needs.
fn address(place: usize, table: &TableFacts, classified: &[Classification], domains: &Domains) -> Option<String> {
    let find = |test: &dyn Fn(usize, &ColumnFacts, &Classification) -> bool| {
        let mut all = table.columns.iter().zip(classified).enumerate();
        all.find(|(column, (facts, class))| {
            let plain = !facts.repeated && !facts.path.contains(['{', '}', '|']);
            plain && test(*column, facts, class)
        })
        .map(|(_, (facts, _))| facts.path.as_str())
    };
    let named = |entity: &'static str| {
        find(&|_, facts, class| {
            class.entity == Some(entity) && TypeClass::of(&facts.data_type) == Some(TypeClass::Text)
        })
    };
    let key = find(&|column, facts, class| {
        let unique = facts.profile.distinct() == facts.profile.values();
        class.entity == Some(PERSON_ID) && unique && domains.of(place, column).is_some()
    })?;
    let (first, last) = (named(FIRST_NAME)?, named(LAST_NAME)?);
    let text = format!("{{{first}|slug}}.{{{last}|slug}}.{{{key}}}@example.com");
    Some(format!("{{ do = \"template\", text = {} }}", quoted(&text)))
}

const DROP: &str = "\"drop\"";
/// How many characters a fake has at most, or hardly ever more than.
const LONGEST: &[(&str, usize)] = &[
    ("first_name", 20),
    ("last_name", 24),
    ("full_name", 40),
    ("phone", 24),
    ("street", 45),
    ("building_number", 8),
    ("city", 40),
    ("region", 45),
    ("postcode", 10),
    ("country", 60),
    ("company", 60),
    ("job", 60),
];

/// What is as long as the source was.
const MASK: &str = "{ do = \"mask\" }";
const KEEP: &str = "\"keep\"";

/// A column, and all that its rule depends on.
struct Treated<'t> {
    facts: &'t ColumnFacts,
    class: &'t Classification,
    locale: &'static str,
    purpose: Purpose,
    domain: Option<&'t str>,
}

impl Treated<'_> {
    fn is(&self, class: TypeClass) -> bool {
        TypeClass::of(&self.facts.data_type) == Some(class)
    }

    fn is_text(&self) -> bool {
        self.is(TypeClass::Text)
    }

    /// The rule, or where the database would not take what it makes, another that it takes.
    fn demanded(&self) -> String {
        let rule = self.rule();
        let demands = &self.facts.demands;
        let is_gone = rule == DROP || rule == "\"null\"";
        let is_distinct = is_gone || rule == KEEP || rule.starts_with("{ do = \"token\"");
        if demands.unique && !is_distinct || demands.required && is_gone && demands.unique {
            return self.token().unwrap_or(rule);
        }
        if demands.required && is_gone { self.constant().unwrap_or(rule) } else { rule }
    }

    /// A rule that leaves the same value in all rows.
    fn constant(&self) -> Option<String> {
        let with = match TypeClass::of(&self.facts.data_type)? {
            TypeClass::Text => "\"-\"",
            TypeClass::Integer | TypeClass::Float | TypeClass::Decimal => "0",
            TypeClass::Boolean => "false",
            TypeClass::Date | TypeClass::Timestamp => return Some("{ do = \"generalise\", to = \"year\" }".to_owned()),
            _ => return None,
        };
        Some(format!("{{ do = \"replace\", with = {with} }}"))
    }

    /// Whether a text of so many characters is more than the column takes.
    fn is_too_long(&self, length: usize) -> bool {
        self.is_text() && self.facts.demands.max_length.is_some_and(|most| most < length)
    }

    fn rule(&self) -> String {
        if self.class.harmless == Some(Harmless::Empty) && self.purpose == Purpose::Draft {
            // Nothing is known of what may come.
            return if self.facts.nullable { "\"null\"".to_owned() } else { DROP.to_owned() };
        }
        if self.class.harmless.is_some() {
            return KEEP.to_owned();
        }
        self.of_entity().unwrap_or_else(|| DROP.to_owned())
    }

    /// The rule for what the column holds; none where nothing but dropping it is safe.
    fn of_entity(&self) -> Option<String> {
        let text = self.is_text();
        match self.class.entity {
            Some(FIRST_NAME) => self.fake("first_name"),
            Some(LAST_NAME) => self.fake("last_name"),
            Some(FULL_NAME) => self.fake("full_name"),
            Some(PHONE) if text => self.fake("phone"),
            Some(STREET) => self.fake("street"),
            Some(BUILDING_NUMBER) => self.fake("building_number"),
            Some(CITY) => self.fake("city"),
            Some(REGION) => self.fake("region"),
            Some(POSTCODE) if text => self.fake("postcode"),
            Some(COUNTRY) if self.facts.profile.mean_length() <= 3.0 => {
                text.then(|| "{ do = \"fake\", like = \"country_code\" }".to_owned())
            }
            Some(COUNTRY) => self.fake("country"),
            Some(COMPANY) => self.fake("company"),
            Some(JOB) => self.fake("job"),
            Some(URL) => text.then(|| "{ do = \"fake\", like = \"url\" }".to_owned()),
            Some(EMAIL) if self.is_too_long(38) => Some(MASK.to_owned()),
            Some(EMAIL) => text.then(|| "{ do = \"token\", suffix = \"@example.com\" }".to_owned()),
            Some(CARD_NUMBER) if text => Some("{ do = \"mask\", keep_last = 4, keep_separators = true }".to_owned()),
            Some(IBAN) => {
                text.then(|| "{ do = \"mask\", keep_first = 2, with = \"X\", keep_separators = true }".to_owned())
            }
            Some(IP_ADDRESS) => text.then(|| self.lenient("do = \"network\", keep = 24, keep_v6 = 48")),
            Some(MAC_ADDRESS) => text.then(|| self.lenient("do = \"network\", keep_vendor = false")),
            Some(DATE_OF_BIRTH) => self.birth(),
            Some(AGE) => self.number("do = \"generalise\", bands = 5"),
            Some(SALARY) => self.number("do = \"round\", to = 1000"),
            Some(of @ (LATITUDE | LONGITUDE)) => {
                self.number(&format!("do = \"generalise\", to = \"grid\", decimals = 1, of = \"{of}\""))
            }
            Some(entity) if self.class.class == Class::Sensitive && entity != CARD_NUMBER => None,
            Some(
                NOTES | COMMENT | GENDER | NATIONALITY | MARITAL_STATUS | SIGNATURE | PHOTO | BIOMETRIC | CARD_EXPIRY
                | COORDINATES,
            ) => None,
            Some(_) => self.token(),
            None => self.unknown(),
        }
    }

    fn fake(&self, like: &str) -> Option<String> {
        let longest = LONGEST.iter().find(|(name, _)| *name == like).map_or(usize::MAX, |(_, longest)| *longest);
        if self.is_too_long(longest) {
            return Some(MASK.to_owned());
        }
        self.is_text().then(|| format!("{{ do = \"fake\", like = \"{like}\", locale = \"{}\" }}", self.locale))
    }

    fn token(&self) -> Option<String> {
        match self.domain {
            Some(domain) => {
                let other = if self.is_text() && self.class.form != IdentityForm::Text {
                    ", on_invalid = \"token\""
                } else {
                    ""
                };
                let other = if self.purpose == Purpose::Draft { other } else { "" };
                Some(format!("{{ do = \"token\", domain = \"{domain}\"{other} }}"))
            }
            None if self.is_too_long(26) => Some(MASK.to_owned()),
            None => self.is_text().then(|| "{ do = \"token\" }".to_owned()),
        }
    }

    /// A rule for values that must be read, of which some can't: those become null.
    fn lenient(&self, rule: &str) -> String {
        let invalid = if self.is_text() && self.facts.nullable { ", on_invalid = \"null\"" } else { "" };
        format!("{{ {rule}{invalid} }}")
    }

    fn number(&self, rule: &str) -> Option<String> {
        let numbers =
            [TypeClass::Integer, TypeClass::Float, TypeClass::Decimal].into_iter().any(|class| self.is(class));
        let ages = rule.contains("bands") && !self.is(TypeClass::Integer);
        let grid = rule.contains("grid") && self.is(TypeClass::Integer);
        (self.is_text() || numbers && !ages && !grid).then(|| self.lenient(rule))
    }

    fn birth(&self) -> Option<String> {
        let (year, decade) = ("do = \"generalise\", to = \"year\"", "do = \"round\", to = 10");
        if self.is(TypeClass::Date) || self.is(TypeClass::Timestamp) {
            return Some(format!("{{ {year} }}"));
        }
        if self.is_text()
            && let Some((format, _)) = self.facts.profile.date_format()
        {
            return Some(self.dated(year, format));
        }
        let years = self.facts.profile.range().is_some_and(|(least, most)| least >= 1800.0 && most < 2200.0);
        years.then(|| self.lenient(decade))
    }

    fn dated(&self, rule: &str, format: &str) -> String {
        match self.facts.profile.is_iso_date() {
            true => self.lenient(rule),
            false => self.lenient(&format!("{rule}, format = {}", quoted(format))),
        }
    }

    /// What nothing is known about.
    fn unknown(&self) -> Option<String> {
        let profile = &self.facts.profile;
        let month = "do = \"generalise\", to = \"month\"";
        if self.is(TypeClass::Date) || self.is(TypeClass::Timestamp) {
            return Some(format!("{{ {month} }}"));
        }
        if self.is_text()
            && let Some((format, _)) = profile.date_format()
        {
            return Some(self.dated(month, format));
        }
        // Words of a language are lost as tokens, and the shorter the more of them.
        let is_code = profile.mean_length() <= 40.0 && !profile.has_words();
        (self.domain.is_some() || is_code).then(|| self.token()).flatten()
    }
}
