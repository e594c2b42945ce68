//! What is found in a text, and how sure it is.

use super::{Grade, scan, scan_under};
use Grade::{Certain, Possible};

/// A hit: the detector, the grade, the range's text.
type Expected<'a> = (&'a str, Grade, &'a str);

/// Asserts what is found in each text.
fn expect(cases: &[(&str, &[Expected<'_>])]) {
    for (text, expected) in cases {
        let found = scan(text);
        let found: Vec<_> = found.iter().map(|(name, grade, text)| (*name, *grade, text.as_str())).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn addresses_of_mail() {
    expect(&[
        ("ana@shop.pt", &[("email", Certain, "ana@shop.pt")]),
        ("ANA.SILVA@SHOP.CO.UK", &[("email", Certain, "ANA.SILVA@SHOP.CO.UK")]),
        ("Write to <ana@shop.pt>.", &[("email", Certain, "ana@shop.pt")]),
        ("ana@shop.pt.Thanks", &[("email", Certain, "ana@shop.pt")]),
        (
            "'ana@shop.pt', \"o'brien@shop.ie\"",
            &[("email", Certain, "ana@shop.pt"), ("email", Certain, "o'brien@shop.ie")],
        ),
        ("mailto:ana@shop.pt?subject=x", &[("email", Certain, "ana@shop.pt")]),
        ("élodie@société.fr", &[("email", Certain, "élodie@société.fr")]),
        ("иван@почта.рф", &[("email", Certain, "иван@почта.рф")]),
        ("邮箱ana@shop.cn。", &[("email", Certain, "ana@shop.cn")]),
        ("root@printer.local", &[("email", Possible, "root@printer.local")]),
        ("logo@2x.png", &[]),
        ("react@18.2.0", &[]),
        ("@ana", &[]),
        ("ana@", &[]),
        ("ana@@shop.pt", &[]),
        ("a..b@shop.pt", &[]),
        ("git@github.com:ana/shop.git", &[]),
    ]);
}

#[test]
fn cards() {
    expect(&[
        ("4539148803436467", &[("card", Possible, "4539148803436467")]),
        ("card 4539148803436467", &[("card", Certain, "4539148803436467")]),
        ("4539 1488 0343 6467", &[("card", Certain, "4539 1488 0343 6467")]),
        ("4539-1488-0343-6467", &[("card", Certain, "4539-1488-0343-6467")]),
        ("3782 822463 10005", &[("card", Certain, "3782 822463 10005")]),
        ("4539-1488 0343-6467", &[]),
        ("4539 1488 0343 6468", &[]),
        ("卡号4539148803436467。", &[("card", Possible, "4539148803436467")]),
        ("0.4539148803436467", &[]),
        ("ORD-4539148803436467", &[]),
    ]);
    for longer in ["1234 4539 1488 0343 6467", "4539 1488 0343 6467 1234", "4539-1488-0343-6467-12"] {
        assert!(scan(longer).iter().all(|(name, ..)| *name != "card"), "{longer}");
    }
    assert_eq!(scan_under("card_number", "4539148803436467")[0].1, Certain);
    assert_eq!(scan_under("cc", "4539148803436467")[0].1, Certain);
    assert_eq!(scan_under("order_id", "4539148803436467")[0].1, Possible);
}

#[test]
fn banks() {
    expect(&[
        ("DE89370400440532013000", &[("iban", Certain, "DE89370400440532013000")]),
        ("de89 3704 0044 0532 0130 00", &[("iban", Certain, "de89 3704 0044 0532 0130 00")]),
        ("to DE89-3704-0044-0532-0130-00.", &[("iban", Certain, "DE89-3704-0044-0532-0130-00")]),
        ("IBAN:FR1420041010050500013M02606, thanks", &[("iban", Certain, "FR1420041010050500013M02606")]),
        ("DE89370400440532013001", &[]),
        ("DE893704004405320130001", &[]),
        ("BIC DEUTDEFF", &[("bic", Certain, "DEUTDEFF")]),
        ("DEUTDEFF500", &[("bic", Possible, "DEUTDEFF500")]),
        ("CUSTOMER", &[]),
    ]);
    assert_eq!(scan_under("swift_code", "DEUTDEFF"), [("bic", Certain, "DEUTDEFF".to_owned())]);
}

#[test]
fn networks() {
    expect(&[
        ("86.121.97.248", &[("ip", Certain, "86.121.97.248")]),
        ("from 86.121.97.248:443,", &[("ip", Certain, "86.121.97.248")]),
        ("86.121.97.248/24", &[("ip", Certain, "86.121.97.248")]),
        ("192.168.1.20", &[("ip", Possible, "192.168.1.20")]),
        ("ip 10.1.2.3", &[("ip", Possible, "10.1.2.3")]),
        ("4.8.15.16", &[("ip", Possible, "4.8.15.16")]),
        ("ip address 4.8.15.16", &[("ip", Certain, "4.8.15.16")]),
        ("version 86.121.97.248", &[("ip", Possible, "86.121.97.248")]),
        ("v86.121.97.248", &[]),
        ("1.3.6.1.4.1.311", &[]),
        ("86.121.97.256", &[]),
        ("86.121.97.048", &[]),
        ("91.0.4472.124", &[]),
        ("2a02:8109:9a40:1778:5d9:5b3:1c2:77", &[("ip", Certain, "2a02:8109:9a40:1778:5d9:5b3:1c2:77")]),
        ("[2a02:8109:9a40::1:77]:443", &[("ip", Certain, "2a02:8109:9a40::1:77")]),
        ("2001:db8:1:2:3:4:5:6", &[("ip", Possible, "2001:db8:1:2:3:4:5:6")]),
        ("fe80::1", &[("ip", Possible, "fe80::1")]),
        ("12:30:45", &[]),
        ("std::abs(x1)", &[]),
        ("3c:22:fb:9a:01:7e", &[("mac", Certain, "3c:22:fb:9a:01:7e")]),
        ("3C-22-FB-9A-01-7E", &[("mac", Certain, "3C-22-FB-9A-01-7E")]),
        ("3c22.fb9a.017e", &[("mac", Certain, "3c22.fb9a.017e")]),
        ("3c:22:fb:ff:fe:9a:01:7e", &[("mac", Certain, "3c:22:fb:ff:fe:9a:01:7e")]),
        ("3c:22:fb:1f:0e:9a:01:7e", &[("mac", Possible, "3c:22:fb:1f:0e:9a:01:7e")]),
        ("mac 3c:22:fb:1f:0e:9a:01:7e", &[("mac", Certain, "3c:22:fb:1f:0e:9a:01:7e")]),
        ("00:00:00:00:00:00", &[("mac", Possible, "00:00:00:00:00:00")]),
        ("3c:22:fb:9a:01", &[]),
        ("3c:22:fb-9a-01-7e", &[]),
        ("20-11-25-10-30-45", &[("mac", Possible, "20-11-25-10-30-45")]),
        ("https://shop.pt/basket", &[("url", Possible, "https://shop.pt/basket")]),
        ("see www.shop.pt.", &[("url", Possible, "www.shop.pt")]),
        ("https://shop.pt/?email=ana%40x.pt&x=1", &[("url", Certain, "https://shop.pt/?email=ana%40x.pt&x=1")]),
        ("(https://www.linkedin.com/in/ana-silva)", &[("url", Certain, "https://www.linkedin.com/in/ana-silva")]),
        ("ftp://ana:geheim@shop.pt/x", &[("url-credentials", Certain, "ftp://ana:geheim@shop.pt/x")]),
    ]);
    assert_eq!(scan_under("mac", "3c22fb9a017e"), [("mac", Certain, "3c22fb9a017e".to_owned())]);
    assert_eq!(scan("3c22fb9a017e"), []);
}

#[test]
fn things() {
    expect(&[
        ("1M8GDM9AXKP042788", &[("vin", Certain, "1M8GDM9AXKP042788")]),
        ("VIN WVWZZZ1JZXW000001", &[("vin", Certain, "WVWZZZ1JZXW000001")]),
        ("WVWZZZ1JZXW000001", &[]),
        ("490154203237518", &[("imei", Possible, "490154203237518")]),
        ("IMEI: 490154203237518", &[("imei", Certain, "490154203237518")]),
        ("490154203237519", &[]),
        ("38.7223, -9.1393", &[("coordinates", Possible, "38.7223, -9.1393")]),
        ("GPS 38.7223,-9.1393", &[("coordinates", Certain, "38.7223,-9.1393")]),
        ("POINT(-9.1393 38.7223)", &[("coordinates", Certain, "-9.1393 38.7223")]),
        ("48°51'29.1\"N 2°17'40.2\"E", &[("coordinates", Certain, "48°51'29.1\"N 2°17'40.2\"E")]),
        ("12.50, 13.99", &[]),
        ("198.7223, 139.1393", &[]),
    ]);
    assert_eq!(scan_under("latitude", "-38.7223"), [("coordinates", Certain, "-38.7223".to_owned())]);
    assert_eq!(scan("-38.7223"), []);
}

#[test]
fn secrets() {
    // Put together here, so that no scanner of repositories takes the made-up values for somebody's.
    let slack = ["xoxb", "2048130951746", "4119268469462", "aTq7WmZ2xKcV9bNs4LdR"].join("-");
    let stripe = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_");
    let aws = ["AKIA", "Q3EGRZ7TPLN5WXYB"].concat();
    let google = ["AIza", "SyD3kX9vQ2mLwT7rB5nHcJ8pFzYgE4aKuW1"].concat();
    let jwt =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    for token in [slack.as_str(), &stripe, &aws, &google, jwt] {
        for text in [token.to_owned(), format!("key={token};"), format!("(\"{token}\")")] {
            assert_eq!(scan(&text), [("token", Certain, token.to_owned())], "{text}");
        }
    }
    expect(&[
        ("Hq7Zk2WvB9xT4mNc8RpL", &[]),
        ("api key Hq7Zk2WvB9xT4mNc8RpL", &[("token", Certain, "Hq7Zk2WvB9xT4mNc8RpL")]),
        ("api key your_example_token_12345", &[]),
        ("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/", &[("password-hash", Certain, "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/")]),
        ("$12.50 to $1,200.00 and $2a$", &[]),
        ("-----BEGIN PUBLIC KEY-----\nMC4CAQAwBQYDK2VwBCIE\n-----END PUBLIC KEY-----", &[]),
        ("Password: 7u!Kestrel.", &[("password", Certain, "7u!Kestrel")]),
        ("{\"password\":\"7u!Kestrel\"}", &[("password", Certain, "7u!Kestrel")]),
        ("password: required", &[("password", Possible, "required")]),
    ]);
    let digest = "5f4dcc3b5aa765d61d8327deb882cf99";
    assert_eq!(scan(digest), []);
    assert_eq!(scan_under("password_hash", digest)[0].1, Certain);
}
