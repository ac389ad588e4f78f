//! Few kinds of entries, joined so that a careless search would take for ever.

use crate::figures::check;
use crate::made::{FINE, HEAD, STAGES, alone, each, with};

/// Clocks of which each starts at the breach of the one before.
#[test]
fn a_chain_of_deadlines() {
    let deadline = |at: usize| {
        let starts = match at.checked_sub(1) {
            Some(before) => format!("breach:d{before}"),
            None => "opened".to_owned(),
        };
        format!(
            "[deadlines.d{at}]\nwho = 'officer'\nstarts = '{starts}'\nwithin = '5 working days'\n\
             met_by = ['answered']\nbreach = {{ tells = ['boss'] }}\n"
        )
    };
    check("clocks", &with(&each(1_900, deadline)), FINE);
}

/// Stages from the last in the file to the first.
#[test]
fn a_chain_of_stages_from_the_end_of_the_file() {
    let stage = |at: usize| {
        let start = if at == 1_900 { "start = true\n" } else { "" };
        let to = at.checked_sub(1).map_or("closed".to_owned(), |next| format!("s{next}"));
        format!("[stages.s{at}]\n{start}owner = 'officer'\non.answered = {{ to = '{to}' }}\n")
    };
    let all = each(1_901, stage);
    check("backwards", &alone(format!("{HEAD}{all}[stages.closed]\nend = true\n")), FINE);
}

/// A circle of stages that time alone leads through, once for each rung: 19,000 pairs in a row.
#[test]
fn a_long_way_by_time_alone() {
    let rungs = each(20, |at| format!("[[ladder]]\nrung = 'r{at}'\nhandled_by = 'officer'\n"));
    let stage = |at: usize| {
        let start = if at == 0 { "start = true\n" } else { "" };
        let on = if at == 0 { "on.answered = { to = 'closed' }\n" } else { "" };
        let to = match at {
            949 => "to = 's0', escalate = true".to_owned(),
            _ => format!("to = 's{}'", at + 1),
        };
        format!(
            "[stages.s{at}]\n{start}owner = 'officer'\nafter = {{ '5 working days' = {{ {to} }} }}\n{on}"
        )
    };
    let all = each(950, stage);
    let text = format!("{HEAD}{rungs}{all}[stages.closed]\nend = true\n");
    check("circle-of-stages", &alone(text), "endless-cycle");
}

/// `n` rules of severity over `fields` fields, as many cases as fields allow.
fn severity(n: usize, fields: usize, kind: &str, when: impl Fn(usize) -> String) -> String {
    let field = |at| format!("[fields.f{at}]\n{kind}\n");
    let rule = |at| format!("[[severity.rules]]\nwhen = '{}'\nis = 'high'\n", when(at));
    let table = "[severity]\nlevels = ['low', 'high']\npolicy = 'highest'\n";
    format!("{HEAD}{STAGES}{}{table}{}", each(fields, field), each(n, rule))
}

#[test]
fn a_decision_table_of_very_many_cases() {
    let number = "type = 'number'\ndefault = 0";
    let numbers = severity(440, 2, number, |at| format!("f{} > {at}", at % 2));
    check("two-numbers", &alone(numbers), "severity-gap");
    let flag = "type = 'flag'\ndefault = false";
    let flags = severity(1_900, 17, flag, |at| format!("f{} && !f{}", at % 17, (at + 1) % 17));
    check("seventeen-flags", &alone(flags), "severity-gap");
}
