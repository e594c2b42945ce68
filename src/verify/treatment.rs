//! What a column's rule makes of it, as far as that shows in its values.
//!
//! It goes by the text of the rule, as the manifest of a data set has it, and by what the catalogue says that the
//! transform of this name makes: nothing here runs a transform, so that a transform that errs is not its own witness.

use std::net::IpAddr;

use toml::{Table, Value};

use super::survivors::Nature;
use crate::detect::Entity;
use crate::transform::{self, Fabricated, Makes};

/// How a column was treated.
#[derive(Debug, Clone)]
pub(super) struct Treatment {
    /// The rule as written.
    pub(super) rule: String,
    arms: Vec<Arm>,
    form: Form,
    /// Whether its values may hold what stood in other columns of the source.
    is_open: bool,
}

/// What one arm of a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arm {
    Keep,
    /// What is found in a text goes, and the rest of it stays: all of it, where nothing is.
    Redact,
    Made(Made),
}

/// What is in a treated column that a detector may take for somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// Nothing but what stands in the rule.
    Constant,
    /// Pseudorandom characters.
    Token,
    /// Made-up numbers of many kinds: cards, accounts, numbers of persons.
    Numbers,
    /// Made-up names of people, places and firms.
    Names,
    /// Made-up telephone numbers.
    Phones,
    /// A coarser or moved value of the same kind.
    Coarse,
    /// A part of the value, behind signs.
    Masked,
    /// A part of an address of a network.
    Network,
    /// Anything: what a detector finds is a finding.
    Unknown,
}

/// What every value of a column looks like after its rule.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// Nothing can be told.
    Any,
    /// There is no such column.
    Absent,
    /// There is such a column and nothing in it.
    Empty,
    /// There are no values.
    Null,
    Constant(String),
    Token {
        prefix: String,
        suffix: String,
    },
    Masked {
        first: usize,
        last: usize,
        keep_separators: bool,
        sign: char,
    },
    /// The first moment of a period.
    Period(&'static [&'static str]),
    Network {
        v4: u32,
        v6: u32,
    },
    Multiple(f64),
    /// An address at a domain for examples.
    ExampleEmail,
}

impl Treatment {
    /// Reads a rule as a manifest has it; none stands for a column that was left out.
    pub(super) fn read(rule: Option<&str>) -> Self {
        let Some(rule) = rule else {
            return Self { rule: "(left out)".to_owned(), arms: Vec::new(), form: Form::Absent, is_open: false };
        };
        let value = toml::from_str::<Table>(&format!("rule = {rule}")).ok().and_then(|mut table| table.remove("rule"));
        let (mut arms, mut form) = (Vec::new(), Form::Any);
        match &value {
            Some(Value::String(word)) => {
                arms.push(arm(word, &Table::new()));
                form = form_of(word, &Table::new());
            }
            Some(Value::Table(table)) => {
                collect(table, &mut arms);
                if !table.contains_key("when") && text(table, "on_invalid").is_none_or(|word| word != "token") {
                    form = form_of(text(table, "do").unwrap_or_default(), table);
                }
            }
            _ => arms.push(Arm::Made(Made::Unknown)),
        }
        let is_open = value.as_ref().is_none_or(is_open);
        Self { rule: rule.to_owned(), arms, form, is_open }
    }

    /// Whether its values, or some of them, are those of the source.
    pub(super) fn keeps(&self) -> bool {
        self.arms.contains(&Arm::Keep)
    }

    /// Whether it takes values away that tell whose they are, so that none may be found elsewhere: not where they only
    /// became coarser, and not where most of a text stays.
    pub(super) fn hides(&self) -> bool {
        let coarse = |arm: &Arm| matches!(arm, Arm::Keep | Arm::Redact | Arm::Made(Made::Coarse | Made::Network));
        !self.arms.iter().any(coarse)
    }

    /// Whether its values may hold what stood in other columns of the source: not where each is made anew, or of a few
    /// characters of its own cell.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a value of this nature that stands in the column may be there by chance: what a list of names or a
    /// number of few digits is made into may be another's.
    pub(super) fn may_make(&self, nature: Nature) -> bool {
        let number = matches!(nature, Nature::LongNumber | Nature::ShortNumber);
        self.arms.iter().any(|arm| match arm {
            Arm::Keep | Arm::Redact | Arm::Made(Made::Masked | Made::Unknown) => false,
            Arm::Made(Made::Names) => matches!(nature, Nature::Words | Nature::Mixed),
            Arm::Made(Made::Token | Made::Numbers | Made::Phones | Made::Coarse | Made::Network) => number,
            Arm::Made(Made::Constant) => true,
        })
    }

    /// The same in a dump, where a column that is dropped stays in its table and has no values.
    pub(super) fn in_dump(self) -> Self {
        let form = if self.is_absent() { Form::Empty } else { self.form };
        Self { form, ..self }
    }

    /// Whether there should be no such column.
    pub(super) fn is_absent(&self) -> bool {
        self.form == Form::Absent
    }

    /// Whether a hit is what the rule makes: nobody's.
    pub(super) fn explains(&self, entity: Entity, reserved: bool) -> bool {
        !self.keeps()
            && (reserved || self.arms.iter().any(|arm| matches!(arm, Arm::Made(made) if made.explains(entity))))
    }

    /// What is wrong with a value after the rule, by the name of what does not hold; nothing, if nothing is.
    pub(super) fn fault(&self, value: &str) -> Option<&'static str> {
        // Exports of databases write a null so in CSV, and so does what was made of them.
        if value == "\\N" {
            return None;
        }
        let (holds, fault) = match &self.form {
            Form::Any | Form::Absent => return None,
            Form::Empty => (false, "not-dropped"),
            Form::Null => (false, "not-null"),
            Form::Constant(with) => (same(value, with), "not-replaced"),
            Form::Token { prefix, suffix } => {
                let token = value.strip_prefix(prefix.as_str()).and_then(|value| value.strip_suffix(suffix.as_str()));
                (token.is_some_and(is_token), "no-token")
            }
            Form::Masked { first, last, keep_separators, sign } => {
                (is_masked(value, first + last, *keep_separators, *sign), "not-masked")
            }
            Form::Period(ends) => (is_first_moment(value, ends), "not-generalised"),
            Form::Network { v4, v6 } => (is_network(value, *v4, *v6), "not-truncated"),
            Form::Multiple(unit) => (is_multiple(value, *unit), "not-rounded"),
            Form::ExampleEmail => (is_example_email(value), "no-fake"),
        };
        (!holds).then_some(fault)
    }
}

impl Made {
    fn explains(self, entity: Entity) -> bool {
        use Entity as E;
        // What goes by the header alone is told of any value.
        if matches!(entity, E::Password | E::Username) && self != Self::Unknown {
            return true;
        }
        match self {
            Self::Constant => true,
            Self::Token => !matches!(entity, E::Email | E::Url | E::Ip | E::PersonName | E::Address),
            Self::Numbers => !matches!(entity, E::Email | E::Url | E::Ip | E::PersonName | E::Address | E::Credential),
            Self::Names => matches!(entity, E::PersonName | E::Address | E::Postcode | E::BirthDate),
            Self::Phones => entity == E::Phone,
            Self::Coarse => matches!(entity, E::BirthDate | E::Postcode | E::Coordinates),
            Self::Network => matches!(entity, E::Ip | E::Mac),
            Self::Masked | Self::Unknown => false,
        }
    }
}

fn text<'t>(table: &'t Table, name: &str) -> Option<&'t str> {
    table.get(name)?.as_str()
}

fn count(table: &Table, name: &str) -> Option<u64> {
    u64::try_from(table.get(name)?.as_integer()?).ok()
}

fn flag(table: &Table, name: &str) -> bool {
    table.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// The arms of a rule: its own, those of `otherwise`, and those of the paths of a JSON text.
fn collect(rule: &Table, arms: &mut Vec<Arm>) {
    let word = text(rule, "do").unwrap_or_default();
    match makes(word) {
        Some(Makes::Paths) => {}
        Some(Makes::Rest) if text(rule, "with") == Some("fake") => {
            arms.push(Arm::Redact);
            arms.extend([Made::Names, Made::Phones, Made::Numbers].map(Arm::Made));
        }
        _ => arms.push(arm(word, rule)),
    }
    let inner = rule.get("otherwise").into_iter();
    let paths = rule.get("paths").and_then(Value::as_table).into_iter().flat_map(Table::values);
    for value in inner.chain(paths) {
        match value {
            Value::String(word) => arms.push(arm(word, &Table::new())),
            Value::Table(rule) => collect(rule, arms),
            _ => arms.push(Arm::Made(Made::Unknown)),
        }
    }
}

/// Whether what a rule makes, or one of its arms or paths, may hold texts that are longer than a few characters as they
/// were.
fn is_open(rule: &Value) -> bool {
    /// Fewer tell nobody by themselves.
    const FEW: u64 = 7;
    let Value::Table(table) = rule else { return rule.as_str().is_none_or(is_open_word) };
    let shown = count(table, "keep_first").unwrap_or(0).saturating_add(count(table, "keep_last").unwrap_or(0));
    let paths = table.get("paths").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let is_open_itself = shown >= FEW || is_open_word(text(table, "do").unwrap_or_default());
    is_open_itself || table.get("otherwise").into_iter().chain(paths).any(is_open)
}

fn is_open_word(word: &str) -> bool {
    match makes(word) {
        Some(Makes::Source | Makes::Rest) | None => true,
        // Of JSON, the rules of its paths say it.
        Some(Makes::Paths | Makes::NoColumn | Makes::Nulls | Makes::Constant | Makes::Masked | Makes::Tokens) => false,
        Some(Makes::Ciphers | Makes::Fakes | Makes::Composed | Makes::Coarser | Makes::Near) => false,
        Some(Makes::Multiples | Makes::Networks) => false,
    }
}

/// What the transform of a rule makes; none, if there is no such transform.
fn makes(word: &str) -> Option<Makes> {
    transform::kind(word).map(transform::TransformKind::makes)
}

fn arm(word: &str, rule: &Table) -> Arm {
    Arm::Made(match makes(word) {
        Some(Makes::Source) => return Arm::Keep,
        Some(Makes::Rest) => return Arm::Redact,
        Some(Makes::NoColumn | Makes::Nulls | Makes::Constant) => Made::Constant,
        Some(Makes::Tokens) => Made::Token,
        Some(Makes::Ciphers) => Made::Numbers,
        Some(Makes::Fakes) => match fabricated(rule) {
            Some(Fabricated::Phones) => Made::Phones,
            Some(Fabricated::Numbers) => Made::Numbers,
            Some(Fabricated::Names | Fabricated::Emails) => Made::Names,
            None => Made::Unknown,
        },
        Some(Makes::Composed) => Made::Names,
        Some(Makes::Coarser | Makes::Near | Makes::Multiples) => Made::Coarse,
        Some(Makes::Networks) => Made::Network,
        Some(Makes::Masked) => Made::Masked,
        Some(Makes::Paths) | None => Made::Unknown,
    })
}

fn fabricated(rule: &Table) -> Option<Fabricated> {
    transform::fabricated(text(rule, "like")?)
}

fn form_of(word: &str, rule: &Table) -> Form {
    match makes(word) {
        Some(Makes::NoColumn) => Form::Absent,
        Some(Makes::Nulls) => Form::Null,
        Some(Makes::Constant) => rule.get("with").map_or(Form::Any, |with| match with {
            Value::String(with) => Form::Constant(with.clone()),
            with => Form::Constant(with.to_string()),
        }),
        Some(Makes::Tokens) => Form::Token {
            prefix: text(rule, "prefix").unwrap_or_default().to_owned(),
            suffix: text(rule, "suffix").unwrap_or_default().to_owned(),
        },
        Some(Makes::Masked) => Form::Masked {
            first: count(rule, "keep_first").unwrap_or(0) as usize,
            last: count(rule, "keep_last").unwrap_or(0) as usize,
            keep_separators: flag(rule, "keep_separators"),
            sign: text(rule, "with").and_then(|with| with.chars().next()).unwrap_or('*'),
        },
        Some(Makes::Coarser) if !rule.contains_key("format") => match text(rule, "to") {
            Some("month") => Form::Period(&["-01"]),
            Some("quarter") => Form::Period(&["-01-01", "-04-01", "-07-01", "-10-01"]),
            Some("year") => Form::Period(&["-01-01"]),
            Some("decade") => Form::Period(&["0-01-01"]),
            Some("century") => Form::Period(&["00-01-01"]),
            _ => Form::Any,
        },
        Some(Makes::Networks) if !rule.contains_key("preserve") && !rule.contains_key("keep_vendor") => Form::Network {
            v4: count(rule, "keep").unwrap_or(24) as u32,
            v6: count(rule, "keep_v6").unwrap_or(48) as u32,
        },
        Some(Makes::Multiples) => {
            let unit = rule.get("to").and_then(|to| to.as_float().or_else(|| to.as_integer().map(|to| to as f64)));
            unit.map_or(Form::Any, Form::Multiple)
        }
        Some(Makes::Fakes) if fabricated(rule) == Some(Fabricated::Emails) => Form::ExampleEmail,
        Some(Makes::Coarser | Makes::Networks | Makes::Fakes | Makes::Near | Makes::Ciphers) => Form::Any,
        Some(Makes::Source | Makes::Rest | Makes::Paths | Makes::Composed) | None => Form::Any,
    }
}

/// Whether two values are written alike, or are the same number.
fn same(value: &str, with: &str) -> bool {
    value == with || matches!((value.parse::<f64>(), with.parse::<f64>()), (Ok(value), Ok(with)) if value == with)
}

/// Whether it looks like the token of any form: a number, a date, a UUID, or eight and more characters of base32.
fn is_token(token: &str) -> bool {
    let bytes = token.as_bytes();
    let digits = token.strip_prefix('-').unwrap_or(token);
    let points = digits.bytes().filter(|byte| *byte == b'.').count();
    let is_number =
        !digits.is_empty() && points <= 1 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_date = token.parse::<chrono::NaiveDate>().is_ok();
    let is_base32 =
        (8..=51).contains(&bytes.len()) && bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
    let is_uuid = || {
        let mut parts = token.split('-').map(str::len);
        [8, 4, 4, 4, 12].iter().all(|length| parts.next() == Some(*length))
            && parts.next().is_none()
            && bytes.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
    };
    is_number || is_date || is_base32 || is_uuid() || bytes.len() == 32 && bytes.iter().all(u8::is_ascii_hexdigit)
}

/// Whether no more characters show than are kept.
fn is_masked(value: &str, kept: usize, keep_separators: bool, sign: char) -> bool {
    let counts = |c: &char| *c != sign && (!keep_separators || c.is_alphanumeric());
    value.chars().filter(counts).count() <= kept
}

/// Whether a date, if it is one as ISO 8601 writes it, is the first day of a period: ends so.
fn is_first_moment(value: &str, ends: &[&str]) -> bool {
    let is_date = value.len() >= 10
        && value.bytes().take(10).enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    !is_date || value.get(..10).is_some_and(|day| ends.iter().any(|end| day.ends_with(end)))
}

fn is_network(value: &str, v4: u32, v6: u32) -> bool {
    let address = value.split('/').next().unwrap_or_default();
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.to_bits().checked_shl(v4.min(32)).unwrap_or(0) == 0,
        Ok(IpAddr::V6(address)) => {
            let mapped = address.to_ipv4_mapped();
            mapped.map_or_else(
                || address.to_bits().checked_shl(v6.min(128)).unwrap_or(0) == 0,
                |address| address.to_bits().checked_shl(v4.min(32)).unwrap_or(0) == 0,
            )
        }
        Err(_) => true,
    }
}

/// Whether a number, if it is one, is a whole multiple of a unit.
fn is_multiple(value: &str, unit: f64) -> bool {
    let Ok(number) = value.trim().parse::<f64>() else { return true };
    let units = number / unit;
    !units.is_finite() || (units - units.round()).abs() <= 1e-6 * units.abs().max(1.0)
}

fn is_example_email(value: &str) -> bool {
    let domain = value.rsplit_once('@').map(|(_, domain)| domain);
    matches!(domain, Some("example.com" | "example.org" | "example.net"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_its_values_look_like() {
        for (rule, good, bad) in [
            (r#"{ do = "token", domain = "x", prefix = "T-" }"#, "T-ivfjzs6a4542guxvsotrlvie2k", "T-1042/Ana"),
            (r#"{ do = "token", domain = "x" }"#, "417428600", "ana@shop.pt"),
            (r#"{ do = "token", domain = "x" }"#, "bc9760cd-2453-4629-9b22-f1a690d36ac8", "bc9760cd-2453"),
            (r#"{ do = "token", domain = "x" }"#, "1204.50", "1204.50.1"),
            (r#"{ do = "token", domain = "x" }"#, "2024-02-29", "2024-02-30"),
            (r#"{ do = "mask", keep_last = 4, keep_separators = true }"#, "**** **** **** 3706", "4111 1111 1111 3706"),
            (r#"{ do = "mask", keep_first = 1, with = "X" }"#, "AXX", "ABX"),
            (r#"{ do = "generalise", to = "year" }"#, "1985-01-01", "1985-02-01"),
            (r#"{ do = "generalise", to = "month" }"#, "1985-02-01T00:00:00", "1985-02-03T00:00:00"),
            (r#"{ do = "generalise", to = "decade" }"#, "1980-01-01", "1985-01-01"),
            (r#"{ do = "network", keep = 24 }"#, "198.18.159.0", "198.18.159.7"),
            (r#"{ do = "network", keep_v6 = 48 }"#, "2001:db8:1::", "2001:db8:1::1"),
            (r#"{ do = "round", to = 100 }"#, "-300.00", "312.40"),
            (r#"{ do = "replace", with = "Article" }"#, "Article", "Ring for Ana"),
            (r#"{ do = "replace", with = 0 }"#, "0.00", "7"),
            (r#"{ do = "fake", like = "email" }"#, "a.b@example.net", "a.b@shop.pt"),
        ] {
            let treatment = Treatment::read(Some(rule));
            assert_eq!(treatment.fault(good), None, "{rule} on {good}");
            assert!(treatment.fault(bad).is_some(), "{rule} on {bad}");
            assert_eq!(treatment.fault("\\N"), None);
        }
        assert!(Treatment::read(Some("\"null\"")).fault("x").is_some());
        assert!(Treatment::read(Some("\"drop\"")).is_absent() && Treatment::read(None).is_absent());
        let dropped = Treatment::read(Some("\"drop\"")).in_dump();
        assert!(!dropped.is_absent() && dropped.fault("x") == Some("not-dropped") && dropped.fault("\\N").is_none());
    }

    #[test]
    fn every_transform_makes_what_its_rule_is_held_to() {
        for kind in transform::CATALOGUE {
            let transform::Example { rule, result, .. } = kind.example();
            let treatment = Treatment::read(Some(rule));
            assert_eq!(treatment.fault(result.unwrap_or("\\N")), None, "{rule}");
            let is_known = !treatment.arms.contains(&Arm::Made(Made::Unknown));
            assert!(is_known && (!treatment.arms.is_empty() || rule.contains("json")), "{rule}");
            let keeps = kind.name() == "keep" || rule.contains("= \"keep\"");
            assert_eq!(treatment.keeps(), keeps, "{rule}");
            let passes = keeps || kind.name() == "redact";
            assert_eq!(treatment.is_open(), passes, "{rule}");
        }
    }

    #[test]
    fn values_are_looked_for_only_of_columns_that_lose_them() {
        for (rule, hides) in [
            ("\"keep\"", false),
            ("\"drop\"", true),
            (r#"{ do = "token", domain = "x" }"#, true),
            (r#"{ do = "mask", keep_first = 4, keep_last = 4 }"#, true),
            (r#"{ do = "generalise", to = "year" }"#, false),
            (r#"{ do = "redact" }"#, false),
            (r#"{ do = "redact", with = "fake" }"#, false),
            (r#"{ do = "json", paths = { "n[]" = { do = "redact" }, m = "null" } }"#, false),
            (r#"{ do = "json", paths = { n = { do = "fake", like = "full_name" } } }"#, true),
        ] {
            assert_eq!(Treatment::read(Some(rule)).hides(), hides, "{rule}");
        }
    }

    #[test]
    fn a_column_is_open_to_values_of_others_only_where_text_passes() {
        for (rule, is_open) in [
            ("\"keep\"", true),
            ("\"drop\"", false),
            (r#"{ do = "redact" }"#, true),
            (r#"{ do = "redact", with = "fake" }"#, true),
            (r#"{ do = "token", domain = "x" }"#, false),
            (r#"{ do = "mask", keep_last = 4 }"#, false),
            (r#"{ do = "mask", keep_first = 4, keep_last = 4 }"#, true),
            (r#"{ do = "generalise", keep_first = 2 }"#, false),
            (r#"{ do = "fake", like = "city", when = { column = "c", in = ["x"] }, otherwise = "keep" }"#, true),
            (r#"{ do = "json", paths = { n = { do = "fake", like = "full_name" } } }"#, false),
            (r#"{ do = "json", paths = { n = "keep" } }"#, true),
            (r#"{ do = "unheard-of" }"#, true),
        ] {
            assert_eq!(Treatment::read(Some(rule)).is_open(), is_open, "{rule}");
        }
        assert!(!Treatment::read(None).is_open());
    }

    #[test]
    fn a_hit_is_explained_by_what_the_rule_makes_and_by_nothing_else() {
        for (rule, entity, explained) in [
            ("\"keep\"", Entity::Email, false),
            (r#"{ do = "fake", like = "last_name" }"#, Entity::PersonName, true),
            (r#"{ do = "fake", like = "last_name" }"#, Entity::Email, false),
            (r#"{ do = "fake", like = "phone" }"#, Entity::Phone, true),
            (r#"{ do = "fake", like = "card" }"#, Entity::Card, true),
            (r#"{ do = "mask", keep_last = 4 }"#, Entity::Card, false),
            (r#"{ do = "shift", days = 3 }"#, Entity::BirthDate, true),
            (
                r#"{ do = "fake", like = "city", when = { column = "c", in = ["x"] }, otherwise = "keep" }"#,
                Entity::Address,
                false,
            ),
            (r#"{ do = "json", paths = { n = { do = "fake", like = "full_name" } } }"#, Entity::PersonName, true),
            (r#"{ do = "redact" }"#, Entity::Phone, false),
            (r#"{ do = "redact", with = "fake" }"#, Entity::Phone, true),
            (r#"{ do = "encrypt", luhn = true }"#, Entity::Card, true),
            (r#"{ do = "unheard-of" }"#, Entity::Card, false),
        ] {
            assert_eq!(Treatment::read(Some(rule)).explains(entity, false), explained, "{rule} and {entity:?}");
        }
        assert!(Treatment::read(Some(r#"{ do = "mask" }"#)).explains(Entity::Email, true));
    }
}
