use crate::error::{is_printable, printable};

/// A text for HTML or XML, as content or between either kind of quotes.
///
/// Control characters and those that turn the order of a line are shown by their number, and so is what XML 1.0 has no
/// way to write: U+FFFE and U+FFFF.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            // Bare, it could end a CDATA section.
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.extend(c.escape_unicode()),
            _ if is_printable(c) => escaped.push(c),
            _ => escaped.push_str(&printable(c.encode_utf8(&mut [0; 4]))),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_name_does_not_become_markup() {
        for (name, escaped) in [
            ("<script>", "&lt;script&gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
            ("]]>", "]]&gt;"),
            ("&amp;", "&amp;amp;"),
            ("a\u{202e}b\n\u{0}", "a\\u{202e}b\\u{a}\\u{0}"),
            ("\u{ffff}", "\\u{ffff}"),
            ("prénom 名", "prénom 名"),
        ] {
            assert_eq!(escape(name), escaped);
        }
    }
}
