//! Whose name it is to be, by what another column says.

use arrow::array::{Array, StringViewArray};

use crate::error::{Error, Result};
use crate::transform::text::{as_text, text};
use crate::transform::{Complaint, Params, Rows, Section, Span, Value};

/// Which of a locale's two lists of first names is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    Man,
    Woman,
}

impl Sex {
    /// The place of the list among those for everybody, for men and for women.
    #[inline]
    pub(super) fn place(sex: Option<Self>) -> usize {
        match sex {
            None => 0,
            Some(Self::Man) => 1,
            Some(Self::Woman) => 2,
        }
    }
}

/// The column that says it, and the values that mean a man or a woman. With any other value, and without one, names are
/// taken from the list for everybody.
#[derive(Debug, Clone)]
pub(super) struct Gender {
    pub(super) column: String,
    male: Vec<String>,
    female: Vec<String>,
    /// Whether the words are the locale's, which are read in capitals too.
    any_case: bool,
}

impl Gender {
    /// Reads `gender`, a column's name or a table of one with its values; `usual` are the words for men and for women
    /// where the rule has none.
    pub(super) fn take(params: &mut Params<'_>, usual: [&[&str]; 2]) -> Option<(Span, Self)> {
        let (span, value) = params.take("gender")?;
        let by_usual_words = |column| {
            let [male, female] = usual;
            let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            Self { column, male: owned(male), female: owned(female), any_case: true }
        };
        let fields = match value {
            Value::Text(column) => return Some((span, by_usual_words(column))),
            Value::Table(fields) => fields,
            other => {
                let message = format!("`gender` takes a column or a table, and this is {}", other.kind());
                params.complain(Complaint::new(span, message).help("write `gender = \"column\"`"));
                return None;
            }
        };
        let mut section = Section::new(span.clone(), fields);
        let column = section.text("column");
        let (male, female) = (section.texts("male"), section.texts("female"));
        if column.is_none() && !section.has("column") {
            section.missing("`gender` needs a column", "write `column = \"…\"`, the name of the column that says it");
        }
        if male.is_empty() != female.is_empty() {
            section.missing("`male` and `female` go together", "write both lists, or none for the usual words");
        }
        if let Some((place, _)) = female.iter().find(|(_, word)| male.iter().any(|(_, other)| other == word)) {
            section.complain(Complaint::new(place.clone(), "one value can't mean both"));
        }
        section.finish().into_iter().for_each(|complaint| params.complain(complaint));
        let (_, column) = column?;
        if male.is_empty() {
            return Some((span, by_usual_words(column)));
        }
        let [male, female] = [male, female].map(|words| words.into_iter().map(|(_, word)| word).collect());
        Some((span, Self { column, male, female, any_case: false }))
    }

    /// What the column says of the rows of a batch.
    ///
    /// # Errors
    /// Internal, if the plan has not given the column.
    pub(super) fn of(&self, rows: &Rows<'_>) -> Result<Sexes<'_>> {
        let column = rows.original(&self.column);
        let column = column.ok_or_else(|| Error::internal("a fake was not given the column that says the gender"))?;
        Ok(Sexes { gender: self, said: text(&as_text(column)?)?.clone() })
    }

    fn read(&self, said: &str) -> Option<Sex> {
        let any_case = self.any_case;
        let is = |word: &String| word == said || any_case && word.eq_ignore_ascii_case(said);
        match (self.male.iter().any(is), self.female.iter().any(is)) {
            (true, _) => Some(Sex::Man),
            (_, true) => Some(Sex::Woman),
            _ => None,
        }
    }
}

/// A batch's column of genders.
pub(super) struct Sexes<'g> {
    gender: &'g Gender,
    said: StringViewArray,
}

impl Sexes<'_> {
    #[inline]
    pub(super) fn at(&self, row: usize) -> Option<Sex> {
        if self.said.is_valid(row) { self.gender.read(self.said.value(row)) } else { None }
    }
}
