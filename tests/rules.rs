//! The rules language: what is accepted, what is refused, and in which words.

use bowdler::{Rules, rules::Unlisted};

/// The complaints about a file of rules: line and message.
fn complaints(text: &str) -> Vec<(usize, String, Option<String>)> {
    let rejected = Rules::parse("rules.toml", text).expect_err("rules with a mistake");
    let line = |at: usize| 1 + text[..at.min(text.len())].matches('\n').count();
    rejected
        .complaints()
        .iter()
        .map(|complaint| (line(complaint.span.start), complaint.message.clone(), complaint.help.clone()))
        .collect()
}

/// A file with these lines as the columns of its only table. They start in line 7.
fn with_columns(columns: &str) -> String {
    format!(
        "version = 1\n[domains]\nperson = {{ form = \"integer\", max = 999_999_999 }}\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\n{columns}\n"
    )
}

#[test]
fn every_rules_file_of_the_project_loads() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("benches/reference/rules.toml")];
    let beside = std::fs::read_dir(root.join("rules")).unwrap().map(|entry| entry.unwrap().path());
    files.extend(beside.filter(|path| path.extension().is_some_and(|ending| ending == "toml")));
    assert!(files.len() >= 2);
    for file in files {
        let rules = Rules::from_file(&file).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(rules.unlisted(), Unlisted::Error, "{}", file.display());
    }
}

#[test]
fn a_mistake_is_told_in_its_line_with_what_was_meant() {
    let cases: &[(&str, &str, usize, &str, &str)] = &[
        ("an unknown transform", "a = \"tokn\"", 7, "no such transform", "did you mean \"token\"?"),
        ("a transform like none", "a = \"xyzzyx\"", 7, "no such transform", "`bowdler transforms`"),
        ("a rule that is no rule", "a = 7", 7, "a rule is a word or a table", "keep"),
        ("a rule without `do`", "a = { keep_last = 4 }", 7, "does not say what to do", "do ="),
        ("an unknown parameter", "a = { do = \"mask\", keep_lst = 4 }", 7, "`keep_lst` is unknown", "`keep_last`"),
        ("a parameter of another type", "a = { do = \"mask\", keep_last = \"4\" }", 7, "this is a text", ""),
        ("a parameter out of range", "a = { do = \"mask\", keep_last = -1 }", 7, "an integer from 0", ""),
        ("an unknown domain", "a = { do = \"token\", domain = \"persn\" }", 7, "no such domain", "\"person\""),
        (
            "a prefix of a number",
            "a = { do = \"token\", domain = \"person\", prefix = \"x\" }",
            7,
            "only text tokens",
            "",
        ),
        ("an unknown locale", "a = { do = \"fake\", like = \"city\", locale = \"fr_FX\" }", 7, "`locale`", "fr_FR"),
        ("an unknown kind of fake", "a = { do = \"fake\", like = \"frist_name\" }", 7, "`like`", "first_name"),
        ("nulls filled from nothing", "a = { do = \"mask\", on_null = \"replace\" }", 7, "from nothing", "`fake`"),
        (
            "an unknown word",
            "a = { do = \"mask\", on_invalid = \"ignore\" }",
            7,
            "`on_invalid` has no such value",
            "error",
        ),
        (
            "a condition without the other case",
            "b = \"keep\"\na = { do = \"null\", when = { column = \"b\", in = [\"x\"] } }",
            8,
            "what happens to the other rows",
            "otherwise",
        ),
        (
            "the other case without a condition",
            "a = { do = \"null\", otherwise = \"keep\" }",
            7,
            "belongs to `when`",
            "",
        ),
        (
            "a column dropped for some rows",
            "b = \"keep\"\na = { do = \"drop\", when = { column = \"b\", in = [\"x\"] }, otherwise = \"keep\" }",
            8,
            "for all rows or for none",
            "",
        ),
        (
            "a reversible column for some rows",
            "b = \"keep\"\na = { do = \"encrypt\", alphabet = \"digits\", reversible = true, when = { column = \"b\", in = [\"x\"] }, otherwise = \"keep\" }",
            8,
            "for some rows only",
            "`reversible`",
        ),
        (
            "a reversible column with tokens",
            "a = { do = \"encrypt\", alphabet = \"digits\", reversible = true, on_invalid = \"token\" }",
            7,
            "would be taken for an encrypted value",
            "on_invalid",
        ),
        ("a brace left open", "a = { do = \"template\", text = \"{b\" }", 7, "", ""),
        ("a format that is none", "a = { do = \"generalise\", to = \"year\", format = \"%Q\" }", 7, "", ""),
    ];
    for (case, columns, line, message, help) in cases {
        let found = complaints(&with_columns(columns));
        assert!(
            found.iter().any(|(at, said, helped)| at == line
                && said.contains(message)
                && helped.as_deref().unwrap_or_default().contains(help)),
            "{case}: {found:?}"
        );
    }
}

#[test]
fn mistakes_outside_the_columns_are_told_as_well() {
    for (case, text, message) in [
        ("nothing", "", "do not say their version"),
        ("another version", "version = 2", "no version of the language"),
        ("no table", "version = 1", "name no table"),
        ("a word like a known one", "version = 1\nunlistd = \"drop\"", "`unlistd` is unknown"),
        ("an unknown suite", "version = 1\nsuite = \"md5\"", "`suite` has no such value"),
        ("a small domain", "version = 1\n[domains]\nd = { form = \"integer\", max = 999_998 }", "fewer than 1,000,000"),
        ("a domain without form", "version = 1\n[domains]\nd = {}", "a domain has a form"),
        ("a domain of integers without end", "version = 1\n[domains]\nd = { form = \"integer\" }", "its largest value"),
        ("digits without number", "version = 1\n[domains]\nd = { form = \"digits\" }", "needs their number"),
        (
            "too few digits",
            "version = 1\n[domains]\nd = { form = \"digits\", length = 5 }",
            "`length` takes an integer",
        ),
        (
            "decimals without scale",
            "version = 1\n[domains]\nd = { form = \"decimal\", max = 99_999 }",
            "number of their decimals",
        ),
        (
            "few decimals",
            "version = 1\n[domains]\nd = { form = \"decimal\", scale = 2, max = 9_999 }",
            "fewer than 1,000,000",
        ),
        (
            "a lifetime of dates",
            "version = 1\n[domains]\nd = { form = \"date\", min = \"1900-01-01\", max = \"2099-12-31\" }",
            "fewer than 1,000,000",
        ),
        ("no day", "version = 1\n[domains]\nd = { form = \"date\", min = \"1900-02-29\" }", "`min` takes a day"),
        (
            "a table without files",
            "version = 1\n[tables.t]\nfiles = []\n[tables.t.columns]\na = \"keep\"",
            "which files it is",
        ),
        ("a table without columns", "version = 1\n[tables.t]\nfiles = [\"t\"]", "names no column"),
        ("no TOML", "version = ", "no TOML"),
        (
            "a delimiter too long",
            "version = 1\n[tables.t]\nfiles = [\"t\"]\ncsv = { delimiter = \";;\" }",
            "one ASCII character",
        ),
        ("an unknown type", "version = 1\n[tables.t]\nfiles = [\"t\"]\ntypes = { a = \"integer\" }", "no such type"),
    ] {
        let found = complaints(text);
        assert!(found.iter().any(|(_, said, _)| said.contains(message)), "{case}: {found:?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = complaints(&with_columns("a = \"tokn\"\nb = { do = \"mask\", kep = 1 }\nc = 3\nd = \"keep\""));
    assert_eq!(found.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [7, 8, 9]);
    let found = complaints("version = = 1\n[tables.t\nfiles = []\nx = [1,\n");
    assert!(found.len() >= 2, "every mistake of syntax: {found:?}");
}

#[test]
fn a_report_shows_the_line_and_marks_the_place() {
    let rejected = Rules::parse("shop.toml", &with_columns("email = { do = \"tokn\" }")).unwrap_err();
    let report = rejected.to_string();
    for part in
        ["error: there is no such transform", "shop.toml:7:16", "email = { do = \"tokn\" }", "^^^^^^", "did you mean"]
    {
        assert!(report.contains(part), "{part:?} is not in:\n{report}");
    }
}
