//! The preview gives nothing but the site, and gives it only to this computer.

use super::desk::{Desk, SECRET};
use crate::site::program;

#[test]
fn no_address_leads_to_a_file_of_the_disk() {
    let desk = Desk::open();
    let probes = [
        "/../secret.txt",
        "/../../../../../../../../etc/passwd",
        "/./../secret.txt",
        "/gaps/../../secret.txt",
        "/gaps/../data/site.yaml",
        "/%2e%2e/secret.txt",
        "/%2E%2E/%2E%2E/etc/passwd",
        "/.%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%2Fsite%2Fdata%2Fsite.yaml",
        "/%2fetc%2fpasswd",
        "/%252e%252e/secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "//localhost/etc/passwd",
        "///data/site.yaml",
        "/data/site.yaml",
        "/data/_note.yaml",
        "/%00/../secret.txt",
        "/gaps/%00.html",
        "/%c0%ae%c0%ae/secret.txt",
        "/C:/Windows/win.ini",
        "/__placewise/../data/site.yaml",
        "/__placewise/%2e%2e/secret.txt",
        "/file:///etc/passwd",
        "file:///etc/passwd",
        "http://localhost/../secret.txt",
        "../secret.txt",
        "*",
    ];
    for probe in probes {
        let reply = desk.get(probe);
        assert!([400, 404].contains(&reply.status), "{probe}: {}", reply.head);
        for trace in [SECRET, "root:", "base_url:"] {
            assert!(!reply.body.contains(trace), "{probe}: {}", reply.body);
        }
        assert!(!reply.head.contains("Location"), "{probe}: {}", reply.head);
    }
}

#[test]
fn only_this_computer_is_answered() {
    let desk = Desk::open();
    let host = |host: &str| desk.ask(&format!("GET / HTTP/1.1\r\n{host}")).status;
    for ours in ["localhost", "127.0.0.1", "[::1]", "LocalHost:4040", "127.0.0.1:80"] {
        assert_eq!(host(&format!("Host: {ours}\r\n")), 200, "{ours}");
    }
    for other in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:4040", ""] {
        let reply = desk.ask(&format!("GET / HTTP/1.1\r\nHost: {other}\r\n"));
        assert_eq!(reply.status, 403, "{other}");
        assert!(!reply.body.contains("Little market"), "{}", reply.body);
    }
    assert_eq!(host(""), 403);
    assert_eq!(host("Host: localhost\r\nHost: evil.example\r\n"), 403);
    assert_eq!(desk.ask("GET /__placewise/events HTTP/1.1\r\nHost: evil.example\r\n").status, 403);
}

#[test]
fn pages_can_be_read_and_nothing_else() {
    let desk = Desk::open();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
        let reply = desk.ask(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\n"));
        assert_eq!(reply.status, 405, "{method}");
        assert!(reply.head.contains("Allow: GET, HEAD"), "{}", reply.head);
    }
    let get = desk.get("/");
    let head = desk.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.head, get.head);
    let length = format!("Content-Length: {}\r\n", get.body.len());
    assert!(get.head.contains(&length), "{}", get.head);
    for header in [
        "Content-Type: text/html; charset=utf-8",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Connection: close",
    ] {
        assert!(get.head.contains(header), "{}", get.head);
    }
    assert!(!get.head.contains("Access-Control"), "{}", get.head);
}

#[test]
fn addresses_files_and_the_page_for_nothing_are_as_on_a_host() {
    let desk = Desk::open();
    let reply = desk.get("/gaps?need=dementia");
    assert_eq!(reply.status, 301);
    assert!(reply.head.contains("Location: /gaps/?need=dementia\r\n"), "{}", reply.head);
    assert_eq!(desk.get("/gaps/?need=dementia").status, 200);
    for (path, kind) in [
        ("/data/services.csv", "text/csv; charset=utf-8"),
        ("/data/services.json", "application/json"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/__placewise/reload.js", "text/javascript; charset=utf-8"),
        ("/__placewise/overlay.css", "text/css; charset=utf-8"),
    ] {
        let reply = desk.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.head.contains(&format!("Content-Type: {kind}\r\n")), "{}", reply.head);
        assert!(!reply.body.contains("data-placewise-version=\""), "{path}");
    }
    let missing = desk.get("/no/such/page");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("</html>"), "{}", missing.body);
    assert_eq!(missing.body, desk.get("/other").body);
}

#[test]
fn a_page_keeps_its_content_policy_and_gets_one_script() {
    let desk = Desk::open();
    let body = desk.get("/").body;
    let policy = "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'\">";
    assert_eq!(body.matches(policy).count(), 1, "{body}");
    assert_eq!(body.matches("<script").count(), 1, "{body}");
    assert!(body.contains("<script src=\"/__placewise/reload.js\" defer"), "{body}");
    assert!(!body.contains("overlay.css"), "{body}");
}

#[test]
fn a_site_that_will_stand_in_a_folder_of_its_host_can_be_previewed() {
    let desk = Desk::open_with(&[], |dir| {
        let path = dir.path().join("site/data/site.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("https://market.example/", "https://town.example/care/market/");
        std::fs::write(path, text).unwrap();
    });
    assert_eq!(desk.get("/gaps/").status, 200);
    let missing = desk.get("/nowhere");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("\"/care/market/gaps/\""), "{}", missing.body);
    assert_eq!(desk.get("/care/market/gaps/").status, 200);
    assert_eq!(desk.get("/care/market/").status, 200);
    let reply = desk.get("/care/market");
    assert!(reply.head.contains("Location: /care/market/\r\n"), "{}", reply.head);
    assert_eq!(desk.get("/care/marketgaps/").status, 404);
    assert_eq!(desk.get("/care/").status, 404);
}

#[test]
fn a_taken_port_and_a_wrong_folder_are_told() {
    let desk = Desk::open();
    let run = |arguments: &[&str]| {
        let output =
            program(env!("CARGO_BIN_EXE_placewise")).arg("serve").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let site = desk.path("").display().to_string();
    let (code, text) = run(&["--site", &site, "--port", &desk.port.to_string()]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("in use by another program"), "{text}");
    assert!(text.contains("help: choose another with --port"), "{text}");
    let content = desk.path("content").display().to_string();
    let (code, text) = run(&["--site", &content, "--port", "0"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("is not a site folder"), "{text}");
}
