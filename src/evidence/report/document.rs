//! The report from top to bottom, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::bounds::{Narrowed, narrowed};
use super::merges::{self, Exact, Merge, Pair};
use super::names::{Names, code, measure, plain};
use super::reasons::{OF_CHANGES, sentence};
use super::tables::{Fate, Table, fate, table, tally};
use super::{MARK, WARNING};
use crate::evidence::analysis::CellKey;
use crate::evidence::disclosure::{LineKey, Publication};

/// Figures that are named as the weakest.
const WEAKEST: usize = 10;

/// The whole report; equal publications and counts give equal texts.
pub(super) fn text(publication: &Publication, exact: &Exact) -> String {
    let names = Names::of(publication);
    let narrowed = narrowed(publication);
    let sections = [
        heading(publication),
        tables(publication, &narrowed),
        for_others(publication, &names),
        weakest(&names, &narrowed),
        given_up(publication, &names),
        merge_list(publication, &names, &merges::best(publication, exact)),
        exceptions(publication),
        next(publication),
    ];
    sections.join("\n")
}

/// A section of one heading and these lines.
fn section(title: &str, lines: impl IntoIterator<Item = String>) -> String {
    let mut text = format!("## {title}\n\n");
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn heading(publication: &Publication) -> String {
    let settings = publication.settings();
    let policy = publication.policy();
    let edition = &settings.edition;
    let noughts = match policy.zero_shown {
        true => "noughts are shown",
        false => "noughts are withheld as well",
    };
    let rounding = match policy.rounding_base {
        1 => "other numbers are shown as they are".to_owned(),
        base => format!("other numbers are rounded to the nearest {base}"),
    };
    let signed = match publication.signed_edition() {
        Some(edition) => {
            let (role, name) = (plain(&edition.signed_off_by), plain(&edition.name));
            format!("{role}, for edition {name} of {}", edition.date)
        }
        None => "nobody yet: whoever releases these figures, by role and not by name, after \
                 reading this report"
            .to_owned(),
    };
    let role = settings.contact.role.as_deref().unwrap_or("not stated in `data/site.yaml`");
    format!(
        "{MARK}\n# What was withheld and why: not for publication\n\n{WARNING}\nKeep it where the \
         lists of people are kept. No number of people below {threshold} stands in it.\n\n\
         - Site: {title}, by {publisher}\n\
         - Edition: {name}, of {date}; figures as at {as_at}\n\
         - Profile: `{profile}`: numbers of people from 1 to {most} are withheld, {noughts}, \
         {rounding}\n\
         - Role that answers for the site: {role}\n\
         - Role that signed off: {signed}\n",
        threshold = policy.threshold,
        title = plain(&settings.title),
        publisher = plain(&settings.publisher),
        name = plain(&edition.name),
        date = edition.date,
        as_at = edition.as_at,
        profile = policy.name,
        most = policy.threshold.saturating_sub(1),
        role = plain(role),
    )
}

fn title((measure, by): Table) -> String {
    format!("{}, by {by}", measure.title())
}

fn tables(publication: &Publication, narrowed: &[Narrowed]) -> String {
    let head = [
        "What became of every figure about people. *Small*: too few people by themselves. *For \
         others*: enough people, but a small number could be worked out with it. *For changes*: \
         in an edition, so that no later one tells of a few people who came or went. *Few \
         providers*: residents of too few people or providers, and all in an edition. \
         *Narrowest*: how far a reader gets, by sums of published figures alone, with the withheld \
         figure of the table that is bounded most; noughts are not among these."
            .to_owned(),
        String::new(),
        "| Table | Shown | Small | Nought | For others | For changes | On request | Few providers \
         | Narrowest |"
            .to_owned(),
        "|---|--:|--:|--:|--:|--:|--:|--:|---|".to_owned(),
    ];
    let rows = tally(publication).into_iter().map(|(of, tally)| {
        let narrowest = narrowed.iter().find(|found| table(&found.key) == of);
        let narrowest = narrowest.map(|found| format!("{} to {}", found.low, found.high));
        format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            title(of),
            tally.shown,
            tally.small,
            tally.noughts,
            tally.for_others,
            tally.for_changes,
            tally.listed,
            tally.few_providers,
            narrowest.unwrap_or_else(|| "not bounded".to_owned())
        )
    });
    section("What became of each table", head.into_iter().chain(rows))
}

fn for_others(publication: &Publication, names: &Names) -> String {
    let mut found: BTreeMap<Table, BTreeMap<&CellKey, String>> = BTreeMap::new();
    for published in publication.figures() {
        let key = published.key();
        let why = match fate(publication, published) {
            Some(Fate::Protects(secret)) => sentence(publication, names, key, secret.as_ref()),
            Some(Fate::HoldsChange) => OF_CHANGES.to_owned(),
            _ => continue,
        };
        found.entry(table(key)).or_default().insert(key, why);
    }
    if found.is_empty() {
        return section("Withheld to protect others", ["No figure is.".to_owned()]);
    }
    let mut lines = vec![
        "A figure can protect several small numbers. One is named here; where a reader would need \
         several sums, the line says so."
            .to_owned(),
    ];
    for (table, figures) in found {
        lines.extend([String::new(), format!("### {}", title(table)), String::new()]);
        for (key, why) in figures {
            lines.push(format!("- {}: {why}.", capital(&names.group(key))));
        }
    }
    section("Withheld to protect others", lines)
}

/// Withheld figures that readers can narrow most.
fn weakest(names: &Names, found: &[Narrowed]) -> String {
    let head = "How far a reader gets by adding up and taking off published figures alone, with no \
                number that is not published. Noughts, and figures that nothing bounds from above, \
                are not among these. That every small number keeps several possible values for a \
                reader who knows all rules is proved apart from this, for each of them.";
    let lines = found.iter().take(WEAKEST).map(|Narrowed { key, low, high }| {
        let said = match low == high {
            true => "a reader can work it out".to_owned(),
            false => format!("a reader can narrow it to {low} to {high}"),
        };
        format!("- {}, {}: {said}.", capital(&names.group(key)), measure(key.measure))
    });
    let none = found.is_empty().then(|| "- None is bounded from above.".to_owned());
    let pattern = "What else is withheld follows from the texts of figures, and from which numbers \
                   are nought, small or neither: the pattern of marks says nothing more of the \
                   numbers behind them.";
    let insiders = "What is withheld only because of what a provider knows of its own residents, \
                    or of people placed away whom it houses, follows from true numbers.";
    let lines = [head.to_owned(), String::new()].into_iter().chain(lines).chain(none);
    let last = [pattern, "", insiders].map(str::to_owned);
    section("The weakest figures", lines.chain([String::new()]).chain(last))
}

fn given_up(publication: &Publication, names: &Names) -> String {
    let lines = publication.decisions().given_up();
    if lines.is_empty() {
        return section("Lines of gaps that were given up", ["None.".to_owned()]);
    }
    let head = "With their bands a small number could be worked out. The people of these lines are \
                told in wider lines, or in the sentence for individual needs.";
    let lines = lines.iter().map(|line| match line {
        LineKey::Listed(id) => format!("- the listed gap {}", code(id)),
        LineKey::Alike(area, level, needs) => {
            let needs: Vec<String> = needs.iter().map(|id| names.need(id)).collect();
            let needs = if needs.is_empty() { "not known".to_owned() } else { needs.join(", ") };
            format!("- {}, {}, with the same needs: {needs}", names.area(area), names.level(level))
        }
        LineKey::OneNeed(area, level, need) => format!(
            "- {}, {}, with one need that all have: {}",
            names.area(area),
            names.level(level),
            names.need(need)
        ),
        LineKey::Rest(area, level) => {
            format!("- {}, {}, with whatever needs", names.area(area), names.level(level))
        }
    });
    section(
        "Lines of gaps that were given up",
        [head.to_owned(), String::new()].into_iter().chain(lines),
    )
}

fn merge_list(publication: &Publication, names: &Names, merges: &[Merge]) -> String {
    let head = "Two areas, or two neighbouring levels, told as one: figures of people who could \
                come home and of gaps, by area and level, that are withheld as small now and would \
                be large enough. This is counted before anything is withheld for others, so the \
                build may give back fewer.";
    if merges.is_empty() {
        let none = "No single merge of two would make a small figure large enough.".to_owned();
        return section("Merges that would buy back most", [head.to_owned(), String::new(), none]);
    }
    let least = publication.policy().threshold.max(5);
    let lines = merges.iter().enumerate().map(|(at, merge)| {
        let pair = match &merge.pair {
            Pair::Areas(one, other) => format!("{} and {}", names.area(one), names.area(other)),
            Pair::Levels(one, other) => format!("{} and {}", names.level(one), names.level(other)),
        };
        let people = match merge.people {
            people if people < least => format!("fewer than {least} people"),
            people => format!("about {} people", (people + 2) / 5 * 5),
        };
        let joined = match merge.joined {
            0 => String::new(),
            1 => "; 1 that is shown now would be told only with another".to_owned(),
            more => format!("; {more} that are shown now would be told only with others"),
        };
        let figures = if merge.figures == 1 { "figure" } else { "figures" };
        format!("{}. {pair}: {} {figures}, {people}{joined}.", at + 1, merge.figures)
    });
    let lines = [head.to_owned(), String::new()].into_iter().chain(lines);
    section("Merges that would buy back most", lines)
}

fn exceptions(publication: &Publication) -> String {
    let title = "Exceptions from the search for personal details";
    if publication.exceptions().is_empty() {
        return section(title, ["None.".to_owned()]);
    }
    let head = ["| Rule | File | Place | Reason | Agreed by | On |", "|---|---|---|---|---|---|"];
    let rows = publication.exceptions().iter().map(|found| {
        let mut row = String::new();
        let parts = [
            code(found.rule.id()),
            code(&found.file),
            plain(&found.place),
            plain(&found.reason),
            plain(&found.agreed_by),
            found.date.to_string(),
        ];
        for part in parts {
            // A string takes all texts.
            let _ = write!(row, "| {part} ");
        }
        format!("{row}|")
    });
    section(title, head.map(str::to_owned).into_iter().chain(rows))
}

fn next(publication: &Publication) -> String {
    let mut steps = vec![
        "Read the figures withheld for others. Where one is needed more than its neighbours, name \
         it under `keep` in `data/disclosure.yaml`: it is then withheld last.",
        "Where a table tells hardly anything, merge areas or levels as above, or name its figures \
         under `never_publish`: others may then be shown.",
        "Look at the weakest figures with somebody who knows the places: people there may know \
         more than is published here.",
        "Keep this report with the record of the release. It says which rules were applied and \
         what they did.",
    ];
    if !publication.exceptions().is_empty() {
        steps.push("Check that the exceptions still hold, and who agreed to them.");
    }
    let steps = steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1));
    section("What to do next", steps)
}

/// The same text with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
