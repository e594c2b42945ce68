use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

use crate::error::Error;

/// What was wrong with a call of the Parquet library. What the library says of it is dropped, for it may quote the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Fault {
    /// The bytes are not what the format says. The library panics on some of those: that counts as the same.
    Malformed,
    /// The library does not know how.
    Unsupported,
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::NYI(_) => Self::Unsupported,
            _ => Self::Malformed,
        }
    }
}

impl From<ArrowError> for Fault {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::NotYetImplemented(_) => Self::Unsupported,
            _ => Self::Malformed,
        }
    }
}

impl From<Box<dyn Any + Send>> for Fault {
    fn from(_: Box<dyn Any + Send>) -> Self {
        Self::Malformed
    }
}

impl Fault {
    /// The error for `what`, which can't be read.
    pub(in crate::format) fn reading(self, what: &str) -> Error {
        match self {
            Self::Malformed => Error::data(format!("{what} can't be read: the file is malformed"))
                .with_help("was it cut off, or changed after it was written? Export it again"),
            Self::Unsupported => {
                Error::data(format!("{what} can't be read: it is written in a way that is not known here"))
                    .with_help("export it with plain, dictionary or delta encoding, and a usual compression")
            }
        }
    }
}

thread_local! {
    /// How many calls of the library are going on that may panic.
    static GUARDED: Cell<usize> = const { Cell::new(0) };
}

/// Whether a panic of this thread is caught and told as a file that is malformed. A panic hook has nothing to say then.
pub fn panics_are_told() -> bool {
    GUARDED.get() > 0
}

/// Calls the Parquet library on bytes that nobody vouches for.
pub(in crate::format) fn guarded<T, E: Into<Fault>>(call: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    GUARDED.set(GUARDED.get() + 1);
    let result = caught(call);
    GUARDED.set(GUARDED.get() - 1);
    result
}

/// Calls the Parquet library on what was made here: if that fails, it is our fault.
pub(super) fn trusted<T, E: Into<Fault>>(what: &str, call: impl FnOnce() -> Result<T, E>) -> Result<T, Error> {
    caught(call).map_err(|_| Error::internal(format!("Parquet refuses {what}")))
}

/// Calls the Parquet library. A panic is a fault like others.
pub(in crate::format) fn caught<T, E: Into<Fault>>(call: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(call))?.map_err(Into::into)
}
