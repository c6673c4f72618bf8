//! What the publisher says about the site itself: `data/site.yaml` and the disclosure profile.

use jiff::civil::Date;

use super::ids::{AreaId, LevelId, NeedId};
use super::provider::Contact;
use crate::sources::Span;

/// Whether the site is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteStatus {
    /// Published figures about real people.
    Live,
    /// Invented data, marked so on every page.
    Example,
    /// In preparation, marked so on every page.
    Draft,
}

/// A set of rules for what may be told; see `evidence::disclosure`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProfileName {
    /// Fewer than 5 hidden, others to the nearest 5, zero hidden.
    #[default]
    NhsMhsds,
    /// 1 to 7 hidden, others to the nearest 5.
    NhsSecondaryCare,
    /// 1 and 2 hidden, others exact.
    Ons3,
    /// Fewer than 10 hidden, others exact.
    Ten,
}

impl ProfileName {
    /// Each profile under the word by which files name it.
    pub(in crate::evidence) const WORDS: [(&'static str, ProfileName); 4] = [
        ("nhs-mhsds", ProfileName::NhsMhsds),
        ("nhs-secondary-care", ProfileName::NhsSecondaryCare),
        ("ons-3", ProfileName::Ons3),
        ("ten", ProfileName::Ten),
    ];

    /// Counts of people below this number are withheld (disclosure §1).
    pub(in crate::evidence) const fn threshold(self) -> u32 {
        match self {
            ProfileName::NhsMhsds => 5,
            ProfileName::NhsSecondaryCare => 8,
            ProfileName::Ons3 => 3,
            ProfileName::Ten => 10,
        }
    }
}

/// A figure that the publisher names: what is counted, and of whom.
#[derive(Clone, Debug)]
pub(in crate::evidence) struct FigureName {
    /// Where it is named.
    pub(in crate::evidence) span: Span,
    /// Id of the measure, as written.
    pub(in crate::evidence) of: String,
    /// The area; none for the whole site.
    pub(in crate::evidence) area: Option<AreaId>,
    /// The level; none for all.
    pub(in crate::evidence) level: Option<LevelId>,
    /// The need; none for everybody.
    pub(in crate::evidence) need: Option<NeedId>,
}

/// A licence under which the site is published.
#[derive(Clone, Debug)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its text.
    pub url: String,
}

/// One edition of the site.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its name, such as `Autumn 2026`.
    pub name: String,
    /// Day of publication.
    pub date: Date,
    /// Day on which the figures were true.
    pub as_at: Date,
    /// Day by which it will be looked at again.
    pub next_review: Option<Date>,
}

/// After how many days a record is out of date.
#[derive(Clone, Copy, Debug)]
pub struct Freshness {
    /// Records of providers.
    pub provider_days: u32,
    /// Places and free places of services.
    pub service_days: u32,
    /// Scores by a provider itself and by a reviewer.
    pub score_days: u32,
    /// Placement records.
    pub placement_days: u32,
    /// Chapters of the statement.
    pub statement_days: u32,
}

impl Default for Freshness {
    fn default() -> Freshness {
        Freshness {
            provider_days: 90,
            service_days: 90,
            score_days: 365,
            placement_days: 180,
            statement_days: 365,
        }
    }
}

/// How far the site complies with WCAG 2.2 AA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compliance {
    /// Fully.
    Fully,
    /// Partially.
    Partially,
    /// Not.
    Not,
}

/// Why something is not accessible, in the three kinds of the regulations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueReason {
    /// It should be and is not.
    NonCompliance,
    /// Mending it would be a disproportionate burden.
    DisproportionateBurden,
    /// The regulations do not cover it.
    OutOfScope,
}

/// One thing that is not accessible.
#[derive(Clone, Debug)]
pub struct AccessibilityIssue {
    /// What.
    pub what: String,
    /// Number and name of the success criterion that it fails.
    pub criterion: Option<String>,
    /// Why.
    pub reason: IssueReason,
    /// What will be done about it, and when.
    pub plan: Option<String>,
}

/// Who enforces the regulations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// England, Scotland and Wales.
    #[default]
    EqualityAndHumanRightsCommission,
    /// Northern Ireland.
    EqualityCommissionNorthernIreland,
}

/// When, by whom and how the site was tested.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Day of the test.
    pub date: Date,
    /// Who tested it, as a role.
    pub by: String,
    /// How.
    pub how: String,
}

/// The facts of the accessibility statement (SI 2018/952, regulation 8).
#[derive(Clone, Debug)]
pub struct Accessibility {
    /// How far the site complies.
    pub compliance: Compliance,
    /// Day the statement was prepared.
    pub prepared: Date,
    /// Day it was last reviewed.
    pub reviewed: Date,
    /// The test it rests on.
    pub tested: Option<Tested>,
    /// What is not accessible.
    pub issues: Vec<AccessibilityIssue>,
    /// How to get content in another form.
    pub alternatives: String,
    /// Whom to tell about problems.
    pub contact: Contact,
    /// Working days in which an answer comes.
    pub response_days: u32,
    /// Who enforces.
    pub enforcement: Enforcement,
}

/// What the publisher says about the site.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Title of the site.
    pub title: String,
    /// Its address, ending in a slash.
    pub base_url: String,
    /// Who publishes it.
    pub publisher: String,
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Whom to ask.
    pub contact: Contact,
    /// Its licence.
    pub licence: Licence,
    /// Whether it is real.
    pub status: SiteStatus,
    /// The edition.
    pub edition: Edition,
    /// Colour of links and rules, as `#rrggbb`.
    pub brand_colour: Option<String>,
    /// Folder in `themes/` whose files replace those of the default theme.
    pub theme: Option<String>,
    /// Where to send feedback: a web or mail address.
    pub feedback: Option<String>,
    /// When records are out of date.
    pub freshness: Freshness,
    /// The accessibility statement.
    pub accessibility: Accessibility,
}
