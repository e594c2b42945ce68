//! How a fake is made of a value: the hash, what is drawn from it, and the two loops over a column.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StringViewArray};

use super::gender::{Gender, Sex};
use crate::error::Result;
use crate::key::{Prf, Purpose, Tag};
use crate::transform::memo::{self, Memos};
use crate::transform::text::text;
use crate::transform::{Rewritten, Rows, Site, Transform};
use crate::unchecked::{TextBuilder, Words};

/// What makes the fakes of one kind in one locale.
pub(super) enum Maker {
    /// One of a list of at least two different words.
    Picked(Vec<&'static str>),
    /// A value put together from parts.
    Composed(Box<dyn Compose>),
}

impl Maker {
    pub(super) fn composed(parts: impl Compose + 'static) -> Self {
        Self::Composed(Box::new(parts))
    }
}

/// Puts values together.
pub(super) trait Compose: Send + Sync {
    /// Appends the value that `draw` decides, and nothing else. Exactly one part is taken by [`Draw::turned`], and
    /// values that differ in that part differ.
    fn compose(&self, draw: &Draw, value: &mut String);

    /// How many values the part that is taken by [`Draw::turned`] has. From [`super::unique::LEAST`] on, values that
    /// differ in that part differ whatever the other parts are: `unique` relies on it.
    fn turns(&self) -> u64;
}

/// A tag as four independent words, each for one part of a value, and what else decides a value.
#[derive(Clone, Copy)]
pub(super) struct Draw<'v> {
    words: [u64; 4],
    turn: u64,
    place: Option<u64>,
    sex: Option<Sex>,
    source: Option<&'v str>,
}

/// Which word of a tag decides a part.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    First,
    Second,
    Third,
    Fourth,
}

impl<'v> Draw<'v> {
    pub(super) fn new(tag: &Tag) -> Self {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(tag.as_chunks::<8>().0) {
            *word = u64::from_be_bytes(*bytes);
        }
        Self { words, turn: 0, place: None, sex: None, source: None }
    }

    /// A draw for a source value, of which a text takes the length.
    pub(super) fn of(tag: &Tag, value: &'v str) -> Self {
        Self { source: Some(value), ..Self::new(tag) }
    }

    /// A draw for a person of this sex.
    pub(super) fn facing(self, sex: Option<Sex>) -> Self {
        Self { sex, ..self }
    }

    /// A draw whose turned part is given and not drawn.
    pub(super) fn at(self, place: u64) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The draw after this one, in case that what this one gave is the value it was to hide.
    pub(super) fn next(self) -> Self {
        Self { turn: self.turn + 1, ..self }
    }

    /// A number below `count`. Two parts of one value must not be taken from one word, or they go together.
    #[inline]
    pub(super) fn below(&self, word: Word, count: u64) -> u64 {
        below(self.words[word as usize], count)
    }

    /// A number below `count` that is another one in the [next](Self::next) draw, if there are two.
    #[inline]
    pub(super) fn turned(&self, word: Word, count: u64) -> u64 {
        let place = self.place.unwrap_or_else(|| self.below(word, count));
        place.saturating_add(self.turn).checked_rem(count).unwrap_or_default()
    }

    /// The sex of the person, where it is known.
    pub(super) fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The length of the source value in characters, if there is one.
    pub(super) fn length(&self) -> Option<usize> {
        self.source.map(|source| source.chars().count())
    }

    /// A word of the tag as it is, for what needs more than four.
    pub(super) fn word(&self, word: Word) -> u64 {
        self.words[word as usize]
    }

    /// One of a list; the empty text if the list is empty.
    #[inline]
    pub(super) fn one<'l, T: AsRef<str>>(&self, word: Word, list: &'l [T]) -> &'l str {
        list.get(self.below(word, list.len() as u64) as usize).map_or("", AsRef::as_ref)
    }
}

/// Scales 64 random bits to a number below `count`: no number is favoured by more than `count` in 2^64.
#[inline]
fn below(word: u64, count: u64) -> u64 {
    ((u128::from(word) * u128::from(count)) >> 64) as u64
}

/// What values are hashed with, and what nulls are where they are to be filled.
pub(super) struct Keys {
    pub(super) values: Prf,
    nulls: Option<Nulls>,
}

/// A null has no value that could be hashed: its column and its row stand in, under a key of their own.
struct Nulls {
    prf: Prf,
    column: Vec<u8>,
}

impl Keys {
    pub(super) fn new(site: &Site<'_>, context: &str) -> Self {
        let nulls = site.fill_nulls.then(|| Nulls {
            prf: site.keys.prf(Purpose::Fake, &format!("{context} null")),
            column: [site.table.as_bytes(), b"\0", site.column.as_bytes(), b"\0"].concat(),
        });
        Self { values: site.keys.prf(Purpose::Fake, context), nulls }
    }
}

impl Keys {
    /// The draw for a null in a row, if nulls are to be filled.
    pub(super) fn null(&self, row: u64) -> Option<Draw<'static>> {
        self.nulls.as_ref().map(|nulls| nulls.draw(row))
    }
}

impl Nulls {
    fn draw(&self, row: u64) -> Draw<'static> {
        Draw::new(&self.prf.tag(&[&self.column[..], &row.to_be_bytes()].concat()))
    }
}

/// Tags of the values of a column in turn. Two at once cost little more than one, so that the next value's is made with
/// one's own.
struct Ahead<'c> {
    prf: &'c Prf,
    source: &'c StringViewArray,
    /// The place of a value and its tag.
    made: Option<(usize, Tag)>,
}

impl<'c> Ahead<'c> {
    fn new(prf: &'c Prf, source: &'c StringViewArray) -> Self {
        Self { prf, source, made: None }
    }

    /// The tag of the value at `index`. Where `further` says so, the one of the value after it will be asked for too.
    #[inline]
    fn tag(&mut self, index: usize, further: impl FnOnce(usize) -> bool) -> Tag {
        if let Some((_, tag)) = self.made.take().filter(|(place, _)| *place == index) {
            return tag;
        }
        let value = self.source.value(index).as_bytes();
        let next = index + 1;
        if next == self.source.len() || self.source.is_null(next) || !further(next) {
            return self.prf.tag(value);
        }
        let [tag, after] = self.prf.tags([value, self.source.value(next).as_bytes()]);
        self.made = Some((next, after));
        tag
    }
}

/// The kernel of kinds that are a word of a list: the output points to the list, and words of values that come again
/// are remembered.
pub(in crate::transform) struct Picked {
    /// Words for everybody, for men and for women, one list after the other.
    list: Vec<&'static str>,
    /// Where each of the three begins, and how many words it has.
    parts: [(u32, u32); 3],
    words: Words,
    keys: Keys,
    gender: Option<Gender>,
    memos: Memos<[u32; 3]>,
}

impl Picked {
    pub(super) fn new(list: Vec<&'static str>, keys: Keys) -> Self {
        let words = Words::new(list.iter().copied());
        Self { parts: [(0, words.len() as u32); 3], words, list, keys, gender: None, memos: Memos::new() }
    }

    /// Words by the gender of whom they are for. Each list has two words at least.
    pub(super) fn gendered(lists: [Vec<&'static str>; 3], gender: Gender, keys: Keys) -> Self {
        let mut begin = 0;
        let parts = [0, 1, 2].map(|part| {
            let part = (begin, lists.get::<usize>(part).map_or(0, Vec::len) as u32);
            begin += part.1;
            part
        });
        Self { parts, gender: Some(gender), ..Self::new(lists.concat(), keys) }
    }

    /// The value's fake, for whomever.
    pub(super) fn one(&self, value: &str) -> &'static str {
        let [everybody, ..] = self.pick(value, &self.keys.values.tag(value.as_bytes()));
        self.list.get(everybody as usize).copied().unwrap_or_default()
    }

    /// The places of the value's fake in each part of the list: never the value itself.
    #[inline]
    fn pick(&self, value: &str, tag: &Tag) -> [u32; 3] {
        let draw = Draw::new(tag);
        let part = |(begin, count): (u32, u32)| {
            let chosen = draw.below(Word::First, u64::from(count)) as u32;
            let itself = self.list.get((begin + chosen) as usize).is_some_and(|word| *word == value);
            begin + if itself { (chosen + 1).checked_rem(count).unwrap_or_default() } else { chosen }
        };
        match &self.gender {
            Some(_) => self.parts.map(part),
            None => [part(self.parts[0]); 3],
        }
    }
}

impl Transform for Picked {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let source = text(values)?;
        let mut builder = self.words.builder(source.len());
        let sexes = self.gender.as_ref().map(|gender| gender.of(rows)).transpose()?;
        let part = |index| Sex::place(sexes.as_ref().and_then(|sexes| sexes.at(rows.row(index))));
        let mut ahead = Ahead::new(&self.keys.values, source);
        let unknown = |index| source.views().get::<usize>(index).is_some_and(|view| !memo::remembers(*view));
        self.memos.lend(|memo| {
            for (index, view) in source.views().iter().enumerate() {
                if source.is_valid(index) {
                    let places = memo.recall(*view, || self.pick(source.value(index), &ahead.tag(index, unknown)));
                    builder.push_word(&self.words, places[part(index)] as usize);
                } else if let Some(nulls) = &self.keys.nulls {
                    let (begin, count) = self.parts[part(index)];
                    let place = nulls.draw(rows.number(index)).below(Word::First, u64::from(count));
                    builder.push_word(&self.words, begin as usize + place as usize);
                } else {
                    builder.push_null();
                }
            }
        });
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}

/// The kernel of kinds that are put together.
pub(in crate::transform) struct Composed {
    parts: Box<dyn Compose>,
    gender: Option<Gender>,
    keys: Keys,
}

impl Composed {
    pub(super) fn new(parts: Box<dyn Compose>, gender: Option<Gender>, keys: Keys) -> Self {
        Self { parts, gender, keys }
    }

    /// Makes the value's fake in `fake`: never the value itself.
    pub(super) fn make(&self, value: &str, sex: Option<Sex>, fake: &mut String) {
        self.of(&self.keys.values.tag(value.as_bytes()), value, sex, fake);
    }

    /// Makes the fake of the value that has this tag.
    #[inline]
    fn of(&self, tag: &Tag, value: &str, sex: Option<Sex>, fake: &mut String) {
        fake.clear();
        let draw = Draw::of(tag, value).facing(sex);
        self.parts.compose(&draw, fake);
        if fake == value {
            fake.clear();
            self.parts.compose(&draw.next(), fake);
        }
    }
}

impl Transform for Composed {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let source = text(values)?;
        let mut builder = TextBuilder::new(source.len());
        let mut fake = String::new();
        let sexes = self.gender.as_ref().map(|gender| gender.of(rows)).transpose()?;
        let sex = |index| sexes.as_ref().and_then(|sexes| sexes.at(rows.row(index)));
        let mut ahead = Ahead::new(&self.keys.values, source);
        for (index, value) in source.iter().enumerate() {
            match (value, &self.keys.nulls) {
                (Some(value), _) => self.of(&ahead.tag(index, |_| true), value, sex(index), &mut fake),
                (None, Some(nulls)) => {
                    fake.clear();
                    self.parts.compose(&nulls.draw(rows.number(index)).facing(sex(index)), &mut fake);
                }
                (None, None) => {
                    builder.push_null();
                    continue;
                }
            }
            builder.push(&fake);
        }
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{AsArray, StringViewArray};
    use arrow::datatypes::DataType;

    use super::*;
    use crate::key::{Key, Keyring, Suite};
    use crate::transform::Columns;

    const LIST: [&str; 5] = ["Ana", "Bo", "", "Maximiliana-Theodora", "Wilhelmina-Florentine"];

    fn picked(fill_nulls: bool) -> Picked {
        let keys = Keyring::new(Key::from_bytes([3; 32]), Suite::Sha256);
        let site = Site {
            table: "people",
            column: "name",
            data_type: &DataType::Utf8View,
            subject: None,
            fill_nulls,
            keys: &keys,
        };
        Picked::new(LIST.to_vec(), Keys::new(&site, "name/xx"))
    }

    #[test]
    fn every_number_below_a_count_is_drawn_and_none_above() {
        for count in [1, 2, 3, 10, 1 << 40] {
            assert_eq!((below(0, count), below(u64::MAX, count)), (0, count - 1));
        }
        assert_eq!(below(1 << 63, 3), 1);
        assert_eq!(below(u64::MAX, 0), 0);
    }

    #[test]
    fn the_words_of_a_tag_are_its_bytes_in_order_and_a_turn_moves_on() {
        let mut tag = [0; 32];
        (tag[0], tag[8], tag[24]) = (0x80, 0x40, 0xff);
        let draw = Draw::new(&tag);
        let drawn = [Word::First, Word::Second, Word::Third, Word::Fourth].map(|word| draw.below(word, 4));
        assert_eq!(drawn, [2, 1, 0, 3]);
        assert_eq!((draw.turned(Word::Fourth, 4), draw.turned(Word::Fourth, 0)), (3, 0));
        assert_eq!(draw.one::<&str>(Word::First, &[]), "");
        let next = draw.next();
        assert_eq!((next.turned(Word::Fourth, 4), next.turned(Word::First, 4), next.below(Word::First, 4)), (0, 3, 2));
    }

    #[test]
    fn a_word_is_never_its_own_fake_and_memory_changes_nothing() {
        let kernel = picked(false);
        let mut values: Vec<Option<String>> = LIST.iter().map(|word| Some((*word).to_owned())).collect();
        values.extend((0..500).map(|i| (i % 7 != 0).then(|| format!("value {}", i % 60))));
        values.extend(values.clone());
        let column: ArrayRef = Arc::new(values.iter().map(Option::as_deref).collect::<StringViewArray>());
        let none = Columns::new();
        let apply = |column: &ArrayRef| {
            let fakes = kernel.apply(column, &Rows::new(0, None, &none, &none)).unwrap().values;
            fakes.as_string_view().iter().map(|fake| fake.map(str::to_owned)).collect::<Vec<_>>()
        };
        let fakes = apply(&column);
        for (value, fake) in values.iter().zip(&fakes) {
            let without_memory = value.as_ref().map(|value| kernel.one(value));
            assert_eq!(fake.as_deref(), without_memory);
            assert!(fake.is_none() || fake != value);
        }
        let cut: Vec<_> = [(0, 3), (3, 500), (503, column.len() - 503)]
            .into_iter()
            .flat_map(|(start, length)| apply(&column.slice(start, length)))
            .collect();
        assert_eq!(cut, fakes);
    }

    struct EitherLetter;

    impl Compose for EitherLetter {
        fn compose(&self, draw: &Draw, value: &mut String) {
            value.push(if draw.turned(Word::First, 2) == 0 { 'a' } else { 'b' });
        }

        fn turns(&self) -> u64 {
            2
        }
    }

    #[test]
    fn a_value_put_together_is_never_its_own_source() {
        for key in 0..8 {
            let prf = Keyring::new(Key::from_bytes([key; 32]), Suite::Blake3).prf(Purpose::Fake, "letter/xx");
            let kernel = Composed::new(Box::new(EitherLetter), None, Keys { values: prf, nulls: None });
            let mut fake = String::from("left from before");
            for (value, other) in [("a", "b"), ("b", "a")] {
                kernel.make(value, None, &mut fake);
                assert_eq!(fake, other);
            }
        }
    }

    #[test]
    fn nulls_are_filled_by_row_and_not_by_batch() {
        let kernel = picked(true);
        let none = Columns::new();
        let nulls: ArrayRef = Arc::new(StringViewArray::new_null(64));
        let fill = |first, nulls: &ArrayRef| {
            let filled = kernel.apply(nulls, &Rows::new(first, None, &none, &none)).unwrap().values;
            filled.as_string_view().iter().map(|fake| fake.unwrap().to_owned()).collect::<Vec<_>>()
        };
        let whole = fill(1000, &nulls);
        assert_eq!([fill(1000, &nulls.slice(0, 20)), fill(1020, &nulls.slice(20, 44))].concat(), whole);
        assert!(LIST.iter().all(|word| whole.iter().any(|fake| fake == word)));
    }
}
