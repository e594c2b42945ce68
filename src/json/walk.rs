use std::ops::Range;

use super::text::{Kind, Wrong, scalar, string_end};
use super::{DEEPEST, Names};

/// What a value with parts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Object,
    List,
}

/// A value that is not gone into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Member {
    Scalar(Kind),
    /// An object or a list without parts.
    Empty(Part),
    /// An object or a list with parts.
    Whole(Part),
}

/// Who hears of the values that a [`Walk`] comes past, each at a node of what is known of the text.
pub(crate) trait Visitor {
    /// A place among what is known.
    type Node: Copy;
    /// An object or a list that the walk is in.
    type Frame: Copy;
    /// Why the walk ends early.
    type Fault: From<Wrong>;

    /// An object or a list with parts begins at `start`; its name, if it has one, at `from`. None if it is not gone into:
    /// it is checked, and given to [`value`](Self::value) as a whole.
    fn open(
        &mut self,
        node: Self::Node,
        part: Part,
        from: usize,
        start: usize,
    ) -> Result<Option<Self::Frame>, Self::Fault>;

    /// The object or list ends before `end`.
    fn close(&mut self, frame: Self::Frame, end: usize);

    /// The member whose name `rest` is likely to begin with, and the length of that name: what stands there is the name
    /// itself, without escapes, and the quote after it. `previous` is the member before it.
    fn guess(&self, object: Self::Frame, previous: Option<Self::Node>, rest: &[u8]) -> Option<(Self::Node, usize)>;

    /// The member with this name, where nothing was guessed; the name begins at `at`.
    fn member(&mut self, object: Self::Frame, name: &[u8], at: usize) -> Result<Self::Node, Self::Fault>;

    /// The walk goes into a member. An object has no member twice.
    fn enter(&mut self, object: Self::Frame, member: Self::Node, from: usize) -> Result<(), Self::Fault>;

    /// The walk goes into the next element of a list, at `at`.
    fn element(&mut self, list: Self::Frame, at: usize) -> Result<Self::Node, Self::Fault>;

    /// A value that is not gone into stands at `range`; its name, if it has one, at `from`.
    fn value(&mut self, node: Self::Node, value: Member, from: usize, range: Range<usize>) -> Result<(), Self::Fault>;
}

/// On the way through a JSON text, from which everything is told that is valid to the letter.
pub(crate) struct Walk<'t> {
    source: &'t str,
    bytes: &'t [u8],
    at: usize,
    names: Names,
}

impl<'t> Walk<'t> {
    /// Starts at the beginning of a text.
    pub(crate) fn new(source: &'t str) -> Self {
        Self { source, bytes: source.as_bytes(), at: 0, names: Names::default() }
    }

    /// Goes on with another text from `at`.
    pub(crate) fn set(&mut self, source: &'t str, at: usize) {
        (self.source, self.bytes, self.at) = (source, source.as_bytes(), at);
        self.names.clear();
    }

    /// Where it has come.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The byte where it has come; none at the end of the text.
    pub(crate) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over what may stand between values.
    #[inline]
    pub(crate) fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes through the value that begins here.
    pub(crate) fn value<V: Visitor>(&mut self, visitor: &mut V, node: V::Node) -> Result<(), V::Fault> {
        self.inner(visitor, node, self.at, 0)
    }

    fn inner<V: Visitor>(&mut self, visitor: &mut V, node: V::Node, from: usize, depth: usize) -> Result<(), V::Fault> {
        let start = self.at;
        let part = match self.byte() {
            Some(b'{') => Part::Object,
            Some(b'[') => Part::List,
            _ => {
                let (end, kind) = scalar(self.bytes, start)?;
                self.at = end;
                return visitor.value(node, Member::Scalar(kind), from, start..end);
            }
        };
        if self.opens_empty(depth)? {
            return visitor.value(node, Member::Empty(part), from, start..self.at);
        }
        let Some(frame) = visitor.open(node, part, from, start)? else {
            self.at = start;
            self.whole(depth)?;
            return visitor.value(node, Member::Whole(part), from, start..self.at);
        };
        match part {
            Part::Object => self.members(visitor, frame, depth)?,
            Part::List => loop {
                let from = self.at;
                let element = visitor.element(frame, from)?;
                self.inner(visitor, element, from, depth + 1)?;
                if self.ends(b']')? {
                    break;
                }
            },
        }
        visitor.close(frame, self.at);
        Ok(())
    }

    fn members<V: Visitor>(&mut self, visitor: &mut V, frame: V::Frame, depth: usize) -> Result<(), V::Fault> {
        let mut previous = None;
        loop {
            let from = self.at;
            if self.byte() != Some(b'"') {
                return Err(self.wrong("a member without a name").into());
            }
            let start = from + 1;
            let rest = self.bytes.get(start..).unwrap_or_default();
            let node = match visitor.guess(frame, previous, rest) {
                Some((node, length)) => {
                    self.at = start + length + 1;
                    node
                }
                None => {
                    let (end, escaped) = string_end(self.bytes, start)?;
                    self.at = end + 1;
                    let mark = self.names.mark();
                    let name = self.names.push(self.source, start..end, escaped);
                    let node = visitor.member(frame, self.names.bytes(name, self.bytes), from)?;
                    self.names.end(mark, self.bytes);
                    node
                }
            };
            self.colon()?;
            visitor.enter(frame, node, from)?;
            self.inner(visitor, node, from, depth + 1)?;
            previous = Some(node);
            if self.ends(b'}')? {
                return Ok(());
            }
        }
    }

    /// Goes through a value only for its syntax.
    fn whole(&mut self, depth: usize) -> Result<(), Wrong> {
        let close = match self.byte() {
            Some(b'{') => b'}',
            Some(b'[') => b']',
            _ => {
                (self.at, _) = scalar(self.bytes, self.at)?;
                return Ok(());
            }
        };
        let start = self.at;
        if self.opens_empty(depth)? {
            return Ok(());
        }
        let mark = self.names.mark();
        loop {
            if close == b'}' {
                if self.byte() != Some(b'"') {
                    return Err(self.wrong("a member without a name"));
                }
                let from = self.at + 1;
                let (end, escaped) = string_end(self.bytes, from)?;
                self.names.push(self.source, from..end, escaped);
                self.at = end + 1;
                self.colon()?;
            }
            self.whole(depth + 1)?;
            if self.ends(close)? {
                break;
            }
        }
        if self.names.end(mark, self.bytes) {
            return Err((start, TWICE));
        }
        Ok(())
    }

    /// Enters the object or list that begins here, and says whether it has no parts and is behind.
    fn opens_empty(&mut self, depth: usize) -> Result<bool, Wrong> {
        if depth == DEEPEST {
            return Err(self.wrong("lists and objects too deep in each other"));
        }
        let close = if self.byte() == Some(b'{') { b'}' } else { b']' };
        self.at += 1;
        self.blanks();
        let is_empty = self.byte() == Some(close);
        self.at += usize::from(is_empty);
        Ok(is_empty)
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Wrong> {
        self.blanks();
        if self.byte() != Some(b':') {
            return Err(self.wrong("a name without a colon"));
        }
        self.at += 1;
        self.blanks();
        Ok(())
    }

    /// Passes a comma, or the end of an object or a list, which is told.
    #[inline]
    fn ends(&mut self, close: u8) -> Result<bool, Wrong> {
        self.blanks();
        match self.byte() {
            Some(b',') => {
                self.at += 1;
                self.blanks();
                Ok(false)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.wrong("neither a comma nor an end")),
        }
    }

    fn wrong(&self, what: &'static str) -> Wrong {
        (self.at, what)
    }
}

/// What is wrong with an object that has a name twice.
pub(crate) const TWICE: &str = "an object that has one name twice";

/// Whether a text is one JSON value.
pub(crate) fn is_json(text: &str) -> bool {
    let mut walk = Walk::new(text);
    walk.blanks();
    let is_value = walk.whole(0).is_ok();
    walk.blanks();
    is_value && walk.at == text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Goes into everything and hears nothing wrong of it.
    struct Deaf;

    impl Visitor for Deaf {
        type Node = ();
        type Frame = ();
        type Fault = Wrong;

        fn open(&mut self, (): (), _: Part, _: usize, _: usize) -> Result<Option<()>, Wrong> {
            Ok(Some(()))
        }

        fn close(&mut self, (): (), _: usize) {}

        fn guess(&self, (): (), previous: Option<()>, rest: &[u8]) -> Option<((), usize)> {
            (previous.is_none() && rest.starts_with(b"a\"")).then_some(((), 1))
        }

        fn member(&mut self, (): (), _: &[u8], _: usize) -> Result<(), Wrong> {
            Ok(())
        }

        fn enter(&mut self, (): (), (): (), _: usize) -> Result<(), Wrong> {
            Ok(())
        }

        fn element(&mut self, (): (), _: usize) -> Result<(), Wrong> {
            Ok(())
        }

        fn value(&mut self, (): (), _: Member, _: usize, _: Range<usize>) -> Result<(), Wrong> {
            Ok(())
        }
    }

    fn walks(text: &str) -> bool {
        let mut walk = Walk::new(text);
        walk.blanks();
        let walked = walk.value(&mut Deaf, ());
        walk.blanks();
        walked.is_ok() && walk.at() == text.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2048, ..ProptestConfig::default() })]

        /// Both ways through a text say what serde_json says, but for a name twice.
        #[test]
        fn what_is_json_is_what_serde_json_takes_for_it(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\n\"", "\"", "1", "-0.5e1", "01", "true", "null", "nul", " ", "\n",
                    "{\"a\":", "{\"a\":1}", "[1,", "[]", "{}", ",\"b\":2",
                ]),
                0..10,
            )
        ) {
            let text = parts.concat();
            let read = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert_eq!(walks(&text), read, "{}", text);
            if is_json(&text) != read {
                let twice = Walk::new(text.trim_start()).whole(0).err();
                prop_assert_eq!(twice.map(|(_, what)| what), Some(TWICE), "{}", text);
            }
        }
    }
}
