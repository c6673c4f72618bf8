//! What a gap asks of a service, in words that go on from "you would need to".

use serde::Serialize;

use super::gap_tables::area_name;
use super::{Material, cards, gap_words, words};
use crate::evidence::disclosure::{
    AgeRange, Ask, GenderTaken, LegalId, LevelId, NeedId, NeedsOfLine, PublicService,
};

/// One thing that a gap asks.
#[derive(Clone, Debug, Serialize)]
pub struct AskView {
    /// What kind of thing, such as `need`.
    pub kind: &'static str,
    /// What it is about: an id, or ages such as `18-64`.
    pub of: String,
    /// In words: `offer care for autism`.
    pub text: String,
}

/// All that a gap asks, in its order.
pub fn views(material: Material, asks: &[Ask]) -> Vec<AskView> {
    let ages = asks.iter().find_map(|ask| match ask {
        Ask::Ages(ages) => Some(*ages),
        _ => None,
    });
    asks.iter().map(|ask| view(material, ask, ages)).collect()
}

fn view(material: Material, ask: &Ask, ages: Option<AgeRange>) -> AskView {
    let (kind, of) = ask.parts();
    let text = match ask {
        Ask::Level(id) => format!("offer {}", level(material, id)),
        Ask::Area(id) => format!("be in {}", area_name(material.publication, id)),
        Ask::Serves(id) => {
            format!("take people from all of {}", area_name(material.publication, id))
        }
        Ask::Need(id) => format!("offer care for {}", need(material, id)),
        Ask::Ages(AgeRange { min: 0, max: 100.. }) => "take people of all ages".to_owned(),
        Ask::Ages(ages) => format!("take people aged {}", gap_words::ages(*ages)),
        Ask::Gender(GenderTaken::Any) => "take people of any gender".to_owned(),
        Ask::Gender(gender) => format!("take {}", words::gender(*gender, ages).to_lowercase()),
        Ask::Legal(id) => format!("take people whose legal status is {}", legal(material, id)),
    };
    AskView { kind, of, text }
}

fn level(material: Material, id: &LevelId) -> String {
    let levels = &material.publication.vocabulary().levels;
    in_sentence(levels.get(id).map_or(id.to_string(), |level| level.name.clone()))
}

fn need(material: Material, id: &NeedId) -> String {
    in_sentence(cards::needs(material, std::iter::once(id.as_str())).concat())
}

fn legal(material: Material, id: &LegalId) -> String {
    gap_words::legal_text(material, std::iter::once(id))
}

fn in_sentence(name: String) -> String {
    gap_words::in_sentence(vec![name]).concat()
}

/// How needs of a line are asked, as pages and downloads write it.
pub fn needs_of_line(needs: NeedsOfLine) -> &'static str {
    match needs {
        NeedsOfLine::Together => "together",
        NeedsOfLine::Among => "among",
    }
}

/// A service described as the address of the page that checks it: what follows the `#`.
///
/// Browsers keep this part to themselves: no request carries it.
pub fn state(service: &PublicService) -> String {
    let offered = service.offered();
    let mut parts: Vec<(&str, String)> = Vec::new();
    parts.extend(offered.level.map(|id| ("level", id.to_string())));
    parts.extend(offered.area.map(|id| ("area", id.to_string())));
    parts.extend(offered.needs.into_iter().flatten().map(|id| ("need", id.to_string())));
    if let Some(ages) = offered.age {
        parts.push(("min", ages.min.to_string()));
        parts.extend((ages.max < NO_LIMIT).then(|| ("max", ages.max.to_string())));
    }
    parts.extend(offered.gender.map(|gender| Ask::Gender(gender).parts()));
    parts.extend(offered.legal.into_iter().flatten().map(|id| ("legal", id.to_string())));
    if !offered.serves.is_empty() {
        let areas: Vec<&str> = offered.serves.iter().map(|id| id.as_str()).collect();
        parts.push(("serves", areas.join("*")));
    }
    parts.extend(service.places.map(|beds| ("places", beds.0.to_string())));
    let pairs: Vec<String> = parts.iter().map(|(name, of)| format!("{name}={of}")).collect();
    pairs.join("&")
}

/// The oldest age where a record gives no limit.
const NO_LIMIT: u8 = 130;
