//! A small site in a temporary folder, the program that serves it, and a browser made of a socket.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::site::program;

const DEADLINE: Duration = Duration::from_secs(60);

/// What no answer may ever hold: it stands in files beside and inside the site folder.
pub(super) const SECRET: &str = "the-secret-of-the-disk";

pub(super) const ELM: &str = "\
id: elm
name: Elm House
sector: voluntary
services:
  - {id: elm-home, name: Elm home, types: [home], level: residential, area: town, places: 9, notes_internal: the-secret-of-the-disk}
";

pub(super) const CHAPTER: &str = "\
---
title: Summary
order: 1
---
What the town needs first.
";

const FILES: [(&str, &str); 7] = [
    (
        "site/data/site.yaml",
        "title: Little market
base_url: https://market.example/
publisher: Town council
contact: {email: market@town.example}
status: example
edition: {name: First, date: 2026-11-02, as_at: 2026-10-31}
accessibility:
  compliance: fully
  prepared: 2026-11-02
  contact: {email: access@town.example}
",
    ),
    (
        "site/data/areas.yaml",
        "- {id: shire, name: Shire, kind: icb}\n- {id: town, name: Town, kind: place, parent: shire}\n",
    ),
    (
        "site/data/vocabulary.yaml",
        "ladders:
  - id: care
    name: Care
    levels: [{id: residential, name: Residential care, scope: icb}]
needs: [{id: dementia, name: Dementia}]
types: [{id: home, name: Care home, level: residential}]
",
    ),
    ("site/data/providers/elm.yaml", ELM),
    ("site/content/statement/01-summary.md", CHAPTER),
    ("site/data/_note.yaml", SECRET),
    ("secret.txt", SECRET),
];

/// What a browser gets.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

/// A site that is being served until the test ends.
pub(super) struct Desk {
    dir: TempDir,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
    pub(super) port: u16,
}

impl Desk {
    pub(super) fn open() -> Desk {
        Desk::open_with(&[], |_| {})
    }

    /// Serves the small site after `change` had its way with it.
    pub(super) fn open_with(arguments: &[&str], change: impl Fn(&TempDir)) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in FILES {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        change(&dir);
        let mut child = program(env!("CARGO_BIN_EXE_placewise"))
            .args(["serve", "--port", "0", "--site", "site"])
            .args(arguments)
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().unwrap().push(line);
            }
        });
        let mut desk = Desk { dir, child, said, port: 0 };
        desk.port = desk.until("an address", |desk| {
            let said = desk.said.lock().unwrap();
            let line = said.iter().find(|line| line.starts_with("Serving http://127.0.0.1:"))?;
            let rest = line.strip_prefix("Serving http://127.0.0.1:")?;
            rest.split_once("/ - press Ctrl-C to stop")?.0.parse().ok()
        });
        desk
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join("site").join(path)
    }

    /// Saves a file as simple editors do: over the old one.
    pub(super) fn save(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Everything the program has printed.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().join("\n")
    }

    pub(super) fn rebuilds(&self) -> usize {
        self.said().matches("Rebuilt in ").count()
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n", self.port))
    }

    /// Sends a request as it stands and reads the answer to its end.
    pub(super) fn ask(&self, head: &str) -> Reply {
        let mut stream = self.connect();
        write!(stream, "{head}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Reply {
            status: head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Threads of the program that serves.
    #[cfg(target_os = "linux")]
    pub(super) fn threads(&self) -> usize {
        fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap().count()
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream
    }

    /// Asks for a page until it is as wanted.
    pub(super) fn page_when(&self, path: &str, wanted: impl Fn(&Reply) -> bool) -> Reply {
        let reply = self.until(&format!("{path} as wanted"), |desk| {
            let reply = desk.get(path);
            wanted(&reply).then_some(reply)
        });
        assert!(!reply.head.to_ascii_lowercase().contains("access-control"));
        reply
    }

    /// Tries again until there is something, or the deadline has passed.
    pub(super) fn until<T>(&self, what: &str, attempt: impl Fn(&Desk) -> Option<T>) -> T {
        let since = Instant::now();
        loop {
            if let Some(found) = attempt(self) {
                return found;
            }
            assert!(since.elapsed() < DEADLINE, "no {what}; it said:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
