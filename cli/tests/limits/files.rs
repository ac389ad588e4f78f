//! Files that are too large, too many, in circles, or no text.

use crate::figures::check;
use crate::made::{FINE, HEAD, STAGES, alone, each, with};

fn file(path: &str, text: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (path.to_owned(), text.into())
}

/// The whole protocol in `protocol.toml`, which includes these files.
fn including(paths: &str, others: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let mut files = alone(format!("include = [{paths}]\n{HEAD}{STAGES}"));
    files.extend(others);
    files
}

#[test]
fn a_small_protocol_is_fine() {
    check("small", &with(""), FINE);
}

#[test]
fn more_than_a_mebibyte_or_sixteen() {
    check("large-file", &with(&"# comment\n".repeat(200_000)), "file-too-large");
    let paths = each(17, |n| format!("'f{n}.toml', "));
    let large = |n: usize| file(&format!("f{n}.toml"), "# x\n".repeat(250_000));
    let files = including(&paths, (0..17).map(large).collect());
    check("large-protocol", &files, "protocol-too-large");
}

#[test]
fn as_much_as_a_protocol_may_hold() {
    let title = "t".repeat(500);
    let paths = each(14, |n| format!("'f{n}.toml', "));
    let fields = |n: usize| {
        let field = |at| format!("f{n}_{at} = {{ type = 'flag', title = '{title}' }}\n");
        file(&format!("f{n}.toml"), format!("[fields]\n{}", each(1_800, field)))
    };
    let files = including(&paths, (0..14).map(fields).collect());
    check("full", &files, "too-many-entries");
}

#[test]
fn files_that_include_each_other() {
    let circle =
        vec![file("a.toml", "include = ['b.toml']"), file("b.toml", "include = ['a.toml']")];
    check("circle", &including("'a.toml'", circle), "include-cycle");
    let next = |n: usize| file(&format!("f{n}.toml"), format!("include = ['f{}.toml']", n + 1));
    check("chain", &including("'f0.toml'", (0..900).map(next).collect()), "nested-too-deep");
    let paths = each(900, |n| format!("'f{n}.toml', "));
    let fan = |n: usize| file(&format!("f{n}.toml"), format!("include = [{paths}]"));
    check("fan", &including(&paths, (0..900).map(fan).collect()), "include-cycle");
}

#[test]
fn files_outside_the_folder() {
    for (name, path) in [("up", "../x.toml"), ("root", "/etc/passwd"), ("drive", "C:x.toml")] {
        check(name, &including(&format!("'{path}'"), Vec::new()), "include-outside");
    }
}

#[test]
fn bytes_that_are_no_text() {
    let text = format!("{HEAD}{STAGES}");
    check("latin-1", &alone([text.as_bytes(), b"# caf\xe9\n"].concat()), "not-utf8");
    check("nothing", &alone(""), "missing-key");
    check("zeros", &alone(vec![0_u8; 900_000]), "hidden-character");
    check("all-bytes", &alone((0..=255).cycle().take(900_000).collect::<Vec<u8>>()), "not-utf8");
    check("mark", &alone(format!("\u{feff}{text}")), "byte-order-mark");
    let unpaired = "# \u{202e}\u{2066}\n".repeat(50_000);
    check("both-ways", &alone(format!("{text}{unpaired}")), "hidden-character");
    let look_alike = text.replace("[stages.closed]", "[stages.сlosed]");
    check("look-alike", &alone(look_alike), "bad-name");
}

#[test]
fn junk_of_a_mebibyte() {
    check("junk", &with(&"@".repeat(900_000)), "toml-syntax");
    check("quote", &with(&format!("x = \"\"\"{}", "a\n".repeat(400_000))), "toml-syntax");
    check("lines", &with(&"\n".repeat(900_000)), FINE);
    check("windows-lines", &with(&"\r\n".repeat(400_000)), FINE);
}

#[test]
fn calendars_that_programs_write() {
    let event =
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fair\r\nDTSTART;VALUE=DATE:20260504\r\nEND:VEVENT\r\n";
    let calendar = |events: &str| {
        let text =
            format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n");
        let head = HEAD.replace("\nhours = ", "\nholidays = ['mine']\nhours = ");
        let mut files = alone(format!("{head}{STAGES}"));
        files.push(file("calendars/mine.ics", text));
        files
    };
    check("events", &calendar(&event.repeat(2_000)), FINE);
    check("too-many-events", &calendar(&event.repeat(8_000)), "too-many-entries");
    check("nested-events", &calendar(&"BEGIN:VEVENT\r\n".repeat(3_000)), "bad-day");
    check("folded", &calendar(&"SUMMARY:\r\n ".repeat(60_000)), "bad-day");
    let long = event.replace("END", "DTEND;VALUE=DATE:99990504\r\nEND");
    check("long-event", &calendar(&long), "bad-day");
    let often = event.replace("END", "RRULE:FREQ=SECONDLY\r\nEND");
    check("every-second", &calendar(&often), "bad-day");
}
