//! Every cell as a sum of cells that are free.

use std::collections::BTreeMap;

use super::super::graph::Graph;

/// Cells with coefficients.
pub(in super::super) type Row = Vec<(usize, i64)>;

/// So many coefficients at most.
const MOST: usize = 4_000_000;

/// For each cell the free cells that it is the sum of; and for each free cell those that it is part
/// of. `None` if sums go in circles or are too long. Equations beyond one for each sum are left to
/// be checked.
pub(in super::super) fn spread(graph: &Graph) -> Option<(Vec<Row>, Vec<Row>)> {
    let size = graph.cells.len();
    let equation_of = definitions(graph);
    let mut rows: Vec<Option<Row>> = vec![None; size];
    let mut is_begun = vec![false; size];
    let mut total = 0;
    for start in 0..size {
        let mut stack = vec![start];
        while let Some(&cell) = stack.last() {
            if rows[cell].is_some() {
                stack.pop();
                continue;
            }
            let Some(number) = equation_of[cell] else {
                rows[cell] = Some(vec![(cell, 1)]);
                continue;
            };
            let parts = || graph.equations[number].iter().filter(|(other, _)| *other != cell);
            let waiting: Vec<usize> =
                parts().map(|(part, _)| *part).filter(|part| rows[*part].is_none()).collect();
            if !waiting.is_empty() {
                if std::mem::replace(&mut is_begun[cell], true) {
                    return None;
                }
                stack.extend(waiting);
                continue;
            }
            let own = graph.equations[number].iter().find(|(other, _)| *other == cell)?.1;
            let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
            for (part, by) in parts() {
                for (free, times) in rows[*part].as_ref()? {
                    *sum.entry(*free).or_default() -= by * times * own;
                }
            }
            total += sum.len();
            if total > MOST {
                return None;
            }
            rows[cell] = Some(sum.into_iter().filter(|(_, by)| *by != 0).collect());
        }
    }
    let rows: Vec<Row> = rows.into_iter().collect::<Option<_>>()?;
    let mut uses = vec![Row::new(); size];
    for (cell, row) in rows.iter().enumerate() {
        for (free, by) in row {
            uses[*free].push((cell, *by));
        }
    }
    Some((rows, uses))
}

/// For each cell that is a sum its equation: of those with one cell on one side, the first.
fn definitions(graph: &Graph) -> Vec<Option<usize>> {
    let mut equation_of: Vec<Option<usize>> = vec![None; graph.cells.len()];
    for (number, equation) in graph.equations.iter().enumerate() {
        let is_alone = |&&(cell, by): &&(usize, i64)| {
            by.abs() == 1 && equation.iter().all(|(other, to)| *other == cell || to * by < 0)
        };
        let alone: Vec<usize> = equation.iter().filter(is_alone).map(|(cell, _)| *cell).collect();
        // Of two that are equal, the one with a minus is the sum.
        let is_minus = |cell: &&usize| equation.contains(&(**cell, -1));
        let whole = alone.iter().find(is_minus).or(alone.first());
        let last = || equation.iter().filter(|(_, by)| by.abs() == 1).map(|(cell, _)| cell).max();
        if let Some(&whole) = whole.or_else(last) {
            equation_of[whole].get_or_insert(number);
        }
    }
    equation_of
}
