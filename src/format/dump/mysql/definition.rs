//! What `CREATE TABLE` says of a table, and where in the statement it says what must not pass.

use std::collections::BTreeMap;
use std::ops::Range;

use super::defined::{Column, Default, DefaultKind, Definition, UNKNOWN_OPTION, UNREADABLE};
use super::keys::{columns_of, folds_case, unique_column};
use super::lex::{Kind, Token};
use super::tokens::{Tokens, Why};
use super::types::{Form, Repertoire, Type};
use crate::format::dump::Constraint;

/// The most columns that a table may have.
const LARGEST: usize = 4096;

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
        computed: BTreeMap::new(),
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
        if table.columns.len() > LARGEST {
            return Err("a CREATE TABLE statement of more columns than a table may have");
        }
    }
    let (set, collation) = reader.options(&mut table)?;
    let repertoire = set.as_deref().map(Repertoire::of);
    for (place, column) in table.columns.iter_mut().enumerate() {
        if let Some(repertoire) = repertoire.filter(|_| without_set.contains(&place)) {
            column.repertoire = repertoire;
        }
        let of_table = collation.as_deref().filter(|_| without_set.contains(&place));
        column.folds_case = column.sql_type.has_collation() && folds_case(column.collation.as_deref().or(of_table));
    }
    Ok(table)
}

impl Tokens<'_> {
    /// Takes a comment. Gives where it and the blank before it stand.
    pub(super) fn comment(&mut self) -> Result<Range<usize>, Why> {
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
            collation: None,
            folds_case: false,
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
            let start = self.at;
            if !self.skip_parentheses()? {
                return Err(UNREADABLE);
            }
            table.computed.insert(column.name.clone(), columns_of(self, start..self.at));
        } else if self.take_word("COLLATE") {
            let name = self.take_name().ok_or(UNREADABLE)?;
            column.collation = Some(name.clone());
            set.get_or_insert(name);
        } else if self.take_words(&["CHARACTER", "SET"]) || self.take_word("CHARSET") {
            set.get_or_insert(self.take_name().ok_or(UNREADABLE)?);
        } else if self.take_word("CHECK") {
            let start = self.at;
            self.skip_parentheses()?;
            let inner = self.tokens.get(start..self.at).unwrap_or_default();
            if inner.get(1).is_some_and(|token| token.is(self.bytes, "json_valid")) {
                column.sql_type = Type::Text(Form::Json);
            }
        } else if self.take_words(&["PRIMARY", "KEY"]) {
            column.required = true;
            table.constraints.push(unique_column(column, true));
        } else if self.take_word("UNIQUE") {
            let _ = self.take_word("KEY");
            table.constraints.push(unique_column(column, false));
        } else if self.is("REFERENCES") {
            let (other, referenced) = self.references(table)?;
            let columns = vec![column.name.clone()];
            table.constraints.push(Constraint::ForeignKey { columns, table: other, referenced });
        } else if self.take_word("COLUMN_FORMAT") || self.take_word("STORAGE") {
            self.take_kind(Kind::Word).ok_or(UNREADABLE)?;
        } else if self.take_word("SRID") || self.take_word("REF_SYSTEM_ID") {
            let _ = self.take_symbol(b'=');
            self.take_kind(Kind::Number).ok_or(UNREADABLE)?;
        } else {
            let words = ["VIRTUAL", "STORED", "PERSISTENT", "VISIBLE", "INVISIBLE", "ENFORCED", "COMPRESSED", "BINARY"];
            let known = words.iter().any(|word| self.take_word(word))
                || self.take_words(&["WITHOUT", "SYSTEM", "VERSIONING"])
                || self.take_words(&["WITH", "SYSTEM", "VERSIONING"])
                || self.take_words(&["NOT", "ENFORCED"]);
            if !known {
                return Err("a column with an option that is not known");
            }
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

    /// Takes what stands after the columns. Gives the character set and the collation, if they are said.
    fn options(&mut self, table: &mut Definition) -> Result<(Option<String>, Option<String>), Why> {
        let (mut set, mut collation) = (None, None);
        while let Some(token) = self.peek() {
            if token.is(self.bytes, "COMMENT") {
                table.comments.push(self.comment()?);
            } else if token.is(self.bytes, "PARTITION") {
                self.partitions(table)?;
            } else if self.take_word("COLLATE") {
                let _ = self.take_symbol(b'=');
                let name = self.take_name().ok_or(UNREADABLE)?;
                collation = Some(name.clone());
                set.get_or_insert(name);
            } else if self.take_word("CHARSET") || self.take_words(&["CHARACTER", "SET"]) {
                let _ = self.take_symbol(b'=');
                set.get_or_insert(self.take_name().ok_or(UNREADABLE)?);
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
        Ok((set, collation))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::dump::TableName;
    use crate::format::dump::mysql::lex::tokens;
    use crate::format::dump::{By, Part};

    fn read(text: &str) -> Result<Definition, Why> {
        definition(text.as_bytes(), &tokens(text.as_bytes()).unwrap(), Some("shop"))
    }

    #[test]
    fn a_table_is_what_the_servers_say_it_is() {
        let text = r"`people` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s, a (number)',
  `key` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'a,b',
  `born` datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `price` decimal(10,2) unsigned zerofill DEFAULT -1.50 CHECK (`price` > 0),
  `doc` longtext DEFAULT NULL CHECK (json_valid(`doc`)),
  `size` enum('small)','la''rge') DEFAULT 'small)',
  `g` int(11) GENERATED ALWAYS AS ((`id` + 1) * 2) STORED COMMENT 'g',
  `bits` bit(1) NOT NULL DEFAULT b'0' /*!80023 INVISIBLE */,
  `parent` int DEFAULT NULL,
  `seq` bigint DEFAULT nextval(`shop`.`s`),
  PRIMARY KEY (`id`),
  UNIQUE KEY `u` (`key`(10) DESC, `born`) USING BTREE COMMENT 'k',
  UNIQUE KEY `f` ((lower(`key`))),
  FULLTEXT KEY `ft` (`doc`) /*!50100 WITH PARSER `ngram` */,
  KEY `k` (`parent`),
  CONSTRAINT `fk` FOREIGN KEY (`parent`) REFERENCES `people` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION,
  CONSTRAINT `fo` FOREIGN KEY (`seq`,`id`) REFERENCES `other`.`t` (`a`,`b`),
  CONSTRAINT `c` CHECK (`price` < 100) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci ROW_FORMAT=DYNAMIC COMMENT='t'
/*!50100 PARTITION BY RANGE (year(`born`)) (PARTITION p0 VALUES LESS THAN (2000) COMMENT = 'p' ENGINE = InnoDB) */";
        let table = read(text).unwrap();
        assert_eq!(table.name.to_string(), "shop.people");
        let part = |column: &str, by| Part { column: column.to_owned(), by };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(columns, ["id", "key", "born", "price", "doc", "size", "g", "bits", "parent", "seq"]);
        let name = |schema: &str, table: &str| TableName { schema: Some(schema.to_owned()), table: table.to_owned() };
        assert_eq!(
            table.constraints,
            [
                Constraint::Unique { columns: names(&["id"]), primary: true, nulls_distinct: true },
                Constraint::Unlike(vec![part("key", By::Operator), part("born", By::Value)]),
                Constraint::Unlike(vec![part("key", By::Folded)]),
                Constraint::ForeignKey {
                    columns: names(&["parent"]),
                    table: name("shop", "people"),
                    referenced: names(&["id"])
                },
                Constraint::ForeignKey {
                    columns: names(&["seq", "id"]),
                    table: name("other", "t"),
                    referenced: names(&["a", "b"])
                },
            ]
        );
        assert_eq!(table.partitioned_by, names(&["born"]));
        assert_eq!(table.computed, BTreeMap::from([("g".to_owned(), names(&["id"]))]));
        let said = |range: &Range<usize>| text[range.clone()].trim().to_owned();
        let comments: Vec<String> = table.comments.iter().map(said).collect();
        assert_eq!(comments, ["COMMENT 'k'", "COMMENT='t'", "COMMENT = 'p'"]);
        let column = |name: &str| table.columns.iter().find(|column| column.name == name).unwrap();
        assert_eq!(column("id").comment.as_ref().map(said).as_deref(), Some("COMMENT 'it''s, a (number)'"));
        for (name, default) in [
            ("id", None),
            ("key", Some((DefaultKind::Value, "DEFAULT 'a,b'"))),
            ("born", Some((DefaultKind::Expression, "DEFAULT current_timestamp(3)"))),
            ("price", Some((DefaultKind::Value, "DEFAULT -1.50"))),
            ("doc", Some((DefaultKind::Null, "DEFAULT NULL"))),
            ("bits", Some((DefaultKind::Value, "DEFAULT b'0'"))),
            ("seq", Some((DefaultKind::Expression, "DEFAULT nextval(`shop`.`s`)"))),
        ] {
            let found = column(name).default.as_ref().map(|default| (default.kind, said(&default.range)));
            assert_eq!(found, default.map(|(kind, said)| (kind, said.to_owned())), "{name}");
        }
        let facts = |name: &str| (column(name).required, column(name).generated, column(name).repertoire);
        assert_eq!(facts("key"), (true, false, Repertoire::Latin1));
        assert_eq!(facts("g"), (false, true, Repertoire::All));
        assert_eq!(column("doc").sql_type, Type::Text(Form::Json));
        assert_eq!(column("size").sql_type, Type::Text(Form::Enum(names(&["small)", "la'rge"]))));
        assert_eq!(column("price").written, "decimal(10,2) unsigned zerofill");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "t",
            "t SELECT 1",
            "t (a int",
            "t (a int) SELECT 1",
            "t (a int) UNION=(x)",
            "t (a int) DATA DIRECTORY='/x'",
            "t (a int) CONNECTION='mysql://x'",
            "t (a int) ENGINE=FEDERATED",
            "t (a int) PASSWORD='x'",
            "t (a unknown)",
            "t (a int SOMETHING)",
            "t (a int DEFAULT)",
            "t (a int, CONSTRAINT f FOREIGN KEY (a))",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let many: Vec<String> = (0..5000).map(|column| format!("c{column} int")).collect();
        assert!(read(&format!("t ({})", many.join(","))).is_err());
    }
}
