//! CSV as RFC 4180 has it: a quote opens a field at its start; elsewhere in a field without quotes it stands for itself;
//! after the closing quote comes a delimiter or a line end. What other readers guess at is refused here with its place,
//! because a wrong guess shifts columns, and a shifted column is not the one that its rule was written for.

mod cut;
mod dialect;
mod encode;
mod fields;
mod formula;
mod read;
mod scan;
mod sniff;
mod text;

pub use encode::{csv_encoder, csv_head};
pub use fields::Fields;
pub use read::CsvSource;
pub use sniff::sniff;
pub(super) use text::{has_field, to_fields};

use dialect::Dialect;
