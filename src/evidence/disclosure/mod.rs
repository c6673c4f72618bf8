//! The only door out: what may be told of a market and its analysis.
//!
//! [`protect`] takes both by value and all at once. There is no function that releases a single
//! table, and no setting that switches protection off. What comes out is a [`Publication`]: figures
//! as [`Published`], which nothing outside this module can make, and profiles of providers that
//! name every field they release.
//!
//! Small numbers are withheld and the others rounded, by the profile of the site. Then everything
//! about people placed away, in all, by need and in lines, is one cell graph (`site_graph`):
//! figures that would give a small number away are withheld as well, and lines of gaps are given
//! up (`gaps`). Who could be taken is worked out from what everybody can read (`openings`), so that
//! no figure tells of a score or of free places that may not be told. Where a small number could
//! be worked out all the same, nothing is published.
//!
//! # What is open
//!
//! - That a figure of residents is told says that the others are enough beside the two largest
//!   providers: this is not held against them (`site_graph`). An edition tells no residents.
//!
//! # What the compiler refuses
//!
//! Each example that must not compile follows one that does and differs from it in one line, so
//! that nothing but that line can be what is refused. (Nothing here is run: a `Market` is made
//! only by reading files.) That the same holds within this crate, outside `evidence`, is proved by
//! `tests/it/privacy.rs`.
//!
//! A published figure can be copied:
//!
//! ```
//! use placewise::evidence::disclosure::{CellKey, Figure, Published};
//! fn quote(figure: &Published, key: CellKey) -> Published {
//!     figure.clone()
//! }
//! ```
//!
//! but not made:
//!
//! ```compile_fail,E0451
//! use placewise::evidence::disclosure::{CellKey, Figure, Published};
//! fn quote(figure: &Published, key: CellKey) -> Published {
//!     Published { key, figure: Figure::Shown(3), at_least: false }
//! }
//! ```
//!
//! ```compile_fail,E0624
//! use placewise::evidence::disclosure::{CellKey, Figure, Published};
//! fn quote(figure: &Published, key: CellKey) -> Published {
//!     Published::new(key, Figure::Shown(3), false)
//! }
//! ```
//!
//! A number of people can be passed on, and says only that it is withheld:
//!
//! ```
//! fn tell(people: placewise::evidence::market::People) -> String {
//!     format!("{people:?}")
//! }
//! ```
//!
//! but not printed:
//!
//! ```compile_fail,E0277
//! fn tell(people: placewise::evidence::market::People) -> String {
//!     format!("{people}")
//! }
//! ```
//!
//! nor read:
//!
//! ```compile_fail,E0616
//! fn tell(people: placewise::evidence::market::People) -> String {
//!     format!("{:?}", people.0)
//! }
//! ```
//!
//! ```compile_fail,E0624
//! fn tell(people: placewise::evidence::market::People) -> String {
//!     format!("{:?}", people.raw())
//! }
//! ```
//!
//! A name can be written as JSON:
//!
//! ```
//! fn write(name: &str, people: &placewise::evidence::market::People) -> String {
//!     serde_json::to_string(name).unwrap_or_default()
//! }
//! ```
//!
//! but a number of people cannot:
//!
//! ```compile_fail,E0277
//! fn write(name: &str, people: &placewise::evidence::market::People) -> String {
//!     serde_json::to_string(people).unwrap_or_default()
//! }
//! ```
//!
//! Two numbers of beds can be compared:
//!
//! ```
//! use placewise::evidence::market::{Beds, People};
//! fn alike(beds: [Beds; 2], people: [People; 2]) -> bool {
//!     beds[0] == beds[1]
//! }
//! ```
//!
//! but two numbers of people cannot:
//!
//! ```compile_fail,E0369
//! use placewise::evidence::market::{Beds, People};
//! fn alike(beds: [Beds; 2], people: [People; 2]) -> bool {
//!     people[0] == people[1]
//! }
//! ```
//!
//! No beds can be had from nothing:
//!
//! ```
//! use placewise::evidence::market::{Beds, People};
//! fn none() -> impl Copy {
//!     Beds::default()
//! }
//! ```
//!
//! but nobody cannot:
//!
//! ```compile_fail,E0599
//! use placewise::evidence::market::{Beds, People};
//! fn none() -> impl Copy {
//!     People::default()
//! }
//! ```
//!
//! A market can be handed to the door:
//!
//! ```
//! use placewise::evidence::{analysis, disclosure, market::Market};
//! fn publish(market: Market) -> usize {
//!     let analysis = analysis::analyse(&market);
//!     disclosure::protect(market, analysis).value.map_or(0, |told| told.figures().count())
//! }
//! ```
//!
//! but its placements, and what follows from them, cannot be looked at:
//!
//! ```compile_fail,E0616
//! use placewise::evidence::{analysis, disclosure, market::Market};
//! fn publish(market: Market) -> usize {
//!     let analysis = analysis::analyse(&market);
//!     market.placements.len()
//! }
//! ```
//!
//! ```compile_fail,E0616
//! use placewise::evidence::{analysis, disclosure, market::Market};
//! fn publish(market: Market) -> usize {
//!     let analysis = analysis::analyse(&market);
//!     analysis.counts.iter().count()
//! }
//! ```

mod asked;
mod audit;
mod decided;
mod editions;
mod figure;
mod fitting;
mod gaps;
mod log;
mod openings;
mod opportunities;
mod policy;
mod primary;
mod profile;
pub mod protection;
mod publication;
mod site_graph;

use super::analysis::Analysis;
use super::market::Market;
use super::private::Cache;
use crate::diagnostics::Outcome;
use decided::Purpose;

pub use super::analysis::{CellKey, Measure, Specification, Unit};
pub use super::market::{
    Accessibility, AccessibilityIssue, Address, AgeRange, Answer, Area, AreaId, AreaKind, AreaTree,
    Assumption, Beds, Compliance, Contact, Contract, Edition, Enforcement, GenderTaken,
    IssueReason, Ladder, LegalId, Level, LevelId, Lot, LotStatus, Need, NeedId, Objective,
    OpportunityId, Parameters, Point, ProviderId, Rating, Ratio, Registration, RegulatorRating,
    Sector, ServiceId, ServiceType, Settings, SiteStatus, Stage, Status, Step, TypeId, ValueBand,
    Vocabulary,
};
pub use audit::{Audit, Sheet};
pub(in crate::evidence) use editions::to_be_told;
pub use editions::{
    EditionRequest, EditionSummary, Editions, NewEdition, NotMade, SignedEdition, freeze, publish,
};
pub use figure::{Figure, Published};
pub(in crate::evidence) use gaps::lines::Key as LineKey;
pub use gaps::{
    AlsoWanted, Ask, Band, BedRange, BedRanges, GapKind, LocalOffer, Nearest, NeedsOfLine, Offered,
    PriceBand, PriceBasis, PublicGap, PublicGaps, Unlisted, Verdict, verdict,
};
pub use log::TableLog;
pub(in crate::evidence) use log::shape;
pub use opportunities::PublicOpportunity;
pub use policy::Policy;
pub use profile::{PublicProvider, PublicService, PublicVacancies};
pub use publication::Publication;
pub(in crate::evidence) use site_graph::Decision;

/// Turns everything that is known into what may be told, by the profile of the site.
///
/// There is no publication if a figure is named that the site does not have, or if a small number
/// of people could be worked out whatever is withheld.
pub fn protect(market: Market, analysis: Analysis) -> Outcome<Publication> {
    protect_again(market, analysis, &Cache::none())
}

/// The same, where it may have been decided before.
fn protect_again(market: Market, analysis: Analysis, cache: &Cache) -> Outcome<Publication> {
    let purpose = Purpose::Alone;
    let Outcome { value, diagnostics } = decided::decide_again(&market, &analysis, purpose, cache);
    let publication = value.map(|whole| {
        let watched = whole.watched(&market, &analysis);
        let told = (whole.figures, whole.decisions);
        publication::assemble(market, whole.policy, told, whole.gaps, watched, None)
    });
    Outcome { value: publication, diagnostics }
}
