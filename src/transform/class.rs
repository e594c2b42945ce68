use arrow::datatypes::DataType;
use serde::Serialize;

/// The types of a column, as far as somebody who chooses a transform tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeClass {
    /// Text, which is also what every column of a CSV file is.
    Text,
    /// Whole numbers of 8 to 64 bits, with a sign or without.
    Integer,
    /// Floating-point numbers of 16 to 64 bits.
    Float,
    /// Decimal numbers of a fixed scale.
    Decimal,
    /// True or false.
    Boolean,
    /// Days of the calendar.
    Date,
    /// Moments, with a time zone or without.
    Timestamp,
    /// Times of day.
    Time,
    /// Lengths of time.
    Duration,
    /// Bytes of any length.
    Bytes,
    /// Bytes of one length, as UUIDs are stored.
    Fixed,
}

impl TypeClass {
    /// Every class.
    pub const ALL: &[Self] = &[
        Self::Text,
        Self::Integer,
        Self::Float,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Timestamp,
        Self::Time,
        Self::Duration,
        Self::Bytes,
        Self::Fixed,
    ];

    /// The class of a type; a dictionary is of the class of its values. None for what is nested, or all null.
    pub fn of(data_type: &DataType) -> Option<Self> {
        Some(match data_type {
            DataType::Dictionary(_, values) => return Self::of(values),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text,
            integer if integer.is_integer() => Self::Integer,
            float if float.is_floating() => Self::Float,
            decimal if decimal.is_decimal() => Self::Decimal,
            DataType::Boolean => Self::Boolean,
            DataType::Date32 | DataType::Date64 => Self::Date,
            DataType::Timestamp(..) => Self::Timestamp,
            DataType::Time32(_) | DataType::Time64(_) => Self::Time,
            DataType::Duration(_) | DataType::Interval(_) => Self::Duration,
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Self::Bytes,
            DataType::FixedSizeBinary(_) => Self::Fixed,
            _ => return None,
        })
    }

    /// What the class is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integers",
            Self::Float => "floating-point numbers",
            Self::Decimal => "decimals",
            Self::Boolean => "booleans",
            Self::Date => "dates",
            Self::Timestamp => "timestamps",
            Self::Time => "times of day",
            Self::Duration => "durations",
            Self::Bytes => "bytes",
            Self::Fixed => "bytes of one length",
        }
    }
}
