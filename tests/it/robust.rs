//! Damaged files: whatever stands in them, the program answers with diagnostics, not with a panic.

use std::sync::Arc;

use placewise::compile;
use placewise::diagnostics::{Outcome, has_errors, render, to_json_lines};
use placewise::site::Site;
use placewise::sources::{Source, SourceSet};
use proptest::prelude::*;

use crate::site::MINIMAL;

const ROWS: &str = "id,home,level,needs,age,gender,legal,people,reason\n\
                    MH-2,hill,open-rehab,psychosis|autism,18-64,male,,3-6,choice\n";

/// The files of the smallest site, and one more in every folder.
fn files() -> Vec<(String, String)> {
    let more = [
        ("data/placements/rows.csv", ROWS),
        ("data/analysis.yaml", "wait_days: 30\nforbidden_pairs: [[autism, psychosis]]\n"),
        ("data/assumptions.yaml", "- {id: a, value: 1, unit: people, source: guess}\n"),
        (
            "content/pages/more.md",
            "---\ntitle: More\nsummary: x\n---\n## A *b* `c`\n\n| a | b |\n|---|--:|\n| c | 1 |\n\n\
             - [x](/gaps/) {{ figure(of=\"gap.people\", area=\"hill\") }}\n\n\
             {{ gap_table(area=\"mere\") }}\n\n{{ chart(of=\"ladder\") }}\n\nTerm\n: meaning[^1]\n\n[^1]: note\n",
        ),
    ];
    MINIMAL
        .iter()
        .chain(&more)
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// What may be put into a file.
const SCRAPS: [&str; 34] = [
    "",
    "\n",
    " ",
    "\t",
    ":",
    ": ",
    "-",
    "- ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "#",
    "|",
    ",",
    "&a",
    "*a",
    "<b>",
    "é",
    "\u{e000}0\u{e000}",
    "\u{0}",
    "\u{202e}",
    "%",
    "\r\n",
    "---\n",
    "99999999999999999999",
    "-1",
    "<5",
    "```",
    "~",
];

/// One change: which file, where, how many characters go, what comes instead.
type Damage = (prop::sample::Index, prop::sample::Index, usize, usize);

fn damage(files: &mut [(String, String)], (file, at, gone, scrap): &Damage) {
    let (_, text) = &mut files[file.index(11)];
    let mut letters: Vec<char> = text.chars().collect();
    let at = at.index(letters.len() + 1);
    let end = (at + gone).min(letters.len());
    letters.splice(at..end, SCRAPS[*scrap].chars());
    *text = letters.into_iter().collect();
}

/// Compiles, prints all that is told in every form, and renders every page if there is a site.
fn survive(files: Vec<(String, String)>) -> Outcome<Site> {
    let sources = files.into_iter().map(|(path, text)| Source::new(path, text));
    let sources = Arc::new(SourceSet::new(sources));
    let outcome = compile(Arc::clone(&sources));
    for style in [render::Style::Plain, render::Style::Coloured] {
        render::report(&sources, &outcome.diagnostics, style);
    }
    to_json_lines(&sources, &outcome.diagnostics);
    if let Some(site) = &outcome.value {
        for address in site.addresses() {
            site.bytes(address).unwrap().unwrap();
        }
    }
    assert_eq!(outcome.value.is_none(), has_errors(&outcome.diagnostics));
    outcome
}

#[test]
fn the_undamaged_site_compiles() {
    assert_eq!(files().len(), 11);
    let outcome = survive(files());
    assert_eq!(outcome.diagnostics, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn no_damage_makes_it_panic(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..12, 0..SCRAPS.len()),
            1..4,
        )
    ) {
        let mut files = files();
        for change in &changes {
            damage(&mut files, change);
        }
        let _ = survive(files);
    }
}
