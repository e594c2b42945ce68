use std::ops::Range;

use super::unescape;

/// How many names an object may have for them to be compared each with each.
pub(crate) const FEW: usize = 8;

/// The name of a member, as it is without its escapes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    start: usize,
    end: usize,
    /// Whether it stands among the unescaped names, not in the text.
    unescaped: bool,
}

/// The names of the objects that a scanner is in, level after level.
#[derive(Debug, Default)]
pub(crate) struct Names {
    names: Vec<Name>,
    unescaped: Vec<u8>,
    spelt: String,
}

impl Names {
    pub(crate) fn clear(&mut self) {
        self.names.clear();
        self.unescaped.clear();
    }

    /// Where the names of an object begin that begins here.
    pub(crate) fn mark(&self) -> (usize, usize) {
        (self.names.len(), self.unescaped.len())
    }

    /// Takes the name that stands at `range` of `source`, without its quotes.
    pub(crate) fn push(&mut self, source: &str, range: Range<usize>, escaped: bool) -> Name {
        let name = if escaped {
            self.spelt.clear();
            unescape(source.get(range).unwrap_or_default(), &mut self.spelt);
            let start = self.unescaped.len();
            self.unescaped.extend_from_slice(self.spelt.as_bytes());
            Name { start, end: self.unescaped.len(), unescaped: true }
        } else {
            Name { start: range.start, end: range.end, unescaped: false }
        };
        self.names.push(name);
        name
    }

    /// A name without its escapes.
    #[inline]
    pub(crate) fn bytes<'n>(&'n self, name: Name, source: &'n [u8]) -> &'n [u8] {
        let bytes = if name.unescaped { self.unescaped.as_slice() } else { source };
        bytes.get(name.start..name.end).unwrap_or_default()
    }

    /// Ends the object whose names begin at `from`, and says whether it has one of them twice: a second value could hide
    /// behind the first, since programs do not agree on which of them holds.
    pub(crate) fn end(&mut self, from: (usize, usize), source: &[u8]) -> bool {
        let Self { names, unescaped, .. } = self;
        let new = names.get_mut(from.0..).unwrap_or_default();
        let bytes = |name: &Name| {
            let bytes = if name.unescaped { unescaped.as_slice() } else { source };
            bytes.get(name.start..name.end).unwrap_or_default()
        };
        let has_twice = if new.len() <= FEW {
            (1..new.len()).any(|last| {
                let name = bytes(&new[last]);
                new[..last].iter().any(|earlier| earlier.end - earlier.start == name.len() && bytes(earlier) == name)
            })
        } else {
            new.sort_unstable_by(|a, b| bytes(a).cmp(bytes(b)));
            new.windows(2).any(|pair| bytes(&pair[0]) == bytes(&pair[1]))
        };
        names.truncate(from.0);
        unescaped.truncate(from.1);
        has_twice
    }
}
