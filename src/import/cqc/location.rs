//! What the register says about one location and its provider.

use jiff::civil::Date;

/// One location of the register.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Location {
    /// Line in the imported file.
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) also_known_as: Option<String>,
    pub(super) address: Address,
    /// Latitude and longitude in degrees, as written in the file.
    pub(super) point: Option<(String, String)>,
    pub(super) authority: Option<String>,
    pub(super) region: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) website: Option<String>,
    pub(super) types: Vec<String>,
    pub(super) specialisms: Vec<String>,
    pub(super) beds: Option<u32>,
    pub(super) rating: Option<Rating>,
    pub(super) dormant: Option<bool>,
    pub(super) registered_on: Option<Date>,
    pub(super) ods: Option<String>,
    pub(super) uprn: Option<String>,
    pub(super) provider: Provider,
}

/// An address in the parts that the file keeps apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Address {
    pub(super) line1: Option<String>,
    pub(super) line2: Option<String>,
    pub(super) city: Option<String>,
    pub(super) county: Option<String>,
    pub(super) postcode: Option<String>,
}

/// The regulator's overall rating.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rating {
    pub(super) rating: &'static str,
    pub(super) date: Option<Date>,
    pub(super) inherited: Option<bool>,
}

/// The registered provider of a location.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Provider {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) sector: Option<&'static str>,
    pub(super) company: Option<String>,
    pub(super) charity: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) website: Option<String>,
}

impl Location {
    /// Names of the facts in which another reading of the same location differs.
    pub(super) fn differences(&self, other: &Location) -> Vec<&'static str> {
        let facts = [
            ("name", self.name == other.name && self.also_known_as == other.also_known_as),
            ("address", self.address == other.address),
            ("geo", self.point == other.point),
            ("local authority", self.authority == other.authority && self.region == other.region),
            ("contact", self.phone == other.phone && self.website == other.website),
            ("types", self.types == other.types && self.specialisms == other.specialisms),
            ("beds", self.beds == other.beds),
            ("rating", self.rating == other.rating),
            ("dormant", self.dormant == other.dormant),
            ("registered on", self.registered_on == other.registered_on),
            ("codes", self.ods == other.ods && self.uprn == other.uprn),
            ("provider", self.provider == other.provider),
        ];
        facts.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}
