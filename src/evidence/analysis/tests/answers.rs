//! Money, reasons and exchange in the worked examples.

use serde_json::{Value, json};

use super::SCENARIOS;
use super::loader::{self, World};
use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::compatibility::Filter;
use crate::evidence::analysis::exchange::exchange;
use crate::evidence::analysis::fits::Fits;
use crate::evidence::analysis::funnel::funnels;
use crate::evidence::analysis::least_cost::least_cost;
use crate::evidence::analysis::matching::Instance;
use crate::evidence::analysis::position::Position;
use crate::evidence::analysis::reasons;

/// Everything that a test of one scenario needs.
pub(super) struct Solved<'m> {
    pub(super) position: Position<'m>,
    pub(super) fits: Fits,
    pub(super) placed: Vec<u32>,
}

pub(super) fn solve(position: Position) -> Solved {
    let fits = Fits::of(&position);
    let placed = Instance::new(&position).place();
    Solved { position, fits, placed }
}

#[test]
fn least_prices_and_savings_are_those_of_the_examples() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let expected = loader::expected(&name);
        for (word, which) in SCENARIOS {
            let Solved { position, fits, placed } = solve(Position::today(&market, which));
            let answer = &expected["scenarios"][word];
            let cost = least_cost(&position, &fits, &placed);
            assert_eq!(cost.known.people + cost.unknown.people, placed.iter().sum::<u32>());
            assert_eq!(answer["placed"], placed.iter().sum::<u32>(), "{name}, {word}");
            assert_eq!(answer["placed_unknown_cost"], cost.unknown.people, "{name}, {word}");
            let price = cost.weekly_price_pence();
            assert_eq!(answer["min_weekly_price_pence"], price, "{name}, {word}");
            let weeks = market.parameters.weeks_per_year;
            let saving = cost.saving_pence_year(weeks).unwrap();
            assert_eq!(answer["saving_pence_year"], saving, "{name}, {word}");
        }
    }
}

#[test]
fn funnels_and_kinds_are_those_of_the_examples() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let expected = loader::expected(&name);
        let Solved { position, fits, placed } = solve(Position::today(&market, Scenario::Central));
        let residual: Vec<usize> =
            (0..placed.len()).filter(|row| placed[*row] < position.need[*row]).collect();
        let told: serde_json::Map<String, Value> = residual
            .iter()
            .zip(funnels(&position, &residual))
            .map(|(row, funnel)| (market.placements[*row].id.clone(), json!(funnel.0)))
            .collect();
        assert_eq!(expected["funnel"], Value::Object(told), "{name}");
        let kinds = reasons::kinds(&position, &fits, &placed);
        let kinds = json!({"capability": kinds.capability, "capacity": kinds.capacity});
        assert_eq!(expected["kind"], kinds, "{name}");
    }
}

#[test]
fn barriers_are_those_of_the_examples() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let expected = loader::expected(&name);
        let Solved { position, placed, .. } = solve(Position::today(&market, Scenario::Central));
        let mut barriers = serde_json::Map::new();
        for (filter, people) in reasons::barriers(&position, &placed) {
            let word = match filter {
                Filter::Scope => "scope",
                Filter::Needs => "tags",
                Filter::Age => "age",
                Filter::Gender => "gender",
                Filter::Legal => "legal",
                Filter::Quality => "quality",
                // The examples do not ask for it: it is for workings only.
                Filter::Level => continue,
            };
            barriers.insert(word.to_owned(), json!(people));
        }
        assert_eq!(expected["relax"], Value::Object(barriers), "{name}");
    }
}

#[test]
fn example_6_coordinated_moves_bring_both_home() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let expected = loader::expected(&name);
        let position = Position::today(&market, Scenario::Central);
        let most = exchange(&position, &Fits::of(&position));
        assert_eq!(expected["exchange_total"], most, "{name}");
    }
}
