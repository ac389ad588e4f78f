//! Faults of files and of how they belong together.

use super::checked::HEAD;
use super::checked::check_files;
use crate::diagnostic::Diagnostics;
use crate::syntax::limit::ENTRIES_MAX;
use crate::syntax::limit::FILE_BYTES_MAX;
use crate::text::SourceSet;

/// A letter that says nothing.
const LETTER: &[u8] = b"+++\nsubject = 'A'\n+++\n";
const PARTS: &str = "include = ['parts/a.toml', 'b.toml']\n";

#[track_caller]
fn check_parts(head: &str, others: &[(&str, &[u8])], expected: &str) {
    let text = format!("{head}{HEAD}");
    let mut files = vec![("protocol.toml", text.as_bytes())];
    files.extend(others);
    check_files(&files, expected);
}

#[test]
fn parts_are_read_in_the_order_of_inclusion() {
    let text = format!("{PARTS}{HEAD}[roles.boss]\ntitle = 'B'\n");
    let written = check_files(
        &[
            ("b.toml", b"[roles.b]\ntitle = 'B'\n"),
            ("parts/a.toml", b"include = ['c.toml']\n[roles.z]\ntitle = 'Z'\n"),
            ("c.toml", b"[roles.c]\ntitle = 'C'\n"),
            ("protocol.toml", text.as_bytes()),
        ],
        "",
    )
    .unwrap();
    let roles: Vec<&str> = written.roles.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(roles, ["boss", "z", "c", "b"]);
}

#[test]
fn a_name_of_two_files_is_reported_in_the_second() {
    check_parts(
        PARTS,
        &[
            ("parts/a.toml", b"[roles.b]\ntitle = 'B'\n[time]\n"),
            ("b.toml", b"[roles]\nb = { title = 'B' }\n[time]\n"),
        ],
        "b.toml:2:1 duplicate-name: the role `b` is written twice
         b.toml:3:1 duplicate-name: the table `time` is written twice",
    );
}

#[test]
fn several_files_write_no_more_than_one_may() {
    let roles = |range: std::ops::Range<usize>| -> String {
        range.map(|number| format!("r{number} = {{ title = 'R' }}\n")).collect()
    };
    let first = format!("[roles]\n{}", roles(0..ENTRIES_MAX));
    let second = format!("[roles]\n{}", roles(ENTRIES_MAX..ENTRIES_MAX + 1));
    check_parts(
        PARTS,
        &[("parts/a.toml", first.as_bytes()), ("b.toml", second.as_bytes())],
        "b.toml:2:1 too-many-entries: the list of all roles has 2001 entries, at most 2000 are read",
    );
}

#[test]
fn an_include_stays_inside_goes_once_and_never_in_a_circle() {
    check_parts(
        "include = ['../a.toml', '/a.toml', 'C:a', 'x\\y', 'a//b', './a']\n",
        &[],
        "protocol.toml:1:12 include-outside: `../a.toml` is no plain path inside the protocol folder
         protocol.toml:1:25 include-outside: `/a.toml` is no plain path inside the protocol folder
         protocol.toml:1:36 include-outside: `C:a` is no plain path inside the protocol folder
         protocol.toml:1:43 include-outside: `x\\y` is no plain path inside the protocol folder
         protocol.toml:1:50 include-outside: `a//b` is no plain path inside the protocol folder
         protocol.toml:1:58 include-outside: `./a` is no plain path inside the protocol folder",
    );
    check_parts(
        "include = ['stage.toml']\n",
        &[("stages.toml", b"")],
        "protocol.toml:1:12 include-missing: the included file `stage.toml` is not in the protocol \
         folder",
    );
    check_parts(
        "include = ['a.toml', 'a.toml', 'protocol.toml']\n",
        &[("a.toml", b"include = ['b.toml']"), ("b.toml", b"include = ['a.toml']")],
        "b.toml:1:12 include-cycle: including `a.toml` leads back to a file that includes it
         protocol.toml:1:22 duplicate-name: the include `a.toml` is written twice
         protocol.toml:1:32 include-cycle: including `protocol.toml` leads back to a file that \
         includes it",
    );
}

#[test]
fn a_part_that_ships_is_included_by_its_name_and_by_no_way_around_it() {
    let stops: (&str, &[u8]) = ("shipped:conduct/stops.toml", b"[roles.judge]\ntitle = 'J'\n");
    let text = format!("include = ['shipped:conduct/stops.toml', 'b.toml']\n{HEAD}");
    let files = [("protocol.toml", text.as_bytes()), stops, ("b.toml", b"".as_slice())];
    let written = check_files(&files, "").unwrap();
    assert_eq!(written.roles.first().unwrap().name.value, "judge");
    check_parts("", &[stops], "");
    check_parts(
        "include = ['shipped:', 'shipped:../stops.toml', 'shipped:/etc/x.toml', 'shipped:a\\b']\n",
        &[stops],
        "protocol.toml:1:12 include-outside: `shipped:` is no plain path inside the protocol folder
         protocol.toml:1:24 include-outside: `shipped:../stops.toml` is no plain path inside the protocol folder
         protocol.toml:1:49 include-outside: `shipped:/etc/x.toml` is no plain path inside the protocol folder
         protocol.toml:1:72 include-outside: `shipped:a\\b` is no plain path inside the protocol folder",
    );
    let set: (&str, &[u8]) = ("shipped:calendars/nl.toml", b"id = 'nl'\n");
    check_parts(
        "include = ['shipped:conduct/stop.toml', 'shipped:calendars/nl.toml']\n",
        &[stops, set],
        "protocol.toml:1:12 include-missing: no part with the path `shipped:conduct/stop.toml` ships with Redress
         protocol.toml:1:41 include-missing: no part with the path `shipped:calendars/nl.toml` ships with Redress
         shipped:calendars/nl.toml:1:1 missing-key: the holiday set has no `holiday`
         shipped:calendars/nl.toml:1:1 missing-key: the holiday set has no `title`",
    );
    check_parts(
        "include = ['shipped:conduct/stops.toml', 'shipped:conduct/stops.toml']\n",
        &[stops],
        "protocol.toml:1:42 duplicate-name: the include `shipped:conduct/stops.toml` is written twice",
    );
}

#[test]
fn a_misspelt_part_is_mended_to_one_that_ships() {
    let help = |path: &str| {
        let text = format!("include = ['{path}']\n{HEAD}");
        let files = [("protocol.toml".to_owned(), text.into_bytes())];
        let offered = ["shipped:calendars/nl.toml", "shipped:conduct/stops.toml"];
        let sources = SourceSet::new("", files).offering(offered.map(str::to_owned));
        let mut out = Diagnostics::default();
        assert!(crate::syntax::read(&sources, &mut out).is_none());
        let fault = out.iter().next().unwrap();
        (fault.help.clone().unwrap(), fault.fix.is_some())
    };
    let near = "did you mean `shipped:conduct/stops.toml`?".to_owned();
    assert_eq!(help("shipped:conduct/stop.toml"), (near.clone(), true));
    assert_eq!(help("conduct/stops.toml").0, near);
    let all = "these ship: `shipped:conduct/stops.toml`".to_owned();
    assert_eq!(help("shipped:everything-else-there-may-be.toml"), (all, false));
}

#[test]
fn a_file_that_is_not_included_is_pointed_out() {
    check_parts(
        "include = ['a.toml']\n",
        &[("a.toml", b""), ("old/b.toml", b"roles = 1"), ("letters/c.md", LETTER)],
        "old/b.toml:1:1 file-not-included: the file is not included by the protocol, so nothing \
         in it counts",
    );
}

#[test]
fn a_file_that_is_no_text_is_reported_at_its_first_bad_byte() {
    check_files(
        &[("protocol.toml", b"# caf\xe9\n")],
        "protocol.toml:1:6 not-utf8: the file is not UTF-8: byte 5 is 0xe9",
    );
    check_files(
        &[("protocol.toml", b"\xff\xfe[\0")],
        "protocol.toml:1:1 not-utf8: the file is not UTF-8: byte 0 is 0xff",
    );
    check_files(
        &[("protocol.toml", format!("\u{feff}{HEAD}x = 1").as_bytes())],
        "protocol.toml:1:1 byte-order-mark: the file starts with a byte order mark
         protocol.toml:10:1 unknown-key: `[protocol]` has no key `x`",
    );
    check_files(&[("protocol.toml", HEAD.replace('\n', "\r\n").as_bytes())], "");
}

#[test]
fn size_is_checked_before_anything_is_read() {
    let large = vec![b' '; FILE_BYTES_MAX + 1];
    check_parts(
        "",
        &[("rules.rhai", &large)],
        "rules.rhai:1:1 file-too-large: the file is larger than 1048576 bytes",
    );
    let names: Vec<String> = (0..17).map(|it| format!("letters/{it}.md")).collect();
    let letters: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), &large[1..])).collect();
    check_files(
        &letters,
        "letters/0.md:1:1 protocol-too-large: the files of the protocol are larger than \
         16777216 bytes",
    );
    check_files(&[], ":1:1 missing-protocol-file: the folder has no `protocol.toml`");
}

#[test]
fn calendars_are_read_by_the_names_of_their_files() {
    let nl: &[u8] = b"id = 'nl'\ntitle = 'NL'\nvalid = { from = 2000, to = 2030-12-31 }\n\
        [[holiday]]\nname = 'King'\non = '27 april'\nevery = { years = 5, from = 1990 }\n";
    let text = HEAD.as_bytes();
    let written = check_files(
        &[
            ("protocol.toml", text),
            ("calendars/nl.toml", nl),
            ("calendars/works.ics", b"BEGIN:VCALENDAR\r\n"),
            ("shipped:calendars/nl.toml", b"this is not read, for the name is taken"),
            ("shipped:calendars/eu.toml", b"id = 'eu'\ntitle = 'EU'\nholiday = []\n"),
        ],
        "",
    )
    .unwrap();
    let sets: Vec<_> =
        written.holiday_sets.iter().map(|it| (it.id.value.as_str(), it.shipped)).collect();
    assert_eq!(sets, [("nl", false), ("eu", true)]);
    assert_eq!(written.ics[0].id, "works");
    check_files(
        &[("protocol.toml", text), ("calendars/be.toml", nl), ("calendars/be.ics", b"")],
        "calendars/be.toml:1:1 duplicate-name: the calendar file `be` is written twice",
    );
    check_files(
        &[("protocol.toml", text), ("calendars/be.toml", nl)],
        "calendars/be.toml:1:6 bad-name: the id `nl` is not the name of its file",
    );
}
