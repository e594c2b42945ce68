use std::num::NonZero;

use rayon::ThreadPool;

use crate::error::{Error, ErrorKind, Result};

/// The threads that work on blocks: as many as asked for, or one a core.
///
/// # Errors
/// [`ErrorKind::Io`] if the system gives none.
pub(crate) fn workers(threads: Option<NonZero<usize>>) -> Result<ThreadPool> {
    let threads = match threads {
        Some(threads) => threads.get(),
        None => std::thread::available_parallelism().map_or(1, NonZero::get),
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("bowdler worker {index}"))
        .build()
        .map_err(|_| Error::new(ErrorKind::Io, "the system gives no threads"))
}
