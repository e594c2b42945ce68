use globset::{GlobBuilder, GlobMatcher};

/// A pattern of file or column names: `*` and `?` stand for characters, everything else for itself. In file names
/// neither stands for a `/`, and `**` stands for any folders.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: String,
    matcher: GlobMatcher,
}

impl Pattern {
    /// A pattern of paths relative to a folder, with `/` between their parts.
    pub(crate) fn path(text: &str) -> Option<Self> {
        Self::new(text, text.to_owned(), true)
    }

    /// A pattern of column names. Brackets stand for themselves, since paths into lists have them.
    pub(crate) fn column(text: &str) -> Option<Self> {
        let escaped = text.chars().fold(String::new(), |mut escaped, c| {
            if matches!(c, '[' | ']' | '{' | '}' | '\\' | '!') {
                escaped.push('\\');
            }
            escaped.push(c);
            escaped
        });
        Self::new(text, escaped, false)
    }

    fn new(text: &str, glob: String, path: bool) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let glob = GlobBuilder::new(&glob).literal_separator(path).backslash_escape(true).build().ok()?;
        Some(Self { text: text.to_owned(), matcher: glob.compile_matcher() })
    }

    /// The pattern as written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn matches(&self, name: &str) -> bool {
        self.text == name || (self.is_glob() && self.matcher.is_match(name))
    }

    pub(crate) fn is_glob(&self) -> bool {
        self.text.contains(['*', '?'])
    }

    /// How specific it is: a name itself before any pattern, then the pattern that spells out more.
    pub(crate) fn specificity(&self) -> usize {
        if self.is_glob() { self.text.chars().filter(|c| !matches!(c, '*' | '?')).count() } else { usize::MAX }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn column_patterns_take_brackets_and_dots_as_they_are() {
        for (pattern, name, matches) in [
            ("items[].name", "items[].name", true),
            ("items[].*", "items[].name", true),
            ("*_at", "created_at", true),
            ("*_at", "created_at_utc", false),
            ("a.b", "axb", false),
            ("{x}", "{x}", true),
            ("address.*", "address.geo.lat", true),
        ] {
            assert_eq!(Pattern::column(pattern).unwrap().matches(name), matches, "{pattern} on {name}");
        }
    }

    #[test]
    fn path_patterns_keep_to_one_folder() {
        for (pattern, path, matches) in [
            ("orders/*.parquet", "orders/a.parquet", true),
            ("orders/*.parquet", "orders/old/a.parquet", false),
            ("**/*.csv", "a/b/c.csv", true),
            ("customers*.csv", "customers-1.csv", true),
        ] {
            assert_eq!(Pattern::path(pattern).unwrap().matches(path), matches, "{pattern} on {path}");
        }
    }

    #[test]
    fn what_spells_out_more_is_more_specific() {
        let specificity = |text| Pattern::column(text).unwrap().specificity();
        assert!(specificity("name") > specificity("first_*") && specificity("first_*") > specificity("*"));
    }
}
