use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};

/// A panic is a bug, never a way out for data: its message is not carried on.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::internal("bowdler panicked while it looked at this file")))
}
