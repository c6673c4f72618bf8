//! Pages of a provider and of a service.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{self, ServiceCard};
use super::frame::{ContactView, Head};
use super::locator::{self, Locator};
use super::service_facts::{self, LevelGap, Verdict};
use super::service_gaps::{self, ServiceGaps};
use super::words::{self, Day};
use super::{Fact, Link, Material, freshness, json_ld, report, view};
use crate::evidence::disclosure::{Contact, PublicProvider, PublicService, Registration};
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
    pub json_ld: String,
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
    pub gaps: Option<ServiceGaps>,
    pub out_of_date: Option<String>,
    pub report_href: String,
    pub register_note: Option<String>,
    pub admission_note: Option<String>,
    pub id: String,
    pub locator: Option<Locator>,
    pub json_ld: String,
}
view!(ServicePage, "service.html");

/// Makes a provider's page.
pub fn provider(material: Material, provider: &PublicProvider) -> ProviderPage {
    let at = address::provider(&provider.id);
    let description = match &provider.sector {
        Some(sector) => format!("{}: {} provider.", provider.name, words::sector(*sector)),
        None => format!("{}: provider.", provider.name),
    };
    let mut facts = contact_facts(&provider.contact, provider.website.as_deref());
    facts.insert(0, Fact::new("Sector", provider.sector.map(|s| words::sector(s).to_owned())));
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
        out_of_date: freshness::provider(material, provider),
        report_href: report::href(material, &at, &provider.name),
        register_note: provider.registration.as_ref().map(register_note),
        json_ld: json_ld::provider(material, provider),
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
    let description = format!("{}, run by {}.", service.name, provider.name);
    // Services of two providers may have one name; the provider's name tells them apart.
    let trail = [
        ("Directory", address::section("directory")),
        (provider.name.as_str(), address::provider(&provider.id)),
    ];
    let mut head = Head::new(material, &at, &service.name, &description, &trail);
    if material.catalogue.is_shared_title(&provider.name, Some(&service.name)) {
        head.document_title = format!("{} ({})", head.document_title, service.id);
    }
    ServicePage {
        head,
        name: service.name.clone(),
        provider: Link::between(&at, &provider.name, &address::provider(&provider.id)),
        description_html: service.description.as_deref().map(prose_html),
        summary: summary(material, &at, provider, service),
        takes: service_facts::takes(material, service),
        capacity: service_facts::capacity(service),
        quality: service_facts::quality(material, service),
        contracts: service.contracts.iter().copied().map(words::contract).collect(),
        level_gap: service_facts::level_gap(material, &at, service),
        gaps: service_gaps::gaps(material, &at, service),
        out_of_date: freshness::service(material, provider, service),
        report_href: report::href(material, &at, &service.name),
        register_note: service.registration.as_ref().map(register_note),
        admission_note: service.admission_note.clone(),
        id: service.id.to_string(),
        locator: locator::locator_of(material, &at, service),
        json_ld: json_ld::service(material, provider, service),
    }
}

/// How to reach a service: a way to reach its provider stands in for its own.
pub(super) fn contact(provider: &PublicProvider, service: &PublicService) -> Contact {
    if service.contact.email.is_some() {
        return service.contact.clone();
    }
    Contact {
        phone: service.contact.phone.clone().or(provider.contact.phone.clone()),
        ..provider.contact.clone()
    }
}

/// The facts at the top of a service's page.
fn summary(
    material: Material,
    at: &Address,
    provider: &PublicProvider,
    service: &PublicService,
) -> Vec<Fact> {
    let types = cards::types(material, service);
    let contact = contact(provider, service);
    let website = service.website.as_deref().or(provider.website.as_deref());
    let mut summary = vec![
        Fact::new("Type", (!types.is_empty()).then(|| types.join(", "))),
        service_facts::level_fact(material, at, service),
        match cards::area_link(material, at, service) {
            Some(link) => Fact::new("Area", Some(link.label)).to(Some(link.href)),
            None => Fact::new("Area", None),
        },
        Fact::new("Address", words::postal(&service.address)),
    ];
    if let Some(closed) = words::closed(service.status) {
        summary.insert(0, Fact::new("Status", Some(closed.to_owned())));
    }
    summary.extend(contact_facts(&contact, website));
    summary.push(Fact::new("Care Quality Commission location", service.cqc_location.clone()).note(
        match service.cqc_location {
            Some(_) => None,
            None => {
                Some("Services that give no regulated care are not on its register.".to_owned())
            }
        },
    ));
    summary
}

fn contact_facts(contact: &Contact, website: Option<&str>) -> Vec<Fact> {
    let view = ContactView::from(contact);
    let host = website.map(|url| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest).to_owned()
    });
    vec![
        Fact::new("Contact", view.role),
        Fact::new("E-mail", view.email.clone())
            .to(view.email.map(|email| format!("mailto:{email}"))),
        Fact::new("Phone", view.phone).to(view.phone_href),
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
        None => format!("Facts from the regulator's register come from {}.", registration.source),
    }
}
