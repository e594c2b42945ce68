//! What the entries of an archive may be. What is on no list here is refused.

use super::super::statement::Refused;

/// What makes a part of a schema, with the statements that a script has for it.
const SCHEMA: &[&str] = &[
    "ACCESS METHOD",
    "ACL",
    "AGGREGATE",
    "CAST",
    "CHECK CONSTRAINT",
    "COLLATION",
    "COMMENT",
    "CONSTRAINT",
    "CONVERSION",
    "DATABASE",
    "DATABASE PROPERTIES",
    "DEFAULT",
    "DEFAULT ACL",
    "DOMAIN",
    "ENCODING",
    "EVENT TRIGGER",
    "EXTENSION",
    "FK CONSTRAINT",
    "FOREIGN DATA WRAPPER",
    "FOREIGN TABLE",
    "FUNCTION",
    "INDEX",
    "INDEX ATTACH",
    "LANGUAGE",
    "MATERIALIZED VIEW",
    "MATERIALIZED VIEW DATA",
    "OPERATOR",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "POLICY",
    "PROCEDURAL LANGUAGE",
    "PROCEDURE",
    "PUBLICATION",
    "PUBLICATION TABLE",
    "PUBLICATION TABLES IN SCHEMA",
    "ROW SECURITY",
    "RULE",
    "SCHEMA",
    "SEARCHPATH",
    "SECURITY LABEL",
    "SEQUENCE",
    "SEQUENCE OWNED BY",
    "SEQUENCE SET",
    "SERVER",
    "SHELL TYPE",
    "STATISTICS",
    "STATISTICS DATA",
    "STDSTRINGS",
    "TABLE",
    "TABLE ATTACH",
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "TRANSFORM",
    "TRIGGER",
    "TYPE",
    "USER MAPPING",
    "VIEW",
];

/// What has rows.
pub(super) const ROWS: &str = "TABLE DATA";

/// What is known and refused, with what to do.
const REFUSED: &[(&str, &str)] = &[
    ("BLOB", WITHOUT_LARGE_OBJECTS),
    ("BLOB COMMENTS", WITHOUT_LARGE_OBJECTS),
    ("BLOB METADATA", WITHOUT_LARGE_OBJECTS),
    ("BLOBS", WITHOUT_LARGE_OBJECTS),
    ("SUBSCRIPTION", WITHOUT_SUBSCRIPTIONS),
    ("SUBSCRIPTION TABLE", WITHOUT_SUBSCRIPTIONS),
];

const WITHOUT_LARGE_OBJECTS: &str =
    "large objects are not read: dump with `pg_dump --no-large-objects`, which is `--no-blobs` before version 16";
const WITHOUT_SUBSCRIPTIONS: &str = "dump with `pg_dump --no-subscriptions`";

/// Checks that an entry may be of this kind.
pub(super) fn check(kind: &str) -> Result<(), Refused> {
    if kind == ROWS || SCHEMA.contains(&kind) {
        return Ok(());
    }
    Err(match REFUSED.iter().find(|(refused, _)| *refused == kind) {
        Some((kind, help)) => Refused { message: format!("an entry `{kind}` does not pass"), help: Some(help) },
        None => Refused {
            message: match is_words(kind) {
                true => format!("an entry of the unknown kind `{kind}` does not pass"),
                false => "an entry of an unknown kind does not pass".to_owned(),
            },
            help: Some("only what pg_dump writes of schemas and tables may pass"),
        },
    })
}

/// Whether it is written as kinds are: in few large letters.
fn is_words(kind: &str) -> bool {
    (1..=40).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ')
}
