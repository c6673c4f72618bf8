//! What is in the file, from top to bottom. `examples/workings.schema.json` says the same.

use serde::Serialize;

use super::WARNING;
use super::assumptions::{self, Assumed};
use super::beds::{self, BedsInUse};
use super::figure::Ledger;
use super::formula::Stated;
use super::groups::{self, Group};
use super::listed::{self, Listings};
use super::money::{self, Sums};
use super::movement::{self, Movement};
use super::outcomes::{self, Outcome};
use super::reasons::{self, Reasons};
use super::rows::{self, Row};
use super::savings;
use super::scenarios::{self, Answers, Each};
use super::time::{self, Years};
use crate::evidence::analysis::{Ranges, list, movement_and_money, untold};
use crate::evidence::market::Market;
use crate::sources::SourceSet;

/// How the schema of workings of every version begins.
pub(super) const SCHEMA_FAMILY: &str = "placewise-workings/";
/// The schema of this version. A change that a reader of the file must know of adds one.
const SCHEMA: &str = "placewise-workings/1";

/// The file.
#[derive(Serialize)]
pub(super) struct Document {
    warning: &'static str,
    not_for_publication: bool,
    schema: &'static str,
    edition: Edition,
    not_in_published_figures: Untold,
    scenarios: Each<Answers>,
    rows: Vec<Row>,
    groups: Vec<Group>,
    reasons: Reasons,
    listings: Listings,
    beds: BedsInUse,
    money: Sums,
    movement: Movement,
    outcomes: Vec<Outcome>,
    time: Years,
    formulas: Vec<Stated>,
    assumptions: Vec<Assumed>,
    inputs: Vec<Vec<String>>,
}

/// Whose figures these are, and of which day.
#[derive(Serialize)]
struct Edition {
    title: String,
    publisher: String,
    name: String,
    as_at: String,
}

/// How the figures of this file differ from those of the site.
const UNTOLD: &str = "Every figure here counts all changes that are due. Published figures count \
                      only those with `public: yes`: they leave out the changes of this list, and \
                      are as the figures here where it is empty.";

/// Changes that count today, and not in what is published.
#[derive(Serialize)]
struct Untold {
    explanation: &'static str,
    /// Line of each change.
    changes: Vec<String>,
}

impl Document {
    /// Works out the whole file.
    pub(super) fn new(market: &Market, sources: &SourceSet) -> Document {
        let mut ledger = Ledger::new(market, sources);
        let ranges = Ranges::today(market);
        let readings = Each::read(market, &ranges);
        let listing = list(market, &ranges);
        let measures = movement_and_money(market, &savings::priced(&readings));
        let scenarios = scenarios::answers(&readings, &mut ledger);
        let rows = rows::rows(market, &readings, &mut ledger);
        let groups = groups::groups(market, &ranges, &mut ledger);
        let reasons = reasons::reasons(&readings.central, &mut ledger);
        let listings = listed::listings(market, &listing, &mut ledger);
        let beds = beds::beds(market, &mut ledger);
        let money = money::sums(market, &measures.money, &mut ledger);
        let movement = movement::movement(&measures.movement, &mut ledger);
        let outcomes = outcomes::outcomes(market, &measures.movement.outcomes, &mut ledger);
        let time = time::time(market, &mut ledger);
        let changes = untold(market).map(|change| ledger.name(change.span)).collect();
        let (formulas, inputs) = ledger.into_tables();
        Document {
            warning: WARNING,
            not_for_publication: true,
            schema: SCHEMA,
            edition: edition(market),
            not_in_published_figures: Untold { explanation: UNTOLD, changes },
            scenarios,
            rows,
            groups,
            reasons,
            listings,
            beds,
            money,
            movement,
            outcomes,
            time,
            formulas,
            assumptions: assumptions::table(market),
            inputs,
        }
    }
}

fn edition(market: &Market) -> Edition {
    let settings = &market.settings;
    Edition {
        title: settings.title.clone(),
        publisher: settings.publisher.clone(),
        name: settings.edition.name.clone(),
        as_at: settings.edition.as_at.to_string(),
    }
}
