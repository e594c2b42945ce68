//! Approved algorithms by default: a token can be computed by hand from the standards and nothing else.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::support::Workplace;

fn hmac_sha_256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// SP 800-108 in counter mode, one round: counter, label, zero byte, context, length in bits.
fn subkey(root: &[u8], label: &str, context: &str) -> Vec<u8> {
    let input =
        [&1u32.to_be_bytes()[..], label.as_bytes(), &[0], context.as_bytes(), &256u32.to_be_bytes()[..]].concat();
    hmac_sha_256(root, &input)
}

/// RFC 4648, section 6, in lower case, bit by bit.
fn base32(bytes: &[u8], length: usize) -> String {
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let character =
        |bits: &[u8]| b"abcdefghijklmnopqrstuvwxyz234567"[bits.iter().fold(0, |value, bit| value * 2 + *bit as usize)];
    bits.chunks(5).take(length).map(|bits| character(bits) as char).collect()
}

#[test]
fn a_text_token_is_base32_of_hmac_sha_256_under_a_derived_key() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        r#"
version = 1
[domains]
mail = { form = "text", length = 40 }
[tables.t]
files = ["t.csv"]
[tables.t.columns]
own = { do = "token", prefix = "<", suffix = ">" }
shared = { do = "token", domain = "mail" }
"#,
    );
    workplace.write("t.csv", "own,shared\nAna,ana@example.org\n");
    workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(0);
    let token = |domain: &str, value: &str, length| {
        let key = subkey(&[0; 32], "bowdler/1 token text", domain);
        base32(&hmac_sha_256(&key, value.as_bytes()), length)
    };
    let expected = format!("<{}>,{}", token("t.own", "Ana", 26), token("mail", "ana@example.org", 40));
    assert_eq!(workplace.read("out.csv").lines().nth(1), Some(expected.as_str()));
}

#[test]
fn a_key_is_named_by_a_check_value() {
    let workplace = Workplace::new();
    let id: String = subkey(&[0; 32], "bowdler/1 key id", "")[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(workplace.bowdler("key id --key-file key").exits(0).stdout.trim(), id);
    workplace.write("rules.toml", "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\na = \"keep\"\n");
    workplace.write("t.csv", "a\n1\n");
    let manifest = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key --json").exits(0).stdout;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!((&manifest["key"]["id"], &manifest["suite"]), (&id.into(), &"sha256".into()));
}

#[test]
fn the_manifest_has_the_digests_of_what_was_read_and_of_what_stands_there() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", "version = 1\n[tables.t]\nfiles = [\"*.csv\"]\n[tables.t.columns]\na = \"token\"\n");
    workplace.write("exports/t.csv", "a\nAna\nBo\n");
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);
    let manifest: serde_json::Value = serde_json::from_str(&workplace.read("staging/bowdler.manifest.json")).unwrap();
    let digest = |name: &str| blake3::hash(&workplace.bytes(name)).to_hex().to_string();
    let file = &manifest["files"][0];
    for (end, name) in [("input", "exports/t.csv"), ("output", "staging/t.csv")] {
        assert_eq!(file[end]["blake3"], digest(name), "{name}");
        assert_eq!(file[end]["bytes"], workplace.bytes(name).len(), "{name}");
    }
    assert_eq!(manifest["rules"], digest("rules.toml"));
    assert_eq!(file["rows"], 2);
}
