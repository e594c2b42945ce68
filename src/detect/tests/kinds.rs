//! Every detector keeps what its trait promises.

use std::collections::BTreeSet;

use super::super::hint::Cues;
use super::{Grade, scan, scan_under};
use crate::detect::{DETECTORS, Hint, detector};

#[test]
fn names_are_unique_and_everything_is_documented() {
    let mut names = BTreeSet::new();
    for detector in DETECTORS {
        let name = detector.name();
        assert!(names.insert(name), "{name} twice");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{name}");
        assert!(!detector.summary().is_empty() && !detector.summary().ends_with('.'), "{name}");
        assert!(!detector.example().is_empty(), "{name}");
        assert!(!detector.headers().is_empty(), "{name}");
        for word in detector.kinds().iter().flat_map(|kind| kind.headers.iter().chain(kind.words)) {
            assert_eq!(word.to_lowercase(), *word, "{name}");
            assert_eq!(word.trim(), *word, "{name}");
        }
    }
    assert!(detector("email").is_some() && detector("e-mail").is_none());
}

#[test]
fn kinds_are_unique_and_fit_into_their_set() {
    let kinds: Vec<_> = DETECTORS.iter().flat_map(|detector| detector.kinds()).map(|kind| kind.name).collect();
    let distinct: BTreeSet<_> = kinds.iter().collect();
    assert_eq!(kinds.len(), distinct.len());
    assert!(kinds.len() <= Cues::MOST);
    assert!(DETECTORS.len() <= u64::BITS as usize, "a scanner has a bit for each");
}

#[test]
fn each_finds_its_own_example_and_no_other_is_certain_of_it() {
    for detector in DETECTORS {
        let (name, example) = (detector.name(), detector.example());
        let found = scan_under(detector.headers()[0], example);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        // Articles are numbered as vehicles are.
        let grade = if name == "licence-plate" { Grade::Possible } else { Grade::Certain };
        assert_eq!((found[0].0, found[0].1), (name, grade));
        let others = scan(example);
        let certain = |(_, grade, _): &&(&str, Grade, String)| *grade == Grade::Certain;
        assert!(others.iter().filter(certain).all(|(other, ..)| *other == name), "{name}: {others:?}");
    }
}

#[test]
fn headers_name_their_own_detector() {
    for detector in DETECTORS {
        for kind in detector.kinds() {
            for header in kind.headers {
                for spelling in [header.to_string(), header.replace(' ', "_"), header.replace(' ', "").to_uppercase()] {
                    assert!(Hint::of_header(&spelling).names().contains(&kind.name), "{spelling} {}", kind.name);
                }
            }
        }
    }
}

#[test]
fn a_header_makes_a_login_of_anything() {
    for (header, text, expected) in [
        ("password", "correct horse", vec![("password", Grade::Certain, "correct horse".to_owned())]),
        ("user_name", "  asilva ", vec![("username", Grade::Certain, "asilva".to_owned())]),
        ("login", "", vec![]),
        ("comment", "asilva", vec![]),
    ] {
        assert_eq!(scan_under(header, text), expected, "{header}");
    }
}
