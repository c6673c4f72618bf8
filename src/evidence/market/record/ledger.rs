//! Shapes of `budget.yaml` and `discounts.yaml`.

use serde::Deserialize;

use super::site::record;
use crate::load::yaml::Text;

record! {
    /// One entry of `data/budget.yaml`.
    RawBudget {
        area: Text,
        year: Text,
        part: Option<Text>,
        amount_pounds: Text,
        percent: Option<Text>,
    }
    /// One entry of `data/discounts.yaml`.
    RawTier { provider: Text, year: Option<Text>, from_spend: Text, percent_off: Text, }
}
