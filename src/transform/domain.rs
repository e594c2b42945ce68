use super::params::Span;

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
        }
    }
}
