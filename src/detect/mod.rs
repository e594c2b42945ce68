//! What personal data looks like, and where it is in a text.
//!
//! A [`Detector`] knows one kind of personal or secret data: its shape, its checksum, the headers and words that go
//! with it. [`DETECTORS`] is all of them, in order; a [`Scanner`] runs them over cells and free text alike:
//!
//! ```text
//! text --Survey--> which bytes there are, and the runs of letters and digits     one pass, for all detectors
//!      --Needs---> detectors that have something to look at                      a few comparisons each
//!      --find----> candidates: a range and how far its own shape convinces       validators, on the bytes
//!      --Hint----> the column's header agrees?  words nearby agree?              only for candidates
//!      ----------> hits, none overlapping another                                in the order of the text
//! ```
//!
//! A hit is [`Certain`](Grade::Certain) only where chance is no explanation: a strong checksum, a shape that nothing
//! else has, or a weak one together with a header or a word that says the same. All else is
//! [`Possible`](Grade::Possible), and carries the odds that a random value of its shape passes, so that who sees a
//! whole column can decide. Nothing here reads a file, a clock or the environment.

mod bic;
pub mod birth;
mod candidate;
mod card;
pub mod checksum;
pub mod column;
mod coordinates;
mod email;
mod entity;
mod fold;
mod hint;
mod hit;
mod iban;
mod imei;
mod ip;
mod login;
mod mac;
pub mod national;
mod numbers;
mod overlap;
mod people;
pub mod person;
pub mod phone;
pub mod place;
mod plate;
mod scanner;
mod secret;
mod strength;
mod text;
mod tld;
mod url;
mod vin;
mod wallet;
pub mod words;

#[cfg(test)]
mod tests;

pub use candidate::{Candidate, Evidence, Sink};
pub use column::{
    Classification, ColumnKind, ColumnProfile, Harmless, IdentityForm, class_of, classify as classify_columns,
};
pub use entity::{Class, Entity};
pub(crate) use hint::names_kind;
pub use hint::{Cue, Hint};
pub use hit::{Grade, Hit};
pub use scanner::{Found, ScanOptions, Scanner};
pub use strength::Strength;
pub use text::{Needs, Run, Survey, Text};

/// What finds one kind of personal or secret data. Implementations are pure: same text, same candidates.
pub trait Detector: Sync {
    /// Its name, in kebab case.
    fn name(&self) -> &'static str;
    /// What it finds.
    fn entity(&self) -> Entity;
    /// What it looks for and how it makes sure, in one line without a full stop.
    fn summary(&self) -> &'static str;
    /// A value that it finds.
    fn example(&self) -> &'static str;
    /// What columns of it are called: words in lower case, parted by blanks.
    fn headers(&self) -> &'static [&'static str];
    /// What is said near it in a text: words or phrases in lower case.
    fn words(&self) -> &'static [&'static str];
    /// What a text must have to be worth a look.
    fn needs(&self) -> Needs;
    /// Tells `found` of every candidate in the text.
    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>);

    /// What candidates of one of its kinds are.
    fn entity_of(&self, _kind: usize) -> Entity {
        self.entity()
    }

    /// Whether it takes whatever is in a column of the right name: then the name has to be just that.
    fn takes_anything(&self) -> bool {
        false
    }

    /// The kinds that it tells apart, each with its own headers and words. A candidate names its kind by its place
    /// here. Most detectors know one.
    fn kinds(&self) -> Vec<Cue> {
        vec![Cue { name: self.name(), headers: self.headers(), words: self.words() }]
    }
}

/// Every detector there is, in the order in which they are shown; of two that find the same range with the same
/// strength, the earlier wins.
pub const DETECTORS: &[&dyn Detector] = &[
    &email::Email,
    &people::Telephone,
    &card::Card,
    &iban::Iban,
    &numbers::Numbers,
    &bic::Bic,
    &ip::Ip,
    &mac::Mac,
    &url::Url,
    &url::UrlCredentials,
    &vin::Vin,
    &imei::Imei,
    &plate::LicencePlate,
    &wallet::Wallet,
    &coordinates::Coordinates,
    &secret::Token,
    &secret::PrivateKey,
    &secret::PasswordHash,
    &login::Password,
    &login::Username,
    &people::PersonName,
    &people::Address,
    &people::Postcode,
    &people::BirthDate,
];

/// The detector with this name.
pub fn detector(name: &str) -> Option<&'static dyn Detector> {
    DETECTORS.iter().copied().find(|detector| detector.name() == name)
}
