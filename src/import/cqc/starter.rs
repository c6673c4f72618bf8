//! First versions of the files that a new site needs beside its providers.

use crate::load::names::authority_key;
use std::collections::{BTreeMap, BTreeSet};

use super::location::Location;
use super::register::quoted;
use super::slug;
use super::vocabulary::{SPECIALISMS, TYPES};

/// `data/areas.yaml`: a region for each region and a place for each local authority of the file.
pub(super) fn areas<'a>(locations: impl Iterator<Item = &'a Location>) -> String {
    let mut regions: BTreeMap<String, Tally<'a>> = BTreeMap::new();
    let mut places: BTreeMap<String, (Tally<'a>, Tally<'a>)> = BTreeMap::new();
    for location in locations {
        if let Some(region) = location.region.as_deref() {
            regions.entry(authority_key(region)).or_default().count(region);
        }
        if let Some(name) = location.authority.as_deref() {
            let (names, of_regions) = places.entry(authority_key(name)).or_default();
            names.count(name);
            location.region.as_deref().into_iter().for_each(|region| of_regions.count(region));
        }
    }
    let mut yaml = String::from(
        "# Made by `placewise import cqc` from the regions and local authorities of the file.\n\
         # Add the integrated care boards (kind: icb) between them, and codes if you know them.\n",
    );
    if regions.is_empty() && places.is_empty() {
        yaml.push_str("[]\n");
    }
    let mut taken = BTreeSet::new();
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    for (key, names) in &regions {
        let id = id_of(names.usual(), "region", &mut taken);
        yaml.push_str(&format!(
            "- id: {}\n  name: {}\n  kind: region\n",
            quoted(&id),
            quoted(names.usual())
        ));
        ids.insert(key, id);
    }
    for (names, of_regions) in places.values() {
        let id = id_of(names.usual(), "place", &mut taken);
        yaml.push_str(&format!(
            "- id: {}\n  name: {}\n  kind: place\n",
            quoted(&id),
            quoted(names.usual())
        ));
        if let Some(parent) = ids.get(authority_key(of_regions.usual()).as_str()) {
            yaml.push_str(&format!("  parent: {}\n", quoted(parent)));
        }
    }
    yaml
}

/// An id for an area; a region and a place of one name, such as London, are told apart.
fn id_of(name: &str, kind: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = slug::of(name);
    match plain.is_empty() || taken.contains(&plain) {
        true => slug::take_free(format!("{plain}-{kind}").trim_start_matches('-'), taken),
        false => slug::take_free(&plain, taken),
    }
}

/// How often each spelling of a name occurs.
#[derive(Default)]
struct Tally<'a>(BTreeMap<&'a str, usize>);

impl<'a> Tally<'a> {
    fn count(&mut self, spelling: &'a str) {
        *self.0.entry(spelling).or_insert(0) += 1;
    }

    /// The most frequent spelling; of equals the last in order, which is not in capitals.
    fn usual(&self) -> &'a str {
        self.0.iter().max_by_key(|(_, count)| **count).map_or("", |(spelling, _)| spelling)
    }
}

/// `data/vocabulary.yaml`: the regulator's types and user groups; the ladders are left to people.
pub(super) fn vocabulary() -> String {
    let mut yaml = String::from(
        "# Made by `placewise import cqc`: the words of the register, to be replaced by your own.\n\
         # ladders: list your levels of care from the least to the most intensive; without them\n\
         # there is a directory but no gap analysis.\n\
         ladders: []\n\n\
         # cqc: wordings of the register that mean this type.\n\
         types:\n",
    );
    for word in &TYPES {
        if let Some((id, name)) = word.starter {
            yaml.push_str(&format!("  - id: {id}\n    name: {}\n    cqc:\n", quoted(name)));
            for spelling in [word.name].iter().chain(word.aliases) {
                yaml.push_str(&format!("      - {}\n", quoted(spelling)));
            }
        }
    }
    yaml.push_str(
        "\n# synonyms: other words that people search for, and those of the register.\nneeds:\n",
    );
    for word in &SPECIALISMS {
        let (id, name) = word.need;
        yaml.push_str(&format!("  - id: {id}\n    name: {}\n    synonyms:\n", quoted(name)));
        for spelling in [word.name].iter().chain(word.aliases) {
            yaml.push_str(&format!("      - {}\n", quoted(spelling)));
        }
    }
    yaml.push_str(FIXED_WORDS);
    yaml
}

const FIXED_WORDS: &str = "
legal:
  - {id: informal, name: Informal}
  - {id: detained, name: Detained under the Mental Health Act}

age_bands:
  - {id: children, name: Children and young people, min: 0, max: 17}
  - {id: adults, name: Adults, min: 18, max: 64}
  - {id: older, name: Older people, min: 65, max: 120}

quality:
  - {score: 0, name: Unsafe}
  - {score: 1, name: Needs urgent work}
  - {score: 2, name: Acceptable}
  - {score: 3, name: Good}
  - {score: 4, name: A model for others}
";

/// Day of a first edition when the file does not tell its own.
const UNDATED: &str = "2026-01-01";

/// `data/site.yaml`, as a draft that says what has to be filled in; `date` is ISO.
pub(super) fn site(date: Option<&str>) -> String {
    let date = date.unwrap_or(UNDATED);
    format!(
        "\
# Made by `placewise import cqc`. Everything marked FILL IN has to become your own.
title: Care market                      # FILL IN: the name of your area in it
base_url: https://market.your-organisation.example/   # FILL IN; ends with /
publisher: Your organisation            # FILL IN
summary: The registered care services of our area.    # FILL IN
contact: {{role: Market team, email: market@your-organisation.example}} # FILL IN: a role
licence:
  name: Open Government Licence v3.0
  url: https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/
status: draft                           # live when everything here is true

# The day of this edition and the day its figures are true for: that of the register file.
edition: {{name: First draft, date: {date}, as_at: {date}}}

# Nobody has tested this site yet, and it says so. FILL IN after your own test.
accessibility:
  compliance: not                       # fully, partially or not
  prepared: {date}
  issues:
    - what: This site has not yet been tested for accessibility.
      reason: non-compliance
      plan: We will test it before it goes live.
  alternatives: Tell us the page and the format you need, and we will send it to you.
  contact: {{role: Market team, email: market@your-organisation.example}}
  enforcement: england                  # england or northern-ireland
"
    )
}

/// `content/index.md`.
pub(super) const INDEX: &str = "\
---
title: Care market
summary: The registered care services of our area.
status: draft
---
This draft lists the care services of our area that are on the register of the Care Quality \
Commission. \
Start with [the directory](/directory/).

Contains information from the Care Quality Commission, licensed under the Open Government Licence
v3.0.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_sorted_and_told_apart() {
        let at = |authority: &str, region: &str| Location {
            authority: Some(authority.to_owned()).filter(|name| !name.is_empty()),
            region: Some(region.to_owned()),
            ..Location::default()
        };
        let rows = [
            at("Elm", "North"),
            at("Elm", "North"),
            at("ELM", "North"),
            at("Ash", "South"),
            at("South", "South"),
            at("", "South"),
        ];
        let yaml = areas(rows.iter());
        let ids: Vec<&str> = yaml.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
        assert_eq!(ids, ["\"north\"", "\"south\"", "\"ash\"", "\"elm\"", "\"south-place\""]);
        assert!(yaml.contains("name: \"Elm\"\n  kind: place\n  parent: \"north\"\n"));
    }
}
