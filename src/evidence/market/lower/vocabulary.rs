//! `data/vocabulary.yaml`: ladders, needs, types, legal statuses, age bands, quality scale.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, has_errors};
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::area::AreaKind;
use super::super::ids::{LadderId, LegalId, LevelId, NeedId, TypeId};
use super::super::quantities::AgeRange;
use super::super::record::words::{
    RawAgeBand, RawLadder, RawLegal, RawLevel, RawNeed, RawType, RawVocabulary,
};
use super::super::vocabulary::{AgeBand, Ladder, Level, Need, ServiceType, Vocabulary};
use super::check::{Check, plain};
use super::{duplicate, file};

impl Vocabulary {
    /// Whether any words are known at all; a file that could not be read leaves none.
    pub(super) fn is_known(&self) -> bool {
        !self.needs.is_empty() || !self.types.is_empty() || !self.levels.is_empty()
    }
}

/// The words of a site, and where those that listed gaps rest on ought to stand.
#[derive(Default)]
pub(super) struct Read {
    pub(super) words: Vocabulary,
    /// Levels that state no target for occupancy.
    pub(super) untargeted: BTreeMap<LevelId, Span>,
    /// Whether the file was read without an error: what is missing from another may be its fault.
    pub(super) is_sound: bool,
}

pub(super) fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Option<Read> {
    let (id, source, raw) = file::<RawVocabulary>(sources, "data/vocabulary.yaml", true, out)?;
    let check = Check::new(id, source);
    let mut reader = Reader { check, seen: BTreeMap::new(), untargeted: BTreeMap::new() };
    let mut words = Vocabulary::default();
    for ladder in raw.ladders.iter().flatten() {
        reader.ladder(ladder, &mut words);
    }
    for need in raw.needs.iter().flatten() {
        reader.need(need, &mut words);
    }
    for kind in raw.types.iter().flatten() {
        reader.kind(kind, &mut words);
    }
    for status in raw.legal.iter().flatten() {
        reader.legal(status, &mut words);
    }
    for band in raw.age_bands.iter().flatten() {
        words.age_bands.extend(reader.age_band(band));
    }
    for entry in raw.quality.iter().flatten() {
        if let Some(score) = reader.check.count_in("score", Some(&entry.score), 0..=10) {
            words.quality.insert(score as u8, name(&entry.name));
        }
    }
    if !words.is_known() && reader.check.diagnostics.is_empty() {
        reader.check.push(
            Diagnostic::error(Code::MissingKey, "there are no words in this file")
                .at(Span::start_of(id))
                .help("a site needs at least one ladder, need or type of service"),
        );
    }
    let is_sound = !has_errors(&reader.check.diagnostics);
    out.append(&mut reader.check.diagnostics);
    Some(Read { words, untargeted: reader.untargeted, is_sound })
}

struct Reader<'a> {
    check: Check<'a>,
    seen: BTreeMap<(&'static str, String), Span>,
    untargeted: BTreeMap<LevelId, Span>,
}

impl Reader<'_> {
    /// An id that nothing of the same kind has used before.
    fn id<T>(
        &mut self,
        kind: &'static str,
        text: &Text,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let id = parse(self.check.slug(text)?)?;
        let here = self.check.span(text);
        if let Some(before) = self.seen.insert((kind, text.value.clone()), here) {
            self.check.push(duplicate(kind, format!("`{}`", text.value), here, before));
        }
        Some(id)
    }

    fn ladder(&mut self, raw: &RawLadder, words: &mut Vocabulary) {
        let Some(id) = self.id("ladders", &raw.id, LadderId::parse) else {
            return;
        };
        let mut levels = Vec::new();
        for raw_level in &raw.levels {
            if let Some(level) = self.level(raw_level, &id, levels.len()) {
                levels.push(level.id.clone());
                words.levels.insert(level.id.clone(), level);
            }
        }
        let about = plain(raw.about.as_ref());
        words.ladders.push(Ladder { id, name: name(&raw.name), about, levels });
    }

    fn level(&mut self, raw: &RawLevel, ladder: &LadderId, rank: usize) -> Option<Level> {
        let scopes =
            [("region", AreaKind::Region), ("icb", AreaKind::Icb), ("place", AreaKind::Place)];
        let id = self.id("levels", &raw.id, LevelId::parse);
        if let (Some(id), None) = (&id, &raw.target_occupancy) {
            self.untargeted.insert(id.clone(), self.check.span(&raw.id));
        }
        let check = &mut self.check;
        let scope = check.word("scope", Some(&raw.scope), &scopes);
        let max_km = check.count("max_km", raw.max_km.as_ref());
        let target_occupancy = check.share("target_occupancy", raw.target_occupancy.as_ref());
        let price_default = check.pounds(raw.price_default.as_ref());
        Some(Level {
            id: id?,
            name: name(&raw.name),
            about: plain(raw.about.as_ref()),
            ladder: ladder.clone(),
            rank,
            scope: scope?,
            max_km,
            target_occupancy,
            price_default,
        })
    }

    fn need(&mut self, raw: &RawNeed, words: &mut Vocabulary) {
        let Some(id) = self.id("needs", &raw.id, NeedId::parse) else {
            return;
        };
        let need = Need {
            id: id.clone(),
            name: name(&raw.name),
            about: plain(raw.about.as_ref()),
            synonyms: list(raw.synonyms.as_ref()),
        };
        words.needs.insert(id, need);
    }

    fn kind(&mut self, raw: &RawType, words: &mut Vocabulary) {
        let Some(id) = self.id("types", &raw.id, TypeId::parse) else {
            return;
        };
        let known = words.levels.keys().map(LevelId::as_str);
        let level = raw
            .level
            .as_ref()
            .and_then(|text| self.check.reference("level", text, known, "this file"))
            .and_then(LevelId::parse);
        let kind = ServiceType {
            id: id.clone(),
            name: name(&raw.name),
            cqc: list(raw.cqc.as_ref()),
            level,
        };
        words.types.insert(id, kind);
    }

    fn legal(&mut self, raw: &RawLegal, words: &mut Vocabulary) {
        let answers = [("yes", true), ("no", false), ("true", true), ("false", false)];
        let stated = self.check.word("answer", raw.detained.as_ref(), &answers);
        let Some(id) = self.id("legal statuses", &raw.id, LegalId::parse) else {
            return;
        };
        if stated.unwrap_or(id.as_str() == "detained") {
            words.detained.insert(id.clone());
        }
        words.legal.insert(id, name(&raw.name));
    }

    fn age_band(&mut self, raw: &RawAgeBand) -> Option<AgeBand> {
        let check = &mut self.check;
        let min = check.count_in("min", Some(&raw.min), 0..=130);
        let max = check.count_in("max", Some(&raw.max), min.unwrap_or(0)..=130);
        let id = check.slug(&raw.id).map(str::to_owned);
        let ages = AgeRange { min: min? as u8, max: max? as u8 };
        Some(AgeBand { id: id?, name: name(&raw.name), ages })
    }
}

fn name(text: &Text) -> String {
    text.value.trim().to_owned()
}

fn list(texts: Option<&Vec<Text>>) -> Vec<String> {
    texts.into_iter().flatten().map(name).filter(|word| !word.is_empty()).collect()
}
