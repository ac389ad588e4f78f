//! Faults inside one file.

use super::checked::check;
use super::checked::check_files;

#[test]
fn an_unknown_key_is_reported_at_the_key() {
    check(
        "[roles.boss]\ntitle = 'Boss'\nexternl = true\n[stage]\n",
        "3:1 unknown-key: role `boss` has no key `externl`
         4:2 unknown-key: the protocol has no key `stage`",
    );
}

#[test]
fn a_missing_key_is_reported_at_its_owner() {
    check(
        "[roles.boss]\n[deadlines.d]\nmet_by = 'x'\nbreach = {}\n[[deadlines.d.extend]]\non='e'\n",
        "1:8 missing-key: role `boss` has no `title`
         2:12 missing-key: deadline `d` has no `who`
         5:1 missing-key: an entry of `extend` has no `times`",
    );
    check_files(
        &[("protocol.toml", b"[time]\n")],
        "protocol.toml:1:1 missing-key: the protocol has no `[protocol]`",
    );
}

#[test]
fn a_wrong_type_says_what_is_expected() {
    check(
        "[roles]\nboss = { title = 7 }\nagent = 'x'\n[events.e]\nby = [1]\nreason = 'yes'\n",
        "2:18 wrong-type: `title` takes a text in quotes, not a whole number
         3:9 wrong-type: `agent` takes a table, not a text
         5:7 wrong-type: `by` takes a name or a list of names, not a whole number
         6:10 wrong-type: `reason` takes `true` or `false`, not a text",
    );
    check(
        "[fields]\nf = { type = 'number', default = 0x1F }\ng = { type = 'number', default = 1e3 }\n",
        "2:34 wrong-type: `default` takes a text, a decimal number, `true`, `false` or a date, \
         not a whole number
         3:34 wrong-type: `default` takes a text, a decimal number, `true`, `false` or a date, \
         not a number with a point",
    );
    check(
        "[deadlines.d]\nwho = 'a'\nwithin = 3\nextend = { on = 'e' }\nmet_by = [{ when = 'x' }]\n",
        "3:10 wrong-type: `within` takes a term such as `\"10 working days\"`, a table by levels, \
         or a list of choices, not a whole number
         4:10 wrong-type: `extend` takes a list of tables, not a table
         5:11 missing-key: an entry of `met_by` has no `on`",
    );
}

#[test]
fn a_name_written_twice_is_reported_at_the_second_place() {
    check(
        "[roles.a]\ntitle = 'A'\ntitle = 'B'\n[roles.b]\ntitle = 'B'\n[roles.a]\n",
        "3:1 duplicate-name: the key `title` is written twice
         6:8 duplicate-name: the key `a` is written twice",
    );
    check(
        "[[ladder]]\nrung = 'r'\nhandled_by = 'a'\n[[ladder]]\nrung = 'r'\nhandled_by = 'b'\n",
        "5:8 duplicate-name: the rung `r` is written twice",
    );
}

#[test]
fn every_line_that_breaks_the_grammar_is_reported() {
    check(
        "[roles.a\ntitle = 'A'\n[events]\ne = = 1\nf = unquoted\n",
        "1:9 toml-syntax: this is not TOML: unclosed table, expected `]`
         4:5 toml-syntax: this is not TOML: extra `=`
         5:5 toml-syntax: this is not TOML: text must stand in quotes",
    );
}

#[test]
fn a_name_holds_no_letter_that_looks_like_another() {
    check(
        "[roles.\u{430}gent]\ntitle = 'A'\n",
        "1:8 bad-name: the name `\u{430}gent` holds `\u{430}` (U+0430), which only looks like \
         the letter `a`",
    );
    check(
        "[roles.'2 nd']\ntitle = 'A'\n[roles.2nd]\ntitle = 'A'\ndeputy = 'b\u{e9}'\n",
        "1:8 bad-name: the name `2 nd` holds a blank
         3:8 bad-name: the name `2nd` starts with `2`
         5:10 bad-name: the name `b\u{e9}` holds `\u{e9}` (U+00E9)",
    );
    let long = "k".repeat(65);
    check(
        &format!("[events.{long}]\nby = 'a'\n"),
        &format!("1:9 bad-name: the name `{}…` is 65 bytes long, at most 64 fit", "k".repeat(48)),
    );
}

#[test]
fn what_cannot_be_seen_is_reported_raw_and_escaped() {
    check(
        "# a\u{202e}b\n[texts]\nx = 'a\u{200b}b'\n",
        "1:4 hidden-character: the text holds a mark that changes the direction of writing (U+202E)
         3:7 hidden-character: the text holds an invisible character (U+200B)",
    );
    check(
        "[texts]\nx = \"a\\u202Eb\"\n",
        "2:5 hidden-character: the text holds a mark that changes the direction of writing (U+202E)",
    );
}

#[test]
fn a_list_that_must_say_something_is_not_empty() {
    check(
        "[events]\ne = { by = [] }\n[stages.s.on]\ne = []\n[deadlines.d]\nwho='a'\nwithin=[]\n",
        "2:12 empty-list: `by` of event `e` is empty
         4:5 empty-list: `e` of `on` of stage `s` is empty
         7:8 empty-list: `within` of deadline `d` is empty",
    );
}

#[test]
fn no_table_or_list_is_longer_than_its_limit() {
    let many: String = (0..2_001).map(|it| format!("t{it} = 'x'\n")).collect();
    check(
        &format!("[texts]\n{many}"),
        "2002:1 too-many-entries: `[texts]` has 2001 entries, at most 2000 are read",
    );
    let many = "'a',".repeat(2_001);
    check(
        &format!("[events.e]\nby = [{many}]\n"),
        "2:8007 too-many-entries: `by` of event `e` has 2001 entries, at most 2000 are read",
    );
}

#[test]
fn depth_never_reaches_the_parser() {
    let deep = format!("x = {}", "[".repeat(200_000));
    check(&deep, "1:21 nested-too-deep: the text is nested too deep");
    let dotted = format!("a{} = 1", ".a".repeat(200_000));
    check(&dotted, "1:16 nested-too-deep: the text is nested too deep");
}
