//! Slugs: what is left of a text where only lower-case ASCII letters and digits may stand.

use deunicode::deunicode_char;

/// Appends the slug of `text`: letters of every script in lower-case ASCII as the `deunicode` crate spells them, digits,
/// and nothing else. It is never empty: `x` stands where nothing is left.
pub(crate) fn push_slug(slug: &mut String, text: &str) {
    let before = slug.len();
    for c in text.chars() {
        if c.is_ascii() {
            push_kept(slug, c);
        } else {
            deunicode_char(c).unwrap_or_default().chars().for_each(|c| push_kept(slug, c));
        }
    }
    if slug.len() == before {
        slug.push('x');
    }
}

#[inline]
fn push_kept(slug: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        slug.push(c.to_ascii_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_lower_case_letters_and_digits_is_left() {
        for (text, slug) in [
            ("Zoé", "zoe"),
            ("N'Diaye", "ndiaye"),
            ("van den Berg", "vandenberg"),
            ("Müller-Groß 3", "mullergross3"),
            ("Łukasz", "lukasz"),
            ("Øyvind Ångström", "oyvindangstrom"),
            ("山田", "shantian"),
            ("Иван", "ivan"),
            ("", "x"),
            (" - ", "x"),
            ("\u{10ffff}\0\n", "x"),
        ] {
            let mut pushed = "before.".to_owned();
            push_slug(&mut pushed, text);
            assert_eq!(pushed, format!("before.{slug}"));
        }
    }
}
