//! Lists of words as the locales have them.

use std::collections::BTreeSet;

pub(super) type List = &'static [&'static str];

/// A list without white space round its words, each word once, where it stands first, and only words that are `fit`.
pub(super) fn clean(list: List, fit: fn(&str) -> bool) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let words = list.iter().map(|word| word.trim()).filter(|word| !word.is_empty() && fit(word));
    words.filter(|word| seen.insert(*word)).collect()
}
