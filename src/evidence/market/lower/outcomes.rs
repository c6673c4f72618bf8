//! `data/outcomes.yaml`: what is to become better, and what was measured. No value of it is quoted.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::outcome::{Aim, Average, Counts, Decimal, Measurement, OutcomeGroup, Period};
use super::super::record::outcome::{RawMeasurement, RawOutcome};
use super::check::{Check, plain};
use super::{file, settings};

const AVERAGES: [(&str, Average); 3] =
    [("mean", Average::Mean), ("median", Average::Median), ("count", Average::Count)];

/// What every outcome must have, so that somebody can tell whether it is reached.
const NEEDED: [&str; 4] = ["indicator", "baseline", "target", "owner"];

pub(super) fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Vec<Aim> {
    let path = "data/outcomes.yaml";
    let Some((id, source, raw)) = file::<Vec<RawOutcome>>(sources, path, false, out) else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut outcomes = Vec::new();
    for record in &raw {
        if let Some(id) = check.slug(&record.id) {
            let here = check.span(&record.id);
            if let Some(before) = seen.insert(id, here) {
                check.push(twice("two outcomes have the same id", here, before));
            }
        }
        outcomes.extend(outcome(&mut check, record));
    }
    warn_of_missing(&mut check, &raw);
    out.append(&mut check.diagnostics);
    outcomes
}

fn outcome(check: &mut Check, raw: &RawOutcome) -> Option<Aim> {
    let groups = [OutcomeGroup::Service, OutcomeGroup::Patient, OutcomeGroup::Commissioning];
    let groups = groups.map(|group| (group.id(), group));
    let counts = [Counts::People, Counts::Beds, Counts::Money, Counts::Other];
    let counts = counts.map(|counts| (counts.id(), counts));
    let group = check.word("group of outcomes", Some(&raw.group), &groups);
    let counts = check.word("kind of count", Some(&raw.counts), &counts);
    let text = settings::required(check, "text", &raw.text);
    let average = check.word("kind of number", raw.average.as_ref(), &AVERAGES);
    let (baseline, target) = (given(raw.baseline.as_ref()), given(raw.target.as_ref()));
    Some(Aim {
        span: check.span(&raw.id),
        baseline: baseline.and_then(|text| number(check, "baseline", text)),
        target: target.and_then(|text| number(check, "target", text)),
        measurements: measurements(check, raw, average),
        work_stream: plain(raw.work_stream.as_ref()),
        indicator: plain(raw.indicator.as_ref()),
        owner: plain(raw.owner.as_ref()),
        id: raw.id.value.clone(),
        group: group?,
        text: text?,
        counts: counts?,
    })
}

/// A text that is not blank.
fn given(text: Option<&Text>) -> Option<&Text> {
    text.filter(|text| !text.value.trim().is_empty())
}

fn number(check: &mut Check, field: &str, text: &Text) -> Option<Decimal> {
    let number = Decimal::parse(text.value.trim());
    if number.is_none() {
        let message = format!("{field} cannot be {}", check.quote(text));
        let help = "write a plain number with at most six decimals, such as 1850 or 37.5; say in \
                    `indicator` what it counts";
        check.fault(Code::ImpossibleNumber, text, message, help);
    }
    number
}

/// The measurements of an outcome in order of their periods.
fn measurements(check: &mut Check, raw: &RawOutcome, average: Option<Average>) -> Vec<Measurement> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for record in raw.measurements.iter().flatten() {
        let Some(measurement) = measurement(check, record, average) else {
            continue;
        };
        let here = check.span(&record.period);
        if let Some(before) = seen.insert(measurement.period.text.clone(), here) {
            check.push(twice("two measurements of the same period", here, before));
        }
        found.push(measurement);
    }
    found.sort_by_key(|measurement| measurement.period.first);
    found
}

fn measurement(
    check: &mut Check,
    raw: &RawMeasurement,
    average: Option<Average>,
) -> Option<Measurement> {
    let period = Period::parse(raw.period.value.trim());
    if period.is_none() {
        let message = format!("{} is not a period", check.quote(&raw.period));
        let help = "write a year as 2026 or 2025/26, a month as 2026-10, months as \
                    2026-04 to 2026-12, a day as 2026-10-31";
        check.fault(Code::MalformedDate, &raw.period, message, help);
    }
    let value = number(check, "value", &raw.value);
    let n = check.count("n", raw.n.as_ref());
    let own = check.word("kind of number", raw.average.as_ref(), &AVERAGES);
    Some(Measurement { period: period?, value: value?, average: own.or(average), n })
}

fn twice(message: &str, here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, message)
        .at(here)
        .label("second use")
        .also(before, "first use")
        .help("remove one of the two, or correct it")
}

/// The parts that an outcome lacks.
fn missing(raw: &RawOutcome) -> Vec<&'static str> {
    let has = [&raw.indicator, &raw.baseline, &raw.target, &raw.owner];
    let lacks = NEEDED.into_iter().zip(has).filter(|(_, text)| given(text.as_ref()).is_none());
    lacks.map(|(name, _)| name).collect()
}

/// One warning for the whole file, with how many parts are missing (domain §3, S3).
fn warn_of_missing(check: &mut Check, raw: &[RawOutcome]) {
    let lacks: Vec<_> = raw.iter().map(missing).collect();
    let total: usize = lacks.iter().map(Vec::len).sum();
    let incomplete = lacks.iter().filter(|lacks| !lacks.is_empty()).count();
    let each: Vec<String> = NEEDED
        .into_iter()
        .map(|name| (name, lacks.iter().filter(|lacks| lacks.contains(&name)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name}: {count}"))
        .collect();
    let plural =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let message = format!(
        "{} of {} cannot be followed: {} missing ({})",
        incomplete,
        plural(raw.len(), "outcome"),
        if total == 1 { "1 part is".to_owned() } else { format!("{total} parts are") },
        each.join(", "),
    );
    let mut places = raw.iter().zip(&lacks).filter(|(_, lacks)| !lacks.is_empty());
    let Some((first, lack)) = places.next() else {
        return;
    };
    let told = |lack: &[&str]| format!("lacks {}", lack.join(", "));
    let mut warning = Diagnostic::warning(Code::OutcomeIncomplete, message)
        .at(check.span(&first.id))
        .label(told(lack));
    for (next, lack) in places {
        warning = warning.also(check.span(&next.id), told(lack));
    }
    check.push(warning.help(
        "add what is missing: the number at the start, the number to be \
                             reached, how it is measured, and the role that answers for it",
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Source;

    fn found(text: &str) -> (Vec<Aim>, Vec<Diagnostic>) {
        let sources = SourceSet::new([Source::new("data/outcomes.yaml", text)]);
        let mut diagnostics = Vec::new();
        (read(&sources, &mut diagnostics), diagnostics)
    }

    /// The register of story S3: 6 outcomes for services, 7 for patients, 3 for commissioning.
    fn register() -> Vec<String> {
        let groups = [("service", 6), ("patient", 7), ("commissioning", 3)];
        let of = |(group, count): (&str, usize)| {
            (1..=count)
                .map(|n| {
                    format!(
                        "- id: {group}-{n}\n  group: {group}\n  text: Better\n  counts: other\n  \
                         indicator: days\n  baseline: 40\n  target: 25\n  owner: Programme lead\n"
                    )
                })
                .collect::<Vec<_>>()
        };
        groups.into_iter().flat_map(of).collect()
    }

    /// Domain §3, S3: all 16 complete passes.
    #[test]
    fn sixteen_whole_outcomes_pass() {
        let (outcomes, diagnostics) = found(&register().concat());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let of = |group| outcomes.iter().filter(|outcome| outcome.group == group).count();
        let counted = (of(OutcomeGroup::Service), of(OutcomeGroup::Patient));
        assert_eq!((outcomes.len(), counted), (16, (6, 7)));
        assert_eq!(of(OutcomeGroup::Commissioning), 3);
    }

    /// Domain §3, S3: what is missing is counted, each part and each outcome.
    #[test]
    fn every_missing_part_is_counted_once() {
        let whole = register();
        for at in 0..whole.len() {
            for name in NEEDED {
                let line = |entry: &str| -> String {
                    let kept = entry.lines().filter(|l| !l.trim().starts_with(&format!("{name}:")));
                    kept.map(|line| format!("{line}\n")).collect()
                };
                let mut some = whole.clone();
                some[at] = line(&some[at]);
                let (outcomes, diagnostics) = found(&some.concat());
                assert_eq!((outcomes.len(), diagnostics.len()), (16, 1));
                let expect =
                    format!("1 of 16 outcomes cannot be followed: 1 part is missing ({name}: 1)");
                assert_eq!(diagnostics[0].message, expect);
                assert_eq!(diagnostics[0].label, format!("lacks {name}"));
            }
        }
        let bare = |entry: &String| entry.lines().take(4).collect::<Vec<_>>().join("\n") + "\n";
        let none: Vec<String> = whole.iter().map(bare).collect();
        let (_, diagnostics) = found(&none.concat());
        let expect = "16 of 16 outcomes cannot be followed: 64 parts are missing \
                      (indicator: 16, baseline: 16, target: 16, owner: 16)";
        assert_eq!((diagnostics.len(), diagnostics[0].message.as_str()), (1, expect));
        assert_eq!(diagnostics[0].labels.len(), 15);
    }

    #[test]
    fn measurements_stand_in_the_order_of_their_periods() {
        let text = "- {id: a, group: patient, text: t, counts: other, indicator: i, baseline: 1, \
                    target: 0, owner: o, average: median, measurements: [\
                    {period: 2018-12, value: 161}, \
                    {period: 2017/18, value: 201, n: 12, average: mean}]}\n";
        let (outcomes, diagnostics) = found(text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let told: Vec<_> = outcomes[0]
            .measurements
            .iter()
            .map(|found| (found.period.text.as_str(), found.average, found.n))
            .collect();
        let expect =
            [("2017/18", Some(Average::Mean), Some(12)), ("2018-12", Some(Average::Median), None)];
        assert_eq!(told, expect);
        assert_eq!(format!("{outcomes:?}"), "[Aim(withheld)]");
    }
}
