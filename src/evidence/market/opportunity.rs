//! Opportunities: what commissioners are going to buy, lot by lot, with its dates.
//!
//! Lots stand for themselves (domain §3, S2): one that nobody bids for does not stop the others.
//! Nothing here is about people: sizes are places, values are bands.

use jiff::civil::Date;

use super::ids::{AreaId, LevelId, NeedId, OpportunityId};
use super::provider::Contact;

/// How far a purchase has come: a notice of the Procurement Act 2023, or a step of the Provider
/// Selection Regime for health services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Pipeline notice, UK1.
    Pipeline,
    /// Preliminary market engagement notice, UK2.
    Engagement,
    /// Planned procurement notice, UK3.
    Planned,
    /// Tender notice, UK4.
    Tender,
    /// Transparency notice of a direct award, UK5.
    Transparency,
    /// Provider Selection Regime: the intended approach is published.
    RegimeIntention,
    /// Provider Selection Regime: offers are invited.
    RegimeOffers,
    /// Provider Selection Regime: a provider is chosen, and the standstill period runs.
    RegimeStandstill,
    /// Provider Selection Regime: the award is confirmed.
    RegimeAward,
}

/// How far a lot has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LotStatus {
    /// Not yet open.
    Planned,
    /// Bids can be made.
    Open,
    /// Bids are being looked at.
    Evaluating,
    /// It is awarded.
    Awarded,
    /// Nobody made a bid that could be accepted.
    NoBids,
    /// It was taken back.
    Withdrawn,
}

/// What a lot is worth over its whole term; never the sum itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueBand {
    /// Under 100,000 pounds.
    Under100k,
    /// 100,000 to 500,000 pounds.
    From100k,
    /// 500,000 to 1 million pounds.
    From500k,
    /// 1 to 5 million pounds.
    From1m,
    /// 5 to 10 million pounds.
    From5m,
    /// 10 million pounds or more.
    From10m,
}

/// A part that can be bid for by itself.
#[derive(Clone, Debug)]
pub struct Lot {
    /// Its id within the opportunity.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, as Markdown.
    pub about: Option<String>,
    /// Fewest and most places.
    pub places: Option<(u32, u32)>,
    /// Whether several providers are wanted.
    pub is_for_several: Option<bool>,
    /// How far it has come; not stated if absent.
    pub status: Option<LotStatus>,
    /// What it is worth.
    pub value_band: Option<ValueBand>,
}

/// A day in the course of a purchase.
#[derive(Clone, Debug)]
pub struct Step {
    /// The day.
    pub date: Date,
    /// What happens on it.
    pub what: String,
    /// Where, if it is something to go to.
    pub place: Option<String>,
    /// Where to read more, or to book.
    pub url: Option<String>,
}

/// A published notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day on which it was published.
    pub date: Option<Date>,
}

/// The need that a purchase is to meet: an area, a level, and people's needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// For people from here and from the areas within.
    pub area: AreaId,
    /// At this level.
    pub level: LevelId,
    /// For these needs; none named means any.
    pub needs: Vec<NeedId>,
}

/// An earlier try to buy the same.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When it ended.
    pub date: Option<Date>,
    /// How it ended.
    pub outcome: String,
    /// What it taught.
    pub learned: Option<String>,
}

/// Something that commissioners are going to buy.
#[derive(Clone, Debug)]
pub struct Opportunity {
    /// Its id, the name of its file.
    pub id: OpportunityId,
    /// Its title.
    pub title: String,
    /// What it is, as Markdown.
    pub about: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// Its lots in the order of the file.
    pub lots: Vec<Lot>,
    /// Its dates, earliest first.
    pub dates: Vec<Step>,
    /// Events for providers, earliest first.
    pub events: Vec<Step>,
    /// Published notices.
    pub notices: Vec<Notice>,
    /// Whom to ask.
    pub contact: Contact,
    /// Which needs it is to meet.
    pub answers: Vec<Answer>,
    /// What was tried before.
    pub previous_attempts: Vec<Attempt>,
}
