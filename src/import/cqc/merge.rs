//! Which location goes into which provider file, and what that changes.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::{Edits, Existing, NewService, ProviderFile};
use super::group::{Group, group};
use super::index::Index;
use super::location::Location;
use super::reading::Reading;
use super::register::{self, Origin, quoted};
use super::summary::Summary;
use super::{Refusal, slug};
use crate::import::report::{Entry, Report};

const NOT_EDITABLE: &str = "skipped-existing-not-editable";

/// First line of a new file.
const HEADER: &str =
    "# `register:` blocks are replaced by each import. Write your own keys beside them.\n";

/// Reads the provider files of a site, in the order of their paths.
pub(super) fn read_existing<'a>(files: &[Existing<'a>]) -> Result<Vec<ProviderFile<'a>>, Refusal> {
    let mut files: Vec<&Existing<'a>> = files.iter().collect();
    files.sort_by_key(|file| file.path);
    files.into_iter().map(ProviderFile::read).collect()
}

/// Files to write, and the numbers of it.
pub(super) struct Merged {
    pub(super) files: BTreeMap<String, String>,
    pub(super) summary: Summary,
}

/// Puts all locations into files.
pub(super) fn merge(
    reading: &Reading,
    existing: &[ProviderFile<'_>],
    origin: &Origin,
    report: &mut Report,
) -> Merged {
    let mut merge = Merge {
        existing,
        origin,
        index: Index::new(existing, report),
        edits: BTreeMap::new(),
        summary: reading.summary.clone(),
        files: BTreeMap::new(),
        report,
    };
    let groups = group(&reading.locations, merge.report);
    merge.summary.providers = groups.len();
    let mut adopted = BTreeSet::new();
    let mut homeless = Vec::new();
    for (key, group) in groups {
        let home = merge.home(&group, &mut adopted);
        homeless.extend(merge.assign(group, home).map(|group| (key, group)));
    }
    merge.write_new(homeless);
    merge.write_edits();
    merge.report_gone(&reading.registered);
    Merged { files: merge.files, summary: merge.summary }
}

struct Merge<'a, 'r> {
    existing: &'a [ProviderFile<'a>],
    origin: &'a Origin,
    index: Index<'a>,
    edits: BTreeMap<usize, FileEdits<'a>>,
    summary: Summary,
    files: BTreeMap<String, String>,
    report: &'r mut Report,
}

/// Edits of one file, and the rows that hang on them.
#[derive(Default)]
struct FileEdits<'a> {
    edits: Edits,
    updated: Vec<(usize, &'a Location)>,
    added: Vec<&'a Location>,
}

impl<'a> Merge<'a, '_> {
    /// The file of a provider: one that names it, or else one that names no provider but holds one
    /// of its services, unless another provider has taken that file already.
    fn home(&self, group: &Group<'a>, adopted: &mut BTreeSet<usize>) -> Option<usize> {
        let id = group.provider.id.as_deref()?;
        if let Some(file) = self.index.by_provider.get(id) {
            return Some(*file);
        }
        let mut files = group.locations.iter().filter_map(|location| {
            let (file, _) = self.index.by_location.get(location.id.as_str())?;
            (self.existing[*file].provider.is_none() && !adopted.contains(file)).then_some(*file)
        });
        let file = files.next()?;
        adopted.insert(file);
        Some(file)
    }

    /// Sends each location to the file that holds it or its provider; gives back what has neither.
    fn assign(&mut self, group: Group<'a>, home: Option<usize>) -> Option<Group<'a>> {
        let Group { provider, locations } = group;
        if let Some(home) = home {
            let block = register::provider(&provider, locations[0].line, self.origin);
            self.edits.entry(home).or_default().edits.head = Some(block);
        }
        let mut rest = Vec::new();
        for location in locations {
            match (self.index.by_location.get(location.id.as_str()).copied(), home) {
                (Some((file, service)), _) => {
                    self.report_move(file, location);
                    self.edits.entry(file).or_default().updated.push((service, location));
                }
                (None, Some(home)) => self.edits.entry(home).or_default().added.push(location),
                (None, None) => rest.push(location),
            }
        }
        (!rest.is_empty()).then_some(Group { provider, locations: rest })
    }

    /// Reports a location whose file belongs to another provider; people decide where it goes.
    fn report_move(&mut self, file: usize, location: &Location) {
        let file = &self.existing[file];
        if let (Some(old), Some(new)) = (file.provider.as_deref(), location.provider.id.as_deref())
            && old != new
        {
            let before = format!("{}: {old}", file.path);
            self.report.add(Entry::new(location.line, "", "provider-moved", &before, new));
        }
    }

    /// Writes files for providers that have none.
    fn write_new(&mut self, groups: Vec<(String, Group<'a>)>) {
        let plain =
            |group: &Group<'_>| slug::of(group.provider.name.as_deref().unwrap_or_default());
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for (_, group) in &groups {
            *uses.entry(plain(group)).or_insert(0) += 1;
        }
        for (key, group) in groups {
            let plain = plain(&group);
            let free =
                !plain.is_empty() && uses[&plain] == 1 && !self.index.provider_ids.contains(&plain);
            let wanted = match (free, plain.is_empty()) {
                (true, _) => plain,
                (false, true) => format!("provider-{}", slug::of(&key)),
                (false, false) => format!("{plain}-{}", slug::of(&key)),
            };
            let id = slug::take_free(&wanted, &mut self.index.provider_ids);
            let text = self.new_file(&id, group);
            self.files.insert(format!("data/providers/{id}.yaml"), text);
            self.summary.new_files += 1;
        }
    }

    fn new_file(&mut self, id: &str, group: Group<'a>) -> String {
        let mut text = format!("{HEADER}id: {}\n", quoted(id));
        if let Some(provider) = &group.provider.id {
            text.push_str(&format!("identifiers:\n  cqc-provider: {}\n", quoted(provider)));
        }
        let line = group.locations[0].line;
        text.push_str(&register::provider(&group.provider, line, self.origin).render(0, "\n"));
        text.push_str("services:\n");
        self.summary.added += group.locations.len();
        self.summary.services += group.locations.len();
        for service in self.new_services(group.locations) {
            service.render_into(&mut text, 2, "\n");
        }
        text
    }

    /// New services with their ids, sorted by them so that the order of rows does not matter.
    fn new_services(&mut self, mut locations: Vec<&'a Location>) -> Vec<NewService> {
        locations.sort_by_cached_key(|location| (service_slug(location), location.id.clone()));
        let new = |location: &Location| NewService {
            id: slug::take_free(&service_slug(location), &mut self.index.service_ids),
            location: location.id.clone(),
            block: register::service(location, self.origin),
        };
        locations.into_iter().map(new).collect()
    }

    fn write_edits(&mut self) {
        for (number, mut edit) in std::mem::take(&mut self.edits) {
            let file = &self.existing[number];
            let added = edit.added.clone();
            edit.edits.append = self.new_services(edit.added);
            for (service, location) in &edit.updated {
                let block = register::service(location, self.origin);
                edit.edits.services.push((*service, block));
            }
            let Some(text) = file.is_editable().then(|| file.edited(&edit.edits)).flatten() else {
                self.skip_all(file.path, edit.updated.iter().map(|(_, l)| *l).chain(added));
                continue;
            };
            self.summary.services += added.len() + edit.updated.len();
            self.summary.added += added.len();
            for ((service, location), (_, block)) in edit.updated.iter().zip(&edit.edits.services) {
                self.count_change(file, *service, location, file.states(*service, block));
            }
            if text != file.text {
                self.summary.changed_files += 1;
                self.files.insert(file.path.to_owned(), text);
            }
        }
    }

    fn count_change(
        &mut self,
        file: &ProviderFile<'_>,
        service: usize,
        new: &Location,
        same: bool,
    ) {
        if same {
            self.summary.unchanged += 1;
            return;
        }
        self.summary.changed += 1;
        let old = &file.services[service];
        if let (Some(old), Some(new)) = (old.rating.as_deref(), &new.rating) {
            self.summary.rating_changed += usize::from(old != new.rating);
        }
        let newly = new.dormant == Some(true) && old.dormant != Some(true);
        self.summary.dormant_now += usize::from(newly);
    }

    fn skip_all(&mut self, path: &str, locations: impl Iterator<Item = &'a Location>) {
        for location in locations {
            self.summary.skip(NOT_EDITABLE);
            self.report.add(Entry::new(location.line, "", NOT_EDITABLE, &location.id, path));
        }
    }

    /// Reports services of the site whose location the file does not show as registered.
    fn report_gone(&mut self, registered: &BTreeSet<String>) {
        for file in self.existing {
            for (place, service) in file.services.iter().enumerate() {
                let Some(id) = &service.location else {
                    continue;
                };
                if !registered.contains(id) {
                    self.summary.gone += 1;
                    let line = file.line_of(place);
                    self.report.add(Entry::new(line, "", "gone", id, "").about(file.path));
                }
            }
        }
    }
}

/// Name and location id, which together name a service for good.
fn service_slug(location: &Location) -> String {
    let name = slug::of(location.name.as_deref().unwrap_or("service"));
    let id = slug::of(&location.id);
    match name.is_empty() {
        true => format!("service-{id}"),
        false => format!("{name}-{id}"),
    }
}
