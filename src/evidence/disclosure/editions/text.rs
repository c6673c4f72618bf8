//! A lock as text: one figure on a line, in order of keys, so that two editions can be compared.

use std::fmt::{Display, Write};

use super::super::figure::{Figure, Published};
use super::super::gaps::{AlsoWanted, Band, BedRange, PriceBasis, PublicGap};
use super::record::FORMAT;
use super::{Lock, free_places};
use crate::evidence::market::GenderTaken;

const HEAD: &str = "\
# An edition of this site: what was published of people, gaps and free places, and nothing else.
# `placewise edition` wrote it. Keep it with the files of the site, and do not change it by hand:
# what was published once cannot be taken back, and the next edition is held against it.
";

/// The text of a lock. Nothing in it is unpublished, or follows from what is.
pub(super) fn of(lock: &Lock) -> String {
    let mut text = HEAD.to_owned();
    let signed = &lock.signed;
    let policy = &lock.policy;
    let zeros = if policy.zero_shown { "shown" } else { "withheld" };
    let mut line = |text_of: String| {
        text.push_str(&text_of);
        text.push('\n');
    };
    line(format!("format: {FORMAT}"));
    line(format!("name: {}", quoted(&signed.name)));
    line(format!("date: {}", signed.date));
    line(format!("as_at: {}", signed.as_at));
    line(format!("signed_off_by: {}", quoted(&signed.signed_off_by)));
    line(format!(
        "profile: {{name: {}, threshold: {}, rounding: {}, zeros: {zeros}}}",
        policy.name, policy.threshold, policy.rounding_base
    ));
    line(format!("fewest_people: {}", lock.gaps.fewest_people()));
    line(list("figures", lock.figures.values().map(figure)));
    line(list("listed_gaps", lock.gaps.listed().iter().map(listed)));
    line(list("also_wanted", lock.gaps.also_wanted().iter().map(also_wanted)));
    let free = lock.free_places.iter().map(|(service, told)| {
        format!("service: {}, free: {}", plain(service), free_places::word(*told))
    });
    line(list("free_places", free));
    text
}

fn list(key: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: Vec<String> = entries.map(|entry| format!("\n  - {{{entry}}}")).collect();
    match entries.is_empty() {
        true => format!("{key}: []"),
        false => format!("{key}:{}", entries.concat()),
    }
}

fn figure(published: &Published) -> String {
    let key = published.key();
    let mut text = format!("of: {}", key.measure.id());
    let parts = [
        ("area", key.area.as_ref().map(plain)),
        ("level", key.level.as_ref().map(plain)),
        ("need", key.need.as_ref().map(plain)),
    ];
    for (name, id) in parts {
        if let Some(id) = id {
            // Writing to a string cannot fail.
            let _ = write!(text, ", {name}: {id}");
        }
    }
    let value = match published.figure() {
        Figure::Shown(value) | Figure::Rounded(value) => value.to_string(),
        Figure::Suppressed => super::WITHHELD.to_owned(),
        Figure::NotCollected => super::NOT_COLLECTED.to_owned(),
        Figure::NotApplicable => super::NOT_APPLICABLE.to_owned(),
    };
    let _ = write!(text, ", value: {value}");
    if published.is_at_least() {
        text.push_str(", at_least: yes");
    }
    text
}

fn listed(gap: &PublicGap) -> String {
    let wanted = gap.specification();
    let gender = match wanted.gender {
        GenderTaken::Any => "any",
        GenderTaken::Female => "female",
        GenderTaken::Male => "male",
    };
    let mut text = format!(
        "id: {}, area: {}, level: {}, needs: {}, ages: {{min: {}, max: {}}}, gender: {gender}, \
         legal: {}, people: {}",
        plain(gap.id()),
        plain(&wanted.area),
        plain(&wanted.level),
        ids(&wanted.needs),
        wanted.ages.min,
        wanted.ages.max,
        ids(&wanted.legal),
        band(gap.people()),
    );
    if let Some(beds) = gap.beds() {
        let (busy, free) = (bed_range(beds.by_occupancy), bed_range(beds.seldom_full));
        let _ = write!(text, ", beds_busy: {busy}, beds_seldom_full: {free}");
    }
    if let Some(price) = gap.price() {
        let basis = match price.basis() {
            PriceBasis::Providers => "providers",
            PriceBasis::Assumed => "assumed",
        };
        let (low, high) = (price.low_pounds(), price.high_pounds());
        let _ = write!(text, ", pounds_a_week: {{low: {low}, high: {high}, basis: {basis}}}");
    }
    text
}

fn also_wanted(line: &AlsoWanted) -> String {
    format!(
        "area: {}, level: {}, wanted: {}, people: {}",
        plain(line.area()),
        plain(line.level()),
        ids(line.wanted()),
        band(line.people()),
    )
}

fn band(band: Band) -> String {
    ends(band.low(), band.high())
}

fn bed_range(range: BedRange) -> String {
    ends(range.low.0, range.high.map(|beds| beds.0))
}

fn ends(low: u32, high: Option<u32>) -> String {
    match high {
        Some(high) => format!("{{low: {low}, high: {high}}}"),
        None => format!("{{low: {low}}}"),
    }
}

fn ids<'a, T: Display + 'a>(ids: impl IntoIterator<Item = &'a T>) -> String {
    let ids: Vec<String> = ids.into_iter().map(plain).collect();
    format!("[{}]", ids.join(", "))
}

/// An id; in quotes where YAML would take it for something else.
fn plain(id: impl Display) -> String {
    match id.to_string() {
        id if id == "null" => quoted(&id),
        id => id,
    }
}

/// A text that may hold anything but line breaks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
