//! Where pages stand, and how they lead to each other.

use std::cmp::Ordering;
use std::fmt;

use crate::evidence::disclosure::{AreaId, LevelId, OpportunityId, ProviderId, ServiceId};

/// Where a page or file stands, from the root of the site: `/directory/elm-house/`, `/robots.txt`.
///
/// Two addresses are the same when their paths are: how a page writes its links is not part of it.
#[derive(Clone, Debug)]
pub struct Address {
    path: String,
    /// The way to the root, where it is not found by counting slashes.
    root: Option<String>,
}

impl Address {
    /// Takes a path that begins with a slash; pages end with one.
    pub fn new(path: impl Into<String>) -> Address {
        Address { path: path.into(), root: None }
    }

    /// A path whose page may be shown in answer to any address: its links begin at `root`.
    pub fn rooted(path: impl Into<String>, root: impl Into<String>) -> Address {
        Address { path: path.into(), root: Some(root.into()) }
    }

    /// The path from the root.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// The file that holds it, relative to the output folder.
    pub fn file(&self) -> String {
        let path = self.path.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }

    /// The way from this page to the root: `./` or `../../`.
    pub fn to_root(&self) -> String {
        if let Some(root) = &self.root {
            return root.clone();
        }
        match self.path.matches('/').count() - 1 {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The way from this page to another, which works under any base path.
    pub fn to(&self, other: &Address) -> String {
        format!("{}{}", self.to_root(), other.path.trim_start_matches('/'))
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Address) -> bool {
        self.path == other.path
    }
}

impl Eq for Address {}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Address) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Address {
    fn cmp(&self, other: &Address) -> Ordering {
        self.path.cmp(&other.path)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

/// The home page.
pub fn home() -> Address {
    Address::new("/")
}

/// A page directly under the root.
pub fn section(name: &str) -> Address {
    Address::new(format!("/{name}/"))
}

/// A provider's page.
pub fn provider(id: &ProviderId) -> Address {
    Address::new(format!("/directory/{id}/"))
}

/// A service's page.
pub fn service(provider: &ProviderId, id: &ServiceId) -> Address {
    Address::new(format!("/directory/{provider}/{id}/"))
}

/// A level's page of gaps.
pub fn gap(level: &LevelId) -> Address {
    Address::new(format!("/gaps/{level}/"))
}

/// An opportunity's page.
pub fn opportunity(id: &OpportunityId) -> Address {
    Address::new(format!("/opportunities/{id}/"))
}

/// A listed gap's page. Its id begins with its level and goes on, so it stands beside the levels.
pub fn listed_gap(id: &str) -> Address {
    Address::new(format!("/gaps/{id}/"))
}

/// The page that shows every ladder.
pub fn ladder() -> Address {
    Address::new("/ladder/")
}

/// An area's page.
pub fn area(id: &AreaId) -> Address {
    Address::new(format!("/areas/{id}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_each_other_without_the_root() {
        let deep = Address::new("/directory/elm/");
        assert_eq!(deep.to(&Address::new("/gaps/")), "../../gaps/");
        assert_eq!(home().to(&Address::new("/gaps/")), "./gaps/");
        assert_eq!(deep.to(&home()), "../../");
        assert_eq!(home().file(), "index.html");
        assert_eq!(deep.file(), "directory/elm/index.html");
        assert_eq!(Address::new("/robots.txt").file(), "robots.txt");
        assert_eq!(Address::new("/404.html").to(&Address::new("/gaps/")), "./gaps/");
    }
}
