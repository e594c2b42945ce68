//! `token`: a keyed pseudonym, the same for the same value wherever its identity domain is used.

pub(super) mod base32;
mod notation;
mod range;
mod text;
mod uuid;

use arrow::datatypes::DataType;

pub(super) use range::range_of;
pub(crate) use text::TextToken;

use notation::Notation;

use super::{
    Bound, Example, Facts, Form, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, TypeClass,
    Weakness, domain, is_text, strength,
};

pub(super) struct Token;

impl TransformKind for Token {
    fn name(&self) -> &'static str {
        "token"
    }

    fn summary(&self) -> &'static str {
        "a keyed pseudonym: the same value becomes the same token in every table, format and run"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "domain",
                takes: "a name from [domains]",
                what: "the identity domain; without it the column has one of its own, in text form",
            },
            Parameter { name: "prefix", takes: "a text", what: "written before a text token" },
            Parameter { name: "suffix", takes: "a text", what: "written after a text token" },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Integer, TypeClass::Decimal, TypeClass::Date, TypeClass::Fixed]
    }

    fn makes(&self) -> Makes {
        Makes::Tokens
    }

    fn properties(&self) -> Properties {
        Properties {
            always_differs: false,
            leaks: "which values are equal, and how often each occurs; an integer may stand for itself, one time in the \
                    domain's size, and a UUID keeps its version",
            ..properties(Form::Text { length: Form::TEXT_LENGTH })
        }
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "token", suffix = "@example.com" }"#,
            source: "ana@example.org",
            result: Some("dshq5zsjwgoh5p75twzixgdzxx@example.com"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let affix = |text: Option<(_, String)>| text.map_or_else(String::new, |(_, text)| text);
        let (prefix, suffix) = (affix(params.text("prefix")), affix(params.text("suffix")));
        let (domain, form) = match domain::take(params)? {
            None => (params.owner().to_owned(), Form::Text { length: Form::TEXT_LENGTH }),
            Some(named) => named,
        };
        let has_affix = !prefix.is_empty() || !suffix.is_empty();
        if has_affix && !matches!(form, Form::Text { .. }) {
            params.missing(
                format!("only text tokens have a prefix or suffix, and this domain's form is {}", form.name()),
                "leave them out, or declare the domain with form = \"text\"",
            );
        }
        Some(Box::new(TokenRecipe { domain, form, prefix, suffix }))
    }
}

fn properties(form: Form) -> Properties {
    let text = matches!(form, Form::Text { .. });
    Properties {
        deterministic: true,
        reversible: false,
        unique: !text,
        keeps_length: matches!(form, Form::Uuid | Form::Digits { .. } | Form::Date { .. }),
        keeps_type: true,
        keeps_format: !text,
        always_differs: text,
        leaks: match form {
            Form::Text { .. } => "which values are equal, and how often each occurs",
            Form::Integer { .. } | Form::Digits { .. } | Form::Decimal { .. } | Form::Date { .. } => {
                "which values are equal, and how often each occurs; everything, to who holds the key; one value in the \
                 domain's size may stand for itself"
            }
            Form::Uuid => {
                "which values are equal, how often each occurs, and the UUID's version; everything, to who holds the key"
            }
        },
    }
}

#[derive(Debug)]
struct TokenRecipe {
    domain: String,
    form: Form,
    prefix: String,
    suffix: String,
}

impl Recipe for TokenRecipe {
    fn properties(&self) -> Properties {
        properties(self.form)
    }

    fn domain(&self) -> Option<&str> {
        Some(&self.domain)
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        match self.form {
            Form::Text { length } => strength::of_token_length(length, facts).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        match self.form {
            Form::Text { length } if is_text(site.data_type) => {
                let kernel = TextToken::new(site.keys, &self.domain, length, &self.prefix, &self.suffix);
                Ok(Bound::same_type(site, kernel))
            }
            Form::Text { .. } => Err(Refusal::new(format!(
                "a text token does not fit a column of type {}",
                site.data_type
            ))
            .help(
                "declare the domain with the form that its values have: \"integer\", \"decimal\", \"date\" or \"uuid\"",
            )),
            Form::Integer { min, max } => range::bind(site, &self.domain, Notation::Integer, min, max),
            Form::Decimal { min, max, scale } => range::bind(site, &self.domain, Notation::Decimal { scale }, min, max),
            Form::Date { min, max } => range::bind(site, &self.domain, Notation::Date, min.into(), max.into()),
            Form::Digits { length } => {
                let max = 10i128.checked_pow(length as u32).unwrap_or(i128::MAX) - 1;
                range::bind(site, &self.domain, Notation::Digits { length }, 0, max)
            }
            Form::Uuid if is_text(site.data_type) => {
                Ok(Bound::same_type(site, uuid::TextUuidToken::new(site.keys, &self.domain)))
            }
            Form::Uuid if site.data_type == &DataType::FixedSizeBinary(16) => {
                Ok(Bound::same_type(site, uuid::BinaryUuidToken::new(site.keys, &self.domain)))
            }
            Form::Uuid => Err(Refusal::of_type("token", site, "UUIDs as text or as 16 bytes")),
        }
    }
}
