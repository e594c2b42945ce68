//! National numbers, as people write them, in cells and in texts.

use super::super::overlap::resolve;
use super::{Grade, Numbers, SCANNER};
use crate::detect::{Found, Hint};
use Grade::{Certain, Possible};

#[test]
fn national_numbers_are_found_by_shape_and_by_words() {
    for (header, text, expected) in [
        ("", "460-89-9847", Some(("us_ssn", Certain, "460-89-9847"))),
        ("", "his SSN is 460-89-9847.", Some(("us_ssn", Certain, "460-89-9847"))),
        ("ssn", "460899847", Some(("us_ssn", Certain, "460899847"))),
        ("", "000-12-3456", None),
        ("", "ORD-460-89-9847", None),
        ("", "460-89-9847-12", None),
        ("", "529.982.247-25", Some(("br_cpf", Certain, "529.982.247-25"))),
        ("", "52998224725", Some(("br_cpf", Possible, "52998224725"))),
        ("cpf", "52998224725", Some(("br_cpf", Certain, "52998224725"))),
        ("", "CPF: 52998224725", Some(("br_cpf", Certain, "52998224725"))),
        ("", "529.982.247-26", None),
        ("", "1 85 05 78 006 084 91", Some(("fr_nir", Certain, "1 85 05 78 006 084 91"))),
        ("nhs_number", "943 476 5919", Some(("gb_nhs", Certain, "943 476 5919"))),
        ("", "12345678Z", Some(("es_dni", Possible, "12345678Z"))),
        ("", "DNI 12345678z", Some(("es_dni", Certain, "12345678z"))),
    ] {
        let mut found = Found::default();
        let hits = SCANNER.scan(text, &Hint::of_header(header), &mut found);
        let numbers = hits.iter().filter(|hit| hit.detector == "national-number");
        let found = numbers.map(|hit| (hit.kind, hit.grade, &text[hit.range.clone()])).next();
        assert_eq!(found, expected, "{header}: {text}");
    }
}

#[test]
fn a_scan_finds_the_best_of_all_that_a_text_may_be() {
    let (mut n, mut found, mut all) = (Numbers(3), Found::default(), Found::default());
    let forms: [fn(&mut Numbers, usize) -> String; 6] = [
        |n, length| n.digits(length),
        |n, length| format!("{}.{}.{}", n.digits(3), n.digits(3), n.digits(length - 4)),
        |n, length| format!("{}-{}", n.digits(length - 5), n.digits(4)),
        |n, length| format!("{}{}", n.digits(length - 1), n.of("ABCDEFGHJKLMNPQRSTUVWXYZ", 1)),
        |n, length| format!("{}{}", n.of("ABCDEFGHIJ", 2), n.digits(length - 2)),
        |n, length| format!("id {} of ssn", n.digits(length)),
    ];
    let mut hits = 0;
    for header in ["", "ssn", "tax_id", "national_id", "cpf", "phone", "order_no"] {
        let hint = Hint::of_header(header);
        for length in 6..19 {
            for text in forms.iter().flat_map(|form| (0..60).map(|_| form(&mut n, length)).collect::<Vec<_>>()) {
                SCANNER.scan(&text, &hint, &mut found);
                SCANNER.scan_for_all(&text, &hint, &mut all);
                hits += all.hits.len();
                resolve(&mut all.hits);
                assert_eq!(found.hits, all.hits, "{header}: {text}");
            }
        }
    }
    assert!(hits > 5_000, "{hits}");
}
