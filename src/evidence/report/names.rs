//! Names of places, levels and needs as people call them, safe in Markdown.

use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::disclosure::Publication;
use crate::evidence::market::{AreaId, LevelId, NeedId};

/// Says by name what a key says by id.
pub(super) struct Names<'a> {
    publication: &'a Publication,
}

impl<'a> Names<'a> {
    pub(super) fn of(publication: &'a Publication) -> Names<'a> {
        Names { publication }
    }

    pub(super) fn area(&self, id: &AreaId) -> String {
        let area = self.publication.areas().get(id.as_str());
        plain(area.map_or(id.as_str(), |area| area.name.as_str()))
    }

    pub(super) fn level(&self, id: &LevelId) -> String {
        let level = self.publication.vocabulary().levels.get(id);
        plain(level.map_or(id.as_str(), |level| level.name.as_str()))
    }

    pub(super) fn need(&self, id: &NeedId) -> String {
        let need = self.publication.vocabulary().needs.get(id);
        plain(need.map_or(id.as_str(), |need| need.name.as_str()))
    }

    /// `Kesterly, Acute inpatient`: whom a figure is about.
    pub(super) fn group(&self, key: &CellKey) -> String {
        let area = key.area.as_ref().map_or("the whole site".to_owned(), |id| self.area(id));
        let level = key.level.as_ref().map(|id| self.level(id));
        let need = key.need.as_ref().map(|id| self.need(id));
        let parts: Vec<String> = std::iter::once(area).chain(level).chain(need).collect();
        parts.join(", ")
    }
}

/// What a measure is called in the middle of a sentence.
pub(super) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Away => "people placed away",
        Measure::AwayAppropriately => "people away for a good reason",
        Measure::Need => "people who could come home",
        Measure::Matched => "people who could move soon",
        Measure::Gap => "the gap",
        Measure::GapLow => "the lower end of the gap",
        Measure::GapHigh => "the upper end of the gap",
        other => other.title(),
    }
}

/// A text on one line in which no letter means anything to Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            letter if letter.is_control() => plain.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                plain.push('\\');
                plain.push(letter);
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// A text as code, such as the name of a file.
pub(super) fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || "`|".contains(c) { ' ' } else { c }).collect();
    format!("`{text}`")
}
