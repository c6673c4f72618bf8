//! Columns in short: a value that is the same for all, and numbers as digits of a coder.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::coder;

/// Numbers of up to so many decimal digits are told exactly by a script.
const EXACT: usize = 15;

/// How numbers of a column are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As they are; none is below 0.
    Plain,
    /// As steps from the row before.
    Steps,
    /// As what each has above the least of all; some may be absent.
    Above,
}

/// A column: one value when it is the same for every row.
enum Column {
    Same(Option<i64>),
    Coded { digits: String, beside: Option<&'static str>, form: Form, least: i64 },
}

/// Columns by their names, in an order in which each stands behind the one it leans on.
#[derive(Default)]
pub(super) struct Columns {
    columns: Vec<(&'static str, Column)>,
    /// The numbers that were coded, as another column may lean on them.
    coded: BTreeMap<&'static str, Vec<u64>>,
}

impl Columns {
    /// Adds a column. `beside` is the name of one before it whose numbers foretell some of these;
    /// one that is the same for every row foretells nothing.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        form: Form,
        beside: &'static str,
        values: impl Iterator<Item = Option<i64>>,
    ) {
        let values: Vec<Option<i64>> = values.collect();
        let first = values.first().copied().unwrap_or(Some(0));
        if values.iter().all(|value| *value == first) {
            self.columns.push((name, Column::Same(first)));
            return;
        }
        let least = values.iter().flatten().copied().min().unwrap_or(0);
        let numbers = numbers(form, &values, least);
        let foretelling = self.coded.get_key_value(beside);
        let digits = coder::digits(&numbers, foretelling.map_or(&[], |(_, numbers)| numbers));
        let beside = foretelling.map(|(name, _)| *name);
        self.columns.push((name, Column::Coded { digits, beside, form, least }));
        self.coded.insert(name, numbers);
    }
}

fn numbers(form: Form, values: &[Option<i64>], least: i64) -> Vec<u64> {
    let plain = || values.iter().map(|value| value.unwrap_or(0));
    match form {
        Form::Plain => plain().map(i64::unsigned_abs).collect(),
        Form::Steps => {
            let before = std::iter::once(0).chain(plain());
            plain().zip(before).map(|(value, before)| folded(value - before)).collect()
        }
        Form::Above => {
            values.iter().map(|value| value.map_or(0, |value| value.abs_diff(least) + 1)).collect()
        }
    }
}

/// 0, -1, 1, -2, 2 and on as 0, 1, 2, 3, 4.
fn folded(step: i64) -> u64 {
    2 * step.unsigned_abs() - u64::from(step < 0)
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().map(|(name, column)| (name, column)))
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (digits, beside, form, least) = match self {
            Column::Same(value) => return value.serialize(serializer),
            Column::Coded { digits, beside, form, least } => (digits, beside, form, least),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("digits", digits)?;
        if let Some(beside) = beside {
            map.serialize_entry("beside", beside)?;
        }
        match form {
            Form::Plain => {}
            Form::Steps => map.serialize_entry("steps", &1)?,
            Form::Above => map.serialize_entry("least", least)?,
        }
        map.end()
    }
}

/// Ids, most of which are the same but for a number at the end.
pub(super) struct Ids {
    /// What stands before the number.
    pub(super) stem: String,
    pub(super) numbers: Vec<Option<i64>>,
    /// Ids that are not made so, in the order of their rows.
    pub(super) others: Vec<String>,
}

/// Takes the number off the ids that begin as most do.
pub(super) fn ids(ids: Vec<String>) -> Ids {
    let mut uses = BTreeMap::new();
    for (stem, _) in ids.iter().filter_map(|id| numbered(id)) {
        *uses.entry(stem.to_owned()).or_insert(0_usize) += 1;
    }
    let most = uses.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
    let stem = most.map_or_else(String::new, |(stem, _)| stem);
    let number = |id: &String| numbered(id).filter(|(own, _)| *own == stem).map(|(_, n)| n);
    let numbers: Vec<Option<i64>> = ids.iter().map(number).collect();
    let others = ids.into_iter().zip(&numbers).filter(|(_, number)| number.is_none());
    let others = others.map(|(id, _)| id).collect();
    Ids { stem, numbers, others }
}

/// An id and the number at its end, if it is written as a script writes it.
fn numbered(id: &str) -> Option<(&str, i64)> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &id[stem.len()..];
    let is_plain = !digits.is_empty() && !digits.starts_with('0') && digits.len() <= EXACT;
    Some((stem, digits.parse().ok().filter(|_| is_plain)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::coder::reading;
    use serde_json::{Value, json};

    fn written(columns: &[(&'static str, Form, &'static str, &[Option<i64>])]) -> Value {
        let mut all = Columns::default();
        for (name, form, beside, values) in columns {
            all.add(name, *form, beside, values.iter().copied());
        }
        serde_json::to_value(&all).unwrap()
    }

    #[test]
    fn a_column_of_one_value_is_that_value() {
        let same = [Some(-3), Some(-3)];
        let told = written(&[
            ("a", Form::Steps, "", &same),
            ("b", Form::Above, "", &[None, None]),
            ("c", Form::Plain, "", &[]),
        ]);
        assert_eq!(told, json!({"a": -3, "b": null, "c": 0}));
    }

    #[test]
    fn numbers_say_how_they_are_told() {
        let told = written(&[
            ("a", Form::Plain, "", &[Some(4), Some(0)]),
            ("b", Form::Steps, "a", &[Some(5), Some(2)]),
            ("c", Form::Above, "missing", &[Some(-7), None]),
        ]);
        let read = |name: &str, beside: &[u64]| {
            reading::numbers(told[name]["digits"].as_str().unwrap(), 2, beside)
        };
        assert_eq!((read("a", &[]), read("b", &[4, 0])), (vec![4, 0], vec![10, 5]));
        assert_eq!((&told["b"]["beside"], &told["b"]["steps"]), (&json!("a"), &json!(1)));
        assert_eq!((read("c", &[]), &told["c"]["least"]), (vec![1, 0], &json!(-7)));
        assert!(told["c"].get("beside").is_none());
    }

    #[test]
    fn ids_keep_what_no_number_tells() {
        let all = ["~-1-77", "~", "~-1-07", "elm-2", "~-1-9"].map(str::to_owned).to_vec();
        let found = ids(all);
        assert_eq!(found.stem, "~-1-");
        assert_eq!(found.others, ["~", "~-1-07", "elm-2"]);
        assert_eq!(found.numbers, [Some(77), None, None, None, Some(9)]);
        let none = ids(vec!["~".to_owned()]);
        assert_eq!((none.stem.as_str(), none.others.len()), ("", 1));
    }
}
