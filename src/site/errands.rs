//! What is out of date, with the line at which its date is written.

use serde::Serialize;

use super::Site;
use crate::sources::SourceSet;
use crate::view::freshness::{self, Ask, Chase, Old, Place};

/// What one provider, or who answers for the statement, has to be asked about.
#[derive(Clone, Debug, Serialize)]
pub struct Errand {
    /// The provider, or "Statement".
    pub name: String,
    /// Whom to ask.
    pub ask: Ask,
    /// What is old, the oldest first.
    pub records: Vec<Traced>,
}

/// Something old, and where its date stands.
#[derive(Clone, Debug, Serialize)]
pub struct Traced {
    /// What is old.
    #[serde(flatten)]
    pub old: Old,
    /// The file, from the site folder.
    pub file: String,
    /// The line, from 1: of the date, or of the record where it has none.
    pub line: usize,
}

/// What is out of date in a site.
pub(super) fn errands(site: &Site) -> Vec<Errand> {
    let traced = |old: Old| {
        let (file, line) = place(site, &old.place);
        Traced { old, file, line }
    };
    freshness::chases(site.material())
        .into_iter()
        .map(|Chase { name, ask, records }| {
            let records = records.into_iter().map(traced).collect();
            Errand { name, ask, records }
        })
        .collect()
}

fn place(site: &Site, place: &Place) -> (String, usize) {
    let sources: &SourceSet = &site.sources;
    match place {
        Place::Provider { provider, service, key } => {
            let file = format!("data/providers/{provider}.yaml");
            let text = sources.find(&file).map_or("", |(_, source)| source.text());
            (file, line(text, service.as_deref(), key))
        }
        Place::Chapter(number) => {
            let source = sources.get(site.narrative.chapters[*number].place.source);
            (source.path().to_owned(), line(source.text(), None, "as_at"))
        }
    }
}

/// The line of a key at the left edge of a file, or within the service with this id; without the
/// key, that of the service or the first.
///
/// Looks at lines, not at YAML, which keeps no places once it has been read; a service written
/// within brackets is found and its keys are not.
fn line(text: &str, service: Option<&str>, key: &str) -> usize {
    let mut lines = text.lines().enumerate();
    let (mut found, mut left) = (0, 0);
    if let Some(id) = service {
        let Some((number, start)) = lines.by_ref().find(|(_, line)| names(line, id)) else {
            return 1;
        };
        found = number;
        left = start.find("id:").unwrap_or(0);
    }
    for (number, line) in lines {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if indent < left && !words.is_empty() && !words.starts_with('#') {
            break;
        }
        if indent == left && words.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return number + 1;
        }
    }
    found + 1
}

/// Whether a line says that something has this id.
fn names(line: &str, id: &str) -> bool {
    let words = line.trim_start().trim_start_matches(['-', '{', ' ']);
    let value = words.strip_prefix("id:").map(str::trim_start).unwrap_or_default();
    let value = value.trim_start_matches(['"', '\'']);
    let rest = value.strip_prefix(id);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_in_its_own_service() {
        let text = "id: elm\nupdated: 2026-01-01\nservices:\n  - id: elm-one # first\n    name: One\
                    \n\n    quality:\n      self: {score: 1}\n  - id: \"elm\"\n    name: Two\
                    \n    as_of: 2026-02-02\n  - {id: elm-three, as_of: 2026-01-01}\n";
        assert_eq!(line(text, None, "updated"), 2);
        assert_eq!(line(text, None, "as_at"), 1);
        assert_eq!(line(text, Some("elm-one"), "quality"), 7);
        assert_eq!(line(text, Some("elm-one"), "as_of"), 4, "none of its own");
        assert_eq!(line(text, Some("elm-three"), "as_of"), 12);
        assert_eq!(line(text, Some("elm-four"), "as_of"), 1);
    }
}
