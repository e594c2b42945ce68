use super::check::luhn;
use super::{Coded, digits, push, push_digit, take};

/// The first six digits of the numbers that card schemes and payment services publish for tests. Schemes reserve no
/// range for them, so that this is as far from real cards as a number goes that software takes for one.
const TEST_PREFIXES: &[u64] = &[400_000, 411_111, 424_242, 222_300, 555_555, 601_111, 356_600];

/// Card numbers of sixteen digits (ISO/IEC 7812-1): a prefix for tests, nine digits, the check digit.
pub(in crate::transform::fake) const CARD: Coded =
    Coded::new(TEST_PREFIXES.len() as u64 * 1_000_000_000, |mut number, value| {
        let start = value.len();
        let account = take(&mut number, 1_000_000_000);
        let prefix = TEST_PREFIXES.get(number as usize).copied().unwrap_or_default();
        push(value, prefix * 1_000_000_000 + account, 15);
        let check = luhn(digits(value, start));
        push_digit(value, check);
    });
