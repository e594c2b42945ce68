//! Words of headings that decide by themselves.

/// Words for persons that, alone, head a column of their names.
pub(super) const INDIVIDUALS: &[&str] = &[
    "customer",
    "employee",
    "patient",
    "member",
    "student",
    "person",
    "contact",
    "owner",
    "author",
    "subscriber",
    "guest",
    "driver",
    "tenant",
    "recipient",
    "sender",
    "buyer",
    "seller",
    "holder",
    "mother",
    "father",
    "spouse",
    "child",
    "manager",
    "doctor",
    "teacher",
    "applicant",
    "passenger",
    "insured",
    "beneficiary",
    "payer",
    "payee",
    "client",
    "traveller",
    "victim",
    "witness",
    "signatory",
    "player",
];

/// Words that, beside any other, make of the entity something about it, known or not: a `card_brand` is no card.
pub(super) const QUALITIES: &[&str] = &[
    "count", "type", "status", "format", "length", "flag", "version", "model", "brand", "network", "scheme",
    "category", "rate", "fee", "limit", "template", "policy", "provider", "delta",
];
