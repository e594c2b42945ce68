//! What a statement does, as far as that decides whether it may pass.

use super::defined::Definition;
use super::definition::definition;
use super::lex::{Fault, Kind, Token, tokens};
use super::settings::{Settings, set};
use super::tokens::{Tokens, Why};
use crate::format::dump::TableName;

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// It sets something of the session, or is part of a transaction: it passes as it is.
    Session,
    /// It sets the server's notes back, which is the last thing that a dump does.
    Closing,
    /// It makes a table.
    Create(Box<Definition>),
    /// It drops, locks or alters a table, or makes a trigger on it: it goes where the table goes.
    About {
        /// The table.
        table: TableName,
        /// Whether what comes before the table is made.
        before: bool,
    },
    /// It makes a view, or stands in for one: it goes where the tables go that it names.
    View {
        /// The view.
        view: TableName,
        /// Every name in it.
        names: Vec<String>,
    },
    /// It goes on in another database.
    Use(String),
}

const UNKNOWN: Why = "a statement of a kind that does not pass";
const COMMAND: Why = "a command of the client outside strings";

/// What may be made or dropped beside tables, triggers and views.
const OBJECTS: &[&str] = &["PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE", "PACKAGE"];

/// Kinds of statements that are named when they are refused.
const REFUSED: &[(&str, Why)] = &[
    ("GRANT", "a GRANT statement"),
    ("REVOKE", "a REVOKE statement"),
    ("CALL", "a CALL statement"),
    ("SELECT", "a SELECT statement"),
    ("UPDATE", "an UPDATE statement"),
    ("DELETE", "a DELETE statement"),
    ("TRUNCATE", "a TRUNCATE statement"),
    ("RENAME", "a RENAME statement"),
    ("LOAD", "a LOAD DATA statement"),
    ("CHANGE", "a statement about replication"),
    ("INSTALL", "an INSTALL statement"),
    ("PREPARE", "a PREPARE statement"),
    ("EXECUTE", "an EXECUTE statement"),
    ("FLUSH", "a FLUSH statement"),
    ("RESET", "a RESET statement"),
    ("SOURCE", "a command of the client"),
    ("SYSTEM", "a command of the client"),
    ("PAGER", "a command of the client"),
    ("TEE", "a command of the client"),
    ("CONNECT", "a command of the client"),
    ("EDIT", "a command of the client"),
    ("INSERT", "an INSERT that is not of rows of literal values"),
    ("REPLACE", "a REPLACE that is not of rows of literal values"),
];

/// What a statement does. `bytes` are the statement without what ends it; `database` is the one it is said in.
///
/// # Errors
/// It is none that may pass: words for a message, which has nothing of the statement in it.
pub(super) fn statement(bytes: &[u8], database: Option<&str>, settings: &mut Settings) -> Result<Statement, Why> {
    let all = tokens(bytes).map_err(|fault| match fault {
        Fault::ClientCommand => COMMAND,
        Fault::Unterminated => "a statement that does not end",
        Fault::Nul => "a statement with a NUL byte outside strings",
    })?;
    if has_delimiter_command(bytes, &all) {
        return Err(COMMAND);
    }
    let mut reader = Tokens { bytes, tokens: &all, at: 0 };
    let first = reader.peek().ok_or(UNKNOWN)?;
    let found = match first.of(bytes).to_ascii_uppercase().as_slice() {
        b"SET" => {
            return set(&mut reader, settings)
                .map(|closes| if closes { Statement::Closing } else { Statement::Session });
        }
        b"CREATE" => create(&mut reader, database, settings)?,
        b"DROP" => drop(&mut reader, database)?,
        b"LOCK" => {
            reader.at += 1;
            let _ = reader.take_word("TABLES") || reader.take_word("TABLE");
            let table = reader.table_name(database)?;
            let _ = reader.take_word("READ") || reader.take_word("WRITE");
            let _ = reader.take_word("LOCAL");
            Statement::About { table, before: false }
        }
        b"ALTER" => alter(&mut reader, database)?,
        b"USE" => {
            reader.at += 1;
            Statement::Use(reader.take_name().ok_or(UNKNOWN)?)
        }
        b"UNLOCK" | b"COMMIT" | b"START" | b"BEGIN" | b"DO" | b"SELECT" | b"ANALYZE" => {
            let known = [&["UNLOCK", "TABLES"][..], &["COMMIT"], &["START", "TRANSACTION"], &["BEGIN"]];
            let passes = known.iter().any(|words| reader.take_words(words)) || sequence(&mut reader);
            let _ = reader.take_words(&["WITH", "CONSISTENT", "SNAPSHOT"]);
            if !passes {
                return Err(refusal(first, bytes));
            }
            Statement::Session
        }
        _ => return Err(refusal(first, bytes)),
    };
    // What is understood to its end is looked at to its end.
    if reader.peek().is_some() { Err(UNKNOWN) } else { Ok(found) }
}

fn refusal(first: &Token, bytes: &[u8]) -> Why {
    REFUSED.iter().find(|(word, _)| first.is(bytes, word)).map_or(UNKNOWN, |(_, why)| why)
}

/// Whether the client would see its command `DELIMITER` in the midst of a statement.
fn has_delimiter_command(bytes: &[u8], tokens: &[Token]) -> bool {
    tokens.iter().any(|token| {
        let word = token.of(bytes);
        let tail = word.len().checked_sub(b"delimiter".len()).and_then(|start| word.get(start..));
        token.kind == Kind::Word && tail.is_some_and(|tail| tail.eq_ignore_ascii_case(b"delimiter"))
    })
}

/// `DO SETVAL(s, 1, 0)` or the same with `SELECT`: where a sequence goes on.
fn sequence(reader: &mut Tokens<'_>) -> bool {
    let begins = reader.take_words(&["DO", "SETVAL"]) || reader.take_words(&["SELECT", "SETVAL"]);
    if !begins || !reader.take_symbol(b'(') || reader.take_name().is_none() {
        return false;
    }
    while reader.take_symbol(b',') {
        let _ = reader.take_symbol(b'-');
        if reader.take_kind(Kind::Number).is_none() {
            return false;
        }
    }
    reader.take_symbol(b')')
}

fn create(reader: &mut Tokens<'_>, database: Option<&str>, settings: &Settings) -> Result<Statement, Why> {
    reader.at += 1;
    let is_conditional = reader.tokens.first().is_some_and(|token| token.conditional);
    let _ = reader.take_words(&["OR", "REPLACE"]);
    if reader.take_word("DATABASE") || reader.take_word("SCHEMA") {
        let _ = reader.take_words(&["IF", "NOT", "EXISTS"]);
        reader.take_name().ok_or(UNKNOWN)?;
        return options_of_database(reader);
    }
    let is_temporary = reader.take_word("TEMPORARY");
    if reader.take_word("TABLE") {
        let _ = reader.take_words(&["IF", "NOT", "EXISTS"]);
        if is_temporary {
            return Err("a CREATE TEMPORARY TABLE statement");
        }
        if settings.is_ansi {
            return Err("a CREATE TABLE under an SQL_MODE in which double quotes are no strings");
        }
        let rest = reader.tokens.get(reader.at..).unwrap_or_default();
        reader.at = reader.tokens.len();
        let mut table = definition(reader.bytes, rest, database)?;
        if settings.is_basic {
            table.columns.iter_mut().for_each(|column| column.repertoire = column.repertoire.within_basic());
        }
        if is_conditional {
            // Older tools make a table to stand in for a view, and no rows follow.
            return Ok(Statement::View { view: table.name, names: Vec::new() });
        }
        return Ok(Statement::Create(Box::new(table)));
    }
    if reader.take_word("ALGORITHM") {
        let _ = reader.take_symbol(b'=');
        reader.take_kind(Kind::Word).ok_or(UNKNOWN)?;
    }
    if reader.take_word("DEFINER") {
        definer(reader)?;
    }
    if reader.take_words(&["SQL", "SECURITY"]) {
        reader.take_kind(Kind::Word).ok_or(UNKNOWN)?;
    }
    let _ = reader.take_word("AGGREGATE");
    let rest = |reader: &mut Tokens<'_>| {
        let names = reader.tokens.get(reader.at..).unwrap_or_default();
        reader.at = reader.tokens.len();
        names.iter().filter_map(|token| token.name(reader.bytes)).collect::<Vec<_>>()
    };
    if reader.take_word("VIEW") {
        let view = reader.table_name(database)?;
        return Ok(Statement::View { view, names: rest(reader) });
    }
    if reader.take_word("TRIGGER") {
        let _ = reader.take_words(&["IF", "NOT", "EXISTS"]);
        reader.table_name(database)?;
        let times = reader.take_word("BEFORE") || reader.take_word("AFTER");
        let events = reader.take_word("INSERT") || reader.take_word("UPDATE") || reader.take_word("DELETE");
        if !(times && events && reader.take_word("ON")) {
            return Err("a CREATE TRIGGER statement that can't be understood");
        }
        let table = reader.table_name(database)?;
        rest(reader);
        return Ok(Statement::About { table, before: false });
    }
    if OBJECTS.iter().any(|object| reader.take_word(object)) {
        rest(reader);
        return Ok(Statement::Session);
    }
    if reader.is("USER") || reader.is("ROLE") || reader.is("SERVER") {
        return Err("a statement that makes an account or a server");
    }
    Err(UNKNOWN)
}

/// `= user@host`, where either may be in quotes, or `CURRENT_USER`.
fn definer(reader: &mut Tokens<'_>) -> Result<(), Why> {
    let part = |reader: &mut Tokens<'_>| reader.take_name().is_some() || reader.take_kind(Kind::Text).is_some();
    if !reader.take_symbol(b'=') || !part(reader) {
        return Err(UNKNOWN);
    }
    if reader.take_symbol(b'@') && !part(reader) {
        return Err(UNKNOWN);
    }
    Ok(())
}

fn options_of_database(reader: &mut Tokens<'_>) -> Result<Statement, Why> {
    loop {
        let _ = reader.take_word("DEFAULT");
        let takes_name = reader.take_words(&["CHARACTER", "SET"])
            || reader.take_word("CHARSET")
            || reader.take_word("COLLATE")
            || reader.take_word("ENCRYPTION");
        let _ = reader.take_symbol(b'=');
        let is_value = takes_name && (reader.take_name().is_some() || reader.take_kind(Kind::Text).is_some());
        match reader.peek() {
            None => return Ok(Statement::Session),
            Some(_) if is_value => {}
            // A comment on a database among them.
            Some(_) => return Err("a CREATE DATABASE statement with an option that is not known"),
        }
    }
}

fn drop(reader: &mut Tokens<'_>, database: Option<&str>) -> Result<Statement, Why> {
    reader.at += 1;
    let is_table = reader.take_word("TABLE") || reader.take_word("VIEW");
    let objects = ["DATABASE", "SCHEMA", "TRIGGER"];
    let is_other = !is_table && objects.iter().chain(OBJECTS).any(|object| reader.take_word(object));
    let _ = reader.take_word("BODY");
    let _ = reader.take_words(&["IF", "EXISTS"]);
    let table = reader.table_name(database)?;
    match (is_table, is_other) {
        (true, _) => Ok(Statement::About { table, before: true }),
        (false, true) => Ok(Statement::Session),
        (false, false) => Err(UNKNOWN),
    }
}

fn alter(reader: &mut Tokens<'_>, database: Option<&str>) -> Result<Statement, Why> {
    reader.at += 1;
    if reader.take_word("DATABASE") {
        reader.take_name().ok_or(UNKNOWN)?;
        return options_of_database(reader);
    }
    if !reader.take_word("TABLE") {
        return Err(UNKNOWN);
    }
    let table = reader.table_name(database)?;
    let keys = reader.take_words(&["DISABLE", "KEYS"]) || reader.take_words(&["ENABLE", "KEYS"]);
    if keys { Ok(Statement::About { table, before: false }) } else { Err("an ALTER TABLE statement") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Result<&'static str, Why> {
        statement(text.as_bytes(), None, &mut Settings::default()).map(|found| match found {
            Statement::Session => "session",
            Statement::Closing => "closing",
            Statement::Create(_) => "create",
            Statement::About { before: true, .. } => "before a table",
            Statement::About { before: false, .. } => "about a table",
            Statement::View { .. } => "view",
            Statement::Use(_) => "use",
        })
    }

    #[test]
    fn statements_of_the_dump_tools_pass() {
        for (text, expected) in [
            ("/*!40101 SET NAMES utf8mb4 */", "session"),
            ("/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */", "closing"),
            ("DROP TABLE IF EXISTS `t`", "before a table"),
            ("/*!50001 DROP VIEW IF EXISTS `v`*/", "before a table"),
            ("CREATE TABLE `t` (`a` int)", "create"),
            ("LOCK TABLES `t` WRITE", "about a table"),
            ("/*!40000 ALTER TABLE `t` DISABLE KEYS */", "about a table"),
            ("UNLOCK TABLES", "session"),
            ("commit", "session"),
            ("USE `d`", "use"),
            (
                "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `d` /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_bin */ /*!80016 DEFAULT ENCRYPTION='N' */",
                "session",
            ),
            ("/*!40000 DROP DATABASE IF EXISTS `d`*/", "session"),
            ("ALTER DATABASE `d` CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci", "session"),
            ("DO SETVAL(`sq`, 1, 0)", "session"),
            ("SELECT SETVAL(`sq`, 1, 0)", "session"),
            ("CREATE SEQUENCE `sq` start with 1", "session"),
            ("/*!50001 CREATE TABLE `v` (`a` tinyint NOT NULL) ENGINE=MyISAM */", "view"),
            ("/*!50001 CREATE VIEW `v` AS SELECT\n NULL AS `id` */", "view"),
            (
                "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`a`@`b` SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select 1 */",
                "view",
            ),
            (
                "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 trigger trg before insert on t for each row set new.a = ';' */",
                "about a table",
            ),
            ("CREATE DEFINER='a'@'b' PROCEDURE `p`() COMMENT 'x' begin select 1; end", "session"),
            ("/*!50106 CREATE*/ /*!50106 EVENT `ev` ON SCHEDULE EVERY 1 DAY DO select 1 */", "session"),
        ] {
            assert_eq!(kind(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn other_statements_are_refused_by_kind() {
        for (text, why) in [
            ("GRANT ALL ON *.* TO 'eve'@'%'", "a GRANT statement"),
            ("CREATE USER 'eve'", "a statement that makes an account or a server"),
            ("SELECT 'x' INTO OUTFILE '/tmp/x'", "a SELECT statement"),
            ("LOAD DATA INFILE '/etc/passwd' INTO TABLE t", "a LOAD DATA statement"),
            ("UPDATE t SET a = 'eve'", "an UPDATE statement"),
            ("ALTER TABLE t ADD c int DEFAULT 5", "an ALTER TABLE statement"),
            ("CREATE TABLE t AS SELECT 1", "a CREATE TABLE statement without columns, which takes them from elsewhere"),
            ("CREATE TABLE t LIKE u", "a CREATE TABLE statement without columns, which takes them from elsewhere"),
            ("source /etc/passwd", "a command of the client"),
            (r"\! sh", COMMAND),
            (r"SET @a=1 \! sh", COMMAND),
            ("CREATE PROCEDURE p() begin delimiter x end", COMMAND),
            ("UNLOCK TABLES; DROP TABLE t", UNKNOWN),
            ("eve", UNKNOWN),
            ("CREATE DATABASE d COMMENT 'eve'", "a CREATE DATABASE statement with an option that is not known"),
        ] {
            assert_eq!(kind(text), Err(why), "{text}");
        }
    }
}
