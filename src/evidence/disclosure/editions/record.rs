//! Shape of a lock in `data/editions/`, format 2.

use serde::Deserialize;

use crate::load::yaml::Text;

/// The form that this version writes and reads.
pub(super) const FORMAT: &str = "2";

macro_rules! record {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $($field:ident: $kind:ty,)* }
    )+) => {$(
        $(#[doc = $doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $(pub(super) $field: $kind,)*
        }
    )+};
}

record! {
    /// The whole file.
    RawLock {
        format: Text,
        name: Text,
        date: Text,
        as_at: Text,
        signed_off_by: Text,
        profile: RawProfile,
        fewest_people: Text,
        figures: Vec<RawFigure>,
        listed_gaps: Vec<RawListed>,
        also_wanted: Vec<RawLine>,
        free_places: Vec<RawFree>,
    }
    /// The rules by which the figures were withheld and rounded.
    RawProfile { name: Text, threshold: Text, rounding: Text, zeros: Text, }
    /// One figure: its cell, and what was told of it.
    RawFigure {
        of: Text,
        area: Option<Text>,
        level: Option<Text>,
        need: Option<Text>,
        value: Text,
        at_least: Option<Text>,
    }
    /// A listed gap.
    RawListed {
        id: Text,
        area: Text,
        level: Text,
        needs: Vec<Text>,
        ages: RawAges,
        gender: Text,
        legal: Vec<Text>,
        people: RawEnds,
        beds_busy: Option<RawEnds>,
        beds_seldom_full: Option<RawEnds>,
        pounds_a_week: Option<RawPrice>,
    }
    /// A line of what else is wanted.
    RawLine { area: Text, level: Text, wanted: Vec<Text>, people: RawEnds, }
    /// Free places of a service as they were told.
    RawFree { service: Text, free: Text, }
    /// Youngest and oldest age.
    RawAges { min: Text, max: Text, }
    /// Two ends; no upper one means "or more".
    RawEnds { low: Text, high: Option<Text>, }
    /// What a week may cost, in whole pounds.
    RawPrice { low: Text, high: Text, basis: Text, }
}
