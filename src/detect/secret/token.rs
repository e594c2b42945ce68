use std::ops::Range;

use super::is_stand_in;
use super::vendors::{Alphabet, VENDORS};
use crate::detect::text::class;
use crate::detect::{Candidate, Cue, Detector, Entity, Evidence, Needs, Sink, Text};

/// Keys and tokens of interfaces.
pub(in crate::detect) struct Token;

/// The shortest run of letters and digits that a token has in it.
const RUN: usize = 10;
/// The shortest token without a prefix.
const SHORTEST: usize = 16;
/// Kinds of [`Token`] before those of the vendors.
const GENERIC: usize = 0;
const JWT: usize = 1;
const FIRST_VENDOR: usize = 2;

impl Detector for Token {
    fn name(&self) -> &'static str {
        "token"
    }

    fn entity(&self) -> Entity {
        Entity::Credential
    }

    fn summary(&self) -> &'static str {
        "keys and tokens of interfaces: by their makers' prefixes, JSON web tokens, and random text where a word agrees"
    }

    fn example(&self) -> &'static str {
        "ghp_n4Tb7mWq2ZsKx0RcVd8LhYj3GfPu6EaB91kC"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "token",
            "access token",
            "refresh token",
            "api key",
            "apikey",
            "secret",
            "client secret",
            "access key",
            "secret key",
            "auth token",
            "bearer",
            "session token",
            "private key",
            "credential",
            "credentials",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "token",
            "secret",
            "api key",
            "api_key",
            "api-key",
            "apikey",
            "bearer",
            "authorization",
            "access key",
            "access_key",
            "secret_key",
            "secret key",
            "client_secret",
            "client secret",
            "credential",
            "credentials",
        ]
    }

    fn needs(&self) -> Needs {
        Needs { longest: RUN, length: SHORTEST, ..Needs::default() }
    }

    fn kinds(&self) -> Vec<Cue> {
        let (headers, words) = (self.headers(), self.words());
        let mut kinds =
            vec![Cue { name: self.name(), headers, words }, Cue { name: "json-web-token", headers: &[], words: &[] }];
        for vendor in VENDORS {
            if kinds.last().is_none_or(|last| last.name != vendor.name) {
                kinds.push(Cue { name: vendor.name, headers: &[], words: &[] });
            }
        }
        kinds
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let mut end = 0;
        for run in text.runs {
            if run.start < end || run.len() < RUN {
                continue;
            }
            let word = word_at(text, run.start, end);
            end = word.end;
            if word.len() < SHORTEST {
                continue;
            }
            if let Some((length, kind)) = known(text.slice(word.clone())) {
                found.tell(Candidate::new(word.start..word.start + length, Evidence::Strong, 1e-6).of_kind(kind));
            } else if is_random(text.slice(word.clone()), found.hinted(GENERIC)) {
                found.tell(Candidate::new(word, Evidence::Weak, 0.1));
            }
        }
    }
}

/// The word of the bytes of base 64 and of tokens round a place, not before `first`.
fn word_at(text: &Text<'_>, place: usize, first: usize) -> Range<usize> {
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let before = text.slice(first..place).iter().rev().take(64).take_while(part).count();
    let part = |byte: &&u8| part(byte) || matches!(byte, b'+' | b'/' | b'=');
    let length = text.slice(place..text.bytes().len()).iter().take_while(part).count();
    let mut range = place - before..place + length;
    while matches!(text.at(range.start), b'.' | b'-') && range.start < place {
        range.start += 1;
    }
    while matches!(text.before(range.end), b'.' | b'-' | b'/') && range.end > place {
        range.end -= 1;
    }
    range
}

/// How long the token is that a word begins with, and its kind, if its maker is known.
fn known(word: &[u8]) -> Option<(usize, usize)> {
    if word.starts_with(b"eyJ") {
        return web_token(word).map(|length| (length, JWT));
    }
    if !word.first().is_some_and(|first| begins_a_token(*first)) {
        return None;
    }
    let (mut kind, mut name) = (FIRST_VENDOR, "");
    for vendor in VENDORS {
        if name != vendor.name {
            kind += usize::from(!name.is_empty());
            name = vendor.name;
        }
        if word.first() != vendor.prefix.as_bytes().first() {
            continue;
        }
        let Some(rest) = word.strip_prefix(vendor.prefix.as_bytes()) else { continue };
        let length = rest.iter().take(vendor.most + 1).take_while(|byte| vendor.alphabet.has(**byte)).count();
        let varied = rest.first().is_some_and(|first| rest.iter().take(length).any(|byte| byte != first));
        let ends = rest.get(length).is_none_or(|next| !next.is_ascii_alphanumeric());
        if (vendor.least..=vendor.most).contains(&length) && ends && varied && !is_stand_in(rest) {
            return Some((vendor.prefix.len() + length, kind));
        }
    }
    None
}

/// Whether the prefix of some vendor begins with a byte.
fn begins_a_token(byte: u8) -> bool {
    const FIRST: [bool; 256] = {
        let mut first = [false; 256];
        let mut place = 0;
        while place < VENDORS.len() {
            first[VENDORS[place].prefix.as_bytes()[0] as usize] = true;
            place += 1;
        }
        first
    };
    FIRST.get(usize::from(byte)).copied().unwrap_or(false)
}

/// The length of a JSON web token (RFC 7519): three parts in base 64, of which the first two are objects.
fn web_token(word: &[u8]) -> Option<usize> {
    let mut parts = word.splitn(3, |byte| *byte == b'.');
    let (header, claims, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let alphabet = Alphabet::Base64Url;
    let signature = rest.iter().take_while(|byte| alphabet.has(**byte)).count();
    let sound = |part: &[u8]| part.len() >= 10 && part.iter().all(|byte| alphabet.has(*byte));
    (sound(header) && sound(claims) && claims.starts_with(b"ey")).then_some(header.len() + claims.len() + signature + 2)
}

/// Whether a word is as varied as random text is. Hexadecimal digits alone are more often a digest or an identifier
/// than a secret: they count only if the header names one.
fn is_random(word: &[u8], hinted: bool) -> bool {
    let (mut seen, mut classes) = (0u128, 0);
    for byte in word {
        seen |= 1u128.checked_shl(u32::from(*byte)).unwrap_or(0);
        classes |= crate::detect::text::class_of(*byte);
    }
    let hex = classes & class::BEYOND_HEX == 0;
    let mixed = classes & class::DIGIT != 0 && classes & class::LETTER != 0;
    mixed && seen.count_ones() >= 10 && (!hex || hinted) && !is_stand_in(word)
}
