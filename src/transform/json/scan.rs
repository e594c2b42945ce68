//! One pass over a JSON text: is it valid to the letter (RFC 8259), does a rule name everything in it, and where do the
//! values stand that are to be replaced or cut out?

#[cfg(test)]
mod tests;

use super::path::{Holds, Paths};
use crate::json::{DEEPEST, Kind, Name, Names, Wrong, scalar, string_end};
use crate::transform::Fate;

/// A stretch of a text that does not stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// Which of the texts.
    pub(super) text: u32,
    /// Its bytes.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The path whose rule replaces it, and what it is; none if it is left out.
    pub(super) leaf: Option<(u32, Kind)>,
}

/// Why a text does not conform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no JSON, from this byte on.
    Syntax(usize, &'static str),
    /// An object has two members of one name.
    Twice(String),
    /// No rule names what stands below the path, which is one that the rules know.
    Unlisted(String),
    /// At the path there are parts, and the rule is for one value.
    Parts(String),
    /// Paths lead on below the path, and what stands there has no such parts.
    Whole(String),
    /// Two rules are for what stands below the path, and neither is more specific.
    Ambiguous(String),
}

impl From<Wrong> for Fault {
    fn from((at, what): Wrong) -> Self {
        Self::Syntax(at, what)
    }
}

impl Fault {
    /// The fault in words that hold nothing of the text.
    pub(super) fn tell(&self) -> String {
        let inside = |path: &String| if path.is_empty() { String::new() } else { format!(" inside `{path}`") };
        match self {
            Self::Syntax(at, what) => format!("at byte {at} of it, {what}"),
            Self::Twice(path) => format!("two members of one name{}", inside(path)),
            Self::Unlisted(path) => format!("a path that no rule names{}", inside(path)),
            Self::Parts(path) => format!("`{path}` is an object or a list, and no rule names its parts"),
            Self::Whole(path) if path.is_empty() => "the whole of it has none of the parts that the rules name".into(),
            Self::Whole(path) => format!("`{path}` has no parts of the kind that the rules name"),
            Self::Ambiguous(path) => {
                format!("two rules are for one path{}, and neither is more specific", inside(path))
            }
        }
    }
}

/// Where the scanner is among the paths: the places from a number on, and whether something above is dropped but for
/// what has rules of its own.
#[derive(Debug, Clone, Copy)]
struct Trail {
    from: usize,
    covered: bool,
}

/// What becomes of a value as a whole.
enum Verdict {
    Keep,
    LeaveOut,
    Replace(usize),
    /// Its parts have rules.
    Enter {
        covered: bool,
    },
}

/// A scanner, whose room serves text after text.
pub(super) struct Scanner<'p> {
    paths: &'p Paths,
    fates: &'p [Fate],
    leave_out_unlisted: bool,
    /// The places in the tree of paths that lead to where the scanner is, level after level.
    places: Vec<usize>,
    /// The names of the objects that the scanner is in, level after level.
    names: Names,
}

/// A scanner on its way through one text.
struct Walk<'w, 'p, 't> {
    scanner: &'w mut Scanner<'p>,
    source: &'t str,
    bytes: &'t [u8],
    at: usize,
    number: u32,
    cuts: &'w mut Vec<Cut>,
    /// The first fault of what is JSON and not as the rules have it.
    unruled: Option<Fault>,
}

impl<'p> Scanner<'p> {
    /// A scanner for paths with these fates. What no path names is a fault, or is left out.
    pub(super) fn new(paths: &'p Paths, fates: &'p [Fate], leave_out_unlisted: bool) -> Self {
        Self { paths, fates, leave_out_unlisted, places: Vec::new(), names: Names::default() }
    }

    /// Scans text `number` and appends its cuts in their order; none, if it does not conform.
    ///
    /// # Errors
    /// The first fault in it.
    pub(super) fn scan(&mut self, number: u32, text: &str, cuts: &mut Vec<Cut>) -> Result<(), Fault> {
        let before = cuts.len();
        self.places.clear();
        self.places.push(self.paths.root());
        self.names.clear();
        let mut walk = Walk { scanner: self, source: text, bytes: text.as_bytes(), at: 0, number, cuts, unruled: None };
        let scanned = walk.document();
        if scanned.is_err() {
            cuts.truncate(before);
        }
        scanned
    }
}

impl Walk<'_, '_, '_> {
    fn document(&mut self) -> Result<(), Fault> {
        self.blanks();
        let stays = self.value(Some(Trail { from: 0, covered: false }), 0)?;
        self.blanks();
        if self.at < self.bytes.len() {
            return self.wrong("something after the end of the value");
        }
        match self.unruled.take() {
            Some(fault) => Err(fault),
            None if stays => Ok(()),
            None => Err(Fault::Unlisted(String::new())),
        }
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn wrong<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(Fault::Syntax(self.at, what))
    }

    /// Scans a value, without a trail only for its syntax. Says whether it stays.
    fn value(&mut self, trail: Option<Trail>, depth: usize) -> Result<bool, Fault> {
        let Some(trail) = trail else { return self.any(None, depth).map(|()| true) };
        let verdict = match self.judge(trail) {
            Ok(verdict) => verdict,
            // Whether it is JSON comes first: the rest is looked at only for that.
            Err(fault) => {
                self.unruled.get_or_insert(fault);
                Verdict::Keep
            }
        };
        match verdict {
            Verdict::Keep => self.any(None, depth).map(|()| true),
            Verdict::LeaveOut => self.any(None, depth).map(|()| false),
            Verdict::Enter { covered } => self.any(Some(Trail { covered, ..trail }), depth).map(|()| true),
            Verdict::Replace(path) => {
                let start = self.at;
                let kind = self.scalar()?;
                self.cut(start, self.at, Some((path as u32, kind)));
                Ok(true)
            }
        }
    }

    fn any(&mut self, trail: Option<Trail>, depth: usize) -> Result<(), Fault> {
        match self.bytes.get(self.at) {
            Some(b'{' | b'[') if depth == DEEPEST => self.wrong("lists and objects too deep in each other"),
            Some(b'{') => self.object(trail, depth),
            Some(b'[') => self.list(trail, depth),
            _ => self.scalar().map(drop),
        }
    }

    /// The closed world: what becomes of the value that starts here is what the rules say, and nothing else.
    fn judge(&self, trail: Trail) -> Result<Verdict, Fault> {
        let scanner = &*self.scanner;
        let paths = scanner.paths;
        let places = &scanner.places[trail.from..];
        let path = match paths.holds(places) {
            Holds::Two => return Err(Fault::Ambiguous(self.above(trail).to_owned())),
            Holds::Path(path) => Some(path),
            Holds::None => None,
        };
        let fate = path.and_then(|path| scanner.fates.get(path).copied());
        let (is_whole, enters) = match self.bytes.get(self.at) {
            Some(b'{') => (false, paths.has_members(places)),
            Some(b'[') => (false, paths.has_elements(places)),
            // Where there might be parts, a null says that there are none.
            Some(b'n') => (true, paths.has_members(places) || paths.has_elements(places)),
            _ => (true, false),
        };
        Ok(match (fate, path) {
            (Some(Fate::Drop), _) if enters && !is_whole => Verdict::Enter { covered: true },
            (Some(Fate::Drop), _) => Verdict::LeaveOut,
            (Some(Fate::Keep), _) if is_whole => Verdict::Keep,
            (Some(Fate::Rewrite), Some(path)) if is_whole => Verdict::Replace(path),
            _ if enters => Verdict::Enter { covered: trail.covered },
            _ if trail.covered || scanner.leave_out_unlisted => Verdict::LeaveOut,
            (Some(_), _) => return Err(Fault::Parts(paths.text(places).to_owned())),
            (None, _) if !places.is_empty() => return Err(Fault::Whole(paths.text(places).to_owned())),
            (None, _) => return Err(Fault::Unlisted(self.above(trail).to_owned())),
        })
    }

    /// The path of the object or list that holds the value that starts here.
    fn above(&self, trail: Trail) -> &str {
        let above = trail.from.saturating_sub(1);
        self.scanner.paths.text(&self.scanner.places[above..trail.from])
    }

    fn object(&mut self, trail: Option<Trail>, depth: usize) -> Result<(), Fault> {
        let outer = self.scanner.names.mark();
        self.parts(b'}', trail, depth, |walk| {
            let name = walk.name()?;
            if let Some(trail) = trail {
                let Scanner { paths, places, names, .. } = &mut *walk.scanner;
                paths.enter_member(places, trail.from, names.bytes(name, walk.bytes));
            }
            Ok(())
        })?;
        if self.scanner.names.end(outer, self.bytes) {
            let path = trail.map_or("", |trail| self.scanner.paths.text(&self.scanner.places[trail.from..]));
            return Err(Fault::Twice(path.to_owned()));
        }
        Ok(())
    }

    fn list(&mut self, trail: Option<Trail>, depth: usize) -> Result<(), Fault> {
        self.parts(b']', trail, depth, |walk| {
            if let Some(trail) = trail {
                walk.scanner.paths.enter_element(&mut walk.scanner.places, trail.from);
            }
            Ok(())
        })
    }

    /// Scans the parts of an object or a list. `enter` reads what stands before a part's value, and enters the part's
    /// places. A part that does not stay goes with one of the commas round it.
    #[inline]
    fn parts(
        &mut self,
        close: u8,
        trail: Option<Trail>,
        depth: usize,
        enter: impl Fn(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.at += 1;
        self.blanks();
        if self.bytes.get(self.at) == Some(&close) {
            self.at += 1;
            return Ok(());
        }
        let level = self.scanner.places.len();
        let mut comma = None;
        let mut any_stays = false;
        // Where the part began that is left out, if none that stays came before it.
        let mut left_out = None;
        loop {
            let start = self.at;
            if let Some(from) = left_out.take() {
                self.cut(from, start, None);
            }
            enter(self)?;
            let inner = trail.map(|trail| Trail { from: level, covered: trail.covered });
            let stays = self.value(inner, depth + 1)?;
            self.scanner.places.truncate(level);
            match (stays, comma) {
                (true, _) => any_stays = true,
                (false, Some(comma)) if any_stays => self.cut(comma, self.at, None),
                (false, _) => left_out = Some(start),
            }
            let end = self.at;
            self.blanks();
            match self.bytes.get(self.at) {
                Some(b',') => {
                    comma = Some(self.at);
                    self.at += 1;
                    self.blanks();
                }
                Some(byte) if *byte == close => {
                    if let Some(from) = left_out {
                        self.cut(from, end, None);
                    }
                    self.at += 1;
                    return Ok(());
                }
                _ => return self.wrong("neither a comma nor an end"),
            }
        }
    }

    /// Reads a member's name and the colon after it.
    fn name(&mut self) -> Result<Name, Fault> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return self.wrong("a member without a name");
        }
        let start = self.at + 1;
        let (end, escaped) = string_end(self.bytes, start)?;
        self.at = end + 1;
        self.blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            return self.wrong("a name without a colon");
        }
        self.at += 1;
        self.blanks();
        Ok(self.scanner.names.push(self.source, start..end, escaped))
    }

    /// Reads a value that has no parts.
    #[inline]
    fn scalar(&mut self) -> Result<Kind, Fault> {
        let (end, kind) = scalar(self.bytes, self.at)?;
        self.at = end;
        Ok(kind)
    }

    fn cut(&mut self, start: usize, end: usize, leaf: Option<(u32, Kind)>) {
        // A text of a column is shorter than 2^32 bytes.
        self.cuts.push(Cut { text: self.number, start: start as u32, end: end as u32, leaf });
    }
}
