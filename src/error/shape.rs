use std::fmt;

/// How many characters of a shape are shown before it is cut.
const SHOWN: usize = 40;

/// The shape of a value: what may be told of it where the value itself may not.
///
/// Letters become `A` or `a`, digits `9`, other alphabetic scripts `x`, white space a blank, control characters `?`;
/// ASCII punctuation stays. Longer values are cut after 40 characters, with their length.
///
/// ```
/// use bowdler::Shape;
/// assert_eq!(Shape::of("AB-1234 x").to_string(), "AA-9999 a");
/// assert_eq!(Shape::of("").to_string(), "(empty)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape(String);

impl Shape {
    /// The shape of a text.
    pub fn of(value: &str) -> Self {
        let shape: String = value.chars().take(SHOWN).map(Self::class).collect();
        let length = value.chars().count();
        Self(match length {
            0 => "(empty)".to_owned(),
            _ if length > SHOWN => format!("{shape}… ({length} characters)"),
            _ => shape,
        })
    }

    fn class(c: char) -> char {
        match c {
            '0'..='9' => '9',
            _ if c.is_uppercase() => 'A',
            _ if c.is_lowercase() => 'a',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '9',
            _ if c.is_control() => '?',
            _ if c.is_whitespace() => ' ',
            _ if c.is_ascii_punctuation() => c,
            _ => '?',
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_shape_tells_form_and_nothing_else() {
        for (value, shape) in [
            ("Élodie", "Aaaaaa"),
            ("山田太郎", "xxxx"),
            ("+33 6 12", "+99 9 99"),
            ("a\u{1b}[31m", "a?[99a"),
            ("٣", "9"),
            ("🙂", "?"),
        ] {
            assert_eq!(Shape::of(value).to_string(), shape);
        }
        let long = Shape::of(&"7".repeat(57)).to_string();
        assert_eq!(long, format!("{}… (57 characters)", "9".repeat(40)));
    }
}
