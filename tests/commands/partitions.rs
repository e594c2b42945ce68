//! Partitioned folders: what stands in the name of a folder is a cell like any other.

use crate::support::Workplace;

/// Values that stand in names of folders, and nowhere else may.
const CANARIES: &[&str] = &["ana%40", "ana@", "Lisbon"];

const FILES: &[(&str, &str)] = &[
    ("in/sales/dt=2026-01-01/who=ana%40shop.pt/city=Lisbon/part-0.csv", "id,amount\n1,2.5\n2,3.5\n"),
    ("in/sales/dt=2026-01-02/who=bob%40x.org/city=__HIVE_DEFAULT_PARTITION__/part-0.csv", "id,amount\n3,4.5\n"),
];

fn rules(columns: &str) -> String {
    format!(
        "version = 1\n[tables.sales]\nfiles = [\"sales/**/*.csv\"]\n[tables.sales.columns]\nid = \"keep\"\namount = \"keep\"\n{columns}\n"
    )
}

fn sales(columns: &str) -> Workplace {
    FILES.iter().fold(Workplace::new().with("rules.toml", rules(columns)), |place, (name, text)| place.with(name, text))
}

#[test]
fn the_names_of_folders_are_what_the_rules_make_of_them() {
    let place = sales("dt = \"keep\"\nwho = { do = \"mask\" }\ncity = \"drop\"");
    place.bowdler("run rules.toml in --to out").exits(0).never_says(CANARIES);
    let names: Vec<String> = place.tree("out").into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "bowdler.manifest.json",
            "sales/dt=2026-01-01/who=%2A%2A%2A%2A%2A%2A%2A%2A%2A%2A%2A/part-0.csv",
            "sales/dt=2026-01-02/who=%2A%2A%2A%2A%2A%2A%2A%2A%2A/part-0.csv",
        ]
    );
    let manifest = place.read("out/bowdler.manifest.json");
    CANARIES.iter().for_each(|canary| assert!(!manifest.contains(canary), "{canary} in {manifest}"));
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["files"][0]["input"]["path"], "sales/dt=2026-01-01/who=aaa@aaaa.aa/city=Aaaaaa/part-0.csv");
    assert_eq!(manifest["files"][0]["columns"][3]["changed"], 2);
    place.bowdler("verify out --rules rules.toml").exits(0);
}

#[test]
fn a_key_needs_a_rule_like_any_column() {
    let all = "dt = \"keep\"\nwho = { do = \"token\" }\n";
    for (columns, code, message) in [
        ("dt = \"keep\"\nwho = { do = \"token\" }", 3, "no rule names the column `city`"),
        (&format!("{all}city = \"drop\"\nplace = \"keep\""), 3, "this rule matches no column"),
        (&format!("{all}city = {{ do = \"shift\", days = 3 }}"), 3, "column `city`"),
        (
            &format!("{all}city = {{ do = \"generalise\", to = \"year\" }}"),
            3,
            "a value of shape Aaaaaa does not conform",
        ),
        ("dt = { do = \"replace\", with = \"x\" }\nwho = \"drop\"\ncity = \"drop\"", 2, "would both be written as"),
        (&format!("{all}city = \"null\""), 0, "published 2 files"),
    ] {
        let place = sales(columns);
        let ran = place.bowdler("run rules.toml in --to out").exits(code).says(&[message]).never_says(CANARIES);
        assert_eq!(place.path("out").exists(), code == 0, "{}", ran.stderr);
        place.bowdler("check rules.toml --from in").never_says(CANARIES);
        place.bowdler("preview rules.toml --from in").never_says(CANARIES);
    }
}

#[test]
fn what_is_wrong_in_a_file_is_told_without_its_folders() {
    let place = sales("dt = \"keep\"\nwho = \"drop\"\ncity = \"drop\"").with(FILES[0].0, "id,amount\n1\n");
    for command in ["run rules.toml in --to out", "init in", "preview rules.toml --from in"] {
        place.bowdler(command).exits(3).says(&["city=Aaaaaa/part-0.csv, line 2"]).never_says(CANARIES);
    }
    let place = sales("dt = \"keep\"\nwho = \"drop\"\ncity = \"drop\"");
    place.write("in/other/city=Lisbon/x.csv", "a\n");
    place
        .bowdler("run rules.toml in --to out")
        .exits(3)
        .says(&["other/city=Aaaaaa/x.csv belongs to no table"])
        .never_says(CANARIES);
}

#[test]
fn rules_are_proposed_for_keys_too() {
    let place = sales("");
    place.bowdler("init in -o proposed.toml").exits(0).never_says(CANARIES);
    let proposed = place.read("proposed.toml");
    CANARIES.iter().for_each(|canary| assert!(!proposed.contains(canary), "{canary} in {proposed}"));
    assert!(proposed.contains("sales/dt=*/who=*/city=*/part-*.csv") && proposed.contains("\nwho"), "{proposed}");
    place.bowdler("run proposed.toml in --to out").exits(0).never_says(CANARIES);
    place.bowdler("verify out").exits(0);
}
