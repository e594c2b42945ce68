//! What is personal data: recognisers of numbers, without reading or writing anything.

pub mod checksum;
pub mod national;
