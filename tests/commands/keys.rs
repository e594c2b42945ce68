//! Where keys come from, and what is refused.
#![cfg(unix)]

use crate::support::Workplace;
use crate::{CANARIES, shop};

const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707\n";

fn id() -> String {
    Workplace::new().bowdler("key id --key-file key").exits(0).says_nothing().stdout
}

#[test]
fn the_id_is_the_same_whatever_way_the_key_comes() {
    assert_eq!(id().trim().len(), 16);
    for line in [
        "$BOWDLER key id --key-command 'cat key'",
        "exec 3<key; exec $BOWDLER key id --key-fd 3",
        "cat key | $BOWDLER key id --key-fd 0",
        "BOWDLER_KEY_FILE=key exec $BOWDLER key id",
        "BOWDLER_KEY_FILE=missing exec $BOWDLER key id --key-file key",
        "$BOWDLER key id --key-file key --quiet",
    ] {
        assert_eq!(Workplace::new().shell(line).exits(0).says_nothing().stdout, id(), "{line}");
    }
    assert_eq!(Workplace::new().bowdler("key id --key-file key --json").json()["id"], id().trim());
}

#[test]
fn keys_that_cannot_be_trusted_are_refused() {
    let place = Workplace::new()
        .with_mode("open", KEY, 0o644)
        .with_mode("group", KEY, 0o640)
        .with_mode("short", "0707", 0o600)
        .with_mode("words", "xy".repeat(32), 0o600);
    for (line, message) in [
        ("$BOWDLER key id --key-file open", "mode 0644"),
        ("$BOWDLER key id --key-file group", "mode 0640"),
        ("$BOWDLER key id --key-file missing", "cannot open the key file"),
        ("$BOWDLER key id --key-file short", "64 hexadecimal digits"),
        ("$BOWDLER key id --key-file words", "64 hexadecimal digits"),
        ("$BOWDLER key id --key-command 'cat key; exit 3'", "the key command failed"),
        ("$BOWDLER key id --key-command true", "64 hexadecimal digits"),
        ("$BOWDLER key id --key-fd 99", "not open for reading"),
        ("$BOWDLER key id", "no key is named"),
        ("BOWDLER_KEY_FILE= $BOWDLER key id", "BOWDLER_KEY_FILE names no file"),
        ("BOWDLER_KEY_FILE=open $BOWDLER key id", "mode 0644"),
    ] {
        place.shell(line).exits(2).prints_nothing().says(&[message]).never_says(&["0707", "xyxy"]);
    }
}

#[test]
fn a_new_key_is_its_owners_alone_and_never_overwritten() {
    use std::os::unix::fs::MetadataExt;

    let place = Workplace::new();
    let made = place.bowdler("key new fresh").exits(0).says_nothing();
    assert_eq!(std::fs::metadata(place.path("fresh")).unwrap().mode() & 0o7777, 0o600);
    assert_eq!(place.bowdler("key id --key-file fresh").stdout, made.stdout);
    let key = place.read("fresh");
    place.bowdler("key new fresh").exits(2).prints_nothing().says(&["never overwritten"]);
    assert_eq!(place.read("fresh"), key);
    place.bowdler("key new no/such/folder").exits(5).prints_nothing();
}

#[test]
fn without_a_key_a_random_one_is_made_and_said() {
    let place = shop();
    for to in ["a", "b"] {
        let ran = place.bowdler(&format!("run rules.toml --from exports --to {to}")).exits(0);
        ran.says(&["note: no key given", "made for this run and forgotten"]);
        assert!(place.read(&format!("{to}/bowdler.manifest.json")).contains("\"origin\": \"random\""));
    }
    assert_ne!(place.read("a/people.csv"), place.read("b/people.csv"));
    place.bowdler("run rules.toml --from exports --to c --quiet").exits(0).says_nothing().prints_nothing();
    place.bowdler("preview rules.toml --from exports").exits(0).says(&["note: no key given"]);
    place.bowdler("check rules.toml --from exports").exits(0).says_nothing();
}

#[test]
fn with_a_key_the_same_tokens_come_out_again() {
    let place = shop().with_mode("sevens", KEY, 0o600);
    let id = place.bowdler("key id --key-file sevens").exits(0).stdout;
    for to in ["a", "b"] {
        let ran = place.bowdler(&format!("run rules.toml --from exports --to {to} --key-file sevens")).exits(0);
        ran.says(&[id.trim()]).never_says(&["no key given", "0707"]).never_says(CANARIES);
        let manifest = place.read(&format!("{to}/bowdler.manifest.json"));
        assert!(manifest.contains("\"origin\": \"given\"") && manifest.contains(id.trim()), "{manifest}");
    }
    assert_eq!(place.read("a/people.csv"), place.read("b/people.csv"));
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_is_dumped() {
    let command = "grep 'core file' /proc/$PPID/limits >&2; cat key";
    let ran = Workplace::new().bowdler_with(&["key", "id", "--key-command", command]).exits(0);
    let limits: Vec<&str> = ran.stderr.split_whitespace().filter(|word| *word == "0").collect();
    assert_eq!(limits, ["0", "0"], "{ran:#?}");
}
