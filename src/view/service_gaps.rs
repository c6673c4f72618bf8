//! Published gaps that a service answers, or would answer with one thing more.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::FigureView;
use super::{Link, Material, ask_words, check, gap_words, line_figures, words};
use crate::evidence::disclosure::{Ask, PublicService};

/// What is wanted that a service could give.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct ServiceGaps {
    pub answers: Vec<Near>,
    pub nearly: Vec<Near>,
    pub check: Link,
}

/// A gap, and what the service is not listed as offering.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Near {
    pub gap: Link,
    pub people: FigureView,
    pub missing: Option<String>,
}

/// Holds the listed gaps against what a service is listed as offering. Nothing for a service that
/// takes nobody, or that states no level: it is in no gap.
pub fn gaps(material: Material, at: &Address, service: &PublicService) -> Option<ServiceGaps> {
    service.level.as_ref().filter(|_| words::closed(service.status).is_none())?;
    let publication = material.publication;
    let found = publication.gaps().answered_by(publication.areas(), service);
    let near = found.into_iter().map(|(gap, missing)| Near {
        gap: Link::between(
            at,
            gap_words::title(material, gap.specification()),
            &address::listed_gap(gap.id()),
        ),
        people: line_figures::people(gap.id(), gap.people()),
        missing: missing.map(|ask| not_listed(material, &ask, service)),
    });
    let (answers, nearly) = near.partition(|near| near.missing.is_none());
    Some(ServiceGaps { answers, nearly, check: check::link(at, service) })
}

/// What is missing in a sentence; what a provider only says is not the same as nothing.
fn not_listed(material: Material, ask: &Ask, service: &PublicService) -> String {
    let asks = ask_words::views(material, std::slice::from_ref(ask));
    let text: String = asks.into_iter().map(|ask| ask.text).collect();
    let is_claimed = matches!(ask, Ask::Need(need) if service.claimed.contains(need));
    let claimed = if is_claimed { " The provider says it can; we have not checked." } else { "" };
    format!("It is not listed as able to {text}.{claimed}")
}
