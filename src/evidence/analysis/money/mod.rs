//! What care costs, what moves would save, and who is paid how much (gap-analysis §8).
//!
//! Each rule is a small function on plain numbers in pence; the figures of a market are made of
//! them. Nothing here is published. Start reading at [`measure`].

pub(in crate::evidence) mod claims;
pub(in crate::evidence) mod concentration;
pub(in crate::evidence) mod local_share;
pub(in crate::evidence) mod payments;
pub(in crate::evidence) mod phasing;
pub(in crate::evidence) mod saving;
pub(in crate::evidence) mod target;

use super::formula::Traced;
use crate::evidence::market::{AreaId, Market, ProviderId, Year};
use concentration::Concentration;
use local_share::{BudgetShare, LocalShare};
use payments::{Discount, ToCome, Uplift};
use saving::{Priced, Saving};

/// Every figure about money.
#[derive(Clone)]
pub(in crate::evidence) struct Money {
    /// Savings, one for each priced assignment.
    pub(in crate::evidence) savings: Vec<Saving>,
    /// Local share of weekly spend: the whole site, then each area.
    pub(in crate::evidence) local_share: Vec<(Option<AreaId>, Traced<LocalShare>)>,
    /// Share of each budget that went to local services, by number of the budget.
    pub(in crate::evidence) budget_share: Vec<(usize, Traced<BudgetShare>)>,
    /// Who is paid for the occupied places of the directory, a week.
    pub(in crate::evidence) occupied_value: Traced<Concentration>,
    /// Who was paid in each year.
    pub(in crate::evidence) paid: Vec<(Year, Traced<Concentration>)>,
    /// What increases of prices were asked and agreed in each year.
    pub(in crate::evidence) uplift: Vec<(Year, Traced<Uplift>)>,
    /// What the latest year of payments comes to in later ones, if prices rise as is assumed.
    pub(in crate::evidence) spend_to_come: Vec<(Year, Traced<ToCome>)>,
    /// What the tiers take off, by provider and year.
    pub(in crate::evidence) discounts: Vec<(ProviderId, Year, Traced<Discount>)>,
}

/// Computes every figure about money. `priced` comes from the matching, one for each scenario.
pub(in crate::evidence::analysis) fn measure(market: &Market, priced: &[Priced]) -> Money {
    Money {
        savings: priced.iter().map(|priced| saving::of(market, priced)).collect(),
        local_share: local_share::by_area(market),
        budget_share: local_share::of_budgets(market),
        occupied_value: concentration::of_occupied_value(market),
        paid: concentration::of_payments(market),
        uplift: payments::uplifts(market),
        spend_to_come: payments::to_come(market).into_iter().collect(),
        discounts: payments::discounts(market),
    }
}
