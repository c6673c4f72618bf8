//! The words that a search knows: areas, types, levels and needs, with other words for them.

use std::collections::{BTreeMap, BTreeSet};

use super::finder::sorted;
use crate::evidence::disclosure::{Area, LegalId, Level, Point, Publication, Rating, TypeId};

/// Words for whom a service takes: unknown, anybody, women, men; and so again for services that
/// take children only.
pub const GENDERS: [&str; 8] = [
    "",
    "women men female male mixed any",
    "women woman female",
    "men man male",
    "",
    "girls boys female male any",
    "girls female",
    "boys male",
];

/// Days within which a place may be free, for those who look for one.
pub(super) const FREE_WITHIN_DAYS: [u16; 4] = [0, 7, 28, 90];
/// Ratings of the regulator, best first.
pub(super) const RATINGS: [Option<Rating>; 5] = [
    Some(Rating::Outstanding),
    Some(Rating::Good),
    Some(Rating::RequiresImprovement),
    Some(Rating::Inadequate),
    None,
];

/// A word of the vocabulary.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct Word {
    pub id: String,
    pub name: String,
    /// Other words for it, in one line.
    pub others: String,
}

/// An area.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct AreaWord {
    pub id: String,
    pub name: String,
    /// The place in the list of the area that it lies in.
    pub parent: Option<usize>,
    pub middle: Option<Point>,
}

/// A level of care.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct LevelWord {
    pub word: Word,
    /// The place of its ladder in the list of ladders.
    pub ladder: usize,
    /// Place on the ladder, 0 the lowest.
    pub rank: usize,
}

/// A band of ages.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct AgeWord {
    pub id: String,
    pub name: String,
    pub min: u8,
    pub max: u8,
}

/// All words, in the order in which they are offered.
pub(super) struct Words {
    pub(super) areas: Vec<AreaWord>,
    pub(super) types: Vec<Word>,
    pub(super) ladders: Vec<String>,
    pub(super) levels: Vec<LevelWord>,
    pub(super) needs: Vec<Word>,
    pub(super) legal: Vec<Word>,
    pub(super) ages: Vec<AgeWord>,
}

/// Where each id stands in its list.
pub(super) struct Numbers {
    pub(super) areas: BTreeMap<String, usize>,
    pub(super) types: BTreeMap<String, usize>,
    pub(super) levels: BTreeMap<String, usize>,
    pub(super) needs: BTreeMap<String, usize>,
    pub(super) legal: BTreeMap<String, usize>,
}

impl Numbers {
    pub(super) fn of(words: &Words) -> Numbers {
        fn places<'w>(ids: impl Iterator<Item = &'w String>) -> BTreeMap<String, usize> {
            ids.cloned().zip(0..).collect()
        }
        Numbers {
            areas: places(words.areas.iter().map(|area| &area.id)),
            types: places(words.types.iter().map(|word| &word.id)),
            levels: places(words.levels.iter().map(|level| &level.word.id)),
            needs: places(words.needs.iter().map(|word| &word.id)),
            legal: places(words.legal.iter().map(|word| &word.id)),
        }
    }

    /// In the order of the record, as cards name them.
    pub(super) fn types(&self, ids: &[TypeId]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.types.get(id.as_str()).copied()).collect()
    }

    pub(super) fn legal(&self, ids: &BTreeSet<LegalId>) -> Vec<usize> {
        sorted(ids.iter().filter_map(|id| self.legal.get(id.as_str()).copied()).collect())
    }
}

/// Gathers the words of a publication.
pub(super) fn words(publication: &Publication) -> Words {
    let vocabulary = publication.vocabulary();
    let mut areas = Vec::new();
    for root in publication.areas().roots() {
        add_area(publication, root, None, &mut areas);
    }
    // By id, as cards list them.
    let needs = vocabulary.needs.values().map(|need| {
        let others: Vec<&str> = need.synonyms.iter().map(String::as_str).collect();
        word(need.id.as_str(), &need.name, &others)
    });
    let legal = vocabulary.legal.iter().map(|(id, name)| word(id.as_str(), name, &[]));
    let ages = vocabulary.age_bands.iter().map(|band| AgeWord {
        id: band.id.clone(),
        name: band.name.clone(),
        min: band.ages.min,
        max: band.ages.max,
    });
    Words {
        areas,
        types: by_name(vocabulary.types.values().map(|kind| {
            let others: Vec<&str> = kind.cqc.iter().map(String::as_str).collect();
            word(kind.id.as_str(), &kind.name, &others)
        })),
        ladders: vocabulary.ladders.iter().map(|ladder| ladder.name.clone()).collect(),
        levels: vocabulary.levels_in_order().map(|level| level_word(publication, level)).collect(),
        needs: needs.collect(),
        legal: legal.collect(),
        ages: ages.collect(),
    }
}

fn add_area(
    publication: &Publication,
    area: &Area,
    parent: Option<usize>,
    areas: &mut Vec<AreaWord>,
) {
    let number = areas.len();
    areas.push(AreaWord {
        id: area.id.to_string(),
        name: area.name.clone(),
        parent,
        middle: area.centroid,
    });
    for child in publication.areas().children(&area.id) {
        add_area(publication, child, Some(number), areas);
    }
}

/// A level also goes by the words of the types that usually stand at it.
fn level_word(publication: &Publication, level: &Level) -> LevelWord {
    let vocabulary = publication.vocabulary();
    let types = vocabulary.types.values().filter(|kind| kind.level.as_ref() == Some(&level.id));
    let others: Vec<&str> = types.flat_map(|kind| [kind.id.as_str(), &kind.name]).collect();
    LevelWord {
        word: word(level.id.as_str(), &level.name, &others),
        ladder: vocabulary
            .ladders
            .iter()
            .position(|ladder| ladder.id == level.ladder)
            .expect("a level is read from its ladder"),
        rank: level.rank,
    }
}

/// Ids hold the short forms that people in the field use, such as `picu`: they are searched too,
/// and the other words leave out what they say.
fn word(id: &str, name: &str, others: &[&str]) -> Word {
    let mut known: BTreeSet<String> = id.split('-').map(str::to_owned).collect();
    let parts = others.iter().flat_map(|other| other.split_whitespace());
    let all: Vec<&str> = parts.filter(|part| known.insert(part.to_lowercase())).collect();
    Word { id: id.to_owned(), name: name.to_owned(), others: all.join(" ") }
}

fn by_name(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut words: Vec<Word> = words.collect();
    words.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    words
}

/// Every word of the register that a service is registered for, in order, with the need it means.
pub(super) fn register(
    publication: &Publication,
    numbers: &Numbers,
) -> Vec<(String, Option<usize>)> {
    let services = publication.providers().flat_map(|provider| &provider.services);
    let words: BTreeSet<&String> = services.flat_map(|service| &service.registered_for).collect();
    let need = |word: &str| {
        let need = publication.vocabulary().need_of_register_word(word)?;
        numbers.needs.get(need.id.as_str()).copied()
    };
    words.into_iter().map(|word| (word.clone(), need(word))).collect()
}

/// Every type of a service that the vocabulary has no word for, in order.
pub(super) fn other_types(publication: &Publication) -> Vec<String> {
    let services = publication.providers().flat_map(|provider| &provider.services);
    let names: BTreeSet<&String> = services.flat_map(|service| &service.other_types).collect();
    names.into_iter().cloned().collect()
}
