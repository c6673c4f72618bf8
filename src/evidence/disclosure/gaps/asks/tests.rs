//! What a gap asks, against the rules of the engine and against the words of the design.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use super::*;
use crate::evidence::analysis::Filter;
use crate::evidence::analysis::tests::browser;
use crate::evidence::market::{Gender, Market, Placement};

fn level(id: &str) -> LevelId {
    LevelId::parse(id).unwrap()
}

fn needs(ids: &str) -> BTreeSet<NeedId> {
    ids.split_whitespace().map(|id| NeedId::parse(id).unwrap()).collect()
}

fn legal(ids: &str) -> BTreeSet<LegalId> {
    ids.split_whitespace().map(|id| LegalId::parse(id).unwrap()).collect()
}

fn area(id: &str) -> AreaId {
    AreaId::parse(id).unwrap()
}

fn wanted() -> Specification {
    Specification {
        area: area("i1"),
        level: level("open"),
        needs: needs("autism psychosis"),
        ages: AgeRange { min: 18, max: 64 },
        gender: GenderTaken::Female,
        legal: legal("detained informal"),
    }
}

#[test]
fn a_service_answers_a_gap_lacks_one_thing_or_more() {
    let market = browser::market(1);
    let asks = of(&wanted());
    let (open, all, both) = (level("open"), needs("autism psychosis"), legal("detained informal"));
    let (here, there) = (area("p2"), area("p5"));
    let whole = Offered {
        level: Some(&open),
        needs: Some(&all),
        age: Some(AgeRange { min: 16, max: 130 }),
        gender: Some(GenderTaken::Any),
        legal: Some(&both),
        area: Some(&here),
        serves: &[],
    };
    let check = |offered: Offered, lacks: &[(&str, &str)]| {
        let found = verdict(&market.areas, &asks, NeedsOfLine::Together, &offered);
        let found: Vec<&Ask> = match found {
            Verdict::Answers => Vec::new(),
            Verdict::LacksOne(one) => vec![one],
            Verdict::Lacks(all) => all,
            Verdict::InPart(_) => panic!("a listed gap wants all needs together"),
        };
        let found: Vec<_> = found.into_iter().map(Ask::parts).collect();
        let lacks: Vec<_> = lacks.iter().map(|(kind, of)| (*kind, (*of).to_owned())).collect();
        assert_eq!(found, lacks);
    };
    check(whole, &[]);
    let (locked, one, informal) = (level("locked"), needs("autism"), legal("informal"));
    let (region, place) = ([area("r")], [area("p1")]);
    check(Offered { serves: &region, ..whole }, &[]);
    check(Offered { serves: &place, ..whole }, &[("serves", "i1")]);
    check(Offered { level: Some(&locked), ..whole }, &[("level", "open")]);
    check(Offered { needs: Some(&one), ..whole }, &[("need", "psychosis")]);
    check(Offered { area: Some(&there), ..whole }, &[("area", "i1")]);
    check(Offered { legal: Some(&informal), ..whole }, &[("legal", "detained")]);
    check(Offered { gender: Some(GenderTaken::Male), ..whole }, &[("gender", "female")]);
    let young = Some(AgeRange { min: 18, max: 63 });
    check(Offered { age: young, ..whole }, &[("ages", "18-64")]);
    let two = [("need", "autism"), ("need", "psychosis")];
    check(Offered { needs: None, ..whole }, &two);
    // What is not stated is not offered; only `serves` means all where it is blank.
    assert_eq!(asks.len(), 9);
    let unmet = asks.iter().filter(|ask| !ask.is_met(&market.areas, &Offered::default()));
    assert_eq!(unmet.count(), 8);
}

#[test]
fn people_of_a_line_may_be_taken_in_part() {
    let market = browser::market(1);
    let line = AlsoWanted::told(
        area("i1"),
        level("flats"),
        needs("autism dementia trauma"),
        crate::evidence::disclosure::Band::told(5, Some(9)),
    );
    let asks = line.asks(&market.areas, &market.vocabulary);
    let (flats, here) = (level("flats"), area("p1"));
    let whole = Offered { level: Some(&flats), area: Some(&here), ..Offered::default() };
    let check = |met: &str, expect: fn(&Verdict) -> bool| {
        let met = needs(met);
        let offered = Offered { needs: Some(&met), ..whole };
        let found = verdict(&market.areas, &asks, NeedsOfLine::Among, &offered);
        assert!(expect(&found), "{met:?}: {found:?}");
    };
    check("autism dementia trauma epilepsy", |v| *v == Verdict::Answers);
    check("autism dementia", |v| matches!(v, Verdict::LacksOne(Ask::Need(_))));
    check("autism", |v| matches!(v, Verdict::InPart(lacks) if lacks.len() == 2));
    check("epilepsy", |v| matches!(v, Verdict::Lacks(lacks) if lacks.len() == 3));
    let nobody_knows = AlsoWanted::told(
        area("i1"),
        level("flats"),
        BTreeSet::new(),
        crate::evidence::disclosure::Band::told(5, Some(9)),
    );
    let unknown = nobody_knows.asks(&market.areas, &market.vocabulary);
    let found = verdict(&market.areas, &unknown, NeedsOfLine::Among, &whole);
    assert_eq!(found, Verdict::InPart(Vec::new()));
    // Another level is no part of it, whatever needs are met.
    let (autism, nursing) = (needs("autism"), level("nursing"));
    let elsewhere = Offered { level: Some(&nursing), needs: Some(&autism), ..whole };
    let found = verdict(&market.areas, &asks, NeedsOfLine::Among, &elsewhere);
    assert!(matches!(found, Verdict::Lacks(lacks) if lacks.len() == 3));
}

#[test]
fn a_line_of_a_large_area_asks_for_a_service_anywhere_in_it() {
    let market = browser::market(1);
    let stands = |of: &str, at: &str| {
        let band = crate::evidence::disclosure::Band::told(5, Some(9));
        let line = AlsoWanted::told(area(of), level(at), needs("autism"), band);
        line.asks(&market.areas, &market.vocabulary)[1].parts().1
    };
    assert_eq!(stands("p1", "low"), "r", "low is local to the region");
    assert_eq!(stands("p1", "flats"), "i1");
    assert_eq!(stands("p1", "visits"), "p1");
    assert_eq!(stands("i1", "visits"), "i1", "visits are local to places: any of them");
}

/// A specification for nobody but the people of a row.
fn exactly(market: &Market, row: &Placement) -> Option<Specification> {
    let scope = market.vocabulary.levels.get(&row.level)?.scope;
    Some(Specification {
        area: market.areas.ancestor(&row.home, scope)?.id.clone(),
        level: row.level.clone(),
        needs: row.needs.clone()?,
        ages: row.age?,
        gender: match row.gender? {
            Gender::Female => GenderTaken::Female,
            Gender::Male => GenderTaken::Male,
        },
        legal: [row.legal.clone()?].into(),
    })
}

/// Thing by thing, a gap for one row of people asks what the engine asks for them.
#[test]
fn what_is_asked_is_what_the_engine_asks() {
    let (mut pairs, mut answers) = (0, 0);
    for seed in 0..4 {
        let market = browser::market(seed * 10);
        let services: Vec<&Service> =
            market.providers.values().flat_map(|provider| &provider.services).collect();
        for row in &market.placements {
            let Some(wanted) = exactly(&market, row) else { continue };
            let asks = of(&wanted);
            for service in services.iter().filter(|s| s.level.as_ref() == Some(&row.level)) {
                let lacks: Vec<&Ask> = asks
                    .iter()
                    .filter(|ask| !ask.is_met(&market.areas, &offered(service)))
                    .collect();
                let fails = browser::failing(&market, row, service);
                let told = (&row.id, &service.id, &lacks, &fails);
                let lacks = |is: fn(&Ask) -> bool| lacks.iter().any(|ask| is(ask));
                let same = |filter, is| assert_eq!(fails.contains(&filter), lacks(is), "{told:?}");
                same(Filter::Level, |ask| matches!(ask, Ask::Level(_)));
                same(Filter::Needs, |ask| matches!(ask, Ask::Need(_)));
                same(Filter::Age, |ask| matches!(ask, Ask::Ages(_)));
                same(Filter::Gender, |ask| matches!(ask, Ask::Gender(_)));
                same(Filter::Legal, |ask| matches!(ask, Ask::Legal(_)));
                // A gap asks for people of the whole area; the row is from one part of it, and may
                // be too far.
                let is_limited = market.vocabulary.levels[&row.level].max_km.is_some();
                if lacks(|ask| matches!(ask, Ask::Area(_))) {
                    assert!(fails.contains(&Filter::Scope), "{told:?}");
                } else if !lacks(|ask| matches!(ask, Ask::Serves(_))) && !is_limited {
                    assert!(!fails.contains(&Filter::Scope), "{told:?}");
                }
                pairs += 1;
                answers += usize::from(!lacks(|_| true));
            }
        }
    }
    assert!(pairs > 4_000 && answers > 30, "{pairs} {answers}");
}

#[test]
fn what_is_written_can_be_read() {
    for ask in of(&wanted()) {
        let (kind, of) = ask.parts();
        assert_eq!(Ask::parse(kind, &of), Some(ask));
    }
    for (kind, of) in [("needs", "x"), ("ages", "18"), ("gender", "f"), ("level", "A b")] {
        assert_eq!(Ask::parse(kind, of), None);
    }
}

/// An offer as the fields of the page give it to the script.
fn of_the_page(offered: &Offered) -> Value {
    let ids = |found: Vec<&str>| json!(found);
    let gender = offered.gender.map(|gender| Ask::Gender(gender).parts().1);
    json!({
        "level": offered.level.map_or("", |id| id.as_str()),
        "area": offered.area.map_or("", |id| id.as_str()),
        "need": ids(offered.needs.into_iter().flatten().map(|id| id.as_str()).collect()),
        "legal": ids(offered.legal.into_iter().flatten().map(|id| id.as_str()).collect()),
        "ages": offered.age.map(|ages| [ages.min, ages.max]),
        "gender": gender.unwrap_or_default(),
        "serves": ids(offered.serves.iter().map(|id| id.as_str()).collect()),
    })
}

/// The gaps that the people of a market could make: one for each row, and a line of also wanted.
fn made_up_lines(market: &Market) -> Vec<(Vec<Ask>, NeedsOfLine)> {
    let mut lines = Vec::new();
    let rows: Vec<&Placement> = market.placements.iter().collect();
    for (row, other) in rows.iter().zip(rows.iter().skip(1)) {
        let Some(mut wanted) = exactly(market, row) else { continue };
        wanted.needs.extend(other.needs.iter().flatten().cloned());
        wanted.legal.extend(other.legal.clone());
        lines.push((of(&wanted), NeedsOfLine::Together));
        let band = crate::evidence::disclosure::Band::told(5, Some(9));
        let line = AlsoWanted::told(row.home.clone(), row.level.clone(), wanted.needs, band);
        lines.push((line.asks(&market.areas, &market.vocabulary), NeedsOfLine::Among));
    }
    lines
}

/// Ten thousand pairs and more pass through the rule here and through the script of the page.
#[test]
fn the_page_says_what_the_rule_says() {
    let market = browser::market(7);
    let services: Vec<&Service> =
        market.providers.values().flat_map(|provider| &provider.services).collect();
    let mut pairs = Vec::new();
    let mut found = BTreeMap::<&str, u32>::new();
    for (asks, needs) in made_up_lines(&market) {
        for service in &services {
            let offered = offered(service);
            let (is, lacks) = match verdict(&market.areas, &asks, needs, &offered) {
                Verdict::Answers => ("answers", Vec::new()),
                Verdict::LacksOne(ask) => ("one", vec![ask.parts()]),
                Verdict::InPart(lacks) => ("part", lacks.into_iter().map(Ask::parts).collect()),
                Verdict::Lacks(lacks) => ("more", lacks.into_iter().map(Ask::parts).collect()),
            };
            *found.entry(is).or_default() += 1;
            let asked: Vec<_> = asks.iter().map(Ask::parts).collect();
            let among = needs == NeedsOfLine::Among;
            pairs.push(json!([asked, among, of_the_page(&offered), is, lacks]));
        }
    }
    assert!(found.len() == 4 && found.values().all(|count| *count >= 20), "{found:?}");
    let within: BTreeMap<&str, Vec<&str>> = market
        .areas
        .iter()
        .map(|area| {
            let around = market.areas.lineage(&area.id).map(|area| area.id.as_str());
            (area.id.as_str(), around.collect())
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("pairs.json");
    std::fs::write(&case, json!({ "within": within, "pairs": pairs }).to_string()).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("node")
        .arg(root.join("tests/browser/answers.mjs"))
        .arg(root.join("themes/default/assets/check.js"))
        .arg(case)
        .output();
    match run {
        // `tests/run` says that Node is missing; everything else is tested without it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        run => {
            let output = run.unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(told, format!("{} pairs agree\n", pairs.len()));
        }
    }
}
