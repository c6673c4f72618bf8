//! Which marker a withheld number carries, and what a reader learns from it.

use super::graph::UNBOUNDED;
use super::instance::Structure;

/// The markers, the one that says least first.
///
/// A number gets the first that may stand for it: one marker for all of them if there is one
/// (disclosure §9). A reader who sees a later one therefore knows that the earlier ones may not.
pub(super) struct Markers {
    all: Vec<(String, (i64, i64))>,
}

impl Markers {
    /// Those of an instance.
    pub(super) fn new(structure: &Structure) -> Markers {
        let mut all: Vec<(String, (i64, i64))> =
            structure.markers.iter().map(|(name, ends)| (name.clone(), meaning(*ends))).collect();
        all.sort_by_key(|(name, (low, high))| (low - high, *low, name.clone()));
        for at in 1..all.len() {
            let (before, rest) = all.split_at_mut(at);
            let (low, high) = &mut rest[0].1;
            // No earlier one is narrower, so each takes away one end or everything.
            for (_, (first, last)) in before.iter().filter(|(_, (first, last))| first <= last) {
                if first <= low {
                    *low = (*low).max(last + 1);
                } else {
                    *high = (*high).min(first - 1);
                }
            }
        }
        Markers { all }
    }

    /// The marker for a value, and what a reader learns from it; `None` if there is none.
    pub(super) fn of(&self, value: i64) -> Option<(&str, (i64, i64))> {
        let found = self.all.iter().find(|(_, (low, high))| (*low..=*high).contains(&value));
        found.map(|(name, ends)| (name.as_str(), *ends))
    }

    /// What a reader learns from a marker at most.
    pub(super) fn learnt(&self, marker: &str) -> (i64, i64) {
        let found = self.all.iter().find(|(name, _)| name == marker);
        found.map_or((0, UNBOUNDED), |(_, ends)| *ends)
    }

    /// The one that says least.
    pub(super) fn first(&self) -> &str {
        self.all.first().map_or("", |(name, _)| name.as_str())
    }
}

/// What a marker says by itself.
pub(super) fn meaning((low, high): (Option<i64>, Option<i64>)) -> (i64, i64) {
    (low.unwrap_or(0).max(0), high.unwrap_or(UNBOUNDED).min(UNBOUNDED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markers(text: &str) -> Markers {
        let text =
            format!(r#"{{"dims": {{}}, "measures": {{}}, "tables": [], "markers": {text}}}"#);
        Markers::new(&serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn the_marker_that_says_least_is_the_marker_of_all() {
        let found = markers(r#"{"s": [1, 4], "c": [0, null], "z": [0, 0]}"#);
        for value in [0, 3, 900] {
            assert_eq!(found.of(value), Some(("c", (0, UNBOUNDED))));
        }
    }

    #[test]
    fn a_marker_that_is_used_only_where_another_may_not_says_so() {
        let found = markers(r#"{"z": [0, 4], "*": [1, null]}"#);
        assert_eq!(found.of(3), Some(("*", (1, UNBOUNDED))));
        assert_eq!(found.of(0), Some(("z", (0, 0))));
        let found = markers(r#"{"a": [0, 10], "b": [5, 14], "c": [3, 4]}"#);
        assert_eq!(found.of(7), Some(("a", (0, 10))));
        assert_eq!(found.of(12), Some(("b", (11, 14))));
        assert_eq!(found.of(15), None);
    }

    #[test]
    fn a_bounded_marker_hides_nothing_that_is_larger() {
        assert_eq!(markers(r#"{"<5": [1, 4]}"#).of(5), None);
    }
}
