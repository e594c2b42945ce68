//! How sure a finding is by itself.

/// How sure a finding is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It can be what it is taken for; other things look like that too, so a heading or its neighbours must bear it out.
    Weak,
    /// Hardly anything else looks like this.
    Strong,
}
