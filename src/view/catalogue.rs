//! Providers and services in the order and the groups in which pages list them, made once.

use std::collections::{BTreeMap, BTreeSet};

use super::side_by_side;
use crate::evidence::disclosure::{
    AreaId, LevelId, NeedId, Point, ProviderId, PublicProvider, PublicService, Publication, TypeId,
};

/// A group of services, or of providers by their first letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Standing in an area or in one that belongs to it.
    Area(AreaId),
    /// Of a type.
    Type(TypeId),
    /// At a level.
    Level(LevelId),
    /// Meeting a need: verified, said by the provider, or registered for.
    Need(NeedId),
    /// Providers whose name begins so; `#` for anything but a letter.
    Letter(char),
    /// Of a type, standing in an area or in one that belongs to it.
    TypeInArea(AreaId, TypeId),
}

/// A service by its place in the publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAt {
    /// Its provider.
    pub provider: ProviderId,
    /// Its number among the provider's services.
    pub number: usize,
}

/// Sorted and grouped lists.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Providers by name.
    pub providers: Vec<ProviderId>,
    /// Services by name.
    pub services: Vec<ServiceAt>,
    /// Services by the files in which they are put side by side; numbers are places in `services`.
    pub files: Vec<Vec<usize>>,
    /// Towns with the middle of their services, from south to north.
    pub towns: Vec<(String, Point)>,
    groups: BTreeMap<Facet, Vec<usize>>,
    /// Titles that more than one page would have, in lower case.
    shared_titles: BTreeSet<String>,
}

impl Catalogue {
    /// Sorts and groups everything that is published.
    pub fn new(publication: &Publication) -> Catalogue {
        let mut providers: Vec<&PublicProvider> = publication.providers().collect();
        providers.sort_by_cached_key(|provider| (sort_name(&provider.name), provider.id.clone()));
        let mut services: Vec<(&PublicProvider, usize)> = publication
            .providers()
            .flat_map(|provider| (0..provider.services.len()).map(move |number| (provider, number)))
            .collect();
        services.sort_by_cached_key(|(provider, number)| {
            let service = &provider.services[*number];
            (sort_name(&service.name), service.id.clone())
        });
        let mut groups: BTreeMap<Facet, Vec<usize>> = BTreeMap::new();
        for (at, provider) in providers.iter().enumerate() {
            groups.entry(Facet::Letter(first_letter(&provider.name))).or_default().push(at);
        }
        for (at, (provider, number)) in services.iter().enumerate() {
            for facet in facets(publication, &provider.services[*number]) {
                groups.entry(facet).or_default().push(at);
            }
        }
        let shared_titles = shared_titles(publication);
        Catalogue {
            shared_titles,
            towns: towns(publication),
            files: side_by_side::files(
                services.iter().map(|(provider, number)| provider.services[*number].id.as_str()),
            ),
            providers: providers.into_iter().map(|provider| provider.id.clone()).collect(),
            services: services
                .into_iter()
                .map(|(provider, number)| ServiceAt { provider: provider.id.clone(), number })
                .collect(),
            groups,
        }
    }

    /// Whether another provider, or another service of a provider of that name, has this title.
    pub fn is_shared_title(&self, provider: &str, service: Option<&str>) -> bool {
        self.shared_titles.contains(&title(provider, service))
    }

    /// All groups that are not empty, with the numbers of their members.
    pub fn groups(&self) -> impl Iterator<Item = (&Facet, &[usize])> {
        self.groups.iter().map(|(facet, members)| (facet, members.as_slice()))
    }

    /// Members of a group: numbers in `services`, or in `providers` for a letter.
    pub fn members(&self, facet: &Facet) -> &[usize] {
        self.groups.get(facet).map_or(&[], Vec::as_slice)
    }

    /// The service with this number in the list by name.
    pub fn service<'p>(
        &self,
        publication: &'p Publication,
        at: usize,
    ) -> Option<(&'p PublicProvider, &'p PublicService)> {
        let place = self.services.get(at)?;
        let provider = publication.provider(&place.provider)?;
        Some((provider, provider.services.get(place.number)?))
    }

    /// The services of a group.
    pub fn services_of<'p>(
        &self,
        publication: &'p Publication,
        facet: &Facet,
    ) -> Vec<(&'p PublicProvider, &'p PublicService)> {
        self.members(facet).iter().filter_map(|at| self.service(publication, *at)).collect()
    }
}

fn towns(publication: &Publication) -> Vec<(String, Point)> {
    let mut sums: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
    for (_, service) in publication.services() {
        if let (Some(town), Some(at)) = (&service.address.city, service.geo) {
            let sum = sums.entry(town).or_default();
            *sum = (sum.0 + at.lat, sum.1 + at.lon, sum.2 + 1.0);
        }
    }
    let middle = |(lat, lon, count): (f64, f64, f64)| Point { lat: lat / count, lon: lon / count };
    let mut towns: Vec<(String, Point)> =
        sums.into_iter().map(|(town, sum)| (town.to_owned(), middle(sum))).collect();
    towns.sort_by(|a, b| a.1.lat.total_cmp(&b.1.lat));
    towns
}

fn shared_titles(publication: &Publication) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut shared = BTreeSet::new();
    let mut note = |title: String| {
        if !seen.insert(title.clone()) {
            shared.insert(title);
        }
    };
    for provider in publication.providers() {
        note(title(&provider.name, None));
        for service in &provider.services {
            note(title(&provider.name, Some(&service.name)));
        }
    }
    shared
}

fn title(provider: &str, service: Option<&str>) -> String {
    format!("{provider}\n{}", service.unwrap_or_default()).to_lowercase()
}

fn facets(publication: &Publication, service: &PublicService) -> BTreeSet<Facet> {
    let words = publication.vocabulary();
    let mut facets = BTreeSet::new();
    if let Some(area) = &service.area {
        for area in publication.areas().lineage(area) {
            facets.insert(Facet::Area(area.id.clone()));
            let types = service.types.iter().cloned();
            facets.extend(types.map(|kind| Facet::TypeInArea(area.id.clone(), kind)));
        }
    }
    facets.extend(service.types.iter().cloned().map(Facet::Type));
    facets.extend(service.level.iter().cloned().map(Facet::Level));
    facets.extend(service.needs.iter().flatten().cloned().map(Facet::Need));
    facets.extend(service.claimed.iter().cloned().map(Facet::Need));
    let registered =
        service.registered_for.iter().filter_map(|word| words.need_of_register_word(word));
    facets.extend(registered.map(|need| Facet::Need(need.id.clone())));
    facets
}

/// Names sort without regard to case, leading marks and "The".
fn sort_name(name: &str) -> String {
    let plain = name.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    plain.strip_prefix("the ").map_or(plain.clone(), str::to_owned)
}

fn first_letter(name: &str) -> char {
    match sort_name(name).chars().next() {
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase(),
        _ => '#',
    }
}
