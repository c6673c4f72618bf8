//! What is asked for on the command line: the name of an edition, and who signs it off.

use crate::diagnostics::Failure;
use crate::evidence::market::slugify;
use crate::sources::is_unseen;

/// Longest name of an edition and of a role, in letters.
const LONGEST: usize = 80;

/// Words of which a role has at least one.
const OF_ROLES: [&str; 36] = [
    "accountant",
    "adviser",
    "analyst",
    "board",
    "chair",
    "chief",
    "clerk",
    "commissioner",
    "committee",
    "controller",
    "coordinator",
    "council",
    "deputy",
    "director",
    "directorate",
    "executive",
    "guardian",
    "head",
    "lead",
    "leader",
    "manager",
    "member",
    "officer",
    "office",
    "owner",
    "panel",
    "partner",
    "partnership",
    "president",
    "principal",
    "secretary",
    "specialist",
    "statistician",
    "team",
    "treasurer",
    "trustee",
];

/// Words of which another part of a role, behind a comma or in brackets, has at least one.
const OF_PLACES: [&str; 22] = [
    "adult",
    "adults",
    "authority",
    "care",
    "children",
    "commissioning",
    "department",
    "finance",
    "governance",
    "health",
    "icb",
    "information",
    "integrated",
    "market",
    "nhs",
    "public",
    "quality",
    "service",
    "services",
    "social",
    "strategy",
    "trust",
];

/// Titles of persons.
const TITLES: [&str; 12] =
    ["cllr", "councillor", "dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "prof", "sir"];

/// An edition that somebody wants to be made.
#[derive(Clone, Debug)]
pub struct EditionRequest {
    pub(super) name: String,
    pub(super) role: String,
}

impl EditionRequest {
    /// Takes a name and a role.
    ///
    /// # Errors
    ///
    /// A name of which no file name can be made, and a role that reads like a person or an address:
    /// the lock is committed, and may be read by everybody.
    pub fn new(name: &str, role: &str) -> Result<EditionRequest, Failure> {
        let (name, role) = (name.trim(), role.trim());
        if slugify(name).is_empty() || !is_plain(name) {
            let hint =
                format!("write a name of at most {LONGEST} letters, such as \"Autumn 2026\"");
            return Err(Failure::new("this cannot be the name of an edition", hint));
        }
        if !is_role(role) {
            return Err(Failure::new(
                "`--signed-off-by` does not name a role",
                "name the role and not the person, without e-mail or telephone, such as \
                 \"Director of Commissioning\"",
            ));
        }
        Ok(EditionRequest { name: name.to_owned(), role: role.to_owned() })
    }

    /// Where its lock belongs, inside the site folder.
    pub(super) fn path(&self) -> String {
        EditionRequest::path_of(&self.name)
    }

    /// Where the lock of an edition with this name belongs.
    pub(super) fn path_of(name: &str) -> String {
        format!("data/editions/{}.yaml", slugify(name))
    }
}

fn is_plain(text: &str) -> bool {
    text.chars().count() <= LONGEST
        && !text.chars().any(|c| is_unseen(c) || c.is_control() || c == '@')
}

/// Whether a text reads like a role: a word of a role in it, and in each of its parts a word of a
/// role or of an organisation, so that a name beside the role is noticed.
pub(super) fn is_role(text: &str) -> bool {
    let words_of = |part: &str| -> Vec<String> {
        part.split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let has =
        |part: &str, list: &[&str]| words_of(part).iter().any(|word| list.contains(&word.as_str()));
    let parts: Vec<&str> = text
        .split([',', ';', ':', '(', ')', '/', '|'])
        .filter(|part| !part.trim().is_empty())
        .collect();
    is_plain(text)
        && !text.chars().any(|c| c.is_ascii_digit())
        && !has(text, &TITLES)
        && has(text, &OF_ROLES)
        && parts.iter().all(|part| has(part, &OF_ROLES) || has(part, &OF_PLACES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_taken_and_people_are_not() {
        for role in [
            "Director of Commissioning",
            "Head of Market Shaping, Adult Social Care",
            "Chief Finance Officer (Avonmere ICB)",
            "Information governance lead",
            "Caldicott Guardian",
        ] {
            assert!(is_role(role), "{role}");
        }
        for person in [
            "",
            "Jane Smith",
            "Jane Smith, Director of Commissioning",
            "Director (Jane Smith)",
            "Dr Smith, Director",
            "director@example.org",
            "Director 0117 496 0000",
            "Mr Director",
            "Director\nof Care",
        ] {
            assert!(!is_role(person), "{person}");
        }
    }

    #[test]
    fn a_name_becomes_a_file_name() {
        let path = |name: &str| Some(EditionRequest::new(name, "Director").ok()?.path());
        assert_eq!(path("Autumn 2026").as_deref(), Some("data/editions/autumn-2026.yaml"));
        assert_eq!(path("../../etc").as_deref(), Some("data/editions/etc.yaml"));
        for name in ["", "  ", "...", "a\u{7}b", &"a".repeat(81)] {
            assert_eq!(path(name), None, "{name}");
        }
    }
}
