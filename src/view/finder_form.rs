//! What can be chosen in the form of the search, and in that of a service that is checked.

use serde::Serialize;

use super::finder_words::{self, LevelWord, RATINGS, Word, Words};
use super::{Material, words};
use crate::evidence::disclosure::{Contract, Publication};

/// The form: what is told of a person, and the facets.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the fields")]
pub struct Form {
    pub ladders: Vec<LadderChoices>,
    pub areas: Vec<Choice>,
    pub ages: Vec<Choice>,
    pub legal: Vec<Choice>,
    pub needs: Vec<Choice>,
    pub facets: Vec<FacetChoices>,
}

/// The levels of one ladder.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct LadderChoices {
    pub name: String,
    pub levels: Vec<Choice>,
}

/// A facet of the search.
#[derive(Clone, Debug, Serialize)]
pub struct FacetChoices {
    /// Its name in the address of a page, and in the script.
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// A word about how several choices count together.
    pub note: &'static str,
    /// What can be chosen.
    pub options: Vec<Choice>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What stands for it.
    pub id: String,
    /// What a reader sees.
    pub name: String,
    /// The ladder that begins with it.
    pub group: String,
    /// How many others it lies in.
    pub depth: usize,
}

impl Choice {
    fn new(id: &str, name: &str) -> Choice {
        Choice { id: id.to_owned(), name: name.to_owned(), group: String::new(), depth: 0 }
    }
}

/// The form of a site.
pub fn form(material: Material) -> Form {
    let publication = material.publication;
    let words = finder_words::words(publication);
    let mut needs = choices(&words.needs);
    needs.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let areas = areas(&words);
    let ladders = words.ladders.iter().enumerate().map(|(at, name)| LadderChoices {
        name: name.clone(),
        levels: words.levels.iter().filter(|level| level.ladder == at).map(level).collect(),
    });
    let ages: Vec<Choice> = words.ages.iter().map(|age| Choice::new(&age.id, &age.name)).collect();
    Form {
        ladders: ladders.collect(),
        facets: facets(publication, &words, &needs, &areas, &ages),
        areas,
        ages,
        legal: choices(&words.legal),
        needs,
    }
}

fn facets(
    publication: &Publication,
    words: &Words,
    needs: &[Choice],
    areas: &[Choice],
    ages: &[Choice],
) -> Vec<FacetChoices> {
    let days = finder_words::FREE_WITHIN_DAYS.map(|days| match days {
        0 => Choice::new("now", "Free now"),
        days => Choice::new(&days.to_string(), &format!("Free within {days} days")),
    });
    let genders = [
        ("female", "Takes women or girls"),
        ("male", "Takes men or boys"),
        ("female-only", "Women or girls only"),
        ("male-only", "Men or boys only"),
    ];
    let register = [("yes", "On the regulator’s register"), ("no", "Not on its register")];
    let told = |text: &'static str| Choice::new(text, text);
    let contracts = publication.providers().flat_map(|provider| &provider.services);
    let mut contracts: Vec<Contract> =
        contracts.flat_map(|service| service.contracts.iter().copied()).collect();
    contracts.sort_unstable();
    contracts.dedup();
    let facet = |key, title, options| FacetChoices { key, title, note: "", options };
    let of = |pairs: &[(&str, &str)]| -> Vec<Choice> {
        pairs.iter().map(|(id, name)| Choice::new(id, name)).collect()
    };
    vec![
        facet("area", "Area", areas.to_vec()),
        facet("level", "Level of care", levels(words)),
        facet("type", "Type", choices(&words.types)),
        FacetChoices { note: "(all you tick)", ..facet("need", "Needs", needs.to_vec()) },
        facet("age", "Ages", ages.to_vec()),
        facet("gender", "Gender", of(&genders)),
        facet("legal", "Legal status", choices(&words.legal)),
        facet("free", "Free places", days.to_vec()),
        facet("rating", "Rating", RATINGS.map(words::rating).map(told).to_vec()),
        facet(
            "contract",
            "Contract",
            contracts.into_iter().map(words::contract).map(told).collect(),
        ),
        facet("register", "Regulation", of(&register)),
    ]
}

fn choices(words: &[Word]) -> Vec<Choice> {
    words.iter().map(|word| Choice::new(&word.id, &word.name)).collect()
}

fn level(level: &LevelWord) -> Choice {
    Choice::new(&level.word.id, &level.word.name)
}

/// Levels, each first one of a ladder under its name.
fn levels(words: &Words) -> Vec<Choice> {
    let mut ladder = None;
    let named = words.levels.iter().map(|word| {
        let begins = ladder.replace(word.ladder) != Some(word.ladder);
        let name = words.ladders.get(word.ladder).filter(|_| begins);
        Choice { group: name.cloned().unwrap_or_default(), ..level(word) }
    });
    named.collect()
}

/// Areas, each with how many others it lies in.
fn areas(words: &Words) -> Vec<Choice> {
    let mut depths: Vec<usize> = Vec::new();
    for area in &words.areas {
        depths.push(area.parent.and_then(|parent| depths.get(parent)).map_or(0, |above| above + 1));
    }
    let areas = words.areas.iter().zip(depths);
    areas.map(|(area, depth)| Choice { depth, ..Choice::new(&area.id, &area.name) }).collect()
}
