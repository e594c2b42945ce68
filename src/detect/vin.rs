use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Numbers of vehicles.
pub(super) struct Vin;

/// The length of a number.
const LENGTH: usize = 17;
/// What each place counts in the check digit, which is the ninth (49 CFR 565.15).
const WEIGHTS: [u32; LENGTH] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

impl Detector for Vin {
    fn name(&self) -> &'static str {
        "vin"
    }

    fn entity(&self) -> Entity {
        Entity::Vin
    }

    fn summary(&self) -> &'static str {
        "numbers of vehicles (ISO 3779): alphabet, serial number, check digit; without the digit only if a word agrees"
    }

    fn example(&self) -> &'static str {
        "1HGCM82633A004352"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["vin", "vehicle identification number", "vehicle id", "chassis number", "chassis", "fin", "fahrgestellnummer"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["vin", "vehicle", "chassis", "car", "fahrgestellnummer", "bastidor", "telaio"]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, any: class::LETTER, digits: 4, longest: LENGTH, length: LENGTH, hint: false }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for run in text.runs {
            if run.len() != LENGTH || run.classes & class::LETTER == class::LETTER || run.is_number() {
                continue;
            }
            let range = run.start..run.end;
            if let Some((serial, checked)) = judge(text.of(run))
                && !text.is_joined(&range)
            {
                let (evidence, odds) = match (serial, checked) {
                    (true, true) => (Evidence::Strong, 2e-4),
                    (false, true) => (Evidence::Fair, 0.02),
                    (true, false) => (Evidence::Weak, 2e-3),
                    (false, false) => continue,
                };
                found.tell(Candidate::new(range, evidence, odds));
            }
        }
    }
}

/// Whether a word of the right length is a number; then, whether its serial number ends in four digits as it should,
/// and whether the check digit is right.
fn judge(word: &[u8]) -> Option<(bool, bool)> {
    let mut sum = 0;
    let mut letters = 0;
    for (place, (byte, weight)) in word.iter().zip(WEIGHTS).enumerate() {
        let value = match byte.to_ascii_uppercase() {
            digit @ b'0'..=b'9' => u32::from(digit - b'0'),
            b'I' | b'O' | b'Q' => return None,
            letter @ b'A'..=b'H' => u32::from(letter - b'A') + 1,
            letter @ b'J'..=b'R' => u32::from(letter - b'J') + 1,
            letter @ b'S'..=b'Z' => u32::from(letter - b'S') + 2,
            _ => return None,
        };
        letters += u32::from(place < 8 && byte.is_ascii_alphabetic());
        sum += weight * value;
    }
    let year = word.get(9)?.to_ascii_uppercase();
    if letters < 2 || word.first() == Some(&b'0') || matches!(year, b'U' | b'Z' | b'0') {
        return None;
    }
    let check = match (sum % 11) as u8 {
        10 => b'X',
        rest => b'0' + rest,
    };
    let serial = word.get(13..)?.iter().all(u8::is_ascii_digit);
    Some((serial, word.get(8)?.to_ascii_uppercase() == check))
}

#[cfg(test)]
mod tests {
    use super::judge;

    /// Numbers published as examples, the check digit wrong in the last.
    #[test]
    fn check_digits_are_checked() {
        for (number, expected) in [
            ("1M8GDM9AXKP042788", Some((true, true))),
            ("1HGCM82633A004352", Some((true, true))),
            ("5YJSA1DG9DFP14705", Some((true, true))),
            ("WVWZZZ1JZXW000001", Some((true, false))),
            ("1HGCM82643A004352", Some((true, false))),
            ("1HGCM8263OA004352", None),
            ("0HGCM82633A004352", None),
        ] {
            assert_eq!(judge(number.as_bytes()), expected, "{number}");
        }
    }
}
