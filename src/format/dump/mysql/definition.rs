//! What `CREATE TABLE` says of a table, and where in the statement it says what must not pass.

use std::ops::Range;

use super::lex::{Kind, Token};
use super::types::{Form, Repertoire, Type};
use crate::format::dump::{Constraint, TableName};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) name: TableName,
    /// All columns, those too that the server computes.
    pub(super) columns: Vec<Column>,
    pub(super) constraints: Vec<Constraint>,
    /// The comments on the table, on its keys and its partitions, with the words before them.
    pub(super) comments: Vec<Range<usize>>,
    /// The columns by which it is partitioned.
    pub(super) partitioned_by: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) sql_type: Type,
    /// The type as it is written.
    pub(super) written: String,
    /// Whether it has no numbers below zero.
    pub(super) unsigned: bool,
    /// Whether it has no nulls.
    pub(super) required: bool,
    /// Whether the server computes it, from other columns or by itself.
    pub(super) generated: bool,
    pub(super) auto_increment: bool,
    /// The characters that its texts may have.
    pub(super) repertoire: Repertoire,
    /// Where its comment stands, with the word before it.
    pub(super) comment: Option<Range<usize>>,
    pub(super) default: Option<Default>,
}

impl Definition {
    /// The columns that the server does not compute.
    pub(super) fn stored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.generated)
    }
}

/// The default of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Default {
    /// Where it stands, with the word before it.
    pub(super) range: Range<usize>,
    pub(super) kind: DefaultKind,
}

/// What a default is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DefaultKind {
    Null,
    /// A literal: a value, which may be somebody's.
    Value,
    /// A function or an expression.
    Expression,
}

/// Why a statement can't be understood: words for a message.
pub(super) type Why = &'static str;

const UNREADABLE: Why = "a CREATE TABLE statement that can't be understood";
const UNKNOWN_OPTION: Why = "a CREATE TABLE statement with an option that is not known";

/// Options of a table whose values are names, numbers or words.
const OPTIONS: &[&str] = &[
    "ENGINE",
    "AUTO_INCREMENT",
    "DEFAULT",
    "CHARSET",
    "CHARACTER",
    "SET",
    "COLLATE",
    "ROW_FORMAT",
    "KEY_BLOCK_SIZE",
    "STATS_PERSISTENT",
    "STATS_AUTO_RECALC",
    "STATS_SAMPLE_PAGES",
    "AVG_ROW_LENGTH",
    "MIN_ROWS",
    "MAX_ROWS",
    "PACK_KEYS",
    "CHECKSUM",
    "DELAY_KEY_WRITE",
    "TRANSACTIONAL",
    "PAGE_CHECKSUM",
    "INSERT_METHOD",
    "TABLESPACE",
    "STORAGE",
    "DISK",
    "MEMORY",
    "PAGE_COMPRESSED",
    "PAGE_COMPRESSION_LEVEL",
    "ENCRYPTED",
    "ENCRYPTION_KEY_ID",
    "ENCRYPTION",
    "COMPRESSION",
    "WITH",
    "WITHOUT",
    "SYSTEM",
    "VERSIONING",
    "SEQUENCE",
    "AUTOEXTEND_SIZE",
    "TYPE",
    "START",
    "TRANSACTION",
    "ON",
    "OFF",
    "NO",
    "FIRST",
    "LAST",
    "YES",
    "ZLIB",
    "LZ4",
    "NONE",
];

/// Reads a table from the tokens of its statement. `tokens` start with the name.
pub(super) fn definition(bytes: &[u8], tokens: &[Token], database: Option<&str>) -> Result<Definition, Why> {
    let mut reader = Tokens { bytes, tokens, at: 0 };
    let name = reader.table_name(database)?;
    if !reader.take_symbol(b'(') {
        return Err("a CREATE TABLE statement without columns, which takes them from elsewhere");
    }
    let mut table = Definition {
        name,
        columns: Vec::new(),
        constraints: Vec::new(),
        comments: Vec::new(),
        partitioned_by: Vec::new(),
    };
    let mut without_set = Vec::new();
    loop {
        if !reader.key(&mut table)? && !reader.column(&mut table)? {
            without_set.push(table.columns.len() - 1);
        }
        if reader.take_symbol(b')') {
            break;
        }
        if !reader.take_symbol(b',') {
            return Err(UNREADABLE);
        }
    }
    if let Some(set) = reader.options(&mut table)? {
        let repertoire = Repertoire::of(&set);
        let columns = table.columns.iter_mut().enumerate().filter(|(place, _)| without_set.contains(place));
        columns.for_each(|(_, column)| column.repertoire = repertoire);
    }
    Ok(table)
}

/// The tokens of a statement, taken one after the other.
pub(super) struct Tokens<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn take(&mut self) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is(self.bytes, word))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let is = self.is(word);
        self.at += usize::from(is);
        is
    }

    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let fits = words.iter().zip(self.tokens.get(self.at..).unwrap_or_default());
        let all = fits.clone().count() == words.len() && fits.clone().all(|(word, token)| token.is(self.bytes, word));
        self.at += if all { words.len() } else { 0 };
        all
    }

    pub(super) fn take_symbol(&mut self, symbol: u8) -> bool {
        let is = self.peek().is_some_and(|token| token.is_symbol(symbol));
        self.at += usize::from(is);
        is
    }

    pub(super) fn take_kind(&mut self, kind: Kind) -> Option<&'t Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn take_name(&mut self) -> Option<String> {
        let name = self.peek()?.name(self.bytes)?;
        self.at += 1;
        Some(name)
    }

    /// The name of a table, perhaps after that of its database.
    pub(super) fn table_name(&mut self, database: Option<&str>) -> Result<TableName, Why> {
        let first = self.take_name().ok_or("a table whose name can't be read")?;
        if self.take_symbol(b'.') {
            let table = self.take_name().ok_or("a table whose name can't be read")?;
            return Ok(TableName { schema: Some(first), table });
        }
        Ok(TableName { schema: database.map(str::to_owned), table: first })
    }

    /// Passes over what stands between parentheses, if they open here.
    fn skip_parentheses(&mut self) -> Result<bool, Why> {
        if !self.peek().is_some_and(|token| token.is_symbol(b'(')) {
            return Ok(false);
        }
        let mut depth = 0_usize;
        while let Some(token) = self.take() {
            depth += usize::from(token.is_symbol(b'('));
            depth -= usize::from(token.is_symbol(b')'));
            if depth == 0 {
                return Ok(true);
            }
        }
        Err(UNREADABLE)
    }

    /// The names between parentheses: none where there is anything else between them than names, lengths and orders.
    fn names(&mut self) -> Result<Option<Vec<String>>, Why> {
        let start = self.at;
        if !self.take_symbol(b'(') {
            return Err(UNREADABLE);
        }
        let mut names = Vec::new();
        loop {
            let Some(name) = self.take_name() else {
                self.at = start;
                self.skip_parentheses()?;
                return Ok(None);
            };
            names.push(name);
            self.skip_parentheses()?;
            let _ = self.take_word("ASC") || self.take_word("DESC");
            let _ = self.take_words(&["WITHOUT", "OVERLAPS"]);
            if self.take_symbol(b')') {
                return Ok(Some(names));
            }
            if !self.take_symbol(b',') {
                return Err(UNREADABLE);
            }
        }
    }

    /// Takes a key, a foreign key or a check. False if there is a column here.
    fn key(&mut self, table: &mut Definition) -> Result<bool, Why> {
        let start = self.at;
        if self.take_word("CONSTRAINT")
            && !(self.is("PRIMARY") || self.is("UNIQUE") || self.is("FOREIGN") || self.is("CHECK"))
        {
            self.take_name().ok_or(UNREADABLE)?;
        }
        if self.take_word("CHECK") {
            self.skip_parentheses()?;
            let _ = self.take_word("NOT");
            let _ = self.take_word("ENFORCED");
        } else if self.take_words(&["PERIOD", "FOR"]) {
            self.take_name().ok_or(UNREADABLE)?;
            self.skip_parentheses()?;
        } else if self.take_words(&["FOREIGN", "KEY"]) {
            if !self.peek().is_some_and(|token| token.is_symbol(b'(')) {
                self.take_name().ok_or(UNREADABLE)?;
            }
            let columns = self.names()?.ok_or(UNREADABLE)?;
            let (other, referenced) = self.references(table)?;
            table.constraints.push(Constraint::ForeignKey { columns, table: other, referenced });
        } else {
            let primary = self.take_words(&["PRIMARY", "KEY"]);
            let unique = primary || self.take_word("UNIQUE");
            let other = !unique && (self.take_word("FULLTEXT") || self.take_word("SPATIAL"));
            let key = !primary && (self.take_word("KEY") || self.take_word("INDEX"));
            if !(unique || other || key) {
                // A name without quotes may be one of these words only where nothing was taken.
                return if self.at == start { Ok(false) } else { Err(UNREADABLE) };
            }
            let mut named = 0;
            while !self.peek().is_some_and(|token| token.is_symbol(b'(')) && named < 4 {
                self.take_name().ok_or(UNREADABLE)?;
                named += 1;
            }
            let columns = self.names()?;
            if let Some(columns) = columns.filter(|_| unique) {
                table.constraints.push(Constraint::Unique { columns, primary });
            }
            self.key_options(table)?;
        }
        Ok(true)
    }

    fn references(&mut self, table: &Definition) -> Result<(TableName, Vec<String>), Why> {
        if !self.take_word("REFERENCES") {
            return Err(UNREADABLE);
        }
        let other = self.table_name(table.name.schema.as_deref())?;
        let referenced = self.names()?.unwrap_or_default();
        loop {
            let taken = self.take_words(&["ON", "DELETE"]) || self.take_words(&["ON", "UPDATE"]);
            if !taken {
                return Ok((other, referenced));
            }
            let known = [&["CASCADE"][..], &["RESTRICT"], &["NO", "ACTION"], &["SET", "NULL"], &["SET", "DEFAULT"]];
            if !known.iter().any(|words| self.take_words(words)) {
                return Err(UNREADABLE);
            }
        }
    }

    fn key_options(&mut self, table: &mut Definition) -> Result<(), Why> {
        while let Some(token) = self.peek().filter(|token| !token.is_symbol(b',') && !token.is_symbol(b')')) {
            if token.is(self.bytes, "COMMENT") {
                table.comments.push(self.comment()?);
                continue;
            }
            let known = [
                "USING",
                "BTREE",
                "HASH",
                "RTREE",
                "KEY_BLOCK_SIZE",
                "WITH",
                "PARSER",
                "VISIBLE",
                "INVISIBLE",
                "IGNORED",
                "NOT",
                "CLUSTERING",
            ];
            let is_known = known.iter().any(|word| token.is(self.bytes, word))
                || matches!(token.kind, Kind::Symbol(b'=') | Kind::Number | Kind::Name);
            // The name of a parser is a word of its own.
            let after_parser =
                self.at > 0 && self.tokens.get(self.at - 1).is_some_and(|token| token.is(self.bytes, "PARSER"));
            if !is_known && !after_parser {
                return Err(UNKNOWN_OPTION);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Takes a comment. Gives where it and the blank before it stand.
    fn comment(&mut self) -> Result<Range<usize>, Why> {
        let start = self.before();
        self.at += 1;
        let _ = self.take_symbol(b'=');
        let text = self.take_kind(Kind::Text).ok_or(UNREADABLE)?;
        Ok(start..text.range.end)
    }

    /// Where what stands between the last token and the next starts, if that is blanks only.
    fn before(&self) -> usize {
        let here = self.peek().map_or(self.bytes.len(), |token| token.range.start);
        let end = if self.at == 0 { 0 } else { self.tokens.get(self.at - 1).map_or(0, |token| token.range.end) };
        let between = self.bytes.get(end..here).unwrap_or_default();
        if between.iter().all(u8::is_ascii_whitespace) { end } else { here }
    }

    /// Takes a column. Gives whether it has a character set of its own.
    fn column(&mut self, table: &mut Definition) -> Result<bool, Why> {
        let name = self.take_name().ok_or(UNREADABLE)?;
        let start = self.peek().map_or(0, |token| token.range.start);
        let type_name = self.take_kind(Kind::Word).and_then(|token| token.name(self.bytes)).ok_or(UNREADABLE)?;
        let _ = self.take_word("PRECISION");
        let (numbers, words) = self.type_arguments()?;
        let mut unsigned = false;
        loop {
            if self.take_word("UNSIGNED") || self.take_word("ZEROFILL") {
                unsigned = true;
            } else if !self.take_word("SIGNED") {
                break;
            }
        }
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.range.end);
        let written = String::from_utf8_lossy(self.bytes.get(start..end).unwrap_or_default()).into_owned();
        let sql_type = Type::of(&type_name, &numbers, words, unsigned).ok_or("a column of a type that is not known")?;
        let mut column = Column {
            name,
            sql_type,
            written,
            unsigned,
            required: false,
            generated: false,
            auto_increment: false,
            repertoire: Repertoire::All,
            comment: None,
            default: None,
        };
        let mut set = None;
        while self.peek().is_some_and(|token| !token.is_symbol(b',') && !token.is_symbol(b')')) {
            self.column_option(table, &mut column, &mut set)?;
        }
        column.repertoire = set.as_deref().map_or(Repertoire::All, Repertoire::of);
        table.columns.push(column);
        Ok(set.is_some())
    }

    fn type_arguments(&mut self) -> Result<(Vec<u32>, Vec<String>), Why> {
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        if !self.take_symbol(b'(') {
            return Ok((numbers, words));
        }
        while let Some(token) = self.take() {
            match token.kind {
                Kind::Symbol(b')') => return Ok((numbers, words)),
                Kind::Symbol(b',') => {}
                Kind::Number => {
                    let number = std::str::from_utf8(token.of(self.bytes)).ok().and_then(|text| text.parse().ok());
                    numbers.push(number.ok_or(UNREADABLE)?);
                }
                Kind::Text => {
                    let text = token.text(self.bytes).and_then(|text| String::from_utf8(text).ok());
                    words.push(text.ok_or(UNREADABLE)?);
                }
                _ => return Err(UNREADABLE),
            }
        }
        Err(UNREADABLE)
    }

    fn column_option(
        &mut self,
        table: &mut Definition,
        column: &mut Column,
        set: &mut Option<String>,
    ) -> Result<(), Why> {
        if self.take_words(&["NOT", "NULL"]) {
            column.required = true;
        } else if self.take_word("NULL") {
            column.required = false;
        } else if self.is("DEFAULT") {
            column.default = Some(self.default()?);
        } else if self.is("COMMENT") {
            column.comment = Some(self.comment()?);
        } else if self.take_word("AUTO_INCREMENT") {
            column.auto_increment = true;
        } else if self.take_words(&["ON", "UPDATE"]) {
            self.take_kind(Kind::Word).ok_or(UNREADABLE)?;
            self.skip_parentheses()?;
        } else if self.take_words(&["GENERATED", "ALWAYS", "AS", "ROW"]) || self.take_words(&["AS", "ROW"]) {
            column.generated = true;
            if !(self.take_word("START") || self.take_word("END")) {
                return Err(UNREADABLE);
            }
        } else if self.take_words(&["GENERATED", "ALWAYS", "AS"]) || self.take_word("AS") {
            column.generated = true;
            if !self.skip_parentheses()? {
                return Err(UNREADABLE);
            }
        } else if self.take_words(&["CHARACTER", "SET"]) || self.take_word("CHARSET") || self.take_word("COLLATE") {
            let name = self.take_name().ok_or(UNREADABLE)?;
            set.get_or_insert(name);
        } else if self.take_word("CHECK") {
            let start = self.at;
            self.skip_parentheses()?;
            let inner = self.tokens.get(start..self.at).unwrap_or_default();
            if inner.get(1).is_some_and(|token| token.is(self.bytes, "json_valid")) {
                column.sql_type = Type::Text(Form::Json);
            }
        } else if self.take_words(&["PRIMARY", "KEY"]) {
            column.required = true;
            table.constraints.push(Constraint::Unique { columns: vec![column.name.clone()], primary: true });
        } else if self.take_word("UNIQUE") {
            let _ = self.take_word("KEY");
            table.constraints.push(Constraint::Unique { columns: vec![column.name.clone()], primary: false });
        } else if self.is("REFERENCES") {
            let (other, referenced) = self.references(table)?;
            let columns = vec![column.name.clone()];
            table.constraints.push(Constraint::ForeignKey { columns, table: other, referenced });
        } else if self.take_words(&["WITHOUT", "SYSTEM", "VERSIONING"])
            || self.take_words(&["WITH", "SYSTEM", "VERSIONING"])
            || self.take_words(&["NOT", "ENFORCED"])
        {
        } else if self.take_word("COLUMN_FORMAT") || self.take_word("STORAGE") {
            self.take_kind(Kind::Word).ok_or(UNREADABLE)?;
        } else if self.take_word("SRID") || self.take_word("REF_SYSTEM_ID") {
            let _ = self.take_symbol(b'=');
            self.take_kind(Kind::Number).ok_or(UNREADABLE)?;
        } else if !["VIRTUAL", "STORED", "PERSISTENT", "VISIBLE", "INVISIBLE", "ENFORCED", "COMPRESSED", "BINARY"]
            .iter()
            .any(|word| self.take_word(word))
        {
            return Err("a column with an option that is not known");
        }
        Ok(())
    }

    fn default(&mut self) -> Result<Default, Why> {
        let start = self.before();
        self.at += 1;
        let kind = if self.take_word("NULL") {
            DefaultKind::Null
        } else if self.skip_parentheses()? {
            DefaultKind::Expression
        } else {
            let _ = self.take_symbol(b'-') || self.take_symbol(b'+');
            let token = self.take().ok_or(UNREADABLE)?;
            match token.kind {
                Kind::Text | Kind::Number => DefaultKind::Value,
                // An introducer of a string, or the letter of hexadecimal or binary digits.
                Kind::Word if self.peek().is_some_and(|next| next.kind == Kind::Text) => {
                    self.at += 1;
                    DefaultKind::Value
                }
                Kind::Word if token.is(self.bytes, "TRUE") || token.is(self.bytes, "FALSE") => DefaultKind::Value,
                Kind::Word => {
                    if self.take_words(&["VALUE", "FOR"]) {
                        self.take_name().ok_or(UNREADABLE)?;
                    }
                    self.sequence_name()?;
                    self.skip_parentheses()?;
                    DefaultKind::Expression
                }
                _ => return Err(UNREADABLE),
            }
        };
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.range.end);
        Ok(Default { range: start..end, kind })
    }

    /// The rest of a name with dots in it.
    fn sequence_name(&mut self) -> Result<(), Why> {
        while self.take_symbol(b'.') {
            self.take_name().ok_or(UNREADABLE)?;
        }
        Ok(())
    }

    /// Takes what stands after the columns. Gives the character set, if it is said.
    fn options(&mut self, table: &mut Definition) -> Result<Option<String>, Why> {
        let mut set: Option<String> = None;
        while let Some(token) = self.peek() {
            if token.is(self.bytes, "COMMENT") {
                table.comments.push(self.comment()?);
            } else if token.is(self.bytes, "PARTITION") {
                self.partitions(table)?;
            } else if self.take_word("CHARSET") || self.take_words(&["CHARACTER", "SET"]) || self.take_word("COLLATE") {
                let _ = self.take_symbol(b'=');
                let name = self.take_name().ok_or(UNREADABLE)?;
                set.get_or_insert(name);
            } else if token.is(self.bytes, "ENGINE") {
                self.at += 1;
                let _ = self.take_symbol(b'=');
                let engine = self.take_name().ok_or(UNREADABLE)?.to_ascii_lowercase();
                if ["federated", "connect", "spider", "s3", "mrg_myisam", "merge"].contains(&engine.as_str()) {
                    return Err("a table whose rows are elsewhere: in another database, in files or in other tables");
                }
            } else if token.is(self.bytes, "COMPRESSION") || token.is(self.bytes, "ENCRYPTION") {
                self.at += 1;
                let _ = self.take_symbol(b'=');
                self.take().ok_or(UNREADABLE)?;
            } else {
                let is_word = OPTIONS.iter().any(|option| token.is(self.bytes, option));
                // Words such as DYNAMIC that come after `=` are values of an option, and so are numbers and names.
                let after_equals =
                    self.at > 0 && self.tokens.get(self.at - 1).is_some_and(|token| token.is_symbol(b'='));
                let is_value = matches!(token.kind, Kind::Word | Kind::Number) && after_equals;
                let other = matches!(token.kind, Kind::Symbol(b'=' | b',') | Kind::Name);
                if !(is_word || is_value || other) {
                    return Err(UNKNOWN_OPTION);
                }
                self.at += 1;
            }
        }
        Ok(set)
    }

    /// How the table is partitioned: the rest of the statement.
    fn partitions(&mut self, table: &mut Definition) -> Result<(), Why> {
        while let Some(token) = self.peek() {
            if token.is(self.bytes, "COMMENT") {
                table.comments.push(self.comment()?);
                continue;
            }
            if ["DIRECTORY", "CONNECTION"].iter().any(|word| token.is(self.bytes, word)) {
                return Err(UNKNOWN_OPTION);
            }
            if let Some(name) = token.name(self.bytes) {
                let column = table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(&name));
                table.partitioned_by.extend(column.map(|column| column.name.clone()));
            }
            self.at += 1;
        }
        Ok(())
    }
}
