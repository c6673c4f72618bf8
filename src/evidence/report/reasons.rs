//! Why a figure is withheld for another, in a sentence.

use super::names::{Names, measure};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::disclosure::Publication;
use crate::evidence::market::AreaId;

/// How a reader could come from a figure to the small one that it protects.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Both are about the same people, counted in parts that add up.
    Parts,
    /// The figure is a sum, the small one a part of it.
    Total,
    /// The small one is a sum, the figure a part of it.
    Part,
    /// Both are parts of one sum.
    Siblings,
    /// Over several sums.
    Far,
}

/// The way from `key` to `secret`, as far as the keys alone tell it.
pub(super) fn way(publication: &Publication, key: &CellKey, secret: &CellKey) -> Way {
    let areas = publication.areas();
    let differs = [
        key.measure != secret.measure,
        key.area != secret.area,
        key.level != secret.level,
        key.need != secret.need,
    ];
    match differs {
        [true, false, false, false] => Way::Parts,
        [false, true, false, false] => match (&key.area, &secret.area) {
            (None, Some(_)) => Way::Total,
            (Some(_), None) => Way::Part,
            (Some(of), Some(other)) if areas.is_within(other, of) => Way::Total,
            (Some(of), Some(other)) if areas.is_within(of, other) => Way::Part,
            (Some(of), Some(other)) => {
                let parent = |id: &AreaId| areas.get(id.as_str()).map(|area| &area.parent);
                if parent(of) == parent(other) { Way::Siblings } else { Way::Far }
            }
            (None, None) => Way::Far,
        },
        [false, false, true, false] => match (&key.level, &secret.level) {
            (None, Some(_)) => Way::Total,
            (Some(_), None) => Way::Part,
            _ => Way::Siblings,
        },
        _ => Way::Far,
    }
}

/// The sentence for a figure that is withheld so that editions do not tell of changes.
pub(super) const OF_CHANGES: &str = "hidden so that no number that hangs on it is told so closely \
                                     that the next edition would say how many people came or went";

/// The sentence for a figure that is withheld for another.
pub(super) fn sentence(
    publication: &Publication,
    names: &Names,
    key: &CellKey,
    secret: Option<&CellKey>,
) -> String {
    let Some(secret) = secret else {
        return match key.measure {
            Measure::GapLow | Measure::GapHigh => "hidden, as the ends of a range are told only \
                                                   where both the need and the gap of its group \
                                                   are"
            .to_owned(),
            _ => "hidden so that a small number that the site does not print, such as the people \
                  of one home, one level and one need, cannot be worked out"
                .to_owned(),
        };
    };
    let who = names.group(secret);
    let way = way(publication, key, secret);
    let across = match key.area != secret.area {
        true => "areas",
        false => "levels",
    };
    match way {
        Way::Parts => format!(
            "hidden so that {} there cannot be worked out from figures of the same people",
            measure(secret.measure)
        ),
        Way::Total => format!(
            "hidden so that {who} cannot be worked out by taking the other {across} off this total"
        ),
        Way::Part => format!("hidden so that {who} cannot be worked out by adding up its parts"),
        Way::Siblings => format!("hidden so that {who} cannot be worked out from the total"),
        Way::Far => format!(
            "hidden to protect small numbers that several sums tie it to, one of them {who} ({})",
            measure(secret.measure)
        ),
    }
}
