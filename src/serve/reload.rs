//! Telling open pages that there is something new, and what serve adds to a page on its way out.
//!
//! Nothing here is known to the builder: a page gets its script and its overlay only after it was
//! rendered, so what is published never holds either.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::preview::Trouble;

/// Everything that serve itself answers stands under this path.
pub(super) const OWN_PATH: &str = "/__placewise/";
/// Style of the overlay.
pub(super) const STYLE: &str = include_str!("overlay.css");
/// Script of every page.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// Pages that may listen at once; a further one takes the place of the one that waits longest.
const LISTENERS_AT_MOST: usize = 32;
/// A write to a browser that has gone is how we learn that it has gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The open pages that wait for news.
pub(super) struct Listeners {
    /// Differs each time the program starts, so that pages notice a restart.
    session: String,
    state: Mutex<State>,
    news: Condvar,
}

struct State {
    version: String,
    next_ticket: u64,
    waiting: BTreeSet<u64>,
}

impl Listeners {
    pub(super) fn new() -> Listeners {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let nanoseconds = since.map_or(0, |since| since.as_nanos());
        Listeners {
            session: format!("{:x}-{nanoseconds:x}", std::process::id()),
            state: Mutex::new(State {
                version: String::new(),
                next_ticket: 0,
                waiting: BTreeSet::new(),
            }),
            news: Condvar::new(),
        }
    }

    /// Tells every page which version there is now.
    pub(super) fn tell(&self, version: &str) {
        version.clone_into(&mut self.lock().version);
        self.news.notify_all();
    }

    /// Keeps a page informed until it goes away or has to make room.
    pub(super) fn listen(&self, page: &mut dyn Write) -> io::Result<()> {
        let (ticket, mut known) = self.enter();
        let result = self.send(page, "hello", &known).and_then(|()| {
            loop {
                match self.next(ticket, &known) {
                    Next::Version(version) => {
                        self.send(page, "reload", &version)?;
                        known = version;
                    }
                    Next::Nothing => {
                        page.write_all(b": still here\n\n")?;
                        page.flush()?;
                    }
                    Next::MakeRoom => return Ok(()),
                }
            }
        });
        self.lock().waiting.remove(&ticket);
        result
    }

    fn enter(&self) -> (u64, String) {
        let mut state = self.lock();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.waiting.insert(ticket);
        while state.waiting.len() > LISTENERS_AT_MOST {
            state.waiting.pop_first();
        }
        let version = state.version.clone();
        drop(state);
        self.news.notify_all();
        (ticket, version)
    }

    fn next(&self, ticket: u64, known: &str) -> Next {
        let waits = |state: &mut State| state.version == known && state.waiting.contains(&ticket);
        let (state, _) = self
            .news
            .wait_timeout_while(self.lock(), KEEP_ALIVE, waits)
            .unwrap_or_else(PoisonError::into_inner);
        if !state.waiting.contains(&ticket) {
            Next::MakeRoom
        } else if state.version != known {
            Next::Version(state.version.clone())
        } else {
            Next::Nothing
        }
    }

    fn send(&self, page: &mut dyn Write, event: &str, version: &str) -> io::Result<()> {
        write!(page, "event: {event}\ndata: {} {version}\n\n", self.session)?;
        page.flush()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole after every statement, so a panic elsewhere cannot have broken it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Next {
    Version(String),
    Nothing,
    MakeRoom,
}

/// Adds the script, and the overlay if there is trouble, before the end of the page's body.
///
/// The version stands in the page, not only in the first event, because the site may be swapped
/// between the two.
pub(super) fn add_to(page: Vec<u8>, version: &str, trouble: Option<&Trouble>) -> Vec<u8> {
    let mut addition = String::new();
    if let Some(trouble) = trouble {
        addition.push_str(&overlay(trouble, "This is the last good version of the page", ""));
    }
    addition.push_str(&script(version));
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|window| window == END);
    let (before, after) = page.split_at(end.unwrap_or(page.len()));
    [before, addition.as_bytes(), after].concat()
}

/// A page for an address that has no good version.
pub(super) fn trouble_page(version: &str, trouble: &Trouble) -> Vec<u8> {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Placewise: not built</title>\n</head>\n<body>\n{}{}</body>\n</html>\n",
        overlay(trouble, "There is no page yet: the site folder has errors", " is-whole-page"),
        script(version),
    )
    .into_bytes()
}

fn script(version: &str) -> String {
    format!(
        "<script src=\"{OWN_PATH}reload.js\" defer data-placewise-version=\"{version}\"></script>\n"
    )
}

fn overlay(trouble: &Trouble, heading: &str, class: &str) -> String {
    let place = trouble.place.as_ref().map_or_else(String::new, |place| {
        format!("<p class=\"placewise-place\">{}</p>\n", escaped(place))
    });
    format!(
        "<link rel=\"stylesheet\" href=\"{OWN_PATH}overlay.css\">\n\
         <aside class=\"placewise-trouble{class}\" role=\"alert\" aria-label=\"Errors\">\n\
         <details open>\n<summary>{heading}</summary>\n{place}<pre>{}</pre>\n</details>\n\
         </aside>\n",
        escaped(&trouble.text)
    )
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble() -> Trouble {
        Trouble {
            place: Some("data/<a>.yaml:1:2".to_owned()),
            text: "</pre><script>alert(1)</script>".to_owned(),
        }
    }

    #[test]
    fn additions_stand_at_the_end_of_the_body_and_the_rest_stays() {
        let page = b"<body><pre>&lt;/body&gt;</pre></body></html>".to_vec();
        let text = String::from_utf8(add_to(page, "v1", None)).unwrap();
        assert_eq!(
            text,
            "<body><pre>&lt;/body&gt;</pre><script src=\"/__placewise/reload.js\" defer \
             data-placewise-version=\"v1\"></script>\n</body></html>"
        );
        let bare = add_to(b"no body".to_vec(), "v1", None);
        assert!(bare.starts_with(b"no body<script"));
    }

    #[test]
    fn text_of_the_site_folder_cannot_leave_the_overlay() {
        for page in [
            add_to(b"<body></body>".to_vec(), "v1", Some(&trouble())),
            trouble_page("v1", &trouble()),
        ] {
            let text = String::from_utf8(page).unwrap();
            assert!(text.contains("data/&lt;a&gt;.yaml:1:2"), "{text}");
            assert!(!text.contains("<script>alert"), "{text}");
            assert!(!text.contains("style="), "{text}");
        }
    }

    #[test]
    fn the_page_that_waits_longest_makes_room() {
        let listeners = Listeners::new();
        let (first, known) = listeners.enter();
        for _ in 0..LISTENERS_AT_MOST {
            listeners.enter();
        }
        assert!(matches!(listeners.next(first, &known), Next::MakeRoom));
        assert_eq!(listeners.lock().waiting.len(), LISTENERS_AT_MOST);
    }
}
