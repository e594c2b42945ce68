use super::params::{Complaint, Params, Span, nearest};

/// An identity domain: where one value must become one token everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// What its values and its tokens look like.
    pub form: Form,
    /// Where the rules file declares it.
    pub span: Span,
}

/// What the values of an identity domain and their tokens look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text or number becomes `length` characters of base32 (RFC 4648, lower case): `a` to `z`, `2` to `7`.
    Text {
        /// 8 to 51 characters, five bits each. 26 by default.
        length: usize,
    },
    /// An integer becomes another of the same range, no two the same one.
    Integer {
        /// The smallest value.
        min: i128,
        /// The largest value.
        max: i128,
    },
    /// A UUID becomes another of the same version, no two the same one.
    Uuid,
    /// A text of exactly `length` digits becomes another, leading zeros and all, no two the same one.
    Digits {
        /// 6 to 38 digits.
        length: usize,
    },
    /// A number with `scale` decimals becomes another of the same range and scale, no two the same one.
    Decimal {
        /// The smallest value, in units of its last decimal.
        min: i128,
        /// The largest value, in units of its last decimal.
        max: i128,
        /// How many decimals it has, 1 to 18.
        scale: u8,
    },
    /// A date becomes another of the same range, no two the same one.
    Date {
        /// The first day, counted from 1970-01-01.
        min: i64,
        /// The last day, counted from 1970-01-01.
        max: i64,
    },
}

impl Form {
    /// The length of a text token where none is declared: 130 bits.
    pub const TEXT_LENGTH: usize = 26;

    /// The name of the form in a rules file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Integer { .. } => "integer",
            Self::Uuid => "uuid",
            Self::Digits { .. } => "digits",
            Self::Decimal { .. } => "decimal",
            Self::Date { .. } => "date",
        }
    }
}

/// Takes the parameter `domain`, with what the domain's values look like. Nothing comes back if there is no such
/// domain, which is told to `params`; `Some(None)` if the parameter is not there.
pub(super) fn take(params: &mut Params<'_>) -> Option<Option<(String, Form)>> {
    let Some((span, name)) = params.text("domain") else { return Some(None) };
    if let Some(domain) = params.domains().get(&name) {
        return Some(Some((name, domain.form)));
    }
    let help = match nearest(&name, params.domains().keys().map(String::as_str)) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "declare it under [domains]".to_owned(),
    };
    params.complain(Complaint::new(span, "there is no such domain").help(help));
    None
}
