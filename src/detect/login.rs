use memchr::memchr2_iter;

use super::secret::is_stand_in;
use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Run, Sink, Text};

/// Passwords.
pub(super) struct Password;

/// Names of accounts.
pub(super) struct Username;

/// What stands before the colon or equals sign in `password: hunter2`.
const PASSWORD_NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "pass",
    "passwort",
    "kennwort",
    "contraseña",
    "senha",
    "pin",
];
const USERNAME_NAMES: &[&str] =
    &["username", "user name", "user_name", "login", "login name", "benutzername", "usuario"];

/// The shortest password that is told in a text, and the longest.
const SHORTEST: usize = 4;
const LONGEST: usize = 128;

impl Detector for Password {
    fn name(&self) -> &'static str {
        "password"
    }

    fn entity(&self) -> Entity {
        Entity::Password
    }

    fn summary(&self) -> &'static str {
        "passwords: whatever is in a column of that name, and what a text says is one"
    }

    fn example(&self) -> &'static str {
        "password: 7u!Kestrel"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "passcode",
            "pin",
            "pin code",
            "passwort",
            "kennwort",
            "senha",
            "contraseña",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs::default()
    }

    fn takes_anything(&self) -> bool {
        true
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        whole(text, found);
        assigned(text, PASSWORD_NAMES, found);
    }
}

impl Detector for Username {
    fn name(&self) -> &'static str {
        "username"
    }

    fn entity(&self) -> Entity {
        Entity::Username
    }

    fn summary(&self) -> &'static str {
        "names of accounts: whatever is in a column of that name, and what a text says is one"
    }

    fn example(&self) -> &'static str {
        "username: asilva82"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "username",
            "user name",
            "login",
            "login name",
            "handle",
            "screen name",
            "nickname",
            "nick",
            "account name",
            "benutzername",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs::default()
    }

    fn takes_anything(&self) -> bool {
        true
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        if found.hinted(0) && is_handle(text) {
            whole(text, found);
        }
        assigned(text, USERNAME_NAMES, found);
    }
}

/// Whether somebody may sign in with the text: words in a row are a title or a sentence, numbers a key, and UUIDs too.
fn is_handle(text: &Text<'_>) -> bool {
    let value = text.text.trim();
    let lettered = text.survey.classes & (class::LETTER | class::HIGH) != 0;
    let of_machines = text.survey.digits >= 6 && text.runs.iter().all(Run::is_hex) && value.len() >= 32;
    lettered && !of_machines && value.len() <= LONGEST && !value.contains(char::is_whitespace)
}

/// Tells of the whole text, if the header names it and there is something.
fn whole(text: &Text<'_>, found: &mut Sink<'_>) {
    if found.hinted(0) && text.survey.classes & !class::BLANK != 0 {
        let start = text.text.len() - text.text.trim_start().len();
        found.tell(Candidate::new(start..start + text.text.trim().len(), Evidence::Weak, 1.0));
    }
}

/// Tells of each value that has one of the names, and a colon or equals sign, before it.
fn assigned(text: &Text<'_>, names: &[&str], found: &mut Sink<'_>) {
    if text.survey.classes & (class::COLON | class::EQUALS) == 0 || text.survey.length < SHORTEST + 4 {
        return;
    }
    for sign in memchr2_iter(b':', b'=', text.bytes()) {
        let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'`');
        let mut name = text.slice(0..sign).trim_ascii_end();
        if let Some((_, rest)) = name.split_last().filter(|(last, _)| is_quote(**last)) {
            name = rest;
        }
        // All names end with a letter; a time of day has colons, too.
        if !name.last().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let named = |word: &&str| {
            name.len().checked_sub(word.len()).is_some_and(|start| {
                name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
                    && start
                        .checked_sub(1)
                        .and_then(|place| name.get(place))
                        .is_none_or(|byte| !byte.is_ascii_alphanumeric())
            })
        };
        if !names.iter().any(named) {
            continue;
        }
        let behind = text.slice(sign + 1..text.bytes().len());
        let blanks = behind.iter().take(3).take_while(|byte| **byte == b' ').count();
        let start = sign + 1 + blanks;
        let start = start + usize::from(is_quote(text.at(start)));
        let ends =
            |byte: &u8| byte.is_ascii_whitespace() || is_quote(*byte) || matches!(byte, b',' | b';' | b'<' | b'&');
        let rest = text.slice(start..text.bytes().len());
        let mut length = rest.iter().take(LONGEST + 1).take_while(|byte| !ends(byte)).count();
        length -= usize::from(rest.get(..length).is_some_and(|value| value.ends_with(b".")));
        let value = text.slice(start..start + length);
        if !(SHORTEST..=LONGEST).contains(&length) || is_stand_in(value) || value.starts_with(b"//") {
            continue;
        }
        // A plain word may belong to the sentence: `password: required`.
        let telling = value.iter().any(|byte| !byte.is_ascii_lowercase());
        let evidence = if telling { Evidence::Strong } else { Evidence::Capped };
        found.tell(Candidate::new(start..start + length, evidence, 0.05));
    }
}
