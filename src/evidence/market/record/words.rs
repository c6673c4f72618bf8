//! Shapes of `areas.yaml`, `vocabulary.yaml` and of placement rows.

use serde::Deserialize;

use super::site::record;
use crate::load::yaml::Text;

record! {
    /// One entry of `data/areas.yaml`.
    RawArea {
        id: Text,
        code: Option<Text>,
        name: Text,
        kind: Text,
        parent: Option<Text>,
        lat: Option<Text>,
        lon: Option<Text>,
        population: Option<Text>,
        valid_from: Option<Text>,
        valid_to: Option<Text>,
        successor: Option<Text>,
    }
    /// `data/vocabulary.yaml`.
    RawVocabulary {
        ladders: Option<Vec<RawLadder>>,
        needs: Option<Vec<RawNeed>>,
        types: Option<Vec<RawType>>,
        legal: Option<Vec<RawLegal>>,
        age_bands: Option<Vec<RawAgeBand>>,
        quality: Option<Vec<RawScore>>,
    }
    /// A ladder.
    RawLadder { id: Text, name: Text, about: Option<Text>, levels: Vec<RawLevel>, }
    /// A level.
    RawLevel {
        id: Text,
        name: Text,
        about: Option<Text>,
        scope: Text,
        max_km: Option<Text>,
        target_occupancy: Option<Text>,
        price_default: Option<Text>,
    }
    /// A need.
    RawNeed { id: Text, name: Text, about: Option<Text>, synonyms: Option<Vec<Text>>, }
    /// A type of service.
    RawType { id: Text, name: Text, cqc: Option<Vec<Text>>, level: Option<Text>, }
    /// A legal status.
    RawLegal { id: Text, name: Text, detained: Option<Text>, }
    /// A band of ages.
    RawAgeBand { id: Text, name: Text, min: Text, max: Text, }
    /// A score of the quality scale.
    RawScore { score: Text, name: Text, }
    /// One row of people placed out of area, from YAML.
    RawPlacement {
        id: Option<Text>,
        home: Option<Text>,
        level: Option<Text>,
        needs: Option<Vec<Text>>,
        age: Option<Text>,
        gender: Option<Text>,
        legal: Option<Text>,
        people: Option<Text>,
        weekly_cost_pounds: Option<Text>,
        review_due: Option<Text>,
        last_review: Option<Text>,
        ready: Option<Text>,
        placed_since: Option<Text>,
        current_service: Option<Text>,
        reason: Option<Text>,
        distance_km: Option<Text>,
        provider: Option<Text>,
        stay_days: Option<Text>,
    }
}
