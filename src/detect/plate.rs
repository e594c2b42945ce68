use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Registrations of vehicles.
pub(super) struct LicencePlate;

/// The letters and digits of one, at least and at most.
const SIGNS: std::ops::RangeInclusive<usize> = 4..=10;
/// The longest text that is looked at, in bytes: a letter of another script takes several.
const LONGEST: usize = 32;

/// How many runs of letters and of digits follow each other in turn, how long each is, and where that is so.
struct Form {
    letters_first: bool,
    runs: &'static [(usize, usize)],
}

const fn letters(runs: &'static [(usize, usize)]) -> Form {
    Form { letters_first: true, runs }
}

const fn digits(runs: &'static [(usize, usize)]) -> Form {
    Form { letters_first: false, runs }
}

/// The forms of the states with most vehicles, whatever parts their groups.
const FORMS: &[Form] = &[
    // Germany, Greece, Sweden, Finland, Lithuania, Hungary, Argentina, Colombia, Chile, most of North America.
    letters(&[(2, 5), (1, 4)]),
    // Norway, Denmark, Switzerland, Poland, China.
    letters(&[(2, 3), (4, 6)]),
    // Britain, France, Italy, Austria, Romania, Bulgaria, Croatia, Slovakia, Ukraine, Indonesia; electric ones in Germany.
    letters(&[(1, 5), (1, 5), (1, 3)]),
    // Russia.
    letters(&[(1, 1), (3, 3), (2, 2), (2, 3)]),
    // Brazil since 2018.
    letters(&[(3, 3), (1, 1), (1, 1), (2, 2)]),
    // India.
    letters(&[(2, 2), (1, 2), (1, 3), (4, 4)]),
    // Spain, Estonia, Belgium, Portugal in the nineties, some of North America.
    digits(&[(3, 4), (2, 3)]),
    // The Netherlands, Portugal, Turkey, Korea, Thailand, Czechia, Belgium, California.
    digits(&[(1, 3), (1, 3), (1, 5)]),
    // Victoria.
    digits(&[(1, 1), (2, 2), (1, 1), (2, 2)]),
];

impl Detector for LicencePlate {
    fn name(&self) -> &'static str {
        "licence-plate"
    }

    fn entity(&self) -> Entity {
        Entity::LicencePlate
    }

    fn summary(&self) -> &'static str {
        "registrations of vehicles in common national forms, in a column of that name; never certain, as articles are \
         numbered alike"
    }

    fn example(&self) -> &'static str {
        "AB-123-CD"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["licence plate", "license plate", "plate number", "plate", "number plate", "kennzeichen", "targa"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs {
            all: class::DIGIT,
            any: class::LETTER | class::HIGH,
            length: *SIGNS.start(),
            hint: true,
            ..Needs::default()
        }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let value = text.text.trim();
        if value.len() <= LONGEST && is_plate(value) {
            let start = text.text.len() - text.text.trim_start().len();
            found.tell(Candidate::new(start..start + value.len(), Evidence::Capped, 0.5));
        }
    }
}

/// Whether a text has one of the forms, groups of it parted by single signs or not at all.
fn is_plate(text: &str) -> bool {
    let (mut runs, mut count, mut signs) = ([0_usize; 5], 0, 0);
    let (mut letters_first, mut last, mut parted) = (false, None, true);
    for c in text.chars() {
        let is_letter = c.is_alphabetic();
        if !is_letter && !c.is_ascii_digit() {
            if parted || !matches!(c, ' ' | '-' | '.' | '·' | '\u{a0}') {
                return false;
            }
            parted = true;
            continue;
        }
        if last.is_none() {
            letters_first = is_letter;
        }
        count += usize::from(last != Some(is_letter));
        let Some(run) = runs.get_mut(count.saturating_sub(1)) else { return false };
        *run += 1;
        signs += 1;
        (last, parted) = (Some(is_letter), false);
    }
    let fits = |form: &&Form| {
        let runs = runs.get(..count).unwrap_or_default();
        form.letters_first == letters_first
            && form.runs.len() == count
            && form.runs.iter().zip(runs).all(|((least, most), run)| (*least..=*most).contains(run))
    };
    !parted && SIGNS.contains(&signs) && FORMS.iter().any(|form| fits(&form))
}

#[cfg(test)]
mod tests {
    use super::is_plate;

    /// Examples of the authorities that hand them out, in the form of the day and of some before.
    #[test]
    fn forms_of_many_states_are_known_and_other_codes_are_not() {
        for plate in [
            "B-MA 1234",
            "M AB 1E",
            "WÜ-K 87",
            "AB-123-CD",
            "ab123cd",
            "1234 BCD",
            "M-1234-BC",
            "AA-12-BB",
            "12-AB-34",
            "BD51 SMR",
            "A123 BCD",
            "ZH 123456",
            "W-12345 A",
            "1-ABC-234",
            "WA 12345",
            "KRA 1234",
            "ABC 12D",
            "ABC 123",
            "AB 12 345",
            "1AB 2345",
            "34 ABC 123",
            "06 A 1234",
            "А123ВС 77",
            "А123ВС777",
            "AA1234BB",
            "7ABC123",
            "ABC1D23",
            "MH 12 AB 1234",
            "京A·12345",
            "12가 3456",
            "1AB-2CD",
            "123 ABC",
        ] {
            assert!(is_plate(plate), "{plate}");
        }
        for other in [
            "",
            "ABC",
            "1234567",
            "ABCDEF",
            "SKU-00012-XL-RED",
            "AB--123",
            "AB 123 ",
            "-AB 123",
            "AB_123_CD",
            "A1B2C3D4",
            "ABCDEF-123",
            "10 mm",
            "2024-01-02",
            "A1",
            "AB/123",
            "1234567 AB",
        ] {
            assert!(!is_plate(other), "{other}");
        }
    }
}
