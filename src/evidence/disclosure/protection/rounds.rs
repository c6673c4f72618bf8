//! Attack, repair and showing again, in that order, until every need is proved.

use std::collections::BTreeSet;

use super::engine::Engine;
use super::graph::{Graph, Need, Reader};
use super::witness::Pool;

/// A reader with what it was found to think possible.
struct View {
    reader: Reader,
    pool: Pool,
    /// Sensitive cells that must stay wide for it.
    cells: Vec<usize>,
}

/// Cells that cannot have what they need, whatever is withheld.
pub(in crate::evidence::disclosure) struct Unprotected {
    /// Because of earlier releases alone.
    pub(in crate::evidence::disclosure) lost: BTreeSet<usize>,
    /// Because of what this one must show.
    pub(in crate::evidence::disclosure) open: BTreeSet<usize>,
}

/// Withholds what must be withheld besides the primary cells, so that no reader of those given can
/// narrow a cell too far.
pub(in crate::evidence::disclosure) fn protect(
    graph: &mut Graph,
    readers: Vec<Reader>,
) -> Unprotected {
    let before = graph.clone();
    let mut views: Vec<View> = readers.into_iter().map(|reader| view(graph, reader)).collect();
    let mut open = BTreeSet::new();
    for view in &mut views {
        attack(graph, view);
        repair(graph, view, &mut open);
    }
    show_again(graph, &mut views);
    let lost = lost(before, &views, &open);
    Unprotected { open: open.difference(&lost).copied().collect(), lost }
}

/// Which of these cells are too narrow by what earlier releases tell alone.
fn lost(mut graph: Graph, views: &[View], narrow: &BTreeSet<usize>) -> BTreeSet<usize> {
    for cell in &mut graph.cells {
        (cell.low, cell.high) = cell.known;
    }
    let mut lost = BTreeSet::new();
    for view in views.iter().filter(|_| !narrow.is_empty()) {
        let mut pool = Pool::new(graph.cells.len());
        let mut engine = Engine::new(&graph, &view.reader, false);
        for &cell in view.cells.iter().filter(|cell| narrow.contains(cell)) {
            engine.set_bounds(&graph, &view.reader, false);
            if !engine.attack(&graph, &view.reader, &mut pool, cell) {
                lost.insert(cell);
            }
        }
    }
    lost
}

fn view(graph: &Graph, reader: Reader) -> View {
    let is_secret = |cell: &usize| graph.cells[*cell].need.is_some() && !reader.owns.contains(cell);
    let cells = (0..graph.cells.len()).filter(is_secret).collect();
    View { reader, pool: Pool::new(graph.cells.len()), cells }
}

fn attack(graph: &Graph, view: &mut View) {
    let mut engine = Engine::new(graph, &view.reader, false);
    for &cell in &view.cells {
        engine.attack(graph, &view.reader, &mut view.pool, cell);
    }
}

/// Withholds the cheapest others for each cell that is too narrow.
fn repair(graph: &mut Graph, view: &mut View, open: &mut BTreeSet<usize>) {
    let narrow: Vec<usize> =
        view.cells.iter().copied().filter(|cell| !view.pool.proves(graph, *cell)).collect();
    if narrow.is_empty() {
        return;
    }
    let mut engine = Engine::new(graph, &view.reader, true);
    for cell in narrow {
        engine.set_bounds(graph, &view.reader, false);
        while !engine.attack(graph, &view.reader, &mut view.pool, cell) {
            if withhold_cheapest(graph, view, &mut engine, cell) {
                engine.set_bounds(graph, &view.reader, false);
            } else {
                open.insert(cell);
                if !lower(graph, cell) {
                    break;
                }
                engine.set_bounds(graph, &view.reader, false);
            }
        }
    }
}

/// Withholds what lets a cell move as it needs to, in the direction that costs less. Whether
/// anything was withheld, or a proof found that needs nothing withheld.
fn withhold_cheapest(graph: &mut Graph, view: &mut View, engine: &mut Engine, cell: usize) -> bool {
    let reached = view.pool.reached(cell);
    let value = graph.cells[cell].value;
    let [least, most] = [reached.first(), reached.last()].map(|end| end.copied().unwrap_or(0));
    let targets: Vec<i64> = match graph.cells[cell].need {
        None => return false,
        Some(Need::Width(width)) => {
            let missing = width + 1 - reached.len() as i64;
            // Further than what is missing, where both directions have to share.
            let shared = (1..=missing).rev().flat_map(|by| [most + by, least - by]);
            shared.collect()
        }
        Some(Need::Span(low, high)) => {
            let ends = [(most < high - value, high - value), (least > low - value, low - value)];
            ends.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, end)| end).collect()
        }
    };
    let mut best: Option<(i64, Vec<usize>)> = None;
    // First the cheapest by the linear programme; where that helps in fractions only, any.
    let ways =
        [false, true].into_iter().flat_map(|whole| targets.chunks(2).map(move |by| (whole, by)));
    for (is_whole, pair) in ways {
        for by in pair {
            let found = match is_whole {
                true => engine.whole(graph, &view.reader, cell, *by),
                false => engine.cheapest(graph, &view.reader, cell, *by),
            };
            let is_free = found.as_ref().is_some_and(|(_, cells)| cells.is_empty());
            if is_free && !reached.contains(by) && engine.note(graph, &view.reader, &mut view.pool)
            {
                return true;
            }
            if let Some((cost, cells)) = found.filter(|(_, cells)| !cells.is_empty())
                && best.as_ref().is_none_or(|(least, _)| cost < *least)
            {
                best = Some((cost, cells));
            }
        }
        if best.is_some() {
            break;
        }
    }
    let Some((_, cells)) = best else { return false };
    for cell in cells {
        graph.cells[cell].withhold();
    }
    true
}

/// Asks for less of a cell that cannot have what it needs, so that it keeps what it can. Whether
/// there is less to ask for.
fn lower(graph: &mut Graph, cell: usize) -> bool {
    match graph.cells[cell].need {
        Some(Need::Width(width)) if width > 1 => {
            graph.cells[cell].need = Some(Need::Width(width - 1));
            true
        }
        _ => false,
    }
}

/// Shows each figure again that was withheld for others, dearest first, if the proof does without.
fn show_again(graph: &mut Graph, views: &mut [View]) {
    let is_secondary = |cell: &usize| {
        let found = &graph.cells[*cell];
        found.is_withheld && !found.is_primary && found.withheld.is_some()
    };
    let mut cells: Vec<usize> = (0..graph.cells.len()).filter(is_secondary).collect();
    cells.sort_by_key(|cell| (-graph.cells[*cell].weight, *cell));
    let mut engines: Vec<Engine> =
        views.iter().map(|view| Engine::new(graph, &view.reader, false)).collect();
    for cell in cells {
        graph.cells[cell].show();
        let mut set_aside = Vec::new();
        let mut is_safe = true;
        for (view, engine) in views.iter_mut().zip(&mut engines) {
            let found = &graph.cells[cell];
            let (low, high) = (found.low - found.value, found.high - found.value);
            let aside = view.pool.set_aside(cell, low, high);
            let touched = view.pool.moved_by(&aside);
            set_aside.push(aside);
            engine.set_bounds(graph, &view.reader, false);
            let touched = view.cells.iter().copied().filter(|other| touched.contains(other));
            for other in touched {
                is_safe = is_safe && engine.attack(graph, &view.reader, &mut view.pool, other);
            }
            if !is_safe {
                break;
            }
        }
        if !is_safe {
            graph.cells[cell].withhold();
            for (view, aside) in views.iter_mut().zip(&set_aside) {
                view.pool.restore(aside);
            }
        }
    }
}
