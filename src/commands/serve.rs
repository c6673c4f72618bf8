//! `placewise serve`: look, compile, swap; the preview answers meanwhile.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::terminal::Terminal;
use super::{Ending, kept};
use crate::cli::{ServeOptions, Shared};
use crate::compile_again;
use crate::diagnostics::{Code, Diagnostic, Failure, has_errors};
use crate::evidence::private::Cache;
use crate::load::disk;
use crate::serve::{self, Preview, Root, Trouble, Watcher};
use crate::sources::SourceSet;
use crate::view::words::counted;

/// So many changed files are named; the others are counted.
const NAMED_AT_MOST: usize = 3;

pub(super) fn run(
    shared: &Shared,
    options: &ServeOptions,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let listener = serve::bind(options.port)?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::new(format!("cannot listen: {error}"), "try again"))?;
    // Watching begins before the first look, so that no edit falls between the two.
    let mut watcher = Watcher::new(roots(shared), whole(&shared.out), options.poll);
    if watcher.is_polling() && !options.poll {
        terminal.progress("this system cannot watch the folders; looking at them each second");
    }
    let mut desk = Desk::open(shared, terminal)?;
    let server = serve::start(listener, Arc::clone(&desk.preview))?;
    let url = format!("http://{address}/");
    terminal.notice(&format!("Serving {url} - press Ctrl-C to stop"));
    if options.open {
        open_browser(&url, terminal);
    }
    while !server.is_finished() {
        if watcher.wait(desk.cost) {
            desk.look();
        }
    }
    Err(Failure::new("the preview can take no more requests", "start it again"))
}

/// The folders that a site is read from.
fn roots(shared: &Shared) -> Vec<Root> {
    let site = whole(&shared.site);
    ["data", "content", "themes"]
        .iter()
        .map(|folder| site.join(folder))
        .chain(shared.placements.as_deref().map(whole))
        .map(Root::new)
        .collect()
}

/// The path as the system tells it in events, which know no `.` and no links on the way.
fn whole(path: &Path) -> PathBuf {
    let real = path.canonicalize().or_else(|_| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new(".")).canonicalize()?;
        Ok::<_, std::io::Error>(match path.file_name() {
            Some(name) => parent.join(name),
            None => parent,
        })
    });
    real.unwrap_or_else(|_| path.to_owned())
}

/// What was found at a look.
enum Found {
    Files { sources: Arc<SourceSet>, faults: Vec<Diagnostic> },
    Nothing(Failure),
}

impl Found {
    fn is_same(&self, other: &Found) -> bool {
        match (self, other) {
            (Found::Nothing(before), Found::Nothing(now)) => before == now,
            (
                Found::Files { sources, faults },
                Found::Files { sources: now, faults: faults_now },
            ) => faults == faults_now && same_texts(sources, now),
            _ => false,
        }
    }
}

fn same_texts(before: &SourceSet, now: &SourceSet) -> bool {
    let mut pairs = before.iter().zip(now.iter());
    before.iter().count() == now.iter().count()
        && pairs.all(|((_, a), (_, b))| {
            a.path() == b.path() && a.text() == b.text() && a.sheet() == b.sheet()
        })
}

/// The work between two looks.
struct Desk<'a> {
    shared: &'a Shared,
    terminal: &'a Terminal,
    preview: Arc<Preview>,
    found: Found,
    cache: Cache,
    /// Warnings that were printed, so that they are not printed at every save.
    told: Vec<(Code, String)>,
    /// What the last look took.
    cost: Duration,
}

impl<'a> Desk<'a> {
    /// Takes the first look. A folder that is no site folder ends the command: most likely it was
    /// started in the wrong place.
    fn open(shared: &'a Shared, terminal: &'a Terminal) -> Result<Desk<'a>, Failure> {
        let started = Instant::now();
        let found = look(shared);
        if let Found::Nothing(failure) = found {
            return Err(failure);
        }
        let mut desk = Desk {
            shared,
            terminal,
            preview: Arc::new(Preview::new()),
            found,
            cache: kept::cache(shared),
            told: Vec::new(),
            cost: started.elapsed(),
        };
        desk.show(started, "Built", &desk.shared.site.display().to_string());
        Ok(desk)
    }

    /// Looks whether any text has changed, and if so compiles and shows the result.
    fn look(&mut self) {
        let started = Instant::now();
        let found = look(self.shared);
        self.cost = started.elapsed();
        if found.is_same(&self.found) {
            return;
        }
        let changed = changes(&self.found, &found);
        self.found = found;
        self.show(started, "Rebuilt", &changed);
    }

    fn show(&mut self, started: Instant, done: &str, what: &str) {
        let version = version(&self.found);
        let seconds = || format!("{:.2} s", started.elapsed().as_secs_f64());
        let (sources, faults) = match &self.found {
            Found::Nothing(failure) => {
                self.preview.show_trouble(Trouble::from(failure), &version);
                self.terminal.failure(failure);
                self.terminal.progress("Not rebuilt: the last good site is still shown");
                return;
            }
            Found::Files { sources, faults } => (Arc::clone(sources), faults),
        };
        let mut diagnostics = faults.clone();
        let site = compile_again(Arc::clone(&sources), &self.cache).take(&mut diagnostics);
        if let Some(site) = &site {
            diagnostics.extend(site.audited());
        }
        crate::diagnostics::sort(&mut diagnostics);
        match site.filter(|_| !has_errors(&diagnostics)) {
            Some(site) => {
                self.preview.show_site(site, Arc::clone(&sources), &version);
                self.tell(&sources, &diagnostics);
                self.terminal.progress(&format!("{done} in {} ({what})", seconds()));
            }
            None => {
                let trouble = Trouble::of(&sources, &diagnostics);
                self.preview.show_trouble(trouble, &version);
                self.told.clear();
                self.terminal.diagnostics(&sources, &diagnostics);
                self.terminal.progress(&format!(
                    "Not built after {} ({what}); pages show the errors",
                    seconds()
                ));
            }
        }
    }

    /// Prints warnings, unless they are the ones that were printed last.
    fn tell(&mut self, sources: &SourceSet, warnings: &[Diagnostic]) {
        let now: Vec<(Code, String)> =
            warnings.iter().map(|warning| (warning.code, warning.message.clone())).collect();
        if now != self.told {
            self.terminal.diagnostics(sources, warnings);
            self.told = now;
        }
    }
}

fn look(shared: &Shared) -> Found {
    match disk::read_site(&shared.site, shared.placements.as_deref()) {
        Err(failure) => Found::Nothing(failure),
        Ok(outcome) => {
            let mut faults = Vec::new();
            let sources = outcome.take(&mut faults).unwrap_or_default();
            Found::Files { sources: Arc::new(sources), faults }
        }
    }
}

/// The same for the same texts, and only for them: pages carry it, so that an edit which is taken
/// back gives the same bytes again.
fn version(found: &Found) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    match found {
        Found::Nothing(failure) => add(&failure.to_string()),
        Found::Files { sources, faults } => {
            for (_, source) in sources.iter() {
                add(source.path());
                add(source.text());
            }
            for fault in faults {
                add(&fault.message);
            }
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Names what differs between two looks.
fn changes(before: &Found, now: &Found) -> String {
    let (Found::Files { sources: old, .. }, Found::Files { sources: new, .. }) = (before, now)
    else {
        return "the whole folder".to_owned();
    };
    let mut paths: Vec<&str> = new
        .iter()
        .map(|(_, source)| source)
        .filter(|source| {
            old.find(source.path()).is_none_or(|(_, before)| before.text() != source.text())
        })
        .map(|source| source.shown_path())
        .collect();
    paths.extend(
        old.iter()
            .map(|(_, source)| source)
            .filter(|source| new.find(source.path()).is_none())
            .map(|source| source.shown_path()),
    );
    // A workbook has one source for each of its sheets.
    paths.dedup();
    let mut named = paths[..paths.len().min(NAMED_AT_MOST)].join(", ");
    if paths.len() > NAMED_AT_MOST {
        let more = counted(paths.len() - NAMED_AT_MOST, "other", "others");
        named.push_str(&format!(" and {more}"));
    }
    match named.is_empty() {
        // Only what was found wrong with a file has changed, such as its size.
        true => "the same texts".to_owned(),
        false => named,
    }
}

/// Opens the site in a browser: the one place where Placewise runs another program, and only when
/// asked to. Building runs none.
fn open_browser(url: &str, terminal: &Terminal) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        // Somebody has to wait for a child, or the system keeps its remains.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => terminal.progress(&format!(
            "cannot open a browser with `{program}`: {error}; open {url} yourself"
        )),
    }
}
