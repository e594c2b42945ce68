//! `redact`: personal data inside free text is taken out, and the row's own identifiers with it.
//!
//! Two searches over each text: the detectors of [`crate::detect`], which know shapes and checksums ([`kind`]), and one
//! for the values of the row's other columns, however they are written ([`own`], [`fold`]). What they find is joined
//! ([`kernel`]) and something stands in for it ([`stand_in`]); then the row's values are looked for once more.

mod fold;
mod kernel;
mod kind;
mod own;
mod stand_in;

use super::fake::{Locale, locales};
use super::{
    Bound, Complaint, Example, Facts, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind,
    Value, Weakness, is_text, nearest,
};
use crate::detect::{Entity, Grade, Hint, ScanOptions, Scanner};
use kernel::Redactor;
use stand_in::{StandIn, With};

pub(super) struct Redact;

const PROPERTIES: Properties = Properties {
    deterministic: false,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: false,
    always_differs: false,
    leaks: "the text itself but for what is found: names of other persons that are in no list, places, nicknames, what \
            somebody did and when; what is called how and how often; with `token`, which values are equal",
};

impl TransformKind for Redact {
    fn name(&self) -> &'static str {
        "redact"
    }

    fn summary(&self) -> &'static str {
        "personal data inside free text is replaced, as far as it is found, and the row's own identifiers with it"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "find",
                takes: "a list of words",
                what: "what is looked for, by names of kinds: `email`, `phone`, `person_name`, `card`, `iban`, `national_number`, \
                       `organisation_number`, `ip`, `mac`, `url`, `credential`, `password_hash`, `vin`, `imei`, `wallet`, \
                       `coordinates`, `bic`, and, only in a column that is called so, `address`, `postcode`, \
                       `birth_date`, `licence_plate`, `password`, `username`; by default all but `bic`, with names of persons whose given \
                       and family name are in the lists; `[]` for nothing but `also`",
            },
            Parameter {
                name: "grade",
                takes: "`possible` or `certain`",
                what: "how sure it must be: by default what is possible goes too, and with it some order numbers and \
                       words that only look like it; `certain` spares those, and leaves numbers without a checksum and \
                       names that nothing round them explains",
            },
            Parameter {
                name: "also",
                takes: "a list of columns",
                what: "the row's source values of these go wherever they stand in its text: in any case, with or without \
                       accents, numbers of seven digits and more by their digits, names by each word of three letters \
                       too; up to seven characters as whole words, from eight on anywhere; one or two characters are not \
                       looked for (in Chinese, Japanese and Korean, one), but for beside another that was found",
            },
            Parameter {
                name: "local_part",
                takes: "true or false",
                what: "with `also`: what stands before the `@` of an address is looked for as well; not by default",
            },
            Parameter {
                name: "with",
                takes: "a word",
                what: "what stands instead: `tag` (`[EMAIL]`, by default), `token` (`[EMAIL:…]`, the same for the same value \
                       however it is written), `fake` (of `also`, what the row's value has become; of the rest, a fake of its \
                       kind, or the tag where there is none) or `mask` (an asterisk for each letter and digit)",
            },
            Parameter {
                name: "locale",
                takes: "a locale",
                what: "with `fake`: that of the fakes, as `fake` has it; `en_US` by default",
            },
        ]
    }

    fn makes(&self) -> Makes {
        Makes::Rest
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "redact", also = ["first_name"] }"#,
            source: "Zoe's new address is zoe@shop.pt, her phone +41 44 668 18 00",
            result: Some("[NAME]'s new address is [EMAIL], her phone [PHONE]"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let nothing = matches!(params.peek("find"), Some(Value::List(words)) if words.is_empty());
        let find = find(params);
        let grade = params.word("grade", &[("possible", Grade::Possible), ("certain", Grade::Certain)]);
        let mut also: Vec<String> = Vec::new();
        for (span, column) in params.texts("also") {
            if also.contains(&column) {
                params.complain(Complaint::new(span, "this column stands twice"));
            } else {
                also.push(column);
            }
        }
        let local_part = params.boolean("local_part");
        let with = params.word("with", With::ALL).map_or(With::Tag, |(_, with)| with);
        let locale = params.word("locale", &locales());
        if let Some((span, _)) = local_part.as_ref().filter(|_| also.is_empty()) {
            let complaint = Complaint::new(span.clone(), "`local_part` says nothing here");
            params.complain(complaint.help("it goes with `also`, and is for the addresses of its columns"));
        }
        if let Some((span, _)) = locale.as_ref().filter(|_| with != With::Fake) {
            let complaint = Complaint::new(span.clone(), "`locale` says nothing here");
            params.complain(complaint.help("it goes with `with = \"fake\"`"));
        }
        if nothing && also.is_empty() {
            params.missing("`redact` is to look for nothing", "leave `find` out, or name columns in `also`");
        }
        let [(_, default), ..] = locales()[..] else { return None };
        Some(Box::new(RedactRecipe {
            find,
            grade: grade.map_or(Grade::Possible, |(_, grade)| grade),
            also,
            local_part: local_part.is_some_and(|(_, local_part)| local_part),
            with,
            locale: locale.map_or(default, |(_, locale)| locale),
        }))
    }
}

/// Reads what is to be found. A mistake is told at its place.
fn find(params: &mut Params<'_>) -> Vec<Entity> {
    if !params.has("find") {
        params.texts("find");
        return kind::usual();
    }
    let mut entities = Vec::new();
    for (span, word) in params.texts("find") {
        match kind::named(&word) {
            Some(named) => entities.extend(named),
            None => {
                let help = match nearest(&word, kind::words()) {
                    Some(meant) => format!("did you mean \"{meant}\"?"),
                    None => {
                        let words: Vec<_> = kind::words().map(|word| format!("`{word}`")).collect();
                        format!("there are {}", words.join(", "))
                    }
                };
                params.complain(Complaint::new(span, "nothing of this name can be found").help(help));
            }
        }
    }
    entities
}

struct RedactRecipe {
    find: Vec<Entity>,
    grade: Grade,
    also: Vec<String>,
    local_part: bool,
    with: With,
    locale: &'static Locale,
}

impl std::fmt::Debug for RedactRecipe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedactRecipe").field("find", &self.find).field("also", &self.also).finish_non_exhaustive()
    }
}

impl Recipe for RedactRecipe {
    fn properties(&self) -> Properties {
        // With `also`, what becomes of a text depends on its row.
        Properties { deterministic: self.also.is_empty(), ..PROPERTIES }
    }

    fn reads_originals(&self) -> Vec<String> {
        self.also.clone()
    }

    fn reads_outputs(&self) -> Vec<String> {
        if self.with == With::Fake { self.also.clone() } else { Vec::new() }
    }

    fn weaknesses(&self, _: &Facts) -> Vec<Weakness> {
        let mut weaknesses = vec![Weakness::new(
            "free text is searched and not understood: what is not recognised stays, such as names of other persons",
            "replace or drop the text where nobody has to read it",
        )];
        if self.also.is_empty() {
            weaknesses.push(Weakness::new(
                "the row's own names and numbers are not looked for",
                "name the columns that hold them in `also`",
            ));
        }
        if self.grade == Grade::Certain {
            weaknesses.push(Weakness::new(
                "what is only possibly personal stays",
                "leave `grade` out: too much is taken then rather than too little",
            ));
        }
        weaknesses
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("redact", site, "text"));
        }
        let scanner = (!self.find.is_empty())
            .then(|| Scanner::new(&ScanOptions { only: self.find.clone(), ..ScanOptions::default() }));
        let columns = self.also.iter().map(|column| kind::of_column(column)).collect();
        Ok(Bound::same_type(
            site,
            Redactor {
                scanner,
                hint: Hint::of_header(site.column.rsplit('.').next().unwrap_or(site.column)),
                grade: self.grade,
                also: self.also.clone(),
                local_part: self.local_part,
                with: self.with,
                stand_in: StandIn::new(self.with, self.locale, columns, site),
            },
        ))
    }
}

#[cfg(test)]
mod tests;
