//! Tables as HTML that assistive technology can read.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Writes tables with heading scopes, in a region that can be scrolled with the keyboard.
#[derive(Default)]
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    count: usize,
}

impl TableWriter {
    /// Opens a table. Its caption is the heading above it and its number, for people who go from
    /// table to table; on the screen the heading is enough.
    /// Within the whole statement the name of the chapter tells two alike apart.
    pub(super) fn start(
        &mut self,
        alignments: &[Alignment],
        above: &str,
        id_prefix: &str,
    ) -> Vec<Event<'static>> {
        self.alignments = alignments.to_vec();
        self.count += 1;
        let id = format!("{id_prefix}table-{}", self.count);
        let open = format!(
            "<div class=\"table-wrap\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\
             <table><caption id=\"{id}\" class=\"vh\">"
        );
        let chapter = id_prefix.replace('-', " ");
        let caption = match above {
            "" => format!("Table {chapter}{}", self.count),
            above => format!("Table {chapter}{}: {above}", self.count),
        };
        vec![
            Event::InlineHtml(open.into()),
            Event::Text(caption.into()),
            Event::InlineHtml("</caption>".into()),
        ]
    }

    pub(super) fn tag(&mut self, event: &Event) -> Option<String> {
        let html = match event {
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                self.column = 0;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                let right = self.alignments.get(self.column) == Some(&Alignment::Right);
                let class = if right { " class=\"n\"" } else { "" };
                match (self.in_head, self.column) {
                    (true, _) => format!("<th scope=\"col\"{class}>"),
                    (false, 0) => format!("<th scope=\"row\"{class}>"),
                    (false, _) => format!("<td{class}>"),
                }
            }
            Event::End(TagEnd::TableCell) => {
                let head = self.in_head || self.column == 0;
                self.column += 1;
                if head { "</th>".to_owned() } else { "</td>".to_owned() }
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            _ => return None,
        };
        Some(html)
    }
}
