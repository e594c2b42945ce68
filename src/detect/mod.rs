//! What is PII: detectors and tables without IO.

pub mod birth;
mod fold;
pub mod phone;
pub mod words;
