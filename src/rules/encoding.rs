use std::fmt;

/// How the characters of a text file are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, the lower byte first, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, the higher byte first, with or without a byte order mark.
    Utf16Be,
    /// ISO 8859-1: every byte is the character of its number.
    Latin1,
    /// One byte a character, by a table of the [Encoding Standard](https://encoding.spec.whatwg.org/).
    Table(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encodings that can be named, in the words of a help.
    pub const NAMES: &str = "utf-8, utf-16le, utf-16be, iso-8859-1, windows-1252 and the other encodings of one byte a character, such as \
         iso-8859-2, iso-8859-15, windows-1250, windows-1251, koi8-r and macintosh";

    /// The encoding with a name, in any case of letters; none for encodings that are not read here.
    pub fn parse(name: &str) -> Option<Self> {
        let unicode = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Latin1];
        if let Some(encoding) = unicode.into_iter().find(|encoding| encoding.to_string().eq_ignore_ascii_case(name)) {
            return Some(encoding);
        }
        // Labels are many, and some of them do not mean what they say: names alone are taken. What the standard calls
        // koi8-u is KOI8-RU, its Hebrew in logical order is another name for the same table, and its user-defined
        // encoding is none of text.
        let table = encoding_rs::Encoding::for_label(name.as_bytes())?;
        let is_named = table.name().eq_ignore_ascii_case(name);
        let others = [encoding_rs::KOI8_U, encoding_rs::ISO_8859_8_I, encoding_rs::X_USER_DEFINED];
        (is_named && !others.contains(&table) && table.is_single_byte()).then_some(Self::Table(table))
    }

    /// Whether every character has a form in it.
    pub fn is_unicode(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf16Le | Self::Utf16Be)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8 => f.write_str("utf-8"),
            Self::Utf16Le => f.write_str("utf-16le"),
            Self::Utf16Be => f.write_str("utf-16be"),
            Self::Latin1 => f.write_str("iso-8859-1"),
            Self::Table(table) => f.write_str(&table.name().to_ascii_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_what_its_name_says_or_none() {
        for (name, known) in [
            ("utf-8", Some("utf-8")),
            ("UTF-8", Some("utf-8")),
            ("utf-16le", Some("utf-16le")),
            ("UTF-16BE", Some("utf-16be")),
            ("iso-8859-1", Some("iso-8859-1")),
            ("ISO-8859-15", Some("iso-8859-15")),
            ("windows-1252", Some("windows-1252")),
            ("koi8-r", Some("koi8-r")),
            // Labels that the standard takes for windows-1252 and windows-1254.
            ("latin1", None),
            ("ascii", None),
            ("iso-8859-9", None),
            ("koi8-u", None),
            // More than one byte a character, or a state.
            ("shift_jis", None),
            ("gb18030", None),
            ("iso-2022-jp", None),
            ("utf-16", None),
            ("x-user-defined", None),
            ("", None),
        ] {
            let encoding = Encoding::parse(name).map(|encoding| encoding.to_string());
            assert_eq!(encoding.as_deref(), known, "{name}");
        }
    }
}
