//! People of one need: told by area and by level, never by both.

use super::super::system::{Range, Row};
use super::{ALL, At, Grid, MEASURES, PARTS};

impl Grid<'_> {
    /// People with a need: by home and level they are not told, and are numbers all the same.
    pub(super) fn add_need(&mut self, need: usize) {
        for (area, level) in
            (ALL..=self.areas.len()).map(|area| (area, ALL)).chain(self.levels_of_all())
        {
            self.add_sums([0, area, level, need]);
            for of in 0..MEASURES.len() {
                let at = [of, area, level, need];
                self.add_no_more(self.figure(at), self.figure([of, area, level, ALL]));
            }
        }
        for of in 0..PARTS {
            let mut by_level: Vec<Vec<usize>> = vec![Vec::new(); self.levels.len()];
            for area in 1..=self.areas.len() {
                let mut parts: Vec<usize> = Vec::new();
                for level in 1..=self.levels.len() {
                    let Some(cell) = self.add_homed([of, area, level, need]) else {
                        continue;
                    };
                    by_level[level - 1].push(cell);
                    parts.push(cell);
                }
                let inner = self.inner[area].iter().map(|inner| [of, *inner, ALL, need]);
                let Some(inner) = self.every(inner.collect::<Vec<_>>().into_iter()) else {
                    continue;
                };
                parts.extend(inner);
                if let Some(total) = self.figure([of, area, ALL, need]) {
                    self.add(Row::balance(&[total], &parts), false);
                }
            }
            let roots = self.inner[ALL].iter().map(|inner| [of, *inner, ALL, need]);
            let roots = self.every(roots.collect::<Vec<_>>().into_iter());
            if let Some((total, roots)) = self.figure([of, ALL, ALL, need]).zip(roots) {
                self.add(Row::balance(&[total], &roots), false);
            }
            for (level, parts) in by_level.into_iter().enumerate() {
                if let Some(total) = self.figure([of, ALL, level + 1, need]) {
                    self.add(Row::balance(&[total], &parts), false);
                }
            }
        }
    }

    fn levels_of_all(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        (1..=self.levels.len()).map(|level| (ALL, level))
    }

    /// People of one home, one level and one need, who are no more than all of the home and
    /// level.
    fn add_homed(&mut self, at: At) -> Option<usize> {
        let all = self.homed([at[0], at[1], at[2], ALL])?;
        let cell = self.system.cell(Range::ANY);
        let cells = if self.has_inner(at[1]) { &mut self.own } else { &mut self.figures };
        cells.insert(at, cell);
        self.add_no_more(Some(cell), Some(all));
        Some(cell)
    }

    fn add_no_more(&mut self, some: Option<usize>, all: Option<usize>) {
        if let Some((some, all)) = some.zip(all) {
            self.add(Row::at_least(&[all], &[some], 0), true);
        }
    }
}
