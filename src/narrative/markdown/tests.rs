use super::*;

fn text(markdown: &str) -> Text {
    let source = Source::new("content/statement/x.md", markdown);
    read(SourceId(0), &source, 0, "/statement/x/", "x", None)
}

fn html(markdown: &str) -> String {
    let text = text(markdown);
    assert_eq!(text.diagnostics, [], "{markdown}");
    text.body
        .parts
        .iter()
        .map(|part| match part {
            Part::Html(html) => html.as_str(),
            _ => "[part]",
        })
        .collect()
}

fn codes(markdown: &str) -> Vec<Code> {
    text(markdown).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn links_lead_from_the_page_they_stand_on() {
    assert_eq!(html("[a](/gaps/)"), "<p><a href=\"../../gaps/\">a</a></p>\n");
    assert_eq!(html("[a](#s-b)"), "<p><a href=\"#s-b\">a</a></p>\n");
    assert_eq!(codes("[a](javascript:x)"), [Code::LinkScheme]);
    assert_eq!(codes("[a](../gaps/)"), [Code::LinkScheme]);
    assert_eq!(codes("![a](https://example.org/a.png)"), [Code::LinkScheme]);
}

#[test]
fn raw_html_is_refused_and_code_is_shown() {
    assert_eq!(codes("a <b>c</b>"), [Code::RawHtml, Code::RawHtml]);
    // A block is told once, where it begins.
    assert_eq!(codes("<script>\nx\n</script>\n"), [Code::RawHtml]);
    assert_eq!(html("`<b>`"), "<p><code>&lt;b&gt;</code></p>\n");
    assert_eq!(html("```\" onload=\"x\n{{ x }}\n```"), "<pre><code>{{ x }}\n</code></pre>\n");
}

#[test]
fn tables_have_headings_and_a_region() {
    let table = html("| a | b |\n|---|--:|\n| c | 1 |\n");
    assert!(table.contains("<th scope=\"col\" class=\"n\">b</th>"), "{table}");
    assert!(table.contains("<th scope=\"row\">c</th><td class=\"n\">1</td>"), "{table}");
    assert!(table.contains("role=\"region\" tabindex=\"0\""), "{table}");
    assert!(!table.contains("style="), "{table}");
    let below = html("## A & \"b\"\n\n| a |\n|---|\n| c |\n");
    let caption = "class=\"vh\">Table 1: A &amp; \"b\"</caption>";
    assert!(below.contains(caption), "{below}");
}

#[test]
fn headings_get_ids_and_sink_in_the_whole_statement() {
    let text = text("## One\n\n### Two\n");
    let part: String = text
        .part
        .parts
        .iter()
        .map(|part| match part {
            Part::Html(html) => html.clone(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(part, "<h3 id=\"x-s-one\">One</h3>\n<h4 id=\"x-s-two\">Two</h4>\n");
    assert_eq!(codes("# One"), [Code::HeadingOrder]);
    assert_eq!(codes("## One\n\n#### Two"), [Code::HeadingOrder]);
}

#[test]
fn unfinished_text_is_noticed() {
    assert_eq!(codes("More Coming soon."), [Code::PlaceholderText]);
    assert_eq!(codes("TBC"), [Code::PlaceholderText]);
    assert_eq!(codes("The TBCX group"), []);
}

#[test]
fn wrong_shortcodes_are_placed() {
    let text = text("a {{ figur(of=\"x\") }} b");
    let span = text.diagnostics[0].span.unwrap();
    assert_eq!((span.start, span.end), (2, 21));
    assert_eq!(text.diagnostics[0].help, ["did you mean `figure`?"]);
    assert_eq!(codes("a {{ gap_table() }} b"), [Code::ShortcodeSyntax]);
    assert_eq!(codes("{{ gap_table() }}"), []);
}

#[test]
fn prose_of_providers_is_made_safe_without_complaint() {
    let safe = prose_html("<b>x</b> [a](javascript:x) *e* [w](https://example.org)");
    assert_eq!(
        safe,
        "<p>&lt;b&gt;x&lt;/b&gt; <em>a</em> <em>e</em> <a href=\"https://example.org\">w</a></p>\n"
    );
    assert!(!prose_html("# <script>alert(1)</script>\n\n<div onclick=x>").contains("<script"));
}

#[test]
fn escapes_stay_escapes_beside_a_shortcode() {
    let page = html("Five \\* R&amp;D {{ figure(of=\"gap.people\") }} and \\_that");
    assert_eq!(page, "<p>Five * R&amp;D  and _that</p>\n");
}
