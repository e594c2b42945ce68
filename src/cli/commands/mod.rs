pub(super) mod key;
pub(super) mod run;
