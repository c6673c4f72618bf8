//! What records may refer to, and the shared ways of looking it up.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::names::authority_key;
use crate::load::yaml::Text;

use super::super::area::{Area, AreaKind, AreaTree};
use super::super::ids::{AreaId, LegalId, LevelId, NeedId, TypeId};
use super::super::settings::Edition;
use super::super::vocabulary::Vocabulary;
use super::check::Check;

const VOCABULARY: &str = "data/vocabulary.yaml";

/// Areas and vocabulary of the site, and the day they must hold on.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) areas: &'a AreaTree,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) edition: Option<&'a Edition>,
}

impl Words<'_> {
    /// An area that exists on the day of the figures.
    pub(super) fn area(&self, check: &mut Check, text: Option<&Text>) -> Option<AreaId> {
        let text = text?;
        let id = check.reference("area", text, self.areas.ids(), "data/areas.yaml")?;
        let area = self.areas.get(id)?;
        if let Some(edition) = self.edition
            && !area.is_valid_on(edition.as_at)
        {
            // The successor would tell the value that stands in a sensitive file.
            let (name, help) = match (&area.successor, check.source().is_sensitive()) {
                (Some(_), true) => (
                    "this area".to_owned(),
                    "use its successor, which data/areas.yaml names".to_owned(),
                ),
                (Some(next), false) => {
                    (format!("the area `{id}`"), format!("use its successor `{next}`"))
                }
                (None, hidden) => (
                    if hidden { "this area".to_owned() } else { format!("the area `{id}`") },
                    "use an area that exists on that day".to_owned(),
                ),
            };
            check.push(
                Diagnostic::error(
                    Code::AreaNotValid,
                    format!("{name} does not exist on {}", edition.as_at),
                )
                .at(text.span(check.id))
                .help(help),
            );
        }
        Some(area.id.clone())
    }

    /// The area that the register's name of a local authority means: of areas of that name, the
    /// smallest that exists on the day of the figures, or the one that followed it.
    pub(super) fn area_of_authority(&self, name: &str) -> Option<AreaId> {
        let key = authority_key(name);
        let day = self.edition.map(|edition| edition.as_at);
        let exists = |area: &Area| day.is_none_or(|day| area.is_valid_on(day));
        let mut named: Vec<&Area> =
            self.areas.iter().filter(|area| authority_key(&area.name) == key).collect();
        named.sort_by_key(|area| (!exists(area), area.kind, area.id.clone()));
        let first = named.first()?;
        let mut found = *first;
        // At most as many steps as there are areas: successors could name each other.
        for _ in self.areas.iter() {
            match &found.successor {
                Some(next) if !exists(found) => found = self.areas.get(next.as_str())?,
                _ => break,
            }
        }
        Some(found.id.clone())
    }

    /// Tells when no area above one is of the kind to which a level is local: nothing there could
    /// ever match, without anybody noticing.
    pub(super) fn expect_scope(
        &self,
        check: &mut Check,
        area: Option<&AreaId>,
        level: Option<&LevelId>,
        at: Option<&Text>,
    ) {
        let (Some(area), Some(level), Some(at)) = (area, level, at) else { return };
        let Some(level) = self.vocabulary.levels.get(level) else { return };
        let coded_above = self.areas.get(area.as_str()).is_some_and(|a| a.kind > level.scope);
        if coded_above || self.areas.ancestor(area, level.scope).is_some() {
            return;
        }
        let kind = match level.scope {
            AreaKind::Region => "a region",
            AreaKind::Icb => "an icb",
            AreaKind::Place => "a place",
        };
        check.push(
            Diagnostic::error(Code::AreaParent, format!("this area does not belong to {kind}"))
                .at(at.span(check.id))
                .label("its level is local to such an area")
                .help("complete the tree in data/areas.yaml, or change the scope of the level"),
        );
    }

    pub(super) fn level(&self, check: &mut Check, text: Option<&Text>) -> Option<LevelId> {
        let known = self.vocabulary.levels.keys().map(LevelId::as_str);
        LevelId::parse(check.reference("level", text?, known, VOCABULARY)?)
    }

    pub(super) fn legal(&self, check: &mut Check, text: Option<&Text>) -> Option<LegalId> {
        let known = self.vocabulary.legal.keys().map(LegalId::as_str);
        LegalId::parse(check.reference("legal status", text?, known, VOCABULARY)?)
    }

    pub(super) fn kind(&self, check: &mut Check, text: &Text) -> Option<TypeId> {
        let known = self.vocabulary.types.keys().map(TypeId::as_str);
        TypeId::parse(check.reference("type of service", text, known, VOCABULARY)?)
    }

    pub(super) fn needs(
        &self,
        check: &mut Check,
        texts: Option<&Vec<Text>>,
    ) -> Option<BTreeSet<NeedId>> {
        let known = self.vocabulary.needs.keys().map(NeedId::as_str);
        let is_table = check.source().is_table();
        let is_joined = |text: &&Text| is_table && text.value.contains([',', ';', '/', '&', '+']);
        if let Some(text) = texts?.iter().find(is_joined) {
            let message = "this is not a list of needs".to_owned();
            let help = "put | between needs, such as autism|trauma";
            check.fault(Code::UnknownReference, text, message, help);
            return None;
        }
        let found = texts?
            .iter()
            .filter_map(|text| check.reference("need", text, known.clone(), VOCABULARY))
            .filter_map(NeedId::parse)
            .collect();
        Some(found)
    }
}
