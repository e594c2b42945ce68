//! Kinds that are mostly digits: telephone numbers and postcodes.

use super::coded::{FIGURES, figures};
use super::kernel::{Compose, Draw, Word};

/// Values of one notation.
#[derive(Debug, Clone)]
pub(super) struct Numbered {
    /// `%` is the area, `#` a digit of the number, `@` a letter; everything else stands for itself.
    layout: &'static str,
    areas: &'static [&'static str],
    /// The lowest and the highest number.
    numbers: (u64, u64),
    /// The letters that may stand for an `@`.
    letters: &'static str,
}

impl Compose for Numbered {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let (lowest, highest) = self.numbers;
        let number = lowest + draw.turned(Word::First, highest - lowest + 1);
        let digits = self.layout.bytes().filter(|byte| *byte == b'#').count();
        let (figures, _) = figures(number);
        let mut figures = figures.into_iter().skip(FIGURES.saturating_sub(digits));
        let count = self.letters.len() as u64;
        let mut letters = draw.below(Word::Third, count.pow(4));
        for c in self.layout.chars() {
            match c {
                '%' => value.push_str(draw.one(Word::Second, self.areas)),
                '#' => value.extend(figures.next().map(char::from)),
                '@' => {
                    let letter = letters.checked_rem(count).and_then(|place| self.letters.chars().nth(place as usize));
                    value.extend(letter);
                    letters = letters.checked_div(count).unwrap_or_default();
                }
                c => value.push(c),
            }
        }
    }

    fn turns(&self) -> u64 {
        let (lowest, highest) = self.numbers;
        highest - lowest + 1
    }
}

/// Numbers that are kept for fiction by whoever gives numbers out, written from abroad.
pub(super) mod phones {
    use super::Numbered;

    const fn phones(layout: &'static str, areas: &'static [&'static str], highest: u64) -> Numbered {
        Numbered { layout, areas, numbers: (0, highest), letters: "" }
    }

    /// North American Numbering Plan: 555-0100 to 555-0199 in every area. The areas are some of the larger ones.
    pub(in crate::transform::fake) static US: Numbered = phones("+1 % 555 01##", US_AREAS, 99);

    const US_AREAS: &[&str] = &[
        "201", "202", "203", "205", "206", "207", "208", "209", "210", "212", "213", "214", "215", "216", "217", "219",
        "225", "228", "229", "231", "234", "239", "240", "248", "251", "252", "253", "254", "256", "260", "262", "267",
        "269", "270", "276", "281", "301", "302", "303", "304", "305", "307", "308", "309", "310", "312", "313", "314",
        "315", "316", "317", "318", "319", "320", "321", "323", "325", "330", "334", "336", "337", "339", "347", "351",
        "352", "360", "361", "386", "401", "402", "404", "405", "406", "407", "408", "409", "410", "412", "413", "414",
        "415", "417", "419", "423", "424", "425", "432", "434", "435", "440", "443", "469", "478", "479", "480", "484",
        "501", "502", "503", "504", "505", "507", "508", "509", "510", "512", "513", "515", "516", "517", "518", "520",
        "530", "540", "541", "551", "559", "561", "562", "563", "567", "570", "571", "573", "574", "580", "585", "586",
        "601", "602", "603", "605", "606", "607", "608", "609", "610", "612", "614", "615", "616", "617", "618", "619",
        "620", "623", "626", "630", "631", "636", "641", "646", "650", "651", "660", "661", "678", "682", "701", "702",
        "703", "704", "706", "707", "708", "712", "713", "714", "715", "716", "717", "718", "719", "720", "724", "727",
        "731", "732", "734", "740", "754", "757", "760", "763", "765", "770", "772", "773", "774", "775", "781", "785",
        "786", "801", "802", "803", "804", "805", "806", "808", "810", "812", "813", "814", "815", "816", "817", "818",
        "828", "830", "831", "832", "843", "845", "847", "848", "850", "856", "857", "858", "859", "860", "862", "863",
        "864", "865", "870", "901", "903", "904", "906", "907", "908", "909", "910", "912", "913", "914", "915", "916",
        "917", "918", "919", "920", "925", "928", "931", "936", "937", "940", "941", "947", "949", "951", "952", "954",
        "956", "970", "971", "972", "973", "978", "979", "980", "985", "989",
    ];

    /// Ofcom, telephone numbers for drama: a thousand in each of these.
    pub(in crate::transform::fake) static GB: Numbered = phones(
        "+44 %###",
        &[
            "20 7946 0",
            "113 496 0",
            "114 496 0",
            "115 496 0",
            "116 496 0",
            "117 496 0",
            "118 496 0",
            "121 496 0",
            "131 496 0",
            "141 496 0",
            "151 496 0",
            "161 496 0",
            "191 498 0",
            "29 2018 0",
            "1632 960",
            "7700 900",
        ],
        999,
    );

    /// Arcep, decision 2018-0881: ten thousand in each of these. 06 39 98 is left out: from abroad it is no number of
    /// +33 but of +262, and what checks numbers would refuse it.
    pub(in crate::transform::fake) static FR: Numbered =
        phones("+33 % ## ##", &["1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49"], 9999);

    /// Bundesnetzagentur, notice 148/2021: a thousand in each of these.
    pub(in crate::transform::fake) static DE: Numbered =
        phones("+49 % ###", &["30 23125", "40 66969", "69 90009", "221 4710", "89 99998"], 999);
}

/// Postcodes that look like those of the country. They name places at best: nobody is reached by one.
pub(super) mod postcodes {
    use super::Numbered;

    const fn digits(layout: &'static str, lowest: u64, highest: u64) -> Numbered {
        Numbered { layout, areas: &[], numbers: (lowest, highest), letters: "" }
    }

    pub(in crate::transform::fake) static US: Numbered = digits("#####", 1_001, 99_950);
    /// The first two digits are a département.
    pub(in crate::transform::fake) static FR: Numbered = digits("#####", 1_000, 95_999);
    pub(in crate::transform::fake) static DE: Numbered = digits("#####", 1_067, 99_998);
    pub(in crate::transform::fake) static IT: Numbered = digits("#####", 10, 98_168);
    pub(in crate::transform::fake) static PT: Numbered = digits("####-###", 1_000_001, 9_990_999);
    pub(in crate::transform::fake) static BR: Numbered = digits("#####-###", 1_000_000, 99_999_999);
    /// The first two digits are a province.
    pub(in crate::transform::fake) static TR: Numbered = digits("#####", 1_000, 81_999);
    pub(in crate::transform::fake) static JP: Numbered = digits("###-####", 10_000, 9_999_999);
    pub(in crate::transform::fake) static CN: Numbered = digits("######", 10_000, 859_999);

    /// In Britain a postcode is some fifteen houses. These begin with areas that do not exist, and pass the usual tests
    /// of notation all the same. The number is the last digit of the district and the one after the gap.
    pub(in crate::transform::fake) static GB: Numbered = Numbered {
        layout: "%# #@@",
        areas: &[
            "JX", "KX", "LX", "MX", "NX", "TX", "UX", "WX", "YX", "JX1", "KX1", "LX1", "MX1", "NX1", "TX1", "UX1",
            "WX1", "YX1",
        ],
        numbers: (10, 99),
        letters: "ABDEFGHJLNPQRSTUWXYZ",
    };

    pub(in crate::transform::fake) static NL: Numbered =
        Numbered { layout: "#### @@", areas: &[], numbers: (1_000, 9_999), letters: "ABCDEGHJKLMNPRTVWXZ" };
}
