//! What is PII: detectors and tables without IO.

pub mod phone;
