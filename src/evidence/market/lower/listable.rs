//! What listed gaps rest on and the vocabulary must say once there are placements.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{SourceSet, Span};

use super::super::ids::LevelId;
use super::super::placement::Placement;
use super::super::vocabulary::Vocabulary;

/// Tells which levels with placements have no target for occupancy, without which no beds can be
/// worked out (gap-analysis §15.13), and whether there are ages for which a service could be asked.
pub(super) fn check(
    sources: &SourceSet,
    vocabulary: &Vocabulary,
    untargeted: &BTreeMap<LevelId, Span>,
    placements: &[Placement],
    out: &mut Vec<Diagnostic>,
) {
    let levels: BTreeSet<&LevelId> = placements.iter().map(|row| &row.level).collect();
    for (level, at) in levels.iter().filter_map(|level| untargeted.get_key_value(*level)) {
        let message = format!("the level `{level}` has placements and no target_occupancy");
        out.push(
            Diagnostic::error(Code::ListingIncomplete, message)
                .at(*at)
                .help("add the share of places that can be filled, such as target_occupancy: 0.85"),
        );
    }
    if !placements.is_empty()
        && vocabulary.age_bands.is_empty()
        && let Some((id, _)) = sources.find("data/vocabulary.yaml")
    {
        let message = "there are placements and no age_bands, so no gap can be listed";
        out.push(
            Diagnostic::warning(Code::ListingIncomplete, message)
                .at(Span::start_of(id))
                .help("add the bands: age_bands: [{id: adults, name: Adults, min: 18, max: 64}]"),
        );
    }
}
