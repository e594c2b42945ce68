use memchr::memchr;

use crate::detect::text::class;
use crate::detect::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Hashes of passwords.
pub(in crate::detect) struct PasswordHash;

/// The longest hash that is looked for, in bytes.
const LONGEST: usize = 512;
/// How the notations of crypt(3), of the PHC string format and of web frameworks begin, and the fewest bytes behind.
const NOTATIONS: &[(&str, usize)] = &[
    ("$2a$", 56),
    ("$2b$", 56),
    ("$2x$", 56),
    ("$2y$", 56),
    ("$argon2id$", 40),
    ("$argon2i$", 40),
    ("$argon2d$", 40),
    ("$1$", 23),
    ("$apr1$", 23),
    ("$5$", 44),
    ("$6$", 87),
    ("$7$", 50),
    ("$y$", 50),
    ("$gy$", 50),
    ("$sha1$", 32),
    ("$P$", 31),
    ("$H$", 31),
    ("$S$", 52),
    ("$scrypt$", 40),
    ("$pbkdf2$", 40),
    ("$pbkdf2-sha256$", 40),
    ("$pbkdf2-sha512$", 40),
    ("$bcrypt-sha256$", 40),
    ("pbkdf2_sha256$", 40),
    ("pbkdf2_sha1$", 30),
    ("pbkdf2:sha256:", 40),
    ("scrypt:", 64),
    ("bcrypt_sha256$", 40),
    ("argon2$", 40),
    ("{SSHA}", 32),
    ("{SHA}", 28),
    ("{SMD5}", 24),
    ("{SSHA256}", 48),
    ("{SSHA512}", 88),
    ("{bcrypt}", 40),
    ("{CRYPT}", 13),
];

impl Detector for PasswordHash {
    fn name(&self) -> &'static str {
        "password-hash"
    }

    fn entity(&self) -> Entity {
        Entity::PasswordHash
    }

    fn summary(&self) -> &'static str {
        "hashes of passwords in the notations of crypt, PHC, LDAP and web frameworks; bare digests only by header"
    }

    fn example(&self) -> &'static str {
        "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "password hash",
            "pwd hash",
            "pass hash",
            "hashed password",
            "encrypted password",
            "password digest",
            "password",
            "passwd",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &["password hash", "hashed password", "password_hash", "encrypted_password", "password_digest"]
    }

    fn needs(&self) -> Needs {
        Needs { length: 24, digits: 1, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        if text.survey.classes & class::DOLLAR != 0 {
            let mut place = 0;
            while let Some(next) = next_sign(text, place) {
                place = next + 1;
                let part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':');
                let start = next - text.slice(0..next).iter().rev().take(24).take_while(part).count();
                let starts = [next, start].into_iter().find_map(|start| Some((start, length_at(text, start)?)));
                if let Some((start, length)) = starts {
                    place = start + length;
                    found.tell(Candidate::new(start..place, Evidence::Strong, 1e-6));
                }
            }
        }
        for run in text.runs {
            let digest = matches!(run.len(), 32 | 40 | 56 | 64 | 96 | 128) && run.is_hex() && run.digits > 0;
            if digest && !run.is_number() {
                found.tell(Candidate::new(run.start..run.end, Evidence::Weak, 1.0));
            }
        }
    }
}

/// Where the next sign is that notations have near their start.
fn next_sign(text: &Text<'_>, place: usize) -> Option<usize> {
    let rest = text.slice(place..text.bytes().len());
    let sign = memchr::memchr2(b'$', b'{', rest)?;
    Some(place + sign)
}

/// The length of the hash that starts at a place.
fn length_at(text: &Text<'_>, start: usize) -> Option<usize> {
    let rest = text.slice(start..text.bytes().len());
    let (notation, least) = NOTATIONS.iter().find(|(notation, _)| rest.starts_with(notation.as_bytes()))?;
    let behind = rest.get(notation.len()..)?;
    let part = |byte: &&u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'$' | b'.' | b'/' | b'+' | b'=' | b',' | b'-' | b'_' | b':' | b'*')
    };
    let length = behind.iter().take(LONGEST).take_while(part).count();
    let behind = behind.get(..length)?;
    let length = length - behind.iter().rev().take_while(|byte| matches!(byte, b',' | b':')).count();
    let sound = length >= *least && (!notation.starts_with("$2") || memchr(b'$', behind) == Some(2));
    sound.then_some(notation.len() + length)
}
