//! The only door out: what may be told of a market and its analysis.
//!
//! [`protect`] takes both by value and all at once. There is no function that releases a single
//! table, and no setting that switches protection off. What comes out is a [`Publication`]: figures
//! as [`Published`], which nothing outside this module can make, and profiles of providers that
//! name every field they release.
//!
//! This version protects each figure on its own: small numbers are withheld and the others rounded,
//! by the profile of the site. It does not yet prove that a withheld figure cannot be worked out
//! from shown ones; until it does, `status: live` is refused when the settings are read.
//!
//! # What the compiler refuses
//!
//! A published figure can be read and passed on:
//!
//! ```
//! fn quote(figure: &placewise::evidence::disclosure::Published) -> String {
//!     format!("{:?}", figure.figure())
//! }
//! ```
//!
//! but not made:
//!
//! ```compile_fail,E0451
//! use placewise::evidence::analysis::{CellKey, Measure};
//! use placewise::evidence::disclosure::{Figure, Published};
//! let key = CellKey::whole(Measure::Gap);
//! let forged = Published { key, figure: Figure::Shown(3), at_least: false };
//! ```
//!
//! A public field of the market's areas can be printed:
//!
//! ```
//! fn print(beds: placewise::evidence::market::Beds) -> String {
//!     beds.0.to_string()
//! }
//! ```
//!
//! but a number of people has nothing that could be printed or read:
//!
//! ```compile_fail,E0616
//! fn print(people: placewise::evidence::market::People) -> String {
//!     people.0.to_string()
//! }
//! ```
//!
//! ```compile_fail,E0624
//! fn read(people: placewise::evidence::market::People) -> u32 {
//!     people.raw()
//! }
//! ```
//!
//! A public fact can be written as JSON:
//!
//! ```
//! fn write(name: &str) -> serde_json::Result<String> {
//!     serde_json::to_string(name)
//! }
//! ```
//!
//! but a number of people cannot:
//!
//! ```compile_fail,E0277
//! fn write(people: &placewise::evidence::market::People) -> serde_json::Result<String> {
//!     serde_json::to_string(people)
//! }
//! ```
//!
//! The market can be handed to the door:
//!
//! ```
//! use placewise::evidence::{analysis, disclosure, market::Market};
//! fn publish(market: Market) -> disclosure::Publication {
//!     let analysis = analysis::analyse(&market);
//!     disclosure::protect(market, analysis)
//! }
//! ```
//!
//! but its placements cannot be looked at:
//!
//! ```compile_fail,E0616
//! fn peep(market: &placewise::evidence::market::Market) -> usize {
//!     market.placements.len()
//! }
//! ```

mod figure;
mod log;
mod policy;
mod primary;
mod profile;
mod publication;

use super::analysis::Analysis;
use super::market::Market;

pub use super::analysis::{CellKey, Measure, Unit};
pub use super::market::{
    Accessibility, AccessibilityIssue, Address, AgeRange, Area, AreaId, AreaKind, AreaTree,
    Assumption, Beds, Compliance, Contact, Contract, Edition, Enforcement, GenderTaken,
    IssueReason, Ladder, Level, LevelId, Need, NeedId, Parameters, Point, ProviderId, Rating,
    Registration, RegulatorRating, Sector, ServiceId, ServiceType, Settings, SiteStatus, Status,
    TypeId, Vocabulary,
};
pub use figure::{Figure, Published};
pub use log::TableLog;
pub use policy::Policy;
pub use profile::{PublicProvider, PublicService, PublicVacancies};
pub use publication::Publication;

/// Turns everything that is known into what may be told, by the profile of the site.
pub fn protect(market: Market, analysis: Analysis) -> Publication {
    let policy = Policy::of(market.profile);
    let figures = primary::figures(&policy, &analysis.counts);
    publication::assemble(market, policy, figures)
}
