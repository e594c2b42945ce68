use super::hit::{Grade, Hit};

/// Of hits that overlap keeps the best: the certain before the possible, then the longer, the less likely by chance,
/// the earlier, and at last the one whose detector is listed first. What is left is in the order of the text.
pub(super) fn resolve(hits: &mut Vec<Hit>) {
    if hits.len() < 2 {
        return;
    }
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
    let mut kept = Vec::with_capacity(hits.len());
    let mut cluster: Vec<Hit> = Vec::new();
    let mut end = 0;
    for hit in hits.drain(..) {
        if hit.range.start >= end {
            keep_best(&mut cluster, &mut kept);
        }
        end = end.max(hit.range.end);
        cluster.push(hit);
    }
    keep_best(&mut cluster, &mut kept);
    *hits = kept;
}

/// Moves the best of a cluster of overlapping hits to `kept`, leaving it empty.
fn keep_best(cluster: &mut Vec<Hit>, kept: &mut Vec<Hit>) {
    let first = kept.len();
    cluster.sort_by(|a, b| {
        let certain = |hit: &Hit| hit.grade == Grade::Certain;
        (certain(b).cmp(&certain(a)))
            .then_with(|| b.range.len().cmp(&a.range.len()))
            .then_with(|| a.odds.total_cmp(&b.odds))
            .then_with(|| a.range.start.cmp(&b.range.start))
            .then_with(|| a.order.cmp(&b.order))
    });
    for hit in cluster.drain(..) {
        let free = |other: &Hit| other.range.end <= hit.range.start || hit.range.end <= other.range.start;
        if kept.iter().skip(first).all(free) {
            kept.push(hit);
        }
    }
    if let Some(new) = kept.get_mut(first..) {
        new.sort_by_key(|hit| hit.range.start);
    }
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
