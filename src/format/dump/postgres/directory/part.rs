use super::super::statement::Statement;
use super::super::walk::Step;

/// Which part of a dump a reader walks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format::dump::postgres) enum Part {
    /// All of it, as a script.
    Script,
    /// Statements, and no rows.
    Statements,
    /// Statements that take away what others make.
    Drops,
    /// The rows of one table, in a COPY or in INSERT statements.
    Rows,
    /// What follows them.
    Tail,
}

impl Part {
    /// Whether this may come in it.
    pub(in crate::format::dump::postgres) fn admits(self, step: Step) -> bool {
        match step {
            Step::Blank(_) | Step::End => true,
            Step::Comment(_) => matches!(self, Self::Script | Self::Statements | Self::Drops),
            Step::Command(_) => self == Self::Script,
            Step::Statement(_) => self != Self::Tail,
            Step::Insert(_) => matches!(self, Self::Script | Self::Rows),
        }
    }

    /// Whether this statement may stand in it.
    pub(in crate::format::dump::postgres) fn admits_statement(self, statement: &Statement) -> bool {
        let is_copy = matches!(statement, Statement::Copy { .. });
        match self {
            Self::Script => true,
            Self::Statements => !is_copy,
            Self::Drops => matches!(statement, Statement::Schema | Statement::LeftOut),
            Self::Rows => is_copy,
            Self::Tail => false,
        }
    }
}
