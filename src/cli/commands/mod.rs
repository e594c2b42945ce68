pub(super) mod check;
pub(super) mod key;
pub(super) mod manual;
pub(super) mod preview;
pub(super) mod reveal;
pub(super) mod run;
mod summary;
pub(super) mod transforms;
pub(super) mod verify;
