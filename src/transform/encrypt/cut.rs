use std::ops::Range;

/// Which numerals of a string are encrypted, and what holds of the string before and after.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cut {
    /// How many numerals stay at the start and at the end.
    pub(super) keep_first: usize,
    pub(super) keep_last: usize,
    /// How many numerals the string has, if that is declared.
    pub(super) length: Option<usize>,
    /// Whether the last digit is a check digit by Luhn (ISO/IEC 7812-1, annex B). The last digit that does not stay is
    /// then not encrypted but chosen so that the whole is valid again, which one digit in ten makes it.
    pub(super) luhn: bool,
}

/// What a digit counts at every second place from the right but one, by Luhn.
const DOUBLED: [u8; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

impl Cut {
    /// How many numerals of a string of `length` are encrypted; none, if that are not so many as are kept.
    pub(super) fn count(&self, length: usize) -> Option<usize> {
        length.checked_sub(self.keep_first)?.checked_sub(self.keep_last)?.checked_sub(usize::from(self.luhn))
    }

    /// The place of the numerals that are encrypted; none, if the string does not conform.
    #[inline]
    pub(super) fn hidden(&self, numerals: &[u8]) -> Option<Range<usize>> {
        let conforms = self.length.is_none_or(|length| length == numerals.len()) && (!self.luhn || is_valid(numerals));
        let count = self.count(numerals.len()).filter(|_| conforms)?;
        Some(self.keep_first..self.keep_first + count)
    }

    /// Makes the string valid again after its hidden numerals have changed.
    #[inline]
    pub(super) fn mend(&self, numerals: &mut [u8]) {
        if !self.luhn {
            return;
        }
        let from_right = self.keep_last;
        let Some(place) = numerals.len().checked_sub(from_right + 1) else { return };
        let Some(digit) = numerals.get_mut(place) else { return };
        *digit = 0;
        let wanted = (10 - sum(numerals) % 10) % 10;
        let found =
            if from_right.is_multiple_of(2) { Some(wanted) } else { (0..10).find(|digit| doubled(*digit) == wanted) };
        if let (Some(digit), Some(found)) = (numerals.get_mut(place), found) {
            *digit = found;
        }
    }
}

fn doubled(digit: u8) -> u8 {
    DOUBLED.get(usize::from(digit)).copied().unwrap_or_default()
}

fn sum(digits: &[u8]) -> u8 {
    let counted =
        digits.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 0 { *digit } else { doubled(*digit) });
    counted.fold(0, |sum, counts| (sum + counts) % 10)
}

/// Whether a string of digits passes Luhn's test.
fn is_valid(digits: &[u8]) -> bool {
    sum(digits) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    /// Numbers that card schemes publish for tests, and one digit wrong in each.
    #[test]
    fn luhn_accepts_test_cards_and_no_single_error() {
        for card in ["4111111111111111", "378282246310005", "6011000990139424", "30569309025904", "2223003122003222"] {
            let card = digits(card);
            assert!(is_valid(&card));
            for (place, wrong) in (0..card.len()).flat_map(|place| (0..10).map(move |wrong| (place, wrong))) {
                let mut forged = card.clone();
                forged[place] = wrong;
                assert_eq!(is_valid(&forged), wrong == card[place]);
            }
        }
    }

    #[test]
    fn the_last_digit_that_does_not_stay_makes_the_whole_valid() {
        for keep_last in 0..5 {
            let cut = Cut { keep_first: 2, keep_last, length: None, luhn: true };
            let mut card = digits("4111111111111111");
            assert_eq!(cut.hidden(&card), Some(2..15 - keep_last));
            card[5] = 7;
            card[15 - keep_last] = 3;
            cut.mend(&mut card);
            assert!(is_valid(&card) && card[16 - keep_last..] == digits("1111")[..keep_last], "{card:?}");
        }
        assert_eq!(Cut { luhn: true, ..Cut::default() }.hidden(&digits("4111111111111112")), None);
    }

    #[test]
    fn a_string_of_another_length_or_of_too_few_numerals_does_not_conform() {
        let cut = Cut { keep_first: 2, keep_last: 1, length: None, luhn: false };
        assert_eq!([2, 3, 9].map(|length| cut.hidden(&vec![0; length])), [None, Some(2..2), Some(2..8)]);
        let cut = Cut { length: Some(9), ..cut };
        assert_eq!([8, 9, 10].map(|length| cut.hidden(&vec![0; length])), [None, Some(2..8), None]);
    }
}
