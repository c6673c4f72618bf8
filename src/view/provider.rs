//! Pages of a provider and of a service.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{self, ServiceCard};
use super::figure::figure;
use super::frame::{self, ContactView, Head};
use super::words::{self, Day};
use super::{Fact, Link, Material, view};
use crate::evidence::disclosure::{
    CellKey, Contact, Measure, PublicProvider, PublicService, Registration,
};
use crate::narrative::prose_html;

/// A provider's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct ProviderPage {
    #[serde(flatten)]
    pub head: Head,
    pub name: String,
    pub sector: Option<&'static str>,
    pub description_html: Option<String>,
    pub facts: Vec<Fact>,
    pub services: Vec<ServiceCard>,
    pub identifiers: Vec<Fact>,
    pub updated: Option<Day>,
    pub out_of_date: Option<String>,
    pub report_href: String,
    pub register_note: Option<String>,
}
view!(ProviderPage, "provider.html");

/// A service's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct ServicePage {
    #[serde(flatten)]
    pub head: Head,
    pub name: String,
    pub provider: Link,
    pub description_html: Option<String>,
    pub summary: Vec<Fact>,
    pub takes: Vec<Fact>,
    pub capacity: Vec<Fact>,
    pub quality: Vec<Verdict>,
    pub contracts: Vec<&'static str>,
    pub level_gap: Option<LevelGap>,
    pub out_of_date: Option<String>,
    pub report_href: String,
    pub register_note: Option<String>,
    pub admission_note: Option<String>,
}
view!(ServicePage, "service.html");

/// What one body says of a service.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the columns of the table")]
pub struct Verdict {
    pub who: &'static str,
    pub verdict: String,
    pub date: Option<Day>,
    pub note: Option<String>,
}

/// What is wanted at the level of a service.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the sentence")]
pub struct LevelGap {
    pub text: String,
    pub href: String,
}

/// Makes a provider's page.
pub fn provider(material: Material, provider: &PublicProvider) -> ProviderPage {
    let at = address::provider(&provider.id);
    let description = match &provider.sector {
        Some(sector) => format!("{}: {} provider.", provider.name, words::sector(*sector)),
        None => format!("{}: provider.", provider.name),
    };
    let mut facts = contact_facts(&provider.contact, provider.website.as_deref());
    facts.insert(
        0,
        Fact::new(
            "Sector",
            provider.sector.map(|s| words::sector(s).to_owned()),
        ),
    );
    let trail = [("Directory", address::section("directory"))];
    let mut head = Head::new(material, &at, &provider.name, &description, &trail);
    if material.catalogue.is_shared_title(&provider.name, None) {
        head.document_title = format!("{} ({})", head.document_title, provider.id);
    }
    ProviderPage {
        head,
        name: provider.name.clone(),
        sector: provider.sector.map(words::sector),
        description_html: provider.description.as_deref().map(prose_html),
        facts,
        services: provider
            .services
            .iter()
            .map(|service| cards::service(material, &at, provider, service))
            .collect(),
        identifiers: provider
            .identifiers
            .iter()
            .map(|(kind, number)| Fact::new(identifier(kind), Some(number.clone())))
            .collect(),
        updated: provider.updated.map(Day::from),
        out_of_date: cards::out_of_date(material, provider.updated),
        report_href: frame::feedback(material, &at, &provider.name),
        register_note: provider.registration.as_ref().map(register_note),
    }
}

fn identifier(kind: &str) -> &'static str {
    match kind {
        "cqc-provider" => "Care Quality Commission provider number",
        "company" => "Company number",
        "charity" => "Charity number",
        "ods" => "NHS organisation code",
        _ => "Register number",
    }
}

/// Makes a service's page.
pub fn service(
    material: Material,
    provider: &PublicProvider,
    service: &PublicService,
) -> ServicePage {
    let at = address::service(&provider.id, &service.id);
    let types = cards::types(material, service);
    let description = format!("{}, run by {}.", service.name, provider.name);
    // Services of two providers may have one name; the provider's name tells them apart.
    let trail = [
        ("Directory", address::section("directory")),
        (provider.name.as_str(), address::provider(&provider.id)),
    ];
    let mut head = Head::new(material, &at, &service.name, &description, &trail);
    if material
        .catalogue
        .is_shared_title(&provider.name, Some(&service.name))
    {
        head.document_title = format!("{} ({})", head.document_title, service.id);
    }
    let contact = if service.contact == Contact::default() || service.contact.email.is_none() {
        Contact {
            phone: service
                .contact
                .phone
                .clone()
                .or(provider.contact.phone.clone()),
            ..provider.contact.clone()
        }
    } else {
        service.contact.clone()
    };
    let website = service.website.as_deref().or(provider.website.as_deref());
    let mut summary = vec![
        Fact::new("Type", (!types.is_empty()).then(|| types.join(", "))),
        level_fact(material, &at, service),
        match cards::area_link(material, &at, service) {
            Some(link) => Fact::new("Area", Some(link.label)).to(Some(link.href)),
            None => Fact::new("Area", None),
        },
        Fact::new("Address", words::postal(&service.address)),
    ];
    if let Some(closed) = words::closed(service.status) {
        summary.insert(0, Fact::new("Status", Some(closed.to_owned())));
    }
    summary.extend(contact_facts(&contact, website));
    summary.push(
        Fact::new(
            "Care Quality Commission location",
            service.cqc_location.clone(),
        )
        .note(match service.cqc_location {
            Some(_) => None,
            None => {
                Some("Services that give no regulated care are not on its register.".to_owned())
            }
        }),
    );
    ServicePage {
        head,
        name: service.name.clone(),
        provider: Link::between(&at, &provider.name, &address::provider(&provider.id)),
        description_html: service.description.as_deref().map(prose_html),
        summary,
        takes: takes(material, service),
        capacity: capacity(service),
        quality: quality(material, service),
        contracts: service
            .contracts
            .iter()
            .copied()
            .map(words::contract)
            .collect(),
        level_gap: level_gap(material, &at, service),
        out_of_date: cards::out_of_date(material, service.as_of.or(provider.updated)),
        report_href: frame::feedback(material, &at, &service.name),
        register_note: service.registration.as_ref().map(register_note),
        admission_note: service.admission_note.clone(),
    }
}

fn level_fact(material: Material, at: &Address, service: &PublicService) -> Fact {
    match &service.level {
        Some(id) => {
            let link = cards::level_link(material, at, id);
            Fact::new("Level of care", Some(link.label)).to(Some(link.href))
        }
        None => Fact::new("Level of care", None).note(Some(
            "It is listed here but not counted in the gap analysis.".to_owned(),
        )),
    }
}

fn takes(material: Material, service: &PublicService) -> Vec<Fact> {
    let listed = |ids: Vec<String>| (!ids.is_empty()).then(|| words::joined(&ids, "and"));
    let ids = |set: &std::collections::BTreeSet<crate::evidence::disclosure::NeedId>| {
        cards::needs(material, set.iter().map(|need| need.as_str()))
    };
    let mut facts = vec![
        Fact::new(
            "Gender",
            service
                .gender
                .map(|gender| words::gender(gender).to_owned()),
        ),
        Fact::new("Ages", service.age.map(words::ages)),
        Fact::new("Legal status", cards::legal(material, service)),
        Fact::new(
            "Needs we have checked",
            service.needs.as_ref().and_then(|set| listed(ids(set))),
        ),
    ];
    if !service.claimed.is_empty() {
        facts.push(
            Fact::new(
                "Needs the provider says it meets",
                listed(ids(&service.claimed)),
            )
            .note(Some("Not checked yet.".to_owned())),
        );
    }
    if !service.registered_for.is_empty() {
        facts.push(Fact::new(
            "Registered for",
            Some(service.registered_for.join(", ")),
        ));
    }
    if !service.serves.is_empty() {
        let areas = material.publication.areas();
        let names: Vec<String> = service
            .serves
            .iter()
            .filter_map(|id| areas.get(id.as_str()))
            .map(|area| area.name.clone())
            .collect();
        facts.push(Fact::new(
            "Only for people from",
            Some(words::joined(&names, "or")),
        ));
    }
    facts
}

fn capacity(service: &PublicService) -> Vec<Fact> {
    let beds =
        |beds: Option<crate::evidence::disclosure::Beds>| beds.map(|beds| words::thousands(beds.0));
    let mut facts = vec![
        Fact::new("Registered beds", beds(service.registered)),
        Fact::new("Places in use", beds(service.places)),
        Fact::new(
            "Free places",
            match words::closed(service.status) {
                Some(closed) => Some(format!("None: {}", closed.to_lowercase())),
                None => Some(words::vacancies(service.vacancies)),
            },
        ),
        Fact::new("As at", service.as_of.map(words::long_date)),
    ];
    if let Some(day) = service.available_from {
        facts.push(Fact::new("Takes people from", Some(words::long_date(day))));
    }
    facts
}

fn quality(material: Material, service: &PublicService) -> Vec<Verdict> {
    let scale = &material.publication.vocabulary().quality;
    let highest = scale.keys().last().copied().unwrap_or(4);
    let score = |score: u8| match scale.get(&score) {
        Some(name) => format!("{score} of {highest}: {name}"),
        None => format!("{score} of {highest}"),
    };
    let mut verdicts = Vec::new();
    if let Some(regulator) = service.regulator {
        verdicts.push(Verdict {
            who: cards::REGULATOR,
            verdict: words::rating(regulator.rating).to_owned(),
            date: regulator.date.map(Day::from),
            note: regulator
                .inherited
                .then(|| "Carried over from an earlier registration".to_owned()),
        });
    }
    if let Some((own, date)) = service.own_score {
        verdicts.push(Verdict {
            who: "The provider itself",
            verdict: score(own),
            date: date.map(Day::from),
            note: None,
        });
    }
    if let Some((reviewer, date)) = service.reviewer_score {
        let differs = service.own_score.is_some_and(|(own, _)| own != reviewer);
        verdicts.push(Verdict {
            who: "Our reviewers",
            verdict: score(reviewer),
            date: date.map(Day::from),
            note: differs.then(|| "Differs from the provider's own score".to_owned()),
        });
    }
    verdicts
}

fn level_gap(material: Material, at: &Address, service: &PublicService) -> Option<LevelGap> {
    let id = service.level.as_ref()?;
    let key = CellKey::whole(Measure::Gap).at_level(id);
    let gap = figure(material.publication, key);
    gap.value.filter(|gap| *gap > 0)?;
    Some(LevelGap {
        text: format!("At this level {} have no suitable place today.", gap.phrase),
        href: at.to(&address::gap(id)),
    })
}

fn contact_facts(contact: &Contact, website: Option<&str>) -> Vec<Fact> {
    let view = ContactView::from(contact);
    let host = website.map(|url| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest).to_owned()
    });
    vec![
        Fact::new("Contact", view.role),
        Fact::new("Phone", view.phone).to(view.phone_href),
        Fact::new("E-mail", view.email.clone())
            .to(view.email.map(|email| format!("mailto:{email}"))),
        Fact::new("Website", host).to(website.map(str::to_owned)),
    ]
}

fn register_note(registration: &Registration) -> String {
    match registration.date {
        Some(date) => format!(
            "Facts from the regulator's register come from {}, as at {}.",
            registration.source,
            words::long_date(date)
        ),
        None => format!(
            "Facts from the regulator's register come from {}.",
            registration.source
        ),
    }
}
