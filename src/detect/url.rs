use std::net::IpAddr;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use super::text::class;
use super::tld::{Domain, judge};
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Web addresses.
pub(super) struct Url;

/// Passwords in addresses.
pub(super) struct UrlCredentials;

/// Names of query parameters whose values are personal or secret.
const PERSONAL: &[&str] = &[
    "access_token",
    "address",
    "api_key",
    "apikey",
    "auth",
    "birthdate",
    "dob",
    "email",
    "e-mail",
    "firstname",
    "first_name",
    "fullname",
    "key",
    "lastname",
    "last_name",
    "login",
    "mail",
    "mobile",
    "msisdn",
    "name",
    "pass",
    "passwd",
    "password",
    "phone",
    "secret",
    "session",
    "sessionid",
    "sid",
    "sig",
    "signature",
    "ssn",
    "tel",
    "token",
    "user",
    "user_id",
    "userid",
    "username",
    "zip",
];

/// Hosts on which a path is the page of a person.
const PROFILES: &[&str] = &[
    "linkedin.com",
    "facebook.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "tiktok.com",
    "github.com",
    "gitlab.com",
    "t.me",
    "vk.com",
    "xing.com",
    "threads.net",
    "mastodon.social",
    "keybase.io",
    "orcid.org",
    "wa.me",
];

/// The parts of an address, as places in the text.
struct Address {
    range: Range<usize>,
    /// The part before the `@`, if there is one.
    user: Option<Range<usize>>,
    host: Range<usize>,
    has_scheme: bool,
}

impl Detector for Url {
    fn name(&self) -> &'static str {
        "url"
    }

    fn entity(&self) -> Entity {
        Entity::Url
    }

    fn summary(&self) -> &'static str {
        "web addresses; certain if a parameter or the page is a person's"
    }

    fn example(&self) -> &'static str {
        "https://shop.pt/account?email=ana%40correio.pt"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["url", "website", "web site", "homepage", "link", "profile url", "web"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::POINT, length: 8, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        each(text, |address| {
            if let Some((host, public)) = host_of(text, &address)
                && (public || address.has_scheme)
            {
                let strength = if is_personal(text, &address, host) { Evidence::Strong } else { Evidence::Capped };
                let example = judge(host) == Some(Domain::Example);
                found.tell(Candidate::new(address.range, strength, 1e-3).reserved(example));
            }
        });
    }
}

impl Detector for UrlCredentials {
    fn name(&self) -> &'static str {
        "url-credentials"
    }

    fn entity(&self) -> Entity {
        Entity::Credential
    }

    fn summary(&self) -> &'static str {
        "addresses of any scheme with a user and a password in them"
    }

    fn example(&self) -> &'static str {
        "postgres://shop:9gT!ewq2@db.shop.pt:5432/orders"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["connection string", "database url", "dsn"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::AT | class::COLON | class::SLASH, length: 10, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        each(text, |address| {
            let password = |user: &Range<usize>| text.slice(user.clone()).iter().position(|byte| *byte == b':');
            let length = |user: Range<usize>| password(&user).map(|colon| user.len() - colon - 1);
            if address.user.clone().and_then(length).is_some_and(|length| length > 0) && !address.host.is_empty() {
                found.tell(Candidate::new(address.range, Evidence::Strong, 1e-6));
            }
        });
    }
}

/// Making a search takes longer than most texts are long.
static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"www."));

/// Tells of every address: those with a scheme, and those that begin with `www.`.
fn each(text: &Text<'_>, mut tell: impl FnMut(Address)) {
    let mut end = 0;
    if text.survey.classes & class::COLON != 0 && text.survey.classes & class::SLASH != 0 {
        for place in memmem::find_iter(text.bytes(), b"://") {
            let is_scheme = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
            let scheme = text.slice(0..place).iter().rev().take(16).take_while(is_scheme).count();
            let start = place - scheme;
            if start >= end
                && text.at(start).is_ascii_alphabetic()
                && let Some(address) = parts(text, start, place + 3, true)
            {
                end = address.range.end;
                tell(address);
            }
        }
    }
    let mut end = 0;
    for place in WWW.find_iter(text.bytes()) {
        let before = text.before(place);
        let apart = !before.is_ascii_alphanumeric() && !matches!(before, b'/' | b'.' | b'-' | b'@' | b'_');
        if apart
            && place >= end
            && let Some(address) = parts(text, place, place, false)
        {
            end = address.range.end;
            tell(address);
        }
    }
}

/// The parts of the address from `start` whose authority is at `authority`.
fn parts(text: &Text<'_>, start: usize, authority: usize, has_scheme: bool) -> Option<Address> {
    let rest = text.slice(authority..text.bytes().len());
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || matches!(byte, b'"' | b'<' | b'>' | b'`');
    let length = rest.iter().position(ends).unwrap_or(rest.len());
    let rest = rest.get(..length)?;
    let trailing =
        |byte: &&u8| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'}' | b'\'' | b'|');
    let rest = rest.get(..length - rest.iter().rev().take_while(trailing).count())?;
    let length = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let user = rest.get(..length)?.iter().rposition(|byte| *byte == b'@');
    let host = authority + user.map_or(0, |at| at + 1);
    let host_end = authority + length;
    let host_length = text.slice(host..host_end).iter().position(|byte| *byte == b':').unwrap_or(host_end - host);
    Some(Address {
        range: start..authority + rest.len(),
        user: user.map(|at| authority..authority + at),
        host: host..host + host_length,
        has_scheme,
    })
}

/// The host of an address, and whether it is a public domain; `None` if it is no host.
fn host_of<'a>(text: &Text<'a>, address: &Address) -> Option<(&'a str, bool)> {
    let host = text.text.get(address.host.clone())?;
    match judge(host) {
        Some(domain) => Some((host, domain != Domain::Private)),
        None if host == "localhost" || host.parse::<IpAddr>().is_ok() => Some((host, false)),
        None => None,
    }
}

fn is_personal(text: &Text<'_>, address: &Address, host: &str) -> bool {
    let Some(rest) = text.text.get(address.host.end..address.range.end) else { return false };
    let page = rest.split(['?', '#']).next().unwrap_or(rest).trim_matches('/');
    let of_people = |site: &&str| {
        let host = host.as_bytes();
        host.len().checked_sub(site.len()).is_some_and(|before| {
            host.get(before..).is_some_and(|end| end.eq_ignore_ascii_case(site.as_bytes()))
                && (before == 0 || host.get(before - 1) == Some(&b'.'))
        })
    };
    if !page.is_empty() && PROFILES.iter().any(of_people) {
        return true;
    }
    let Some((_, query)) = rest.split_once('?') else { return false };
    query
        .split(['&', ';', '#'])
        .filter_map(|pair| pair.split_once('='))
        .any(|(name, value)| !value.is_empty() && PERSONAL.iter().any(|personal| name.eq_ignore_ascii_case(personal)))
}
