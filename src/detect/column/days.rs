/// The pairs of digits that stand where numbers with a day in them have the year: `yymmdd` or `ddmmyy` first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days {
    first: u128,
    third: u128,
    count: u64,
}

/// Persons of one table are born in more years than this.
const FEW: u32 = 6;
/// Fewer numbers prove nothing.
const LEAST: u64 = 20;

impl Days {
    /// Notes a value that begins with six digits.
    pub(super) fn add(&mut self, value: &str) {
        let Some(head) = value.as_bytes().get(..6).filter(|head| head.iter().all(u8::is_ascii_digit)) else { return };
        let pair = |place: usize| match head.get(place..place + 2) {
            Some([ten, one]) => 1_u128 << ((ten - b'0') * 10 + (one - b'0')),
            _ => 0,
        };
        self.first |= pair(0);
        self.third |= pair(4);
        self.count += 1;
    }

    /// Whether the numbers may begin with days of a few years.
    pub(super) fn are_recent(&self) -> bool {
        self.count >= LEAST && self.first.count_ones().min(self.third.count_ones()) <= FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_few_years_are_told_from_those_of_births() {
        let of = |values: &mut dyn Iterator<Item = String>| {
            let mut days = Days::default();
            values.for_each(|value| days.add(&value));
            days.are_recent()
        };
        assert!(of(&mut (0..100).map(|row| format!("24{:02}{:02}{:04}", 1 + row % 12, 1 + row % 28, row * 97))));
        assert!(of(&mut (0..100).map(|row| format!("{:02}{:02}24-{:04}", 1 + row % 28, 1 + row % 12, row * 97))));
        assert!(!of(&mut (0..100).map(|row| format!(
            "{:02}{:02}{:02}-{row:04}",
            1 + row % 28,
            1 + row % 12,
            row % 80
        ))));
        assert!(!of(&mut (0..5).map(|row| format!("24010{row}1234"))));
    }
}
