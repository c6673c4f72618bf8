//! Small cases worked by hand, for rules of gap-analysis §5, §6 and §9 that the examples of the
//! casebook leave open.

use super::answers::{Solved, solve};
use super::loader::World;
use super::rules::{person, service};
use crate::evidence::analysis::matching::Contention;
use crate::evidence::analysis::position::Position;
use crate::evidence::analysis::ranges::Ranges;
use crate::evidence::analysis::{Scenario, analyse, exchange, least_cost, reasons};
use crate::evidence::market::{Market, Status};

fn central(market: &Market) -> Solved<'_> {
    solve(Position::today(market, Scenario::Central))
}

/// §5.1 and §15.2: people whose needs are unknown are in every range, and nothing takes them.
#[test]
fn people_of_unknown_needs_are_in_the_range() {
    let rows = vec![person(&[("people", "2")]), person(&[("tags", ""), ("people", "3")])];
    let market = World::small(vec![service(&[])], rows).market();
    let ranges = Ranges::today(&market);
    let all = [vec![0, 1]];
    assert_eq!(ranges.contentions(&all), [Contention { low: 3, high: 3 }]);
    // Hopefully they need nothing special, and one of the five is too many.
    assert_eq!(ranges.published(&all), [Contention { low: 1, high: 3 }]);
}

/// §5.1: two rows that are alike share two places; either has to wait only if there is one.
#[test]
fn rows_that_are_alike_contend() {
    for (places, one) in [("2", [0, 0]), ("1", [0, 1]), ("0", [1, 1])] {
        let rows = vec![person(&[]), person(&[])];
        let market = World::small(vec![service(&[("vacancies", places)])], rows).market();
        let [low, high] = one;
        let range = Contention { low, high };
        assert_eq!(Ranges::today(&market).contentions(&[vec![0], vec![1]]), [range; 2], "{places}");
    }
}

/// §5.2: a place is worth something to people who wait for it, and to those who would make room.
#[test]
fn what_one_place_more_is_worth() {
    let services = vec![
        service(&[("tags", "pd|autism"), ("vacancies", "1")]),
        service(&[("tags", "autism"), ("vacancies", "1")]),
        service(&[("tags", "pd"), ("vacancies", "0"), ("places", "")]),
        service(&[("tags", "autism"), ("vacancies", ""), ("places", "")]),
        service(&[("tags", "psychosis"), ("vacancies", "")]),
    ];
    let old = ("placed_since", "2024-01-01");
    // Two of autism hold both places; one of personality disorder and one of autism wait.
    let rows = vec![person(&[("tags", "autism"), ("people", "3"), old]), person(&[("tags", "pd")])];
    let market = World::small(services.clone(), rows).market();
    let Solved { position, fits, placed } = central(&market);
    let worth = reasons::worth_a_place(&position, &fits, &placed);
    assert_eq!(
        (placed.as_slice(), worth.as_slice()),
        (&[2, 0][..], &[true, true, true, true, false][..])
    );
    assert_eq!(reasons::worth_asking(&position, &worth), [3]);
    // Only personality disorder waits: a place for autism lets somebody make room.
    let rows = vec![person(&[("tags", "autism"), ("people", "2"), old]), person(&[("tags", "pd")])];
    let market = World::small(services.clone(), rows).market();
    let Solved { position, fits, placed } = central(&market);
    let worth = reasons::worth_a_place(&position, &fits, &placed);
    assert_eq!(
        (placed.as_slice(), worth.as_slice()),
        (&[2, 0][..], &[true, true, true, true, false][..])
    );
    // Some of a row have a place: the others of it wait all the same.
    let market = World::small(services, vec![person(&[("tags", "pd"), ("people", "2")])]).market();
    let Solved { position, fits, placed } = central(&market);
    let worth = reasons::worth_a_place(&position, &fits, &placed);
    assert_eq!(
        (placed.as_slice(), worth.as_slice()),
        (&[1][..], &[true, false, true, false, false][..])
    );
}

/// §5, O3: who came first moves to a dearer place if that is cheaper for all.
#[test]
fn whoever_moves_away_leaves_a_cheap_place() {
    let of =
        |tags, price| service(&[("tags", tags), ("price_pence_week", price), ("vacancies", "1")]);
    let services = vec![of("autism|pd", "300000"), of("pd", "500000"), of("autism", "600000")];
    for needs in [["pd", "autism"], ["autism", "pd"]] {
        let rows = needs.map(|need| person(&[("tags", need), ("weekly_cost_pence", "900000")]));
        let market = World::small(services.clone(), rows.to_vec()).market();
        let Solved { position, fits, placed } = central(&market);
        let cost = least_cost(&position, &fits, &placed);
        assert_eq!((cost.known.people, cost.known.weekly_price_pence), (2, 800_000));
    }
}

/// §9: a bed that somebody leaves is given to one other, but not in a service that has closed.
#[test]
fn a_bed_that_is_left_is_given_to_one_other() {
    let home = |area, vacancies| service(&[("area", area), ("vacancies", vacancies)]);
    let from = |home, lives_in, people| {
        person(&[("home", home), ("placed_service", lives_in), ("people", people)])
    };
    // One leaves the full service of A, for which two wait.
    let rows = vec![from("A", "elsewhere", "2"), from("C", "S0", "1")];
    let mut market = World::small(vec![home("A", "0"), home("C", "1")], rows).market();
    let most = |market: &Market| {
        let Solved { position, fits, placed } = central(market);
        (placed.iter().sum::<u32>(), exchange(&position, &fits))
    };
    assert_eq!(most(&market), (1, 2));
    let first = market.providers.values_mut().flat_map(|provider| &mut provider.services).next();
    first.unwrap().status = Status::Defunct;
    assert_eq!(most(&market), (1, 1));
}

/// §6: a gap is worth no more than the people whom one unit takes, and no more are listed than
/// may be.
#[test]
fn one_unit_takes_no_more_than_the_most() {
    let rows = vec![
        person(&[("tags", "psychosis"), ("people", "14")]),
        person(&[("tags", "pd"), ("people", "12")]),
    ];
    let mut market = World::small(vec![], rows).market();
    let listed = |market: &Market| -> Vec<(String, u32)> {
        let gaps = analyse(market).listing.gaps.into_iter();
        gaps.map(|gap| {
            let needs: Vec<String> =
                gap.specification.needs.iter().map(ToString::to_string).collect();
            (needs.join("+"), gap.people)
        })
        .collect()
    };
    // The mix covers most and is dearer; of two that take as many, the first by its needs.
    let both = [("pd".to_owned(), 12), ("psychosis".to_owned(), 12)];
    assert_eq!(listed(&market), both);
    market.parameters.max_specs = 1;
    assert_eq!(listed(&market), both[..1]);
}
