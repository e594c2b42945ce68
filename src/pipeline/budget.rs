use std::sync::{Condvar, Mutex, PoisonError};

/// How many bytes blocks in flight may take up before they are decoded, a thread.
const BYTES: usize = 12 << 20;

/// How much may be in flight at once, over all files: a few blocks a thread, fewer if they are large, but always as many
/// as there are threads.
pub(crate) struct Budget {
    threads: usize,
    used: Mutex<Used>,
    freed: Condvar,
}

#[derive(Default)]
struct Used {
    blocks: usize,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new(threads: usize) -> Self {
        Self { threads, used: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits until a block of `bytes` may set off.
    pub(crate) fn take(&self, bytes: usize) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut Used| {
            used.blocks >= 2 * self.threads + 2
                || (used.blocks >= self.threads && used.bytes + bytes > self.threads * BYTES)
        };
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        used.blocks += 1;
        used.bytes += bytes;
    }

    /// A block has arrived.
    pub(crate) fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.blocks -= 1;
        used.bytes -= bytes;
        self.freed.notify_all();
    }
}
