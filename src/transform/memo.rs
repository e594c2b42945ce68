//! A memory for values that come again and again: names, cities, words of status. It is a cache and no more: whether it
//! remembers a value or not, the result is the same.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many sets of two values a memory has. A value can be in one set only; the values met most are hundreds to
/// thousands in columns of names, and this is a quarter of a megabyte with a number for each.
const SETS: usize = 4096;

/// The longest value that is remembered, in bytes: up to here a view holds the value itself and is as good as it.
const SHORT: u32 = 12;

/// A view that no short value has, so that an empty slot answers to nothing. It is not 0: that is the empty text.
const EMPTY: u128 = u128::MAX;

/// What became of values, by the value's view. For one thread at a time; see [`Memos`].
pub(crate) struct Memo<T> {
    sets: Vec<Set<T>>,
}

/// A newcomer takes the second slot and changes to the first when it is met again, so that values met once pass by
/// those met often. With a number for each value, a set is one cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Set<T>([(u128, T); 2]);

impl<T: Copy + Default> Default for Memo<T> {
    fn default() -> Self {
        Self { sets: vec![Set([(EMPTY, T::default()); 2]); SETS] }
    }
}

impl<T: Copy> Memo<T> {
    /// What `make` makes of the value with this view, from memory where that is possible.
    ///
    /// `make` must be a pure function of the value. `view` is the value's own, from an array's `views()`; longer values
    /// than 12 bytes are made anew each time, since their view tells where they stand and not what they are.
    #[inline]
    pub(crate) fn recall(&mut self, view: u128, make: impl FnOnce() -> T) -> T {
        if !remembers(view) {
            return make();
        }
        let Some(Set([first, second])) = self.sets.get_mut(place(view)) else { return make() };
        if first.0 == view {
            return first.1;
        }
        if second.0 == view {
            std::mem::swap(first, second);
            return first.1;
        }
        let made = make();
        *second = (view, made);
        made
    }
}

/// Whether the value with this view is one that is remembered.
#[inline]
pub(crate) fn remembers(view: u128) -> bool {
    view as u32 <= SHORT
}

/// The set of a value: multiplication mixes the bits upwards, so the topmost are taken.
#[inline]
fn place(view: u128) -> usize {
    let (low, high) = (view as u64, (view >> 64) as u64);
    let mixed = (low.rotate_left(32) ^ high.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> (64 - SETS.trailing_zeros())) as usize
}

/// Memories for a transform that works on many batches at once: each borrows one, and what one batch has learnt serves
/// a later one. There are never more than there were batches at the same time.
pub(crate) struct Memos<T>(Mutex<Vec<Memo<T>>>);

impl<T: Copy + Default> Memos<T> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Lends a memory to `work`, for one batch.
    pub(crate) fn lend<R>(&self, work: impl FnOnce(&mut Memo<T>) -> R) -> R {
        let mut memo = self.pool().pop().unwrap_or_default();
        let result = work(&mut memo);
        self.pool().push(memo);
        result
    }

    /// A batch that panicked has not given its memory back, and so has left nothing half done here.
    fn pool(&self) -> MutexGuard<'_, Vec<Memo<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::StringViewArray;

    use super::*;

    /// Enough short values to fall on every slot several times over, all of them three times, and some that are long.
    fn values() -> StringViewArray {
        let short = (0..6 * SETS).map(|i| format!("v{:x}", i * 7919 % 20_011));
        let values: Vec<String> = short.chain(["".into(), "exactly 12 b".into(), "thirteen byte".into()]).collect();
        values.iter().chain(&values).chain(&values).map(Some).collect()
    }

    #[test]
    fn a_memory_says_what_was_made() {
        let values = values();
        let make = |value: &str| value.bytes().fold(7u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
        let mut memo = Memo::default();
        for (index, view) in values.views().iter().enumerate() {
            let value = values.value(index);
            assert_eq!(memo.recall(*view, || make(value)), make(value), "{value}");
        }
    }

    #[test]
    fn short_values_are_made_once_and_long_ones_each_time() {
        let values = StringViewArray::from_iter_values(["", "Ana", "", "Ana", "thirteen byte", "thirteen byte", "Ana"]);
        let mut made = Vec::new();
        let mut memo = Memo::default();
        for (index, view) in values.views().iter().enumerate() {
            memo.recall(*view, || made.push(values.value(index).to_owned()));
        }
        assert_eq!(made, ["", "Ana", "thirteen byte", "thirteen byte"]);
    }

    #[test]
    fn a_memory_that_was_lent_serves_the_next() {
        let memos = Memos::new();
        let view = StringViewArray::from_iter_values(["Ana"]).views()[0];
        assert_eq!(memos.lend(|memo| memo.recall(view, || 1)), 1);
        assert_eq!(memos.lend(|memo| memo.recall(view, || 2)), 1);
        assert_eq!(memos.lend(|_| memos.lend(|memo| memo.recall(view, || 3))), 3);
    }
}
