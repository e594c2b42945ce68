//! What is PII: detectors and tables without IO.

pub mod birth;
mod fold;
pub mod person;
pub mod phone;
pub mod place;
mod strength;
pub mod words;

pub use strength::Strength;
