use memchr::memchr_iter;

use super::text::class;
use super::tld::{Domain, judge};
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// E-mail addresses.
pub(super) struct Email;

impl Detector for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn entity(&self) -> Entity {
        Entity::Email
    }

    fn summary(&self) -> &'static str {
        "e-mail addresses at a domain whose top level is real"
    }

    fn example(&self) -> &'static str {
        "ana.silva+shop@correio.pt"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["email", "e mail", "mail", "email address", "courriel", "correo", "correo electronico", "epost", "contact"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["email", "e-mail", "mail", "write to", "contact"]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::AT, length: 5, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for at in memchr_iter(b'@', text.bytes()) {
            if let Some(candidate) = address(text, at) {
                found.tell(candidate);
            }
        }
    }
}

/// The address round an `@`.
fn address(text: &Text<'_>, at: usize) -> Option<Candidate> {
    let (before, after) = (text.text.get(..at)?, text.text.get(at + 1..)?);
    let local =
        before.len() - before.chars().rev().take(64).take_while(|c| is_local(*c)).map(char::len_utf8).sum::<usize>();
    let skipped = text.text.get(local..at)?.find(|c: char| c.is_alphanumeric() || c == '_')?;
    let start = local + skipped;
    let local = text.text.get(start..at)?;
    if local.contains("..") || local.ends_with('.') {
        return None;
    }
    let length = after.find(|c: char| !is_domain(c)).unwrap_or(after.len());
    let mut domain = after.get(..length)?.trim_end_matches(['.', '-']);
    // A sentence may go on without a blank behind the address: `write to ana@shop.pt.Thanks`.
    let judged = loop {
        match judge(domain) {
            Some(judged) => break judged,
            None => domain = domain.rsplit_once('.')?.0,
        }
    };
    let end = at + 1 + domain.len();
    if local == "git" && text.at(end) == b':' {
        return None;
    }
    let evidence = if judged == Domain::Private { Evidence::Capped } else { Evidence::Strong };
    let is_nobodys = judged == Domain::Example || is_shape(text.text.get(start..end)?);
    Some(Candidate::new(start..end, evidence, 1e-6).reserved(is_nobodys))
}

/// Whether an address is a [`Shape`](crate::error::Shape), as manifests and reports have them: `aaa` is a top level, too.
fn is_shape(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_punctuation() || matches!(byte, b'a' | b'A' | b'9' | b'x'))
}

/// Whether a character may stand before the `@`. Of what RFC 5322 allows, those that are hardly ever used but often
/// stand beside an address (`/`, `=`, `?`, `{`, `|`, `` ` ``) do not count.
fn is_local(c: char) -> bool {
    match c {
        '.' | '_' | '%' | '+' | '-' | '\'' | '&' | '~' | '*' | '!' | '#' | '$' | '^' => true,
        _ => is_letter(c),
    }
}

fn is_domain(c: char) -> bool {
    c == '.' || c == '-' || is_letter(c)
}

/// Letters and digits of the alphabets that are written with blanks between words: in the others an address may stand
/// right beside a word.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c > '\u{7f}' && c < '\u{700}' && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::is_shape;
    use crate::error::Shape;

    #[test]
    fn a_shape_is_nobodys_address() {
        for (address, expected) in [("ana.silva9@shop.aaa", false), ("a@b.aaa", false), ("Ana.Silva9@shop.com", false)]
        {
            assert_eq!(is_shape(address), expected);
            assert!(is_shape(&Shape::of(address).to_string()), "{address}");
        }
    }
}
