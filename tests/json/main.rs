//! Rules for the paths inside JSON texts: what a person would see of them, and an oracle that is slow and obvious.

mod examples;
mod oracle;

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array, RecordBatch, StringArray};
use bowdler::rules::{Applied, Delivery};
use bowdler::{Key, Keyring, Rules, Suite};

/// The rules file of a table with the columns `id`, `name` and `data`, the last with this rule.
fn rules(rule: &str, unlisted: &str) -> String {
    format!(
        "version = 1\nunlisted = \"{unlisted}\"\n[domains]\nperson = {{ form = \"integer\", max = 999_999_999 }}\n\
         [tables.t]\nfiles = [\"*\"]\nsubject = \"id\"\n[tables.t.columns]\n\
         id = {{ do = \"token\", domain = \"person\" }}\nname = {{ do = \"mask\", keep_first = 1 }}\ndata = {rule}\n"
    )
}

/// Applies a rule to texts in the rows of the people 42, 43, and so on, who are called Zoé, under the key of 32 zero
/// bytes.
fn apply(rule: &str, unlisted: &str, texts: &[Option<&str>]) -> Applied {
    let rules = Rules::parse("rules.toml", &rules(rule, unlisted)).unwrap_or_else(|error| panic!("{error}"));
    let ids = Int64Array::from_iter_values(42..42 + texts.len() as i64);
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("id", Arc::new(ids) as _, true),
        ("name", Arc::new(StringArray::from(vec!["Zoé"; texts.len()])) as _, true),
        ("data", Arc::new(StringArray::from(texts.to_vec())) as _, true),
    ])
    .unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let plan = rules.bind(0, "t", &batch.schema(), &keys, Delivery::Decoded).unwrap();
    plan.apply(&batch, 0).unwrap()
}

/// What has become of the texts.
fn made(applied: &Applied) -> Vec<Option<&str>> {
    applied.batch.column_by_name("data").unwrap().as_string::<i32>().iter().collect()
}

/// The rows that do not conform, with the reason; of one batch, the first five.
fn reasons(applied: &Applied) -> Vec<(usize, &str)> {
    applied.invalid.iter().map(|found| (found.row, found.reason.as_deref().unwrap_or("(none)"))).collect()
}
