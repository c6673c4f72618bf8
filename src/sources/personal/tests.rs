use proptest::prelude::*;

use super::*;

fn check(path: &str, text: &str, expect: &[&str]) {
    let found: Vec<&str> =
        personal_details(text, path).into_iter().map(|found| &text[found.range]).collect();
    assert_eq!(found, expect, "{text:?} in {path}");
}

const PAGE: &str = "content/index.md";
const PROVIDER: &str = "data/providers/a.yaml";
const ROWS: &str = "data/placements/a.yaml";

#[test]
fn nhs_numbers_are_found_in_any_spacing() {
    check(
        PAGE,
        "a 9434765919 b 943 476 5919, 943-476-5919.",
        &["9434765919", "943 476 5919", "943-476-5919"],
    );
    for number in [
        "943\u{a0}476\u{a0}5919",
        "943&nbsp;476&#160;5919",
        "943.476.5919",
        "943  476  5919",
        "943 - 476 - 5919",
        "94347 65919",
        "9 4 3 4 7 6 5 9 1 9",
        "943\u{2011}476\u{2011}5919",
        "943 476-5919",
        "94 34 76 59 19",
        "943_476_5919",
        "943/476/5919",
        "943 476\n5919",
    ] {
        check(PAGE, &format!("Ask ({number}) é"), &[number]);
        check(PAGE, &format!("NHS{number}"), &[number]);
    }
    check(PAGE, "room 3 943 476 5919 12/03/1980", &["943 476 5919"]);
    check("data/placements/a.csv", "a,9434765919.0,b", &["9434765919"]);
    check("data/placements/a.csv", "a,943\n476,5919\n943\n476\n5919", &[]);
    check(ROWS, "x: \"943\\u00a0476\\_5919\"", &["943\\u00a0476\\_5919"]);
}

#[test]
fn other_numbers_are_no_nhs_numbers() {
    check(PAGE, "9434765918 99434765919 94347659190 1.9434765919 9434765919.5", &[]);
    check(PAGE, "1-9434765919 1-943476591 0000000000 01632 960001 2026-10-31", &[]);
    // Each of these would be valid but for what it is.
    check(PAGE, "+44 7911 123456, +44 (0)7911 123456, 07911 123456", &[]);
    check(PROVIDER, "phone: \"9434765919\"", &[]);
    check(PROVIDER, "a: {name: b, uprn: 9434765919}", &[]);
    check(PROVIDER, "phone: 1 # 9434765919", &["9434765919"]);
    check(PROVIDER, "name: 9434765919", &["9434765919"]);
    check(PAGE, "phone: 9434765919", &["9434765919"]);
    // A number with a zero in front is one of a telephone, but for files about people.
    check(PROVIDER, "name: 0943476596", &[]);
    check(ROWS, "row: 9434765919", &["9434765919"]);
}

#[test]
fn insurance_numbers_follow_the_rules() {
    for number in [
        "AB 12 34 56 C",
        "ab123456c",
        "AB-12-34-56-C",
        "AB123456 C",
        "A B 1 2 3 4 5 6 C",
        "ab\u{a0}12\u{a0}34\u{a0}56\u{a0}c",
        "Ab 123456 D",
    ] {
        check(PAGE, &format!("see {number}, or"), &[number]);
    }
    for other in [
        "QQ 12 34 56 C",
        "DA123456A",
        "AO123456A",
        "GB123456A",
        "ZZ123456A",
        "AB123456E",
        "AB1234567C",
        "XAB123456C",
        "AB123456CD",
        "at 250000 a year",
        "AV-0041",
        "AB12345C",
    ] {
        check(PAGE, other, &[]);
    }
}

#[test]
fn days_of_birth_are_found_by_their_words() {
    for day in [
        "dob 01/02/1980",
        "Date of birth: 1980-02-01",
        "D.O.B. 1.2.80",
        "date_of_birth: \"01 02 1980",
        "born on the 1st of February 1980",
        "born February 1, 1980",
        "DOB (dd/mm/yyyy): 01/02/1980",
        "birth date 19800201",
        "dob = 010280",
    ] {
        check(PAGE, &format!("- {day} he"), &[day]);
    }
    for none in ["dob\nborn in 1980; newborn 2020-01-01", "born here. 1980-02-01", "dobbin 010280"]
    {
        check(PAGE, none, &[]);
    }
    check(ROWS, "# born 1980, dob May 1980", &["born 1980", "dob May 1980"]);
}

#[test]
fn addresses_of_persons_are_told_from_those_of_roles() {
    for personal in [
        "jane.smith@council.example.org",
        "J.Smith@nhs.example",
        "mary-anne_jones2@a.co.uk",
        "elmhousecare@gmail.com",
        "x@hotmail.fr",
    ] {
        check(PAGE, &format!("<{personal}>."), &[personal]);
    }
    for role in [
        "team@example.org",
        "market.team@example.org",
        "elm.house@elmhouse.example",
        "childrens.market@avonmere.example",
        "mental-health@avonmere.example",
        "asc.commissioning@council.example",
        "old-granary@old-granary-care.example",
        "jsmith@nhs.example",
        "registered.manager@me.example.org",
        "a@b",
    ] {
        check(PAGE, role, &[]);
    }
    check(ROWS, "# ask team@example.org", &["team@example.org"]);
}

/// Ten digits with the check digit that belongs to the first nine, if there is one.
fn valid(first_nine: &[u32]) -> Option<String> {
    let sum: u32 = first_nine.iter().zip((2..=10).rev()).map(|(digit, by)| digit * by).sum();
    let check = (11 - sum % 11) % 11;
    let digits = first_nine.iter().chain([&check]).map(u32::to_string).collect();
    (check < 10).then_some(digits)
}

/// Nine digits, the first of which is not a zero.
fn nine() -> impl Strategy<Value = Vec<u32>> {
    (1_u32..10, prop::collection::vec(0_u32..10, 8)).prop_map(|(first, mut rest)| {
        rest.insert(0, first);
        rest
    })
}

fn spacing() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", "", " ", "-", "\u{a0}", "  ", " - ", "\u{2009}", "&nbsp;"])
}

proptest! {
    #[test]
    fn a_planted_number_is_found_however_it_is_spaced(
        nine in nine(),
        gaps in prop::collection::vec(spacing(), 9),
        before in "[a-zé,;:(\n#| ]{0,12}",
        after in "[a-zé,;:)\n#| ]{0,12}",
    ) {
        if let Some(digits) = valid(&nine) {
            let gaps = gaps.into_iter().chain([""]);
            let number: String =
                digits.chars().zip(gaps).map(|(digit, gap)| format!("{digit}{gap}")).collect();
            // Years on a hyphen are told apart from parts of a number.
            let has_year =
                number.contains('-') && (number.contains("19") || number.contains("20"));
            let is_register = number.starts_with("1-");
            let text = format!("{before}{number}{after}");
            let found = personal_details(&text, PAGE);
            let is_found = found.iter().any(|f| f.range.start <= before.len()
                && f.range.end >= before.len() + number.len());
            prop_assert!(is_found || has_year || is_register, "{text:?}");
        }
    }

    #[test]
    fn a_number_in_its_usual_form_is_found_between_other_numbers(
        nine in nine(),
        gap in prop::sample::select(vec!["", " ", "-", ".", "\u{a0}"]),
        before in "([0-9]{1,2}[ ,])?",
        after in "([ ,][0-9]{1,2})?",
    ) {
        if let Some(digits) = valid(&nine) {
            let number = [&digits[..3], &digits[3..6], &digits[6..]].join(gap);
            let text = format!("{before}{number}{after}");
            let shown = without_personal_details(&text, "***");
            prop_assert!(!shown.contains(&number), "{text:?} {shown:?}");
        }
    }

    #[test]
    fn numbers_with_a_wrong_check_digit_are_not_reported(
        nine in nine(),
        wrong in 1_u32..10,
        gap in prop::sample::select(vec!["", " ", "-"]),
    ) {
        let right: Option<u32> =
            valid(&nine).and_then(|digits| digits[9..].parse().ok());
        let last = right.map_or(wrong, |right| (right + wrong) % 10);
        let digits: String = nine.iter().chain([&last]).map(u32::to_string).collect();
        let number = [&digits[..3], &digits[3..6], &digits[6..]].join(gap);
        prop_assert_eq!(personal_details(&format!("a {number} b"), ROWS), []);
    }

    #[test]
    fn no_text_makes_it_panic(
        text in "[0-9 .@a-dé\u{a0}\n&;\\\\/-]{0,60}|(dob|born|date of birth)[ 0-9a-yé/]{0,20}",
    ) {
        for path in [PAGE, ROWS, "data/placements/a.csv"] {
            for found in personal_details(&text, path) {
                prop_assert!(text.get(found.range).is_some());
            }
        }
    }
}
