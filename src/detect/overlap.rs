use std::cmp::Ordering;
use std::ops::Range;

use super::hit::{Grade, Hit};

/// Of hits that overlap keeps the best: the certain before the possible, then the longer, the less likely by chance,
/// the earlier, and at last the one whose detector is listed first. What is left is in the order of the text.
pub(super) fn resolve(hits: &mut Vec<Hit>) {
    if hits.len() < 2 {
        return;
    }
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
    let (mut kept, mut from) = (0, 0);
    while let Some(first) = hits.get(from) {
        let mut end = first.range.end;
        let overlaps = |hit: &&Hit| {
            let overlaps = hit.range.start < end;
            end = end.max(hit.range.end);
            overlaps
        };
        let to = from + 1 + hits.iter().skip(from + 1).take_while(overlaps).count();
        kept = keep_best(hits, from..to, kept);
        from = to;
    }
    hits.truncate(kept);
}

/// Moves the best of a cluster of overlapping hits to the place `kept` and those behind it, in the order of the text, and
/// gives the place behind them.
fn keep_best(hits: &mut [Hit], cluster: Range<usize>, kept: usize) -> usize {
    if let Some(cluster) = hits.get_mut(cluster.clone()) {
        cluster.sort_by(better);
    }
    let mut end = kept;
    for place in cluster {
        let is_free = |hit: &Hit| hits.iter().take(end).skip(kept).all(|other| are_apart(hit, other));
        if hits.get(place).is_some_and(is_free) {
            hits.swap(end, place);
            end += 1;
        }
    }
    if let Some(new) = hits.get_mut(kept..end) {
        new.sort_by_key(|hit| hit.range.start);
    }
    end
}

fn are_apart(one: &Hit, other: &Hit) -> bool {
    other.range.end <= one.range.start || one.range.end <= other.range.start
}

/// Which of two hits goes before the other.
fn better(a: &Hit, b: &Hit) -> Ordering {
    let certain = |hit: &Hit| hit.grade == Grade::Certain;
    (certain(b).cmp(&certain(a)))
        .then_with(|| b.range.len().cmp(&a.range.len()))
        .then_with(|| a.odds.total_cmp(&b.odds))
        .then_with(|| a.range.start.cmp(&b.range.start))
        .then_with(|| a.order.cmp(&b.order))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Entity;

    fn hit(name: &'static str, start: usize, end: usize, grade: Grade, odds: f64) -> Hit {
        Hit {
            entity: Entity::Email,
            detector: name,
            kind: name,
            grade,
            range: start..end,
            odds,
            reserved: false,
            order: usize::from(name.as_bytes()[0]),
        }
    }

    #[test]
    fn the_best_of_overlapping_hits_stays() {
        use Grade::{Certain, Possible};
        for (hits, expected) in [
            (vec![hit("a", 0, 4, Possible, 0.1), hit("b", 2, 9, Possible, 0.1)], vec!["b"]),
            (vec![hit("a", 0, 4, Certain, 0.1), hit("b", 2, 9, Possible, 0.1)], vec!["a"]),
            (vec![hit("a", 0, 4, Certain, 0.1), hit("b", 4, 9, Possible, 0.1)], vec!["a", "b"]),
            (vec![hit("b", 0, 4, Possible, 0.1), hit("a", 0, 4, Possible, 0.01)], vec!["a"]),
            (vec![hit("b", 0, 4, Possible, 0.1), hit("a", 0, 4, Possible, 0.1)], vec!["a"]),
            (vec![hit("a", 0, 5, Possible, 0.1), hit("b", 4, 9, Possible, 0.1)], vec!["a"]),
            (
                vec![hit("c", 8, 12, Certain, 0.1), hit("a", 0, 4, Certain, 0.1), hit("b", 3, 9, Possible, 0.1)],
                vec!["a", "c"],
            ),
        ] {
            for turned in [false, true] {
                let mut hits = hits.clone();
                if turned {
                    hits.reverse();
                }
                resolve(&mut hits);
                assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), expected);
            }
        }
    }
}
