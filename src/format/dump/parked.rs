use std::sync::{Mutex, PoisonError};

/// How many readers wait at most.
const MOST: usize = 8;

/// Readers of a compressed dump, left where a table ended: the next table behind them is not looked for from the start
/// of the file again.
#[derive(Debug)]
pub(super) struct Parked<R>(Mutex<Vec<(u64, R)>>);

impl<R> Default for Parked<R> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<R> Parked<R> {
    /// The reader that stands nearest before a place of the dump, if there is one.
    pub(super) fn take(&self, place: u64) -> Option<R> {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = parked.iter().enumerate().filter(|(_, (at, _))| *at <= place);
        let (nearest, _) = before.max_by_key(|(_, (at, _))| *at)?;
        Some(parked.swap_remove(nearest).1)
    }

    /// Leaves a reader that stands at this place. Of too many, the one goes that stands furthest behind: fewest tables
    /// come after it.
    pub(super) fn leave(&self, place: u64, reader: R) {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        parked.push((place, reader));
        if parked.len() > MOST
            && let Some((last, _)) = parked.iter().enumerate().max_by_key(|(_, (at, _))| *at)
        {
            parked.swap_remove(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_before_a_place_is_the_one_that_goes_on() {
        let parked = Parked::default();
        for place in [30, 10, 20] {
            parked.leave(place, place);
        }
        assert_eq!([5, 25, 25, 25, 99].map(|place| parked.take(place)), [None, Some(20), Some(10), None, Some(30)]);
        (0..20).for_each(|place| parked.leave(place, place));
        assert_eq!(parked.take(99), Some(7), "those that stand at the end went");
    }
}
