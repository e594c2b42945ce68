//! What the files of a table are called in the data set.

use super::names::held;
use crate::key::{Keyring, Purpose};

/// The word in `publish_as` that stands for the token of a file's own name.
const TOKEN: &str = "{token}";

/// How many bytes of a tag a token shows, as twice as many hexadecimal digits: no two files of a table share one.
const TOKEN_BYTES: usize = 16;

/// A name for the files of a table, without its ending, as `publish_as` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishAs(String);

impl PublishAs {
    /// Reads it as written.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let rest = text.replacen(TOKEN, "", 1);
        let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('=');
        if !text.split('/').all(is_part) || text.contains(['\\', '*', '?']) || text.contains(char::is_control) {
            Err("this is no path below the data set")
        } else if rest.contains(['{', '}']) {
            Err("in `publish_as` only `{token}` stands for something, and once at most")
        } else if held(text, false).is_some() {
            Err("this name itself looks like personal data")
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The name for a file that is called `name`, without its ending and the values of its partitions: a token of it is
    /// the same in every run with one key, whatever other files there are.
    pub(crate) fn name(&self, name: &str, keys: &Keyring) -> String {
        let token = |bytes: &[u8]| bytes.iter().take(TOKEN_BYTES).map(|byte| format!("{byte:02x}")).collect::<String>();
        match self.0.contains(TOKEN) {
            true => self.0.replace(TOKEN, &token(&keys.prf(Purpose::FileName, "").tag(name.as_bytes()))),
            false => self.0.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Suite};

    #[test]
    fn a_name_is_a_path_with_one_token() {
        for (text, is_one) in [
            ("customers", true),
            ("by customer/{token}", true),
            ("c-{token}-2026.01", true),
            ("{token}/{token}", false),
            ("{n}", false),
            ("{token", false),
            ("../x", false),
            ("/x", false),
            ("x/", false),
            ("dt=1/x", false),
            ("a\\b", false),
            ("", false),
            ("maria.garcia@gmail.com", false),
        ] {
            assert_eq!(PublishAs::read(text).is_ok(), is_one, "{text}");
        }
    }

    #[test]
    fn a_token_is_that_of_the_name() {
        let keys = |byte| Keyring::new(Key::from_bytes([byte; 32]), Suite::default());
        let name = |name: &str, byte| PublishAs::read("c/{token}").unwrap().name(name, &keys(byte));
        assert_eq!(name("a", 0), name("a", 0));
        assert!(name("a", 0) != name("b", 0) && name("a", 0) != name("a", 1));
        assert_eq!(name("a", 0).len(), "c/".len() + 2 * TOKEN_BYTES);
        // What is published under such a name is clean to whoever verifies it.
        assert!((0..20_000).all(|number| held(&name(&number.to_string(), 0), false).is_none()));
    }
}
