//! `data/plan.yaml`: places to be commissioned and decommissioned, year by year.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::{Located, Text};
use crate::sources::SourceSet;

use super::super::plan::{PlanStep, StepStatus};
use super::super::record::time::RawStep;
use super::changes::signed_places;
use super::check::{Check, plain};
use super::file;
use super::words::Words;

/// Furthest year after the edition that a plan or a projection may speak of.
const FURTHEST_YEARS: i16 = 50;

pub(super) fn read(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Vec<PlanStep> {
    let path = "data/plan.yaml";
    let Some((id, source, raw)) = file::<Vec<Located<RawStep>>>(sources, path, false, out) else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut steps: Vec<PlanStep> = Vec::new();
    for record in &raw {
        steps.extend(step(&mut check, &record.value, words));
    }
    refuse_twice(&mut check, &steps);
    out.append(&mut check.diagnostics);
    steps
}

fn step(check: &mut Check, raw: &RawStep, words: &Words) -> Option<PlanStep> {
    let year = year(check, Some(&raw.year), words);
    let area = words.area(check, Some(&raw.area));
    let level = words.level(check, Some(&raw.level));
    words.expect_scope(check, area.as_ref(), level.as_ref(), Some(&raw.area));
    let statuses = [
        ("proposed", StepStatus::Proposed),
        ("agreed", StepStatus::Agreed),
        ("scheduled", StepStatus::Scheduled),
        ("done", StepStatus::Done),
    ];
    let needs = words.needs(check, raw.needs.as_ref()).unwrap_or_default();
    let delta = signed_places(check, &raw.delta);
    let status = check.word("status", raw.status.as_ref(), &statuses).unwrap_or_default();
    Some(PlanStep {
        span: raw.delta.span(check.id),
        year: year?,
        area: area?,
        level: level?,
        needs,
        delta_places: delta?,
        status,
        note: plain(raw.note.as_ref()),
    })
}

/// A year from that of the as-at date on.
pub(super) fn year(check: &mut Check, text: Option<&Text>, words: &Words) -> Option<i16> {
    let first = words.edition.map_or(2000, |edition| edition.as_at.year());
    let last = first.saturating_add(FURTHEST_YEARS);
    let bounds = first.unsigned_abs().into()..=last.unsigned_abs().into();
    check.count_in("year", text, bounds).and_then(|year| i16::try_from(year).ok())
}

/// Two lines for the same places in one year would be counted twice; an opening and a closure are
/// not the same places.
fn refuse_twice(check: &mut Check, steps: &[PlanStep]) {
    let mut seen = BTreeMap::new();
    for step in steps {
        let needs: BTreeSet<_> = step.needs.iter().collect();
        let key = (step.year, &step.area, &step.level, needs, step.delta_places > 0, step.status);
        if let Some(before) = seen.insert(key, step.span) {
            check.push(
                Diagnostic::error(Code::DuplicateId, "two lines of the plan say the same")
                    .at(step.span)
                    .label("second line")
                    .also(before, "first line")
                    .help("write one line with the sum of both, or correct one of them"),
            );
        }
    }
}
