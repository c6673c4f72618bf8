//! Shapes of `changes.yaml` and `plan.yaml`.

use serde::Deserialize;

use super::provider::RawAge;
use super::site::record;
use crate::load::yaml::{Located, Text};

record! {
    /// One entry of `data/changes.yaml`.
    RawChange {
        service: Option<Text>,
        spec: Option<Located<RawNewService>>,
        date: Text,
        delta: Text,
        certainty: Text,
        reason: Option<Text>,
        public: Option<Text>,
    }
    /// A service that does not exist yet.
    RawNewService {
        area: Text,
        level: Text,
        needs: Option<Vec<Text>>,
        age: Option<RawAge>,
        gender: Option<Text>,
        legal: Option<Vec<Text>>,
    }
    /// One line of `data/plan.yaml`.
    RawStep {
        year: Text,
        area: Text,
        level: Text,
        needs: Option<Vec<Text>>,
        delta: Text,
        status: Option<Text>,
        note: Option<Text>,
    }
}
