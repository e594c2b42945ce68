pub(super) mod check;
pub(super) mod init;
pub(super) mod key;
pub(super) mod manual;
pub(super) mod mask;
pub(super) mod preview;
pub(super) mod run;
mod summary;
pub(super) mod transforms;
