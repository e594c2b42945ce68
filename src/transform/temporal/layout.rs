use chrono::format::{Item, Numeric, Pad};

use super::iso::{four, number, two, year};
use super::{Clock, Date};

/// A format in which every field has its digits at the same bytes of every value.
#[derive(Debug, Clone)]
pub(in crate::transform) struct Layout {
    length: usize,
    /// What stands between the fields, each with its place.
    literals: Vec<(usize, String)>,
    year: usize,
    month: usize,
    day: usize,
    /// The places of hour, minute and second, and where their ranges end.
    time: [(Option<usize>, u8); 3],
}

impl Layout {
    /// The layout of a format that has year, month and day once each, at most one hour, minute and second, and
    /// otherwise literals only.
    pub(super) fn new(items: &[Item<'_>]) -> Option<Self> {
        let (mut year, mut month, mut day) = (None, None, None);
        let (mut hour, mut minute, mut second) = (None, None, None);
        let mut literals = Vec::new();
        let mut length = 0;
        for item in items {
            let (field, width) = match item {
                Item::Literal(text) | Item::Space(text) => {
                    literals.push((length, (*text).to_owned()));
                    length += text.len();
                    continue;
                }
                Item::OwnedLiteral(text) | Item::OwnedSpace(text) => {
                    literals.push((length, text.clone().into()));
                    length += text.len();
                    continue;
                }
                Item::Numeric(Numeric::Year, Pad::Zero) => (&mut year, 4),
                Item::Numeric(Numeric::Month, Pad::Zero) => (&mut month, 2),
                Item::Numeric(Numeric::Day, Pad::Zero) => (&mut day, 2),
                Item::Numeric(Numeric::Hour, Pad::Zero) => (&mut hour, 2),
                Item::Numeric(Numeric::Minute, Pad::Zero) => (&mut minute, 2),
                Item::Numeric(Numeric::Second, Pad::Zero) => (&mut second, 2),
                _ => return None,
            };
            if field.replace(length).is_some() {
                return None;
            }
            length += width;
        }
        let time = [(hour, 24), (minute, 60), (second, 60)];
        Some(Self { length, literals, year: year?, month: month?, day: day?, time })
    }

    /// Whether it holds a time of day, or a part of one.
    pub(super) fn has_time(&self) -> bool {
        self.time.iter().any(|(place, _)| place.is_some())
    }

    /// Rewrites a date into `written`; nothing, if it does not conform or its image has no place here.
    #[inline]
    pub(super) fn rewrite<'w>(
        &self,
        value: &str,
        written: &'w mut Vec<u8>,
        clock: Clock,
        change: impl FnOnce(Date) -> Option<Date>,
    ) -> Option<&'w str> {
        let date = change(self.read(value.as_bytes())?)?;
        written.clear();
        written.extend_from_slice(value.as_bytes());
        *field(written, self.year)? = four(date.year)?;
        *field(written, self.month)? = two(date.month);
        *field(written, self.day)? = two(date.day);
        let stay = match clock {
            Clock::Whole => 3,
            Clock::Hour => 1,
            Clock::Midnight => 0,
        };
        for place in self.time.iter().skip(stay).filter_map(|(place, _)| *place) {
            *field(written, place)? = [b'0'; 2];
        }
        std::str::from_utf8(written).ok()
    }

    #[inline]
    fn read(&self, text: &[u8]) -> Option<Date> {
        let literal = |(place, literal): &(usize, String)| {
            text.get(*place..).is_some_and(|text| text.starts_with(literal.as_bytes()))
        };
        let digits = |place: usize| text.get(place..)?.first_chunk().copied().and_then(number);
        let in_range = |(place, end): &(Option<usize>, u8)| {
            place.is_none_or(|place| digits(place).is_some_and(|number| number < *end))
        };
        if text.len() != self.length || !self.literals.iter().all(literal) || !self.time.iter().all(in_range) {
            return None;
        }
        let year = text.get(self.year..)?.first_chunk().copied().and_then(year)?;
        Date::new(year, digits(self.month)?, digits(self.day)?)
    }
}

/// The bytes of a field.
#[inline]
fn field<const N: usize>(text: &mut [u8], place: usize) -> Option<&mut [u8; N]> {
    text.get_mut(place..)?.first_chunk_mut()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use chrono::format::StrftimeItems;

    use super::*;

    fn rewrite(format: &str, value: &str) -> Option<String> {
        let layout = Layout::new(&StrftimeItems::new(format).parse().unwrap()).unwrap();
        layout.rewrite(value, &mut Vec::new(), Clock::Whole, Some).map(str::to_owned)
    }

    #[test]
    fn a_fixed_layout_takes_what_chrono_takes_and_renders_alike() {
        let pieces = ["00", "01", "12", "13", "23", "24", "29", "30", "31", "59", "60", "7", "a1"];
        for (a, b) in pieces.iter().flat_map(|a| pieces.iter().map(move |b| (a, b))) {
            let value = format!("{a}.{b}.2023 {b}:{a}");
            let format = "%d.%m.%Y %H:%M";
            let oracle = NaiveDateTime::parse_from_str(&value, format).ok();
            let oracle = oracle.map(|oracle| oracle.format(format).to_string()).filter(|rendered| *rendered == value);
            assert_eq!(rewrite(format, &value), oracle, "{value}");
        }
    }
}
