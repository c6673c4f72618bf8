//! A provider's file held against published gaps, for `placewise match`.
//!
//! It reads what everybody can: the download of gaps that a site offers. So it can tell nothing of
//! people that the pages do not, whoever runs it. Start reading at [`compare`].

mod board;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::disclosure::{Ask, Offered, Verdict, verdict};
use super::market::{Described, described};
use crate::diagnostics::Outcome;
use crate::sources::{SourceId, SourceSet};
use board::Line;

pub use board::{Board, Download};

/// What one service is to all published gaps.
#[derive(Debug)]
pub struct Compared {
    /// Its name.
    pub service: String,
    /// Lines of which it offers all that is asked.
    pub answers: Vec<Found>,
    /// Lines for which it lacks one thing.
    pub lacks_one: Vec<Found>,
    /// Lines of whose people it could take some.
    pub in_part: Vec<Found>,
    /// How many lines ask for more than it offers by at least two things.
    pub lacks_more: usize,
}

/// A line, and what a service lacks of it.
#[derive(Debug)]
pub struct Found {
    /// What is wanted.
    pub title: String,
    /// How many people, as a band, and from where.
    pub people: String,
    /// The page that tells more.
    pub page: String,
    /// What the provider would need to do, each in words.
    pub missing: Vec<String>,
    /// How its places compare with those that are wanted; nothing where it has as many, or does not
    /// say.
    pub places: Option<String>,
}

/// Everything that a file says, held against a board.
#[derive(Debug)]
pub struct Comparison {
    /// Title of the site's gaps.
    pub title: String,
    /// Day of its figures.
    pub as_at: String,
    /// How many lines were looked at.
    pub lines: usize,
    /// Service by service, in the order of the file.
    pub services: Vec<Compared>,
    /// The sentence for everybody who is in no line.
    pub individual: Option<String>,
}

/// Holds the services of a provider's file, the only one of `sources`, against published gaps.
pub fn compare(sources: &SourceSet, board: &Board) -> Outcome<Comparison> {
    let id = SourceId(0);
    let Outcome { value, diagnostics } = described(id, sources.get(id), &board.known);
    let value = value.map(|services| Comparison {
        title: board.title.clone(),
        as_at: board.as_at.clone(),
        lines: board.lines.len(),
        services: services.iter().map(|service| held(board, service)).collect(),
        individual: board.individual.clone(),
    });
    Outcome { value, diagnostics }
}

fn held(board: &Board, service: &Described) -> Compared {
    let offered = Offered {
        level: service.level.as_ref(),
        needs: service.needs.as_ref(),
        age: service.age,
        gender: service.gender,
        legal: service.legal.as_ref(),
        area: service.area.as_ref(),
        serves: &service.serves,
    };
    let mut compared = Compared {
        service: service.name.clone(),
        answers: Vec::new(),
        lacks_one: Vec::new(),
        in_part: Vec::new(),
        lacks_more: 0,
    };
    let places = service.places.map(|beds| beds.0);
    for line in &board.lines {
        match verdict(&board.known.areas, &line.asks, line.needs, &offered) {
            Verdict::Answers => compared.answers.push(found(line, &[], places)),
            Verdict::LacksOne(ask) => compared.lacks_one.push(found(line, &[ask], places)),
            Verdict::InPart(lacks) => compared.in_part.push(found(line, &lacks, places)),
            Verdict::Lacks(_) => compared.lacks_more += 1,
        }
    }
    compared
}

fn found(line: &Line, lacks: &[&Ask], places: Option<u32>) -> Found {
    let texts = line.asks.iter().zip(&line.texts);
    let missing = texts.filter(|(ask, _)| lacks.contains(ask)).map(|(_, text)| text.clone());
    Found {
        title: line.title.clone(),
        people: line.people.clone(),
        page: line.page.clone(),
        missing: missing.collect(),
        places: places.zip(line.places).and_then(|(places, wanted)| sized(places, wanted)),
    }
}

/// How places compare with the fewest and the most that are wanted.
fn sized(places: u32, (fewest, most): (u32, Option<u32>)) -> Option<String> {
    let wanted = match most {
        Some(most) if most != fewest => format!("{fewest} to {most}"),
        Some(_) => fewest.to_string(),
        None => format!("{fewest} or more"),
    };
    let why = match most {
        _ if places < fewest => "it would be a part of the answer",
        Some(most) if places > most => "more than this gap would fill",
        _ => return None,
    };
    Some(format!("With {places} of about {wanted} places wanted, {why}."))
}

impl Comparison {
    /// In plain words, for the provider.
    pub fn text(&self) -> String {
        let mut text = format!("{}, as at {}\n", self.title, self.as_at);
        for service in &self.services {
            let _ = write!(text, "\n{}\n", service.service);
            let lead = "you would need to";
            let parts = [
                ("Your service would answer:", &service.answers, lead),
                ("One thing is missing:", &service.lacks_one, lead),
                (
                    "It could take some of the people:",
                    &service.in_part,
                    "to take all, you would need to",
                ),
            ];
            for (heading, lines, lead) in parts.iter().filter(|(_, lines, _)| !lines.is_empty()) {
                let _ = writeln!(text, "  {heading}");
                for line in *lines {
                    let _ = writeln!(text, "    {}\n      {}", line.title, line.people);
                    if !line.missing.is_empty() {
                        let _ = writeln!(text, "      {lead} {}", and(&line.missing));
                    }
                    if let Some(places) = &line.places {
                        let _ = writeln!(text, "      {places}");
                    }
                    let _ = writeln!(text, "      {}", line.page);
                }
            }
            if parts.iter().all(|(_, lines, _)| lines.is_empty()) {
                text.push_str("  It answers no published gap, and lacks one thing of none.\n");
            }
            let _ = writeln!(
                text,
                "  Of {} published gaps, {} ask for two things or more that it does not state.",
                self.lines, service.lacks_more
            );
        }
        text.push_str("\nQuality and distance must also meet the rules of the site.");
        if let Some(individual) = &self.individual {
            let _ = write!(text, " {individual}");
        }
        text.push('\n');
        text
    }
}

/// `a, b and c`.
fn and(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}
