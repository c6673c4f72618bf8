//! Pages and drawings that tell too much, one by one. Whole sites are in `tests/it/audit.rs`.

use super::page;
use super::sheet::{Rule, Sheet};

const KEY: &str = "gap.people|a|all|all";

fn rules(html: &str) -> Vec<Rule> {
    let mut sheet = Sheet::new("x.html");
    page::read(html, &mut sheet);
    sheet.faults.iter().map(|fault| fault.rule).collect()
}

#[track_caller]
fn check(html: &str, expect: &[Rule]) {
    let html = html.replace("KEY", &format!("data-key=\"{KEY}\""));
    assert_eq!(rules(&html), expect, "{html}");
}

#[test]
fn a_number_beside_a_mark_is_found_wherever_it_hides() {
    let beside = &[Rule::NumberBesideMark];
    check("<td><span KEY>[c]</span></td>", &[]);
    check("<td><a href=\"../withheld/\" class=\"fig withheld\" KEY>[c]</a></td>", &[]);
    for html in [
        "<td><span KEY title=\"3\">[c]</span></td>",
        "<td><span KEY aria-label=\"3 people\">[c]</span></td>",
        "<td><span KEY data-sort=\"3\">[c]</span></td>",
        "<td><span KEY style=\"width:3%\">[c]</span></td>",
        "<td data-sort=\"3\"><span KEY>[c]</span></td>",
        "<td><b title=\"3\"><span KEY>[c]</span></b></td>",
        "<td><span KEY>[c]</span> <span class=\"unit\">0 to 3</span></td>",
        "<td><span KEY>[c]</span><!-- 3 --></td>",
        "<td><span KEY>[c]<i data-n=\"3\"></i></span></td>",
        "<td><a href=\"../withheld/?3\" KEY>[c]</a></td>",
        "<p>Of them <span KEY>[c]</span> (3) wait</p>",
        "<p>3 <span KEY>[c]</span> wait</p>",
        "<p aria-label=\"[c], that is 3\">x</p>",
    ] {
        check(html, beside);
    }
}

#[test]
fn figures_that_are_told_and_other_numbers_in_a_sentence_are_no_fault() {
    check("<td><span KEY title=\"45\">45</span> of 60</td>", &[]);
    check("<td><span KEY>[c]</span> of <span data-key=\"x\">60</span></td>", &[]);
    check("<p>Of 60 people, <span KEY>[c]</span> wait, and 5 homes closed</p>", &[]);
    check("<p><span><span KEY>[c]</span></span> <span>could move within 28 days</span></p>", &[]);
}

#[test]
fn a_figure_without_a_key_is_found() {
    let without = &[Rule::WithoutKey];
    check("<span class=\"fig\">45</span>", without);
    check("<td><b>[c]</b></td>", without);
    check("<table><td><span KEY>45</span></td><td>60</td></table>", without);
    check("<table><td><span KEY>45</span></td><td>3 of 4</td></table>", &[]);
    check("<table><td>60</td></table><code>[c]</code>", &[]);
}

#[test]
fn a_withheld_figure_has_no_length_and_no_place_in_a_chart() {
    let chart = |inside: &str| format!("<svg class=\"chart\">{inside}</svg>");
    let name = "<text x=\"0.0%\">Ward</text>";
    let line = |x: &str| format!("{name}<text x=\"{x}\"><tspan KEY>[c]</tspan> people</text>");
    check(&chart(&line("0.0%")), &[]);
    check(&chart(&line("5.6%")), &[Rule::MarkWithLength]);
    check(&chart("<rect class=\"chart-bar-need\" width=\"3%\"/>"), &[Rule::WithoutKey]);
    check(&chart("<rect class=\"chart-hatch\" width=\"2\"/>"), &[]);
    check(&chart("<text class=\"chart-value\">3 people</text>"), &[Rule::WithoutKey]);
}

#[test]
fn a_page_that_cannot_be_read_is_a_fault() {
    check("<p title=\"x", &[Rule::UnreadableFile]);
}
