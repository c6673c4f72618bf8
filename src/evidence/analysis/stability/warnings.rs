//! The stability rule told to the author of the plan.
//!
//! How many people are left without a place is not told here: with the plan, which is no secret, it
//! would tell how many places are free. Of a change, neither its year nor its level is told: it may
//! not be public. All of it is in the workings.

use super::{Shortfall, shortfalls};
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::market::Market;

/// One warning for each level and area that closes places too early.
pub fn warnings(market: &Market) -> Vec<Diagnostic> {
    shortfalls(market).iter().map(|shortfall| warning(market, shortfall)).collect()
}

fn warning(market: &Market, shortfall: &Shortfall) -> Diagnostic {
    let years: Vec<String> = shortfall.years.iter().map(|(year, _)| year.to_string()).collect();
    let (when, mend) = match shortfall.is_change {
        false => (and(&years), mend(market, shortfall)),
        true => (
            "some years".to_owned(),
            "first open places at its level or one step down, or let it close later".to_owned(),
        ),
    };
    let message = format!("people who live in these places have nowhere to go in {when}");
    let diagnostic = Diagnostic::warning(Code::ClosesTooEarly, message)
        .at(shortfall.closure)
        .label("closes too early")
        .help(mend);
    match shortfall.opening {
        Some(opening) => diagnostic.also(opening, "opens too late"),
        None => diagnostic,
    }
}

/// What to do, in the words of the site.
fn mend(market: &Market, shortfall: &Shortfall) -> String {
    let words = &market.vocabulary;
    let ladder = &words.levels[&shortfall.level].ladder;
    let ladder = words.ladders.iter().find(|known| &known.id == ladder);
    let rank = words.levels[&shortfall.level].rank;
    let lowest = rank.saturating_sub(market.parameters.max_step as usize);
    let levels = ladder.map_or(&[][..], |ladder| &ladder.levels[lowest..=rank]);
    let names: Vec<String> =
        levels.iter().map(|level| format!("\"{}\"", words.levels[level].name)).collect();
    let area = market.areas.get(shortfall.area.as_str()).map_or("", |area| &area.name);
    format!("first open places of {} in {area}, or close these later", or(&names))
}

fn and(words: &[String]) -> String {
    joined(words, "and")
}

fn or(words: &[String]) -> String {
    joined(words, "or")
}

/// `a`, `a and b`, `a, b and c`.
fn joined(words: &[String], last_word: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {last_word} {last}", first.join(", ")),
    }
}
