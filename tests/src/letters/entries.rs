//! Letters that go through the entries of a record.

use std::fmt::Write;

use engine::letter::{Letter, Unwritten};
use engine::model::Party;
use engine::text::SourceSet;

use crate::letters::shop::{first_sent, sources_of};

const SHOP: &str = "
[protocol]
id = 'shop'
title = 'Shop'
version = '1'
language = 'en'
zone = 'Europe/Amsterdam'
effective = { from = 2026-01-01 }
accountable = 'clerk'
source = 'house rules'
[time]
backdate = '5 calendar days'
ends = 'midnight'
[roles]
clerk = { title = 'Clerk' }
[fields]
summary = { type = 'text' }
[records.undertaking]
by = ['clerk']
done = true
also = ['closed']
[records.undertaking.fields]
what = { type = 'text' }
due = { type = 'date', optional = true, changes = true }
cost = { type = 'money', currency = 'EUR', optional = true }
how = { type = 'choice', of = ['letter', 'call'], default = 'letter' }
who = { type = 'role', default = 'clerk' }
witness = { type = 'text', personal = true, optional = true }
[words.undertaking.how]
letter = { en = 'by letter' }
call = { en = 'by telephone' }
[events]
answered = { by = ['clerk'] }
[stages.received]
start = true
owner = 'clerk'
[stages.received.on.answered]
to = 'closed'
sends = ['answer']
[stages.closed]
end = true
[retention.persons]
what = 'personal'
keep = '2 years'
after = 'stage:closed'
[deadlines.keep]
for_each = 'undertaking'
who = 'clerk'
due = 'undertaking.due'
after_close = true
breach = { tells = ['clerk'] }
[letters]
answer = { to = ['complainant'], copy = ['respondent'], states = [STATES] }
";

/// The shop with this text of its letter, which must state these.
fn shop(states: &str, body: &str) -> SourceSet {
    sources_of(SHOP.replace("STATES", states), "Complaint", body)
}

/// What is wrong with a text: the codes and messages, without the warning that nobody else may
/// know.
fn faults(states: &str, body: &str) -> Vec<String> {
    let (_, found) = engine::load(&shop(states, body));
    let say = |it: &engine::diagnostic::Diagnostic| {
        let help = it.help.clone().unwrap_or_default();
        format!("{}: {}; {help}", it.code.name, it.message)
    };
    found.iter().map(say).collect()
}

/// One fault of this code, and something that it says.
fn one_fault(body: &str, code: &str, says: &str) {
    let found = faults("", body);
    let is_it = |it: &String| it.starts_with(code) && it.contains(says);
    assert!(found.len() == 1 && found.iter().all(is_it), "{body}: {found:#?}");
}

/// The letter to somebody about a case with these steps before the answer.
fn written(body: &str, steps: &str, to: Party) -> Result<Letter, Unwritten> {
    let text = format!(
        "title = 'a'\n[opened]\nat = 2026-04-13T10:00:00\nby = 'clerk'\n{steps}\
         [[step]]\nevent = 'answered'\n"
    );
    first_sent(&shop("", body), text, to)
}

fn text(body: &str, steps: &str) -> String {
    let text = draw::letter::text(&written(body, steps, Party::Complainant).unwrap(), 72);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const PROMISES: &str = "
[[step]]
event = 'undertaking'
with = { what = 'refund <b>all</b>', due = 2026-04-20, cost = 12.5, how = 'call' }
[[step]]
event = 'undertaking'
with = { what = 'write to *you*' }
[[step]]
event = 'undertaking_done'
";

#[test]
fn a_letter_says_every_entry_and_what_they_are_for_only_where_there_are_any() {
    let body = "\
{% if undertaking is set %}
## What we promised
{% for u in undertaking %}
- {{ u.what }} {{ u.words.how }}, said on {{ u.at | date }}{% if u.due is set %}, by {{ u.due | date }}{% endif %}{% if u.cost is set %} for {{ u.cost | money }}{% endif %}{% if u.done %} (done at {{ u.done_at | time }}){% endif %} {{ u.words.who }}
{% endfor %}
{% else %}
We promised nothing.
{% endif %}
";
    assert_eq!(faults("'undertaking.what', 'undertaking.how'", body), [""; 0]);
    let said = text(body, PROMISES);
    assert!(said.contains("What we promised") && !said.contains("nothing"), "{said}");
    assert!(
        said.contains("refund <b>all</b> by telephone, said on Monday 13 April 2026"),
        "{said}"
    );
    assert!(said.contains("Monday 20 April 2026 for €"), "{said}");
    assert!(said.contains("12.50 (done at 10:00) Clerk"), "{said}");
    assert!(said.contains("write to *you* by letter, said on"), "{said}");
    let none = text(body, "");
    assert!(none.contains("We promised nothing.") && !none.contains("What we"), "{none}");
}

#[test]
fn entries_are_left_out_by_a_condition_and_joined_in_a_line() {
    let body = "Still open:{% for u in undertaking if not u.done %}\
                {% if loop.first %} here{% endif %} {{ u.what }}{% if not loop.last %},{% endif %}\
                {% else %} none{% endfor %}.\n";
    assert_eq!(faults("", body), [""; 0]);
    let add = "[[step]]\nevent = 'undertaking'\nwith = { what = 'more' }\n";
    let said = text(body, &format!("{PROMISES}{add}"));
    assert!(said.contains("Still open: here write to *you*, more."), "{said}");
    assert!(text(body, "").contains("Still open: none."));
    // Who must state every promise, cannot leave out those that were kept.
    let left_out = faults("'undertaking.what'", body);
    assert!(left_out.iter().any(|it| it.starts_with("letter-leaves-out")), "{left_out:?}");
}

#[test]
fn h8_entries_do_not_tell_others_who_complained() {
    let body = "{% for u in undertaking %}{% if u.witness is set %}{{ u.witness }} saw it. \
                {% endif %}{% endfor %}End.\n";
    one_fault(body, "letter-tells-personal", "u.witness");
    let steps = "[[step]]\nevent = 'undertaking'\nwith = { what = 'a', witness = 'J. Jansen' }\n";
    let own = draw::letter::text(&written(body, steps, Party::Complainant).unwrap(), 72);
    assert!(own.contains("J. Jansen saw it."), "{own}");
    let other = draw::letter::text(&written(body, steps, Party::Respondent).unwrap(), 72);
    assert!(other.contains("(not disclosed) saw it.") && !other.contains("Jansen"), "{other}");
}

#[test]
fn what_entries_cannot_say_is_found_before_anybody_is_written_to() {
    let each = |inner: &str| format!("{{% for u in undertaking %}}{inner}{{% endfor %}}.\n");
    let said = [
        (each("{{ u.waht }}"), "letter-unknown-name", "`u.what`"),
        (each("{{ u }}"), "letter-unknown-name", "`u.what`"),
        (each("{{ u.what.more }}"), "letter-unknown-name", "`u.what`"),
        (each("{{ u.words.what }}"), "letter-unknown-name", "is no choice"),
        (each("{{ loop.index }}"), "letter-unknown-name", "`loop.first`"),
        (each("{{ u.due | date }}"), "letter-may-lack", "`{% if u.due is set %}`"),
        (each("{{ u.done_at | date }}"), "letter-may-lack", "u.done_at"),
        (each("{{ u.at }}"), "letter-printed-raw", "an instant"),
        (each("{{ u.how }}"), "letter-printed-raw", "{{ u.words.how }}"),
        (each("{{ u.done }}"), "letter-printed-raw", "a flag"),
        (each("{{ undertaking }}"), "letter-printed-raw", "a list of entries"),
        (each("{% if u.how == 'fax' %}a{% endif %}"), "letter-too-rich", "never `fax`"),
        (each("{% for v in undertaking %}a{% endfor %}"), "letter-too-rich", "one record at"),
        (each("{% block a %}a{% endblock %}"), "letter-too-rich", "once for each"),
        ("{{ undertaking.what }}".to_owned(), "letter-unknown-name", "{% for x in undertaking"),
        ("{{ u.what }}".to_owned(), "letter-unknown-name", "u.what"),
        ("{% if undertaking %}a{% endif %}".to_owned(), "letter-too-rich", "undertaking is set"),
        ("{% for u in summary %}a{% endfor %}".to_owned(), "letter-too-rich", "in undertaking"),
        ("{% for u in [1] %}a{% endfor %}".to_owned(), "letter-too-rich", "in undertaking"),
        ("{% for u in undertakin %}a{% endfor %}".to_owned(), "letter-unknown-name", "undertaking"),
        ("{% for a, b in undertaking %}a{% endfor %}".to_owned(), "letter-too-rich", "one name"),
        ("{% for summary in undertaking %}a{% endfor %}".to_owned(), "letter-too-rich", "taken"),
        ("{{ deadline.keep.due | date }}".to_owned(), "letter-unknown-name", "x.due | date"),
        ("{{ deadline.keep.term | term }}".to_owned(), "letter-unknown-name", "for x in"),
    ];
    for (body, code, says) in said {
        let says = if says == "taken" { "already means" } else { says };
        one_fault(&body, code, says);
    }
}

#[test]
fn what_a_letter_must_state_of_entries_is_a_field_that_they_have() {
    let body = "{% for u in undertaking %}{{ u.what }}. {% endfor %}End.\n";
    assert_eq!(faults("'undertaking.what'", body), [""; 0]);
    for (states, code, says) in [
        ("'undertaking.how'", "letter-leaves-out", "`undertaking.how`"),
        ("'undertaking.waht'", "unknown-statement", "undertaking.what"),
        ("'deadline.keep.due'", "unknown-statement", "undertaking.due"),
    ] {
        let found = faults(states, body);
        let is_it = |it: &String| it.starts_with(code) && it.contains(says);
        assert!(found.len() == 1 && found.iter().all(is_it), "{states}: {found:#?}");
    }
}

#[test]
fn a_thousand_entries_are_written_and_more_work_than_that_is_found_by_check() {
    let body = "{% for u in undertaking %}\n- {{ u.what }} {{ u.words.how }}\n{% endfor %}\nEnd.\n";
    let mut steps = String::new();
    for number in 1..=1_000 {
        let step = "[[step]]\nevent = 'undertaking'\nwith = { what = 'promise";
        writeln!(steps, "{step} {number}' }}").unwrap();
    }
    let said = text(body, &steps);
    assert!(said.contains("promise 1 by letter") && said.contains("promise 1000 by letter"));
    let much = "{% if u.how == 'call' %}a{% else %}b{% endif %}".repeat(140);
    one_fault(
        &format!("{{% for u in undertaking %}}{much}{{% endfor %}}."),
        "letter-too-rich",
        "with 1000 entries it takes more steps",
    );
}
