//! The publisher's own words: ladders of care, needs, types of service, legal statuses, ages.

use std::collections::{BTreeMap, BTreeSet};

use super::area::AreaKind;
use super::ids::{LadderId, LegalId, LevelId, NeedId, TypeId};
use super::quantities::{AgeRange, Pence, Ratio};

/// A ladder: levels of care from the lowest to the highest. No step crosses ladders.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// Its id.
    pub id: LadderId,
    /// Its name.
    pub name: String,
    /// What it is for, if told.
    pub about: Option<String>,
    /// Its levels, lowest first.
    pub levels: Vec<LevelId>,
}

/// A level of care.
#[derive(Clone, Debug)]
pub struct Level {
    /// Its id.
    pub id: LevelId,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub about: Option<String>,
    /// Its ladder.
    pub ladder: LadderId,
    /// Place on the ladder, 0 the lowest.
    pub rank: usize,
    /// A service at this level is local to everybody in the same area of this kind.
    pub scope: AreaKind,
    /// A service further away than this is not local.
    pub max_km: Option<u32>,
    /// Share of places that can be filled in the long run.
    pub target_occupancy: Option<Ratio>,
    /// Weekly price to assume where none is known.
    pub(in crate::evidence) price_default: Option<Pence>,
}

/// A need, which is also a capability of a service.
#[derive(Clone, Debug)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// Its name.
    pub name: String,
    /// What it means, in a sentence.
    pub about: Option<String>,
    /// Other words for it.
    pub synonyms: Vec<String>,
}

/// A type of service.
#[derive(Clone, Debug)]
pub struct ServiceType {
    /// Its id.
    pub id: TypeId,
    /// Its name.
    pub name: String,
    /// The regulator's words for it.
    pub cqc: Vec<String>,
    /// The level a service of this type usually stands at.
    pub level: Option<LevelId>,
}

/// A band of ages.
#[derive(Clone, Debug)]
pub struct AgeBand {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its ages.
    pub ages: AgeRange,
}

/// All words of a site.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Ladders in the order of the file.
    pub ladders: Vec<Ladder>,
    /// Levels by id.
    pub levels: BTreeMap<LevelId, Level>,
    /// Needs by id.
    pub needs: BTreeMap<NeedId, Need>,
    /// Types by id.
    pub types: BTreeMap<TypeId, ServiceType>,
    /// Legal statuses by id, with their names.
    pub legal: BTreeMap<LegalId, String>,
    /// Legal statuses of people who are detained: those that state it, and, unless it states
    /// otherwise, the one whose id is `detained`.
    pub detained: BTreeSet<LegalId>,
    /// Age bands in the order of the file.
    pub age_bands: Vec<AgeBand>,
    /// Scores of the quality scale with their names.
    pub quality: BTreeMap<u8, String>,
}

impl Vocabulary {
    /// Levels in reading order: ladder by ladder, lowest first.
    pub fn levels_in_order(&self) -> impl Iterator<Item = &Level> {
        self.ladders.iter().flat_map(|ladder| &ladder.levels).filter_map(|id| self.levels.get(id))
    }

    /// The type that the regulator's word stands for.
    pub fn type_of_register_word(&self, word: &str) -> Option<&ServiceType> {
        let plain = fold(word);
        self.types.values().find(|kind| {
            fold(&kind.name) == plain || kind.cqc.iter().any(|alias| fold(alias) == plain)
        })
    }

    /// The need that the regulator's word stands for.
    pub fn need_of_register_word(&self, word: &str) -> Option<&Need> {
        let plain = fold(word);
        self.needs.values().find(|need| {
            fold(&need.name) == plain || need.synonyms.iter().any(|alias| fold(alias) == plain)
        })
    }
}

/// Case, punctuation, double spaces and `&` make no difference between two words.
pub(crate) fn fold(text: &str) -> String {
    let spelled = text.replace('&', " and ");
    let words: Vec<String> = spelled
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_and_punctuation() {
        assert_eq!(
            fold("Bournemouth,  Christchurch & Poole"),
            "bournemouth christchurch and poole"
        );
    }
}
