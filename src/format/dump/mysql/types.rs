//! The types of columns: how their values are decoded, and which values they hold.

use arrow::datatypes::{DataType, TimeUnit};

use crate::rules::Takes;

/// The most digits that an Arrow decimal of 128 bits has.
const DECIMAL128: u8 = 38;

/// The type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    /// A whole number of so many bits.
    Integer { bits: u8, unsigned: bool },
    /// A number of so many digits, of which so many stand after the point.
    Decimal { precision: u8, scale: i8 },
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// So many bits, at most 64.
    Bit(u8),
    /// A day.
    Date,
    /// A moment without a time zone, with so many digits of a second's fraction.
    DateTime(u8),
    /// A moment in UTC between 1970 and 2038, with so many digits of a second's fraction.
    Timestamp(u8),
    /// A text in a form of its own, which is written in quotes.
    Text(Form),
    /// Bytes, at most so many where there is a limit that is not out of reach.
    Bytes(Option<u32>),
    /// Bytes of one length.
    Fixed(u32),
    /// A shape or a vector in the servers' own encoding.
    Geometry,
    /// A year, written as a number.
    Year,
}

/// The form that the texts of a column have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// Any text of at most so many characters.
    Characters(u32),
    /// Any text of at most so many bytes.
    Octets(u32),
    /// A length of time or time of day, which may be negative and have more than 24 hours.
    Time,
    /// One of these words.
    Enum(Vec<String>),
    /// Some of these words, with commas between them.
    Set(Vec<String>),
    /// A JSON document.
    Json,
    /// A UUID.
    Uuid,
    /// An address of version 4 or 6 of the Internet protocol.
    Inet(u8),
}

impl Type {
    /// The type of this name with these numbers and texts between its parentheses; none if it is not known.
    pub(super) fn of(name: &str, numbers: &[u32], words: Vec<String>, unsigned: bool) -> Option<Self> {
        let first = numbers.first().copied();
        let small = |number: Option<u32>, default: u8, most: u8| {
            number.map_or(Some(default), |number| u8::try_from(number).ok().filter(|number| *number <= most))
        };
        let integer = |bits| Some(Self::Integer { bits, unsigned });
        match name.to_ascii_lowercase().as_str() {
            "tinyint" | "bool" | "boolean" => integer(8),
            "smallint" => integer(16),
            "mediumint" => integer(24),
            "int" | "integer" => integer(32),
            "bigint" => integer(64),
            "decimal" | "numeric" => {
                let precision = small(first, 10, 65)?.max(1);
                let scale = small(numbers.get(1).copied(), 0, 38)?;
                (scale <= precision).then_some(Self::Decimal { precision, scale: scale as i8 })
            }
            "float" => Some(Self::Float),
            "double" | "real" => Some(Self::Double),
            "bit" => Some(Self::Bit(small(first, 1, 64)?.max(1))),
            "date" => Some(Self::Date),
            "datetime" => Some(Self::DateTime(small(first, 0, 6)?)),
            "timestamp" => Some(Self::Timestamp(small(first, 0, 6)?)),
            "year" => Some(Self::Year),
            "time" => Some(Self::Text(Form::Time)),
            "char" | "varchar" => Some(Self::Text(Form::Characters(first.unwrap_or(1)))),
            "tinytext" => Some(Self::Text(Form::Octets(255))),
            "text" => Some(Self::Text(Form::Octets(65_535))),
            "mediumtext" => Some(Self::Text(Form::Octets(16_777_215))),
            "longtext" => Some(Self::Text(Form::Octets(u32::MAX))),
            "enum" => Some(Self::Text(Form::Enum(words))),
            "set" => Some(Self::Text(Form::Set(words))),
            "json" => Some(Self::Text(Form::Json)),
            "uuid" => Some(Self::Text(Form::Uuid)),
            "inet4" => Some(Self::Text(Form::Inet(4))),
            "inet6" => Some(Self::Text(Form::Inet(6))),
            "binary" => Some(Self::Fixed(first.unwrap_or(1))),
            "varbinary" => Some(Self::Bytes(first)),
            "tinyblob" => Some(Self::Bytes(Some(255))),
            "blob" => Some(Self::Bytes(Some(65_535))),
            "mediumblob" => Some(Self::Bytes(Some(16_777_215))),
            "longblob" => Some(Self::Bytes(None)),
            "geometry" | "point" | "linestring" | "polygon" | "multipoint" | "multilinestring" | "multipolygon"
            | "geometrycollection" | "geomcollection" | "vector" => Some(Self::Geometry),
            _ => None,
        }
    }

    /// The type of its values as a plan sees them.
    pub(super) fn data_type(&self) -> DataType {
        match *self {
            Self::Integer { bits: 8, unsigned: false } => DataType::Int8,
            Self::Integer { bits: 8, unsigned: true } => DataType::UInt8,
            Self::Integer { bits: 16, unsigned: false } => DataType::Int16,
            Self::Integer { bits: 16, unsigned: true } | Self::Year => DataType::UInt16,
            Self::Integer { bits: 24 | 32, unsigned: false } => DataType::Int32,
            Self::Integer { bits: 24 | 32, unsigned: true } => DataType::UInt32,
            Self::Integer { unsigned: false, .. } => DataType::Int64,
            Self::Integer { unsigned: true, .. } => DataType::UInt64,
            Self::Decimal { precision, scale } if precision <= DECIMAL128 => DataType::Decimal128(precision, scale),
            Self::Decimal { precision, scale } => DataType::Decimal256(precision, scale),
            Self::Float => DataType::Float32,
            Self::Double => DataType::Float64,
            Self::Bit(1) => DataType::Boolean,
            Self::Bit(_) => DataType::UInt64,
            Self::Date => DataType::Date32,
            Self::DateTime(_) | Self::Timestamp(_) => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Text(_) => DataType::Utf8View,
            Self::Bytes(_) | Self::Geometry => DataType::BinaryView,
            Self::Fixed(length) => i32::try_from(length).map_or(DataType::BinaryView, DataType::FixedSizeBinary),
        }
    }

    /// Which texts it takes, where its values are texts.
    pub(super) fn takes(&self) -> Takes {
        let form = |text: &str| Takes::Form(text.to_owned());
        match self {
            Self::Text(Form::Time) => form("00:00:00"),
            Self::Text(Form::Enum(words)) => words.first().map_or(Takes::Unknown, |word| form(word)),
            Self::Text(Form::Set(_)) => form(""),
            Self::Text(Form::Json) => form("{}"),
            Self::Text(Form::Uuid) => Takes::Uuid,
            Self::Text(Form::Inet(4)) => Takes::Address("0.0.0.0".to_owned()),
            Self::Text(Form::Inet(_)) => Takes::Address("::".to_owned()),
            Self::Geometry => Takes::Unknown,
            _ => Takes::Any,
        }
    }

    /// Whether its texts have an order that may take some for others.
    pub(super) fn has_collation(&self) -> bool {
        matches!(self, Self::Text(Form::Characters(_) | Form::Octets(_) | Form::Enum(_) | Form::Set(_)))
    }

    /// How many characters a value has at most, where that is how its length is limited.
    pub(super) fn characters(&self) -> Option<usize> {
        match self {
            Self::Text(Form::Characters(most)) => usize::try_from(*most).ok(),
            _ => None,
        }
    }

    /// What stands for nothing in particular in a column that can't be null: the literal of a default.
    pub(super) fn neutral(&self) -> Option<&'static str> {
        match self {
            Self::Integer { .. } | Self::Decimal { .. } | Self::Float | Self::Double | Self::Year => Some("0"),
            Self::Bit(_) => Some("b'0'"),
            Self::Date => Some("'1970-01-02'"),
            Self::DateTime(_) | Self::Timestamp(_) => Some("'1970-01-02 00:00:00'"),
            Self::Text(Form::Characters(_) | Form::Octets(_)) | Self::Bytes(_) | Self::Fixed(_) => Some("''"),
            Self::Text(Form::Time) => Some("'00:00:00'"),
            Self::Text(Form::Uuid) => Some("'00000000-0000-0000-0000-000000000000'"),
            Self::Text(Form::Inet(4)) => Some("'0.0.0.0'"),
            Self::Text(Form::Inet(_)) => Some("'::'"),
            // One of the words of the column's own type.
            Self::Text(Form::Enum(_) | Form::Set(_) | Form::Json) | Self::Geometry => None,
        }
    }
}

impl Form {
    /// Why a made text does not belong into the column, if it does not.
    pub(super) fn misfit(&self, text: &str) -> Option<&'static str> {
        let fits = match self {
            // No character is shorter than a byte.
            Self::Characters(most) => text.len() <= *most as usize || text.chars().count() <= *most as usize,
            Self::Octets(most) => text.len() <= *most as usize,
            Self::Time => is_time(text),
            Self::Enum(words) => words.iter().any(|word| word == text),
            Self::Set(words) => text.is_empty() || text.split(',').all(|part| words.iter().any(|word| word == part)),
            // Halves of characters, which only escapes can say, are no text.
            Self::Json if text.contains("\\u") => serde_json::from_str::<serde_json::Value>(text).is_ok(),
            Self::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
            Self::Uuid => is_uuid(text),
            Self::Inet(4) => text.parse::<std::net::Ipv4Addr>().is_ok(),
            Self::Inet(_) => text.parse::<std::net::Ipv6Addr>().is_ok(),
        };
        (!fits).then_some(match self {
            Self::Characters(_) | Self::Octets(_) => "a made value is longer than its column allows",
            Self::Time => "a made value is no time, as its column wants one",
            Self::Enum(_) | Self::Set(_) => "a made value is none of those that its column allows",
            Self::Json => "a made value is no JSON, as its column wants it",
            Self::Uuid => "a made value is no UUID, as its column wants one",
            Self::Inet(_) => "a made value is no IP address, as its column wants one",
        })
    }
}

/// `[-]hhh:mm:ss[.ffffff]`, up to 838 hours.
fn is_time(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (clock, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = clock.split(':');
    let (hours, minutes, seconds) = (parts.next(), parts.next(), parts.next());
    let below = |part: Option<&str>, bound: u32| {
        part.filter(|part| digits(part)).and_then(|part| part.parse::<u32>().ok()).is_some_and(|part| part < bound)
    };
    // The longest time has no fraction.
    let is_beyond = clock == "838:59:59" && fraction.bytes().any(|digit| digit != b'0');
    !is_beyond
        && parts.next().is_none()
        && below(hours, 839)
        && below(minutes, 60)
        && below(seconds, 60)
        && digits(fraction)
        && fraction.len() <= 6
}

fn is_uuid(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let hyphens = text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 8 | 13 | 18 | 23));
    (text.len() == 36 && digits == 32 && hyphens) || (text.len() == 32 && digits == 32)
}

/// The characters that a column can hold: those of its character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repertoire {
    /// All there are.
    All,
    /// Those of Unicode's first plane.
    Basic,
    /// Those of Windows code page 1252, which the servers call `latin1`.
    Latin1,
    /// ASCII, which nearly all character sets have.
    Ascii,
}

impl Repertoire {
    /// That of a character set, or of the character set that the name of a collation starts with.
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.split('_').next().unwrap_or_default() {
            // `uca1400_ai_ci` of MariaDB leaves the character set to be said elsewhere, which is then known.
            "utf8mb4" | "utf16" | "utf16le" | "utf32" | "gb18030" => Self::All,
            "utf8" | "utf8mb3" | "ucs2" => Self::Basic,
            "latin1" => Self::Latin1,
            _ => Self::Ascii,
        }
    }

    /// What of it is in Unicode's first plane.
    pub(super) fn within_basic(self) -> Self {
        if self == Self::All { Self::Basic } else { self }
    }

    /// Whether it has all characters of a text.
    pub(super) fn holds(self, text: &str) -> bool {
        let beyond = |c: char| "€‚ƒ„…†‡ˆ‰Š‹Œ\u{17d}‘’“”•–—˜™š›œ\u{17e}Ÿ".contains(c);
        match self {
            _ if text.is_ascii() => true,
            Self::All => true,
            Self::Basic => text.chars().all(|c| c <= '\u{ffff}'),
            Self::Latin1 => text.chars().all(|c| c <= '\u{7f}' || ('\u{a0}'..='\u{ff}').contains(&c) || beyond(c)),
            Self::Ascii => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_decoded_as_what_they_hold() {
        for (name, numbers, unsigned, expected) in [
            ("tinyint", vec![1], false, Some(DataType::Int8)),
            ("tinyint", vec![3], true, Some(DataType::UInt8)),
            ("mediumint", vec![], true, Some(DataType::UInt32)),
            ("INT", vec![11], false, Some(DataType::Int32)),
            ("bigint", vec![20], true, Some(DataType::UInt64)),
            ("decimal", vec![10, 2], false, Some(DataType::Decimal128(10, 2))),
            ("decimal", vec![65, 30], false, Some(DataType::Decimal256(65, 30))),
            ("decimal", vec![66], false, None),
            ("decimal", vec![2, 3], false, None),
            ("bit", vec![1], false, Some(DataType::Boolean)),
            ("bit", vec![5], false, Some(DataType::UInt64)),
            ("bit", vec![65], false, None),
            ("year", vec![4], false, Some(DataType::UInt16)),
            ("datetime", vec![3], false, Some(DataType::Timestamp(TimeUnit::Microsecond, None))),
            ("datetime", vec![7], false, None),
            ("time", vec![], false, Some(DataType::Utf8View)),
            ("varchar", vec![20], false, Some(DataType::Utf8View)),
            ("binary", vec![16], false, Some(DataType::FixedSizeBinary(16))),
            ("blob", vec![], false, Some(DataType::BinaryView)),
            ("point", vec![], false, Some(DataType::BinaryView)),
            ("xmltype", vec![], false, None),
        ] {
            let found = Type::of(name, &numbers, Vec::new(), unsigned).map(|found| found.data_type());
            assert_eq!(found, expected, "{name}{numbers:?}");
        }
    }

    #[test]
    fn a_made_text_fits_its_column() {
        let words = || vec!["small".to_owned(), "large".to_owned()];
        for (form, text, fits) in [
            (Form::Characters(3), "äöü", true),
            (Form::Characters(3), "abcd", false),
            (Form::Octets(3), "äö", false),
            (Form::Enum(words()), "small", true),
            (Form::Enum(words()), "Small", false),
            (Form::Enum(words()), "", false),
            (Form::Set(words()), "small,large", true),
            (Form::Set(words()), "", true),
            (Form::Set(words()), "small,", false),
            (Form::Json, r#"{"a": [1]}"#, true),
            (Form::Json, "***", false),
            (Form::Uuid, "123e4567-e89b-12d3-a456-426614174000", true),
            (Form::Uuid, "123e4567-e89b-12d3-a456-42661417400", false),
            (Form::Inet(4), "192.0.2.1", true),
            (Form::Inet(4), "::1", false),
            (Form::Inet(6), "::1", true),
            (Form::Inet(6), "192.0.2.1", false),
            (Form::Time, "-838:59:58.5", true),
            (Form::Time, "-838:59:59.0", true),
            (Form::Time, "838:59:59.5", false),
            (Form::Time, "839:00:00", false),
            (Form::Time, "12:00", false),
        ] {
            assert_eq!(form.misfit(text).is_none(), fits, "{form:?} {text}");
        }
    }

    #[test]
    fn a_made_text_has_only_characters_that_its_column_can_hold() {
        for (set, text, holds) in [
            ("utf8mb4", "😀", true),
            ("utf8mb4_general_ci", "😀", true),
            ("utf8mb3", "😀", false),
            ("utf8", "ж", true),
            ("latin1_swedish_ci", "é€Ž", true),
            ("latin1", "ж", false),
            ("latin1", "\u{81}", false),
            ("cp1251", "ж", false),
            ("cp1251", "abc", true),
        ] {
            assert_eq!(Repertoire::of(set).holds(text), holds, "{set} {text}");
        }
    }
}
