use super::words::{self, classify, is_about};
use super::{DETECTORS, Entity};

/// A kind of data with what gives it away: the names of its columns, and the words near it in a text.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    /// The name of the kind.
    pub name: &'static str,
    /// What columns of it are called: words in lower case, parted by blanks.
    pub headers: &'static [&'static str],
    /// What is said near it in a text: words or phrases in lower case.
    pub words: &'static [&'static str],
}

/// A set of kinds, by their places among all kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues([u64; 4]);

impl Cues {
    /// How many kinds there may be.
    #[cfg(test)]
    pub const MOST: usize = 256;

    #[inline]
    pub fn has(&self, cue: usize) -> bool {
        self.0.get(cue / 64).is_some_and(|bits| bits >> (cue % 64) & 1 == 1)
    }

    pub fn add(&mut self, cue: usize) {
        if let Some(bits) = self.0.get_mut(cue / 64) {
            *bits |= 1 << (cue % 64);
        }
    }

    pub fn remove(&mut self, cue: usize) {
        if let Some(bits) = self.0.get_mut(cue / 64) {
            *bits &= !(1 << (cue % 64));
        }
    }

    pub fn add_all(&mut self, others: &Self) {
        self.0.iter_mut().zip(others.0).for_each(|(bits, other)| *bits |= other);
    }

    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }
}

/// What the header of a column says of its values. Made once per column; a column of an unknown name has the default,
/// which says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint(Cues);

impl Hint {
    /// Reads a header, in any of the usual spellings: `card_number`, `CardNumber`, `Card number`, `CARDNUMBER`.
    ///
    /// ```
    /// use bowdler::detect::Hint;
    /// assert_eq!(Hint::of_header("customerEmail").names(), ["email"]);
    /// assert_eq!(Hint::of_header("quantity").names(), [""; 0]);
    /// ```
    pub fn of_header(header: &str) -> Self {
        let heading = Heading::of(header);
        let read = classify(header).map_or("", |read| read.entity);
        let mut hint = Self::default();
        let mut place = 0;
        for detector in DETECTORS {
            for (kind, cue) in detector.kinds().iter().enumerate() {
                if heading.names(cue, detector.takes_anything()) || speaks_of(read, detector.entity_of(kind)) {
                    hint.0.add(place);
                }
                place += 1;
            }
        }
        hint
    }

    /// Reads the path of a leaf: the whole of it, or its last name if that says nothing: `state.name` is no person's. What is in a column of the
    /// right name whatever it looks like takes its name from the whole: `price.pw` is no password.
    pub fn of_path(path: &str) -> Self {
        let whole = Self::of_header(path);
        match path.rsplit_once('.') {
            Some((_, last)) if whole.is_empty() && classify(path).is_none() => {
                let mut hint = Self::of_header(last);
                if is_about(path) {
                    let mut place = 0;
                    for detector in DETECTORS {
                        for _ in detector.kinds() {
                            if detector.takes_anything() {
                                hint.0.remove(place);
                            }
                            place += 1;
                        }
                    }
                }
                hint
            }
            _ => whole,
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the kinds it speaks of, in the order of the detectors.
    pub fn names(&self) -> Vec<&'static str> {
        let kinds = DETECTORS.iter().flat_map(|detector| detector.kinds());
        kinds.enumerate().filter(|(place, _)| self.has(*place)).map(|(_, cue)| cue.name).collect()
    }

    #[inline]
    pub(super) fn has(&self, cue: usize) -> bool {
        self.0.has(cue)
    }
}

/// A header, made ready to be compared with the names of kinds.
struct Heading {
    phrase: String,
    glued: String,
    is_about: bool,
}

impl Heading {
    fn of(header: &str) -> Self {
        let words = words_of(header);
        // `phone_model` and `card_type` name a detector's kind, and are not of it.
        Self { phrase: format!(" {} ", words.join(" ")), glued: words.concat(), is_about: is_about(header) }
    }

    fn names(&self, cue: &Cue, whole: bool) -> bool {
        cue.headers.iter().any(|name| {
            let name = words_of(name);
            let is_part = !whole && !self.is_about && self.phrase.contains(&format!(" {} ", name.join(" ")));
            is_part || self.glued == name.concat()
        })
    }
}

/// Whether the path of a leaf names this kind itself, and not only something that may be one of many kinds: `rut` is
/// one number, `id_number` may be any.
pub(crate) fn names_kind(path: &str, kind: &str) -> bool {
    let headings = [path, path.rsplit('.').next().unwrap_or(path)].map(Heading::of);
    DETECTORS
        .iter()
        .flat_map(|detector| detector.kinds())
        .any(|cue| cue.name == kind && headings.iter().any(|heading| heading.names(&cue, false)))
}

/// Whether what a heading was read as means data of a kind.
fn speaks_of(read: &str, entity: Entity) -> bool {
    match entity {
        Entity::Email => read == words::EMAIL,
        Entity::Phone => read == words::PHONE,
        Entity::PersonName => matches!(read, words::FIRST_NAME | words::LAST_NAME | words::FULL_NAME),
        Entity::Address => read == words::STREET,
        Entity::Postcode => read == words::POSTCODE,
        Entity::BirthDate => read == words::DATE_OF_BIRTH,
        Entity::Card => read == words::CARD_NUMBER,
        Entity::Iban => read == words::IBAN,
        Entity::Bic => read == words::ACCOUNT_NUMBER,
        Entity::NationalNumber => matches!(read, words::NATIONAL_ID | words::TAX_ID),
        Entity::OrganisationNumber => read == words::TAX_ID,
        Entity::Ip => read == words::IP_ADDRESS,
        Entity::Mac => read == words::MAC_ADDRESS,
        Entity::Url => read == words::URL,
        Entity::Vin => read == words::VIN,
        Entity::LicencePlate => read == words::LICENCE_PLATE,
        Entity::Imei => read == words::IMEI,
        Entity::Coordinates => matches!(read, words::LATITUDE | words::LONGITUDE | words::COORDINATES),
        Entity::Password => read == words::PASSWORD,
        Entity::PasswordHash => read == words::PASSWORD,
        Entity::Credential => read == words::SECRET,
        Entity::Username => read == words::USER_NAME,
        Entity::Wallet => false,
    }
}

/// The words of a header, in lower case: parted where no letter or digit is, and where a capital begins.
fn words_of(header: &str) -> Vec<String> {
    let characters: Vec<char> = header.chars().collect();
    let mut words = vec![String::new()];
    for (place, c) in characters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| characters.get(place));
        let after = characters.get(place + 1);
        let begins = c.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || before.is_some_and(|before| before.is_uppercase())
                    && after.is_some_and(|after| after.is_lowercase()));
        if begins || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn headers_are_read_in_any_spelling() {
        for (header, words) in [
            ("card_number", "card number"),
            ("CardNumber", "card number"),
            ("cardNumber", "card number"),
            ("Card Number", "card number"),
            ("CARD-NUMBER", "card number"),
            ("IPAddress", "ip address"),
            ("client.ip", "client ip"),
            ("ADRESSE_MÈL", "adresse mèl"),
            ("sha256Hash", "sha256 hash"),
            ("", ""),
            ("__", ""),
        ] {
            assert_eq!(words_of(header).join(" "), words, "{header}");
        }
    }
}
