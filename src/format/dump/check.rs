//! The rules against the constraints of a dump. Treated rows that a database would refuse, because two of them have one
//! key, a null stands where none may, or a key refers to a row that is not there, are refused before they are written.

use std::collections::BTreeMap;

use super::facts::{By, Constraint, FoundTable, Part, TableName, TreatedColumn, Treatment};
use crate::error::{Error, Result};
use crate::rules::{Distinct, Takes};
use crate::transform::Fate;

/// The tables of a dump that have been met, each with what the rules make of it; nothing, if it is left out.
pub type Known = BTreeMap<TableName, (FoundTable, Option<Treatment>)>;

/// What of the rules does not fit what a dump says of its tables. `treatments` are those of the tables, in their order;
/// none, for a table that is left out.
pub fn misfits(tables: &[FoundTable], treatments: &[Option<&Treatment>]) -> Vec<Error> {
    let pairs = tables.iter().zip(treatments);
    let known: Known =
        pairs.clone().map(|(table, treatment)| (table.name.clone(), (table.clone(), treatment.cloned()))).collect();
    let mut errors = Vec::new();
    for (table, treatment) in pairs {
        errors.extend(treatment.and_then(|treatment| check_required(table, treatment).err()));
        errors.extend(treatment.and_then(|treatment| check_types(table, treatment).err()));
        let misfit = |constraint| check_constraint(&known, &table.name, constraint).err();
        errors.extend(table.constraints.iter().filter_map(misfit));
    }
    errors
}

/// Checks that every row has a value where the database wants one: what is left out of a table must be nullable or
/// have a default. That no rule makes nulls in such a column is checked when the rules are bound to the schema.
///
/// # Errors
/// A column is dropped that the database can't do without.
pub fn check_required(table: &FoundTable, treatment: &Treatment) -> Result<()> {
    let missing = table.columns.iter().find(|column| {
        let is_dropped = treatment.column(&column.name).is_some_and(|treated| treated.fate == Fate::Drop);
        is_dropped && column.required && !column.has_default
    });
    match missing {
        None => Ok(()),
        Some(column) => Err(Error::data(format!(
            "the table {} can't be loaded without this column: it is NOT NULL and has no default",
            table.name
        ))
        .in_column(&column.name)
        .with_help("treat the column, or `replace` its values, instead of dropping it")),
    }
}

/// Checks that it can be told of every value that the rules make whether the database takes it.
///
/// # Errors
/// A rule makes values of a type whose texts are not known here.
pub fn check_types(table: &FoundTable, treatment: &Treatment) -> Result<()> {
    for column in &table.columns {
        let Some(treated) = treatment.column(&column.name) else { continue };
        let maker = match &column.takes {
            Takes::Unknown => treated.makers().next(),
            Takes::Only(_) => treated.makers().find(|maker| *maker != "replace"),
            Takes::Any | Takes::Number | Takes::Uuid | Takes::Address(_) | Takes::Form(_) => None,
        };
        let Some(maker) = maker else { continue };
        let sql_type = crate::error::printable(&column.sql_type);
        let instead = match column.takes.example() {
            Some(text) => format!(", or write {{ do = \"replace\", with = \"{}\" }}", crate::error::printable(text)),
            None => String::new(),
        };
        return Err(Error::data(format!(
            "it can't be told whether the database takes what `{maker}` makes for the type {sql_type} in the table {}",
            table.name
        ))
        .in_column(&column.name)
        .with_help(format!("make the column `null`, `drop` or `keep` it{instead}")));
    }
    Ok(())
}

/// Checks that the rows of a table, as the rules make them, keep a constraint.
///
/// # Errors
/// The rules may give two rows one unique key, or a key that refers to no row.
pub fn check_constraint(tables: &Known, name: &TableName, constraint: &Constraint) -> Result<()> {
    // A table that is left out has no rows.
    let Some((table, Some(treatment))) = tables.get(name) else { return Ok(()) };
    match constraint {
        Constraint::Unique { columns, primary, nulls_distinct } => {
            check_unique(table, treatment, columns, *primary, *nulls_distinct)
        }
        Constraint::Unlike(parts) => check_unlike(table, treatment, parts),
        Constraint::ForeignKey { columns, table: other, referenced } => {
            check_reference(tables, table, treatment, columns, other, referenced)
        }
    }
}

fn check_unique(
    table: &FoundTable,
    treatment: &Treatment,
    columns: &[String],
    primary: bool,
    nulls_distinct: bool,
) -> Result<()> {
    let treated: Vec<_> = columns.iter().filter_map(|column| treatment.column(column)).collect();
    if !primary && nulls_distinct && treated.iter().any(|column| is_null(table, column)) {
        return Ok(());
    }
    // Where two nulls are one value, a null that was made may be one too many.
    let stays = |column: &TreatedColumn| {
        stays_distinct(table, treatment, column) && (nulls_distinct || column.fate == Fate::Keep || column.keeps_nulls)
    };
    let merged = treated.iter().find(|column| !stays(column));
    let Some(merged) = merged else { return Ok(()) };
    if has_other_key(table, treatment, columns, nulls_distinct) {
        return Ok(());
    }
    let key = if primary { "the primary key" } else { "a unique key" };
    if merged.mixes_case && merged.distinct != Distinct::Never {
        return Err(Error::data(format!(
            "what `{}` makes of two values may differ in no more than the case of letters, to which {key} of the table {} \
             is blind: the database would refuse the rows",
            merged.transform, table.name
        ))
        .in_column(&merged.name)
        .with_help("a `token`, or an alphabet of letters of one case, keeps different values different"));
    }
    Err(Error::data(format!(
        "`{}` may make one of two values, and the column is in {key} of the table {}: the database would refuse the rows",
        merged.transform, table.name
    ))
    .in_column(&merged.name)
    .with_help("`token`, `encrypt` and `fake` with `unique = true` keep different values different; so does a `template` with the table's key in it"))
}

/// Whether other columns among these are a key by themselves: what is unique without a column is unique with it. Where
/// nulls are the same, that is a key without nulls.
fn has_other_key(table: &FoundTable, treatment: &Treatment, columns: &[String], nulls_distinct: bool) -> bool {
    keys(table).any(|key| {
        key.iter().all(|part| {
            let stays = || treatment.column(part).is_some_and(|part| stays_distinct(table, treatment, part));
            columns.contains(part) && (nulls_distinct || is_required(table, part)) && stays()
        })
    })
}

fn is_required(table: &FoundTable, column: &str) -> bool {
    table.column(column).is_some_and(|column| column.required)
}

fn check_unlike(table: &FoundTable, treatment: &Treatment, parts: &[Part]) -> Result<()> {
    let treated: Vec<(&TreatedColumn, By)> =
        parts.iter().filter_map(|part| Some((treatment.column(&part.column)?, part.by))).collect();
    let by_value = |by: By| matches!(by, By::Value | By::Folded | By::Operator);
    if treated.iter().any(|(column, by)| by_value(*by) && is_null(table, column)) {
        return Ok(());
    }
    let stays = |(column, by): &&(&TreatedColumn, By)| match by {
        _ if column.fate == Fate::Keep => true,
        By::Value => stays_distinct(table, treatment, column),
        By::Folded => stays_distinct_in(table, treatment, column, true),
        By::Operator | By::Expression => false,
        By::Nullness => column.fate == Fate::Rewrite && column.keeps_nulls,
    };
    let Some((changed, by)) = treated.iter().find(|part| !stays(part)) else { return Ok(()) };
    let by_value: Vec<String> =
        treated.iter().filter(|(_, by)| *by == By::Value).map(|(column, _)| column.name.clone()).collect();
    if has_other_key(table, treatment, &by_value, true) {
        return Ok(());
    }
    let instead = match by {
        By::Value | By::Folded => "`token` keeps different values different; or keep the column",
        By::Operator => "keep the column, or make it null",
        By::Expression => "keep the column",
        By::Nullness => "keep the column, or choose a rule that leaves nulls where they are and makes no others",
    };
    Err(Error::data(format!(
        "a key or an exclusion of the table {} goes by this column, and `{}` may make two rows alike: the database would \
         refuse them",
        table.name, changed.transform
    ))
    .in_column(&changed.name)
    .with_help(instead))
}

/// Whether all values of a column are null in the output.
fn is_null(table: &FoundTable, column: &TreatedColumn) -> bool {
    let has_default = table.column(&column.name).is_some_and(|column| column.has_default);
    match column.fate {
        Fate::Drop => !has_default,
        Fate::Rewrite => column.arms.iter().all(|arm| *arm == "null"),
        Fate::Keep => false,
    }
}

/// Whether different values of a column are different in the output, to the keys that it is in.
fn stays_distinct(table: &FoundTable, treatment: &Treatment, column: &TreatedColumn) -> bool {
    stays_distinct_in(table, treatment, column, false)
}

/// The same, to keys that are blind to the case of letters or are not.
fn stays_distinct_in(table: &FoundTable, treatment: &Treatment, column: &TreatedColumn, folds_case: bool) -> bool {
    let folds_case = folds_case || table.column(&column.name).is_some_and(|column| column.folds_case);
    let stays = |column: &TreatedColumn| !(folds_case && column.mixes_case);
    match &column.distinct {
        Distinct::Never => false,
        Distinct::Values => stays(column),
        Distinct::Rows(others) => keys(table).any(|key| {
            let has_part = |part: &String| {
                let part_stays =
                    treatment.column(part).is_some_and(|part| part.distinct == Distinct::Values && stays(part));
                part_stays && others.contains(part) && is_required(table, part)
            };
            stays(column) && !key.is_empty() && key.iter().all(has_part)
        }),
    }
}

/// The unique keys of a table.
fn keys(table: &FoundTable) -> impl Iterator<Item = &[String]> {
    table.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::Unique { columns, .. } => Some(columns.as_slice()),
        Constraint::Unlike(_) | Constraint::ForeignKey { .. } => None,
    })
}

fn check_reference(
    tables: &Known,
    table: &FoundTable,
    treatment: &Treatment,
    columns: &[String],
    other: &TableName,
    referenced: &[String],
) -> Result<()> {
    if columns.iter().filter_map(|column| treatment.column(column)).any(|column| is_null(table, column)) {
        return Ok(());
    }
    // A dump of some of the tables may have a key to one that it has not.
    let Some((other_table, other_treatment)) = tables.get(other) else { return Ok(()) };
    let Some(other_treatment) = other_treatment else {
        let column = columns.first().map_or("", String::as_str);
        return Err(Error::data(format!(
            "the column of the table {} refers to rows of {other}, which is left out",
            table.name
        ))
        .in_column(column)
        .with_help(format!("give {other} rules, or make the column null")));
    };
    let referenced = if referenced.is_empty() { other_table.primary_key() } else { referenced };
    for (column, referenced) in columns.iter().zip(referenced) {
        let (Some(from), Some(to)) = (treatment.column(column), other_treatment.column(referenced)) else { continue };
        if from.likeness.is_none() || from.likeness != to.likeness {
            return Err(Error::data(format!(
                "the column of the table {} refers to `{referenced}` of {other}, and their rules (`{}` and `{}`) do not \
                 make the same of the same value: the rows would refer to none",
                table.name, from.transform, to.transform
            ))
            .in_column(column)
            .with_help("give both columns one rule, with one `domain` if it makes tokens or encrypts"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use arrow::datatypes::DataType;

    use super::*;
    use crate::format::dump::FoundColumn;
    use crate::key::Keyring;
    use crate::rules::{Delivery, Rules};
    use crate::{Key, Suite};

    fn column(name: &str, required: bool, has_default: bool) -> FoundColumn {
        let name = name.to_owned();
        let sql_type = "text".to_owned();
        FoundColumn {
            name,
            sql_type,
            data_type: DataType::Utf8View,
            required,
            has_default,
            max_length: None,
            takes: Takes::Any,
            folds_case: false,
        }
    }

    fn names(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    fn table_name(name: &str) -> TableName {
        TableName { schema: None, table: name.to_owned() }
    }

    fn unique(columns: &str, primary: bool) -> Constraint {
        Constraint::Unique { columns: names(columns), primary, nulls_distinct: true }
    }

    fn reference(column: &str, table: &str, referenced: &str) -> Constraint {
        Constraint::ForeignKey { columns: names(column), table: table_name(table), referenced: names(referenced) }
    }

    /// People with a key `id` and orders of theirs, under these rules for the columns of each.
    fn tables(people: &str, orders: &str) -> Known {
        let note = if people.contains("note") { "" } else { ", note = \"keep\"" };
        let rules = format!(
            r#"
            version = 1
            [domains]
            person = {{ form = "text" }}
            short = {{ form = "text", length = 8 }}
            other = {{ form = "text" }}
            uuid = {{ form = "uuid" }}
            [tables.people]
            files = ["x"]
            columns = {{ {people}{note} }}
            [tables.orders]
            files = ["y"]
            columns = {{ {orders} }}
            "#
        );
        let rules = Rules::parse("rules.toml", &rules).unwrap();
        let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
        let found = |name: &str, columns: Vec<FoundColumn>, constraints: Vec<Constraint>| {
            let table = FoundTable { name: table_name(name), columns, constraints };
            let place = rules.tables().iter().position(|rules| rules.name == name).unwrap();
            let plan = rules.bind(place, name, &table.schema(), &keys, Delivery::Verbatim).unwrap();
            (table.name.clone(), (table, Some(Treatment::of(&plan))))
        };
        let people = found(
            "people",
            vec![
                column("id", true, false),
                column("email", false, false),
                column("code", true, true),
                column("note", false, false),
            ],
            vec![unique("id", true)],
        );
        let orders = found("orders", vec![column("person", false, false), column("line", true, false)], Vec::new());
        [people, orders].into_iter().collect()
    }

    #[test]
    fn rules_keep_the_constraints_of_a_dump_or_are_refused() {
        let token = r#"{ do = "token", domain = "person" }"#;
        let short = r#"{ do = "token", domain = "short" }"#;
        let other = r#"{ do = "token", domain = "other" }"#;
        let template = r#"{ do = "template", text = "{id}@example.com" }"#;
        let two_ways =
            r#"{ do = "token", domain = "person", when = { column = "code", in = ["x"] }, otherwise = "keep" }"#;
        let (mask, keep, drop, null) = (r#""mask""#, r#""keep""#, r#""drop""#, r#""null""#);
        for (id, email, person, of, constraint, refused) in [
            (token, keep, token, "people", unique("id", true), None),
            (keep, keep, keep, "people", unique("id", true), None),
            (short, keep, short, "people", unique("id", true), Some("id")),
            (mask, keep, keep, "people", unique("id", true), Some("id")),
            (two_ways, keep, keep, "people", unique("id", true), Some("id")),
            (drop, keep, keep, "people", unique("id", true), Some("id")),
            (token, mask, token, "people", unique("email", false), Some("email")),
            (token, template, token, "people", unique("email", false), None),
            (mask, template, token, "people", unique("email", false), Some("email")),
            (token, drop, token, "people", unique("email", false), None),
            (token, null, token, "people", unique("email", false), None),
            (token, mask, token, "people", unique("email id", false), None),
            (mask, mask, token, "people", unique("email id", false), Some("email")),
            (token, keep, token, "orders", reference("person", "people", "id"), None),
            (token, keep, token, "orders", reference("person", "people", ""), None),
            (keep, keep, keep, "orders", reference("person", "people", "id"), None),
            (token, keep, other, "orders", reference("person", "people", "id"), Some("person")),
            (token, keep, keep, "orders", reference("person", "people", "id"), Some("person")),
            (keep, keep, token, "orders", reference("person", "people", ""), Some("person")),
            (two_ways, keep, token, "orders", reference("person", "people", ""), Some("person")),
            (token, keep, null, "orders", reference("person", "people", "id"), None),
            (token, keep, drop, "orders", reference("person", "people", "id"), None),
            (token, keep, mask, "orders", reference("person", "elsewhere", "id"), None),
        ] {
            let tables = tables(
                &format!("id = {id}, email = {email}, code = \"keep\""),
                &format!("person = {person}, line = \"keep\""),
            );
            let checked = check_constraint(&tables, &table_name(of), &constraint);
            let column = checked.err().and_then(|error| error.place().column.clone());
            assert_eq!(column.as_deref(), refused, "{id} {email} {person} {constraint:?}");
        }
    }

    #[test]
    fn rows_that_must_not_be_alike_stay_unlike_or_rules_are_refused() {
        use By::{Expression, Folded, Nullness, Operator, Value};
        let token = r#"{ do = "token", domain = "person" }"#;
        let letters = r#"{ do = "encrypt", alphabet = "letters" }"#;
        let lower = r#"{ do = "encrypt", alphabet = "lower" }"#;
        let (mask, keep, drop, null) = (r#""mask""#, r#""keep""#, r#""drop""#, r#""null""#);
        let part = |(column, by): &(&str, By)| Part { column: (*column).to_owned(), by: *by };
        for (email, note, parts, refused) in [
            (keep, keep, vec![("email", Value), ("note", Operator)], None),
            (token, keep, vec![("email", Value), ("note", Operator)], None),
            (mask, keep, vec![("email", Value), ("note", Operator)], Some("email")),
            (null, mask, vec![("email", Value), ("note", Operator)], None),
            (mask, drop, vec![("email", Value), ("note", Operator)], None),
            (token, token, vec![("email", Value), ("note", Operator)], Some("note")),
            (letters, keep, vec![("email", Value)], None),
            (letters, keep, vec![("email", Folded)], Some("email")),
            (lower, keep, vec![("email", Folded)], None),
            (token, keep, vec![("email", Folded)], None),
            (token, keep, vec![("email", Expression)], Some("email")),
            (null, keep, vec![("email", Expression)], Some("email")),
            (keep, null, vec![("email", Value), ("note", Expression)], Some("note")),
            (keep, mask, vec![("email", Value), ("note", Nullness)], None),
            (keep, null, vec![("email", Value), ("note", Nullness)], Some("note")),
            (keep, drop, vec![("email", Value), ("note", Nullness)], Some("note")),
            (null, null, vec![("email", Value), ("note", Nullness)], None),
            (mask, mask, vec![("id", Value), ("email", Value), ("note", Expression)], None),
            (mask, mask, vec![("id", Folded), ("email", Value)], Some("email")),
        ] {
            let rules = format!("id = \"keep\", email = {email}, code = \"keep\", note = {note}");
            let tables = tables(&rules, r#""*" = "keep""#);
            let unlike = Constraint::Unlike(parts.iter().map(part).collect());
            let checked = check_constraint(&tables, &table_name("people"), &unlike);
            let column = checked.err().and_then(|error| error.place().column.clone());
            assert_eq!(column.as_deref(), refused, "{email} {note} {parts:?}");
        }
    }

    #[test]
    fn one_null_may_stand_where_two_are_the_same() {
        let lenient = r#"{ do = "token", domain = "uuid", on_invalid = "null" }"#;
        for (email, refused) in [
            (r#""keep""#, false),
            (r#"{ do = "token" }"#, false),
            (r#""null""#, true),
            (r#""drop""#, true),
            (lenient, true),
        ] {
            let tables = tables(&format!(r#"id = "keep", email = {email}, code = "keep""#), r#""*" = "keep""#);
            let same = Constraint::Unique { columns: names("email"), primary: false, nulls_distinct: false };
            assert_eq!(check_constraint(&tables, &table_name("people"), &same).is_err(), refused, "{email}");
            let with_key = Constraint::Unique { columns: names("id email"), primary: false, nulls_distinct: false };
            assert!(check_constraint(&tables, &table_name("people"), &with_key).is_ok(), "{email}");
        }
    }

    #[test]
    fn rules_make_values_of_types_that_are_known() {
        let otherwise = r#"{ do = "null", when = { column = "id", in = ["x"] }, otherwise = "mask" }"#;
        let kept = r#"{ do = "null", when = { column = "id", in = ["x"] }, otherwise = "keep" }"#;
        let replace = r#"{ do = "replace", with = "" }"#;
        let only = Takes::Only(String::new());
        for (takes, email, refused) in [
            (Takes::Unknown, r#""keep""#, false),
            (Takes::Unknown, r#""null""#, false),
            (Takes::Unknown, r#""drop""#, false),
            (Takes::Unknown, kept, false),
            (Takes::Unknown, r#""mask""#, true),
            (Takes::Unknown, otherwise, true),
            (Takes::Unknown, replace, true),
            (only.clone(), replace, false),
            (only, r#""mask""#, true),
            (Takes::Uuid, r#""mask""#, false),
            (Takes::Any, r#""mask""#, false),
        ] {
            let mut tables = tables(&format!(r#"id = "keep", email = {email}, code = "keep""#), r#""*" = "keep""#);
            let (table, treatment) = tables.get_mut(&table_name("people")).unwrap();
            table
                .columns
                .iter_mut()
                .filter(|column| column.name == "email")
                .for_each(|column| column.takes = takes.clone());
            let error = check_types(table, treatment.as_ref().unwrap()).err();
            assert_eq!(error.is_some(), refused, "{takes:?} {email}");
            assert!(error.is_none_or(|error| error.place().column.as_deref() == Some("email")));
        }
    }

    #[test]
    fn no_row_refers_to_a_table_that_is_left_out() {
        let mut tables = tables(r#""*" = "keep""#, r#""*" = "keep""#);
        let key = reference("person", "people", "");
        assert!(check_constraint(&tables, &table_name("orders"), &key).is_ok());
        tables.get_mut(&table_name("people")).unwrap().1 = None;
        assert!(check_constraint(&tables, &table_name("orders"), &key).is_err());
        tables.get_mut(&table_name("orders")).unwrap().1 = None;
        assert!(check_constraint(&tables, &table_name("orders"), &key).is_ok());
    }

    #[test]
    fn what_the_database_needs_is_not_dropped() {
        for (rules, refused) in [
            (r#"id = "keep", email = "drop", code = "drop""#, None),
            (r#"id = "drop", email = "keep", code = "keep""#, Some("id")),
        ] {
            let tables = tables(rules, r#""*" = "keep""#);
            let (table, treatment) = &tables[&table_name("people")];
            let error = check_required(table, treatment.as_ref().unwrap()).err();
            assert_eq!(error.and_then(|error| error.place().column.clone()).as_deref(), refused);
        }
    }
}
