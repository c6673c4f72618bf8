//! Figures that the publisher names in `data/disclosure.yaml`: never to be told, or withheld last.

use std::collections::BTreeSet;

use super::site_graph::Asked;
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::evidence::analysis::{CellKey, Counts, Measure};
use crate::evidence::market::{FigureName, Market};

/// Finds the figures that are named, and tells of those that the site does not have.
pub(super) fn find(market: &Market, counts: &Counts, out: &mut Vec<Diagnostic>) -> Asked {
    let mut find = |names: &[FigureName]| -> BTreeSet<CellKey> {
        let found = names.iter().filter_map(|name| match figure(name, counts) {
            Ok(key) => Some(key),
            Err(diagnostic) => {
                out.push(*diagnostic);
                None
            }
        });
        found.collect()
    };
    Asked { never: find(&market.never_publish), keep: find(&market.keep) }
}

fn figure(name: &FigureName, counts: &Counts) -> Result<CellKey, Box<Diagnostic>> {
    let ids = Measure::ALL.iter().map(|measure| measure.id());
    let Some(measure) = Measure::ALL.iter().find(|measure| measure.id() == name.of) else {
        let fault =
            Diagnostic::error(Code::UnknownFigure, format!("there is no figure `{}`", name.of));
        let help = match did_you_mean(&name.of, ids) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`placewise figures` lists all figures".to_owned(),
        };
        return Err(Box::new(fault.at(name.span).help(help)));
    };
    let key = CellKey {
        measure: *measure,
        area: name.area.clone(),
        level: name.level.clone(),
        need: name.need.clone(),
    };
    // Occupancy is worked out where there are places.
    let counted = match key.measure {
        Measure::Occupancy => CellKey { measure: Measure::Places, ..key.clone() },
        _ => key.clone(),
    };
    match counts.get(&counted) {
        Some(_) => Ok(key),
        None => Err(Box::new(
            Diagnostic::error(Code::UnknownFigure, "the site has no such figure")
                .at(name.span)
                .help("leave one of area, level and need out: `placewise figures` lists all"),
        )),
    }
}
