//! Shapes of `outcomes.yaml`.

use serde::Deserialize;

use super::site::record;
use crate::load::yaml::Text;

record! {
    /// One entry of `data/outcomes.yaml`.
    RawOutcome {
        id: Text,
        group: Text,
        text: Text,
        counts: Text,
        work_stream: Option<Text>,
        indicator: Option<Text>,
        average: Option<Text>,
        baseline: Option<Text>,
        target: Option<Text>,
        owner: Option<Text>,
        measurements: Option<Vec<RawMeasurement>>,
    }
    /// One measurement of an outcome.
    RawMeasurement { period: Text, value: Text, n: Option<Text>, average: Option<Text>, }
}
