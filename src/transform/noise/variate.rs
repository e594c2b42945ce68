//! Random variates in integer arithmetic. Floating-point logarithms and cosines differ in their last bits between
//! machines, and one bit is another byte in an output; here everything is exact shifts and products of integers.
//!
//! A variate is made from uniform bits by inversion (Laplace) or by the method of Box and Muller (Gaussian), and comes
//! in fixed point: a count of 2^-56. Each is within 2^-50 of what real arithmetic gives.

/// How many bits of a variate are behind the point.
pub(super) const FRACTION: u32 = 56;

/// The natural logarithm of 2, as a count of 2^-64.
const LN_2: u128 = 0xb172_17f7_d1cf_79ab;

/// A quarter of a turn, pi / 2, as a count of 2^-60.
const QUARTER: i128 = 0x1921_fb54_442d_1847;

/// How many bits of a cosine are behind the point.
const COSINE: u32 = 60;

/// A variate of the exponential distribution of mean 1: the negative logarithm of a uniform one between 0 and 1, whose
/// bits behind the point are `bits`, the last taken as 1. It is below 44.4.
fn exponential(bits: u64) -> i64 {
    let odd = bits | 1;
    let zeros = odd.leading_zeros();
    // The logarithm to base 2 of a number from 1 to 2, bit by bit: squared, it is above 2 if and only if the next bit of
    // its logarithm is 1.
    let mut number = odd << zeros;
    let mut logarithm = 0u64;
    for _ in 0..FRACTION {
        let square = (u128::from(number) * u128::from(number)) >> 63;
        let bit = (square >> 64) as u64;
        number = (square >> bit) as u64;
        logarithm = logarithm << 1 | bit;
    }
    let negative = (u64::from(zeros + 1) << FRACTION) - logarithm;
    ((u128::from(negative) * LN_2) >> 64) as i64
}

/// A variate of the Laplace distribution of scale 1: exponential to both sides.
pub(super) fn laplace(tag: &[u8; 32]) -> i64 {
    let [magnitude, sign, ..] = words(tag);
    signed(exponential(magnitude), sign)
}

/// A variate of the Gaussian distribution of mean 0 and standard deviation 1. It is between -9.5 and 9.5.
pub(super) fn gaussian(tag: &[u8; 32]) -> i64 {
    let [magnitude, sign, turn, _] = words(tag);
    let radius = (u128::from(2 * exponential(magnitude).unsigned_abs()) << FRACTION).isqrt();
    // A quarter of the turn is enough: the sign has a bit of its own.
    let angle = (i128::from(turn >> 4) * QUARTER) >> COSINE;
    let along = (radius as i128 * cosine(angle)) >> COSINE;
    signed(along as i64, sign)
}

/// The cosine of an angle from 0 to pi / 2, by its power series: the term left out is below 2^-60.
fn cosine(angle: i128) -> i128 {
    let square = (angle * angle) >> COSINE;
    (1..=12)
        .rev()
        .fold(1 << COSINE, |sum, term| (1 << COSINE) - ((square * sum) >> COSINE) / ((2 * term - 1) * (2 * term)))
}

fn signed(magnitude: i64, sign: u64) -> i64 {
    if sign & 1 == 1 { -magnitude } else { magnitude }
}

/// The tag as four numbers, big-endian.
fn words(tag: &[u8; 32]) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(tag.as_chunks().0) {
        *word = u64::from_be_bytes(*bytes);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Keyring, Purpose, Suite};

    const ONE: f64 = (1u64 << FRACTION) as f64;

    /// Words of all magnitudes, and tags of a keyed function.
    fn tags() -> Vec<[u8; 32]> {
        let prf = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256).prf(Purpose::Noise, "test");
        (0..40_000u32).map(|number| prf.tag(&number.to_be_bytes())).collect()
    }

    #[test]
    fn variates_are_those_of_the_formulas() {
        let edges = (0..64).flat_map(|shift| [1u64 << shift, (1 << shift) | 1, u64::MAX >> shift, (1u64 << shift) - 1]);
        for bits in edges.chain(tags().iter().map(|tag| words(tag)[0])) {
            // A double holds 53 bits: near 1, the logarithm of what is missing to 1 is the more exact one.
            let odd = bits | 1;
            let oracle = match odd.wrapping_neg() as f64 / 2f64.powi(64) {
                missing if missing < 0.5 => -(-missing).ln_1p(),
                _ => -(odd as f64 / 2f64.powi(64)).ln(),
            };
            assert!((exponential(bits) as f64 / ONE - oracle).abs() < 1e-14 * oracle.max(1.0), "{bits:x}");
        }
        for tag in tags() {
            let [magnitude, sign, turn, _] = words(&tag).map(|word| word as f64 / 2f64.powi(64));
            let side = if words(&tag)[1] & 1 == 1 { -1.0 } else { 1.0 };
            let oracle = side * -magnitude.ln();
            assert!((laplace(&tag) as f64 / ONE - oracle).abs() < 1e-12, "{sign}");
            let oracle = side * (-2.0 * magnitude.ln()).sqrt() * (turn * std::f64::consts::FRAC_PI_2).cos();
            assert!((gaussian(&tag) as f64 / ONE - oracle).abs() < 1e-10);
        }
    }

    /// The largest distance between how many variates lie below a number and how many should: Kolmogorov and Smirnov.
    fn distance(draw: fn(&[u8; 32]) -> i64, expected: impl Fn(f64) -> f64) -> f64 {
        let mut variates: Vec<f64> = tags().iter().map(|tag| draw(tag) as f64 / ONE).collect();
        variates.sort_unstable_by(f64::total_cmp);
        let count = variates.len() as f64;
        let apart = |(place, variate): (usize, &f64)| (expected(*variate) - (place as f64 + 0.5) / count).abs();
        variates.iter().enumerate().map(apart).fold(0.0, f64::max)
    }

    #[test]
    fn variates_are_distributed_as_they_should_be() {
        let laplacian = |x: f64| if x < 0.0 { x.exp() / 2.0 } else { 1.0 - (-x).exp() / 2.0 };
        // By the integral of the density, in small steps from the middle.
        let normal = |x: f64| {
            let steps = 400;
            let width = x / f64::from(steps);
            let density = |at: f64| (-at * at / 2.0).exp() / std::f64::consts::TAU.sqrt();
            (0..steps).map(|step| density((f64::from(step) + 0.5) * width) * width).sum::<f64>() + 0.5
        };
        // One chance in a thousand to be farther apart, at this count: the keys are fixed, and so is the answer.
        let most = 1.95 / (tags().len() as f64).sqrt();
        let (of_laplace, of_gaussian) = (distance(laplace, laplacian), distance(gaussian, normal));
        assert!(of_laplace < most && of_gaussian < most, "{of_laplace} {of_gaussian}");
        assert!(distance(laplace, normal) > most && distance(gaussian, laplacian) > most);
    }
}
