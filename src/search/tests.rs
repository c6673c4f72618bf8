use serde_json::{Value, json};

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
        as_at: "2026-10-31".to_owned(),
        max_step: 1,
        areas: vec![area("mere", None), area("hill", Some(0))],
        types: vec![word("rehab")],
        ladders: vec!["Ladder".to_owned()],
        levels: vec![LevelWord { word: word("open"), ladder: 0, rank: 3 }],
        needs: vec![word("autism"), word("trauma")],
        legal: vec![word("informal")],
        ages: Vec::new(),
        listings,
    }
}

fn listing(name: &str) -> Listing {
    Listing {
        id: "one".to_owned(),
        name: name.to_owned(),
        provider: ("elm".to_owned(), "Elm".to_owned()),
        types: vec![0],
        types_text: "Rehab".to_owned(),
        level: Some(0),
        area: Some(1),
        town: Some("Hill".to_owned()),
        district: Some("QK1".to_owned()),
        point: None,
        needs: vec![1],
        further_needs: Vec::new(),
        gender: None,
        ages: None,
        legal: None,
        takes_text: String::new(),
        registered_for: Vec::new(),
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

#[test]
fn every_column_has_a_place_for_every_service() {
    let index = read(&index(&finder(vec![listing("A"), listing("B"), listing("C")])));
    let columns = index["rows"].as_object().unwrap();
    assert_eq!(columns.len(), 33);
    for (name, column) in columns {
        assert_eq!(column.as_array().unwrap().len(), 3, "{name}");
    }
    assert_eq!(index["providers"], json!([null, ["~", "Elm"]]));
}

#[test]
fn numbers_point_behind_a_blank_and_absent_is_not_empty() {
    let known = Listing { legal: Some(Vec::new()), ..listing("A") };
    let index = read(&index(&finder(vec![known, listing("B")])));
    let (rows, sets) = (&index["rows"], &index["sets"]);
    let set = |column: &str, row: usize| &sets[rows[column][row].as_u64().unwrap() as usize];
    assert_eq!(index["areas"][2], json!(["hill", "HILL", 1, null]));
    assert_eq!(rows["area"], json!([2, 2]));
    assert_eq!(set("need", 0), &json!([2]));
    assert_eq!(set("homes", 0), &json!([1, 2]));
    assert_eq!(set("legal", 0), &json!([]));
    assert_eq!(rows["legal"][1], 0);
    assert_eq!((&rows["gender"][0], &rows["aged"][0]), (&json!(0), &json!(0)));
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
        at("A", "QK2", 54.1234, -1.2),
        at("B", "QK1", 54.3236, -1.4),
        at("C", "QK2", 54.1, -1.2),
        listing("D"),
    ];
    let index = read(&index(&finder(listings)));
    assert_eq!(index["districts"], json!([null, "QK1", "QK2"]));
    assert_eq!(index["rows"]["name"], json!(["D", "B", "C", "A"]));
    assert_eq!(index["rows"]["district"], json!([1, 0, 1, 0]));
    assert_eq!(index["rows"]["lat"], json!([0, 54324, -224, 23]));
    assert_eq!(index["rows"]["lon"], json!([0, -1400, 200, 0]));
}

#[test]
fn an_id_says_only_what_its_name_does_not() {
    let short = super::columns::short;
    assert_eq!(short("elm-house-1-234", "Elm  House"), "~-1-234");
    assert_eq!(short("elm-house", "Elm & House!"), "~");
    assert_eq!(short("children-s-home", "Children’s home"), "~");
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
    let expect = json!({"version": 1, "parts": [["-", "-", 12, "search-index.elsewhere.js"]]});
    assert_eq!(read(&list), expect);
    assert_eq!(address(Some("mere")).as_str(), "/assets/search-index-mere.js");
}
