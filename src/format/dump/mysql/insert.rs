//! What stands before the rows of an `INSERT`, and which of their values belong to which columns.

use std::ops::Range;
use std::sync::Arc;

use super::defined::Definition;
use super::lex::{Fault, Lexer, Token};
use super::tokens::{Tokens, Why};
use crate::format::dump::TableName;

/// The values of a row, told apart by what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// For each value of a row the column that it belongs to, among those that the server does not compute; none for one
    /// that it does.
    pub(super) values: Vec<Option<usize>>,
    /// For each value the column that it belongs to, among all of the table.
    pub(super) columns: Vec<usize>,
}

/// What stands before the first row: `INSERT INTO t (a, b) VALUES`, and the blanks behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    /// Where the list of columns stands, with its parentheses, or where one may be put.
    pub(super) list: Range<usize>,
    pub(super) has_list: bool,
    pub(super) layout: Layout,
}

/// What `bytes` start with, which start with `INSERT` or `REPLACE`.
pub(super) enum Found {
    /// The table of the rows, and the names in the list of columns if there is one.
    Rows { table: TableName, columns: Option<Vec<String>>, list: Range<usize>, length: usize },
    /// Too little to tell.
    Cut,
    /// Something else.
    Other(Why),
}

const OTHER: Why = "an INSERT that is not of rows of literal values";

/// Reads the head of an `INSERT` or `REPLACE`.
pub(super) fn find(bytes: &[u8], database: Option<&str>) -> Found {
    let mut lexer = Lexer::new(bytes);
    let mut tokens: Vec<Token> = Vec::new();
    // Until the parenthesis after `VALUES`.
    loop {
        match lexer.next() {
            Ok(Some(token)) if token.conditional => {
                return Found::Other("an INSERT in a comment that servers of some versions execute");
            }
            Ok(Some(token)) => {
                let rows = token.is_symbol(b'(')
                    && tokens.last().is_some_and(|last| last.is(bytes, "VALUES") || last.is(bytes, "VALUE"));
                let ends = token.is_symbol(b';');
                tokens.push(token);
                if rows {
                    break;
                }
                if ends {
                    return Found::Other(OTHER);
                }
            }
            Ok(None) | Err(Fault::Unterminated) => return Found::Cut,
            Err(Fault::ClientCommand | Fault::Nul) => return Found::Other(OTHER),
        }
    }
    read(bytes, &tokens, database).unwrap_or_else(Found::Other)
}

fn read(bytes: &[u8], tokens: &[Token], database: Option<&str>) -> Result<Found, Why> {
    let mut reader = Tokens { bytes, tokens, at: 1 };
    while ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"].iter().any(|word| reader.take_word(word)) {}
    let table = reader.table_name(database)?;
    let after_name = tokens.get(reader.at - 1).map_or(0, |token| token.range.end);
    let (mut list, mut columns) = (after_name..after_name, None);
    if let Some(open) = reader.peek().filter(|token| token.is_symbol(b'(')) {
        reader.at += 1;
        let mut names = Vec::new();
        loop {
            names.push(reader.take_name().ok_or(OTHER)?);
            if !reader.take_symbol(b',') {
                break;
            }
        }
        let close = reader.take().filter(|token| token.is_symbol(b')')).ok_or(OTHER)?;
        list = open.range.start..close.range.end;
        columns = Some(names);
    }
    if !(reader.take_word("VALUES") || reader.take_word("VALUE")) {
        return Err(OTHER);
    }
    let row = reader.take().filter(|token| token.is_symbol(b'(')).ok_or(OTHER)?;
    let length = row.range.start;
    // A comment would be copied as often as there are blocks of rows.
    let plain = |range: Range<usize>| bytes.get(range).is_some_and(|blank| blank.iter().all(u8::is_ascii_whitespace));
    let blanks = tokens.windows(2).all(|pair| match pair {
        [first, second] => plain(first.range.end..second.range.start),
        _ => true,
    });
    if blanks { Ok(Found::Rows { table, columns, list, length }) } else { Err("an INSERT with a comment in it") }
}

impl Layout {
    /// The layout of rows whose values belong to these columns, or to all of them where no list says which.
    ///
    /// # Errors
    /// The list has another order than the table, or names a column that the table has not.
    pub(super) fn of(table: &Definition, columns: Option<&[String]>) -> Result<Self, Why> {
        let mut listed = columns.map(<[String]>::iter);
        let (mut values, mut places) = (Vec::new(), Vec::new());
        let mut stored = 0;
        for (place, column) in table.columns.iter().enumerate() {
            let is_here = match &mut listed {
                None => true,
                Some(names) => {
                    let is_next = names.as_slice().first().is_some_and(|name| name.eq_ignore_ascii_case(&column.name));
                    if is_next {
                        names.next();
                    }
                    is_next
                }
            };
            if is_here {
                values.push((!column.generated).then_some(stored));
                places.push(place);
            }
            stored += usize::from(!column.generated);
        }
        match listed {
            Some(names) if !names.as_slice().is_empty() => {
                Err("an INSERT that names columns in another order than its table, or one that its table has not")
            }
            _ => Ok(Self { values, columns: places }),
        }
    }
}

impl Head {
    pub(super) fn new(bytes: &[u8], columns: bool, list: Range<usize>, layout: Layout) -> Arc<Self> {
        Arc::new(Self { bytes: bytes.to_vec(), list, has_list: columns, layout })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::dump::mysql::definition::definition;
    use crate::format::dump::mysql::lex::tokens;

    fn table() -> Definition {
        let text = b"`t` (`a` int, `g` int GENERATED ALWAYS AS (`a` + 1) VIRTUAL, `b` int)";
        definition(text, &tokens(text).unwrap(), None).unwrap()
    }

    #[test]
    fn heads_are_told_from_other_statements() {
        for (text, expected) in [
            ("INSERT INTO `t` VALUES (1", Some(("t", None, 23))),
            ("INSERT INTO `t` VALUES\n(1", Some(("t", None, 23))),
            ("insert ignore into t values(", Some(("t", None, 27))),
            ("REPLACE INTO `t` (`a`, `b`) VALUES (1", Some(("t", Some(vec!["a", "b"]), 35))),
            ("INSERT INTO `d`.`t` (`a`) VALUE (1", Some(("d.t", Some(vec!["a"]), 32))),
            ("INSERT INTO `t` SELECT 1;", None),
            ("INSERT INTO `t` SET a=1;", None),
            ("INSERT INTO `t` (a+1) VALUES (1", None),
            ("INSERT INTO `t` /* x */ VALUES (1", None),
            (r"INSERT INTO `t` \! VALUES (1", None),
        ] {
            let found = match find(text.as_bytes(), None) {
                Found::Rows { table, columns, length, .. } => Some((table.to_string(), columns, length)),
                Found::Other(_) => None,
                Found::Cut => panic!("{text}"),
            };
            let expected = expected.map(|(table, columns, length): (&str, Option<Vec<&str>>, usize)| {
                (table.to_owned(), columns.map(|names| names.into_iter().map(str::to_owned).collect()), length)
            });
            assert_eq!(found, expected, "{text}");
        }
        assert!(matches!(find(b"INSERT INTO `t` (`a`,", None), Found::Cut));
        assert!(matches!(find(b"INSERT INTO `t", None), Found::Cut));
    }

    #[test]
    fn values_belong_to_columns_by_list_or_place() {
        for (list, expected) in [
            (None, Ok(vec![Some(0), None, Some(1)])),
            (Some(vec!["a", "b"]), Ok(vec![Some(0), Some(1)])),
            (Some(vec!["A", "g", "b"]), Ok(vec![Some(0), None, Some(1)])),
            (Some(vec!["b", "a"]), Err(())),
            (Some(vec!["a"]), Ok(vec![Some(0)])),
            (Some(vec!["g", "b"]), Ok(vec![None, Some(1)])),
            (Some(vec!["a", "b", "c"]), Err(())),
            (Some(vec!["a", "a", "b"]), Err(())),
        ] {
            let names: Option<Vec<String>> = list.clone().map(|names| names.into_iter().map(str::to_owned).collect());
            let layout = Layout::of(&table(), names.as_deref());
            assert_eq!(layout.map(|layout| layout.values).map_err(|_| ()), expected, "{list:?}");
        }
    }
}
