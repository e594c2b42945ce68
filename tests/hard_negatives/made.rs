//! Values that look like personal data and are not, the same ones every time.

/// The same numbers every time (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn of(&mut self, signs: &str, count: usize) -> String {
        (0..count).map(|_| char::from(signs.as_bytes()[self.below(signs.len() as u64) as usize])).collect()
    }

    pub fn digits(&mut self, count: usize) -> String {
        self.of("0123456789", count)
    }

    pub fn hex(&mut self, count: usize) -> String {
        self.of("0123456789abcdef", count)
    }

    pub fn capitals(&mut self, count: usize) -> String {
        self.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count)
    }
}

/// The sum of digits times weights, the weights over and over.
pub fn weighed(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights.iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum()
}

/// The digits with their Luhn digit behind them (ISO/IEC 7812-1, annex B).
pub fn with_luhn(payload: &str) -> String {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = payload.bytes().rev().map(|digit| u32::from(digit - b'0')).enumerate();
    let sum: u32 = digits.map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit }).sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

/// Twelve digits and the check digit of EAN-13, ISBN-13 too.
pub fn ean(payload: &str) -> String {
    format!("{payload}{}", (10 - weighed(payload, &[1, 3]) % 10) % 10)
}

/// Nine digits and the check sign of ISBN-10.
pub fn isbn_10(payload: &str) -> String {
    match (11 - weighed(payload, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 {
        10 => format!("{payload}X"),
        check => format!("{payload}{check}"),
    }
}

/// A parcel of the posts: two letters, eight digits, a check digit, a country (UPU S10).
pub fn parcel(n: &mut Random) -> String {
    let number = n.digits(8);
    let check = match 11 - weighed(&number, &[8, 6, 4, 2, 3, 5, 9, 7]) % 11 {
        10 => 0,
        11 => 5,
        check => check,
    };
    format!("R{}{number}{check}DE", n.of("ABCDEFGHR", 1))
}

/// A moment of 2024, in pieces.
pub fn moment(n: &mut Random) -> [u64; 6] {
    [2024, 1 + n.below(12), 1 + n.below(28), n.below(24), n.below(60), n.below(60)]
}

pub type Make = fn(&mut Random, u64) -> String;

/// What it is, a header that misleads, and how the values are made.
pub const NEGATIVES: &[(&str, &str, Make)] = &[
    ("order numbers with Luhn's digit, 9 digits", "user_agent", |n, _| with_luhn(&format!("4{}", n.digits(7)))),
    ("order numbers with Luhn's digit, 10 digits", "card_type", |n, _| with_luhn(&n.digits(9))),
    ("order numbers with Luhn's digit, 11 digits", "account_ref", |n, _| with_luhn(&format!("1{}", n.digits(9)))),
    ("order numbers with Luhn's digit, 16 digits", "card_type", |n, _| with_luhn(&format!("79{}", n.digits(13)))),
    ("order numbers with Luhn's digit, in a row", "card_network", |_, row| {
        with_luhn(&(453_914_880_000_000 + row).to_string())
    }),
    ("order numbers with the day", "member_ref", |n, _| {
        let [year, month, day, ..] = moment(n);
        format!("{:02}{month:02}{day:02}{}", year % 100, n.digits(4))
    }),
    ("order numbers, grouped", "phone_model", |n, _| format!("{}-{}-{}", n.digits(3), n.digits(7), n.digits(7))),
    ("order numbers with letters", "name_format", |n, _| format!("ORD-{}", n.digits(10))),
    ("keys, 8 digits", "phone_type", |n, _| n.digits(8)),
    ("keys, 9 digits", "contact_ref", |n, _| (100_000_000 + n.below(900_000_000)).to_string()),
    ("keys, 10 digits", "phone_count", |n, _| (1_000_000_000 + n.below(9_000_000_000)).to_string()),
    ("keys, 11 digits", "email_count", |n, _| (10_000_000_000 + n.below(90_000_000_000)).to_string()),
    ("keys, 12 digits", "address_id", |n, _| format!("3{}", n.digits(11))),
    ("keys, 13 digits", "card_brand", |n, _| format!("7{}", n.digits(12))),
    ("keys, 14 digits", "phone_model", |n, _| format!("1{}", n.digits(13))),
    ("keys, 15 digits", "device_type", |n, _| format!("1{}", n.digits(14))),
    ("keys, 18 digits", "user_agent", |n, _| format!("9{}", n.digits(17))),
    ("UUIDs", "customer_code", |n, _| [8, 4, 4, 4, 12].map(|count| n.hex(count)).join("-")),
    ("UUIDs of digits", "contact_ref", |n, _| [8, 4, 4, 4, 12].map(|count| n.digits(count)).join("-")),
    ("UUIDs without hyphens", "password_policy", |n, _| n.hex(32)),
    ("ULIDs", "customer_code", |n, _| format!("01H{}", n.of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23))),
    ("versions of three numbers", "ip_version", |n, _| format!("{}.{}.{}", n.below(20), n.below(30), n.below(200))),
    ("versions of four numbers", "address_id", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(19), n.below(10), n.below(20), n.below(100))
    }),
    ("versions of browsers", "user_agent", |n, _| {
        format!("{}.0.{}.{}", 80 + n.below(50), n.below(7000), 1 + n.below(250))
    }),
    ("builds", "ip_version", |n, _| format!("{}.{}.{}.{}", 11 + n.below(90), n.below(9), n.below(3000), n.below(250))),
    ("candidates of releases", "email_version", |n, _| {
        format!("v{}.{}.{}-rc.{}", n.below(20), n.below(9), n.below(20), n.below(9))
    }),
    ("sections", "address_type", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(12), 1 + n.below(9), 1 + n.below(9), 1 + n.below(9))
    }),
    ("OIDs", "ip_type", |n, _| format!("1.3.6.1.4.1.{}.{}.{}", n.below(60_000), n.below(200), n.below(20))),
    ("OIDs of four numbers", "ip_type", |n, _| {
        format!("{}.{}.{}.{}", 1 + n.below(2), 3 + n.below(37), 1 + n.below(250), 1 + n.below(250))
    }),
    ("moments with fractions", "email_sent_at", |n, _| {
        let [year, month, day, hour, minute, second] = moment(n);
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{}", n.digits(6))
    }),
    ("moments in digits", "phone_updated", |n, _| {
        let [year, month, day, hour, minute, second] = moment(n);
        format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
    }),
    ("moments in ten digits", "member_ref", |n, _| {
        let [year, month, day, hour, minute, _] = moment(n);
        format!("{:02}{month:02}{day:02}{hour:02}{minute:02}", year % 100)
    }),
    ("moments, day first, with a hyphen", "card_created", |n, _| {
        let [year, month, day, hour, minute, _] = moment(n);
        format!("{day:02}{month:02}{:02}-{hour:02}{minute:02}", year % 100)
    }),
    ("seconds of the epoch", "phone_verified_at", |n, _| (1_700_000_000 + n.below(30_000_000)).to_string()),
    ("seconds of the epoch with fractions", "address_changed", |n, _| {
        format!("{}.{}", 1_700_000_000 + n.below(30_000_000), n.digits(6))
    }),
    ("milliseconds of the epoch", "card_expired_at", |n, _| (1_700_000_000_000 + n.below(30_000_000_000)).to_string()),
    ("microseconds of the epoch", "login_at", |n, _| (1_700_000_000_000_000 + n.below(30_000_000_000_000)).to_string()),
    ("ISBN-13", "name_id", |n, _| ean(&format!("978{}", n.digits(9)))),
    ("ISBN-10", "contact_ref", |n, _| isbn_10(&n.digits(9))),
    ("ISBN-10 with hyphens", "phone_id", |n, _| {
        let number = isbn_10(&n.digits(9));
        format!("{}-{}-{}-{}", &number[..1], &number[1..5], &number[5..9], &number[9..])
    }),
    ("EAN-13", "card_brand", |n, _| ean(&format!("40{}", n.digits(10)))),
    ("tracking numbers, 1Z", "vin_status", |n, _| format!("1Z{}", n.of("0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 16))),
    ("tracking numbers, S10", "account_ref", |n, _| parcel(n)),
    ("tracking numbers, 12 digits", "phone_count", |n, _| n.digits(12)),
    ("tracking numbers, 22 digits", "card_type", |n, _| format!("94{}", n.digits(20))),
    ("tracking numbers, in groups", "card_type", |n, _| {
        format!("9400 {} {} {} {} {}", n.digits(4), n.digits(4), n.digits(4), n.digits(4), n.digits(2))
    }),
    ("MD5", "password_policy", |n, _| n.hex(32)),
    ("SHA-1", "token_type", |n, _| n.hex(40)),
    ("SHA-256", "email_template", |n, _| n.hex(64)),
    ("CRC-32", "phone_model", |n, _| n.hex(8).to_uppercase()),
    ("short commits", "user_agent", |n, _| n.hex(7)),
    ("serial numbers", "user_agent", |n, _| format!("{}{}", n.capitals(2), n.digits(8))),
    ("serial numbers of 17 signs", "device_type", |n, _| n.of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 17)),
    ("part numbers", "ssn_status", |n, _| format!("{}-{}-{}", n.digits(5), n.digits(3), n.digits(2))),
    ("containers", "vin_status", |n, _| format!("{}U{}", n.capitals(3), n.digits(7))),
    ("prices", "card_fee", |n, _| format!("{}.{:02}", n.below(5000), n.below(100))),
    ("degrees below and above zero", "phone_delta", |n, _| format!("{:.6}", n.below(180_000_000) as f64 / 1e6 - 90.0)),
    ("times with fractions", "login_time", |n, _| {
        let [.., hour, minute, second] = moment(n);
        format!("{hour:02}:{minute:02}:{second:02}.{}", n.digits(3))
    }),
    ("files", "photo_count", |n, _| format!("IMG_{}.JPG", n.digits(4))),
    ("modules", "email_template", |n, _| format!("com.{}.{}", n.of("abcdefgh", 4), n.of("abcdefgh", 6))),
];
