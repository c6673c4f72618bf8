use proptest::prelude::*;

use super::find;

/// Sentences, and what of them is told at a threshold of five.
const SENTENCES: &[(&str, &[&str])] = &[
    // Numbers of people.
    ("We placed three people last year.", &["three people"]),
    ("In all, 2 patients came back.", &["2 patients"]),
    ("There are four young people in Mere.", &["four young people"]),
    ("Two autistic adults live away.", &["Two autistic adults"]),
    ("Only one patient lives in Hill.", &["one patient"]),
    ("One person has waited since May.", &["One person"]),
    ("One woman from Mere is in Leeds.", &["One woman"]),
    ("1 resident moved.", &["1 resident"]),
    ("There was a single patient in that unit.", &["a single patient"]),
    ("A couple of residents complained.", &["couple of residents"]),
    ("a pair of young men", &["pair of young men"]),
    ("Two of the residents have epilepsy.", &["Two of the residents"]),
    ("three of our eight clients", &["three of our eight clients"]),
    ("We know of 3 further out-of-area placements.", &["3 further out-of-area placements"]),
    ("4 admissions under the Act", &["4 admissions"]),
    ("the two remaining service users", &["two remaining service users"]),
    ("In two cases the review was late.", &["two cases"]),
    ("We supported 3-4 people.", &["3-4 people"]),
    ("between two and four people", &["four people"]),
    ("three or four women", &["four women"]),
    ("Fewer than three children were moved.", &["three children"]),
    ("Placements: 3", &["Placements: 3"]),
    ("Men (2), women (3).", &["Men (2", "women (3"]),
    ("We lost **two** of those patients.", &["two** of those patients"]),
    ("Two people\nwere detained.", &["Two people"]),
    ("Three detained in-patients wait.", &["Three detained in-patients"]),
    ("There were two deaths.", &["two deaths"]),
    ("Our plan: bring two boys home.", &["two boys"]),
    ("Last year 4 children’s cases and 3 girls", &["3 girls"]),
    ("One child is in a hospital far away.", &["One child"]),
    ("Just one placement was made.", &["one placement"]),
    ("four people with dementia; nine without", &["four people"]),
    ("Three men, two women", &["Three men", "two women"]),
    ("It costs us £4,000 a week for 2 people.", &["2 people"]),
    // Large enough, or no number of people.
    ("We placed five people and 24 others.", &[]),
    ("1,203 people and 4.5 people per 1,000", &[]),
    ("twenty-three people and one hundred and three people", &[]),
    ("two homes for adults with a learning disability", &[]),
    ("Four homes for adults, three of them in Avonmere.", &[]),
    ("four beds for women and 3 places for men", &[]),
    ("Two houses where people in crisis can stay", &[]),
    ("Three providers support people at home.", &[]),
    ("within four weeks people move on", &[]),
    ("two years ago patients waited", &[]),
    ("Two small hospitals for women", &[]),
    ("a home for four people", &[]),
    ("A flat for up to three adults", &[]),
    ("It can take three people.", &[]),
    ("The house sleeps four adults.", &[]),
    ("up to four people share", &[]),
    ("One in four people is older.", &[]),
    ("three out of four people", &[]),
    ("two people in ten", &[]),
    ("one person at a time", &[]),
    ("more than one placement", &[]),
    ("at least three people must agree", &[]),
    ("Level 3 patients and tier 4 children", &[]),
    ("children aged 4; people under 5", &[]),
    ("Section 3 patients", &[]),
    ("two-bed homes for three-year-olds", &[]),
    ("a four-person household", &[]),
    ("two children’s homes", &[]),
    ("two women’s wards and 3 women only wards", &[]),
    ("one adult ward, one child psychologist", &[]),
    ("Homes for one person come first.", &[]),
    ("Small numbers could point to one person.", &[]),
    ("One person may have several needs.", &[]),
    ("no one person, any one person", &[]),
    ("one-to-one support for people", &[]),
    ("On 3 May people moved.", &[]),
    ("3% of people, 2 per cent of patients", &[]),
    ("two thirds of residents", &[]),
    ("one of the people we asked", &[]),
    ("{{ figure(of=\"gap.people\", limit=\"3\") }} people", &[]),
    ("See [two](/pages/3-people/) and https://e.example/2-patients/x", &[]),
    ("`people: 3` and `3 people`", &[]),
    ("1. People\n2. Residents", &[]),
    ("We ask people: 1. write; 2. call.", &[]),
    ("two nurses visit patients", &[]),
    ("We ran three evenings with families, and a group of adults.", &[]),
    ("the four areas, people said", &[]),
    ("two outreach workers for children", &[]),
    ("+44 3 patients’ groups", &[]),
    ("every three people", &[]),
    ("three or more people", &[]),
    ("The Children Act 1989, section 2, people", &[]),
    ("four people a year", &[]),
    ("a team of three people", &[]),
    ("two or three tenants to each; two cottages, three men in each", &[]),
];

#[test]
fn sentences_are_read_as_people_mean_them() {
    let mut wrong = Vec::new();
    for (sentence, expect) in SENTENCES {
        let found: Vec<&str> = find(sentence, true, 5).into_iter().map(|r| &sentence[r]).collect();
        if found != *expect {
            wrong.push(format!("{sentence}\n  {found:?}, not {expect:?}"));
        }
    }
    assert!(SENTENCES.len() >= 60 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_threshold_decides() {
    let found = |threshold| find("seven people, two men", false, threshold).len();
    assert_eq!([1, 2, 3, 7, 8, 10].map(found), [0, 0, 1, 1, 2, 2]);
}

#[test]
fn cells_of_a_table_count_people_by_their_row_or_column() {
    let page = "\
| Area | People | Beds |
|---|--:|---|
| Mere | 3 | 4 |
| Hill | 12 | 2 |

Level | Count
--- | ---
Patients away | **2**
Services | 3

```
| People |
|---|
| 3 |
3 people
```
";
    let found: Vec<&str> = find(page, true, 5).into_iter().map(|range| &page[range]).collect();
    assert_eq!(found, ["3", "**2**"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        text in "([0-9]|two |one |people|person|é|’|[-|:.,(){}`*\\[\\]\n ]|of the |in ){0,40}",
        is_page: bool,
    ) {
        for range in find(&text, is_page, 5) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
