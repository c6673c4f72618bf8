//! Names of things: one type for each kind, so that an area cannot be taken for a level.

use std::fmt;
use std::sync::Arc;

/// Whether a text can be an id: lower-case letters and digits, in parts joined by `-` or `_`.
pub(in crate::evidence) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split(['-', '_']).all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The nearest text that can be an id; empty when nothing of the text can stay.
pub(crate) fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            '\'' | '’' => {}
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident,)+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text as an id if its characters allow it.
            pub fn parse(text: &str) -> Option<$name> {
                is_slug(text).then(|| $name(text.into()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

ids! {
    /// An area: a region, an ICB or a place.
    AreaId,
    /// A provider; also the name of its file and part of its address.
    ProviderId,
    /// A service; unique in the whole market.
    ServiceId,
    /// A ladder of levels of care.
    LadderId,
    /// A level of care on a ladder.
    LevelId,
    /// A need, which is also a capability of a service.
    NeedId,
    /// A type of service.
    TypeId,
    /// A legal status.
    LegalId,
    /// An opportunity.
    OpportunityId,
    /// A group of people whose movement is counted together: a ladder or a need.
    CohortId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain() {
        for good in ["a", "elm-house", "open_rehab", "ward-7"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-a", "a--b", "A", "é", "a b", "a/b", "a-"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn any_name_becomes_the_nearest_id() {
        assert_eq!(slugify("St. Anne's – Elm House & Co (North)"), "st-annes-elm-house-co-north");
        assert_eq!(slugify("***"), "");
        assert!(is_slug(&slugify("Élan 24/7")));
    }
}
