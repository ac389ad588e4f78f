//! Commands over kept cases that are given what nobody should give them: each says so in a line or
//! two, ends with 2, and changes nothing.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use engine::time::Instant;
use store::cases::{Cases as _, Place};
use store::clock::SystemClock;
use store::keeper::{Keeper, Options};
use store::sqlite::Sqlite;

use crate::process::folder;

fn desk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/suite/cli/protocols/desk")
}

fn run(folder: &Path, words: &[&OsStr]) -> (Option<i32>, String, String) {
    let made = Command::new(env!("CARGO_BIN_EXE_protocol"))
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (made.status.code(), text(made.stdout), text(made.stderr))
}

/// Everything that is kept, in both tenants.
fn kept(folder: &Path) -> Vec<String> {
    let place = Sqlite::open(&folder.join("redress.db")).unwrap();
    let tenants = place.tenants().unwrap().into_iter();
    let of = |(tenant, name)| {
        let ids = place.streams(tenant, None, 1_000).unwrap();
        format!("{name}: {:?} {:?}", place.load(tenant, &ids).unwrap(), place.pages(tenant))
    };
    tenants.map(of).collect()
}

/// A case in the tenant `other`; its ticket and its id.
fn of_another_tenant(folder: &Path) -> (String, String) {
    let place: Arc<dyn Place> = Arc::new(Sqlite::open(&folder.join("redress.db")).unwrap());
    let tenant = place.tenant("other").unwrap();
    let keeper = Keeper::start(place, Arc::new(SystemClock), Options::default()).unwrap();
    let (loaded, _) = keeper.add_protocol(tenant, &store::folder::read(&desk()).unwrap()).unwrap();
    keeper.activate(tenant, loaded.unwrap().hash, Instant::from_ms(0)).unwrap();
    keeper.stop();
    let desk = desk();
    let open = |number: &str| {
        let words =
            ["case", "open", "desk", "summary=x", "--by", "complainant", "--tenant", "other"];
        let words = words.map(OsStr::new);
        let (code, said, why) = run(folder, &words);
        assert_eq!(code, Some(0), "{number} {}: {said}{why}", desk.display());
        said
    };
    // The second, for `main` has one case: the ticket is none of `main`.
    open("first");
    let said = open("second");
    let ticket = said.split(' ').next().unwrap().to_owned();
    let id = said.split("id    ").nth(1).unwrap().lines().next().unwrap().to_owned();
    (ticket, id)
}

/// A store with a case in two tenants, and what it held at first.
struct Store {
    folder: PathBuf,
    ticket: String,
    id: String,
    /// Ticket and id of the case of the other tenant.
    others: (String, String),
    before: Vec<String>,
}

impl Store {
    fn new(name: &str) -> Self {
        let folder = folder(name);
        let desk = desk().into_os_string();
        let words = ["summary=late", "--by", "complainant"].map(OsStr::new);
        let open = [OsStr::new("case"), OsStr::new("open"), &desk].into_iter().chain(words);
        let (code, said, why) = run(&folder, &open.collect::<Vec<_>>());
        assert_eq!(code, Some(0), "{said}{why}");
        let ticket = said.split(' ').next().unwrap().to_owned();
        let id = said.split("id    ").nth(1).unwrap().lines().next().unwrap().to_owned();
        let others = of_another_tenant(&folder);
        assert_ne!(others.0, ticket);
        let before = kept(&folder);
        Self { folder, ticket, id, others, before }
    }

    /// The words are refused, with this among what is said.
    #[track_caller]
    fn refuses(&self, words: &[&OsStr], says: &str) {
        let (code, said, why) = run(&self.folder, words);
        let shown = format!("{:.300}: {why:.1000}", format!("{words:?}"));
        assert_eq!((code, said.as_str()), (Some(2), ""), "{shown}");
        assert!(why.contains(says), "{shown}");
        assert!(why.len() < 1_000 && !why.contains('\u{1b}'), "{shown}");
    }

    #[track_caller]
    fn refuses_text(&self, words: &[&str], says: &str) {
        self.refuses(&words.iter().map(OsStr::new).collect::<Vec<_>>(), says);
    }

    /// Nothing was changed.
    fn end(self) {
        assert!(kept(&self.folder) == self.before, "something was changed");
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

#[test]
fn what_is_no_case_here_is_none_whatever_it_looks_like() {
    let store = Store::new("hostile-cases");
    let long = "x".repeat(100_000);
    let upper = store.id.to_uppercase();
    let cut: String = store.id.chars().take(35).collect();
    let braced = format!("{{{}}}", store.id);
    for case in [
        "",
        " ",
        "-1",
        "../../etc/passwd",
        "C-2026-000001-",
        "' OR 1=1 --",
        "%00",
        "\u{1b}[2J",
        "\u{202e}",
        "00000000-0000-0000-0000-000000000000",
        &upper,
        &cut,
        &braced,
        &long,
        &store.others.0,
        &store.others.1,
    ] {
        store.refuses_text(&["case", "show", "--", case], "there is no case");
        store.refuses_text(&["case", "allowed", "--", case], "there is no case");
        let event = ["case", "event", "--by", "agent", "--", case, "listened", "heard=yes"];
        store.refuses_text(&event, "there is no case");
    }
    let raw = OsString::from_vec(b"\xff".to_vec());
    store.refuses(&[OsStr::new("case"), OsStr::new("show"), &raw], "UTF-8");
    store.end();
}

#[test]
fn hostile_words_are_said_to_be_wrong_and_change_nothing() {
    let store = Store::new("hostile-words");
    let long = "x".repeat(100_000);
    let ticket = store.ticket.as_str();
    let event = |word: &str, says: &str| {
        store.refuses_text(&["case", "event", ticket, "listened", "--by", "agent", word], says);
    };
    event("heard=\u{1b}[2J", "a character that nobody can see (U+001B)");
    event("heard=yes\u{202e}", "a character that nobody can see (U+202E)");
    event("=", "is no field of this protocol");
    event("=yes", "is no field of this protocol");
    event(&long, "xxx…");
    event(&format!("heard={long}"), "xxx…");
    let text = |words: &[&str], says: &str| store.refuses_text(words, says);
    text(&["case", "event", ticket, &long, "--by", "agent"], "xxx…");
    text(&["case", "event", ticket, "", "--by", "agent"], "is no event of this protocol");
    let summary = format!("summary={long}");
    text(&["case", "open", "desk", "--by", "complainant", &summary], "at most 16384");
    let by = format!("complainant:{long}");
    text(&["case", "open", "desk", "summary=x", "--by", &by], "at most 255");
    text(&["case", "open", &long], "xxx");
    text(&["case", "list", "--stage", "closed", "--cursor", &long], "");
    text(&["case", "list", "--stage", &long], "xxx…");
    text(&["case", "list", "--due-before", &long], "xxx…");
    text(&["case", "list", "--tenant", &long], "there is no tenant");
    text(&["case", "list", "--tenant", "\u{1b}[2J"], "there is no tenant");
    text(&["token", "create", &long, "--role", "agent"], "at most 255");
    text(&["token", "create", "x", "--role", &long], "xxx…");
    text(&["token", "revoke", &long], "there is no token");
    text(&["token", "revoke", "../cases"], "there is no token");
    let raw = OsString::from_vec(b"heard=\xff\xfe".to_vec());
    let words = ["case", "event", ticket, "listened", "--by", "agent"].map(OsStr::new);
    store.refuses(&words.into_iter().chain([&*raw]).collect::<Vec<_>>(), "UTF-8");
    store.end();
}

#[test]
fn hostile_bodies_are_said_to_be_wrong_and_change_nothing() {
    let store = Store::new("hostile-bodies");
    let ticket = store.ticket.as_str();
    let check = |body: &[u8], says: &str| {
        std::fs::write(store.folder.join("body.json"), body).unwrap();
        store.refuses_text(&["case", "open", "--json", "body.json"], says);
        store.refuses_text(&["case", "event", ticket, "--json", "body.json"], says);
    };
    check(b"", "the body is empty");
    check(b"\xff\xfe", "not UTF-8");
    check(b"{\"a\": \"\\u001b[2J\"}", "not known");
    check("[".repeat(100_000).as_bytes(), "levels are nested");
    check(format!("\"{}\"", "x".repeat(400_000)).as_bytes(), "the request is too large");
    check(format!("\"{}\"", "x".repeat(2_000_000)).as_bytes(), "the body has more than");
    check(b"{\"protocol\": \"\\u0000\"}", "`protocol`: ");
    store.end();
}
