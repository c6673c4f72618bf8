//! Shape of `data/providers/*.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::site::{RawContact, record};
use crate::load::yaml::{Located, Text};

record! {
    /// One provider with its services.
    RawProvider {
        id: Text,
        name: Option<Text>,
        sector: Option<Text>,
        description: Option<Text>,
        identifiers: Option<RawIdentifiers>,
        website: Option<Text>,
        contact: Option<RawContact>,
        updated: Option<Text>,
        register: Option<RawProviderRegister>,
        services: Option<Vec<Located<RawService>>>,
    }
    /// Numbers on public registers.
    RawIdentifiers {
        #[serde(rename = "cqc-provider")]
        cqc_provider: Option<Text>,
        company: Option<Text>,
        charity: Option<Text>,
        ods: Option<Text>,
    }
    /// What an importer read about the provider.
    RawProviderRegister {
        source: Text,
        date: Option<Text>,
        row: Option<Text>,
        provider: Option<Text>,
        name: Option<Text>,
        sector: Option<Text>,
        company: Option<Text>,
        charity: Option<Text>,
        phone: Option<Text>,
        website: Option<Text>,
    }
    /// One service.
    RawService {
        id: Text,
        name: Option<Text>,
        description: Option<Text>,
        status: Option<Text>,
        types: Option<Vec<Text>>,
        level: Option<Text>,
        needs: Option<Vec<Text>>,
        claimed: Option<Vec<Text>>,
        age: Option<RawAge>,
        gender: Option<Text>,
        admission_note: Option<Text>,
        legal: Option<Vec<Text>>,
        area: Option<Text>,
        serves: Option<Vec<Text>>,
        address: Option<RawAddress>,
        geo: Option<RawGeo>,
        regulated: Option<RawRegulated>,
        website: Option<Text>,
        contact: Option<RawContact>,
        registered: Option<Text>,
        places: Option<Text>,
        occupied: Option<RawOccupied>,
        vacancies: Option<Text>,
        vacancies_public: Option<Text>,
        available_from: Option<Text>,
        as_of: Option<Text>,
        price: Option<RawPrice>,
        quality: Option<RawQuality>,
        contracts: Option<Vec<Text>>,
        outcomes: Option<Vec<RawOutcome>>,
        notes_internal: Option<Text>,
        register: Option<RawRegister>,
    }
    /// Ages taken.
    RawAge { min: Option<Text>, max: Option<Text>, }
    /// An address.
    RawAddress {
        line1: Option<Text>,
        line2: Option<Text>,
        city: Option<Text>,
        county: Option<Text>,
        postcode: Option<Text>,
    }
    /// A point.
    RawGeo { lat: Text, lon: Text, }
    /// The service on the regulator's register.
    RawRegulated {
        #[serde(rename = "cqc-location")]
        cqc_location: Option<Text>,
    }
    /// People living there.
    RawOccupied { local: Option<Text>, imported: Option<Text>, }
    /// Price of a week.
    RawPrice { pounds_per_week: Option<Text>, basis: Option<Text>, }
    /// Quality from three sides.
    RawQuality {
        regulator: Option<RawRating>,
        #[serde(rename = "self")]
        own: Option<RawReview>,
        reviewer: Option<RawReview>,
    }
    /// The regulator's rating.
    RawRating { rating: Text, date: Option<Text>, inherited: Option<bool>, }
    /// A score with its day.
    RawReview { score: Text, date: Option<Text>, publish: Option<Text>, }
    /// A measured outcome; read and checked for shape, used by a later version.
    RawOutcome {
        measure: Text,
        value: Text,
        n: Option<Text>,
        period: Option<Text>,
    }
    /// What an importer read about the service.
    RawRegister {
        source: Text,
        date: Option<Text>,
        row: Option<Text>,
        location: Option<Text>,
        name: Option<Text>,
        also_known_as: Option<Text>,
        address: Option<RawAddress>,
        geo: Option<RawGeo>,
        local_authority: Option<Text>,
        region: Option<Text>,
        phone: Option<Text>,
        website: Option<Text>,
        types: Option<Vec<Text>>,
        specialisms: Option<Vec<Text>>,
        beds: Option<Text>,
        rating: Option<RawRating>,
        dormant: Option<bool>,
        registered_on: Option<Text>,
        ods: Option<Text>,
        uprn: Option<Text>,
    }
}

/// Identifiers by kind, in the order they are shown.
impl RawIdentifiers {
    pub(in crate::evidence::market) fn by_kind(self) -> BTreeMap<&'static str, Text> {
        [
            ("cqc-provider", self.cqc_provider),
            ("company", self.company),
            ("charity", self.charity),
            ("ods", self.ods),
        ]
        .into_iter()
        .filter_map(|(kind, number)| Some((kind, number?)))
        .filter(|(_, number)| !number.value.is_empty())
        .collect()
    }
}
