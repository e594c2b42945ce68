//! `encrypt`: format-preserving encryption, and the sealing of texts that have no format.

mod alphabet;
mod cut;
mod iban;
mod sealed;
mod strings;
#[cfg(test)]
mod tests;

use alphabet::Alphabet;
use cut::Cut;
use iban::Iban;
use sealed::Sealed;
use strings::Strings;

use super::token::range_of;
use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, Span, TransformKind,
    TypeClass, domain, is_text, nearest,
};
use crate::key::Ff1;

pub(super) struct Encrypt;

/// The alphabet that stands for all characters there are.
const ANY: &str = "any";

/// What to do where there are too few values for encryption: all could be tried.
const TOO_FEW: &str = "keep fewer characters, or make the column coarser instead: `mask`, `generalise` or `drop`";

impl TransformKind for Encrypt {
    fn name(&self) -> &'static str {
        "encrypt"
    }

    fn summary(&self) -> &'static str {
        "characters become others of the same alphabet by format-preserving encryption: unique, and of the same length"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "alphabet",
                takes: "a name, or the characters themselves",
                what: "what is encrypted: \"digits\", \"lower\", \"upper\", \"letters\", \"alphanumeric\", \
                       \"lower_alphanumeric\", \"upper_alphanumeric\", \"hex\", or a text of 2 to 255 distinct characters; \
                       other letters and digits do not conform, and everything else stays in its place and is not \
                       counted. \"any\" seals texts of any kind, as base64url of another length, and needs `reversible`",
            },
            Parameter {
                name: "keep_first",
                takes: "a count of characters of the alphabet",
                what: "how many stay at the start; 0 by default. At least 10^6 values must be left for the rest, such as \
                       6 digits; shorter values do not conform",
            },
            Parameter {
                name: "keep_last",
                takes: "a count of characters of the alphabet",
                what: "how many stay at the end; 0 by default",
            },
            Parameter {
                name: "length",
                takes: "a count of characters of the alphabet",
                what: "how many a value has, so that others do not conform; any by default, up to 76 digits or 42 \
                       alphanumeric characters. A column of integers needs it: they are taken with leading zeros",
            },
            Parameter {
                name: "luhn",
                takes: "true or false",
                what: "whether values are digits with a check digit by Luhn, such as card numbers, and are so again; the \
                       last digit that does not stay is then chosen, not encrypted. False by default",
            },
            Parameter {
                name: "iban",
                takes: "true or false",
                what: "whether values are IBANs and become IBANs of the same country: digits become digits and letters \
                       letters, without regard to national check digits inside. False by default",
            },
            Parameter {
                name: "domain",
                takes: "a name from [domains]",
                what: "whose key it is: columns with the same domain and parameters have the same result for the same \
                       value. Without it the column has a key of its own. The domain's form is not looked at",
            },
            Parameter {
                name: "reversible",
                takes: "true or false",
                what: "whether `bowdler reveal` gives the source values back to who holds the key, which the manifest then \
                       says; false by default",
            },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Integer, TypeClass::Decimal]
    }

    fn makes(&self) -> Makes {
        Makes::Ciphers
    }

    fn properties(&self) -> Properties {
        Properties { keeps_length: false, keeps_format: false, ..properties(false) }
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "encrypt", alphabet = "digits", keep_first = 3 }"#,
            source: "+33 6 12 34 56 78",
            result: Some("+33 6 63 13 35 22"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let domain = domain::take(params);
        let reversible = params.boolean("reversible").is_some_and(|(_, reversible)| reversible);
        let alphabet = params.text("alphabet");
        let luhn = params.boolean("luhn").filter(|(_, luhn)| *luhn).map(|(span, _)| span);
        let iban = params.boolean("iban").is_some_and(|(_, iban)| iban);
        let (keep_first, keep_last) = (params.count("keep_first"), params.count("keep_last"));
        let length = params.integer("length", 1, 1000).map(|(span, length)| (span, length as usize));
        let cut =
            Cut { keep_first, keep_last, length: length.as_ref().map(|(_, length)| *length), luhn: luhn.is_some() };
        let how = match alphabet {
            _ if iban => iban_how(params),
            Some((span, name)) if name == ANY => any_how(params, span, reversible),
            Some((span, text)) => How::Strings { alphabet: Box::new(characters(params, span, &text, luhn)?), cut },
            None if luhn.is_some() => How::Strings { alphabet: Box::new(Alphabet::named("digits")?), cut },
            None => {
                if !params.has("alphabet") {
                    let help = "write alphabet = \"digits\", or another; or `luhn = true` or `iban = true`";
                    params.missing("`encrypt` needs to know which characters it is to encrypt", help);
                }
                return None;
            }
        };
        if let (How::Strings { alphabet, cut }, Some((span, length))) = (&how, length) {
            let count = cut.count(length).unwrap_or_default();
            let lengths = Ff1::lengths(alphabet.radix());
            if count < *lengths.start() {
                let message = format!(
                    "{count} characters of {} are encrypted: fewer than 1,000,000 values, which can be guessed through",
                    alphabet.radix()
                );
                params.complain(Complaint::new(span, message).help(TOO_FEW));
            } else if count > *lengths.end() {
                let message = format!("at most {} characters of this alphabet can be encrypted", lengths.end());
                params.complain(Complaint::new(span, message).help("alphabet = \"any\" has no such limit"));
            }
        }
        let domain = domain?.map_or_else(|| params.owner().to_owned(), |(name, _)| name);
        Some(Box::new(EncryptRecipe { domain, how, reversible, direction: Direction::Encrypt }))
    }
}

/// An alphabet by its name or its characters.
fn characters(params: &mut Params<'_>, span: Span, text: &str, luhn: Option<Span>) -> Option<Alphabet> {
    let alphabet = match Alphabet::named(text) {
        Some(alphabet) => Some(alphabet),
        None => match nearest(text, Alphabet::names().chain([ANY])).filter(|_| text.chars().count() > 2) {
            Some(meant) => {
                let help = format!("did you mean \"{meant}\"?");
                params.complain(Complaint::new(span.clone(), "there is no such alphabet").help(help));
                return None;
            }
            None => Alphabet::of(text),
        },
    };
    let Some(alphabet) = alphabet else {
        let names: Vec<_> = Alphabet::names().chain([ANY]).map(|name| format!("\"{name}\"")).collect();
        let message = "`alphabet` takes a name, or 2 to 255 characters of which no two are the same";
        params.complain(Complaint::new(span, message).help(format!("it is one of {}", names.join(", "))));
        return None;
    };
    if let (Some(luhn), false) = (luhn, alphabet.is_digits()) {
        params.complain(Complaint::new(luhn, "only numbers of digits have a check digit by Luhn").help("leave it out"));
    }
    Some(alphabet)
}

fn iban_how(params: &mut Params<'_>) -> How {
    refuse_beside(params, &["alphabet", "luhn", "keep_first", "keep_last", "length"], "an IBAN has a form of its own");
    How::Iban
}

fn any_how(params: &mut Params<'_>, span: Span, reversible: bool) -> How {
    refuse_beside(params, &["luhn", "keep_first", "keep_last", "length"], "a sealed text has no form");
    if !reversible {
        params.complain(
            Complaint::new(span, "a text is sealed to be opened again, and the rule does not say `reversible = true`")
                .help("`token` makes shorter texts, from which there is no way back"),
        );
    }
    How::Sealed
}

fn refuse_beside(params: &mut Params<'_>, names: &[&str], why: &str) {
    for name in names.iter().filter(|name| params.has(name)).collect::<Vec<_>>() {
        params.missing(format!("`{name}` has no meaning here: {why}"), format!("leave `{name}` out"));
    }
}

fn properties(reversible: bool) -> Properties {
    Properties {
        deterministic: true,
        reversible,
        unique: true,
        keeps_length: true,
        keeps_type: true,
        keeps_format: true,
        always_differs: false,
        leaks: "which values are equal and how often each occurs, the length, what is kept and what is not of the \
                alphabet; everything, to who holds the key; one value in the domain's size stands for itself",
    }
}

/// Which way a recipe goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Encrypt,
    Decrypt,
}

#[derive(Debug, Clone)]
enum How {
    Strings { alphabet: Box<Alphabet>, cut: Cut },
    Iban,
    Sealed,
}

#[derive(Debug, Clone)]
struct EncryptRecipe {
    domain: String,
    how: How,
    reversible: bool,
    direction: Direction,
}

impl Recipe for EncryptRecipe {
    fn properties(&self) -> Properties {
        let format = !matches!(self.how, How::Sealed);
        Properties { keeps_length: format, keeps_format: format, ..properties(self.reversible) }
    }

    fn domain(&self) -> Option<&str> {
        Some(&self.domain)
    }

    fn mixes_case(&self) -> bool {
        match &self.how {
            How::Strings { alphabet, .. } => alphabet.mixes_case(),
            How::Iban => false,
            How::Sealed => true,
        }
    }

    fn inverse(&self) -> Option<Box<dyn Recipe>> {
        self.reversible.then(|| Box::new(Self { direction: Direction::Decrypt, ..self.clone() }) as _)
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        match &self.how {
            How::Strings { alphabet, cut } => {
                bind_strings(site, alphabet, cut)?;
                let strings = Strings::new(site.keys, &self.domain, alphabet, *cut, self.direction);
                Ok(Bound::same_type(site, strings))
            }
            How::Iban | How::Sealed if !is_text(site.data_type) => Err(Refusal::of_type("encrypt", site, "text")),
            How::Iban => Ok(Bound::same_type(site, Iban::new(site.keys, &self.domain, self.direction))),
            How::Sealed => Ok(Bound::same_type(site, Sealed::new(site.keys, &self.domain, self.direction))),
        }
    }
}

/// Whether strings of the alphabet can stand in a column: in text, or, if they are digits, in a type that can hold all
/// numbers of the declared length.
fn bind_strings(site: &Site<'_>, alphabet: &Alphabet, cut: &Cut) -> Result<(), Refusal> {
    if is_text(site.data_type) {
        return Ok(());
    }
    let Some((_, most)) = range_of(site.data_type).filter(|_| alphabet.is_digits()) else {
        let takes = "text, and with alphabet = \"digits\" integers and decimals without fraction";
        return Err(Refusal::of_type("encrypt", site, takes));
    };
    let Some(length) = cut.length else {
        return Err(Refusal::new("`encrypt` needs to know how many digits the numbers of this column have")
            .help("write `length = 9`, or however many the longest has"));
    };
    let fits = 10i128.checked_pow(length as u32).is_some_and(|next| next - 1 <= most);
    if !fits {
        let message = format!("a number of {length} digits does not fit a column of type {}", site.data_type);
        return Err(Refusal::new(message).help("give a smaller `length`, or use `token` with a domain of integer form"));
    }
    Ok(())
}
