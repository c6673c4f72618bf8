//! Everything that may be told, ready for pages and downloads.

use std::collections::BTreeMap;

use super::audit::Watched;
use super::editions::SignedEdition;
use super::figure::Published;
use super::gaps::PublicGaps;
use super::log::{self, TableLog};
use super::opportunities::{self, PublicOpportunity};
use super::policy::Policy;
use super::profile::{self, PublicProvider, PublicService};
use super::site_graph::Decisions;
use crate::evidence::analysis::CellKey;
use crate::evidence::market::{
    AreaTree, Assumption, Market, Parameters, ProviderId, Settings, Vocabulary,
};
use crate::guard::Exception;

/// What may be told of a market. Made by `protect` only.
#[derive(Debug)]
pub struct Publication {
    settings: Settings,
    areas: AreaTree,
    vocabulary: Vocabulary,
    parameters: Parameters,
    assumptions: Vec<Assumption>,
    policy: Policy,
    providers: BTreeMap<ProviderId, PublicProvider>,
    pub(super) opportunities: Vec<PublicOpportunity>,
    figures: BTreeMap<CellKey, Published>,
    decisions: Decisions,
    gaps: PublicGaps,
    log: Vec<TableLog>,
    exceptions: Vec<Exception>,
    pub(super) watched: Watched,
    signed: Option<SignedEdition>,
}

/// Puts together what was decided. A live site also says which edition it tells.
pub(super) fn assemble(
    market: Market,
    policy: Policy,
    (figures, decisions): (BTreeMap<CellKey, Published>, Decisions),
    gaps: PublicGaps,
    watched: Watched,
    signed: Option<SignedEdition>,
) -> Publication {
    let providers =
        market.providers.into_iter().map(|(id, record)| (id, profile::provider(record))).collect();
    let mut opportunities: Vec<PublicOpportunity> =
        market.opportunities.into_values().map(opportunities::opportunity).collect();
    opportunities::sort(&mut opportunities, market.settings.edition.date);
    Publication {
        settings: market.settings,
        areas: market.areas,
        vocabulary: market.vocabulary,
        parameters: market.parameters,
        assumptions: market.assumptions,
        policy,
        providers,
        opportunities,
        log: log::tables(&figures),
        figures,
        decisions,
        gaps,
        exceptions: market.exceptions,
        watched,
        signed,
    }
}

impl Publication {
    /// What the publisher says about the site.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The areas.
    pub fn areas(&self) -> &AreaTree {
        &self.areas
    }

    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The parameters of the analysis.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The assumptions that may be cited.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// The rules that were applied to counts of people.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Providers in order of their ids.
    pub fn providers(&self) -> impl Iterator<Item = &PublicProvider> {
        self.providers.values()
    }

    /// The provider with this id.
    pub fn provider(&self, id: &ProviderId) -> Option<&PublicProvider> {
        self.providers.get(id)
    }

    /// All services with their providers, in order of ids.
    pub fn services(&self) -> impl Iterator<Item = (&PublicProvider, &PublicService)> {
        self.providers
            .values()
            .flat_map(|provider| provider.services.iter().map(move |service| (provider, service)))
    }

    /// The published figure of a cell; absent when the site has no such cell.
    pub fn figure(&self, key: &CellKey) -> Option<&Published> {
        self.figures.get(key)
    }

    /// All published figures in order of their keys.
    pub fn figures(&self) -> impl Iterator<Item = &Published> {
        self.figures.values()
    }

    /// What was decided of each figure, and why.
    pub(in crate::evidence) fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Gaps that are told one by one.
    pub fn gaps(&self) -> &PublicGaps {
        &self.gaps
    }

    /// The exceptions from the rules of the guard that were used, for the private report. They
    /// name file, place, rule and reason, and never what stands there.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// The edition that a live site tells people and gaps from; nothing on any other site.
    pub fn signed_edition(&self) -> Option<&SignedEdition> {
        self.signed.as_ref()
    }

    /// How much was shown and withheld, table by table.
    pub fn log(&self) -> &[TableLog] {
        &self.log
    }
}
