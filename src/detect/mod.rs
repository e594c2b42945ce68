//! What is PII: detectors and tables without IO.

mod fold;
pub mod phone;
pub mod words;
