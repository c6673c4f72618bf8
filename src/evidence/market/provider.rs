//! Providers: organisations that run services.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ids::ProviderId;
use super::service::Service;

/// Kind of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sector {
    /// NHS trust or other NHS body.
    Nhs,
    /// Company, partnership or sole trader.
    Independent,
    /// Charity, community interest company, voluntary group.
    Voluntary,
    /// Council.
    LocalAuthority,
}

/// A way to reach a role, never a named person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The role or team.
    pub role: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its telephone number, as written.
    pub phone: Option<String>,
}

/// Where a record that an importer wrote comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Name of the file that was imported.
    pub source: String,
    /// Day of that file.
    pub date: Option<Date>,
}

/// One provider and its services.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its id, the name of its file.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// What kind of organisation it is.
    pub sector: Option<Sector>,
    /// What it does, as Markdown.
    pub description: Option<String>,
    /// Register numbers by kind: `cqc-provider`, `company`, `charity`, `ods`.
    pub identifiers: BTreeMap<String, String>,
    /// Its website.
    pub website: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// Day on which the provider last confirmed the record.
    pub updated: Option<Date>,
    /// Where an imported record comes from.
    pub registration: Option<Registration>,
    /// Its services in the order of the file.
    pub services: Vec<Service>,
}
