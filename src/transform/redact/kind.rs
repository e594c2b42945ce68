//! What can be found in a text, and what it is called there and in a rules file.

use crate::detect::words::{self, classify};
use crate::detect::{DETECTORS, Entity, detector};

/// One kind of data as `redact` treats it.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its name in a rules file.
    pub(super) name: &'static str,
    pub(super) entity: Entity,
    /// What stands for it, in brackets.
    pub(super) tag: &'static str,
    /// What its fakes are like; the tag stands where there are none. IBANs go by their own country.
    pub(super) like: Option<&'static str>,
    /// Whether only its letters and digits count, and not what parts them.
    pub(super) compact: bool,
}

const fn kind(
    name: &'static str,
    entity: Entity,
    tag: &'static str,
    like: Option<&'static str>,
    compact: bool,
) -> Kind {
    Kind { name, entity, tag, like, compact }
}

/// Every kind of data.
#[rustfmt::skip] // a table
pub(super) const KINDS: &[Kind] = &[
    kind("email", Entity::Email, "EMAIL", Some("email"), false),
    kind("phone", Entity::Phone, "PHONE", Some("phone"), true),
    kind("person_name", Entity::PersonName, "NAME", Some("full_name"), false),
    kind("address", Entity::Address, "ADDRESS", Some("street"), false),
    kind("postcode", Entity::Postcode, "POSTCODE", Some("postcode"), true),
    kind("birth_date", Entity::BirthDate, "DATE", Some("date_of_birth"), false),
    kind("card", Entity::Card, "CARD", Some("card"), true),
    kind("iban", Entity::Iban, "IBAN", None, true),
    kind("bic", Entity::Bic, "BIC", Some("bic"), true),
    kind("national_number", Entity::NationalNumber, "NATIONAL_ID", Some("national_id"), true),
    kind("organisation_number", Entity::OrganisationNumber, "ORGANISATION_ID", None, true),
    kind("ip", Entity::Ip, "IP", Some("ipv4"), false),
    kind("mac", Entity::Mac, "MAC", Some("mac"), true),
    kind("url", Entity::Url, "URL", Some("url"), false),
    kind("vin", Entity::Vin, "VIN", None, true),
    kind("licence_plate", Entity::LicencePlate, "PLATE", None, true),
    kind("imei", Entity::Imei, "IMEI", None, true),
    kind("wallet", Entity::Wallet, "WALLET", None, false),
    kind("coordinates", Entity::Coordinates, "PLACE", None, false),
    kind("credential", Entity::Credential, "SECRET", None, false),
    kind("password", Entity::Password, "PASSWORD", None, false),
    kind("password_hash", Entity::PasswordHash, "SECRET", None, false),
    kind("username", Entity::Username, "USER", Some("user_name"), false),
];

/// The place of an entity's kind.
pub(super) fn place_of(entity: Entity) -> Option<usize> {
    KINDS.iter().position(|kind| kind.entity == entity)
}

/// The entities that are found if a rule names none: all but the codes of banks, which name nobody and look like words.
pub(super) fn usual() -> Vec<Entity> {
    KINDS.iter().map(|kind| kind.entity).filter(|entity| *entity != Entity::Bic).collect()
}

/// The entities that a word in a rules file means: the name of a kind, or of a detector; hyphens or underscores.
pub(super) fn named(word: &str) -> Option<Vec<Entity>> {
    if let Some(kind) = KINDS.iter().find(|kind| kind.name == word.replace('-', "_")) {
        return Some(vec![kind.entity]);
    }
    let detector = detector(&word.replace('_', "-"))?;
    Some((0..detector.kinds().len()).map(|kind| detector.entity_of(kind)).collect())
}

/// The words that `find` takes.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let kinds = KINDS.iter().map(|kind| kind.name);
    kinds.chain(DETECTORS.iter().map(|detector| detector.name()).filter(|name| named_alike(name).is_none()))
}

fn named_alike(detector: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == detector.replace('-', "_"))
}

/// What a column's values are called where they stand in a text, and whether only their letters and digits count.
pub(super) fn of_column(column: &str) -> (String, bool) {
    let name = column.rsplit('.').next().unwrap_or(column);
    let entity = match classify(name).map_or("", |read| read.entity) {
        words::FIRST_NAME | words::LAST_NAME | words::FULL_NAME => Some(Entity::PersonName),
        words::EMAIL => Some(Entity::Email),
        words::PHONE => Some(Entity::Phone),
        words::STREET => Some(Entity::Address),
        words::POSTCODE => Some(Entity::Postcode),
        words::DATE_OF_BIRTH => Some(Entity::BirthDate),
        words::CARD_NUMBER => Some(Entity::Card),
        words::IBAN => Some(Entity::Iban),
        words::NATIONAL_ID => Some(Entity::NationalNumber),
        words::IP_ADDRESS => Some(Entity::Ip),
        words::USER_NAME => Some(Entity::Username),
        _ => None,
    };
    match entity.and_then(place_of).and_then(|place| KINDS.get(place)) {
        Some(kind) => (kind.tag.to_owned(), kind.compact),
        None => (name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect(), true),
    }
}
