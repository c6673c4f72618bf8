//! The page of one listed gap: what a service must offer, how large, why, and whom to ask.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::FigureView;
use super::frame::Head;
use super::gap_opportunities::{self, OpportunityLine};
use super::gap_tables::area_name;
use super::line_figures::{self, LineFigure};
use super::words::{self, long_date};
use super::{Fact, Link, Material, cards, gap_words, view};
use crate::evidence::disclosure::{
    GapKind, ProviderId, PublicGap, Ratio, ServiceId, Specification,
};

/// A listed gap's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct ListedGap {
    #[serde(flatten)]
    pub head: Head,
    pub area: Link,
    pub level: Link,
    pub people: FigureView,
    pub finding: String,
    pub whom: Option<String>,
    pub level_about: Option<String>,
    pub offer: Vec<Fact>,
    pub size: Vec<Fact>,
    pub size_note: Option<String>,
    pub price: Option<Fact>,
    pub why: String,
    pub offered_by: Vec<ServiceLinks>,
    pub nearest: Option<NearestView>,
    pub opportunities: Vec<OpportunityLine>,
    pub check: Link,
    pub next_href: String,
    pub rules_href: String,
    pub report_href: String,
}
view!(ListedGap, "listed_gap.html");

/// The service that comes closest.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the sentence")]
pub struct NearestView {
    #[serde(flatten)]
    pub service: ServiceLinks,
    pub differs: String,
}

/// A service and who runs it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after where they lead")]
pub struct ServiceLinks {
    pub service: Link,
    pub provider: Link,
}

/// Makes the page of the listed gap with this id.
pub fn page(material: Material, id: &str) -> Option<ListedGap> {
    let gap = material.publication.gaps().find(id)?;
    let wanted = gap.specification();
    let at = address::listed_gap(id);
    let title = gap_words::title(material, wanted);
    let people = line_figures::people(gap.id(), gap.people());
    let finding = finding(material, gap);
    let trail = [("Gaps", address::section("gaps"))];
    let description = super::frame::joined(Some(&people), &finding);
    let mut head = Head::new(material, &at, &title, &description, &trail);
    head.description_key = Some(people.key.clone());
    // Gaps that differ in legal status or area only have one title, and windows need their own.
    let same = |other: &&PublicGap| gap_words::title(material, other.specification()) == title;
    if material.publication.gaps().listed().iter().filter(same).count() > 1 {
        head.document_title = format!("{} ({id})", head.document_title);
    }
    let area = area_name(material.publication, &wanted.area);
    let report_href = super::report::href(material, &at, &title);
    Some(ListedGap {
        head,
        area: Link::between(&at, area, &address::area(&wanted.area)),
        level: cards::level_link(material, &at, &wanted.level),
        people,
        finding,
        whom: whom(material, wanted),
        level_about: level_about(material, wanted),
        offer: offer(material, &at, wanted),
        size: size(material, gap),
        size_note: gap.beds().map(|_| SIZE_NOTE.to_owned()),
        price: gap.price().map(|price| {
            Fact::figure("Weekly price for one person", line_figures::price(gap, price))
                .note(Some(gap_words::price_basis(price).to_owned()))
        }),
        why: why(material, gap),
        offered_by: gap
            .offer()
            .meeting_all
            .iter()
            .filter_map(|(provider, id)| service(material, &at, provider, id))
            .collect(),
        nearest: nearest(material, &at, gap),
        opportunities: gap_opportunities::answering(material, &at, wanted),
        check: Link::between(&at, "Check my service against it", &super::check::address()),
        next_href: at.to(&super::gap_level::how_to_work_with_us(material)),
        rules_href: format!("{}#matching", at.to(&address::section("method"))),
        report_href,
    })
}

/// Why the size is a band, and that the gap is the central reading of the records.
const PEOPLE_NOTE: &str = "A band, to protect the people it is about. It is as recorded; it could \
                           be fewer, as not all facts are known.";

/// Why there are two numbers of beds.
const SIZE_NOTE: &str = "Two rules: the first keeps places busy, the second seldom turns anybody \
                         away. The smaller a unit, the further the two lie apart.";

/// The gap in a sentence that begins with its people (gap-analysis §13).
fn finding(material: Material, gap: &PublicGap) -> String {
    let as_at = long_date(material.publication.settings().edition.as_at);
    let area = area_name(material.publication, &gap.specification().area);
    format!(
        "from {area} live away from home and have no suitable place nearer, as at \
         {as_at}."
    )
}

/// Who these people can be, as far as the title does not say so.
fn whom(material: Material, wanted: &Specification) -> Option<String> {
    let needs = gap_words::some_needs(wanted).map(|some| {
        let needs = gap_words::needs_text(material, wanted, "and");
        format!("A service for them must offer care for {needs}; {some}.")
    });
    let ready = gap_words::ready_from(material, &wanted.level);
    let found: Vec<String> =
        needs.into_iter().chain(ready.map(|ready| format!("They can {ready}"))).collect();
    (!found.is_empty()).then(|| found.join(" "))
}

/// What the publisher says of the level, which may be that no more of it is to be built.
fn level_about(material: Material, wanted: &Specification) -> Option<String> {
    material.publication.vocabulary().levels.get(&wanted.level)?.about.clone()
}

fn offer(material: Material, at: &Address, wanted: &Specification) -> Vec<Fact> {
    let publication = material.publication;
    let level = publication.vocabulary().levels.get(&wanted.level);
    let all_statuses = wanted.legal.len() == publication.vocabulary().legal.len();
    let legal = gap_words::legal_text(material, &wanted.legal);
    let needs = cards::needs(material, wanted.needs.iter().map(|need| need.as_str()));
    vec![
        Fact::new("Level of care", Some(gap_words::level_name(material, wanted)))
            .to(Some(at.to(&address::gap(&wanted.level)))),
        Fact::new("For people from", Some(area_name(publication, &wanted.area)))
            .to(Some(at.to(&address::area(&wanted.area))))
            .note(level.map(|level| format!("It would serve {}.", words::scope(level.scope)))),
        Fact::new("Needs met", Some(gap_words::list(needs.clone()).join(", ")))
            .note((needs.len() > 1).then(|| "All of them, in one service.".to_owned())),
        Fact::new("Gender", Some(words::gender(wanted.gender, Some(wanted.ages)).to_owned())),
        Fact::new("Ages", Some(gap_words::ages(wanted.ages))),
        Fact::new("Legal status", Some(sentence(&legal)).filter(|text| !text.is_empty()))
            .note(all_statuses.then(|| "All of them.".to_owned())),
    ]
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn size(material: Material, gap: &PublicGap) -> Vec<Fact> {
    let mut facts = vec![
        Fact::figure("People", line_figures::people(gap.id(), gap.people()))
            .note(Some(PEOPLE_NOTE.to_owned())),
    ];
    let Some(beds) = gap.beds() else { return facts };
    let publication = material.publication;
    let level = publication.vocabulary().levels.get(&gap.specification().level);
    let target = level.and_then(|level| level.target_occupancy).map_or(0, Ratio::percent);
    let chance = gap_words::chance(publication.parameters().full_probability);
    facts.push(Fact::figure(
        &format!("Places at {target}% occupancy"),
        line_figures::beds(LineFigure::BusyBeds, gap, beds.by_occupancy),
    ));
    facts.push(Fact::figure(
        &format!("Places so that someone is turned away at most {chance}"),
        line_figures::beds(LineFigure::FreeBeds, gap, beds.seldom_full),
    ));
    facts
}

/// Why people whom a service could take in part of the specification have no place either.
const PART_OFFERED: &str = " Where a part of it is offered, too few suitable places are free.";

fn why(material: Material, gap: &PublicGap) -> String {
    let offer = gap.offer();
    let services = match offer.services {
        1 => "There is one local service at this level".to_owned(),
        count => format!("There are {count} local services at this level"),
    };
    let some = match (offer.services, offer.meeting_all.len()) {
        (1, _) => "it is",
        (_, 1) => "one is",
        _ => "some are",
    };
    let none = if offer.services == 1 { "it is not" } else { "none is" };
    match (offer.services, offer.kind) {
        (0, _) => "No local service works at this level.".to_owned(),
        (_, GapKind::Capacity) => format!(
            "{services}, and {some} listed as offering all of this, but too few suitable places \
             are free."
        ),
        (_, GapKind::Capability) if offer.meeting_needs == 0 => {
            let wanted = gap.specification();
            let needs = gap_words::needs_text(material, wanted, "and");
            let (together, part) = match wanted.needs.len() {
                0 | 1 => ("", ""),
                _ => (" together", PART_OFFERED),
            };
            format!("{services}, and {none} listed as offering care for {needs}{together}.{part}")
        }
        (_, GapKind::Capability) => format!(
            "{services}, and {none} listed as offering all of this together: the needs, ages, \
             gender and legal status.{PART_OFFERED}"
        ),
    }
}

fn nearest(material: Material, at: &Address, gap: &PublicGap) -> Option<NearestView> {
    let nearest = gap.offer().nearest.as_ref()?;
    let (_, found) = gap_words::service_of(material, &nearest.provider, &nearest.service)?;
    let differs = gap_words::differs(material, found, gap.specification(), &nearest.unlisted);
    let service = service(material, at, &nearest.provider, &nearest.service)?;
    Some(NearestView { service, differs })
}

fn service(
    material: Material,
    at: &Address,
    provider: &ProviderId,
    id: &ServiceId,
) -> Option<ServiceLinks> {
    let (provider, service) = gap_words::service_of(material, provider, id)?;
    let to = address::service(&provider.id, &service.id);
    Some(ServiceLinks {
        service: Link::between(at, &service.name, &to),
        provider: Link::between(at, &provider.name, &address::provider(&provider.id)),
    })
}
