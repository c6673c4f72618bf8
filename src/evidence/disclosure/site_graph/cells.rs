//! The cells of the site as they are built: sums first, then what is published of them.

use std::collections::BTreeMap;

use super::super::figure::Figure;
use super::super::policy::Policy;
use super::super::protection::graph::{Cell, Equation, Graph, Need, UNBOUNDED};
use super::Asked;
use crate::evidence::analysis::{CellKey, Measure};

/// A withheld count keeps one possible value more than this (disclosure §4).
pub(super) const FEWEST_OTHERS: i64 = 3;

/// In an edition a larger count keeps one more than this, so that the difference of two such keeps
/// five (`editions`).
const OTHERS_OF_MANY: i64 = 2;

/// A figure that is to be kept costs so many times as much to withhold.
const KEPT: i64 = 1_000;

/// So does a figure of the whole site, which heads its first page: it is never withheld where
/// others would do (disclosure §6).
const WHOLE_SITE: i64 = 1_000;

/// Cells, equations, and which figures each cell is published as.
///
/// A sum of one part is that part: figures that are always equal share a cell, and are shown or
/// withheld together.
pub(super) struct Cells<'p> {
    pub(super) graph: Graph,
    pub(super) figures: BTreeMap<CellKey, usize>,
    /// Who is counted by numbers of people who could be taken, which free places bound; and whether
    /// these are people of one home only, and not of areas within it.
    pub(super) bounded: Vec<(usize, CellKey, bool)>,
    /// Where noughts are shown, the most people that public facts leave of the widest number that
    /// is such a cell. Other parts of that number are nobody, which figures tell and no public fact
    /// does. (Where noughts are withheld, others may be in each of its parts.) And of people who
    /// are told to be too few for a line, the most without that.
    widest: BTreeMap<usize, i64>,
    policy: &'p Policy,
    asked: &'p Asked,
    is_edition: bool,
}

impl<'p> Cells<'p> {
    /// None yet, for an edition or for a site that makes none.
    pub(super) fn new(policy: &'p Policy, asked: &'p Asked, is_edition: bool) -> Cells<'p> {
        let (graph, figures, bounded) = (Graph::default(), BTreeMap::new(), Vec::new());
        let widest = BTreeMap::new();
        Cells { graph, figures, bounded, widest, policy, asked, is_edition }
    }

    /// The rules of the site.
    pub(super) fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// Whether this is told as an edition.
    pub(super) fn is_edition(&self) -> bool {
        self.is_edition
    }

    /// A number that is not published itself, within bounds that everybody knows.
    pub(super) fn hide(&mut self, key: String, value: i64, bounds: (i64, i64)) -> usize {
        self.graph.cells.push(Cell {
            key,
            value,
            low: bounds.0,
            high: bounds.1,
            known: bounds,
            shown: bounds,
            withheld: None,
            is_withheld: false,
            is_primary: false,
            need: None,
            class: self.sensitivity(value),
            weight: 0,
        });
        self.graph.cells.len() - 1
    }

    /// The sum of cells; nothing if there are none, the cell itself if it is one.
    pub(super) fn sum(&mut self, key: impl Fn() -> String, parts: &[usize]) -> Option<usize> {
        if parts.len() < 2 {
            return parts.first().copied();
        }
        let value = parts.iter().map(|part| self.graph.cells[*part].value).sum();
        let total = self.hide(key(), value, (0, UNBOUNDED));
        self.equate(total, parts);
        Some(total)
    }

    /// States that a cell is the sum of others.
    pub(super) fn equate(&mut self, total: usize, parts: &[usize]) {
        if parts != [total] {
            let parts = parts.iter().map(|part| (*part, 1));
            let equation: Equation = std::iter::once((total, -1)).chain(parts).collect();
            self.graph.add_equation(equation);
        }
    }

    /// What everybody knows of a cell, whatever is published.
    pub(super) fn know(&mut self, cell: usize, (low, high): (i64, i64)) {
        let found = &mut self.graph.cells[cell];
        for bounds in [&mut found.known, &mut found.shown] {
            *bounds = (bounds.0.max(low), bounds.1.min(high));
        }
        found.withheld = found.withheld.map(|(least, most)| (least.max(low), most.min(high)));
    }

    /// Free places leave so many people at most of those who could be taken of a group, or of the
    /// home that is its area.
    pub(super) fn bound(&mut self, cell: usize, (group, is_home): (&CellKey, bool), most: u32) {
        self.know(cell, (0, i64::from(most)));
        self.bounded.push((cell, group.clone(), is_home));
        self.widen(cell, i64::from(most));
    }

    /// A cell is a number of which public facts leave so many people, among others that it is.
    fn widen(&mut self, cell: usize, most: i64) {
        if self.policy.zero_shown {
            let before = self.widest.entry(cell).or_insert(most);
            *before = most.max(*before);
        }
    }

    /// Tells that people are too few for a line of their own, which is no public fact.
    pub(super) fn tell_too_few(&mut self, cell: usize, fewer: i64) {
        let (_, most) = self.publicly(cell);
        self.widest.insert(cell, most);
        self.know(cell, (0, fewer));
    }

    /// The least and the most that public facts leave of a cell.
    pub(super) fn publicly(&self, cell: usize) -> (i64, i64) {
        let (low, high) = self.graph.cells[cell].known;
        (low, self.widest.get(&cell).map_or(high, |most| high.max(*most)))
    }

    /// Publishes a cell as a figure, as the rules would have it if nothing else were published.
    /// Withheld, it is `least` or more, unless its text says that it is nought.
    pub(super) fn publish(&mut self, key: &CellKey, cell: usize, (figure, least): (Figure, i64)) {
        if key.measure != Measure::Matched && self.widest.contains_key(&cell) {
            self.widen(cell, UNBOUNDED);
        }
        if figure.value() == Some(0) {
            self.know(cell, (0, 0));
        }
        let class = match figure.value() {
            Some(shown) if self.policy.rounding_base > 1 && shown > 0 => self.reading(shown),
            Some(shown) => self.band(i64::from(shown)),
            None => self.sensitivity(self.graph.cells[cell].value),
        };
        let reading = figure.value().map(|shown| self.reading(shown));
        let found = &mut self.graph.cells[cell];
        let known = found.known;
        let within = |(low, high): (i64, i64)| (low.max(known.0), high.min(known.1));
        let before = found.withheld.map_or(0, |(least, _)| least);
        let least = if figure.value() == Some(0) { 0 } else { least.max(before) };
        found.withheld = Some(within((least, UNBOUNDED)));
        match reading {
            Some((low, high)) => found.shown = (found.shown.0.max(low), found.shown.1.min(high)),
            None => found.is_primary = true,
        }
        found.class = class;
        let times = if self.asked.keep.contains(key) { KEPT } else { 1 };
        found.weight += times * worth(key) * (class.0 + 8);
        found.is_primary |= self.asked.never.contains(key);
        found.key = key.to_string();
        self.figures.insert(key.clone(), cell);
    }

    /// Tells a line of gaps in a band.
    pub(super) fn tell_line(&mut self, cell: usize, (low, high): (i64, i64)) {
        let found = &mut self.graph.cells[cell];
        found.shown = (low, high);
        found.class = (low, high);
    }

    /// Asks for a cell what it must keep: a small number several possible values, and in an
    /// edition any other number one fewer (`editions` says why). Where
    /// public facts alone leave fewer, it keeps these.
    pub(super) fn protect(&mut self, cell: usize) {
        let threshold = i64::from(self.policy.threshold);
        let found = &mut self.graph.cells[cell];
        let others = match found.class {
            (_, 0) => 0,
            (_, most) if most < threshold => FEWEST_OTHERS,
            (least, most) if self.is_edition => OTHERS_OF_MANY.min(most - least),
            _ => 0,
        };
        self.ask(cell, others);
    }

    /// Asks for so many possible values of a cell beside the true one, or as many as public facts
    /// alone leave; of nobody, for none.
    pub(super) fn ask(&mut self, cell: usize, others: i64) {
        let (low, high) = self.publicly(cell);
        let found = &mut self.graph.cells[cell];
        let others = others.min(high - low);
        let asked = match found.need {
            Some(Need::Width(before)) => others.max(before),
            _ => others,
        };
        if asked > 0 && found.value > 0 {
            found.need = Some(Need::Width(asked));
        }
    }

    /// What is known of a cell while a figure is told, and if it is withheld: a number that the
    /// figure has to go with, at its price.
    pub(super) fn hold_with(
        &mut self,
        cell: usize,
        figure: usize,
        (shown, withheld): ((i64, i64), (i64, i64)),
    ) {
        let weight = self.graph.cells[figure].weight;
        let found = &mut self.graph.cells[cell];
        (found.shown, found.withheld, found.weight) = (shown, Some(withheld), weight);
    }

    /// Whether a cell is a small number of people.
    pub(super) fn is_small(&self, cell: usize) -> bool {
        (1..i64::from(self.policy.threshold)).contains(&self.graph.cells[cell].value)
    }

    /// What a reader knows who sees a figure.
    fn reading(&self, shown: u32) -> (i64, i64) {
        let half = i64::from(self.policy.rounding_base / 2);
        match i64::from(shown) {
            0 => (0, 0),
            shown => ((shown - half).max(i64::from(self.policy.threshold)), shown + half),
        }
    }

    /// Nought, small, or neither: all that is told the proof of a number without a text.
    fn sensitivity(&self, value: i64) -> (i64, i64) {
        let threshold = i64::from(self.policy.threshold).max(1);
        match value {
            0 => (0, 0),
            value if value < threshold => (1, threshold - 1),
            _ => (threshold, UNBOUNDED),
        }
    }

    /// Of a text that is not rounded: nought, or between a power of two and the next, times the
    /// threshold.
    fn band(&self, shown: i64) -> (i64, i64) {
        let threshold = i64::from(self.policy.threshold).max(1);
        if shown < threshold {
            return self.sensitivity(shown);
        }
        let times = (shown / threshold).ilog2();
        (threshold << times, (threshold << (times + 1)) - 1)
    }

    /// Forgets what cells count, so that what is withheld follows from classes, texts and public
    /// bounds. Returns it.
    pub(super) fn forget(&mut self) -> Vec<i64> {
        let forgotten = |cell: &mut Cell| std::mem::replace(&mut cell.value, cell.class.0);
        self.graph.cells.iter_mut().map(forgotten).collect()
    }

    /// Takes back what was forgotten.
    pub(super) fn recall(&mut self, truth: Vec<i64>) {
        for (cell, value) in self.graph.cells.iter_mut().zip(truth) {
            cell.value = value;
        }
    }

    /// Puts every cell as it is first published.
    pub(super) fn begin(&mut self) {
        for cell in &mut self.graph.cells {
            (cell.low, cell.high) = cell.shown;
            if cell.is_primary {
                cell.withhold();
            }
        }
        self.graph.places.resize(self.graph.cells.len(), Vec::new());
    }
}

/// What it costs to withhold a figure: needs and gaps are missed most, and the more so the more
/// they cover. It follows from the key alone.
fn worth(key: &CellKey) -> i64 {
    let measure = match key.measure {
        Measure::Gap => 7,
        Measure::Need => 9,
        _ => 1,
    };
    let scope = match (key.area.is_some(), key.level.is_some(), key.need.is_some()) {
        (false, false, false) => WHOLE_SITE,
        (_, _, true) => 1,
        _ => 6,
    };
    measure * scope
}
