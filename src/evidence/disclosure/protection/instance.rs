//! A generic set of tables to be protected, as an auditor from outside brings it (disclosure §12).

use std::collections::BTreeMap;

use serde::Deserialize;

pub use super::named::Named;

/// Codes by the name of their dimension. A dimension that is absent is at its total.
pub type Coordinates = BTreeMap<String, String>;

/// Everything that protection needs to know.
#[derive(Clone)]
pub struct Instance {
    /// Dimensions, measures and tables.
    pub structure: Structure,
    /// The records that the cells are sums of.
    pub truth: Vec<Record>,
    /// Figures already published: nothing may be added or taken back.
    pub frozen: Vec<Row>,
}

/// One record: a part of the leaf that its coordinates name.
#[derive(Clone)]
pub struct Record {
    /// The name of its measure.
    pub measure: String,
    /// A leaf of each dimension.
    pub coordinates: Coordinates,
    /// Who contributed it. All records without a name count as one contributor.
    pub holder: String,
    /// A whole number, nought or more, in the unit of the measure.
    pub value: i64,
}

/// One published figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The table or quotient it belongs to.
    pub table: String,
    /// Its codes.
    pub coordinates: Coordinates,
    /// The number as shown, or the marker.
    pub value: String,
}

/// Dimensions, measures, tables and what the marker means.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// A word for people.
    #[serde(default)]
    pub name: String,
    /// Trees of codes.
    pub dims: Named<Dimension>,
    /// What is counted or added up.
    pub measures: Named<Measure>,
    /// What is published.
    pub tables: Vec<Table>,
    /// Published quotients.
    #[serde(default)]
    pub ratios: Vec<Quotient>,
    /// What the reader knows of a cell with this marker: its least and its greatest value.
    pub markers: Named<(Option<i64>, Option<i64>)>,
    /// Linear quantities that are protected as counts are.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Cells for which a given interval must stay possible.
    #[serde(default)]
    pub force_sensitive: Vec<Forced>,
    /// Tables and quotients that are published already.
    #[serde(default)]
    pub frozen_tables: Vec<String>,
    /// Cells that are withheld whatever they are, and protected like sensitive ones.
    #[serde(default)]
    pub never_publish: Vec<Place>,
    /// Cells that are not withheld for the sake of others.
    #[serde(default)]
    pub keep: Vec<Place>,
    /// Whether small leaves that no table shows are protected too.
    #[serde(default = "yes")]
    pub implied: bool,
}

fn yes() -> bool {
    true
}

/// A tree of codes.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// The root.
    pub total: String,
    /// Pairs of a child and its parent.
    pub edges: Vec<(String, String)>,
}

/// What is counted or added up.
#[derive(Clone, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Measure {
    /// People: sensitive when 1 to threshold - 1.
    Count {
        /// The least count that is shown.
        threshold: i64,
        /// A sensitive count keeps one possible value more than this.
        min_width: i64,
    },
    /// Amounts in whole units.
    Magnitude {
        /// No contributor may be estimated more closely than this share of its value, in percent.
        p: Option<i64>,
        /// Fewest contributors of a shown cell.
        min_holders: Option<usize>,
        /// Sensitive where this count is.
        count_measure: Option<String>,
    },
}

/// A table: every combination of the codes of its dimensions.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub id: String,
    /// The measure.
    pub measure: String,
    /// Dimensions that are spread out.
    pub dims: Vec<String>,
    /// Codes of dimensions that are not spread out.
    #[serde(default)]
    pub filter: Coordinates,
    /// Codes shown, where they are not all.
    #[serde(default)]
    pub levels: BTreeMap<String, Vec<String>>,
    /// Numbers are shown as the nearest multiple.
    pub rounding: Option<i64>,
    /// Whether a shown nought is exactly that. It is unless this says no, and then it may stand for
    /// an amount that rounds to nought; a shown count of nought always is one.
    pub zero_exact: Option<bool>,
    /// The least number that is shown besides nought; at least the threshold.
    pub min_shown: Option<i64>,
}

/// A published quotient: scale × numerator / denominator.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotient {
    /// Its name.
    pub id: String,
    /// Dimensions that are spread out.
    pub dims: Vec<String>,
    /// What stands above.
    pub num: Operand,
    /// What stands below.
    pub den: Operand,
    /// What it is multiplied with: 100 for a percentage.
    pub scale: i64,
    /// Digits after the point.
    pub decimals: u32,
}

/// One side of a quotient.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operand {
    /// The measure.
    pub measure: String,
    /// Codes besides those that are spread out.
    #[serde(default)]
    pub fix: Coordinates,
}

/// A linear quantity that is protected as counts are.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its name.
    pub id: String,
    /// Coefficients with cells.
    pub terms: Vec<(i64, String, Coordinates)>,
}

/// A cell.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The measure.
    pub measure: String,
    /// Where.
    #[serde(default)]
    pub coords: Coordinates,
}

/// A cell for which an interval must stay possible.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forced {
    /// The measure.
    pub measure: String,
    /// Where.
    pub coords: Coordinates,
    /// The least value of the interval.
    pub lo: i64,
    /// The greatest value of the interval.
    pub hi: i64,
}
