use super::checksum::mod_97_10;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// International bank account numbers.
pub(super) struct Iban;

/// A run of an account number: how many bytes, and of which kind.
type Part = (u8, u8);

/// How the account number behind country and check digits is built in each country, as in the IBAN registry (ISO
/// 13616, kept by SWIFT): counts of `n` digits, `a` capital letters, `c` digits or letters.
#[rustfmt::skip]
const COUNTRIES: &[(&[u8; 2], &[Part])] = &[
    (b"AD", &[(8, b'n'), (12, b'c')]), (b"AE", &[(19, b'n')]), (b"AL", &[(8, b'n'), (16, b'c')]),
    (b"AT", &[(16, b'n')]), (b"AZ", &[(4, b'a'), (20, b'c')]), (b"BA", &[(16, b'n')]), (b"BE", &[(12, b'n')]),
    (b"BG", &[(4, b'a'), (6, b'n'), (8, b'c')]), (b"BH", &[(4, b'a'), (14, b'c')]), (b"BI", &[(23, b'n')]),
    (b"BR", &[(23, b'n'), (1, b'a'), (1, b'c')]), (b"BY", &[(4, b'c'), (4, b'n'), (16, b'c')]),
    (b"CH", &[(5, b'n'), (12, b'c')]), (b"CR", &[(18, b'n')]), (b"CY", &[(8, b'n'), (16, b'c')]),
    (b"CZ", &[(20, b'n')]), (b"DE", &[(18, b'n')]), (b"DJ", &[(23, b'n')]), (b"DK", &[(14, b'n')]),
    (b"DO", &[(4, b'c'), (20, b'n')]), (b"EE", &[(16, b'n')]), (b"EG", &[(25, b'n')]), (b"ES", &[(20, b'n')]),
    (b"FI", &[(14, b'n')]), (b"FK", &[(2, b'a'), (12, b'n')]), (b"FO", &[(14, b'n')]),
    (b"FR", &[(10, b'n'), (11, b'c'), (2, b'n')]), (b"GB", &[(4, b'a'), (14, b'n')]),
    (b"GE", &[(2, b'a'), (16, b'n')]), (b"GI", &[(4, b'a'), (15, b'c')]), (b"GL", &[(14, b'n')]),
    (b"GR", &[(7, b'n'), (16, b'c')]), (b"GT", &[(24, b'c')]), (b"HN", &[(4, b'a'), (20, b'n')]),
    (b"HR", &[(17, b'n')]), (b"HU", &[(24, b'n')]), (b"IE", &[(4, b'a'), (14, b'n')]), (b"IL", &[(19, b'n')]),
    (b"IQ", &[(4, b'a'), (15, b'n')]), (b"IS", &[(22, b'n')]), (b"IT", &[(1, b'a'), (10, b'n'), (12, b'c')]),
    (b"JO", &[(4, b'a'), (4, b'n'), (18, b'c')]), (b"KW", &[(4, b'a'), (22, b'c')]),
    (b"KZ", &[(3, b'n'), (13, b'c')]), (b"LB", &[(4, b'n'), (20, b'c')]), (b"LC", &[(4, b'a'), (24, b'c')]),
    (b"LI", &[(5, b'n'), (12, b'c')]), (b"LT", &[(16, b'n')]), (b"LU", &[(3, b'n'), (13, b'c')]),
    (b"LV", &[(4, b'a'), (13, b'c')]), (b"LY", &[(21, b'n')]), (b"MC", &[(10, b'n'), (11, b'c'), (2, b'n')]),
    (b"MD", &[(20, b'c')]), (b"ME", &[(18, b'n')]), (b"MK", &[(3, b'n'), (10, b'c'), (2, b'n')]),
    (b"MN", &[(16, b'n')]), (b"MR", &[(23, b'n')]), (b"MT", &[(4, b'a'), (5, b'n'), (18, b'c')]),
    (b"MU", &[(4, b'a'), (19, b'n'), (3, b'a')]), (b"NI", &[(4, b'a'), (20, b'n')]),
    (b"NL", &[(4, b'a'), (10, b'n')]), (b"NO", &[(11, b'n')]), (b"OM", &[(3, b'n'), (16, b'c')]),
    (b"PK", &[(4, b'a'), (16, b'c')]), (b"PL", &[(24, b'n')]), (b"PS", &[(4, b'a'), (21, b'c')]),
    (b"PT", &[(21, b'n')]), (b"QA", &[(4, b'a'), (21, b'c')]), (b"RO", &[(4, b'a'), (16, b'c')]),
    (b"RS", &[(18, b'n')]), (b"RU", &[(14, b'n'), (15, b'c')]), (b"SA", &[(2, b'n'), (18, b'c')]),
    (b"SC", &[(4, b'a'), (20, b'n'), (3, b'a')]), (b"SD", &[(14, b'n')]), (b"SE", &[(20, b'n')]),
    (b"SI", &[(15, b'n')]), (b"SK", &[(20, b'n')]), (b"SM", &[(1, b'a'), (10, b'n'), (12, b'c')]),
    (b"SO", &[(19, b'n')]), (b"ST", &[(21, b'n')]), (b"SV", &[(4, b'a'), (20, b'n')]), (b"TL", &[(19, b'n')]),
    (b"TN", &[(20, b'n')]), (b"TR", &[(6, b'n'), (16, b'c')]), (b"UA", &[(6, b'n'), (19, b'c')]),
    (b"VA", &[(18, b'n')]), (b"VG", &[(4, b'a'), (16, b'n')]), (b"XK", &[(16, b'n')]),
    (b"YE", &[(4, b'a'), (4, b'n'), (18, b'c')]),
];

/// The longest IBAN.
const LONGEST: usize = 34;

impl Detector for Iban {
    fn name(&self) -> &'static str {
        "iban"
    }

    fn entity(&self) -> Entity {
        Entity::Iban
    }

    fn summary(&self) -> &'static str {
        "bank accounts: structure of the country's numbers and check digits of ISO 7064, in any grouping"
    }

    fn example(&self) -> &'static str {
        "GB82 WEST 1234 5698 7654 32"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["iban", "bank account", "account iban", "bankverbindung", "kontonummer", "cuenta bancaria"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["iban", "account", "bank", "konto", "compte", "cuenta", "conto", "rekening"]
    }

    fn needs(&self) -> Needs {
        Needs { digits: 9, any: super::text::class::LETTER, length: 15, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for run in text.runs {
            let [a, b, c, d, ..] = text.of(run) else { continue };
            if !(a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit()) {
                continue;
            }
            if let Some(end) = end_of_number(text.slice(run.start..text.bytes().len()), [*a, *b])
                && !matches!(text.before(run.start), b'_' | b'/')
            {
                found.tell(Candidate::new(run.start..run.start + end, Evidence::Strong, 1e-5));
            }
        }
    }
}

/// Where an IBAN that begins the bytes ends.
fn end_of_number(bytes: &[u8], country: [u8; 2]) -> Option<usize> {
    let country = [country[0].to_ascii_uppercase(), country[1].to_ascii_uppercase()];
    let place = COUNTRIES.binary_search_by(|(code, _)| code[..].cmp(&country[..])).ok()?;
    let (_, parts) = COUNTRIES.get(place)?;
    let length = 4 + parts.iter().map(|(count, _)| usize::from(*count)).sum::<usize>();
    let (mut number, mut count, mut end) = ([0u8; LONGEST], 0, 0);
    let number = number.get_mut(..length)?;
    while let Some(slot) = number.get_mut(count) {
        let byte = *bytes.get(end)?;
        let separates = matches!(byte, b' ' | b'-' | b'.');
        if byte.is_ascii_alphanumeric() {
            *slot = byte.to_ascii_uppercase();
            count += 1;
        } else if !separates || count < 4 && byte != b' ' || !bytes.get(end + 1)?.is_ascii_alphanumeric() {
            return None;
        }
        end += 1;
    }
    if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return None;
    }
    let mut rest = number.get(4..)?;
    for (count, kind) in *parts {
        let (part, behind) = rest.split_at_checked(usize::from(*count))?;
        let fits = match kind {
            b'n' => part.iter().all(u8::is_ascii_digit),
            b'a' => part.iter().all(u8::is_ascii_uppercase),
            _ => true,
        };
        if !fits {
            return None;
        }
        rest = behind;
    }
    number.rotate_left(4);
    mod_97_10(number).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: &str) -> bool {
        let bytes = number.as_bytes();
        end_of_number(bytes, [bytes[0], bytes[1]]) == Some(bytes.len())
    }

    #[test]
    fn the_countries_are_in_order() {
        assert!(COUNTRIES.is_sorted_by_key(|(code, _)| *code));
        let longest =
            COUNTRIES.iter().map(|(_, parts)| parts.iter().map(|(n, _)| usize::from(*n)).sum::<usize>()).max();
        assert!(longest.is_some_and(|longest| 4 + longest <= LONGEST));
    }

    /// The registry's own examples.
    #[test]
    fn the_examples_of_the_registry_pass() {
        for number in [
            "AD1200012030200359100100",
            "AE070331234567890123456",
            "AL47212110090000000235698741",
            "AT611904300234573201",
            "AZ21NABZ00000000137010001944",
            "BA391290079401028494",
            "BE68539007547034",
            "BG80BNBG96611020345678",
            "BH67BMAG00001299123456",
            "BR1800360305000010009795493C1",
            "BY13NBRB3600900000002Z00AB00",
            "CH9300762011623852957",
            "CR05015202001026284066",
            "CY17002001280000001200527600",
            "CZ6508000000192000145399",
            "DE89370400440532013000",
            "DK5000400440116243",
            "DO28BAGR00000001212453611324",
            "EE382200221020145685",
            "EG380019000500000000263180002",
            "ES9121000418450200051332",
            "FI2112345600000785",
            "FO6264600001631634",
            "FR1420041010050500013M02606",
            "GB29NWBK60161331926819",
            "GE29NB0000000101904917",
            "GI75NWBK000000007099453",
            "GL8964710001000206",
            "GR1601101250000000012300695",
            "GT82TRAJ01020000001210029690",
            "HR1210010051863000160",
            "HU42117730161111101800000000",
            "IE29AIBK93115212345678",
            "IL620108000000099999999",
            "IQ98NBIQ850123456789012",
            "IS140159260076545510730339",
            "IT60X0542811101000000123456",
            "JO94CBJO0010000000000131000302",
            "KW81CBKU0000000000001234560101",
            "KZ86125KZT5004100100",
            "LB62099900000001001901229114",
            "LC55HEMM000100010012001200023015",
            "LI21088100002324013AA",
            "LT121000011101001000",
            "LU280019400644750000",
            "LV80BANK0000435195001",
            "LY83002048000020100120361",
            "MC5811222000010123456789030",
            "MD24AG000225100013104168",
            "ME25505000012345678951",
            "MK07250120000058984",
            "MR1300020001010000123456753",
            "MT84MALT011000012345MTLCAST001S",
            "MU17BOMM0101101030300200000MUR",
            "NL91ABNA0417164300",
            "NO9386011117947",
            "PK36SCBL0000001123456702",
            "PL61109010140000071219812874",
            "PS92PALS000000000400123456702",
            "PT50000201231234567890154",
            "QA58DOHB00001234567890ABCDEFG",
            "RO49AAAA1B31007593840000",
            "RS35260005601001611379",
            "SA0380000000608010167519",
            "SC18SSCB11010000000000001497USD",
            "SE4550000000058398257466",
            "SI56263300012039086",
            "SK3112000000198742637541",
            "SM86U0322509800000000270100",
            "ST68000100010051845310112",
            "SV62CENR00000000000000700025",
            "TL380080012345678910157",
            "TN5910006035183598478831",
            "TR330006100519786457841326",
            "UA213223130000026007233566001",
            "VA59001123000012345678",
            "VG96VPVG0000012345678901",
            "XK051212012345678906",
        ] {
            assert!(whole(number), "{number}");
            assert!(whole(&number.to_lowercase()), "{number}");
        }
    }

    #[test]
    fn what_is_no_iban_fails() {
        for number in [
            "GB82WEST12345698765433",
            "GB82WEST1234569876543",
            "GB82WEST123456987654321",
            "GB82123412345698765432",
            "XX82WEST12345698765432",
            "GB82 WEST  1234 5698 7654 32",
            "DE89370400440532013001",
        ] {
            assert!(!whole(number), "{number}");
        }
    }
}
