//! Answers that are kept on this machine, so that the same question is not worked out twice.
//!
//! A file holds one question and its answer, both whole: an answer counts only if every byte of the
//! question is the same, so no two questions can be taken for one another. It also says which
//! program wrote it, as another one may answer otherwise. Files are closed to everybody but their
//! owner, lie in a folder that is, outside the site and everything published, and their names say
//! nothing. What cannot be read or written is as if it were not there.

use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::place::{Fences, Place};
use super::{Kind, put};

/// What every file begins with. The number is that of the form.
const BEGIN: &[u8] = b"placewise answers 1\n";
/// Names of files: this, a number that grows, and the ending.
const NAME: &str = "answer-";
const ENDING: &str = ".private";
/// So many files at most; the oldest go first.
const MOST_FILES: usize = 8;
/// What would need more bytes is not kept.
const MOST_BYTES: usize = 16 << 20;
/// So many answers are held in memory, for a preview that looks again and again.
const MOST_HELD: usize = 4;

static OURS: Kind = Kind {
    name: "an answer",
    earlier: "an earlier answer",
    stays: "an earlier one is as it was",
    holds: "answers hold small numbers about people",
    mark: "answer",
    is_ours: |file| {
        let mut begin = [0; BEGIN.len()];
        file.read_exact(&mut begin).is_ok() && begin == *BEGIN
    },
};

/// Where answers are kept. What is in it can be asked for inside `evidence` only.
pub struct Cache {
    folder: Option<PathBuf>,
    /// Which program this is, as far as the disk says.
    program: Vec<u8>,
    published_mark: String,
    held: Mutex<Vec<(Vec<u8>, Vec<u8>)>>,
    /// Held by whoever gives a file its number.
    numbering: Mutex<()>,
    answered: AtomicUsize,
    missed: AtomicUsize,
}

impl Cache {
    /// Keeps nothing.
    pub fn none() -> Cache {
        Cache {
            folder: None,
            program: Vec::new(),
            published_mark: String::new(),
            held: Mutex::new(Vec::new()),
            numbering: Mutex::new(()),
            answered: AtomicUsize::new(0),
            missed: AtomicUsize::new(0),
        }
    }

    /// Keeps answers in a folder, which is made if it is not there, and in memory. It keeps nothing
    /// where that folder cannot be closed to others, lies behind a fence, or nobody can tell this
    /// program from others.
    pub fn in_folder(folder: &Path, program: &Path, fences: &Fences) -> Cache {
        // The number in the name is one that no file gets.
        let is_open = |folder: &Path| {
            Place::admit(&OURS, &folder.join(format!("{NAME}0{ENDING}")), fences).is_ok()
        };
        // Asked before anything is made, and again, as a link may lead elsewhere.
        let above = folder.ancestors().find(|above| above.exists()).filter(|above| is_open(above));
        let folder = above.and_then(|_| closed(folder)).filter(|folder| is_open(folder));
        let program = stamp(program);
        let folder = folder.filter(|_| program.is_some());
        Cache {
            folder,
            program: program.unwrap_or_default(),
            published_mark: fences.published_mark.to_owned(),
            ..Cache::none()
        }
    }

    /// How many questions were answered from here.
    #[cfg(test)]
    pub(in crate::evidence) fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }

    /// Whether something was asked, and all of it answered from here.
    pub fn has_answered_all(&self) -> bool {
        self.answered.load(Ordering::Relaxed) > 0 && self.missed.load(Ordering::Relaxed) == 0
    }

    /// Whether anything is kept.
    pub(in crate::evidence) fn is_kept(&self) -> bool {
        self.folder.is_some()
    }

    /// The answer to a question that was asked before.
    pub(in crate::evidence) fn recall(&self, question: &[u8]) -> Option<Vec<u8>> {
        let folder = self.folder.as_ref()?;
        self.held_answer(question).or_else(|| {
            let files = numbered(folder);
            files.iter().rev().find_map(|(_, file)| self.read(file, question))
        })
    }

    /// Notes that something had to be worked out.
    pub(in crate::evidence) fn count_missed(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }

    /// Notes that an answer from here was of use.
    pub(in crate::evidence) fn count_answered(&self) {
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps an answer, and lets the oldest go.
    pub(in crate::evidence) fn keep(&self, question: &[u8], answer: &[u8]) {
        let Some(folder) = &self.folder else { return };
        self.hold(question, answer);
        let bytes = self.bytes(question, answer);
        if bytes.len() > MOST_BYTES {
            return;
        }
        let _one_at_a_time = self.numbering.lock().unwrap_or_else(PoisonError::into_inner);
        let files = numbered(folder);
        let next = files.last().map_or(1, |(number, _)| number.saturating_add(1));
        let file = folder.join(format!("{NAME}{next}{ENDING}"));
        let open = Fences { inputs: &[], outputs: &[], published_mark: &self.published_mark };
        let Ok(place) = Place::admit(&OURS, &file, &open) else { return };
        if put(&place, &bytes).is_err() {
            return;
        }
        let left = (files.len() + 1).saturating_sub(MOST_FILES);
        for (_, old) in &files[..left] {
            // Another run may have been first.
            let _ = fs::remove_file(old);
        }
    }

    fn held_answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.iter().find(|(asked, _)| asked == question);
        found.map(|(_, answer)| answer.clone())
    }

    fn hold(&self, question: &[u8], answer: &[u8]) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(asked, _)| asked != question);
        held.insert(0, (question.to_vec(), answer.to_vec()));
        held.truncate(MOST_HELD);
    }

    fn bytes(&self, question: &[u8], answer: &[u8]) -> Vec<u8> {
        let mut bytes = self.head(question);
        bytes.extend(question);
        bytes.extend((answer.len() as u64).to_le_bytes());
        bytes.extend(answer);
        bytes
    }

    /// All that stands before a question.
    fn head(&self, question: &[u8]) -> Vec<u8> {
        let mut head = BEGIN.to_vec();
        head.extend(&self.program);
        head.extend((question.len() as u64).to_le_bytes());
        head
    }

    /// The answer in a file, if it is whole and answers this question.
    fn read(&self, path: &Path, question: &[u8]) -> Option<Vec<u8>> {
        let mut file = open(path)?;
        let mut expect = |bytes: &[u8]| {
            let mut found = vec![0; bytes.len()];
            file.read_exact(&mut found).is_ok_and(|()| found == bytes)
        };
        if !expect(&self.head(question)) || !expect(question) {
            return None;
        }
        let mut length = [0; 8];
        file.read_exact(&mut length).ok()?;
        let length = u64::from_le_bytes(length);
        let mut answer = Vec::new();
        file.take(MOST_BYTES as u64).read_to_end(&mut answer).ok()?;
        if answer.len() as u64 != length {
            return None;
        }
        self.hold(question, &answer);
        Some(answer)
    }
}

/// Tells neither the folder nor what is in it.
impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cache(withheld)")
    }
}

/// Files of answers, the oldest first.
fn numbered(folder: &Path) -> Vec<(u64, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let number = |path: &PathBuf| -> Option<u64> {
        let name = path.file_name()?.to_str()?;
        name.strip_prefix(NAME)?.strip_suffix(ENDING)?.parse().ok()
    };
    let paths = entries.map(|entry| entry.path());
    let mut files: Vec<(u64, PathBuf)> =
        paths.filter_map(|path| Some((number(&path)?, path))).collect();
    files.sort();
    files
}

/// The folder with every link resolved, closed to everybody but its owner.
fn closed(folder: &Path) -> Option<PathBuf> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    owner_only(&mut builder);
    match builder.create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return None,
        _ => {}
    }
    let folder = fs::canonicalize(folder).ok()?;
    is_owner_only(&folder).then_some(folder)
}

#[cfg(unix)]
fn owner_only(builder: &mut fs::DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

/// Other systems keep what lies in a user's own folder to this user.
#[cfg(not(unix))]
fn owner_only(_: &mut fs::DirBuilder) {}

#[cfg(unix)]
fn is_owner_only(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_owner_only(_: &Path) -> bool {
    true
}

/// A file that nobody else could have read or written.
fn open(path: &Path) -> Option<File> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    (is_file && is_owner_only(path)).then(|| File::open(path).ok())?
}

/// The version of the program, and its length and day of change as the disk has them: a program
/// that was built again may answer otherwise.
fn stamp(program: &Path) -> Option<Vec<u8>> {
    let found = fs::metadata(program).ok()?;
    let mut stamp = format!("{} {}", env!("CARGO_PKG_VERSION"), found.len()).into_bytes();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        stamp.extend(format!(" {}.{}", found.mtime(), found.mtime_nsec()).bytes());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::MetadataExt;
        stamp.extend(format!(" {}", found.last_write_time()).bytes());
    }
    stamp.push(b'\n');
    Some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home {
        folder: tempfile::TempDir,
    }

    impl Home {
        fn new() -> Home {
            Home { folder: tempfile::tempdir().unwrap() }
        }

        fn at(&self) -> PathBuf {
            self.folder.path().join("answers")
        }

        fn cache(&self) -> Cache {
            self.fenced(&[])
        }

        fn fenced(&self, outputs: &[PathBuf]) -> Cache {
            let program = std::env::current_exe().unwrap();
            let fences = Fences { inputs: &[], outputs, published_mark: "mark" };
            Cache::in_folder(&self.at(), &program, &fences)
        }

        fn files(&self) -> Vec<PathBuf> {
            numbered(&self.at()).into_iter().map(|(_, file)| file).collect()
        }
    }

    #[test]
    fn an_answer_is_found_again_by_the_same_question_and_by_no_other() {
        let home = Home::new();
        home.cache().keep(b"how many", b"enough");
        assert_eq!(home.cache().recall(b"how many"), Some(b"enough".to_vec()));
        assert_eq!(home.cache().recall(b"how much"), None);
        assert_eq!(home.cache().recall(b"how many?"), None);
        Cache::none().keep(b"a", b"b");
        assert_eq!(Cache::none().recall(b"a"), None);
    }

    #[test]
    fn what_is_damaged_or_of_another_program_is_as_if_it_were_not_there() {
        let home = Home::new();
        home.cache().keep(b"how many", b"enough");
        let file = home.files().remove(0);
        let whole = fs::read(&file).unwrap();
        for at in 0..whole.len() - b"enough".len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&file, &damaged).unwrap();
            assert_eq!(home.cache().recall(b"how many"), None, "byte {at}");
            fs::write(&file, &whole[..at]).unwrap();
            assert_eq!(home.cache().recall(b"how many"), None, "cut at {at}");
        }
        fs::write(&file, &whole).unwrap();
        assert!(home.cache().recall(b"how many").is_some());
        let program = home.folder.path().join("program");
        fs::write(&program, "another").unwrap();
        let fences = Fences { inputs: &[], outputs: &[], published_mark: "mark" };
        let other = Cache::in_folder(&home.at(), &program, &fences);
        assert_eq!(other.recall(b"how many"), None);
    }

    #[test]
    fn the_oldest_answers_go() {
        let home = Home::new();
        let cache = home.cache();
        for number in 0..20_u8 {
            cache.keep(&[number], &[number]);
        }
        assert_eq!(home.files().len(), MOST_FILES);
        assert_eq!(home.cache().recall(&[19]), Some(vec![19]));
        assert_eq!(home.cache().recall(&[3]), None);
        cache.keep(b"large", &vec![0; MOST_BYTES]);
        assert_eq!(home.cache().recall(b"large"), None);
        assert!(cache.recall(b"large").is_some(), "it is held in memory");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_or_write_it() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::new();
        home.cache().keep(b"how many", b"enough");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = home.files().remove(0);
        assert_eq!((mode(&home.at()), mode(&file)), (0o700, 0o600));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(home.cache().recall(b"how many"), None);
        fs::set_permissions(home.at(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(!home.cache().is_kept());
    }

    #[test]
    fn nothing_is_kept_where_a_site_is_published() {
        let home = Home::new();
        assert!(!home.fenced(&[home.folder.path().to_path_buf()]).is_kept());
        let program = std::env::current_exe().unwrap();
        fs::write(home.folder.path().join("mark"), "").unwrap();
        let fences = Fences { inputs: &[], outputs: &[], published_mark: "mark" };
        assert!(!Cache::in_folder(&home.at(), &program, &fences).is_kept());
    }
}
