//! Whose review is overdue (gap-analysis §8 and §15.11, story S1).

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{frame, groups};
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{AreaId, Market, Placement};

pub(in crate::evidence) static REVIEWS: Formula = Formula {
    id: "review-overdue",
    rule: "due = review_due, else last_review + shortest interval of the needs, else unknown; \
           overdue if due lies before the day of the figures",
    source: "gap-analysis §15.11",
};

/// When the next review of a row is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Due {
    /// On this day.
    On(Date),
    /// A review is recorded, but nothing says when the next one is due.
    Unknown,
    /// No review is recorded at all; never counted as fine.
    NeverRecorded,
}

/// Reviews of a group of people, by the middle of each range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Reviews {
    /// Everybody.
    pub(in crate::evidence) people: u32,
    /// Whose review was due before the day of the figures.
    pub(in crate::evidence) overdue: u32,
    /// Of whom it is not known, those without any record among them.
    pub(in crate::evidence) unknown: u32,
    /// Without any record of a review.
    pub(in crate::evidence) never_recorded: u32,
    /// Rows that are overdue, with the days since the review was due.
    pub(in crate::evidence) days_overdue: Vec<(usize, i32)>,
}

impl Reviews {
    /// Share overdue: of the known, and if everybody unknown is overdue too. Absent without people.
    pub(in crate::evidence) fn range(&self) -> Option<(Rational, Rational)> {
        let share = |n: u32| Rational::new(i128::from(n), i128::from(self.people));
        Some((share(self.overdue)?, share(self.overdue + self.unknown)?))
    }
}

/// When the next review of a row is due (gap-analysis §15.11).
pub(in crate::evidence) fn due(market: &Market, row: &Placement) -> Due {
    if let Some(day) = row.review_due {
        return Due::On(day);
    }
    let Some(last) = row.last_review else {
        return Due::NeverRecorded;
    };
    let intervals = &market.parameters.review_intervals_days;
    let shortest = row.needs.iter().flatten().filter_map(|need| intervals.get(need)).min();
    shortest.map_or(Due::Unknown, |days| Due::On(last.saturating_add(i64::from(*days).days())))
}

/// Days since a review was due; 0 when it is not overdue.
pub(in crate::evidence) fn days_overdue(due: Date, as_at: Date) -> i32 {
    due.until(as_at).map_or(0, |span| span.get_days()).max(0)
}

/// Reviews of the whole site and of each area of home.
pub(super) fn by_area(market: &Market) -> Vec<(Option<AreaId>, Traced<Reviews>)> {
    let mut found: BTreeMap<Option<AreaId>, (Reviews, Inputs)> =
        frame(market).map(|area| (area, Default::default())).collect();
    for (at, row) in market.placements.iter().enumerate() {
        let due = due(market, row);
        for area in groups(market, Some(&row.home)) {
            let (reviews, inputs) = found.entry(area).or_default();
            count(reviews, at, row, due, market.settings.edition.as_at);
            inputs.placements.push(at);
        }
    }
    found
        .into_iter()
        .map(|(area, (reviews, inputs))| (area, Traced::new(&REVIEWS, inputs, reviews)))
        .collect()
}

fn count(reviews: &mut Reviews, at: usize, row: &Placement, due: Due, as_at: Date) {
    let people = row.people.middle();
    reviews.people += people;
    match due {
        Due::On(day) if day < as_at => {
            reviews.overdue += people;
            reviews.days_overdue.push((at, days_overdue(day, as_at)));
        }
        Due::On(_) => {}
        Due::Unknown => reviews.unknown += people,
        Due::NeverRecorded => {
            reviews.unknown += people;
            reviews.never_recorded += people;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Example 14: 6 overdue and 2 unknown of 8 are 75% to 100%.
    #[test]
    fn the_unknown_make_a_range() {
        let reviews = Reviews { people: 8, overdue: 6, unknown: 2, ..Reviews::default() };
        let tenths = reviews.range().map(|(low, high)| (low.per_mille(), high.per_mille()));
        assert_eq!(tenths, Some((Some(750), Some(1000))));
        assert_eq!(Reviews::default().range(), None);
    }

    #[test]
    fn days_count_from_the_day_it_was_due() {
        let as_at = date(2026, 4, 1);
        assert_eq!(days_overdue(date(2026, 3, 31), as_at), 1);
        assert_eq!(days_overdue(date(2025, 4, 1), as_at), 365);
        assert_eq!(days_overdue(date(2026, 4, 1), as_at), 0);
        assert_eq!(days_overdue(date(2026, 5, 1), as_at), 0);
    }
}
