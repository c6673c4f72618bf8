//! Builds a market from the tables of `tests/casebook/gaps`, by way of the site's own YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diagnostics::render::{Style, report};
use crate::evidence::market::{self, Market, NeedId, Pence};
use crate::sources::{Source, SourceSet};

/// A row of a table: cells by column; blank means unknown.
pub(super) type Row = BTreeMap<String, String>;

pub(super) fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn folder(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/casebook/gaps").join(name)
}

/// Names of all examples.
pub(in crate::evidence) fn casebook() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder(""))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The answer of an example.
pub(in crate::evidence) fn expected(name: &str) -> Value {
    json_file(name, "expected.json")
}

fn json_file(name: &str, file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder(name).join(file)).unwrap()).unwrap()
}

fn table_if_there(name: &str, file: &str) -> Vec<Row> {
    if folder(name).join(file).is_file() { table(name, file) } else { Vec::new() }
}

fn table(name: &str, file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder(name).join(file)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The tables of one example.
#[derive(Clone, Debug)]
pub(in crate::evidence) struct World {
    pub(super) config: Value,
    pub(super) areas: Vec<Row>,
    pub(super) services: Vec<Row>,
    pub(super) placements: Vec<Row>,
    pub(super) changes: Vec<Row>,
    /// Further files by path, in place of those that are made of the tables.
    pub(in crate::evidence) files: Vec<(&'static str, String)>,
}

impl World {
    pub(in crate::evidence) fn from_casebook(name: &str) -> World {
        World {
            config: json_file(name, "config.json"),
            areas: table(name, "areas.csv"),
            services: table(name, "services.csv"),
            placements: table(name, "placements.csv"),
            changes: table_if_there(name, "changes.csv"),
            files: Vec::new(),
        }
    }

    /// Two ICBs and three places; services and rows are numbered.
    pub(super) fn small(mut services: Vec<Row>, mut placements: Vec<Row>) -> World {
        let area = |id, parent, level| row(&[("id", id), ("parent", parent), ("level", level)]);
        for (at, service) in services.iter_mut().enumerate() {
            service.insert("id".to_owned(), format!("S{at}"));
            service.insert("provider".to_owned(), format!("P{at}"));
        }
        for (at, placement) in placements.iter_mut().enumerate() {
            placement.insert("id".to_owned(), format!("R{at}"));
        }
        World {
            config: json!({
                "as_of": "2026-04-01",
                "ladders": [["supported_living", "open_rehab", "locked_rehab"]],
                "price_default": {"default": 250_000},
                "scope": {"default": "icb"},
            }),
            areas: vec![
                area("EM", "", "region"),
                area("ICB1", "EM", "icb"),
                area("ICB2", "EM", "icb"),
                area("A", "ICB1", "place"),
                area("B", "ICB1", "place"),
                area("C", "ICB2", "place"),
            ],
            services,
            placements,
            changes: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Reads the market as a site would.
    pub(in crate::evidence) fn market(&self) -> Market {
        self.read().0
    }

    /// Reads the market as a site would; with the files that it was read from.
    pub(in crate::evidence) fn read(&self) -> (Market, SourceSet) {
        let mut files = vec![
            Source::new("data/site.yaml", self.site()),
            Source::new("data/areas.yaml", self.areas()),
            Source::new("data/vocabulary.yaml", self.vocabulary()),
            Source::new("data/analysis.yaml", self.analysis()),
            Source::new("data/placements/rows.yaml", self.placements()),
        ];
        if !self.changes.is_empty() {
            files.push(Source::new("data/changes.yaml", self.changes()));
        }
        let owners: BTreeSet<&str> = self.services.iter().map(|s| s["provider"].as_str()).collect();
        for owner in owners {
            let path = format!("data/providers/{}.yaml", owner.to_lowercase());
            files.push(Source::new(path, self.provider(owner)));
        }
        files.extend(self.files.iter().map(|(path, text)| Source::new(*path, text.as_str())));
        let sources = SourceSet::new(files);
        let outcome = market::read(&sources);
        let told = report(&sources, &outcome.diagnostics, Style::Plain);
        let mut market = outcome.value.unwrap_or_else(|| panic!("{told}"));
        self.set_listing(&mut market);
        (market, sources)
    }

    /// Sets how gaps are listed: the examples list smaller ones than a site may.
    fn set_listing(&self, market: &mut Market) {
        let spec = &self.config["spec"];
        let of = |key: &str, default: u32| spec[key].as_u64().map_or(default, |value| value as u32);
        let parameters = &mut market.parameters;
        parameters.max_tags = of("max_tags", 2);
        parameters.min_people = of("min_people", 4);
        parameters.max_people = of("max_people", 12);
        parameters.max_specs = of("max_specs", 5);
        parameters.tag_premium = Pence::new(of("tag_premium", 10_000).into());
        parameters.detained_premium = Pence::new(of("detained_premium", 20_000).into());
        for pair in spec["forbid_pairs"].as_array().into_iter().flatten() {
            let need = |at: usize| NeedId::parse(pair[at].as_str().unwrap()).unwrap();
            let (one, other) = (need(0), need(1));
            parameters.forbidden_pairs.insert((one.clone().min(other.clone()), one.max(other)));
        }
    }

    fn site(&self) -> String {
        let day = self.config["as_of"].as_str().unwrap();
        format!(
            "title: Example\nbase_url: https://example.org/\npublisher: Example\n\
             contact: {{email: a@example.org}}\nstatus: example\n\
             edition: {{name: One, date: {day}, as_at: {day}}}\n\
             accessibility:\n  compliance: fully\n  prepared: {day}\n  \
             contact: {{email: a@example.org}}\n"
        )
    }

    fn areas(&self) -> String {
        let mut text = String::new();
        for area in &self.areas {
            let id = area["id"].to_lowercase();
            let _ = writeln!(text, "- id: {id}\n  name: {id}\n  kind: {}", area["level"]);
            keys(&mut text, area, &[("parent", "parent"), ("lat", "lat"), ("lon", "lon")]);
        }
        text
    }

    fn vocabulary(&self) -> String {
        let with_default = |table: &str, level: &str| {
            let table = &self.config[table];
            table.get(level).unwrap_or(&table["default"]).clone()
        };
        let mut text = "ladders:\n".to_owned();
        for (at, ladder) in self.config["ladders"].as_array().unwrap().iter().enumerate() {
            let _ = writeln!(text, "  - id: ladder-{at}\n    name: Ladder\n    levels:");
            for level in ladder.as_array().unwrap() {
                let level = level.as_str().unwrap();
                let scope = with_default("scope", level);
                let pence = with_default("price_default", level).as_u64().unwrap();
                let _ = writeln!(
                    text,
                    "      - {{id: {level}, name: {level}, scope: {}, price_default: {}, \
                     target_occupancy: 0.85}}",
                    scope.as_str().unwrap(),
                    pounds(&pence.to_string()),
                );
            }
        }
        let rows = self.services.iter().chain(&self.placements);
        // A service to come may be asked for needs that no row has.
        let planned = self.changes.iter().filter_map(|change| {
            let (_, needs) = change.get("spec")?.split_once("needs: [")?;
            needs.split(']').next()
        });
        let needs: BTreeSet<&str> = rows
            .flat_map(|row| ["tags", "tags_claimed"].map(|column| row.get(column)))
            .flatten()
            .flat_map(|cell| cell.split('|'))
            .chain(planned.flat_map(|needs| needs.split(", ")))
            .filter(|need| !need.is_empty())
            .collect();
        text.push_str("needs:\n");
        for need in needs {
            let _ = writeln!(text, "  - {{id: {need}, name: {need}}}");
        }
        text.push_str(
            "legal:\n  - {id: informal, name: Informal}\n  - {id: detained, name: Detained}\n\
             age_bands:\n  - {id: young, name: Young, min: 0, max: 17}\n  \
             - {id: adults, name: Adults, min: 18, max: 64}\n  \
             - {id: older, name: Older, min: 65, max: 120}\n\
             quality:\n  - {score: 0, name: Lowest}\n  - {score: 4, name: Highest}\n",
        );
        text
    }

    fn analysis(&self) -> String {
        "wait_days: 0\n".to_owned()
    }

    fn changes(&self) -> String {
        let mut text = String::new();
        for change in &self.changes {
            let _ = writeln!(text, "- date: {}\n  delta: {}", change["date"], change["delta"]);
            keys(&mut text, change, &[("service", "service"), ("certainty", "certainty")]);
            keys(&mut text, change, &[("public", "public")]);
            if let Some(spec) = cell(change, "spec") {
                let _ = writeln!(text, "  spec: {spec}");
            }
        }
        text
    }

    fn provider(&self, owner: &str) -> String {
        let id = owner.to_lowercase();
        let mut text = format!("id: {id}\nname: {id}\nservices:\n");
        for service in self.services.iter().filter(|s| s["provider"] == owner) {
            let id = service["id"].to_lowercase();
            let mut entry = format!("- id: {id}\n  name: {id}\n  level: {}\n", service["level"]);
            lists(&mut entry, service, &[("tags", "needs"), ("tags_claimed", "claimed")]);
            lists(&mut entry, service, &[("legal", "legal"), ("serves", "serves")]);
            keys(&mut entry, service, &[("area", "area"), ("gender", "gender")]);
            keys(&mut entry, service, &[("places", "places"), ("vacancies", "vacancies")]);
            keys(&mut entry, service, &[("status", "status")]);
            keys(&mut entry, service, &[("available_from", "available_from"), ("as_of", "as_of")]);
            group(&mut entry, service, "age", &[("age_min", "min"), ("age_max", "max")]);
            let beds = [("occ_local", "local"), ("occ_import", "imported")];
            group(&mut entry, service, "occupied", &beds);
            if let Some(pence) = cell(service, "price_pence_week") {
                let pounds = pounds(pence);
                let _ = writeln!(entry, "  price: {{pounds_per_week: {pounds}}}");
            }
            let scores = ["quality_reviewed", "quality_self"].map(|column| cell(service, column));
            if scores.iter().any(Option::is_some) {
                entry.push_str("  quality:\n");
            }
            for (score, name) in scores.into_iter().zip(["reviewer", "self"]) {
                if let Some(score) = score {
                    let _ = writeln!(entry, "    {name}: {{score: {score}}}");
                }
            }
            text.push_str(&entry);
        }
        text
    }

    fn placements(&self) -> String {
        let mut text = String::new();
        for row in &self.placements {
            let _ = writeln!(
                text,
                "- id: {}\n  level: {}\n  people: \"{}\"\n  age: {}-{}",
                row["id"], row["level"], row["people"], row["age_min"], row["age_max"],
            );
            // The examples have no reasons: they are about people who all need a place.
            let reason = row.get("reason").map_or("no-local-place", String::as_str);
            if !reason.is_empty() {
                let _ = writeln!(text, "  reason: {reason}");
            }
            lists(&mut text, row, &[("tags", "needs")]);
            keys(&mut text, row, &[("home", "home"), ("placed_service", "current_service")]);
            keys(&mut text, row, &[("gender", "gender"), ("legal", "legal"), ("ready", "ready")]);
            keys(&mut text, row, &[("placed_since", "placed_since")]);
            keys(&mut text, row, &[("review_due", "review_due")]);
            if let Some(pence) = cell(row, "weekly_cost_pence") {
                let _ = writeln!(text, "  weekly_cost_pounds: {}", pounds(pence));
            }
        }
        text
    }
}

fn cell<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
}

/// Writes cells as keys; ids are lower case in a site.
fn keys(text: &mut String, row: &Row, columns: &[(&str, &str)]) {
    for (column, key) in columns {
        if let Some(value) = cell(row, column) {
            let _ = writeln!(text, "  {key}: {}", value.to_lowercase());
        }
    }
}

fn lists(text: &mut String, row: &Row, columns: &[(&str, &str)]) {
    for (column, key) in columns {
        if let Some(value) = cell(row, column) {
            let list = value.to_lowercase().replace('|', ", ");
            let _ = writeln!(text, "  {key}: [{list}]");
        }
    }
}

fn group(text: &mut String, row: &Row, name: &str, columns: &[(&str, &str)]) {
    let known: Vec<String> = columns
        .iter()
        .filter_map(|(column, key)| Some(format!("{key}: {}", cell(row, column)?)))
        .collect();
    if !known.is_empty() {
        let _ = writeln!(text, "  {name}: {{{}}}", known.join(", "));
    }
}

fn pounds(pence: &str) -> String {
    let pence: u64 = pence.parse().unwrap();
    format!("{}.{:02}", pence / 100, pence % 100)
}
