//! Lines that nobody should send: none makes the program fail, and none reaches the terminal.

use std::io::{BufReader, Cursor};

use cli::{Exit, Io, Place};

use crate::random::{Random, seed_from};

const DESK: &str = "suite/cli/protocols/desk";
const OPENED: &str = "at 2026-03-30T16:20\nopen by complainant summary=lamp\n";

/// What a script writes to standard error, and how it ends.
fn played(script: &[u8], place: &Place) -> (Exit, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = BufReader::new(Cursor::new(script));
    let place = place.clone();
    let mut io = Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, place };
    let words = ["protocol", "run", DESK, "--at", "2026-03-30T16:20"];
    let exit = cli::run(words.map(Into::into), &mut io);
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    for written in [&stdout, &stderr] {
        let hidden = written.chars().find(|it| it.is_control() && !matches!(it, '\n' | '\t'));
        assert_eq!(hidden, None, "{:?}", String::from_utf8_lossy(script));
    }
    (exit, stderr)
}

/// Checks what is said about the third line.
#[track_caller]
fn check(line: &[u8], expected: &str) {
    let script = [OPENED.as_bytes(), line, b"\nstate\n"].concat();
    let (exit, stderr) = played(&script, &Place::default());
    let first = stderr.lines().next().unwrap_or_default();
    assert_eq!(first, format!("standard input:3: {expected}"));
    assert_eq!(exit, Exit::CouldNotRun);
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_ends_the_script() {
    let hidden = "the line holds a character that nobody can see";
    check(b"state\0", &format!("{hidden} (U+0000)"));
    check(b"state \x1b[2J", &format!("{hidden} (U+001B)"));
    check("state \u{202e}etats".as_bytes(), &format!("{hidden} (U+202E)"));
    check(b"state \xff\xfe", "the line is not UTF-8");
    check(&vec![b'x'; 20_000], "the line has more than 16384 bytes");
    check(&vec![b'"'; 16_385], "the line has more than 16384 bytes");
}

#[test]
fn a_long_word_or_number_is_only_wrong() {
    let long = "x".repeat(10_000);
    let (exit, _) = played(format!("{OPENED}{long}\n").as_bytes(), &Place::default());
    assert_eq!(exit, Exit::CouldNotRun);
    for line in [
        "wait 99999999999999999999 working days",
        "wait 100 years",
        "until 9999-12-31T23:59:59.999",
        "until -262143-01-01",
        "until 262142-12-31",
        "listened heard=yes at 0001-01-01",
        "listened heard=yes at 2026-04-01 recorded 9998-12-31T00:00:00+23:59",
        "listened heard=yes agreed=9999-12-31",
        "listened heard=yes by agent:\"\"",
        "listened heard=yes by \"agent:é\"",
        "open for x against y summary=lamp",
        "=",
        "\"\" \"\" \"\"",
        "listened heard= =yes",
        "title \"\"",
        "explain \"\"",
        "save \"\"",
        "save /",
        "why",
        "try",
        "report",
    ] {
        for place in [Place::default(), Place { stdin_is_terminal: true, ..Place::default() }] {
            let (exit, stderr) = played(format!("{OPENED}{line}\nnext\n").as_bytes(), &place);
            assert_ne!(exit, Exit::Bug, "{line}: {stderr}");
        }
    }
}

#[test]
fn the_longest_play_ends_with_a_sentence() {
    let script = format!("{OPENED}{}", "wait 1 minute\n".repeat(1_100));
    let (exit, stderr) = played(script.as_bytes(), &Place::default());
    let said = "standard input:1002: a case that is played has at most 1000 steps\n";
    assert_eq!((exit, stderr.as_str()), (Exit::CouldNotRun, said));
    let (exit, stderr) = played("# nothing\n".repeat(10_100).as_bytes(), &Place::default());
    let said = "standard input:10001: a script has at most 10000 lines\n";
    assert_eq!((exit, stderr.as_str()), (Exit::CouldNotRun, said));
}

#[test]
fn words_in_any_order_are_read_or_refused() {
    let pieces = [
        "open",
        "listened",
        "answer_sent",
        "by",
        "agent",
        "agent:anna",
        "officer",
        "complainant",
        "heard=yes",
        "heard=",
        "outcome=upheld",
        "summary=\"a b\"",
        "agreed=2026-04-03",
        "via",
        "post",
        "at",
        "2026-04-01",
        "2026-04-01T10:00",
        "10:00",
        "recorded",
        "because",
        "\"x\"",
        "wait",
        "3",
        "working",
        "days",
        "1 month",
        "until",
        "next",
        "undo",
        "try",
        "why not",
        "explain",
        "answer",
        "may",
        "state",
        "due",
        "timeline",
        "title",
        "for",
        "against",
        "\"",
        "=",
        "#",
        "entered",
        "with",
        "é",
        "\u{7}",
    ];
    let seed = seed_from("PLAYS_SEED", 5);
    let mut random = Random::new(seed);
    for _ in 0..150 {
        let mut script = OPENED.to_owned();
        for _ in 0..12 {
            for _ in 0..=random.below(7) {
                script.push_str(random.one_of(&pieces).unwrap());
                script.push(' ');
            }
            script.push('\n');
        }
        let place = Place { stdin_is_terminal: random.one_in(2), ..Place::default() };
        let (exit, stderr) = played(script.as_bytes(), &place);
        assert_ne!(exit, Exit::Bug, "PLAYS_SEED={seed}\n{script}\n{stderr}");
    }
}
