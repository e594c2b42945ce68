//! Postal codes by country.

use crate::detect::strength::Strength;

/// Per country the shapes of its codes, apart by bars: `9` is a digit, `A` a letter, a blank or a hyphen may be left out.
///
/// From the addressing systems that the members of the Universal Postal Union publish.
const SHAPES: &[(&str, &str)] = &[
    ("AD", "AA999"),
    ("AR", "9999|A9999AAA"),
    ("AT", "9999"),
    ("AU", "9999"),
    ("BA", "99999"),
    ("BE", "9999"),
    ("BG", "9999"),
    ("BR", "99999-999"),
    ("BY", "999999"),
    ("CA", "A9A 9A9"),
    ("CH", "9999"),
    ("CL", "999-9999"),
    ("CN", "999999"),
    ("CO", "999999"),
    ("CR", "99999"),
    ("CY", "9999"),
    ("CZ", "999 99"),
    ("DE", "99999"),
    ("DK", "9999"),
    ("DZ", "99999"),
    ("EE", "99999"),
    ("EG", "99999"),
    ("ES", "99999"),
    ("FI", "99999"),
    ("FR", "99999"),
    ("GB", "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA"),
    ("GR", "999 99"),
    ("HR", "99999"),
    ("HU", "9999"),
    ("ID", "99999"),
    ("IE", "A99 AAAA|A99 A999|A99 AA99|A99 A9AA|A99 9AAA|A99 99AA|A99 999A|A9A AAAA|A9A A999|A99 9A9A"),
    ("IL", "9999999|99999"),
    ("IN", "999 999"),
    ("IR", "99999-99999"),
    ("IS", "999"),
    ("IT", "99999"),
    ("JP", "999-9999"),
    ("KE", "99999"),
    ("KR", "99999"),
    ("KZ", "999999|A99A9A9"),
    ("LI", "9999"),
    ("LT", "99999|AA-99999"),
    ("LU", "9999|A-9999"),
    ("LV", "AA-9999"),
    ("MA", "99999"),
    ("MC", "99999"),
    ("MD", "9999|AA-9999"),
    ("ME", "99999"),
    ("MK", "9999"),
    ("MT", "AAA 9999"),
    ("MX", "99999"),
    ("MY", "99999"),
    ("NG", "999999"),
    ("NL", "9999 AA"),
    ("NO", "9999"),
    ("NZ", "9999"),
    ("PE", "99999"),
    ("PH", "9999"),
    ("PK", "99999"),
    ("PL", "99-999"),
    ("PT", "9999-999|9999"),
    ("RO", "999999"),
    ("RS", "99999"),
    ("RU", "999999"),
    ("SA", "99999|99999-9999"),
    ("SE", "999 99"),
    ("SG", "999999"),
    ("SI", "9999"),
    ("SK", "999 99"),
    ("TH", "99999"),
    ("TN", "9999"),
    ("TR", "99999"),
    ("TW", "999|99999|999999"),
    ("UA", "99999"),
    ("US", "99999|99999-9999"),
    ("UY", "99999"),
    ("VN", "999999|99999"),
    ("ZA", "9999"),
];

/// How many digits codes without letters have, where blanks and hyphens are left out: a shape for each is in the list.
const PLAIN: [usize; 8] = [3, 4, 5, 6, 7, 8, 9, 10];

/// Tells whether the whole of `text` is a postal code: of the country with the ISO 3166 code `hint`, or of any of
/// some eighty without it.
///
/// Strong for a code of the hinted country, and for one with letters or a hyphen in the places of some country's. Weak
/// for four to six digits, which may be anything. With letters, the rules of the United Kingdom, Canada and the
/// Netherlands on which letters stand where are kept.
pub fn postcode(text: &str, hint: Option<&str>) -> Option<Strength> {
    let text = text.trim();
    if !(3..=11).contains(&text.len()) || !text.is_ascii() {
        return None;
    }
    if let Some(country) = hint {
        let (country, shapes) = SHAPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(country))?;
        return fits_any(text, country, shapes).then_some(Strength::Strong);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return (text.len() > 3 && PLAIN.contains(&text.len())).then_some(Strength::Weak);
    }
    let mut fitting = SHAPES.iter().filter(|(country, shapes)| fits_any(text, country, shapes)).peekable();
    fitting.peek()?;
    let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let marked = text.contains([' ', '-']);
    // Irish codes with few digits and Andorra's are shapes of much else; so are three digits.
    let telling =
        fitting.any(|(country, _)| matches!(*country, "GB" | "CA" | "NL" | "PL" | "PT" | "BR" | "US" | "JP" | "IE"));
    match (letters || marked, telling) {
        (true, true) => Some(Strength::Strong),
        (true, false) => Some(Strength::Weak),
        _ => (text.len() > 3).then_some(Strength::Weak),
    }
}

fn fits_any(text: &str, country: &str, shapes: &str) -> bool {
    shapes.split('|').any(|shape| fits(text, shape)) && letters_are_right(text, country)
}

fn fits(text: &str, shape: &str) -> bool {
    let mut bytes = text.bytes().peekable();
    for wanted in shape.bytes() {
        match wanted {
            b'9' if bytes.next_if(u8::is_ascii_digit).is_none() => return false,
            b'A' if bytes.next_if(u8::is_ascii_uppercase).is_none() => return false,
            b' ' | b'-' => drop(bytes.next_if(|byte| *byte == wanted)),
            _ => {}
        }
    }
    bytes.next().is_none()
}

fn letters_are_right(text: &str, country: &str) -> bool {
    let bytes = text.as_bytes();
    match country {
        // Neither the last two letters nor the first one are of those that are easily misread.
        "GB" => {
            let inward = bytes.get(bytes.len().saturating_sub(2)..).unwrap_or_default();
            !inward.iter().any(|byte| b"CIKMOV".contains(byte))
                && !bytes.first().is_some_and(|byte| b"QVX".contains(byte))
        }
        "CA" => {
            !bytes.iter().any(|byte| b"DFIOQU".contains(byte))
                && !bytes.first().is_some_and(|byte| b"WZ".contains(byte))
        }
        "NL" => bytes.first() != Some(&b'0') && !["SA", "SD", "SS"].iter().any(|letters| text.ends_with(letters)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_digits_are_told_by_their_number() {
        for length in 1..=12 {
            let text = "1".repeat(length);
            let fits = SHAPES.iter().any(|(country, shapes)| fits_any(&text, country, shapes));
            assert_eq!(PLAIN.contains(&length), fits, "{length}");
            assert_eq!(postcode(&text, None).is_some(), fits && length > 3, "{length}");
        }
    }

    #[test]
    fn codes_are_told_by_their_country() {
        let cases = [
            ("SW1A 1AA", "GB"),
            ("M1 1AE", "GB"),
            ("EC1A1BB", "GB"),
            ("K1A 0B1", "CA"),
            ("1012 JS", "NL"),
            ("1012JS", "nl"),
            ("00-950", "PL"),
            ("1000-001", "PT"),
            ("01310-100", "BR"),
            ("100-0001", "JP"),
            ("90210", "US"),
            ("90210-1234", "US"),
            ("10115", "DE"),
            ("1010", "AT"),
            ("75008", "FR"),
            ("111 22", "SE"),
            ("LV-1010", "LV"),
            ("D02 X285", "IE"),
            ("VLT 1117", "MT"),
            ("110001", "IN"),
            ("AD500", "AD"),
            ("C1425CLA", "AR"),
        ];
        for (text, country) in cases {
            assert_eq!(postcode(text, Some(country)), Some(Strength::Strong), "{text} {country}");
            assert!(postcode(text, None).is_some(), "{text}");
        }
        let others = [
            ("SW1A 1AC", "GB"),
            ("D1A 0B1", "CA"),
            ("0012 JS", "NL"),
            ("1012 SS", "NL"),
            ("1234", "DE"),
            ("123456", "US"),
            ("9021A", "US"),
            ("", "US"),
            ("90210", "XX"),
            ("90210 ", "AT"),
            ("sw1a 1aa", "GB"),
        ];
        for (text, country) in others {
            assert_eq!(postcode(text, Some(country)), None, "{text} {country}");
        }
    }

    #[test]
    fn digits_alone_are_weak() {
        for (text, strength) in [
            ("SW1A 1AA", Some(Strength::Strong)),
            ("1012 JS", Some(Strength::Strong)),
            ("00-950", Some(Strength::Strong)),
            ("90210", Some(Strength::Weak)),
            ("1010", Some(Strength::Weak)),
            ("123", None),
            ("12345678901", None),
            ("ABC", None),
            ("2024-01-15", None),
        ] {
            assert_eq!(postcode(text, None), strength, "{text}");
        }
    }
}
