//! Numbers are held to what those who give them out say of them, by checks that are written otherwise than what makes
//! the numbers, and that are held themselves to numbers which have been published as examples.

use std::collections::BTreeSet;

use super::super::kernel::Draw;
use super::*;

fn figures(text: &str) -> Vec<i64> {
    text.chars().filter_map(|c| c.to_digit(10)).map(i64::from).collect()
}

fn number(text: &str) -> i64 {
    figures(text).iter().fold(0, |number, digit| 10 * number + digit)
}

/// The sum of digits times weights, the check digit among them.
fn sum(digits: &[i64], weights: &[i64]) -> i64 {
    assert_eq!(digits.len(), weights.len());
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn passes_luhn(text: &str) -> bool {
    let doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let digits = figures(text);
    let odd: i64 = digits.iter().rev().step_by(2).sum();
    let even: i64 = digits.iter().rev().skip(1).step_by(2).map(|digit| doubled[*digit as usize]).sum();
    (odd + even) % 10 == 0
}

/// By the two tables of the paper.
fn passes_verhoeff(text: &str) -> bool {
    let product = [
        "0123456789",
        "1234067895",
        "2340178956",
        "3401289567",
        "4012395678",
        "5987604321",
        "6598710432",
        "7659821043",
        "8765932104",
        "9876543210",
    ];
    let permutation = [
        "0123456789",
        "1576283094",
        "5803796142",
        "8916043527",
        "9453126870",
        "4286573901",
        "2793806415",
        "7046913258",
    ];
    let at = |row: &str, place: i64| i64::from(row.as_bytes()[place as usize] - b'0');
    let digits = figures(text);
    let check = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |check, (place, digit)| at(product[check as usize], at(permutation[place % 8], *digit)));
    check == 0
}

/// By the order of letters that the odd places count in.
fn italian_letter(text: &str) -> char {
    let odd = "BAKPLCQDREVOSFTGUHMINJWZYX";
    let worth = |(place, c): (usize, char)| {
        let letter = c.to_digit(10).map_or(c, |digit| char::from(b'A' + digit as u8));
        if place % 2 == 0 { odd.find(letter).unwrap() } else { letter as usize - 'A' as usize }
    };
    char::from(b'A' + (text.chars().enumerate().map(worth).sum::<usize>() % 26) as u8)
}

fn passes(country: &str, text: &str) -> bool {
    let digits = figures(text);
    match country {
        "AU" => sum(&digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0,
        "BE" => {
            let (born, check) = (number(&text[..12]), number(&text[13..]));
            (born + check) % 97 == 0 || (2_000_000_000 + born + check) % 97 == 0
        }
        "BR" => {
            let first = sum(&digits[..9], &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10;
            let second = sum(&digits[..10], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10;
            digits[9..] == [first, second] && digits.iter().any(|digit| *digit != digits[0])
        }
        "CA" | "SA" | "SE" => passes_luhn(text),
        "CN" => {
            let worth = |c: char| if c == 'X' { 10 } else { i64::from(c.to_digit(10).unwrap()) };
            text.chars().rev().enumerate().map(|(place, c)| (1 << place) * worth(c)).sum::<i64>() % 11 == 1
        }
        "DE" => {
            let product = digits[..10].iter().fold(10, |product, digit| ((product + digit + 9) % 10 + 1) * 2 % 11);
            let times = |digit: i64| digits[..10].iter().filter(|other| **other == digit).count();
            let mut all: Vec<_> = (0..10).map(times).collect();
            all.sort_unstable();
            (product + digits[10]) % 10 == 1 && all == [0, 1, 1, 1, 1, 1, 1, 1, 1, 2]
        }
        "ES" => text.ends_with(char::from(b"TRWAGMYFPDXBNJZSQVHLCKE"[number(text) as usize % 23])),
        "FR" => (number(&text[..13]) + number(&text[13..])) % 97 == 0,
        "IN" => passes_verhoeff(text),
        "IR" => {
            let (rest, check) = (sum(&digits[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11, digits[9]);
            if rest < 2 { check == rest } else { check + rest == 11 }
        }
        "IT" => text.ends_with(italian_letter(&text[..15])),
        "NL" => sum(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0,
        "PL" => sum(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0,
        "PT" => {
            let rest = sum(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            digits[8] == if rest < 2 { 0 } else { 11 - rest }
        }
        "TR" => {
            let odd: i64 = digits[..9].iter().step_by(2).sum();
            let even: i64 = digits[1..9].iter().step_by(2).sum();
            (7 * odd - even).rem_euclid(10) == digits[9] && digits[..10].iter().sum::<i64>() % 10 == digits[10]
        }
        "TW" => {
            let letter = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".find(&text[..1]).unwrap() as i64;
            let digits = [&[letter / 10, letter % 10], &digits[..]].concat();
            sum(&digits, &[1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0
        }
        "GB" | "US" => true,
        other => panic!("{other} has no check here"),
    }
}

/// Whether `value` is in `notation`: `#` is a digit, `A` a capital, all else itself.
fn is_in(value: &str, notation: &str) -> bool {
    value.chars().count() == notation.chars().count()
        && value.chars().zip(notation.chars()).all(|(c, sign)| match sign {
            '#' => c.is_ascii_digit(),
            'A' => c.is_ascii_uppercase(),
            sign => c == sign,
        })
}

/// Values from end to end of a kind: all of a small one, some thousand of a large one.
fn values(coded: &Coded) -> Vec<String> {
    let count = if coded.count <= 100_000 { coded.count } else { 9_973 };
    let place = |index: u64| (u128::from(index) * u128::from(coded.count - 1) / u128::from(count - 1)) as u64;
    let write = |place| {
        let mut value = String::new();
        (coded.write)(place, &mut value);
        value
    };
    // Neighbours as well, which differ in what is taken first.
    let neighbours = 0..coded.count.min(3_000);
    let places: BTreeSet<u64> = (0..count).map(place).chain(neighbours).collect();
    places.into_iter().map(write).collect()
}

#[test]
fn the_checks_here_tell_published_numbers_from_others() {
    for (country, number) in [
        ("AU", "123 456 782"),
        ("BE", "85.07.30-033.28"),
        ("BR", "111.444.777-35"),
        ("CA", "046 454 286"),
        ("CN", "360426199101010071"),
        ("DE", "36574261809"),
        ("ES", "12345678Z"),
        ("FR", "255081416802538"),
        ("IN", "2341 2341 2346"),
        ("IR", "0499370899"),
        ("IT", "RCCMNL83S18D969H"),
        ("NL", "111222333"),
        ("PL", "44051401359"),
        ("PT", "123456789"),
        ("SE", "811228-9874"),
        ("TR", "17291716060"),
        ("TW", "A123456789"),
    ] {
        assert!(passes(country, number), "{country}");
        let digits = number.char_indices().filter(|(_, c)| c.is_ascii_digit());
        // Where the check has several digits or letters, one that is wrong is found as well.
        for (place, c) in digits {
            let wrong = char::from(b'0' + (c as u8 - b'0' + 1) % 10);
            let altered = format!("{}{wrong}{}", &number[..place], &number[place + 1..]);
            assert!(!passes(country, &altered), "{country}: {altered}");
        }
    }
}

#[test]
fn personal_numbers_pass_their_checks_and_are_nobodys() {
    for (country, coded) in NATIONAL_IDS {
        let (notation, nobodys): (&str, fn(&str) -> bool) = match *country {
            "AU" => ("### ### ###", |_| true),
            "BE" => ("##.##.##-###.##", |text| ["000", "999"].contains(&&text[9..12])),
            "BR" => ("###.###.###-##", |_| true),
            "CA" => ("0## ### ###", |_| true),
            "CN" => ("99################", |_| true),
            "DE" => ("0##########", |_| true),
            "ES" => ("99######A", |_| true),
            "FR" => ("#############00", |text| &text[10..13] == "000"),
            "GB" => ("AA######A", |text| ["BG", "GB", "KN", "NK", "NT", "QQ", "TN", "ZZ"].contains(&&text[..2])),
            "IN" => ("#### #### ####", |text| text < "2"),
            "IR" => ("000#######", |_| true),
            "IT" => ("AAAAAA##A##Y###A", |_| true),
            "NL" => ("9999#####", |_| true),
            "PL" => ("###########", |text| (61..=72).contains(&number(&text[2..4]))),
            "PT" => ("4########", |text| &text[1..2] != "5"),
            "SA" => ("0#########", |_| true),
            "SE" => ("######-####", |text| number(&text[7..10]) >= 980),
            "TR" => ("0##########", |_| true),
            "TW" => ("A#########", |text| ("3".."6").contains(&&text[1..2])),
            "US" => ("9##-##-####", |text| number(&text[4..6]) < 50 && &text[4..6] != "00" && &text[7..] != "0000"),
            other => panic!("{other} has no range here"),
        };
        let values = values(coded);
        for value in &values {
            // The check digit of China and the key of France may be anything.
            let shape: String = match *country {
                "FR" => value[..13].to_owned() + "00",
                _ => value.replace('X', if *country == "CN" { "0" } else { "X" }),
            };
            assert!(is_in(&shape, notation), "{country}: {value}");
            assert!(nobodys(value), "{country}: {value}");
            assert!(passes(country, value), "{country}: {value}");
        }
        let different: BTreeSet<_> = values.iter().collect();
        assert_eq!(different.len(), values.len(), "{country}");
    }
}

#[test]
fn plates_are_of_no_series() {
    for (country, coded) in PLATES {
        let (notation, nobodys): (&str, fn(&str) -> bool) = match *country {
            "DE" => ("AA-AA ####", |text| ["JJ", "QQ", "QX", "XQ", "XX", "YY"].contains(&&text[..2])),
            "ES" => ("#### AAA", |text| "AEIOU".contains(&text[5..6])),
            "FR" => ("AA-000-AA", |_| true),
            "GB" => ("AA00 AAA", |_| true),
            "IT" => ("QA ### AA", |_| true),
            "NL" => ("QA-###-A", |_| true),
            "SE" => ("AAA ###", |text| "IQV".contains(&text[..1])),
            "TR" => ("## AA ###", |text| number(&text[..2]) > 81),
            other => panic!("{other} has no series here"),
        };
        let values = values(coded);
        assert!(values.iter().all(|value| is_in(value, notation) && nobodys(value)), "{country}");
        assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{country}");
    }
}

#[test]
fn cards_pass_their_check_and_are_for_tests() {
    let published = [
        "4242424242424242",
        "4111111111111111",
        "5555555555554444",
        "2223003122003222",
        "6011111111111117",
        "3566002020360505",
        "4000000000000002",
    ];
    assert!(published.iter().all(|card| passes_luhn(card)) && !passes_luhn("4242424242424241"));
    let values = values(&CARD);
    for value in &values {
        assert!(is_in(value, "################") && passes_luhn(value), "{value}");
        assert!(published.iter().any(|card| card[..6] == value[..6]), "{value}");
    }
    assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len());
}

#[test]
fn addresses_are_those_of_documentation() {
    let all = values(&IPV4);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 762);
    for value in &all {
        let address: std::net::Ipv4Addr = value.parse().unwrap();
        assert!(address.is_documentation() && !matches!(address.octets()[3], 0 | 255), "{value}");
    }
    for value in values(&MAC) {
        let first = u8::from_str_radix(&value[..2], 16).unwrap();
        assert!(first & 1 == 0 && first & 2 == 2 && value.len() == 17, "{value}");
        assert!(value.split(':').all(|byte| byte.len() == 2 && u8::from_str_radix(byte, 16).is_ok()), "{value}");
    }
    let mut last = String::new();
    (MAC.write)(MAC.count - 1, &mut last);
    assert_eq!(last, "fe:ff:ff:ff:ff:ff");
    assert_eq!(values(&MAC).iter().collect::<BTreeSet<_>>().len(), values(&MAC).len());
    for tag in [[0; 32], [0xff; 32], [0x5a; 32]] {
        let draw = Draw::new(&tag);
        for place in [0, 1, u64::MAX - 1] {
            let (mut address, mut uuid) = (String::new(), String::new());
            IPV6.compose(&draw.at(place), &mut address);
            let bits = address.parse::<std::net::Ipv6Addr>().unwrap().to_bits();
            assert_eq!((bits >> 96, bits as u64), (0x2001_0db8, place + 1), "{address}");
            UUID.compose(&draw.at(place), &mut uuid);
            assert!(uuid.len() == 36 && &uuid[14..15] == "4" && "89ab".contains(&uuid[19..20]), "{uuid}");
            assert_eq!(u64::from_str_radix(&uuid[24..], 16), Ok(place % (1 << 48)));
        }
    }
}

fn iban_remainder(iban: &str) -> u32 {
    let turned = [&iban[4..], &iban[..4]].concat();
    let digits: String = turned.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
    digits.chars().fold(0, |rest, c| (rest * 10 + c.to_digit(10).unwrap()) % 97)
}

/// The check digits inside an IBAN, as its country has them.
fn passes_inside(iban: &str) -> bool {
    let account = &iban[4..];
    let spanish = |digits: &[i64], weights: &[i64]| match sum(digits, weights) % 11 {
        0 => 0,
        1 => 1,
        rest => 11 - rest,
    };
    match &iban[..2] {
        "ES" => {
            let digits = figures(account);
            let bank = spanish(&digits[..8], &[4, 8, 5, 10, 9, 7, 3, 6]);
            digits[8..10] == [bank, spanish(&digits[10..], &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6])]
        }
        "FR" => account.chars().fold(0, |rest, c| (10 * rest + c.to_digit(10).unwrap()) % 97) == 0,
        "IT" => account.starts_with(italian_letter(&account[1..])),
        "PL" => sum(&figures(&account[..8]), &[3, 9, 7, 1, 3, 9, 7, 1]) % 10 == 0,
        "PT" => account.chars().fold(0, |rest, c| (10 * rest + c.to_digit(10).unwrap()) % 97) == 1,
        _ => true,
    }
}

#[test]
fn accounts_pass_their_checks_and_are_at_no_bank() {
    let published = [
        "AT611904300234573201",
        "BR1800360305000010009795493C1",
        "CH9300762011623852957",
        "DE89370400440532013000",
        "ES9121000418450200051332",
        "FR7630006000011234567890189",
        "GB29NWBK60161331926819",
        "IE29AIBK93115212345678",
        "IT60X0542811101000000123456",
        "LU280019400644750000",
        "NL91ABNA0417164300",
        "PL61109010140000071219812874",
        "PT50000201231234567890154",
        "SA0380000000608010167519",
        "SE4550000000058398257466",
        "TR330006100519786457841326",
    ];
    assert_eq!(published.len(), IBANS.len());
    for ((country, iban), example) in IBANS.iter().zip(published) {
        assert!(iban_remainder(example) == 1 && passes_inside(example), "{country}");
        let bank: String = match *country {
            "BR" => "99999999".into(),
            "DE" => "90000000".into(),
            "GB" | "IE" | "NL" => "XXXX".into(),
            "IT" => "00000".into(),
            "ES" | "PL" | "PT" => "0000".into(),
            "SA" => "00".into(),
            "LU" | "SE" => "000".into(),
            _ => "00000".into(),
        };
        let from = if *country == "IT" { 5 } else { 4 };
        let mut seen = BTreeSet::new();
        for index in 0..3_000u64 {
            let place = (u128::from(index) * u128::from(iban.turns() - 1) / 2_999) as u64;
            let mut value = String::new();
            iban.compose(&Draw::new(&[0; 32]).at(place), &mut value);
            assert!(value.len() == example.len() && value.starts_with(country), "{value}");
            assert!(iban_remainder(&value) == 1 && passes_inside(&value), "{value}");
            let check: u32 = value[2..4].parse().unwrap();
            assert!((2..=98).contains(&check) && value[from..].starts_with(&bank), "{value}");
            assert!(seen.insert(value));
        }
    }
}

#[test]
fn codes_of_banks_are_for_tests() {
    let bic = Bic("SE");
    let mut seen = BTreeSet::new();
    for index in 0..5_000 {
        let mut value = String::new();
        bic.compose(&Draw::new(&[0; 32]).at(index * (bic.turns() - 1) / 4_999), &mut value);
        assert!(is_in(&value[..4], "AAAA") && value[4..].starts_with("SE") && value[7..] == *"0", "{value}");
        assert!(!"01".contains(&value[6..7]) && seen.insert(value));
    }
}

#[test]
fn numbers_are_filled_with_zeros() {
    for (number, width, expected) in
        [(0, 1, "0"), (0, 3, "000"), (7, 2, "07"), (1234, 2, "1234"), (u64::MAX, 1, "18446744073709551615")]
    {
        let mut value = String::new();
        push(&mut value, number, width);
        assert_eq!(value, expected);
    }
}
