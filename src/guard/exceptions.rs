//! Exceptions from the rules of the guard: `exceptions` in `data/disclosure.yaml`.
//!
//! One list for all kinds of files. An exception names one line, or one cell of a workbook, and
//! says why and who agreed. It never holds the value. One that matches nothing is an error: a line
//! that has moved must be looked at again.

use jiff::civil::Date;
use serde::Deserialize;

use super::places::{self, Place};
use super::{Finding, Guarded, Rule};
use crate::diagnostics::{Code, Diagnostic, did_you_mean, listing};
use crate::load::yaml::{self, Located, Text};
use crate::sources::{SourceId, SourceSet, Span};

const FILE: &str = "data/disclosure.yaml";
/// A reason has at least so many words.
const WORDS_OF_REASON: usize = 2;

/// An exception as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawException {
    pub(super) file: Text,
    pub(super) line: Option<Text>,
    pub(super) sheet: Option<Text>,
    pub(super) cell: Option<Text>,
    rule: Text,
    reason: Text,
    agreed_by: Text,
    date: Text,
}

/// The file, of which only the exceptions are looked at here.
#[derive(Deserialize)]
struct RawFile {
    exceptions: Option<Vec<Located<RawException>>>,
}

/// An exception that was used. It tells where and why, and never what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The rule that does not hold there.
    pub rule: Rule,
    /// The file, from the site folder.
    pub file: String,
    /// `line 12`, or `sheet "MH", cell E7`.
    pub place: String,
    /// Why it may stand.
    pub reason: String,
    /// The role that agreed.
    pub agreed_by: String,
    /// When it did.
    pub date: Date,
}

/// An exception that was read, with the bytes that it is for.
struct Entry {
    span: Span,
    exception: Exception,
    places: Vec<Place>,
    cell: Option<String>,
}

/// Takes away the findings that are excepted. Exceptions that were used, and what is wrong with
/// the others, go into `out`.
pub(super) fn apply(
    sources: &SourceSet,
    findings: Vec<Finding>,
    out: &mut Guarded,
) -> Vec<Finding> {
    let entries = read(sources, &mut out.diagnostics);
    let mut used = vec![false; entries.len()];
    let left: Vec<Finding> = findings
        .iter()
        .filter(|finding| {
            let mut is_excepted = false;
            for (entry, used) in entries.iter().zip(&mut used) {
                if entry.covers(sources, finding) {
                    *used = true;
                    is_excepted = true;
                }
            }
            !is_excepted
        })
        .cloned()
        .collect();
    for (entry, is_used) in entries.into_iter().zip(used) {
        match is_used {
            true => out.exceptions.push(entry.exception),
            false => out.diagnostics.push(unused(sources, &entry, &left)),
        }
    }
    left
}

impl Entry {
    fn covers(&self, sources: &SourceSet, finding: &Finding) -> bool {
        let is_there = self.places.iter().any(|(source, bytes)| {
            *source == finding.span.source && bytes.contains(&finding.span.range().start)
        });
        let is_in_cell = || {
            let cell = sources.cell(finding.span).and_then(|(_, cell)| cell);
            self.cell.is_none() || cell == self.cell
        };
        finding.rule == self.exception.rule && is_there && is_in_cell()
    }
}

fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let Some((id, source)) = sources.find(FILE).filter(|(_, source)| source.is_read()) else {
        return Vec::new();
    };
    // Where the file cannot be read, that is told by those who read its other keys.
    let Ok(file) = yaml::parse::<RawFile>(id, source) else {
        return Vec::new();
    };
    let raw = file.exceptions.into_iter().flatten();
    raw.filter_map(|raw| entry(sources, id, &raw, out)).collect()
}

fn entry(
    sources: &SourceSet,
    id: SourceId,
    located: &Located<RawException>,
    out: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let raw = &located.value;
    let before = out.len();
    let rule = rule(id, &raw.rule, out);
    let date = date(id, &raw.date, out);
    let reason = raw.reason.value.trim();
    if reason.split_whitespace().count() < WORDS_OF_REASON {
        let help = "say in a sentence why it may stand there";
        out.push(fault(id, &raw.reason, "this exception has no reason", help));
    }
    let agreed_by = raw.agreed_by.value.trim();
    if agreed_by.is_empty() || agreed_by.contains('@') {
        let help = "write a role, such as `agreed_by: Information governance lead`";
        out.push(fault(id, &raw.agreed_by, "this exception does not say which role agreed", help));
    }
    let place = places::named(sources, id, raw, out);
    if out.len() > before {
        return None;
    }
    let place = place?;
    Some(Entry {
        span: raw.file.span(id),
        exception: Exception {
            rule: rule?,
            file: raw.file.value.trim().to_owned(),
            place: place.words,
            reason: reason.to_owned(),
            agreed_by: agreed_by.to_owned(),
            date: date?,
        },
        places: place.places,
        cell: place.cell,
    })
}

/// An exception that is not complete.
pub(super) fn fault(id: SourceId, at: &Text, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::DisclosureException, message).at(at.span(id)).help(help)
}

fn rule(id: SourceId, text: &Text, out: &mut Vec<Diagnostic>) -> Option<Rule> {
    let written = text.value.trim();
    let found = Rule::ALL.iter().find(|(name, _)| *name == written).map(|(_, rule)| *rule);
    if found.is_none() {
        let names = || Rule::ALL.iter().map(|(name, _)| *name);
        let help = match did_you_mean(written, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", listing(names())),
        };
        out.push(
            Diagnostic::error(Code::UnknownWord, format!("`{written}` is not a rule"))
                .at(text.span(id))
                .help(help),
        );
    }
    found
}

fn date(id: SourceId, text: &Text, out: &mut Vec<Diagnostic>) -> Option<Date> {
    let written = text.value.trim();
    let date = written.parse().ok().filter(|_| written.len() == 10);
    if date.is_none() {
        let message = format!("`{written}` is not a date of the calendar");
        out.push(
            Diagnostic::error(Code::MalformedDate, message)
                .at(text.span(id))
                .help("write dates as year-month-day, such as 2026-10-31"),
        );
    }
    date
}

/// Tells an exception that matches nothing, and where its rule is broken in that file.
fn unused(sources: &SourceSet, entry: &Entry, left: &[Finding]) -> Diagnostic {
    const SHOWN: usize = 3;
    let exception = &entry.exception;
    let broken: Vec<String> = left
        .iter()
        .filter(|finding| {
            let file = sources.get(finding.span.source).site_path();
            finding.rule == exception.rule && file == exception.file
        })
        .take(SHOWN)
        .map(|finding| match sources.cell(finding.span) {
            Some((sheet, Some(cell))) => format!("sheet \"{sheet}\", cell {cell}"),
            Some((sheet, None)) => format!("sheet \"{sheet}\""),
            None => format!("line {}", sources.position(finding.span).line),
        })
        .collect();
    let help = match broken.as_slice() {
        [] => "take it out: nothing in that file breaks the rule".to_owned(),
        places => format!(
            "the rule is broken at {}: look again whether it may be, then name that place",
            places.join(", ")
        ),
    };
    let message =
        format!("nothing at {} breaks the rule `{}`", exception.place, exception.rule.id());
    Diagnostic::error(Code::DisclosureException, message)
        .at(entry.span)
        .label("this exception is not needed")
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::super::{Bounds, search};
    use super::*;
    use crate::sources::Source;

    fn guarded(exceptions: &str) -> Guarded {
        let sources = SourceSet::new([
            Source::new("content/index.md", "---\ntitle: T\n---\na\nask 943 476 5919\ntwo men\n"),
            Source::new(FILE, format!("profile: ten\nexceptions:\n{exceptions}")),
        ]);
        search(&sources, Bounds { threshold: 5, is_live: true })
    }

    #[test]
    fn a_cell_of_a_workbook_can_be_excepted() {
        let sheet = crate::sources::Sheet { name: "MH".to_owned(), ..Default::default() };
        let list = "id,x\nA1,943 476 5919\nA2,943 476 5919\n".to_owned();
        let path = "data/placements/a.xlsx";
        let entry = format!("{{file: {path}, sheet: MH, cell: b2, rule: nhs-number, {WHY}}}");
        let sources = SourceSet::new([
            Source::of_sheet(path, 0, sheet, list),
            Source::new(FILE, format!("exceptions:\n- {entry}\n")),
        ]);
        let found = search(&sources, Bounds { threshold: 5, is_live: true });
        let places: Vec<String> =
            found.diagnostics.iter().map(|d| sources.place(d.span.unwrap())).collect();
        assert_eq!(places, ["data/placements/a.xlsx, sheet \"MH\", cell B3"]);
        assert_eq!(found.exceptions[0].place, "sheet \"MH\", cell B2");
    }

    const WHY: &str = "reason: It is an order number., agreed_by: IG lead, date: 2026-10-31";

    #[test]
    fn an_exception_takes_one_finding_away_and_is_recorded() {
        let entry = format!("- {{file: content/index.md, line: 5, rule: nhs-number, {WHY}}}\n");
        let found = guarded(&entry);
        assert_eq!(found.diagnostics.len(), 1, "{:?}", found.diagnostics);
        assert_eq!(found.diagnostics[0].code, Code::SmallNumberTyped);
        let [used] = &found.exceptions[..] else { panic!("{found:?}") };
        assert_eq!((used.rule, used.place.as_str()), (Rule::NhsNumber, "line 5"));
        assert!(!format!("{used:?}").contains("943"));
    }

    #[test]
    fn an_exception_that_is_not_sound_takes_nothing_away() {
        let check = |entry: &str, words: &str| {
            let found = guarded(entry);
            let told: Vec<&str> = found.diagnostics.iter().map(|d| d.message.as_str()).collect();
            assert!(told.iter().any(|message| message.contains(words)), "{entry}: {told:?}");
            assert!(told.len() > 2 && found.exceptions.is_empty(), "{entry}: {told:?}");
        };
        let with = |place: &str, rule: &str, why: &str| {
            format!("- {{file: content/index.md, {place}, rule: {rule}, {why}}}\n")
        };
        check(&with("line: 4", "nhs-number", WHY), "nothing at line 4 breaks");
        check(&with("line: 5", "small-number", WHY), "nothing at line 5 breaks");
        check(&with("line: 99", "nhs-number", WHY), "does not name a line");
        check(&with("line: 5", "nhs", WHY), "is not a rule");
        check(
            &with("line: 5", "nhs-number", "reason: ok, agreed_by: IG, date: 2026-10-31"),
            "no reason",
        );
        check(
            &with("line: 5", "nhs-number", "reason: a b c, agreed_by: a@b.c, date: 2026-10-31"),
            "which role",
        );
        check(&format!("- {{file: content/x.md, line: 5, rule: nhs-number, {WHY}}}\n"), "no such");
        let far = guarded(&with("line: 4", "nhs-number", WHY));
        assert!(far.diagnostics.iter().any(|d| d.help[0].contains("line 5")), "{far:?}");
    }
}
