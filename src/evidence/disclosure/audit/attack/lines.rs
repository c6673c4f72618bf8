//! What lines of gaps tell a reader (disclosure §11): everybody without a place is in one line at
//! most, and whoever is in none is too few for a line.

use std::collections::BTreeSet;

use super::Public;
use super::grid::{ALL, GAP, Grid};
use super::system::{ENDLESS, Range, Row};
use crate::evidence::market::{AreaId, AreaKind, LevelId, NeedId};

/// A line as it is told.
struct Line<'p> {
    area: &'p AreaId,
    level: &'p LevelId,
    /// What its people need among them.
    needs: &'p BTreeSet<NeedId>,
    people: Range,
    /// Whether it is a listed gap: each of its people has one of the needs or more, and may be
    /// counted at a level from which people step down.
    is_listed: bool,
}

/// Adds the lines to what a reader knows of gaps.
pub(super) fn add(grid: &mut Grid, public: &Public) {
    let gaps = public.publication.gaps();
    let range = |low: u32, high: Option<u32>| {
        let least = low.max(gaps.fewest_people());
        Range::new(i64::from(least), high.map_or(ENDLESS, i64::from))
    };
    let listed = gaps.listed().iter().map(|gap| {
        let of = gap.specification();
        let people = range(gap.people().low(), gap.people().high());
        Line { area: &of.area, level: &of.level, needs: &of.needs, people, is_listed: true }
    });
    let also = gaps.also_wanted().iter().map(|line| {
        let people = range(line.people().low(), line.people().high());
        let (area, level, needs) = (line.area(), line.level(), line.wanted());
        Line { area, level, needs, people, is_listed: false }
    });
    let lines: Vec<Line> = listed.chain(also).collect();
    let mut parts: Vec<Vec<Vec<(usize, usize)>>> =
        vec![vec![Vec::new(); grid.levels.len() + 1]; grid.areas.len() + 1];
    for (number, line) in lines.iter().enumerate() {
        let mut all = Vec::new();
        for (area, level) in scope(grid, line) {
            let cell = grid.system.cell(Range::ANY);
            parts[area][level].push((number, cell));
            all.push(cell);
        }
        grid.system.rows.push(Row::within(&all, line.people));
        add_needs(grid, line);
    }
    add_rests(grid, public, &parts);
    for (area, by_level) in parts.iter().enumerate() {
        for (level, parts) in by_level.iter().enumerate() {
            for need in 1..=grid.needs.len() {
                add_need(grid, [GAP, area, level, need], &lines, parts);
            }
        }
    }
}

/// Homes and levels from which people of a line can be.
fn scope(grid: &Grid, line: &Line) -> Vec<(usize, usize)> {
    let publication = grid.publication;
    let levels = &publication.vocabulary().levels;
    let steps = publication.parameters().max_step as usize;
    let is_reached = |id: &LevelId| {
        let Some((level, from)) = levels.get(line.level).zip(levels.get(id)) else { return false };
        let step = from.rank.checked_sub(level.rank);
        let is_step = level.ladder == from.ladder && step.is_some_and(|step| step <= steps);
        id == line.level || (line.is_listed && is_step)
    };
    let mut found = Vec::new();
    for (area, id) in grid.areas.iter().enumerate() {
        if !publication.areas().is_within(id, line.area) {
            continue;
        }
        let reached = grid.levels.iter().enumerate().filter(|(_, id)| is_reached(id));
        found.extend(reached.map(|(level, _)| (area + 1, level + 1)));
    }
    found
}

/// The gap of a home and level is its lines and its rest. In one integrated care board and level
/// the rest would be a line if it were enough people.
fn add_rests(grid: &mut Grid, public: &Public, parts: &[Vec<Vec<(usize, usize)>>]) {
    let areas = grid.publication.areas();
    let fewer = i64::from(grid.publication.gaps().fewest_people()) - 1;
    let board = |area: usize| areas.ancestor(grid.areas[area - 1], AreaKind::Icb);
    let boards: Vec<Option<&AreaId>> =
        (1..=grid.areas.len()).map(|area| board(area).map(|icb| &icb.id)).collect();
    let lines_of = |area: usize, level: usize| parts[area][level].iter().map(|(_, cell)| *cell);
    for level in 1..=grid.levels.len() {
        let mut rests = Vec::new();
        for area in 1..=grid.areas.len() {
            let Some(gap) = grid.homed([GAP, area, level, ALL]) else { continue };
            let rest = grid.system.cell(Range::ANY);
            let mut all: Vec<usize> = lines_of(area, level).collect();
            all.push(rest);
            grid.system.rows.push(Row::balance(&[gap], &all));
            rests.push((boards[area - 1], rest));
        }
        let all: BTreeSet<&AreaId> = rests.iter().filter_map(|(board, _)| *board).collect();
        for board in all.into_iter().filter(|_| public.are_rests_few) {
            let here = rests.iter().filter(|(of, _)| *of == Some(board));
            let here: Vec<usize> = here.map(|(_, rest)| *rest).collect();
            grid.system.rows.push(Row::within(&here, Range::new(0, fewer)));
        }
    }
}

/// Somebody in a line has each of its needs; each person of a listed gap has one or more.
fn add_needs(grid: &mut Grid, line: &Line) {
    let scope = scope(grid, line);
    let mut any = Vec::new();
    for need in line.needs {
        let Some(need) = grid.needs.iter().position(|one| *one == need) else { continue };
        let cells =
            scope.iter().filter_map(|(area, level)| grid.homed([GAP, *area, *level, need + 1]));
        let cells: Vec<usize> = cells.collect();
        if !line.is_listed {
            let row = Row::at_least(&cells, &[], 1);
            grid.system.rows.push(Row { bounds_only: true, ..row });
        }
        any.extend(cells);
    }
    if line.is_listed && !any.is_empty() {
        let row = Row::at_least(&any, &[], line.people.low);
        grid.system.rows.push(Row { bounds_only: true, ..row });
    }
}

/// Whoever is in a line that does not name a need does not have it; whoever is in a listed gap for
/// one need has it.
fn add_need(grid: &mut Grid, at: [usize; 4], lines: &[Line], parts: &[(usize, usize)]) {
    if parts.is_empty() {
        return;
    }
    let all = grid.homed([at[0], at[1], at[2], ALL]);
    let Some((some, all)) = grid.homed(at).zip(all) else { return };
    let need = grid.needs[at[3] - 1];
    let without = parts.iter().filter(|(line, _)| !lines[*line].needs.contains(need));
    let mut others: Vec<usize> = without.map(|(_, cell)| *cell).collect();
    others.push(some);
    let row = Row::at_least(&[all], &others, 0);
    grid.system.rows.push(Row { bounds_only: true, ..row });
    let only = parts.iter().filter(|(line, _)| {
        let line = &lines[*line];
        line.is_listed && line.needs.len() == 1 && line.needs.contains(need)
    });
    let only: Vec<usize> = only.map(|(_, cell)| *cell).collect();
    if !only.is_empty() {
        let row = Row::at_least(&[some], &only, 0);
        grid.system.rows.push(Row { bounds_only: true, ..row });
    }
}
