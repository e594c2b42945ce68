use std::net::IpAddr;
use std::sync::Arc;

use arrow::array::{AsArray, StringViewArray};
use arrow::datatypes::DataType;

use super::*;
use crate::key::{Key, Suite};
use crate::transform::Columns;
use crate::transform::Value;
use crate::transform::trial::{apply, bind, complaints, recipe, run, run_texts};

fn keep(v4: i64, v6: i64) -> [(&'static str, Value); 2] {
    [("keep", Value::Integer(v4)), ("keep_v6", Value::Integer(v6))]
}

#[test]
fn addresses_become_their_networks() {
    for (parameters, address, expected) in [
        (vec![], "198.51.100.23", Some("198.51.100.0")),
        (vec![], "2001:db8:aaaa:bbbb:cccc::1", Some("2001:db8:aaaa::")),
        (vec![], "2001:0DB8:AAAA:BBBB:CCCC:0000:0000:0001", Some("2001:db8:aaaa::")),
        (vec![], "::ffff:198.51.100.23", Some("::ffff:198.51.100.0")),
        (vec![], "::FFFF:C633:6417", Some("::ffff:198.51.100.0")),
        (vec![], "::1", Some("::")),
        (vec![], "fe80::1", Some("fe80::")),
        (vec![], "64:ff9b::198.51.100.23", Some("64:ff9b::")),
        (vec![], "2002:c633:6417::1", Some("2002:c633:6400::")),
        (keep(8, 20).to_vec(), "2002:c633:6417::1", Some("2002:c000::")),
        (keep(8, 127).to_vec(), "2002:c633:6417::1", Some("2002:c600::")),
        (keep(8, 127).to_vec(), "64:ff9b::198.51.100.23", Some("64:ff9b::c600:0")),
        (keep(8, 127).to_vec(), "2001:0:4136:e378:8000:63bf:39cc:9be8", Some("2001:0:4136:e378:8000:63bf:3900:0")),
        (keep(8, 127).to_vec(), "::198.51.100.23", Some("::c600:0")),
        (keep(0, 0).to_vec(), "255.255.255.255", Some("0.0.0.0")),
        (keep(0, 0).to_vec(), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("::")),
        (keep(31, 127).to_vec(), "255.255.255.255", Some("255.255.255.254")),
        (keep(31, 127).to_vec(), "2001:db8:0:0:1:0:0:1", Some("2001:db8:0:0:1::")),
        (keep(20, 64).to_vec(), "10.20.255.9", Some("10.20.240.0")),
        (vec![], "", None),
        (vec![], "localhost", None),
        (vec![], "198.51.100", None),
        (vec![], "198.51.100.256", None),
        (vec![], "198.51.100.023", None),
        (vec![], "198.51.100.23.4", None),
        (vec![], "198.51..23", None),
        (vec![], "198.51.100.", None),
        (vec![], ".51.100.23", None),
        (vec![], "198.51.100.23 ", None),
        (vec![], "198.51.100.23:80", None),
        (vec![], "198.51.100.0/24", None),
        (vec![], "[::1]", None),
        (vec![], "fe80::1%eth0", None),
        (vec![], "1.2.3.99999999999", None),
        (vec![], "٣.1.1.1", None),
    ] {
        let made = run_texts(&Network, &parameters, &[address]);
        assert_eq!(made, [expected.map(str::to_owned)], "{address} {parameters:?}");
    }
}

#[test]
fn agrees_with_the_standard_library_on_what_an_address_is() {
    let pieces = ["0", "1", "00", "9", "10", "99", "100", "199", "200", "255", "256", "1000", "", "-1", "a"];
    for place in 0..pieces.len().pow(3) {
        let [a, b, c] = [1, pieces.len(), pieces.len().pow(2)].map(|weight| pieces[place / weight % pieces.len()]);
        for text in [format!("{a}.{b}.{c}.7"), format!("7.{a}.{b}.{c}"), format!("{a}.{b}.{c}")] {
            assert_eq!(read_v4(text.as_bytes()), text.parse().ok().map(Ipv4Addr::to_bits), "{text}");
        }
    }
}

#[test]
fn addresses_are_written_as_the_standard_library_writes_them() {
    for number in 0..=255u8 {
        for numbers in [[number, 0, 10, 100], [1, number, 255, 99], [22, 9, number, 7], [200, 101, 12, number]] {
            let address = Ipv4Addr::from(numbers);
            let (text, length) = written_v4(address.to_bits());
            assert_eq!(std::str::from_utf8(&text[..length]), Ok(address.to_string().as_str()));
        }
    }
}

#[test]
fn the_bits_that_stay_are_those_of_the_address_and_the_others_are_zero() {
    for bits in 0..32u32 {
        let address = Ipv4Addr::from_bits(0xdead_beef_u32.rotate_left(bits));
        let made = run_texts(&Network, &keep(bits.into(), 48), &[&address.to_string()]);
        let network: Ipv4Addr = made[0].as_ref().unwrap().parse().unwrap();
        let differing = (0..32).filter(|bit| (address.to_bits() ^ network.to_bits()) >> (31 - bit) & 1 == 1);
        assert!(differing.clone().all(|bit| bit >= bits), "{address} {bits}");
        assert!(network.to_bits().trailing_zeros() >= 32 - bits);
    }
    for bits in 0..128u32 {
        let address =
            Ipv6Addr::from_bits((0xdead_beef_0123_4567_89ab_cdef_f00d_cafe_u128).rotate_left(bits) | 1 << 127);
        let made = run_texts(&Network, &keep(24, bits.into()), &[&address.to_string()]);
        let network: Ipv6Addr = made[0].as_ref().unwrap().parse().unwrap();
        assert_eq!(network.to_bits().checked_shr(128 - bits), address.to_bits().checked_shr(128 - bits));
        assert!(network.to_bits().trailing_zeros() >= 128 - bits);
        assert_eq!(made[0].as_ref().unwrap(), &IpAddr::from(network).to_string());
    }
}

#[test]
fn nulls_stay_and_what_is_no_address_is_null() {
    let made = run(&Network, &[], Arc::new(StringViewArray::from(vec![None, Some("?"), Some("198.51.100.23")])));
    assert_eq!(made.invalid, [1]);
    assert_eq!(made.values.as_string_view().iter().collect::<Vec<_>>(), [None, None, Some("198.51.100.0")]);
}

#[test]
fn mistakes_are_told() {
    assert_eq!(complaints(&Network, &keep(32, 48)).len(), 1);
    assert_eq!(complaints(&Network, &keep(24, 128)).len(), 1);
    assert_eq!(complaints(&Network, &keep(-1, 200)).len(), 2);
    assert!(bind(&Network, &[], &DataType::UInt32, None).is_err());
}

fn prefix(more: &[(&'static str, bool)]) -> Vec<(&'static str, Value)> {
    let more = more.iter().map(|(name, value)| (*name, Value::Boolean(*value)));
    [("preserve", Value::Text("prefix".to_owned()))].into_iter().chain(more).collect()
}

fn of(parameters: &[(&'static str, Value)], address: &str) -> IpAddr {
    run_texts(&Network, parameters, &[address])[0].as_ref().unwrap().parse().unwrap()
}

/// How many of their first bits two addresses share.
fn shared(a: IpAddr, b: IpAddr) -> u32 {
    match (a, b) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        _ => panic!("{a} and {b} are of two versions"),
    }
}

fn addresses(count: u128) -> Vec<IpAddr> {
    let mut seed = 7u128;
    let mut next = || {
        seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
        seed
    };
    let base = (next(), next());
    (0..count)
        .flat_map(|step| {
            // Neighbours of one address, near and far.
            let (v4, v6) = (next() >> 96 >> (step % 33), next().checked_shr((step * 4 % 129) as u32).unwrap_or(0));
            [IpAddr::V4(Ipv4Addr::from_bits((base.0 >> 96 ^ v4) as u32)), IpAddr::V6(Ipv6Addr::from_bits(base.1 ^ v6))]
        })
        .chain(
            ["10.1.2.3", "192.168.0.1", "224.0.0.251", "::1", "fe80::1", "2001:db8::1", "::2"]
                .map(|a| a.parse().unwrap()),
        )
        .collect()
}

#[test]
fn addresses_share_as_many_first_bits_as_before() {
    for parameters in [prefix(&[]), prefix(&[("keep_special", true)])] {
        let addresses = addresses(60);
        let images: Vec<_> = addresses.iter().map(|address| of(&parameters, &address.to_string())).collect();
        for (a, image_of_a) in addresses.iter().zip(&images) {
            for (b, image_of_b) in addresses.iter().zip(&images).filter(|(b, _)| a.is_ipv4() == b.is_ipv4()) {
                assert_eq!(shared(*a, *b), shared(*image_of_a, *image_of_b), "{a} {b}");
            }
        }
        let changed = addresses.iter().zip(&images).filter(|(address, image)| address != image).count();
        assert!(changed > addresses.len() - 8, "hardly any address stays");
    }
}

#[test]
fn special_ranges_become_themselves_where_the_rule_says_so() {
    let special = |address: IpAddr| match address {
        IpAddr::V4(a) => [a.is_private(), a.is_loopback(), a.is_link_local(), a.is_multicast(), false],
        IpAddr::V6(a) => {
            [a.is_unique_local(), a.is_loopback(), a.is_unicast_link_local(), a.is_multicast(), a.is_unspecified()]
        }
    };
    let near = [
        "10.0.0.1",
        "11.0.0.1",
        "9.255.255.255",
        "127.0.0.1",
        "128.0.0.1",
        "169.254.7.7",
        "169.253.7.7",
        "172.16.0.1",
        "172.31.255.255",
        "172.32.0.1",
        "192.168.1.1",
        "192.169.1.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "::2",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "fe00::1",
    ];
    let near = near.iter().map(|address| address.parse().unwrap());
    for address in near.chain(addresses(50)) {
        let image = of(&prefix(&[("keep_special", true)]), &address.to_string());
        assert_eq!(special(image), special(address), "{address} {image}");
    }
    let without = |address| special(of(&prefix(&[]), address));
    assert_ne!(without("192.168.1.1"), special("192.168.1.1".parse().unwrap()));
}

#[test]
fn an_address_of_ipv4_is_the_same_in_both_notations_and_no_other_becomes_one() {
    for parameters in [prefix(&[]), prefix(&[("keep_special", true)])] {
        let made = run_texts(&Network, &parameters, &["198.51.100.23", "::ffff:198.51.100.23", "::FFFF:C633:6417"]);
        let mapped = Some(format!("::ffff:{}", made[0].as_ref().unwrap()));
        assert_eq!((&made[1], &made[2]), (&mapped, &mapped));
    }
    for address in addresses(50) {
        let is_mapped = matches!(of(&prefix(&[]), &address.to_string()), IpAddr::V6(a) if a.to_ipv4_mapped().is_some());
        assert!(!is_mapped, "{address}");
    }
}

/// What must never change, in both suites.
#[test]
fn the_image_of_an_address_never_changes() {
    let texts = ["198.51.100.23", "10.1.2.3", "2001:db8::1", "00:1b:44:11:3a:b7", "001B.4411.3AB7"];
    for (suite, more, expected) in [
        (Suite::Sha256, vec![("keep_vendor", false)], GOLDEN[0]),
        (Suite::Sha256, vec![("keep_vendor", true), ("keep_special", true)], GOLDEN[1]),
        (Suite::Blake3, vec![("keep_vendor", false)], GOLDEN[2]),
        (Suite::Blake3, vec![("keep_vendor", true), ("keep_special", true)], GOLDEN[3]),
    ] {
        let keys = Keyring::new(Key::from_bytes([0; 32]), suite);
        let site = Site {
            table: "table",
            column: "column",
            data_type: &DataType::Utf8View,
            subject: None,
            fill_nulls: false,
            keys: &keys,
        };
        let bound = recipe(&Network, &prefix(&more)).unwrap().bind(&site).unwrap();
        let values: ArrayRef = Arc::new(StringViewArray::from_iter_values(texts));
        let made = apply(&*bound.transform, &values, &Columns::new());
        let made: Vec<_> = made.values.as_string_view().iter().flatten().collect();
        assert_eq!(made, expected, "{suite:?} {more:?}");
    }
}

/// The IP addresses of SHA-256 are what a computation in another language gives, with the AES of OpenSSL.
const GOLDEN: [[&str; 5]; 4] = [
    [
        "207.240.20.220",
        "22.216.48.214",
        "2e34:2869:e6e8:d911:f69d:f051:1e10:85a4",
        "4e:c8:0e:f4:c3:8d",
        "4EC8.0EF4.C38D",
    ],
    [
        "199.240.20.220",
        "10.216.48.214",
        "2e34:2869:e6e8:d911:f69d:f051:1e10:85a4",
        "00:1b:44:18:7a:63",
        "001B.4418.7A63",
    ],
    [
        "184.129.52.182",
        "56.147.100.176",
        "231a:d253:b1b1:c709:a629:e58b:ed1c:1ef1",
        "ce:81:74:36:69:50",
        "CE81.7436.6950",
    ],
    [
        "196.129.52.182",
        "10.147.100.176",
        "231a:d253:b1b1:c709:a629:e58b:ed1c:1ef1",
        "00:1b:44:10:f0:2e",
        "001B.4410.F02E",
    ],
];

#[test]
fn mac_addresses_are_told_by_their_form_and_treated_where_the_rule_says_so() {
    let mac = "00:1b:44:11:3a:b7";
    assert_eq!(run_texts(&Network, &[], &[mac, "001b44113ab7"]), [None, None]);
    for keep_vendor in [true, false] {
        let parameters = [("keep_vendor", Value::Boolean(keep_vendor))];
        let texts = [mac, "00-1B-44-11-3A-B7", "ff:ff:ff:ff:ff:ff", "198.51.100.23", "2001:db8::1", "001b44113ab"];
        let made = run_texts(&Network, &parameters, &texts);
        let written = made[0].as_ref().unwrap();
        assert_ne!(written, mac);
        assert_eq!(written.starts_with("00:1b:44:"), keep_vendor, "{written}");
        assert_eq!(made[1], Some(written.replace(':', "-").to_uppercase()), "the same in another notation");
        let rest = ["ff:ff:ff:ff:ff:ff", "198.51.100.0", "2001:db8::"].map(|text| Some(text.to_owned()));
        assert_eq!((&made[2..5], &made[5]), (&rest[..], &None));
    }
}

#[test]
fn mistakes_in_what_goes_together_are_told() {
    for (parameters, complained) in [
        (vec![("preserve", Value::Text("suffix".to_owned()))], 1),
        (prefix(&[]).into_iter().chain(keep(24, 48)).collect(), 2),
        (vec![("keep_special", Value::Boolean(true))], 1),
        (vec![("keep_vendor", Value::Integer(1))], 1),
        (prefix(&[("keep_special", false), ("keep_vendor", true)]), 0),
    ] {
        assert_eq!(complaints(&Network, &parameters).len(), complained, "{parameters:?}");
    }
}
