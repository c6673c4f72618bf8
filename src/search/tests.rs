use serde_json::{Value, json};

use super::coder::reading;
use super::{address, contents, index};
use crate::view::finder::{Finder, Listing, Part, PartWord};
use crate::view::finder_words::{AreaWord, LevelWord, Word};

fn word(id: &str) -> Word {
    Word { id: id.to_owned(), name: id.to_uppercase(), others: id.to_owned() }
}

fn finder(listings: Vec<Listing>) -> Finder {
    let area = |id: &str, parent| AreaWord {
        id: id.to_owned(),
        name: id.to_uppercase(),
        parent,
        middle: None,
    };
    Finder {
        as_at: jiff::civil::date(2026, 10, 31),
        max_step: 1,
        areas: vec![area("mere", None), area("hill", Some(0))],
        types: vec![word("rehab")],
        ladders: vec!["Ladder".to_owned()],
        levels: vec![LevelWord { word: word("open"), ladder: 0, rank: 3 }],
        needs: vec![word("autism"), word("trauma")],
        legal: vec![word("informal")],
        ages: Vec::new(),
        ratings: vec!["Good", "Not rated"],
        other_types: vec!["Dental service".to_owned()],
        register: vec![("Learning disabilities".to_owned(), None)],
        listings,
    }
}

fn listing(name: &str) -> Listing {
    Listing {
        id: "one".to_owned(),
        name: name.to_owned(),
        provider: ("elm".to_owned(), "Elm".to_owned()),
        types: vec![0],
        level: Some(0),
        area: Some(1),
        town: Some("Hill".to_owned()),
        district: Some("QK1".to_owned()),
        point: None,
        needs: vec![1],
        claimed: Vec::new(),
        gender: None,
        ages: None,
        legal: None,
        takes_text: String::new(),
        registered: vec![0],
        capacity: None,
        vacancies: Some(("Some places free, number not given".to_owned(), 1)),
        as_of: None,
        takes_from: None,
        rating: None,
        contracts: vec!["Spot purchase"],
        is_regulated: true,
        closed: None,
        out_of_date: None,
        homes: vec![0, 1],
        has_quality: true,
    }
}

/// What stands within the brackets of the script.
fn read(bytes: &[u8]) -> Value {
    let text = std::str::from_utf8(bytes).unwrap();
    let json = text.strip_prefix("placewise.index(").unwrap().strip_suffix(");\n").unwrap();
    assert!(!json.contains('\n'));
    serde_json::from_str(json).unwrap()
}

/// The numbers of a column as they are coded; none for one whose value is the same for all.
fn coded(index: &Value, name: &str, rows: usize) -> Vec<u64> {
    let column = &index["rows"][name];
    let Some(digits) = column["digits"].as_str() else {
        return Vec::new();
    };
    let beside = column["beside"].as_str().map_or(Vec::new(), |name| coded(index, name, rows));
    reading::numbers(digits, rows, &beside)
}

/// What a column says of every row, as the script of the page reads it.
fn column(index: &Value, name: &str, rows: usize) -> Vec<Value> {
    let column = &index["rows"][name];
    match column {
        Value::Array(values) => values.clone(),
        Value::Object(_) => {
            let mut sum = 0;
            let value = |number: u64| {
                let number = i64::try_from(number).unwrap();
                match (column["steps"].as_i64(), column["least"].as_i64()) {
                    (Some(_), _) => {
                        sum += if number % 2 == 0 { number / 2 } else { -(number + 1) / 2 };
                        json!(sum)
                    }
                    (None, Some(least)) if number > 0 => json!(least + number - 1),
                    (None, Some(_)) => Value::Null,
                    (None, None) => json!(number),
                }
            };
            coded(index, name, rows).into_iter().map(value).collect()
        }
        same => vec![same.clone(); rows],
    }
}

#[test]
fn every_column_has_a_place_for_every_service() {
    let other = Listing { level: None, area: None, ..listing("B") };
    let index = read(&index(&finder(vec![listing("A"), other, listing("C")])));
    let columns = index["rows"].as_object().unwrap();
    assert_eq!(columns.len(), 31);
    for name in columns.keys() {
        assert_eq!(column(&index, name, 3).len(), 3, "{name}");
    }
    assert_eq!(column(&index, "level", 3), [json!(1), json!(0), json!(1)]);
    assert!(index["rows"]["need"].is_u64(), "one value stands for all");
    assert_eq!(index["providers"], json!([null, ["~", "Elm"]]));
    assert_eq!(column(&index, "provider", 3), [json!(0), json!(1), json!(1)]);
    assert_eq!((&index["stem"], &index["others"]), (&json!(""), &json!(["one", "one", "one"])));
}

#[test]
fn a_column_stands_behind_the_one_it_leans_on() {
    let other = Listing { types: vec![1], registered: vec![], level: None, ..listing("B") };
    let index = index(&finder(vec![listing("A"), other]));
    let text = String::from_utf8(index.clone()).unwrap();
    let at = |name: &str| text.find(&format!("\"{name}\":")).unwrap();
    for (name, column) in read(&index)["rows"].as_object().unwrap() {
        if let Some(beside) = column["beside"].as_str() {
            assert!(at(beside) < at(name), "{name}");
        }
    }
    assert_eq!(read(&index)["rows"]["registered"]["beside"], "type");
}

#[test]
fn numbers_point_behind_a_blank_and_absent_is_not_empty() {
    let known = Listing { legal: Some(Vec::new()), ..listing("A") };
    let index = read(&index(&finder(vec![known, listing("B")])));
    let sets = &index["sets"];
    let set = |name: &str| &sets[column(&index, name, 2)[0].as_u64().unwrap() as usize];
    assert_eq!(index["areas"][2], json!(["~", "HILL", 1, null]));
    assert_eq!(index["rows"]["area"], 2);
    assert_eq!(set("need"), &json!([2]));
    assert_eq!(set("registered"), &json!([1]));
    assert_eq!(set("homes"), &json!([1, 2]));
    assert_eq!(set("legal"), &json!([]));
    assert_eq!(column(&index, "legal", 2)[1], 0);
    assert_eq!((&index["rows"]["gender"], &index["rows"]["age"]), (&json!(0), &json!(0)));
}

#[test]
fn days_count_back_and_numbers_leave_their_words() {
    use jiff::civil::date;
    let told = Listing {
        rating: Some(("Good", Some(date(2026, 9, 1)))),
        takes_from: Some(date(2026, 11, 7)),
        capacity: Some(("# places".to_owned(), 12)),
        ..listing("A")
    };
    let index = read(&index(&finder(vec![told, listing("B")])));
    assert_eq!(column(&index, "from", 2), [json!(-7), Value::Null]);
    assert_eq!(column(&index, "rated", 2), [json!(60), Value::Null]);
    assert_eq!(column(&index, "rating", 2), [json!(1), json!(0)]);
    assert_eq!(column(&index, "places", 2), [json!(12), json!(0)]);
    let words = column(&index, "capacity", 2)[0].as_u64().unwrap() as usize;
    assert_eq!(index["texts"][words], "# places");
}

#[test]
fn services_of_a_district_stand_together_and_points_are_steps() {
    use crate::evidence::disclosure::Point;
    let at = |name, district: &str, lat, lon| Listing {
        point: Some(Point { lat, lon }),
        district: Some(district.to_owned()),
        ..listing(name)
    };
    let listings = vec![
        at("A", "QK12", 54.1234, -1.2),
        at("B", "QK2", 54.3236, -1.4),
        at("C", "QK12", 54.1, -1.2),
        at("E", "AB1C", 54.1, -1.2),
        listing("D"),
    ];
    let index = read(&index(&finder(listings)));
    let numbers = |name| column(&index, name, 5);
    assert_eq!(index["districts"], " AB1C QK1 2 12", "letters are told once");
    assert_eq!(index["rows"]["name"], json!(["E", "D", "B", "C", "A"]));
    assert_eq!(numbers("district"), [1, 2, 3, 4, 4].map(|number| json!(number)));
    assert_eq!(numbers("lat"), [5410, 0, 5432, 5410, 5412].map(|number| json!(number)));
    assert_eq!(numbers("lon"), [-120, 0, -140, -120, -120].map(|number| json!(number)));
}

#[test]
fn an_id_says_only_what_its_name_does_not() {
    let short = super::columns::short;
    assert_eq!(short("elm-house-1-234", "Elm  House"), "~-1-234");
    assert_eq!(short("elm-house", "Elm. House!"), "~");
    assert_eq!(short("childrens-home", "Children’s home"), "~");
    assert_eq!(short("elm-and-ash-1-2", "Elm & Ash"), "~-1-2");
    assert_eq!(short("elm", "Elm House"), "elm");
}

#[test]
fn a_name_cannot_leave_its_quotes_and_the_same_gives_the_same() {
    let hostile = "</script>\"); alert(1); (\" \u{2028} __proto__";
    let made = || index(&finder(vec![listing(hostile)]));
    assert_eq!(read(&made())["rows"]["name"], json!([hostile]));
    assert_eq!(made(), made());
}

#[test]
fn parts_are_named_with_their_files() {
    let part = |part, id: &str| PartWord {
        part,
        id: id.to_owned(),
        name: id.to_uppercase(),
        services: 12,
    };
    let list = contents(&[part(Part::Elsewhere, "-")]);
    let expect =
        json!({"version": 2, "parts": [["-", "- (12 services)", "search-index.elsewhere.js"]]});
    assert_eq!(read(&list), expect);
    assert_eq!(address(Some("mere")).as_str(), "/assets/search-index-mere.js");
}
