//! Changes of one tree that keep every sum.

/// Codes of one tree with 1 or -1. The code that moves comes first, with 1.
pub(super) type Line = Vec<(usize, i64)>;

/// So many lines of one code at most.
const LINES: usize = 400;

/// The way from each leaf upwards.
pub(super) fn ways(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut is_leaf = vec![true; parents.len()];
    for parent in parents.iter().flatten() {
        is_leaf[*parent] = false;
    }
    (0..parents.len()).filter(|code| is_leaf[*code]).map(|leaf| way(parents, leaf)).collect()
}

/// The way from a code upwards; the code comes first.
pub(super) fn way(parents: &[Option<usize>], code: usize) -> Vec<usize> {
    let mut way = vec![code];
    while let Some(parent) = parents[way[way.len() - 1]]
        && way.len() <= parents.len()
    {
        way.push(parent);
    }
    way
}

/// Lines that move a code by 1, shortest first.
pub(super) fn lines(ways: &[Vec<usize>], code: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for way in ways.iter().filter(|way| way.contains(&code)) {
        let rest = |way: &[usize]| -> Line {
            let others = way.iter().filter(|other| **other != code).map(|other| (*other, 1));
            [(code, 1)].into_iter().chain(others).collect()
        };
        lines.push(rest(way));
        for other in ways.iter().filter(|other| !other.contains(&code)) {
            let meet = way.iter().position(|code| other.contains(code)).unwrap_or(way.len());
            let mut line = rest(&way[..meet]);
            line.extend(other.iter().take_while(|code| !way.contains(code)).map(|c| (*c, -1)));
            lines.push(line);
        }
        if lines.len() > LINES * 8 {
            break;
        }
    }
    lines.sort_by_key(Vec::len);
    lines.truncate(LINES);
    lines
}
