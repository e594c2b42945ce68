use std::collections::BTreeSet;

/// The smallest hashes that are remembered. With fewer different values than this, all of them are.
const MOST: usize = 1024;

/// How many different values a column has, and how far two columns have the same ones: the smallest of the hashes of
/// all values (Bar-Yossef et al., *Counting distinct elements in a data stream*, 2002). No value can be read from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketch(BTreeSet<u64>);

impl Sketch {
    /// Notes a value.
    pub(super) fn add(&mut self, value: &str) {
        let hash = hash(value.as_bytes());
        if self.0.len() < MOST {
            self.0.insert(hash);
        } else if self.0.last().is_some_and(|largest| hash < *largest) && self.0.insert(hash) {
            self.0.pop_last();
        }
    }

    /// About how many different values there were; exactly, if [`is_exact`](Self::is_exact).
    pub(super) fn distinct(&self) -> u64 {
        match self.0.last() {
            Some(largest) if !self.is_exact() => {
                let part = *largest as f64 / u64::MAX as f64;
                ((MOST - 1) as f64 / part) as u64
            }
            _ => self.0.len() as u64,
        }
    }

    /// Whether all different values are remembered.
    pub(super) fn is_exact(&self) -> bool {
        self.0.len() < MOST
    }

    /// Which part of the values of the column with fewer of them is in the other one too, from 0 to 1.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        // Beyond the smaller of the two largest hashes, one of the two remembers nothing.
        let limit = |sketch: &Self| if sketch.is_exact() { u64::MAX } else { sketch.0.last().copied().unwrap_or(0) };
        let limit = limit(self).min(limit(other));
        let below = |sketch: &Self| sketch.0.range(..=limit).count();
        let smaller = below(self).min(below(other));
        let shared = self.0.range(..=limit).filter(|hash| other.0.contains(hash)).count();
        if smaller == 0 { 0.0 } else { shared as f64 / smaller as f64 }
    }
}

/// FNV-1a, its bits then mixed as SplitMix64 does, so that small differences reach all of them.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: std::ops::Range<u32>) -> Sketch {
        let mut sketch = Sketch::default();
        range.clone().chain(range).for_each(|number| sketch.add(&number.to_string()));
        sketch
    }

    #[test]
    fn few_values_are_counted_and_many_estimated() {
        for (count, exact) in [(0, true), (1, true), (1000, true), (20_000, false), (200_000, false)] {
            let sketch = of(0..count);
            let off = (sketch.distinct() as f64 - f64::from(count)).abs() / f64::from(count.max(1));
            assert_eq!(sketch.is_exact(), exact);
            assert!(off < if exact { 1e-9 } else { 0.1 }, "{count}: {}", sketch.distinct());
        }
    }

    #[test]
    fn columns_of_the_same_values_are_told_from_others() {
        for (one, other, overlap) in [
            (0..500, 0..500, 1.0),
            (0..500, 400..900, 0.2),
            (0..500, 500..900, 0.0),
            (0..50_000, 0..50_000, 1.0),
            (0..50_000, 0..500, 1.0),
            (0..50_000, 50_000..90_000, 0.0),
            (0..0, 0..9, 0.0),
        ] {
            let found = of(one.clone()).overlap(&of(other.clone()));
            assert!((found - overlap).abs() < 0.05, "{one:?} and {other:?}: {found}");
        }
    }
}
