/// Who is told how far a run has come. Called from several threads.
pub trait Progress: Sync {
    /// The run starts; these are its files with their lengths in bytes.
    fn start(&self, files: &[(&str, u64)]);

    /// Of a file of the list, `bytes` were read and `rows` written so far.
    fn advance(&self, file: usize, bytes: u64, rows: u64);

    /// A file of the list is done.
    fn done(&self, file: usize);

    /// The run is done.
    fn finish(&self);
}

/// Nobody is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: &[(&str, u64)]) {}

    fn advance(&self, _: usize, _: u64, _: u64) {}

    fn done(&self, _: usize) {}

    fn finish(&self) {}
}
