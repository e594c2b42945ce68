use super::harmless::{self, Harmless};
use super::profile::{ColumnKind, ColumnProfile};
use super::words::{KEYS, NO_PERSONS};
use super::{Classification, IDENTIFIER, IdentityForm, ORGANISATION_NUMBER, WALLET};
use crate::detect::words::{self, *};
use crate::detect::{Class, Entity, Grade, Strength};

/// What an entity means for the person.
pub fn class_of(entity: &str) -> Class {
    match entity {
        FIRST_NAME | LAST_NAME | FULL_NAME | USER_NAME | EMAIL | PHONE | STREET | NATIONAL_ID | TAX_ID | PASSPORT
        | DRIVING_LICENCE | IBAN | ACCOUNT_NUMBER | IMEI | LICENCE_PLATE | VIN | SIGNATURE | PHOTO | BIOMETRIC => {
            Class::Direct
        }
        RELIGION | ETHNICITY | HEALTH | CARD_NUMBER | CARD_CVV | PASSWORD | SECRET | SALARY | NOTES | COMMENT => {
            Class::Sensitive
        }
        BUILDING_NUMBER | CITY | REGION | POSTCODE | COUNTRY | DATE_OF_BIRTH | AGE | GENDER | NATIONALITY
        | MARITAL_STATUS | CARD_EXPIRY | IP_ADDRESS | MAC_ADDRESS | URL | COMPANY | JOB | LATITUDE | LONGITUDE
        | COORDINATES | PERSON_ID | WALLET | ORGANISATION_NUMBER => Class::Quasi,
        _ => Class::None,
    }
}

/// What a column seems to hold.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    entity: &'static str,
    grade: Grade,
    why: &'static str,
}

impl Verdict {
    fn certain(entity: &'static str, why: &'static str) -> Option<Self> {
        Some(Self { entity, grade: Grade::Certain, why })
    }

    fn possible(entity: &'static str, why: &'static str) -> Option<Self> {
        Some(Self { entity, grade: Grade::Possible, why })
    }
}

/// Judges each column, then again beside its neighbours.
pub(super) fn table(columns: &[ColumnProfile]) -> Vec<Classification> {
    let mut verdicts: Vec<Option<Verdict>> = columns.iter().map(alone).collect();
    neighbours(columns, &mut verdicts);
    let of_persons = is_of_persons(&verdicts);
    columns.iter().zip(verdicts).map(|(column, verdict)| classification(column, verdict, of_persons)).collect()
}

fn classification(column: &ColumnProfile, verdict: Option<Verdict>, of_persons: bool) -> Classification {
    let harmless = harmless::evidence(column, verdict.map(|verdict| verdict.entity), of_persons);
    let entity = verdict.map(|verdict| verdict.entity);
    let why = match (verdict, harmless) {
        (Some(verdict), _) => verdict.why.to_owned(),
        (None, Some(harmless)) => harmless.why().to_owned(),
        (None, None) => unproven(column).to_owned(),
    };
    Classification {
        entity,
        class: entity.map_or(Class::None, class_of),
        grade: verdict.map_or(Grade::Possible, |verdict| verdict.grade),
        why,
        harmless,
        form: form(column),
    }
}

fn unproven(column: &ColumnProfile) -> &'static str {
    match column.kind {
        ColumnKind::Opaque => "bytes, which may hold anything",
        _ if column.share(column.texts) > 0.1 => "free text, which may hold anything",
        _ if column.numbers == column.values => "numbers that may be somebody's",
        _ => "nothing proves that it is harmless",
    }
}

fn form(column: &ColumnProfile) -> IdentityForm {
    if column.values > 0 && column.uuids == column.values {
        IdentityForm::Uuid
    } else if column.values > 0
        && column.wholes == column.values
        && column.lettered + column.spaced + column.padded + column.negatives + column.blanks == 0
        && column.most_digits <= 18
        && column.longest == column.most_digits
    {
        IdentityForm::Integer
    } else {
        IdentityForm::Text
    }
}

/// What a column holds, whatever stands beside it.
fn alone(column: &ColumnProfile) -> Option<Verdict> {
    if column.values == 0 {
        let said = column.said?;
        return Verdict::possible(said.entity, "the header says so; there are no values");
    }
    let by_values = by_values(column);
    let by_header = by_header(column);
    match (by_values, by_header) {
        (Some(values), Some(header)) if values.entity == header.entity => {
            Some(Verdict { grade: Grade::Certain, why: "header and values say so", ..values })
        }
        // What values show by themselves, they show under any header; but a header tells names apart.
        (Some(values), Some(header)) if is_name(values.entity) && is_name(header.entity) => {
            Some(Verdict { grade: Grade::Certain, why: "header and values say so", ..header })
        }
        (Some(values), Some(header)) if values.grade == Grade::Certain && values.entity != NOTES => {
            let finer = matches!(
                (values.entity, header.entity),
                (NATIONAL_ID, TAX_ID | PASSPORT | DRIVING_LICENCE | PERSON_ID)
                    | (ORGANISATION_NUMBER, TAX_ID)
                    | (STREET, _)
                    | (FULL_NAME, USER_NAME)
                    | (URL, PHOTO)
                    | (SECRET, PASSWORD)
                    | (_, PASSWORD | SECRET)
            );
            Some(if finer { header } else { values })
        }
        (Some(values), None) => Some(values),
        (_, header) => header.or(by_values),
    }
    .or_else(|| key(column))
}

fn is_name(entity: &str) -> bool {
    matches!(entity, FIRST_NAME | LAST_NAME | FULL_NAME)
}

/// What the header says, if the values can be that.
fn by_header(column: &ColumnProfile) -> Option<Verdict> {
    let said = column.said?;
    let borne = fits(said.entity, said.confidence, column)?;
    let grade = if borne || said.confidence == Strength::Strong { Grade::Certain } else { Grade::Possible };
    let why = if borne { "the header says so, and the values fit" } else { "the header says so" };
    Some(Verdict { entity: said.entity, grade, why })
}

/// Whether values can be what a header says: not at all, or as well as something else, or rather that.
fn fits(entity: &str, confidence: Strength, column: &ColumnProfile) -> Option<bool> {
    let share = |count| column.share(count);
    let strong = confidence == Strength::Strong;
    let few = column.kind == ColumnKind::Flag || (column.flagged == column.values && column.distinct() <= 2);
    let moment = matches!(column.kind, ColumnKind::Date | ColumnKind::Moment) || share(column.any_dates) > 0.8;
    let digits = share(column.digited) > 0.6;
    let number = share(column.numbers) > 0.5;
    let lettered = share(column.lettered) > 0.6 && !moment;
    let whole = |wanted| share(column.found(wanted).0);
    let all = |condition: bool, borne: bool| condition.then_some(borne);
    match entity {
        FIRST_NAME | LAST_NAME => {
            let known = share(column.given.max(column.family).max(column.full_names)) > 0.3;
            all(lettered && !few && column.mean_length() < 40.0 && (strong || known), known)
        }
        FULL_NAME => {
            let known = share(column.full_names + column.maybe_names / 2) > 0.3 || foreign(column) && strong;
            let known = known || share(column.eastern) > 0.6;
            let of_person = strong && share(column.texts) < 0.3 && share(column.numbers) < 0.3;
            all(lettered && !few && column.mean_length() < 60.0 && (known || of_person), known)
        }
        USER_NAME => {
            let handles = share(column.spaced) < 0.2 && share(column.uuids) < 0.5 && column.ats * 2 < column.values;
            let handles = handles && share(column.lettered) > 0.3 && !few && !moment;
            all(handles && column.mean_length() < 40.0, handles && strong && column.distinct() * 10 > column.values)
        }
        EMAIL => {
            let ats = share(column.ats) > 0.3;
            all(ats || strong && !few && !number && !moment && column.mean_length() >= 16.0, ats)
        }
        PHONE => {
            let whole = column.wholes * 10 >= column.numbers * 9;
            let long = column.mean_length() >= 5.0 && column.mean_length() < 40.0;
            all(digits && whole && long && !moment, strong)
        }
        STREET => {
            let known = share(column.streets) > 0.2;
            all((lettered || known) && !few && column.mean_length() >= 3.0 && column.ats == 0, known)
        }
        NATIONAL_ID | TAX_ID | PASSPORT | DRIVING_LICENCE | ACCOUNT_NUMBER => {
            let long = column.mean_length() >= if strong { 4.0 } else { 6.0 };
            all(
                (digits || entity == ACCOUNT_NUMBER) && long && !few && !moment && share(column.texts) < 0.2,
                strong && digits,
            )
        }
        IBAN => all(whole(Entity::Iban) > 0.2 || share(column.lettered) > 0.6 && digits, whole(Entity::Iban) > 0.2),
        CARD_NUMBER => all(digits && column.mean_length() >= 8.0, whole(Entity::Card) > 0.3),
        CARD_CVV => all(number && column.longest <= 4, true),
        CARD_EXPIRY => all(digits && column.longest <= 10, true),
        VIN => all(digits && column.mean_length() >= 10.0, whole(Entity::Vin) > 0.3),
        IMEI => all(digits && column.mean_length() >= 8.0, whole(Entity::Imei) > 0.3),
        LICENCE_PLATE => {
            let short = column.mean_length() >= 3.0 && column.mean_length() < 16.0;
            all(
                digits && short && !moment && column.wholes == column.numbers,
                strong || whole(Entity::LicencePlate) > 0.5,
            )
        }
        IP_ADDRESS => all(whole(Entity::Ip) > 0.3, true),
        MAC_ADDRESS => all(whole(Entity::Mac) > 0.3, true),
        URL => {
            all(whole(Entity::Url) > 0.3 || strong && share(column.lettered) > 0.8 && share(column.spaced) < 0.2, true)
        }
        DATE_OF_BIRTH => all(
            moment
                || number && column.least >= 1850.0 && column.greatest <= 2100.0
                || digits && column.longest <= 24 && column.mean_length() >= 4.0,
            moment,
        ),
        AGE => all(number && column.greatest <= 125.0 && column.negatives == 0 || !number && digits, true),
        GENDER => all(!number && column.distinct() <= 12 || number && column.distinct() <= 4, true),
        LATITUDE | LONGITUDE => all(number && column.least >= -180.0 && column.greatest <= 180.0, true),
        COORDINATES => all(digits, true),
        SALARY => all(digits && !moment, number),
        POSTCODE => {
            let short = column.mean_length() >= 3.0 && column.mean_length() <= 12.0;
            // Capacities and sums are numbers too, and are not of one length; ZIP codes lose a zero or gain four digits.
            let even = column.numbers < column.values || column.longest - column.shortest <= 2 && column.distinct() > 2;
            all(digits && short && even && column.wholes == column.numbers && !moment, true)
        }
        BUILDING_NUMBER => all(digits && column.mean_length() < 12.0 && !moment, true),
        CITY => {
            let known = share(column.cities) > 0.15;
            all(lettered && !number && !few && column.mean_length() < 50.0, known || strong)
        }
        REGION => all(lettered && !number && !few && (strong || share(column.states) > 0.5), strong),
        COUNTRY | NATIONALITY => all(lettered && !number && !few, share(column.countries) > 0.5 || strong),
        PASSWORD | SECRET => {
            // Numbers and words of a few letters are counts, kinds and states of tokens.
            let secretive = column.mean_length() >= if strong { 3.0 } else { 10.0 };
            all(!few && !moment && secretive && (strong || share(column.spaced) < 0.2), strong)
        }
        NOTES | COMMENT => {
            all(lettered && !few && (share(column.spaced) > 0.2 || strong) && !number, share(column.texts) > 0.2)
        }
        COMPANY | JOB | RELIGION | ETHNICITY | MARITAL_STATUS => all(lettered && !number && !few && !moment, strong),
        HEALTH => all(!few && !moment && (!number || strong), strong),
        PERSON_ID => all(!few && !moment && share(column.texts) < 0.1, strong),
        SIGNATURE | PHOTO | BIOMETRIC => {
            all(!few && !number && !moment && column.distinct() * 4 > column.values, strong)
        }
        _ => Some(false),
    }
}

/// Whether most values are written in a script that the lists of names know little of.
fn foreign(column: &ColumnProfile) -> bool {
    column.share(column.lettered) > 0.9 && column.given + column.family + column.full_names == 0
}

/// What the values show by themselves.
fn by_values(column: &ColumnProfile) -> Option<Verdict> {
    const MOST: f64 = 0.6;
    const WHY: &str = "the values show it, whatever the header says";
    if !matches!(column.kind, ColumnKind::Text | ColumnKind::Whole) {
        return None;
    }
    let best = column
        .tallies
        .iter()
        .filter(|(_, tally)| !matches!(tally.entity, Entity::PersonName | Entity::Address | Entity::LicencePlate))
        .max_by(|(name, one), (other_name, other)| {
            let counts = (one.certain, one.whole).cmp(&(other.certain, other.whole));
            counts.then_with(|| other.odds.total_cmp(&one.odds)).then_with(|| other_name.cmp(name))
        });
    if let Some((_, tally)) = best
        && let Some(entity) = named(tally.entity)
    {
        if column.share(tally.certain) >= MOST {
            return Verdict::certain(entity, WHY);
        }
        // Nine in ten numbers of books (ISBN-10) pass as a health number; nearly all have to.
        if column.share(tally.whole) >= 0.95
            && let Some(verdict) = by_odds(column, tally.whole, tally.entity, entity, tally.odds)
        {
            return Some(verdict);
        }
    }
    by_names(column).or_else(|| by_dialling(column)).or_else(|| inside(column))
}

/// Telephone numbers by how they are written, in whatever plan.
fn by_dialling(column: &ColumnProfile) -> Option<Verdict> {
    let varied = column.distinct() * 2 > column.values && column.values >= 5;
    let dated = column.share(column.any_dates) > 0.2;
    if !varied || dated {
        return None;
    }
    if column.share(column.international) >= 0.9 {
        return Verdict::certain(PHONE, "nearly all values are written as telephone numbers with calling codes");
    }
    let written = column.share(column.international + column.national);
    // Some leave the signs out.
    let bare = column.share(column.international + column.national + column.wholes);
    if written >= 0.9 || written >= 0.5 && bare >= 0.95 && column.shortest >= 7 {
        return Verdict::possible(PHONE, "nearly all values are written as telephone numbers are");
    }
    None
}

/// A number that passes more often than this is checked by its Luhn digit and little else, if it has one.
const LUHN: f64 = 0.05;
/// A number that passes more often than this may do so by its date alone.
const DATED: f64 = 5e-3;

/// What many unlikely hits come to together.
fn by_odds(column: &ColumnProfile, whole: u64, found: Entity, entity: &'static str, odds: f64) -> Option<Verdict> {
    let mean = (odds / column.values as f64).clamp(1e-12, 1.0);
    let by_chance = mean.log10() * column.values as f64;
    let varied = column.distinct() as f64 > 0.5 * column.values as f64;
    // Luhn's check digit is what order numbers have, too; and days of a few years are when something was made.
    let of_orders = mean > LUHN && column.share(column.luhn) >= 0.95;
    let telling = !of_orders && (mean < DATED || !column.days.are_recent());
    match found {
        // Plain digits may be anything; groups and signs between them are a telephone number's.
        Entity::Phone if column.wholes * 2 < column.values && column.values >= 5 && varied => {
            let plus = column.share(column.lettered) < 0.1;
            plus.then_some(Verdict {
                entity,
                grade: Grade::Possible,
                why: "most values are written as telephone numbers are",
            })
        }
        Entity::Phone | Entity::Coordinates | Entity::Bic | Entity::Url => None,
        // Versions are four numbers, too.
        Entity::Ip if mean > 0.5 => None,
        _ if by_chance < -7.0
            && column.values >= 6
            && varied
            && telling
            && !(mean > LUHN && may_be_books(whole, column.values))
            && !is_series(column) =>
        {
            Verdict::certain(entity, "the check digits of nearly all values fit, which is no chance")
        }
        _ if by_chance < -4.0 && varied && !is_series(column) => {
            Verdict::possible(entity, "the check digits of nearly all values fit")
        }
        _ => None,
    }
}

/// Whether so many of the values may be those of ten in eleven books (ISBN-10) whose check sign is a digit: no more than
/// chance has it, by four standard deviations.
fn may_be_books(whole: u64, values: u64) -> bool {
    const DIGIT: f64 = 10.0 / 11.0;
    let expected = values as f64 * DIGIT;
    (whole as f64) < expected + 4.0 * (expected * (1.0 - DIGIT)).sqrt()
}

/// How far apart, on average, numbers are that were given out one after the other. Numbers of people rise too where a
/// table is sorted by them, but stand farther apart.
pub(crate) const DENSE: u64 = 200;

/// Whether the values are numbers that were given out one after the other.
fn is_series(column: &ColumnProfile) -> bool {
    let rise = column.values >= 8 && column.rises * 20 >= (column.values - 1) * 19;
    let is_dense = column.greatest - column.least < (column.values * DENSE) as f64;
    column.steps * 4 >= column.values || rise && is_dense
}

/// The name of what a detector finds, in the words of headings.
fn named(entity: Entity) -> Option<&'static str> {
    Some(match entity {
        Entity::Email => EMAIL,
        Entity::Phone => PHONE,
        Entity::PersonName => FULL_NAME,
        Entity::Address => STREET,
        Entity::Postcode => POSTCODE,
        Entity::BirthDate => DATE_OF_BIRTH,
        Entity::Card => CARD_NUMBER,
        Entity::Iban => IBAN,
        Entity::NationalNumber => NATIONAL_ID,
        Entity::OrganisationNumber => ORGANISATION_NUMBER,
        Entity::Ip => IP_ADDRESS,
        Entity::Mac => MAC_ADDRESS,
        Entity::Url => words::URL,
        Entity::Vin => VIN,
        Entity::Imei => IMEI,
        Entity::LicencePlate => LICENCE_PLATE,
        Entity::Wallet => WALLET,
        Entity::Coordinates => COORDINATES,
        Entity::Credential => SECRET,
        Entity::Password | Entity::PasswordHash => PASSWORD,
        Entity::Username => USER_NAME,
        Entity::Bic => return None,
    })
}

/// Whether the header names something whose names may look like a person's.
fn of_a_thing(column: &ColumnProfile) -> bool {
    column.speaks(NO_PERSONS)
}

/// Names of persons, and streets, by what the lists know of most values.
fn by_names(column: &ColumnProfile) -> Option<Verdict> {
    let share = |count| column.share(count);
    if column.kind != ColumnKind::Text || column.values < 3 {
        return None;
    }
    if share(column.streets) >= 0.5 {
        return Verdict::certain(STREET, "most values are a street and a house number");
    }
    if share(column.streets) >= 0.2 && share(column.streets + column.maybe_streets) >= 0.7 {
        return Verdict::possible(STREET, "most values may be a street and a house number");
    }
    let thing = of_a_thing(column);
    let (sure, likely) = (share(column.full_names), share(column.full_names + column.maybe_names));
    if sure >= 0.6 && !thing {
        return Verdict::certain(FULL_NAME, "most values are a given name and a family name");
    }
    if (sure >= 0.35 && likely >= 0.6 || sure >= 0.8) && !thing {
        return Verdict::possible(FULL_NAME, "many values are a given name and a family name");
    }
    if share(column.eastern) >= 0.85 && column.distinct() >= 4 && !thing {
        return Verdict::possible(FULL_NAME, "most values are names by their writing");
    }
    let places = share(column.cities + column.countries + column.states) > 0.2;
    let varied = column.distinct() >= 4;
    if share(column.given) >= 0.7 && share(column.name_words) >= 0.5 && varied && !thing && !places {
        return Verdict::possible(FIRST_NAME, "most values are given names");
    }
    if share(column.family) >= 0.8 && varied && !thing && !places && share(column.spaced) < 0.3 {
        return Verdict::possible(LAST_NAME, "most values are family names");
    }
    None
}

/// Free text that holds something among other words.
fn inside(column: &ColumnProfile) -> Option<Verdict> {
    let told = |wanted| column.found(wanted).1 > 0;
    let direct = [Entity::Email, Entity::Iban, Entity::Card, Entity::NationalNumber, Entity::Phone, Entity::Credential];
    let spaced = column.share(column.spaced) > 0.3;
    if spaced && direct.into_iter().any(told) {
        return Verdict::possible(NOTES, "text, and some of it holds what names a person");
    }
    None
}

/// The key of something, by its header or by its form.
fn key(column: &ColumnProfile) -> Option<Verdict> {
    if !matches!(column.kind, ColumnKind::Text | ColumnKind::Whole) {
        return None;
    }
    if column.share(column.uuids) > 0.9 {
        return Verdict::certain(IDENTIFIER, "the values are UUIDs");
    }
    let distinct = column.distinct() as f64 / column.values.max(1) as f64;
    let short = column.share(column.spaced) < 0.2 && column.longest <= 64;
    let last = words::split(&column.header).pop().unwrap_or_default();
    let named = KEYS.contains(&last.as_str());
    let dated = column.share(column.any_dates) > 0.8 && column.most_digits == 0;
    if named
        && short
        && !dated
        && (distinct > 0.5 || column.distinct() > 50)
        && column.share(column.numbers) - column.share(column.wholes) < 0.1
    {
        return Verdict::possible(IDENTIFIER, "the header says that it is a key");
    }
    None
}

/// What columns say about each other.
fn neighbours(columns: &[ColumnProfile], verdicts: &mut [Option<Verdict>]) {
    let entity = |verdicts: &[Option<Verdict>], place: usize| {
        verdicts.get(place).copied().flatten().map(|verdict| verdict.entity)
    };
    let of_persons = is_of_persons(verdicts);
    for (place, column) in columns.iter().enumerate() {
        let beside = |wanted: fn(&str) -> bool| {
            [place.checked_sub(1), Some(place + 1)]
                .into_iter()
                .flatten()
                .any(|other| entity(verdicts, other).is_some_and(wanted))
        };
        let share = |count| column.share(count);
        let new = match entity(verdicts, place) {
            Some(FIRST_NAME) if column.said.is_none() && beside(|other| other == LAST_NAME) => {
                Verdict::certain(FIRST_NAME, "given names beside family names")
            }
            Some(LAST_NAME) if column.said.is_none() && beside(|other| other == FIRST_NAME) => {
                Verdict::certain(LAST_NAME, "family names beside given names")
            }
            None if column.kind == ColumnKind::Text && !of_a_thing(column) && column.values >= 3 => {
                let worded = share(column.lettered) > 0.9 && share(column.digited) < 0.1 && column.distinct() >= 4;
                if worded && beside(|other| other == LAST_NAME) && share(column.given) >= 0.4 {
                    Verdict::possible(FIRST_NAME, "given names beside family names")
                } else if worded && beside(|other| other == FIRST_NAME) && share(column.family) >= 0.4 {
                    Verdict::possible(LAST_NAME, "family names beside given names")
                } else if of_persons && worded && is_bare_name(column) {
                    Verdict::possible(FULL_NAME, "a name in a table of persons")
                } else if of_persons && worded && is_unnamed(column) {
                    among_persons(column)
                } else {
                    None
                }
            }
            _ => None,
        };
        if let (Some(new), Some(slot)) = (new, verdicts.get_mut(place)) {
            *slot = Some(new);
        }
    }
}

/// Whether the header says no more than name, or person, and values look like names.
fn is_bare_name(column: &ColumnProfile) -> bool {
    let said = column.said.is_some_and(|said| said.entity == FULL_NAME);
    said && column.share(column.full_names + column.maybe_names) > 0.15 && column.share(column.spaced) > 0.6
}

/// Whether the header is a number, or a letter or two with one: `column_4`, `c4`, `x`.
fn is_unnamed(column: &ColumnProfile) -> bool {
    let name = column.header.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['_', ' ']);
    matches!(name.to_ascii_lowercase().as_str(), "column" | "col" | "field" | "f" | "c" | "x" | "v" | "")
}

/// What words under no header are in a table of persons.
fn among_persons(column: &ColumnProfile) -> Option<Verdict> {
    let share = |count| column.share(count);
    let places = share(column.cities + column.countries + column.states);
    let single = share(column.spaced) < 0.3;
    if share(column.full_names + column.maybe_names) >= 0.6 {
        return Verdict::possible(FULL_NAME, "names in a table of persons");
    }
    if single && share(column.given) >= 0.5 && column.given > column.family && places < 0.3 {
        return Verdict::possible(FIRST_NAME, "given names in a table of persons");
    }
    if single && share(column.family) >= 0.5 && places < 0.3 {
        return Verdict::possible(LAST_NAME, "family names in a table of persons");
    }
    None
}

/// Whether the table is about persons: some column names one for certain.
fn is_of_persons(verdicts: &[Option<Verdict>]) -> bool {
    let tells = |verdict: &Verdict| {
        verdict.grade == Grade::Certain
            && matches!(
                verdict.entity,
                FIRST_NAME
                    | LAST_NAME
                    | EMAIL
                    | NATIONAL_ID
                    | DATE_OF_BIRTH
                    | GENDER
                    | AGE
                    | PERSON_ID
                    | PASSPORT
                    | SALARY
                    | MARITAL_STATUS
                    | HEALTH
                    | USER_NAME
                    | FULL_NAME
            )
    };
    verdicts.iter().flatten().any(tells)
}

impl Harmless {
    /// Why it is harmless, in one line.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Measure => "measures, which are nobody's name or number",
            Self::Flag => "yes or no",
            Self::Timestamp => "moments, and none of birth",
            Self::Enumeration => "a few words that many rows share",
            Self::Empty => "no values",
        }
    }
}
