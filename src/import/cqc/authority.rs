//! Names of local authorities, which every file spells in its own way.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Refusal;
use crate::diagnostics::{did_you_mean, listing};
use crate::load::names::authority_key as key;
use crate::load::yaml;
use crate::sources::{Source, SourceId};

/// The authorities that were asked for; empty means all.
pub(super) struct Filter(BTreeSet<String>);

impl Filter {
    /// Takes requested names, each of which must occur in the file.
    pub(super) fn new(requested: &[String], in_file: &BTreeSet<&str>) -> Result<Filter, Refusal> {
        let known: BTreeSet<String> = in_file.iter().map(|name| key(name)).collect();
        let mut keys = BTreeSet::new();
        for name in requested {
            let key = key(name);
            if key.is_empty() || !known.contains(&key) {
                let message = format!("no row of the file is in the local authority \"{name}\"");
                let hint = match did_you_mean(name, in_file.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("the file has {}", listing(in_file.iter().copied())),
                };
                return Err(Refusal { message, hint });
            }
            keys.insert(key);
        }
        Ok(Filter(keys))
    }

    /// Whether a row of this authority is wanted.
    pub(super) fn takes(&self, authority: Option<&str>) -> bool {
        self.0.is_empty() || authority.is_some_and(|name| self.0.contains(&key(name)))
    }
}

#[derive(Deserialize)]
struct RawArea {
    name: String,
}

/// Authorities among these that `data/areas.yaml` does not name; nothing if it cannot be read.
pub(super) fn not_in_areas<'a, T>(
    areas_yaml: &str,
    authorities: &'a BTreeMap<String, T>,
) -> Option<Vec<&'a T>> {
    let source = Source::new("data/areas.yaml", "");
    let areas: Vec<RawArea> = yaml::parse_block(SourceId(0), &source, areas_yaml).ok()?;
    let known: BTreeSet<String> = areas.iter().map(|area| key(&area.name)).collect();
    Some(
        authorities
            .iter()
            .filter(|(key, _)| !known.contains(*key))
            .map(|(_, value)| value)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for name in ["Elmbury, City of", "City of Elmbury", "ELMBURY", "Elmbury City of"] {
            assert_eq!(key(name), "elmbury", "{name}");
        }
        assert_eq!(key("Ash, Birch & Cedar"), key("ASH BIRCH AND CEDAR"));
        assert_eq!(key("St. Elm's"), key("St Elms"));
    }

    #[test]
    fn unknown_names_are_refused_with_a_near_one() {
        let names = BTreeSet::from(["Elmbury, City of", "Ashford"]);
        let filter = Filter::new(&["elmbury".to_owned()], &names).unwrap();
        assert!(filter.takes(Some("City of Elmbury")) && !filter.takes(Some("Ashford")));
        assert!(!filter.takes(None));
        let refusal = Filter::new(&["Ashfrod".to_owned()], &names).err().unwrap();
        assert_eq!(refusal.hint, "did you mean \"Ashford\"?");
        assert!(Filter::new(&[], &names).unwrap().takes(None));
    }

    #[test]
    fn areas_are_matched_by_name() {
        let authorities = BTreeMap::from([(key("Elmbury, City of"), 1), (key("Ashford"), 2)]);
        let missing = not_in_areas("- {id: x, name: City of Elmbury, kind: place}\n", &authorities);
        assert_eq!(missing, Some(vec![&2]));
        assert_eq!(not_in_areas("]", &authorities), None);
    }
}
