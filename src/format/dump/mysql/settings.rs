//! What a dump sets of the session that loads it.

use super::lex::Kind;
use super::tokens::{Tokens, Why};

/// What is set so far, as far as it changes how the dump is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// Whether double quotes are round names.
    pub(super) is_ansi: bool,
    /// Whether the client sends characters of Unicode's first plane only.
    pub(super) is_basic: bool,
    /// Whether notes of the server were turned off, to be set back at the end.
    pub(super) keeps_notes: bool,
}

/// The variables that the dump tools set.
const VARIABLES: &[&str] = &[
    "autocommit",
    "character_set_client",
    "character_set_results",
    "collation_connection",
    "foreign_key_checks",
    "gtid_purged",
    "note_verbosity",
    "sql_log_bin",
    "sql_mode",
    "sql_notes",
    "sql_quote_show_create",
    "system_versioning_insert_history",
    "time_zone",
    "unique_checks",
];

const UNKNOWN: Why = "a SET statement of something that no dump tool sets";
const NOT_UTF8: Why = "a character set that is not UTF-8";

/// Reads a `SET` statement, and says whether it sets the server's notes back.
///
/// # Errors
/// It sets something that no dump tool sets, or to something that can't be read here.
pub(super) fn set(reader: &mut Tokens<'_>, settings: &mut Settings) -> Result<bool, Why> {
    reader.at += 1;
    let mut closes = false;
    loop {
        if reader.take_word("NAMES") {
            let set = reader.take_name().ok_or(UNKNOWN)?.to_ascii_lowercase();
            if !matches!(set.as_str(), "utf8mb4" | "utf8mb3" | "utf8") {
                return Err(NOT_UTF8);
            }
            settings.is_basic = set != "utf8mb4";
            if reader.take_word("COLLATE") {
                reader.take_name().ok_or(UNKNOWN)?;
            }
        } else {
            closes |= assignment(reader, settings)?;
        }
        if reader.peek().is_none() {
            return Ok(closes);
        }
        if !reader.take_symbol(b',') {
            return Err(UNKNOWN);
        }
    }
}

/// Whether a variable says what notes the server writes, which a dump turns off first and sets back last.
fn is_of_notes(name: &str) -> bool {
    matches!(name, "sql_notes" | "note_verbosity")
}

/// One assignment. Gives whether it sets notes back.
fn assignment(reader: &mut Tokens<'_>, settings: &mut Settings) -> Result<bool, Why> {
    let (name, is_user, is_global) = variable(reader)?;
    let _ = reader.take_symbol(b':');
    if !reader.take_symbol(b'=') {
        return Err(UNKNOWN);
    }
    if !is_user && (!VARIABLES.contains(&name.as_str()) || (is_global && name != "gtid_purged")) {
        return Err(UNKNOWN);
    }
    let token = reader.peek().ok_or(UNKNOWN)?;
    // In a variable of the user's a dump keeps what a setting was before, and no text.
    if is_user && matches!(token.kind, Kind::Word | Kind::Name | Kind::Text) {
        return Err(UNKNOWN);
    }
    match token.kind {
        Kind::Symbol(b'@') => {
            variable(reader)?;
            settings.is_ansi &= is_user || name != "sql_mode";
            Ok(!is_user && is_of_notes(&name))
        }
        Kind::Number => {
            reader.at += 1;
            settings.keeps_notes |= !is_user && is_of_notes(&name);
            Ok(false)
        }
        Kind::Word | Kind::Name => {
            let value = reader.take_name().ok_or(UNKNOWN)?;
            value_of(&name, &value, settings)
        }
        Kind::Text => {
            while let Some(text) = reader.take_kind(Kind::Text) {
                let text = text.text(reader.bytes).and_then(|text| String::from_utf8(text).ok()).ok_or(UNKNOWN)?;
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "_,+:-/. \n".contains(c);
                if !text.chars().all(is_plain) {
                    return Err(UNKNOWN);
                }
                value_of(&name, &text, settings)?;
            }
            Ok(false)
        }
        Kind::Symbol(_) => Err(UNKNOWN),
    }
}

fn value_of(name: &str, value: &str, settings: &mut Settings) -> Result<bool, Why> {
    let value = value.to_ascii_lowercase();
    match name {
        "sql_mode" => {
            let modes = || value.split(',').map(str::trim);
            if modes().any(|mode| mode == "no_backslash_escapes") {
                return Err("an SQL_MODE in which strings have no backslashes");
            }
            let ansi = ["ansi", "ansi_quotes", "db2", "maxdb", "mssql", "oracle", "postgresql"];
            settings.is_ansi = modes().any(|mode| ansi.contains(&mode));
        }
        // In these, a backslash may be half of a character.
        "character_set_client" if matches!(value.as_str(), "big5" | "cp932" | "gbk" | "gb18030" | "sjis") => {
            return Err(NOT_UTF8);
        }
        _ => {}
    }
    Ok(false)
}

/// `@name`, `@@name`, `@@SESSION.name`, `SESSION name` or `name`: the name in lower case, whether it is a variable of
/// the user's, and whether it is one of the server's.
fn variable(reader: &mut Tokens<'_>) -> Result<(String, bool, bool), Why> {
    let is_user = reader.take_symbol(b'@');
    let is_system = is_user && reader.take_symbol(b'@');
    let mut name = reader.take_name().ok_or(UNKNOWN)?.to_ascii_lowercase();
    let mut is_global = false;
    if is_system && reader.take_symbol(b'.') || !is_user && matches!(name.as_str(), "session" | "global" | "local") {
        is_global = name == "global";
        name = reader.take_name().ok_or(UNKNOWN)?.to_ascii_lowercase();
    }
    Ok((name, is_user && !is_system, is_global))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::dump::mysql::statement::statement;

    #[test]
    fn sessions_are_set_as_the_dump_tools_do() {
        for (text, passes) in [
            ("SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT", true),
            ("SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0", true),
            ("SET TIME_ZONE='+00:00'", true),
            ("SET time_zone = 'SYSTEM'", true),
            ("SET NAMES utf8mb4 COLLATE utf8mb4_bin", true),
            ("SET NAMES latin1", false),
            ("SET NAMES binary", false),
            ("SET character_set_client = @saved_cs_client", true),
            ("SET character_set_client = sjis", false),
            ("SET @@SESSION.SQL_LOG_BIN= 0", true),
            ("SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'", true),
            ("SET GLOBAL general_log_file = 'x'", false),
            ("SET GLOBAL sql_mode = ''", false),
            ("SET PASSWORD = 'eve'", false),
            ("SET general_log = 1", false),
            ("SET @a = 'eve@example.com'", false),
            ("SET @a = 'eve'", false),
            ("SET @a = eve", false),
            ("SET @a = (select 1)", false),
            ("SET sql_mode = 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'", false),
            ("SET autocommit=0; DROP TABLE t", false),
        ] {
            let found = statement(text.as_bytes(), None, &mut Settings::default());
            assert_eq!(found.is_ok(), passes, "{text}");
        }
    }

    #[test]
    fn no_table_is_made_while_double_quotes_are_round_names() {
        let mut settings = Settings::default();
        let create = b"CREATE TABLE t (a int)";
        for (text, passes) in [
            ("SET sql_mode='ANSI_QUOTES'", false),
            ("SET sql_mode=@saved", true),
            ("SET SQL_MODE='oracle'", false),
            ("SET SQL_MODE=''", true),
        ] {
            statement(text.as_bytes(), None, &mut settings).unwrap();
            assert_eq!(statement(create, None, &mut settings).is_ok(), passes, "{text}");
        }
    }
}
