//! Excel workbooks: the rows of one sheet in, a workbook of one sheet out.
//!
//! What comes out is a new workbook with the values of the rows and nothing else. Formulas come in as their stored
//! results and go out as values; comments, hidden sheets, document properties, defined names, pictures and styles stay
//! behind. A text is written as a text, whatever it starts with.
//!
//! A workbook is no stream: the whole sheet is held in memory, so that there are limits ([`package`], [`cells`],
//! [`write`]), and what is beyond them is refused by name.

mod cells;
mod columns;
mod notes;
mod package;
mod read;
mod serial;
mod write;

#[cfg(test)]
mod tests;

pub use read::XlsxSource;
pub use write::xlsx_writer;
