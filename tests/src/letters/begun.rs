//! A clock that exists only once its letter was sent is due in that letter.

use engine::model::Party;

use crate::letters::shop::{first_sent, sources_of};

/// A shop that pays within ten days of the beginning, once it has answered: the condition stands for WHEN.
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
first_day = 'next'
ends = 'midnight'
roll = 'none'
receipt_outside_hours = 'as_is'
backdate = '5 calendar days'
[roles]
clerk = { title = 'Clerk' }
[fields]
urgent = { type = 'flag', default = false }
[events]
answered = { by = ['clerk'] }
paid = { by = ['clerk'] }
[stages.received]
start = true
owner = 'clerk'
[stages.received.on.answered]
sends = ['answer']
[stages.received.on.paid]
to = 'closed'
[stages.closed]
end = true
[deadlines.pay]
who = 'clerk'
starts = 'opened'
when = 'WHEN'
within = '10 calendar days'
met_by = ['paid']
breach = { tells = ['clerk'] }
[letters]
answer = { to = ['complainant'], states = ['deadline.pay.due'] }
";

const BODY: &str = "We pay by {{ deadline.pay.due | date }}.\n";

fn faults(when: &str) -> Vec<&'static str> {
    let (_, found) = engine::load(&sources_of(SHOP.replace("WHEN", when), "Answer", BODY));
    found.iter().map(|it| it.code.name).collect()
}

#[test]
fn the_letter_that_a_clock_waits_for_says_when_it_is_due() {
    let sent = "sent(\"answer\")";
    assert!(faults(sent).is_empty(), "{:?}", faults(sent));
    let sources = sources_of(SHOP.replace("WHEN", sent), "Answer", BODY);
    let steps = "title = 'a'\n[opened]\nat = 2026-04-13T10:00:00\nby = 'clerk'\n\
                 [[step]]\nat = 2026-04-15T09:00:00\nevent = 'answered'\n";
    let letter = first_sent(&sources, steps.to_owned(), Party::Complainant).unwrap();
    let text = draw::letter::text(&letter, 72);
    assert!(text.contains("We pay by Thursday 23 April 2026."), "{text}");
}

#[test]
fn a_clock_that_may_not_be_there_is_not_stated() {
    for when in ["urgent", "sent(\"answer\") && urgent", "!sent(\"answer\")"] {
        assert!(faults(when).contains(&"letter-may-lack"), "{when}: {:?}", faults(when));
    }
    assert!(faults("sent(\"answer\") || urgent").is_empty());
}
