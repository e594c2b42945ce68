use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Codes of banks.
pub(super) struct Bic;

/// The countries and territories of ISO 3166-1, and Kosovo.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA \
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA \
    GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS \
    MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS \
    RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl Detector for Bic {
    fn name(&self) -> &'static str {
        "bic"
    }

    fn entity(&self) -> Entity {
        Entity::Bic
    }

    fn summary(&self) -> &'static str {
        "codes of banks (ISO 9362): shape and country; certain if a word agrees"
    }

    fn example(&self) -> &'static str {
        "SWIFT code: DEUTDEFF500"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["bic", "swift", "swift code", "bic code", "swift bic", "bank code"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["bic", "swift", "swift code", "bank identifier"]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::UPPER, longest: 8, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for run in text.runs {
            if !matches!(run.len(), 8 | 11) || run.has_lower() || !is_code(text.of(run)) {
                continue;
            }
            let range = run.start..run.end;
            // A word in capitals has the shape often enough; with digits in it, or with the branch of a head office,
            // it is more than a word.
            let telling = run.digits > 0 || text.of(run).ends_with(b"XXX");
            let evidence = if telling && !text.is_joined(&range) { Evidence::Fair } else { Evidence::Weak };
            found.tell(Candidate::new(range, evidence, 0.05));
        }
    }
}

/// Whether a word of 8 or 11 capital letters and digits is built as a code: bank, country, place, branch.
fn is_code(word: &[u8]) -> bool {
    let (Some(bank), Some(country)) = (word.get(..4), word.get(4..6)) else { return false };
    bank.iter().all(u8::is_ascii_uppercase)
        && country.iter().all(u8::is_ascii_uppercase)
        && COUNTRIES.as_bytes().chunks(3).any(|code| code.starts_with(country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_a_country() {
        for (word, expected) in [
            ("DEUTDEFF", true),
            ("DEUTDEFF500", true),
            ("NEDSZAJJXXX", true),
            ("DEUTXXFF", false),
            ("D3UTDEFF", false),
            ("ORDERING", false),
            ("ABCDZWXX", true),
            ("ABCDADXX", true),
        ] {
            assert_eq!(is_code(word.as_bytes()), expected, "{word}");
        }
        assert!(COUNTRIES.split(' ').is_sorted());
        assert_eq!(COUNTRIES.split(' ').count(), 250);
    }
}
