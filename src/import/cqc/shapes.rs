//! The headings of the five published shapes of the register.
//!
//! Columns that name a person (registered manager, nominated individual, main partner, contacts)
//! are in no table here, so nothing can read them.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after the key of the register block it fills")]
pub(super) enum Field {
    LocationId,
    Name,
    AlsoKnownAs,
    /// A whole address in one cell, its parts divided by commas.
    Address,
    Line1,
    Line2,
    City,
    County,
    Postcode,
    Lat,
    Lon,
    Authority,
    Region,
    Phone,
    Website,
    Types,
    Specialisms,
    CareHome,
    Beds,
    Rating,
    RatingDate,
    Inherited,
    /// Ratings as a Python literal.
    RatingTree,
    Dormant,
    RegisteredOn,
    EndedOn,
    Ods,
    Uprn,
    ProviderId,
    ProviderName,
    Sector,
    Company,
    Charity,
    ProviderPhone,
    ProviderWebsite,
}

/// How many fields there are.
pub(super) const FIELDS: usize = Field::ProviderWebsite as usize + 1;

/// How lists are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lists {
    /// `a|b`.
    Bars,
    /// `a, b`, where a value may hold a comma.
    Commas,
    /// One column for each value, with `Y` in it.
    Flags,
    /// `[{'name': 'a'}]`.
    Literals,
}

/// One published shape.
pub(super) struct Shape {
    /// What the file is called by its publisher; written as the source of what was read.
    pub(super) name: &'static str,
    pub(super) lists: Lists,
    /// Fields with their headings, the usual spelling first.
    pub(super) columns: &'static [(Field, &'static [&'static str])],
    /// Fields without which a file is not of this shape.
    pub(super) required: &'static [Field],
}

use Field as F;

const LOCATION_ID: &[&str] = &[
    "CQC Location ID (for office use only)",
    "CQC Location (for office use only)",
    "CQC Location ID",
];
const PROVIDER_ID: &[&str] = &[
    "CQC Provider ID (for office use only)",
    "CQC Provider (for office use only)",
    "CQC Provider ID",
];
const WEBSITE: &[&str] = &["Service's website (if available)", "Website"];

/// All shapes; one with further needs comes before one that it resembles.
pub(super) const SHAPES: [Shape; 5] = [
    Shape {
        name: "CQC care directory with filters",
        lists: Lists::Flags,
        required: &[F::LocationId, F::Name, F::ProviderId, F::Dormant],
        columns: &[
            (F::LocationId, &["Location ID"]),
            (F::RegisteredOn, &["Location HSCA start date"]),
            (F::Dormant, &["Dormant (Y/N)"]),
            (F::CareHome, &["Care home?"]),
            (F::Name, &["Location Name"]),
            (F::Ods, &["Location ODS Code"]),
            (F::Phone, &["Location Telephone Number"]),
            (F::Website, &["Location Web Address"]),
            (F::Beds, &["Care homes beds"]),
            (F::Rating, &["Location Latest Overall Rating"]),
            (F::RatingDate, &["Publication Date"]),
            (F::Inherited, &["Inherited Rating (Y/N)"]),
            (F::Region, &["Location Region"]),
            (F::Authority, &["Location Local Authority"]),
            (F::Line1, &["Location Street Address"]),
            (F::Line2, &["Location Address Line 2"]),
            (F::City, &["Location City"]),
            (F::County, &["Location County"]),
            (F::Postcode, &["Location Postal Code"]),
            (F::Uprn, &["Location UPRN ID"]),
            (F::Lat, &["Location Latitude"]),
            (F::Lon, &["Location Longitude"]),
            (F::Company, &["Provider Companies House Number"]),
            (F::Charity, &["Provider Charity Number"]),
            (F::ProviderId, &["Provider ID"]),
            (F::ProviderName, &["Provider Name"]),
            (F::Sector, &["Provider Type/Sector"]),
            (F::ProviderPhone, &["Provider Telephone Number"]),
            (F::ProviderWebsite, &["Provider Web Address"]),
        ],
    },
    Shape {
        name: "CQC care directory",
        lists: Lists::Bars,
        required: &[F::LocationId, F::Name, F::Address, F::Types, F::ProviderId],
        columns: &[
            (F::Name, &["Name"]),
            (F::AlsoKnownAs, &["Also known as"]),
            (F::Address, &["Address"]),
            (F::Postcode, &["Postcode"]),
            (F::Phone, &["Phone number"]),
            (F::Website, WEBSITE),
            (F::Types, &["Service types"]),
            (F::Specialisms, &["Specialisms/services"]),
            (F::ProviderName, &["Provider name"]),
            (F::Authority, &["Local authority"]),
            (F::Region, &["Region"]),
            (F::LocationId, LOCATION_ID),
            (F::ProviderId, PROVIDER_ID),
        ],
    },
    Shape {
        name: "CQC API extract",
        lists: Lists::Literals,
        required: &[F::LocationId, F::Name, F::Types, F::ProviderId],
        columns: &[
            (F::LocationId, &["locationId"]),
            (F::ProviderId, &["providerId"]),
            (F::Name, &["name"]),
            (F::Ods, &["odsCode"]),
            (F::Uprn, &["uprn"]),
            (F::RegisteredOn, &["registrationDate"]),
            (F::Dormant, &["dormancy"]),
            (F::Beds, &["numberOfBeds"]),
            (F::Line1, &["postalAddressLine1"]),
            (F::Line2, &["postalAddressLine2"]),
            (F::City, &["postalAddressTownCity"]),
            (F::County, &["postalAddressCounty"]),
            (F::Region, &["region"]),
            (F::Postcode, &["postalCode"]),
            (F::Lat, &["onspdLatitude"]),
            (F::Lon, &["onspdLongitude"]),
            (F::CareHome, &["careHome"]),
            (F::Phone, &["mainPhoneNumber"]),
            (F::Authority, &["localAuthority"]),
            (F::Types, &["gacServiceTypes"]),
            (F::Specialisms, &["specialisms"]),
            (F::RatingTree, &["currentRatings"]),
            (F::Website, &["website"]),
            (F::EndedOn, &["deregistrationDate"]),
            (F::AlsoKnownAs, &["alsoKnownAs"]),
        ],
    },
    Shape {
        name: "CQC directory extract",
        lists: Lists::Commas,
        required: &[F::LocationId, F::Name, F::Line1, F::Types, F::ProviderId],
        columns: &[
            (F::Name, &["Name"]),
            (F::Line1, &["Address 1"]),
            (F::Line2, &["Address 2"]),
            (F::City, &["Town/City"]),
            (F::County, &["County"]),
            (F::Postcode, &["Postcode"]),
            (F::Phone, &["Phone number"]),
            (F::ProviderId, PROVIDER_ID),
            (F::LocationId, LOCATION_ID),
            (F::Website, WEBSITE),
            (F::Authority, &["Local authority"]),
            (F::Region, &["Region"]),
            (F::AlsoKnownAs, &["Also known as"]),
            (F::Specialisms, &["Specialisms/services"]),
            (F::Types, &["Service types"]),
            (F::ProviderName, &["Provider name"]),
        ],
    },
    Shape {
        name: "CQC locations extract",
        lists: Lists::Commas,
        required: &[F::LocationId, F::Name, F::Types, F::ProviderId],
        columns: &[
            (F::Name, &["Location Name"]),
            (F::LocationId, &["Location ID"]),
            (F::Uprn, &["Location UPRN"]),
            (F::Phone, &["Location telephone number"]),
            (F::Website, &["Location Web Address"]),
            (F::Authority, &["Location Local Authority"]),
            (F::Region, &["Location ADASS Region"]),
            (F::Types, &["Service Types"]),
            (F::Beds, &["Care homes beds"]),
            (F::RegisteredOn, &["Location HSCA start date"]),
            (F::EndedOn, &["Location HSCA end date"]),
            (F::Dormant, &["Dormant"]),
            (F::Rating, &["Location Latest Overall Rating"]),
            (F::RatingDate, &["Publication Date"]),
            (F::Specialisms, &["Service users supported"]),
            (F::ProviderName, &["Provider Name"]),
            (F::ProviderId, &["Provider ID"]),
            (F::Company, &["Provider Companies House Number"]),
        ],
    },
];
