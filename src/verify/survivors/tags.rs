//! Values as tags: what a keyed function makes of them, which tells nothing without the key.

use crate::key::{Keyring, Prf, Purpose, Tag};

/// The bytes of a tag that are kept. Of 96 bits, so that among a billion values not one look-up in 10^19 finds by chance
/// what is not there.
pub(super) const TAG_BYTES: usize = 12;

/// A tag, cut to what is kept of it.
pub(super) type ShortTag = [u8; TAG_BYTES];

/// Makes tags of values, of the first words of values, and of a filter as a whole.
pub(super) struct Tagger {
    values: Prf,
    starts: Prf,
    seal: Prf,
}

impl Tagger {
    pub(super) fn new(keys: &Keyring) -> Self {
        let prf = |context| keys.prf(Purpose::Survivors, context);
        Self { values: prf("value"), starts: prf("first word"), seal: prf("seal") }
    }

    /// The tag of a value: of its letters and digits end to end.
    pub(super) fn value(&self, value: &str) -> ShortTag {
        cut(self.values.tag(value.as_bytes()))
    }

    /// The tag of a word with which a value begins.
    pub(super) fn start(&self, word: &str) -> ShortTag {
        cut(self.starts.tag(word.as_bytes()))
    }

    /// What proves that a filter with this digest was made with the key.
    pub(super) fn seal(&self, digest: &blake3::Hash) -> Tag {
        self.seal.tag(digest.as_bytes())
    }
}

fn cut(tag: Tag) -> ShortTag {
    let mut short = [0; TAG_BYTES];
    short.iter_mut().zip(tag).for_each(|(short, byte)| *short = byte);
    short
}

/// A tag as the hash that a filter goes by.
pub(super) fn hash_of_tag(tag: &ShortTag) -> u64 {
    tag.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// A tag and what is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) tag: ShortTag,
    pub(super) label: Label,
    /// In how many cells it stands.
    pub(super) count: u32,
}

/// What a tag is of: with the top bit set, a first word, and which numbers of words values have that begin with it;
/// otherwise a value, of a column and a nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label(pub(super) u32);

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labelled {
    Start { lengths: u16 },
    Value { column: usize, nature: u32 },
}

impl Label {
    const START: u32 = 1 << 31;
    const NATURE_BITS: u32 = 3;

    pub(super) fn of_start(lengths: u16) -> Self {
        Self(Self::START | u32::from(lengths))
    }

    pub(super) fn of_value(column: usize, nature: u32) -> Self {
        Self((column as u32) << Self::NATURE_BITS & !Self::START | nature)
    }

    pub(super) fn read(self) -> Labelled {
        if self.0 & Self::START != 0 {
            return Labelled::Start { lengths: self.0 as u16 };
        }
        let nature = self.0 & ((1 << Self::NATURE_BITS) - 1);
        Labelled::Value { column: (self.0 >> Self::NATURE_BITS) as usize, nature }
    }

    /// The label of what both are labels of: of a value, the first column and the first nature.
    fn join(self, other: Self) -> Self {
        match (self.read(), other.read()) {
            (Labelled::Value { column, nature }, Labelled::Value { column: other, nature: another }) => {
                Self::of_value(column.min(other), nature.min(another))
            }
            _ => Self(self.0 | other.0),
        }
    }
}

impl Entry {
    /// The bytes of an entry that waits to be merged.
    pub(super) const BYTES: usize = TAG_BYTES + 8;

    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let parts = self.tag.into_iter().chain(self.label.0.to_le_bytes()).chain(self.count.to_le_bytes());
        bytes.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
        bytes
    }

    pub(super) fn of_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let [tag @ .., l0, l1, l2, l3, c0, c1, c2, c3] = *bytes;
        Self { tag, label: Label(u32::from_le_bytes([l0, l1, l2, l3])), count: u32::from_le_bytes([c0, c1, c2, c3]) }
    }

    /// Takes in another entry of the same tag.
    pub(super) fn join(&mut self, other: &Self) {
        self.label = self.label.join(other.label);
        self.count = self.count.saturating_add(other.count);
    }
}
