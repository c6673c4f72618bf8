//! What the provider files of a site hold, by the numbers of the register.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::ProviderFile;
use crate::import::report::{Entry, Report};

/// What the existing files hold, by number of file and place of service.
pub(super) struct Index<'a> {
    pub(super) by_provider: BTreeMap<&'a str, usize>,
    pub(super) by_location: BTreeMap<&'a str, (usize, usize)>,
    /// Ids that providers have, and so may not be given again.
    pub(super) provider_ids: BTreeSet<String>,
    /// Ids that services have.
    pub(super) service_ids: BTreeSet<String>,
}

impl<'a> Index<'a> {
    /// Indexes files; a provider or location that two files name belongs to the first of them.
    pub(super) fn new(files: &'a [ProviderFile<'_>], report: &mut Report) -> Index<'a> {
        let mut index = Index {
            by_provider: BTreeMap::new(),
            by_location: BTreeMap::new(),
            provider_ids: BTreeSet::new(),
            service_ids: BTreeSet::new(),
        };
        for (number, file) in files.iter().enumerate() {
            let stem = file.path.rsplit('/').next().unwrap_or(file.path);
            index.provider_ids.insert(stem.trim_end_matches(".yaml").to_owned());
            index.provider_ids.insert(file.id.clone());
            if let Some(id) = file.provider.as_deref() {
                let first = *index.by_provider.entry(id).or_insert(number);
                if first != number {
                    let rule = "existing-provider-twice";
                    report.add(Entry::new(0, "", rule, id, files[first].path).about(file.path));
                }
            }
            for (place, service) in file.services.iter().enumerate() {
                index.service_ids.insert(service.id.clone());
                let Some(id) = service.location.as_deref() else {
                    continue;
                };
                let first = *index.by_location.entry(id).or_insert((number, place));
                if first != (number, place) {
                    let rule = "existing-location-twice";
                    let line = file.line_of(place);
                    report
                        .add(Entry::new(line, "", rule, id, files[first.0].path).about(file.path));
                }
            }
        }
        index
    }
}
