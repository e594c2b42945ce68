/// What a transform leaves in a column, as far as it decides how an output is verified: which hits of a detector a rule
/// explains, what the values must look like, whether text of the source passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Makes {
    /// The values of the source.
    Source,
    /// No column.
    NoColumn,
    /// No values.
    Nulls,
    /// One value, which stands in the rule.
    Constant,
    /// The texts of the source without what was found in them.
    Rest,
    /// JSON texts, of which each path has a rule of its own.
    Paths,
    /// A part of each value, behind signs.
    Masked,
    /// Pseudorandom characters.
    Tokens,
    /// Values in the form of the source's, as no key is at hand to tell from others: cards, accounts, numbers.
    Ciphers,
    /// Made-up values of the kind that the rule names.
    Fakes,
    /// Texts of what other columns became.
    Composed,
    /// The period, the band or the beginning of each value.
    Coarser,
    /// A value near by.
    Near,
    /// The nearest multiple of a unit.
    Multiples,
    /// The network of each address.
    Networks,
}

/// What made-up values are, as far as a detector may take them for somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fabricated {
    /// Names of people, places and firms, and what is made of names.
    Names,
    /// The same as addresses of mail at domains for examples.
    Emails,
    /// Telephone numbers.
    Phones,
    /// Numbers of other kinds: cards, accounts, numbers of persons and devices.
    Numbers,
}
