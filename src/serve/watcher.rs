//! Notices that something in the folders of a site may have changed; reads nothing.
//!
//! Folders are watched, not files, because editors save by writing a new file and renaming it. A
//! burst of events counts as one change. Whether anything really changed is decided by whoever
//! reads the folder again; this module may call too often but never too seldom, so where watching
//! fails it falls back to calling at intervals.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::load::disk::is_litter_name;

/// This long without an event ends a burst.
const QUIET: Duration = Duration::from_millis(100);
/// The same after a time of calm. A single save should not have to wait, and if more follows, it
/// counts as the next burst and is waited for.
const QUIET_AFTER_CALM: Duration = Duration::from_millis(25);
/// A burst that does not end is acted upon after this time all the same.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often missing folders are looked for, and the whole site when it cannot be watched.
const TICK: Duration = Duration::from_secs(1);

/// A folder to be watched. It may be missing, and may come and go.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
    is_watched: bool,
}

impl Root {
    /// A folder whose parent exists.
    pub fn new(path: PathBuf) -> Root {
        Root { path, is_watched: false }
    }
}

/// Watches the folders of a site.
pub struct Watcher {
    /// Absent when folders are polled.
    native: Option<RecommendedWatcher>,
    roots: Vec<Root>,
    burst: Arc<Burst>,
}

impl Watcher {
    /// Begins to watch. With `poll`, or where the system cannot watch, changes are assumed at
    /// intervals. Events under `ignored` do not count.
    pub fn new(roots: Vec<Root>, ignored: PathBuf, poll: bool) -> Watcher {
        let burst = Arc::new(Burst::default());
        let filter =
            Filter { roots: roots.iter().map(|root| root.path.clone()).collect(), ignored };
        let told = Arc::clone(&burst);
        let handler = move |event: notify::Result<Event>| filter.tell(event, &told);
        let native = match poll {
            true => None,
            false => notify::recommended_watcher(handler).ok(),
        };
        let mut watcher = Watcher { native, roots, burst };
        watcher.watch_parents();
        watcher.watch_roots(true);
        // Setting up is not a change.
        watcher.burst.take();
        watcher
    }

    /// Whether folders are polled, by wish or because the system cannot watch them.
    pub fn is_polling(&self) -> bool {
        self.native.is_none()
    }

    /// Waits for a change, but not much longer than a second; tells whether to look.
    ///
    /// `cost` is what a look took last time. Polling takes care not to keep the computer busy.
    pub fn wait(&mut self, cost: Duration) -> bool {
        if self.is_polling() {
            std::thread::sleep(TICK.max(cost * 10));
            return true;
        }
        let noted = self.burst.wait_until_quiet(TICK);
        if noted.is_blind {
            // Too many folders for the system, or events were lost for good.
            self.native = None;
            return true;
        }
        // A folder that was deleted and put back is another folder with no watch on it.
        let came_or_went = self.watch_roots(noted.touches_root);
        noted.is_change || came_or_went
    }

    /// A parent tells when a folder itself is deleted, renamed or made.
    fn watch_parents(&mut self) {
        let mut parents: Vec<PathBuf> =
            self.roots.iter().filter_map(|root| root.path.parent().map(Path::to_owned)).collect();
        parents.sort();
        parents.dedup();
        let Some(native) = &mut self.native else {
            return;
        };
        for parent in parents {
            // Without it the missing folder is still found at the next tick.
            let _ = native.watch(&parent, RecursiveMode::NonRecursive);
        }
    }

    /// Puts a watch on every folder that exists and has none, or on all of them.
    /// Tells whether a folder has come or gone.
    fn watch_roots(&mut self, all: bool) -> bool {
        let Some(native) = &mut self.native else {
            return false;
        };
        let mut came_or_went = false;
        let mut is_blind = false;
        for root in &mut self.roots {
            let exists = root.path.is_dir();
            if exists == root.is_watched && !(all && exists) {
                continue;
            }
            came_or_went |= exists != root.is_watched;
            if root.is_watched {
                // Fails when the system has dropped the watch with its folder.
                let _ = native.unwatch(&root.path);
            }
            let watch = |native: &mut RecommendedWatcher| {
                native.watch(&root.path, RecursiveMode::Recursive)
            };
            root.is_watched = exists && watch(native).is_ok();
            // A folder that vanished meanwhile is no reason to stop watching the others.
            is_blind |= exists && !root.is_watched && root.path.is_dir();
        }
        if is_blind {
            self.native = None;
        }
        came_or_went
    }
}

/// Which events count.
struct Filter {
    roots: Vec<PathBuf>,
    ignored: PathBuf,
}

impl Filter {
    fn tell(&self, event: notify::Result<Event>, burst: &Burst) {
        let noted = match event {
            Ok(event) => self.judge(&event),
            Err(error) => Noted {
                is_change: true,
                is_blind: matches!(error.kind, notify::ErrorKind::MaxFilesWatch),
                touches_root: true,
            },
        };
        if noted.is_change {
            burst.note(noted);
        }
    }

    fn judge(&self, event: &Event) -> Noted {
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            // Our own reading must not count, or a look would lead to the next look for ever.
            EventKind::Access(_) => true,
            _ => false,
        };
        // The system lost events: anything may have changed.
        let is_rescan = event.need_rescan();
        Noted {
            is_change: is_rescan || !is_reading && event.paths.iter().any(|path| self.counts(path)),
            touches_root: is_rescan || event.paths.iter().any(|path| self.roots.contains(path)),
            is_blind: false,
        }
    }

    fn counts(&self, path: &Path) -> bool {
        let inside = self.roots.iter().find_map(|root| path.strip_prefix(root).ok());
        inside.is_some_and(|inside| {
            !path.starts_with(&self.ignored)
                && !inside.iter().any(|part| is_litter_name(&part.to_string_lossy()))
        })
    }
}

/// What the events of a burst amount to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Noted {
    is_change: bool,
    touches_root: bool,
    is_blind: bool,
}

/// Events since the last look, boiled down: a storm of any length takes no memory.
#[derive(Default)]
struct Burst {
    state: Mutex<BurstState>,
    news: Condvar,
}

#[derive(Clone, Copy, Default)]
struct BurstState {
    noted: Noted,
    last: Option<Instant>,
    /// When the burst before this one was over.
    ended: Option<Instant>,
}

impl Burst {
    fn note(&self, noted: Noted) {
        let mut state = self.lock();
        state.noted.is_change |= noted.is_change;
        state.noted.touches_root |= noted.touches_root;
        state.noted.is_blind |= noted.is_blind;
        state.last = Some(Instant::now());
        drop(state);
        self.news.notify_all();
    }

    fn take(&self) -> Noted {
        let mut state = self.lock();
        let taken = std::mem::take(&mut *state);
        state.ended = taken.last.map(|_| Instant::now()).or(taken.ended);
        taken.noted
    }

    /// Waits up to `tick` for an event, then for the end of the burst it belongs to.
    fn wait_until_quiet(&self, tick: Duration) -> Noted {
        let (state, _) = self
            .news
            .wait_timeout_while(self.lock(), tick, |state| state.last.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        let since = Instant::now();
        let is_calm = state.ended.is_none_or(|ended| since - ended > PATIENCE);
        let quiet = if is_calm { QUIET_AFTER_CALM } else { QUIET };
        drop(state);
        loop {
            let state = self.lock();
            let Some(last) = state.last else { break };
            let quiet_left = quiet.saturating_sub(last.elapsed());
            let left = quiet_left.min(PATIENCE.saturating_sub(since.elapsed()));
            if left.is_zero() {
                break;
            }
            let waited = self.news.wait_timeout(state, left);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
        self.take()
    }

    fn lock(&self) -> MutexGuard<'_, BurstState> {
        // A few flags and a time are whole after every statement.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, ModifyKind};

    fn judge(kind: EventKind, path: &str) -> Noted {
        let filter = Filter {
            roots: vec!["/site/data".into(), "/site/content".into()],
            ignored: "/site/content/public".into(),
        };
        filter.judge(&Event::new(kind).add_path(path.into()))
    }

    #[test]
    fn reading_litter_and_the_output_do_not_count() {
        let changed = EventKind::Modify(ModifyKind::Any);
        assert!(judge(changed, "/site/data/providers/elm.yaml").is_change);
        assert!(!judge(changed, "/site/data/providers/.elm.yaml.swp").is_change);
        assert!(!judge(changed, "/site/data/_notes/elm.yaml").is_change);
        assert!(judge(changed, "/site/data/placements/list.xlsx").is_change);
        assert!(!judge(changed, "/site/data/placements/~$list.xlsx").is_change);
        assert!(!judge(changed, "/site/content/public/index.html").is_change);
        assert!(!judge(changed, "/site/public/index.html").is_change);
        let read = EventKind::Access(AccessKind::Read);
        assert!(!judge(read, "/site/data/site.yaml").is_change);
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert!(judge(written, "/site/data/site.yaml").is_change);
        let made = judge(EventKind::Create(CreateKind::Folder), "/site/data");
        assert!(made.is_change && made.touches_root);
    }

    #[test]
    fn a_storm_is_one_change() {
        let burst = Burst::default();
        let change = Noted { is_change: true, ..Noted::default() };
        for _ in 0..1_200 {
            burst.note(change);
        }
        assert!(burst.wait_until_quiet(TICK).is_change);
        assert!(!burst.wait_until_quiet(Duration::ZERO).is_change);
    }
}
