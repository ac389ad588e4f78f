//! More of everything than any procedure has.

use crate::figures::check;
use crate::made::{FINE, HEAD, STAGES, alone, each, with};

/// Stages one after the other, the last of them the end.
fn stages(n: usize) -> Vec<(String, Vec<u8>)> {
    let stage = |at: usize| {
        let start = if at == 0 { "start = true\n" } else { "" };
        let to = if at + 2 < n { format!("s{}", at + 1) } else { "closed".to_owned() };
        format!("[stages.s{at}]\n{start}owner = 'officer'\non.answered = {{ to = '{to}' }}\n")
    };
    let all = each(n - 1, stage);
    alone(format!("{HEAD}{all}[stages.closed]\nend = true\n"))
}

fn deadlines(n: usize) -> Vec<(String, Vec<u8>)> {
    let deadline = |at| {
        format!(
            "[deadlines.d{at}]\nwho = 'officer'\nstarts = 'opened'\nwithin = '5 working days'\n\
             met_by = ['answered']\n"
        )
    };
    with(&each(n, deadline))
}

/// `n` rules of severity over `fields` numbers.
fn severity(n: usize, fields: usize) -> Vec<(String, Vec<u8>)> {
    let field = |at| format!("[fields.f{at}]\ntype = 'number'\ndefault = 0\n");
    let rule = |at| format!("[[severity.rules]]\nwhen = 'f{} > {at}'\nis = 'high'\n", at % fields);
    let table = "[severity]\nlevels = ['low', 'high']\npolicy = 'highest'\n";
    with(&format!("{}{table}{}", each(fields, field), each(n, rule)))
}

#[test]
fn as_many_entries_as_a_table_may_have() {
    let table = |text: &str, n: usize| with(&each(n, |at| text.replace('#', &at.to_string())));
    check("fields", &table("[fields.f#]\ntype = 'number'\n", 2_000), FINE);
    check("roles", &table("[roles.r#]\ntitle = 'R'\n", 1_998), "role-never-used");
    check("letters", &table("[letters.l#]\nto = ['complainant']\n", 2_000), "letter-never-sent");
    check("events", &table("[events.e#]\nby = ['officer']\n", 1_999), "event-never-allowed");
    let condition = "[conditions.c#]\nsays = 'x'\nis = 'stage == \"open\"'\n";
    check("conditions", &table(condition, 2_000), "condition-never-used");
    check("deadlines", &deadlines(2_000), "same-duty-twice");
    check("stages", &stages(1_000), FINE);
}

#[test]
fn more_entries_than_a_table_may_have() {
    check("10000-stages", &stages(10_000), "too-many-entries");
    check("5000-deadlines", &deadlines(5_000), "too-many-entries");
    check("5000-rules", &severity(5_000, 50), "too-many-entries");
    check("60000-rungs", &with(&"[[ladder]]\n".repeat(60_000)), "missing-key");
    let keys = each(50_000, |at| format!("a{at} = 1\n"));
    check("keys", &with(&format!("[x]\n{keys}")), "unknown-key");
    let roles = "'officer', ".repeat(80_000);
    check("roles-again", &with(&format!("[events.e]\nby = [{roles}]\n")), "duplicate-in-list");
}

#[test]
fn a_decision_table_over_many_fields() {
    check("2000-rules", &severity(2_000, 50), "severity-gap");
    check("2000-rules-of-two", &severity(2_000, 2), "severity-gap");
    check("2000-rules-of-one", &severity(2_000, 1), "severity-gap");
}

#[test]
fn calendars_and_their_holidays() {
    let calendar = |at| {
        format!(
            "[calendars.c{at}]\nhours = {{ mon-fri = ['09:00-17:00'] }}\n\
             holidays = ['england-and-wales', 'nl', 'eu']\n"
        )
    };
    check("many-calendars", &with(&each(1_999, calendar)), "too-many-entries");
    let closed = each(1_990, |at| format!("{{ on = 'easter + {} days', name = 'x' }},", at % 40));
    let twice = each(2, |at| {
        format!("[calendars.c{at}]\nhours = {{ mon = ['09:00-17:00'] }}\nclosed = [{closed}]\n")
    });
    check("many-holidays", &with(&twice), "closed-anyway");
}

#[test]
fn names_and_texts_of_a_mebibyte() {
    let title = format!("title = \"{}\"", "x".repeat(900_000));
    let whole = format!("{HEAD}{STAGES}");
    check("title", &alone(whole.replace("title = \"Made\"", &title)), FINE);
    check("name", &alone(whole.replace("closed", &"c".repeat(300_000))), "bad-name");
    check("term", &with(&deadline_within(&"9".repeat(500_000))), "bad-term");
    check("words", &with(&deadline_within(&"5 working ".repeat(50_000))), "bad-term");
    check("brackets", &with(&deadline_within(&"max(".repeat(100_000))), "bad-term");
}

fn deadline_within(text: &str) -> String {
    format!(
        "[deadlines.d]\nwho = 'officer'\nstarts = 'opened'\nwithin = '{text}'\nmet_by = ['answered']\n"
    )
}

#[test]
fn names_written_twice() {
    check("tables-twice", &with(&"[stages.open]\n".repeat(5_000)), "duplicate-name");
    check("keys-twice", &with(&format!("[x]\n{}", "a = 1\n".repeat(100_000))), "duplicate-name");
}
