//! `data/areas.yaml`: every parent exists, is of a larger kind, and leads to a top.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{SourceSet, Span};

use super::super::area::{Area, AreaKind, AreaTree};
use super::super::ids::AreaId;
use super::super::record::words::RawArea;
use super::check::Check;
use super::{duplicate, file};

const PATH: &str = "data/areas.yaml";

pub(super) fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Option<AreaTree> {
    let (id, source, raw) = file::<Vec<RawArea>>(sources, PATH, true, out)?;
    let mut check = Check::new(id, source);
    if raw.is_empty() {
        check.push(
            Diagnostic::error(Code::MissingKey, "there is no area in this file")
                .at(Span::start_of(id))
                .help("a site needs at least one area; without any, no record could be placed"),
        );
    }
    let mut areas = BTreeMap::new();
    let mut places: BTreeMap<AreaId, Span> = BTreeMap::new();
    for record in &raw {
        let Some(area) = area(&mut check, record) else {
            continue;
        };
        let here = record.id.span(id);
        if let Some(before) = places.insert(area.id.clone(), here) {
            check.push(duplicate("areas", format!("`{}`", area.id), here, before));
        }
        areas.insert(area.id.clone(), area);
    }
    let mut told = BTreeSet::new();
    for record in &raw {
        // An area in or below a circle has no parent that would be right, so only the circle is
        // told.
        match circle(record, &areas) {
            Some(circle) => refuse_circle(&mut check, record, &circle, &mut told),
            None => relations(&mut check, record, &areas),
        }
    }
    let sound = check.diagnostics.is_empty();
    out.append(&mut check.diagnostics);
    sound.then(|| AreaTree::new(areas))
}

fn area(check: &mut Check, raw: &RawArea) -> Option<Area> {
    let kinds = [("region", AreaKind::Region), ("icb", AreaKind::Icb), ("place", AreaKind::Place)];
    let id = check.slug(&raw.id).and_then(AreaId::parse);
    let kind = check.word("kind of area", Some(&raw.kind), &kinds);
    let reference = |text: &Option<crate::load::yaml::Text>| {
        text.as_ref().and_then(|text| AreaId::parse(text.value.trim()))
    };
    let valid_from = check.date(raw.valid_from.as_ref());
    let valid_to = check.date(raw.valid_to.as_ref());
    check.in_order(("valid_from", valid_from), ("valid_to", valid_to, raw.valid_to.as_ref()));
    Some(Area {
        code: super::check::plain(raw.code.as_ref()),
        name: raw.name.value.trim().to_owned(),
        parent: reference(&raw.parent),
        centroid: check.point(raw.lat.as_ref(), raw.lon.as_ref()),
        population: check.count("population", raw.population.as_ref()),
        valid_from,
        valid_to,
        successor: reference(&raw.successor),
        id: id?,
        kind: kind?,
    })
}

fn relations(check: &mut Check, raw: &RawArea, areas: &BTreeMap<AreaId, Area>) {
    let known = areas.keys().map(AreaId::as_str);
    if let Some(successor) = &raw.successor {
        check.reference("area", successor, known.clone(), PATH);
    }
    let Some(area) = areas.get(raw.id.value.as_str()) else {
        return;
    };
    let parent = raw.parent.as_ref().and_then(|text| check.reference("area", text, known, PATH));
    let parent_kind = parent.and_then(|id| areas.get(id)).map(|area| area.kind);
    let at = raw.parent.as_ref().unwrap_or(&raw.kind).span(check.id);
    let wrong = match (area.kind, parent_kind) {
        (kind, Some(parent)) if parent <= kind => Some("its parent is not a larger kind of area"),
        (AreaKind::Place, None) if raw.parent.is_none() => Some("a place needs a parent"),
        _ => None,
    };
    if let Some(words) = wrong {
        check.push(
            Diagnostic::error(Code::AreaParent, format!("`{}`: {words}", area.id))
                .at(at)
                .help("a place belongs to an icb or a region, an icb to a region"),
        );
    }
}

/// The circle that the parents of an area lead into, if they never reach a top.
fn circle(raw: &RawArea, areas: &BTreeMap<AreaId, Area>) -> Option<BTreeSet<AreaId>> {
    let mut at = areas.get(raw.id.value.as_str())?;
    for _ in 0..areas.len() {
        at = areas.get(at.parent.as_ref()?)?;
    }
    // After as many steps as there are areas, the walk goes round.
    let mut round = BTreeSet::new();
    while round.insert(at.id.clone()) {
        at = areas.get(at.parent.as_ref()?)?;
    }
    Some(round)
}

/// Tells a circle once, at its first area; areas that only hang below it are not at fault.
fn refuse_circle(
    check: &mut Check,
    raw: &RawArea,
    circle: &BTreeSet<AreaId>,
    told: &mut BTreeSet<AreaId>,
) {
    let is_in = circle.iter().any(|id| id.as_str() == raw.id.value);
    if !is_in || circle.iter().any(|id| told.contains(id)) {
        return;
    }
    told.extend(circle.iter().cloned());
    let names: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
    let message = match names.as_slice() {
        [own] => format!("{own} is its own parent"),
        _ => format!("these areas are each other's parents: {}", names.join(", ")),
    };
    let span = raw.parent.as_ref().unwrap_or(&raw.id).span(check.id);
    check.push(
        Diagnostic::error(Code::AreaCycle, message)
            .at(span)
            .help("remove the parent that closes the circle"),
    );
}
