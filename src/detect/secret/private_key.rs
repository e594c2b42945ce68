use memchr::memmem;

use crate::detect::text::class;
use crate::detect::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Private keys in text form.
pub(in crate::detect) struct PrivateKey;

/// The longest label between `BEGIN` and the dashes.
const LABEL: usize = 40;

impl Detector for PrivateKey {
    fn name(&self) -> &'static str {
        "private-key"
    }

    fn entity(&self) -> Entity {
        Entity::Credential
    }

    fn summary(&self) -> &'static str {
        "private keys in the armour of RFC 7468, OpenSSH or OpenPGP, to the end of the armour"
    }

    fn example(&self) -> &'static str {
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["private key", "pem", "ssh key"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::HYPHEN | class::UPPER, length: 27, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let mut end = 0;
        for start in memmem::find_iter(text.bytes(), b"-----BEGIN ") {
            let label = start + 11;
            let Some(length) = memmem::find(text.slice(label..text.bytes().len().min(label + LABEL)), b"-----") else {
                continue;
            };
            let is_private = memmem::find(text.slice(label..label + length), b"PRIVATE KEY").is_some();
            if start < end || !is_private {
                continue;
            }
            let rest = text.slice(label + length..text.bytes().len());
            let armour = memmem::find(rest, b"-----END ").and_then(|place| {
                let behind = rest.get(place + 9..)?;
                Some(place + 9 + memmem::find(behind, b"-----")? + 5)
            });
            end = armour.map_or(text.bytes().len(), |armour| label + length + armour);
            found.tell(Candidate::new(start..end, Evidence::Strong, 1e-6));
        }
    }
}
