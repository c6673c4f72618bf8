//! Names of columns as people write them: which known column is meant, and which may be shown.

use super::cells_of;

/// Keys and columns that would hold personal details.
const PERSONAL: &str = "\
    name first_name surname forename last_name full_name patient_name name_of_person patient \
    nhs_number nhs nhs_no date_of_birth dob birth_date address postcode phone email e_mail uprn \
    gp next_of_kin ni_number d.o.b d.o.b. birthday post_code telephone mobile known_as nickname \
    service_user client resident person national_insurance nhs_num e_mail_address \
    next_of_kin_name";

/// Words that speak of a detail of one person in any heading.
const ALWAYS: &str = "\
    surname surnames forename forenames firstname lastname fullname initials dob birthdate birth \
    nino kin nickname";
/// Details that organisations have too, and words that tell that a person is meant.
const DETAILS: &str = "\
    name names address addresses postcode postcodes phone telephone mobile email gp uprn";
const OF_WHOM: &str = "\
    patient patients client clients person persons resident residents user users individual \
    individuals child parent carer mother father relative first last full family middle \
    preferred home";
/// Words that may stand beside these.
const BESIDE: &str = "\
    nhs ni no num number id date of s national insurance next service known as and e";

/// Single words of a heading that speak of one person.
const OF_A_PERSON: &str = "\
    name surname forename initials patient nhs dob birth born address postcode phone email gp \
    kin";

/// Names that spreadsheets often have for a column.
const OTHER_NAMES: [(&str, &str); 38] = [
    ("ref", "id"),
    ("reference", "id"),
    ("pseudonym", "id"),
    ("person_id", "id"),
    ("area", "home"),
    ("home_area", "home"),
    ("local_authority", "home"),
    ("borough", "home"),
    ("place", "home"),
    ("care_level", "level"),
    ("level_of_care", "level"),
    ("setting", "level"),
    ("need", "needs"),
    ("conditions", "needs"),
    ("diagnosis", "needs"),
    ("ages", "age"),
    ("age_band", "age"),
    ("age_range", "age"),
    ("sex", "gender"),
    ("legal_status", "legal"),
    ("mha_status", "legal"),
    ("section", "legal"),
    ("count", "people"),
    ("number", "people"),
    ("headcount", "people"),
    ("number_of_people", "people"),
    ("cost", "weekly_cost_pounds"),
    ("weekly_cost", "weekly_cost_pounds"),
    ("price", "weekly_cost_pounds"),
    ("review_date", "review_due"),
    ("next_review", "review_due"),
    ("ready_to_move", "ready"),
    ("start_date", "placed_since"),
    ("placement_date", "placed_since"),
    ("current_placement", "current_service"),
    ("reason_for_placement", "reason"),
    ("distance", "distance_km"),
    ("length_of_stay", "stay_days"),
];

/// Whether a key or column of this name would hold personal details.
pub fn is_named_by_person(name: &str) -> bool {
    is_among(&folded(name), PERSONAL) || is_certain_of_a_person(name)
}

/// Whether a name speaks of a detail of one person even where services and areas are listed too:
/// `Surname`, `NHS No.`, `Patient name`, but not `Name`.
pub fn is_certain_of_a_person(name: &str) -> bool {
    let words = words_of(name);
    let has = |list: &str| words.iter().any(|word| is_among(word, list));
    let is_number = has("no number num id");
    let is_short = words.len() <= 6;
    is_short
        && (has(ALWAYS)
            || has("nhs") && (is_number || words.len() == 1)
            || has("ni") && is_number
            || has("national") && has("insurance")
            || has(DETAILS) && has(OF_WHOM)
            || folded(name).trim_end_matches('.') == "d.o.b")
}

/// Whether a name is made of words for details of people only, so that it may be shown.
pub fn names_details_only(name: &str) -> bool {
    let known = [ALWAYS, DETAILS, OF_WHOM, BESIDE];
    let is_known = |word: &String| known.iter().any(|list| is_among(word, list));
    is_among(&folded(name), PERSONAL) || words_of(name).iter().all(is_known)
}

/// Whether a word is one of a list with spaces between them.
fn is_among(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// The words of a name in lower case.
fn words_of(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The known column that is meant by another common name, such as `gender` by `Sex`.
pub fn column_meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let name = folded(name);
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, column)| *column);
    known.iter().copied().find(|column| *column == name || Some(*column) == other)
}

/// Whether a line is a row of column names: two of its cells name known columns, however spelt.
pub fn names_columns(line: &str, known: &[&str]) -> bool {
    let is_name = |cell: &std::ops::Range<usize>| {
        column_meant(line[cell.clone()].trim_matches('"'), known).is_some()
    };
    cells_of(line).iter().filter(|cell| is_name(cell)).count() > 1
}

/// Whether the name of a column may be shown where values must not be: words without digits that
/// do not speak of one person and are not the name of one.
pub fn is_plain_heading(name: &str) -> bool {
    let name = name.trim_matches(['"', ' ', '\u{feff}']);
    let is_plain = |c: char| c.is_alphabetic() || " _-/()£%?".contains(c);
    if name.is_empty() || name.chars().count() > 40 || !name.chars().all(is_plain) {
        return false;
    }
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let speaks_of_a_person = words.iter().any(|word| is_among(&word.to_lowercase(), OF_A_PERSON));
    let begins_high = |word: &&str| word.starts_with(char::is_uppercase);
    // "Smith" and "Jane Smith" are not shown, "Care Level" is.
    let is_like_a_name =
        words.iter().all(begins_high) && !words.iter().any(|word| is_word_of_a_column(word));
    !words.is_empty() && !speaks_of_a_person && !is_like_a_name
}

fn is_word_of_a_column(word: &str) -> bool {
    let word = word.to_lowercase();
    let names = OTHER_NAMES.iter().flat_map(|(other, column)| [*other, *column]);
    names.flat_map(|name| name.split('_')).any(|part| part == word)
}

fn folded(name: &str) -> String {
    name.trim_matches(['"', ' ', '\u{feff}']).to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_shown_unless_they_speak_of_a_person() {
        for shown in ["Sex", "hone", "Care Level", "Length Of Stay", "cost (£)", "Review"] {
            assert!(is_plain_heading(shown), "{shown}");
        }
        for hidden in ["Jane Smith", "Smith", "Surname", "Patient ref", "MH-1", "NHS no", "", "7"] {
            assert!(!is_plain_heading(hidden), "{hidden}");
        }
    }

    #[test]
    fn names_of_personal_details_are_told_from_others() {
        for personal in [
            "Name",
            "Patient name",
            "NHS No.",
            "D.O.B.",
            "Home postcode",
            "First name(s)",
            "Surname/Forename",
            "Service user’s name",
            "NI number",
            "Next of kin",
            "initials",
        ] {
            assert!(is_named_by_person(personal), "{personal}");
        }
        for other in [
            "home",
            "needs",
            "people",
            "Provider name",
            "NHS trust",
            "number",
            "Number of people",
            "current_service",
            "service",
            "pseudonym",
            "home_area",
            "placed_since",
            "id",
        ] {
            assert!(!is_named_by_person(other), "{other}");
        }
        assert!(!is_certain_of_a_person("Name") && !is_certain_of_a_person("Address"));
        assert!(names_details_only("Patient name") && !names_details_only("Surname of Jane"));
    }

    #[test]
    fn other_names_mean_known_columns_of_the_file() {
        assert_eq!(column_meant("Sex", &["id", "gender"]), Some("gender"));
        assert_eq!(column_meant("Sex", &["id"]), None);
        assert_eq!(column_meant("Stay days", &["stay_days"]), Some("stay_days"));
        assert!(names_columns("Ref,Sex,x", &["id", "gender"]));
        assert!(!names_columns("MH-1,bridge,7", &["id", "gender"]));
    }
}
