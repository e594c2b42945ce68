//! What somebody learns who has the output, the rules, the program and a list of everybody, but not the key: no more
//! than the transforms say that they leak.

#[allow(dead_code, reason = "shared with the other tests of the catalogue")]
#[path = "support/column.rs"]
mod column;
#[allow(dead_code, reason = "shared with the test of the golden entries")]
#[path = "support/golden.rs"]
mod golden;

use std::collections::{BTreeMap, BTreeSet};

use arrow::datatypes::DataType;
use bowdler::transform::{CATALOGUE, kind};
use bowdler::{Key, Keyring, Suite};
use sha2::{Digest, Sha256};

use column::Column;

/// The key that the attacker does not have. All others here are the attacker's.
const SECRET: u32 = 0;

/// The identity domains of the rules that are attacked, beside that of the column itself.
const DOMAINS: &str = "number = { form = \"integer\", max = 999_999 }\nuuid = { form = \"uuid\" }";

fn keys(number: u32, suite: Suite) -> Keyring {
    let mut bytes = [0x5e; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Keyring::new(Key::from_bytes(bytes), suite)
}

/// What a rule makes of texts under a key.
fn made(domains: &str, rule: &str, key: u32, texts: &[String]) -> Vec<Option<String>> {
    let column = Column::bind_with(domains, rule, &DataType::Utf8, &keys(key, Suite::Sha256)).unwrap();
    column.texts(&texts.iter().map(|text| Some(text.as_str())).collect::<Vec<_>>()).0.unwrap()
}

/// The same, where every text conforms.
fn all_made(rule: &str, key: u32, texts: &[String]) -> Vec<String> {
    made(DOMAINS, rule, key, texts).into_iter().map(Option::unwrap).collect()
}

/// Everybody: the attacker's list.
fn names() -> Vec<String> {
    let first = ["Ana", "Ben", "Chloé", "Dai", "Eva", "Finn", "Gül", "Hans", "Inès", "Jan"];
    let last = ["Abe", "Braun", "Costa", "Diaz", "Evans", "Faure", "Gupta", "Horváth", "Ito", "Jones"];
    let names = first.iter().flat_map(|first| last.iter().map(move |last| format!("{first} {last}")));
    names.flat_map(|name| (1..=5).map(move |number| format!("{name} {number}"))).collect()
}

fn numbers() -> Vec<String> {
    (0..500).map(|number| (number * 1999).to_string()).collect()
}

fn uuids() -> Vec<String> {
    (0..500u64).map(|number| format!("{:08x}-58cc-4372-a567-0e02b2c3d479", number * 8_589_934)).collect()
}

/// The rules that make pseudonyms, each with a list of everybody.
fn pseudonyms() -> [(&'static str, Vec<String>); 3] {
    [
        ("\"token\"", names()),
        ("{ do = \"token\", domain = \"number\" }", numbers()),
        ("{ do = \"token\", domain = \"uuid\" }", uuids()),
    ]
}

/// RFC 4648, section 6, in lower case, bit by bit.
fn base32(bytes: &[u8]) -> String {
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let characters = bits.chunks_exact(5).take(26);
    characters
        .map(|bits| b"abcdefghijklmnopqrstuvwxyz234567"[bits.iter().fold(0, |sum, bit| sum * 2 + usize::from(*bit))])
        .map(char::from)
        .collect()
}

/// How many of everybody the attacker names: whose token is the one that the attack takes for it.
fn hits(tokens: &[String], taken: impl IntoIterator<Item = String>) -> usize {
    tokens.iter().zip(taken).filter(|(token, taken)| **token == *taken).count()
}

#[test]
fn a_list_of_everybody_is_worth_nothing_without_the_key() {
    for (rule, everybody) in pseudonyms() {
        let tokens = all_made(rule, SECRET, &everybody);
        assert_eq!(hits(&tokens, all_made(rule, SECRET, &everybody)), everybody.len(), "the attack works with the key");
        let mut by_wrong_keys = 0;
        for key in 1..=40 {
            by_wrong_keys += hits(&tokens, all_made(rule, key, &everybody));
        }
        // A guess at one of a million integers is right now and then: 40 x 500 of them, one time in 50.
        assert!(by_wrong_keys <= if rule.contains("number") { 1 } else { 0 }, "{rule}: {by_wrong_keys}");
        let other_suite = Column::bind_with(DOMAINS, rule, &DataType::Utf8, &keys(SECRET, Suite::Blake3)).unwrap();
        let texts: Vec<Option<&str>> = everybody.iter().map(|text| Some(text.as_str())).collect();
        let taken = other_suite.texts(&texts).0.unwrap().into_iter().flatten();
        assert!(hits(&tokens, taken) <= 1, "{rule}");
    }
}

#[test]
fn hashes_without_a_key_are_no_tokens() {
    let everybody = names();
    let tokens = all_made("\"token\"", SECRET, &everybody);
    let hashes: [fn(&str) -> Vec<u8>; 6] = [
        |name| Sha256::digest(name).to_vec(),
        |name| Sha256::digest(format!("example.column{name}")).to_vec(),
        |name| Sha256::digest(Sha256::digest(name)).to_vec(),
        |name| blake3::hash(name.as_bytes()).as_bytes().to_vec(),
        |name| blake3::derive_key("bowdler/1 token text", name.as_bytes()).to_vec(),
        |name| blake3::keyed_hash(&[0; 32], name.as_bytes()).as_bytes().to_vec(),
    ];
    let tokens: BTreeSet<String> = tokens.into_iter().collect();
    for (number, hash) in hashes.into_iter().enumerate() {
        assert!(everybody.iter().all(|name| !tokens.contains(&base32(&hash(name)))), "hash {number}");
    }
    // The attack is one: a token is what these would have to find, in their notation.
    assert!(tokens.iter().all(|token| token.len() == base32(&[0; 32]).len()));
}

/// What the attacker takes each token of a column for, who ranks tokens by how often they occur and everybody by how
/// often they truly do. What ties is matched in the order of the alphabet, which is the attacker's best guess.
fn ranked(column: &[String], truly: &BTreeMap<&String, usize>) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    column.iter().for_each(|token| *counts.entry(token).or_default() += 1);
    let rank = |counts: &BTreeMap<&String, usize>| {
        let mut ranked: Vec<(usize, String)> = counts.iter().map(|(text, count)| (*count, (*text).clone())).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
    };
    rank(&counts).into_iter().zip(rank(truly)).collect()
}

/// How many of everybody the ranking names, whose true counts are these, and who among them.
fn named_by_frequency(rule: &str, key: u32, everybody: &[String], counts: &[usize]) -> BTreeSet<usize> {
    let rows: Vec<String> = everybody.iter().zip(counts).flat_map(|(name, count)| vec![name.clone(); *count]).collect();
    let truly = everybody.iter().zip(counts.iter().copied()).collect();
    let taken_for = ranked(&all_made(rule, key, &rows), &truly);
    let tokens = all_made(rule, key, everybody);
    (0..everybody.len()).filter(|place| taken_for[&tokens[*place]] == everybody[*place]).collect()
}

#[test]
fn where_everybody_occurs_equally_often_counting_is_guessing() {
    for (rule, everybody) in pseudonyms() {
        for times in [1, 3] {
            let named: usize =
                (0..40).map(|key| named_by_frequency(rule, key, &everybody, &vec![times; everybody.len()]).len()).sum();
            // A guess puts one of them in its place, whoever many there are: the fixed points of a permutation. In 40
            // guesses that is 40, give or take 6.
            assert!((15..=65).contains(&named), "{rule}: {named} of {} in 40 attacks", everybody.len());
        }
    }
}

#[test]
fn where_counts_differ_counting_finds_exactly_what_the_transform_says_it_leaks() {
    assert!(kind("token").unwrap().properties().leaks.contains("which values are equal, and how often each occurs"));
    for (rule, everybody) in pseudonyms() {
        // Zipf: whoever comes n-th occurs 1/n as often as the first.
        let everybody = &everybody[..200];
        let counts: Vec<usize> = (1..=everybody.len()).map(|rank| 1000 / rank).collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        let alone: BTreeSet<usize> = (0..counts.len()).filter(|place| alike(counts[*place]) == 1).collect();
        let different = counts.iter().collect::<BTreeSet<_>>().len();
        let attacks = 30;
        let mut named_of_the_others = 0;
        for key in 0..attacks {
            let named = named_by_frequency(rule, key, everybody, &counts);
            assert!(named.is_superset(&alone), "{rule}: a count that only one has gives that one away");
            named_of_the_others += named.difference(&alone).count();
        }
        // The bound: of those who share a count with others, a guess names one for each such count.
        let expected = attacks as usize * (different - alone.len());
        assert!(expected > 500, "{different} {}", alone.len());
        assert!(named_of_the_others.abs_diff(expected) < expected / 5, "{rule}: {named_of_the_others}, {expected}");
    }
}

#[test]
fn the_order_of_tokens_tells_nothing_of_the_order_of_values() {
    for (rule, everybody) in pseudonyms() {
        let pairs = 4000;
        let tokens = all_made(rule, SECRET, &everybody);
        let ordered = (0..pairs).filter(|pair| {
            let (a, b) = (pair % everybody.len(), (pair * 7 + 1 + pair / everybody.len()) % everybody.len());
            let number = |text: &String| (text.parse::<u64>().unwrap_or(0), text.clone());
            (number(&everybody[a]) < number(&everybody[b])) == (number(&tokens[a]) < number(&tokens[b]))
        });
        let ordered = ordered.count();
        // One half, give or take 32.
        assert!((1800..=2200).contains(&ordered), "{rule}: {ordered} of {pairs}");
    }
}

#[test]
fn no_keyed_transform_gives_away_most_values_to_a_wrong_key() {
    let mut sources = names();
    sources.truncate(60);
    sources.extend((0..60).map(|number| (number * 7919).to_string()));
    sources.extend((0..60).map(|number| format!("{}-{:02}-{:02}", 1950 + number, 1 + number % 12, 1 + number % 28)));
    sources.extend((0..60).map(|number| format!("{:02}.{:02}.{}", 1 + number % 28, 1 + number % 12, 1950 + number)));
    sources.extend((0..60).map(|number| format!("198.51.{number}.{}", 255 - number)));
    sources.extend(uuids().into_iter().take(60));
    let hardware: Vec<String> = (0..60).map(|number| format!("00:1a:2b:3c:4d:{number:02x}")).collect();
    let golden = golden::all();
    let addresses: Vec<String> = (0..60).map(|number| format!("ana{number}@shop.pt")).collect();
    let mut keyed = BTreeSet::new();
    for kind in CATALOGUE {
        let golden = &golden[kind.name()];
        // What is not found in a text stays as it is, with any key: here there is something in each.
        let sources = if kind.name() == "redact" { addresses.clone() } else { sources.clone() };
        for case in &golden.cases {
            let goes_by_key = case.both.is_none();
            if !goes_by_key || Column::bind(&golden.domains, &case.rule, &DataType::Utf8).is_err() {
                continue;
            }
            keyed.insert(kind.name());
            // Where IP addresses are cut, the key is for MAC addresses alone.
            let cuts = kind.name() == "network" && !case.rule.contains("preserve");
            let sources = if cuts { &hardware } else { &sources };
            let right = made(&golden.domains, &case.rule, SECRET, sources);
            let conforming = right.iter().flatten().count();
            if conforming == 0 {
                // A rule for values of another form.
                continue;
            }
            let attacks = 24;
            let mut named = 0;
            for key in 1..=attacks {
                let wrong = made(&golden.domains, &case.rule, key, sources);
                named +=
                    right.iter().flatten().zip(wrong.iter().flatten()).filter(|(right, wrong)| right == wrong).count();
            }
            let all = conforming * attacks as usize;
            assert!(named * 4 < all, "{}: {named} of {all}", case.rule);
        }
    }
    assert!(["token", "fake", "shift"].iter().all(|name| keyed.contains(name)), "{keyed:?}");
}

/// How many values stand behind each output: the sizes of the sets in which nobody can be told from the others.
fn anonymity_sets(rule: &str, everything: &[String]) -> BTreeMap<String, usize> {
    let mut sets = BTreeMap::new();
    all_made(rule, SECRET, everything).into_iter().for_each(|output| *sets.entry(output).or_insert(0) += 1);
    sets
}

/// Every day of the years 2000 to 2003, by the Gregorian calendar.
fn days() -> Vec<String> {
    let mut days = Vec::new();
    for year in 2000..2004 {
        for (month, length) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
            let leap = usize::from(month == 1 && year % 4 == 0);
            days.extend((1..=length + leap).map(|day| format!("{year}-{:02}-{day:02}", month + 1)));
        }
    }
    days
}

#[test]
fn whoever_is_generalised_is_hidden_among_as_many_as_the_class_has() {
    let numbers: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    let postcodes: Vec<String> = (0..10_000).map(|code| format!("{code:05}")).collect();
    let pins: Vec<String> = (0..10_000).map(|pin| format!("{pin:04}")).collect();
    let addresses: Vec<String> = (0..1024).map(|place| format!("198.51.{}.{}", place / 256, place % 256)).collect();
    for (rule, everything, sizes, sets) in [
        ("{ do = \"generalise\", to = \"year\" }", days(), 365..=366, 4),
        ("{ do = \"generalise\", to = \"quarter\" }", days(), 90..=92, 16),
        ("{ do = \"generalise\", to = \"month\" }", days(), 28..=31, 48),
        ("{ do = \"generalise\", bucket = 10 }", numbers.clone(), 10..=10, 100),
        ("{ do = \"generalise\", bucket = 250 }", numbers.clone(), 250..=250, 4),
        ("{ do = \"generalise\", keep_first = 3 }", postcodes.clone(), 100..=100, 100),
        // A half of the numbers that become the first multiple and the last are not among these.
        ("{ do = \"round\", to = 100 }", numbers.clone(), 50..=100, 11),
        ("{ do = \"network\", keep = 24 }", addresses.clone(), 256..=256, 4),
        ("{ do = \"network\", keep = 30 }", addresses.clone(), 4..=4, 256),
        ("{ do = \"mask\", keep_last = 2 }", pins.clone(), 100..=100, 100),
        ("{ do = \"mask\", keep_first = 1, keep_last = 2 }", pins.clone(), 10..=10, 1000),
        ("\"mask\"", pins, 10_000..=10_000, 1),
        ("{ do = \"replace\", with = \"x\" }", numbers, 1000..=1000, 1),
    ] {
        let found = anonymity_sets(rule, &everything);
        assert_eq!(found.len(), sets, "{rule}");
        assert!(found.values().all(|size| sizes.contains(size)), "{rule}: {found:?}");
    }
}

#[test]
fn a_mask_tells_what_is_kept_and_the_length_and_no_more() {
    assert!(kind("mask").unwrap().properties().leaks.contains("the characters that are kept, the length"));
    // Two values that agree in these are one in the output.
    let values = ["4111111111111234", "5500000000001234", "4111111111111235", "411111111111234"].map(str::to_owned);
    let made = all_made("{ do = \"mask\", keep_last = 4 }", SECRET, &values);
    assert_eq!(made[0], made[1]);
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn a_shift_is_guessed_one_time_in_days_and_known_from_one_date() {
    let leaks = kind("shift").unwrap().properties().leaks;
    assert!(leaks.contains("each date to within `days` days") && leaks.contains("the intervals"));
    let everything = days();
    let (first, second) = (everything[700].clone(), everything[733].clone());
    let place = |day: &String| everything.iter().position(|other| other == day).unwrap();
    let mut moved_by = BTreeMap::new();
    let attacks = 900;
    for key in 0..attacks {
        let made = all_made("{ do = \"shift\", days = 30 }", key, &[first.clone(), second.clone()]);
        *moved_by.entry(700 - place(&made[0])).or_insert(0) += 1;
        // Who knows one date of a subject knows how far all of its dates were moved.
        assert_eq!(place(&made[1]) - place(&made[0]), 33);
    }
    assert_eq!(moved_by.keys().copied().collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
    // The best guess is right one time in 30, give or take: 30 of 900, and 5 standard deviations are 27.
    assert!(moved_by.values().all(|count| (3..=57).contains(count)), "{moved_by:?}");
}
