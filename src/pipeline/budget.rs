use std::sync::{Condvar, Mutex, PoisonError};

/// The most bytes that blocks in flight may take up before they are decoded.
const BYTES: usize = 96 << 20;

/// How much may be in flight at once, over all files: so many blocks, and so many bytes, but always one block.
pub(super) struct Budget {
    blocks: usize,
    used: Mutex<Used>,
    freed: Condvar,
}

#[derive(Default)]
struct Used {
    blocks: usize,
    bytes: usize,
}

impl Budget {
    pub(super) fn new(blocks: usize) -> Self {
        Self { blocks, used: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits until a block of `bytes` may set off.
    pub(super) fn take(&self, bytes: usize) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut Used| used.blocks >= self.blocks || (used.blocks > 0 && used.bytes + bytes > BYTES);
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        used.blocks += 1;
        used.bytes += bytes;
    }

    /// A block has arrived.
    pub(super) fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.blocks -= 1;
        used.bytes -= bytes;
        self.freed.notify_all();
    }
}
