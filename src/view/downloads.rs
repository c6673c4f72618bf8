//! Open data: rows for downloads, made from the same figures and cards as the pages.

use serde::Serialize;

use super::address;
use super::figure::{FigureView, unit};
use super::{Material, cards, frame, freshness, sealed, words};
use crate::evidence::disclosure::{
    AreaId, LevelId, Measure, NeedId, PublicProvider, PublicService, PublicVacancies,
};

/// A row of a download. Sealed: only rows made here can be exported.
///
/// ```
/// use placewise::view::downloads::Record;
/// #[derive(serde::Serialize)]
/// struct Own;
/// fn columns<R: Record>() -> usize {
///     R::COLUMNS.len()
/// }
/// ```
///
/// The same with a row of one's own does not compile:
///
/// ```compile_fail,E0277
/// use placewise::view::downloads::Record;
/// #[derive(serde::Serialize)]
/// struct Own;
/// fn columns<R: Record>() -> usize {
///     R::COLUMNS.len()
/// }
/// impl Record for Own {
///     const COLUMNS: &'static [(&'static str, &'static str)] = &[];
///     fn cells(&self) -> Vec<String> { Vec::new() }
/// }
/// ```
pub trait Record: Serialize + sealed::Sealed {
    /// Columns with what they hold, in order.
    const COLUMNS: &'static [(&'static str, &'static str)];
    /// The cells of the row, as many as there are columns.
    fn cells(&self) -> Vec<String>;
}

macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $kind:ty = $about:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Serialize)]
        #[allow(missing_docs, reason = "COLUMNS says what each field holds")]
        pub struct $name { $(pub $field: $kind,)+ }

        impl sealed::Sealed for $name {}
        impl Record for $name {
            const COLUMNS: &'static [(&'static str, &'static str)] =
                &[$((stringify!($field), $about),)+];
            fn cells(&self) -> Vec<String> {
                vec![$(self.$field.cell(),)+]
            }
        }
    };
}

pub(super) use record;

/// Turns a field into a cell.
pub(super) trait Cell {
    fn cell(&self) -> String;
}

impl Cell for String {
    fn cell(&self) -> String {
        self.clone()
    }
}

impl Cell for Option<String> {
    fn cell(&self) -> String {
        self.clone().unwrap_or_default()
    }
}

impl Cell for Option<u32> {
    fn cell(&self) -> String {
        self.map_or_else(String::new, |value| value.to_string())
    }
}

impl Cell for bool {
    fn cell(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

record! {
    /// One published figure.
    FigureRow {
        key: String = "Key of the figure, the same on pages and in downloads",
        measure: String = "Name of the measure; the file of measures says what it counts",
        area: Option<String> = "Id of the area; blank for the whole site",
        area_name: Option<String> = "Name of the area",
        level: Option<String> = "Id of the level of care; blank for all",
        level_name: Option<String> = "Name of the level",
        need: Option<String> = "Id of the need; blank for all",
        need_name: Option<String> = "Name of the need",
        value: Option<u32> = "The number; blank when none is published",
        mark: Option<String> = "[c] withheld, [x] not available, [z] not applicable",
        rounded: bool = "Whether the number is rounded",
        at_least: bool = "Whether some records do not state their number, so that it may be higher",
        unit: String = "What is counted",
        as_at: String = "The day on which the figures were true",
    }
}

record! {
    /// One measure.
    MeasureRow {
        measure: String = "Name of the measure, as in the file of figures",
        title: String = "A short title",
        unit: String = "What is counted",
        meaning: String = "What the measure counts, in a sentence",
        source: String = "Where its figures come from",
    }
}

record! {
    /// One service.
    ServiceRow {
        id: String = "Id of the service",
        name: String = "Its name",
        provider: String = "Id of its provider",
        provider_name: String = "Name of its provider",
        page: String = "Address of its page",
        status: String = "Whether it takes people",
        types: String = "Its types, with | between them",
        level: Option<String> = "Id of its level of care",
        area: Option<String> = "Id of the area where it stands",
        needs: String = "Ids of needs it is checked to meet, with | between them",
        claimed: String = "Ids of needs it says it meets, with | between them",
        age_min: Option<u32> = "Youngest age it takes; blank when there is no limit",
        age_max: Option<u32> = "Oldest age it takes; blank when there is no limit",
        gender: Option<String> = "Whom it takes",
        legal: String = "Ids of the legal statuses it takes, with | between them",
        postcode: Option<String> = "Its postcode",
        registered_beds: Option<u32> = "Beds on the regulator's register",
        places: Option<u32> = "Places in use",
        free_places: Option<u32> = "Free places, where the provider lets the number be shown",
        free_places_text: Option<String> = "What the provider lets be told of its free places",
        as_of: Option<String> = "The day on which its numbers were true",
        out_of_date: bool = "Whether the record was last confirmed too long ago",
        rating: Option<String> = "The regulator's rating",
        rating_date: Option<String> = "Its day",
        cqc_location: Option<String> = "Its number on the regulator's register",
    }
}

record! {
    /// One provider.
    ProviderRow {
        id: String = "Id of the provider",
        name: String = "Its name",
        page: String = "Address of its page",
        sector: Option<String> = "Kind of organisation",
        services: Option<u32> = "Number of its services listed",
        website: Option<String> = "Its website",
        email: Option<String> = "E-mail address of its referrals role",
        phone: Option<String> = "Telephone number",
        cqc_provider: Option<String> = "Its number on the regulator's register",
        updated: Option<String> = "The day on which it last confirmed its record",
        out_of_date: bool = "Whether that was too long ago",
    }
}

/// All figures.
pub fn figures(material: Material) -> Vec<FigureRow> {
    let publication = material.publication;
    let words = publication.vocabulary();
    let as_at = publication.settings().edition.as_at.to_string();
    publication
        .figures()
        .map(|published| {
            let key = published.key();
            let shown = FigureView::from(published);
            let area = key.area.as_ref().and_then(|id| publication.areas().get(id.as_str()));
            let level = key.level.as_ref().and_then(|id| words.levels.get(id));
            let need = key.need.as_ref().and_then(|id| words.needs.get(id));
            FigureRow {
                measure: key.measure.id().to_owned(),
                area: key.area.as_ref().map(AreaId::to_string),
                area_name: area.map(|area| area.name.clone()),
                level: key.level.as_ref().map(LevelId::to_string),
                level_name: level.map(|level| level.name.clone()),
                need: key.need.as_ref().map(NeedId::to_string),
                need_name: need.map(|need| need.name.clone()),
                value: shown.value,
                mark: shown.value.is_none().then(|| shown.text.clone()),
                rounded: shown.state == "rounded",
                at_least: published.is_at_least(),
                unit: shown.unit.to_owned(),
                as_at: as_at.clone(),
                key: shown.key,
            }
        })
        .collect()
}

/// What each measure counts and where it comes from.
pub fn measures() -> Vec<MeasureRow> {
    Measure::ALL
        .iter()
        .map(|measure| MeasureRow {
            measure: measure.id().to_owned(),
            title: measure.title().to_owned(),
            unit: unit(*measure).to_owned(),
            meaning: words::meaning(*measure).to_owned(),
            source: match measure {
                Measure::Away | Measure::AwayAppropriately | Measure::Need => {
                    "Lists of people placed out of area".to_owned()
                }
                Measure::Matched | Measure::Gap | Measure::GapLow | Measure::GapHigh => {
                    "Lists of people placed out of area, and provider records".to_owned()
                }
                _ => "Provider records".to_owned(),
            },
        })
        .collect()
}

/// All services, by name.
pub fn services(material: Material) -> Vec<ServiceRow> {
    let publication = material.publication;
    (0..material.catalogue.services.len())
        .filter_map(|at| material.catalogue.service(publication, at))
        .map(|(provider, service)| service_row(material, provider, service))
        .collect()
}

fn service_row(
    material: Material,
    provider: &PublicProvider,
    service: &PublicService,
) -> ServiceRow {
    let ids = |ids: Vec<&str>| ids.join("|");
    let is_open = words::closed(service.status).is_none();
    ServiceRow {
        id: service.id.to_string(),
        name: service.name.clone(),
        provider: provider.id.to_string(),
        provider_name: provider.name.clone(),
        page: frame::canonical(material, &address::service(&provider.id, &service.id)),
        status: words::closed(service.status).unwrap_or("Open").to_owned(),
        types: cards::types(material, service).join("|"),
        level: service.level.as_ref().map(LevelId::to_string),
        area: service.area.as_ref().map(AreaId::to_string),
        needs: ids(service.needs.iter().flatten().map(NeedId::as_str).collect()),
        claimed: ids(service.claimed.iter().map(NeedId::as_str).collect()),
        age_min: service.age.map(|age| u32::from(age.min)).filter(|age| *age > 0),
        age_max: service.age.map(|age| u32::from(age.max)).filter(|age| *age < 120),
        gender: service.gender.map(|gender| words::gender(gender, service.age).to_owned()),
        legal: ids(service.legal.iter().flatten().map(|status| status.as_str()).collect()),
        postcode: service.address.postcode.clone(),
        registered_beds: service.registered.map(|beds| beds.0),
        places: service.places.map(|beds| beds.0),
        free_places: match service.vacancies {
            PublicVacancies::Exact(count) if is_open => Some(count),
            _ => None,
        },
        free_places_text: match is_open {
            true => words::vacancies(service.vacancies),
            false => Some("None at present".to_owned()),
        },
        as_of: service.as_of.map(|day| day.to_string()),
        out_of_date: freshness::service(material, provider, service).is_some(),
        rating: service.regulator.map(|r| words::rating(r.rating).to_owned()),
        rating_date: service.regulator.and_then(|r| r.date).map(|day| day.to_string()),
        cqc_location: service.cqc_location.clone(),
    }
}

/// All providers, by name.
pub fn providers(material: Material) -> Vec<ProviderRow> {
    let publication = material.publication;
    material
        .catalogue
        .providers
        .iter()
        .filter_map(|id| publication.provider(id))
        .map(|provider| ProviderRow {
            id: provider.id.to_string(),
            name: provider.name.clone(),
            page: frame::canonical(material, &address::provider(&provider.id)),
            sector: provider.sector.map(|sector| words::sector(sector).to_owned()),
            services: Some(provider.services.len() as u32),
            website: provider.website.clone(),
            email: provider.contact.email.clone(),
            phone: provider.contact.phone.clone(),
            cqc_provider: provider.identifiers.get("cqc-provider").cloned(),
            updated: provider.updated.map(|day| day.to_string()),
            out_of_date: freshness::provider(material, provider).is_some(),
        })
        .collect()
}
