use super::KEY_BYTES;
use super::ff1::BinaryFf1;

/// The smallest domain that may be permuted, by SP 800-38G revision 1.
pub(crate) const SMALLEST_DOMAIN: u128 = 1_000_000;

/// A keyed permutation of the numbers `0..=last`: FF1 over the fewest bits that hold `last`, walked in cycles until it
/// comes back into the domain (SP 800-38G, appendix B of the 2016 edition names the technique). Fewer than two steps on average.
pub(crate) struct Permutation {
    ff1: BinaryFf1,
    last: u128,
}

impl Permutation {
    /// Makes the permutation of `0..=last`, which must be a domain of at least [`SMALLEST_DOMAIN`].
    pub(super) fn new(key: &[u8; KEY_BYTES], last: u128) -> Self {
        assert!(last >= SMALLEST_DOMAIN - 1, "a domain below 10^6 is not permuted");
        Self { ff1: BinaryFf1::new(key, 128 - last.leading_zeros()), last }
    }

    /// Replaces every value by its image. Each must be at most `last`.
    pub(crate) fn apply(&self, values: &mut [u128]) {
        self.walk(values, |values| self.ff1.encrypt(values));
    }

    /// Replaces every value by that of which it is the image. Each must be at most `last`.
    pub(crate) fn invert(&self, values: &mut [u128]) {
        self.walk(values, |values| self.ff1.decrypt(values));
    }

    fn walk(&self, values: &mut [u128], step: impl Fn(&mut [u128])) {
        step(values);
        let mut outside: Vec<(usize, u128)> =
            values.iter().copied().enumerate().filter(|(_, value)| *value > self.last).collect();
        let mut walking: Vec<u128> = Vec::with_capacity(outside.len());
        while !outside.is_empty() {
            walking.clear();
            walking.extend(outside.iter().map(|(_, value)| *value));
            step(&mut walking);
            for ((index, value), next) in outside.iter_mut().zip(&walking) {
                *value = *next;
                values[*index] = *next;
            }
            outside.retain(|(_, value)| *value > self.last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_domain_has_one_image_in_it() {
        let last = SMALLEST_DOMAIN + 12_345;
        let mut values: Vec<u128> = (0..=last).collect();
        Permutation::new(&[3; 32], last).apply(&mut values);
        values.sort_unstable();
        assert!(values.into_iter().eq(0..=last));
    }

    #[test]
    fn an_inverted_image_is_the_value() {
        for last in [SMALLEST_DOMAIN - 1, (1 << 20) + 1, u128::from(u64::MAX) + 5, u128::MAX] {
            let permutation = Permutation::new(&[4; 32], last);
            let values: Vec<u128> = (1..40).map(|part| last / part).collect();
            let mut there = values.clone();
            permutation.apply(&mut there);
            assert_ne!(there, values);
            permutation.invert(&mut there);
            assert_eq!(there, values, "0..={last}");
        }
    }

    #[test]
    fn the_widest_domain_is_permuted() {
        let permutation = Permutation::new(&[3; 32], u128::MAX);
        let mut values = [0, 1, u128::MAX];
        permutation.apply(&mut values);
        assert!(values[0] != values[1] && values[1] != values[2] && values != [0, 1, u128::MAX]);
    }
}
