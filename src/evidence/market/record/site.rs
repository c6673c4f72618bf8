//! Shapes of `site.yaml`, `analysis.yaml`, `disclosure.yaml` and `assumptions.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::guard::RawException;
use crate::load::yaml::{Located, Text};

macro_rules! record {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $($(#[$meta:meta])* $field:ident: $kind:ty,)* }
    )+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "a key may be accepted before anything is made of it")]
        pub(in crate::evidence::market) struct $name {
            $($(#[$meta])* pub(in crate::evidence::market) $field: $kind,)*
        }
    )+};
}
pub(in crate::evidence::market::record) use record;

record! {
    /// `data/site.yaml`.
    RawSite {
        title: Text,
        base_url: Text,
        publisher: Text,
        summary: Option<Text>,
        contact: RawContact,
        licence: Option<RawLicence>,
        status: Text,
        edition: RawEdition,
        brand_colour: Option<Text>,
        theme: Option<Text>,
        feedback: Option<Text>,
        freshness: Option<RawFreshness>,
        accessibility: Option<Located<RawAccessibility>>,
    }
    /// A role with its e-mail and telephone.
    RawContact { role: Option<Text>, email: Option<Text>, phone: Option<Text>, }
    /// Licence of the site.
    RawLicence { name: Text, url: Text, }
    /// Edition of the site.
    RawEdition { name: Text, date: Text, as_at: Text, next_review: Option<Text>, }
    /// Days after which records are out of date.
    RawFreshness {
        provider: Option<Text>,
        service: Option<Text>,
        score: Option<Text>,
        placement: Option<Text>,
        statement: Option<Text>,
    }
    /// Facts of the accessibility statement.
    RawAccessibility {
        compliance: Option<Text>,
        prepared: Option<Text>,
        reviewed: Option<Text>,
        tested: Option<RawTested>,
        issues: Option<Vec<RawIssue>>,
        alternatives: Option<Text>,
        contact: Option<RawContact>,
        response_days: Option<Text>,
        enforcement: Option<Text>,
    }
    /// A test of accessibility.
    RawTested { date: Text, by: Text, how: Text, }
    /// Something that is not accessible.
    RawIssue { what: Text, criterion: Option<Text>, reason: Text, plan: Option<Text>, }
    /// `data/analysis.yaml`.
    RawAnalysis {
        wait_days: Option<Text>,
        max_step: Option<Text>,
        quality_floor: Option<Text>,
        regulator_floor: Option<Text>,
        unknown_vacancy_hi: Option<Text>,
        min_people: Option<Text>,
        max_people: Option<Text>,
        max_tags: Option<Text>,
        max_specs: Option<Text>,
        full_probability: Option<Text>,
        weeks_per_year: Option<Text>,
        tag_premium: Option<Text>,
        detained_premium: Option<Text>,
        objective: Option<Text>,
        exchange: Option<Text>,
        forbidden_pairs: Option<Vec<Located<Vec<Text>>>>,
        any_gender_levels: Option<Vec<Text>>,
        review_intervals_days: Option<BTreeMap<String, Text>>,
        growth: Option<RawGrowth>,
    }
    /// Ids of the assumptions that say how need grows.
    RawGrowth { low: Text, central: Text, high: Text, }
    /// `data/disclosure.yaml`.
    RawDisclosure {
        profile: Option<Text>,
        exceptions: Option<Vec<RawException>>,
        never_publish: Option<Vec<Located<RawFigure>>>,
        keep: Option<Vec<Located<RawFigure>>>,
    }
    /// A figure, named as in a text that quotes it.
    RawFigure { of: Text, area: Option<Text>, level: Option<Text>, need: Option<Text>, }
    /// One entry of `data/assumptions.yaml`.
    RawAssumption {
        id: Text,
        value: Text,
        unit: Text,
        source: Text,
        as_at: Option<Text>,
        note: Option<Text>,
    }
}
