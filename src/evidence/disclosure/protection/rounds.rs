//! Attack, repair and showing again, in that order, until every need is proved.
//!
//! First the proof goes by classes, or by a stand-in where figures are rounded: what is withheld
//! then follows from nothing else (disclosure §10). Cells that this leaves open are tried again,
//! by a table that agrees with what is then published ([`protect_unseen`], which looks at no true
//! value at all), or by the true values ([`protect`], which counts them).

mod account;
mod proof;
mod reopen;
mod settle;
#[cfg(test)]
mod tests;
mod walks;

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Need, Reader};
use super::moves::Moves;
use super::rooms::Stand;
use super::stand_in;
#[cfg(test)]
pub(in crate::evidence::disclosure) use super::stand_in::alike;
use proof::Proof;

/// The work on one graph.
struct Rounds<'a> {
    graph: &'a mut Graph,
    readers: Vec<Reader>,
    /// For each reader whether it must think possible that the table is as the main proof has it.
    /// An insider may know better than a stand-in; then the true values prove.
    suits: Vec<bool>,
    moves: Moves,
    /// By classes or by a stand-in.
    main: Proof,
    /// By the true values or by another stand-in, for what stays open otherwise.
    truth: Proof,
    /// Sensitive cells that are proved by it.
    retried: BTreeSet<usize>,
    open: BTreeSet<usize>,
}

/// Cells that cannot have what they need, whatever is withheld; and what there is to tell of the
/// others in a private report.
pub(in crate::evidence::disclosure) struct Unprotected {
    /// Because of earlier releases alone.
    pub(in crate::evidence::disclosure) lost: BTreeSet<usize>,
    /// Because of what this one must show.
    pub(in crate::evidence::disclosure) open: BTreeSet<usize>,
    /// Cells for which the true values decided what else is withheld, as their classes would have
    /// left them open.
    pub(in crate::evidence::disclosure) retried: BTreeSet<usize>,
    /// Whether rounded figures were protected by the true values, as no stand-in was found.
    pub(in crate::evidence::disclosure) has_no_stand_in: bool,
    /// For each cell that is withheld for others a sensitive one that needs it.
    pub(in crate::evidence::disclosure) protects: BTreeMap<usize, usize>,
    /// For each sensitive cell the least and the greatest value that somebody from outside was
    /// proved to have to think possible; [`super::graph::UNBOUNDED`] is no bound.
    #[cfg(test)]
    pub(in crate::evidence::disclosure) left: BTreeMap<usize, (i64, i64)>,
}

/// What decides where classes or the first stand-in leave a cell open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resort {
    Truth,
    AnotherStandIn,
}

/// Withholds what must be withheld besides the primary cells, so that no reader of those given can
/// narrow a cell too far.
pub(in crate::evidence::disclosure) fn protect(
    graph: &mut Graph,
    readers: Vec<Reader>,
) -> Unprotected {
    let found = first(graph);
    run(graph, readers, (found, Resort::Truth))
}

/// The same by texts, classes and public bounds alone, for readers from outside: the `value` of a
/// cell may be any of its class, and what is withheld is the same whichever it is.
///
/// What is still open in the end is told as such, so nothing is said of what is lost already.
pub(in crate::evidence::disclosure) fn protect_unseen(
    graph: &mut Graph,
    readers: Vec<Reader>,
) -> Unprotected {
    let found = first(graph);
    run(graph, readers, (found, Resort::AnotherStandIn))
}

/// The same by the true values throughout: where each reader knows a part of its own exactly, which
/// no stand-in has.
pub(in crate::evidence::disclosure) fn protect_by_truth(
    graph: &mut Graph,
    readers: Vec<Reader>,
) -> Unprotected {
    run(graph, readers, (None, Resort::Truth))
}

/// What is proved from at first: classes, or a stand-in where figures are rounded.
fn first(graph: &mut Graph) -> Option<Stand> {
    let is_rounded = stand_in::is_wanted(graph);
    if is_rounded { stand_in::adopt(graph) } else { Some(Stand::of_classes(graph)) }
}

/// By what there is at first, and for what that leaves open by the last resort.
fn run(
    graph: &mut Graph,
    readers: Vec<Reader>,
    (found, resort): (Option<Stand>, Resort),
) -> Unprotected {
    graph.places.resize(graph.cells.len(), Vec::new());
    let before = graph.clone();
    let has_no_stand_in = found.is_none();
    let stand = found.unwrap_or_else(|| match resort {
        Resort::Truth => Stand::of_truth(graph),
        Resort::AnotherStandIn => Stand::of_classes(graph),
    });
    let moves = Moves::new(graph);
    let suits = readers.iter().map(|reader| stand.suits(graph, reader)).collect();
    let last = match resort {
        Resort::Truth => Stand::of_truth(graph),
        Resort::AnotherStandIn => stand.clone(),
    };
    let main = Proof::new(graph, &moves, stand);
    let truth = Proof::new(graph, &moves, last);
    let mut rounds = Rounds {
        graph,
        readers,
        suits,
        moves,
        main,
        truth,
        retried: BTreeSet::new(),
        open: BTreeSet::new(),
    };
    rounds.settle_all();
    if resort == Resort::AnotherStandIn {
        rounds.stand_anew();
    }
    rounds.retry();
    rounds.show_again();
    rounds.verify();
    let lost = match resort {
        Resort::Truth => rounds.lost(&before),
        Resort::AnotherStandIn => BTreeSet::new(),
    };
    let protects = rounds.protected_by();
    #[cfg(test)]
    let left = rounds.left();
    let Rounds { open, retried, .. } = rounds;
    for (cell, old) in graph.cells.iter_mut().zip(&before.cells) {
        cell.need = old.need;
    }
    let open = open.difference(&lost).copied().collect();
    Unprotected {
        lost,
        open,
        retried,
        has_no_stand_in,
        protects,
        #[cfg(test)]
        left,
    }
}

impl Rounds<'_> {
    /// Sensitive cells that are a secret to a reader.
    fn secrets(&self, reader: usize) -> Vec<usize> {
        let owns = &self.readers[reader].owns;
        let cells = self.graph.cells.iter().enumerate();
        let secret = cells.filter(|(cell, found)| found.need.is_some() && !owns.contains(cell));
        secret.map(|(cell, _)| cell).collect()
    }

    /// Whether a cell has what it needs for a reader.
    fn is_proved(&self, reader: usize, cell: usize) -> bool {
        self.has_proof(reader, cell, self.is_by_truth(reader, cell))
    }

    /// Whether one of the proofs has what a cell needs for a reader.
    fn has_proof(&self, reader: usize, cell: usize, by_truth: bool) -> bool {
        let proof = self.proof(by_truth);
        proof.pool.proves(self.graph, &proof.rooms, &self.readers[reader], cell)
    }

    /// Whether the true values prove a cell for a reader.
    fn is_by_truth(&self, reader: usize, cell: usize) -> bool {
        !self.suits[reader] || self.retried.contains(&cell)
    }

    /// By classes or a stand-in: withholds others until every need is met, where that can be.
    fn settle_all(&mut self) {
        for reader in 0..self.readers.len() {
            for cell in self.concerned(reader) {
                self.settle(reader, cell, !self.suits[reader]);
            }
        }
    }

    /// Secrets for which a reader could have less of a proof than somebody from outside.
    fn concerned(&self, reader: usize) -> Vec<usize> {
        let secrets = self.secrets(reader);
        let knows = &self.readers[reader].knows;
        let is_outsider = |reader: &Reader| reader.knows.is_empty() && reader.owns.is_empty();
        let Some(outsider) = self.readers.iter().position(is_outsider) else { return secrets };
        if reader <= outsider || !self.suits[reader] {
            return secrets;
        }
        let touched: BTreeSet<usize> = [&self.main, &self.truth]
            .into_iter()
            .flat_map(|proof| proof.pool.moved_with(knows.keys().copied()))
            .collect();
        secrets.into_iter().filter(|cell| touched.contains(cell)).collect()
    }

    /// Whether something is still open.
    fn is_unsettled(&self) -> bool {
        (0..self.readers.len()).any(|reader| {
            let mut cells = self.concerned(reader).into_iter();
            cells.any(|cell| !(self.is_proved(reader, cell) && self.holds(reader, cell)))
        })
    }

    /// Where something is still open, looks for another table to stand for the true one: of those
    /// that agree with all that is published by now, of which there are more than at first.
    fn stand_anew(&mut self) {
        if self.is_unsettled()
            && let Some(stand) = stand_in::find_as_published(self.graph)
        {
            self.truth = Proof::new(self.graph, &self.moves, stand);
        }
    }

    /// By the true values, or by another stand-in: what is still open.
    fn retry(&mut self) {
        for reader in 0..self.readers.len() {
            for cell in self.concerned(reader) {
                if self.open.contains(&cell) && self.retried.contains(&cell) {
                    self.settle_for_less(reader, cell);
                    continue;
                }
                if self.is_proved(reader, cell) && self.holds(reader, cell) {
                    continue;
                }
                if self.retried.insert(cell) {
                    self.take_over(cell);
                }
                self.settle_for_less(reader, cell);
                // What was proved for others by classes is now to be proved by the truth.
                for other in 0..reader {
                    if !self.readers[other].owns.contains(&cell) {
                        self.settle_for_less(other, cell);
                    }
                }
            }
        }
    }

    /// Gives the proof by the true values what the other one found for a cell.
    fn take_over(&mut self, cell: usize) {
        let found: Vec<_> = self.main.pool.all_of(cell).cloned().collect();
        for change in found {
            self.truth.pool.add(self.graph, &self.truth.rooms, change);
        }
    }

    /// Asks for less of a cell that cannot have what it needs, so that it keeps what it can.
    fn settle_for_less(&mut self, reader: usize, cell: usize) {
        while !self.settle(reader, cell, true) {
            self.open.insert(cell);
            match self.graph.cells[cell].need {
                Some(Need::Width(width)) if width > 1 => {
                    self.graph.cells[cell].need = Some(Need::Width(width - 1));
                }
                _ => break,
            }
        }
    }

    /// Shows or withholds a cell. Returns the cells that may have lost a proof by it.
    fn publish(&mut self, cell: usize, is_withheld: bool) -> BTreeSet<usize> {
        match is_withheld {
            true => self.graph.cells[cell].withhold(),
            false => self.graph.cells[cell].show(),
        }
        let mut losing = BTreeSet::new();
        for proof in [&mut self.main, &mut self.truth] {
            losing.extend(proof.publish(self.graph, &self.moves, cell));
        }
        losing
    }
}
