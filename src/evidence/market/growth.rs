//! How need grows from year to year beyond what the population explains.

/// Growth of need in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearlyGrowth {
    /// Growth in a year, in millionths: 5,000 is half a per cent. It may be below zero.
    pub millionths: i32,
    /// The assumption that says so; absent where nothing is assumed, which is no growth.
    pub assumption: Option<String>,
}

/// Growth of need in the three scenarios, never falling from one to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// In the hopeful scenario.
    pub low: YearlyGrowth,
    /// In the central one.
    pub central: YearlyGrowth,
    /// In the cautious one.
    pub high: YearlyGrowth,
}
