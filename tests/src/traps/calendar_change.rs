//! A calendar is amended while many cases are open.

use std::collections::BTreeMap;
use std::time::{Duration, Instant as Stopwatch};

use engine::machine::{Amendment, Machine};
use engine::runtime::{Case, Context, FactKind, apply, ledger, wake};
use engine::text::SourceSet;
use engine::time::{Instant, NaiveDate};

use super::case::{case, shipped};

/// 2026-06-01T08:00Z, a Monday.
const MONDAY: i64 = 1_780_300_800_000;
const MINUTE: i64 = 60_000;
const CASES: usize = 2_000;
/// Each case stands for so many: 100,000 altogether.
const COPIES: usize = 50;
/// Nothing here is optimised, and the machine may be busy.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// The housing code, before and after 10 June 2026 was declared a holiday.
fn machines() -> (Machine, Machine) {
    let before = shipped("uk-housing-code");
    let amended = before.files().map(|(_, file)| {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let day = "closed = [{ on = 2026-06-10, name = \"Day of mourning\" }]\n";
        let text = text.replace("[time]\n", &format!("{day}\n[time]\n"));
        (file.path.clone(), text.into_bytes())
    });
    let after = SourceSet::new("", amended);
    (engine::load(&before).0.unwrap(), engine::load(&after).0.unwrap())
}

/// Cases that were opened from one Monday on, one every ten minutes.
fn cases(machine: &Machine) -> Vec<Case> {
    let at =
        |number: usize| Instant::from_ms(MONDAY + i64::try_from(number).unwrap() * 10 * MINUTE);
    (0..CASES).map(|number| case(machine, at(number)).0).collect()
}

/// How many clocks are due at another instant by the calendar of a machine than was recorded.
fn moved(machine: &Machine, cases: &[Case]) -> usize {
    let clocks = cases.iter().flat_map(|case| case.clocks.iter().map(move |it| (case, it)));
    let due = |case, clock| ledger(machine, case, clock).unwrap().1.and_then(|it| it.at);
    clocks.filter(|(case, clock)| due(case, clock) != clock.times.due).count()
}

#[test]
fn e12_a_hundred_thousand_cases_are_counted_again_in_bounded_time() {
    let (before, after) = machines();
    let cases = cases(&before);
    assert_eq!(moved(&before, &cases), 0);
    let begin = Stopwatch::now();
    let n_moved: usize = (0..COPIES).map(|_| moved(&after, &cases)).sum();
    assert!(begin.elapsed() < WAIT_MAX, "{:?}", begin.elapsed());
    assert!(n_moved > CASES * COPIES / 4, "{n_moved}");
}

/// A case keeps what was recorded under the calendar that held then, whatever holds later.
#[test]
fn g1_an_amended_calendar_moves_nothing_that_was_recorded() {
    let (before, after) = machines();
    let (case, _, strings) = case(&before, Instant::from_ms(MONDAY + 4 * 24 * 60 * MINUTE));
    assert!(moved(&after, std::slice::from_ref(&case)) > 0);
    let later = Instant::from_ms(MONDAY + 60 * 24 * 60 * MINUTE);
    let first_due = |machine: &Machine| {
        let decision = wake(machine, &case, later, &Context::new(&strings)).unwrap();
        let breached = |kind| matches!(kind, FactKind::Breached { .. });
        decision.facts.iter().find(|it| breached(it.kind)).map(|it| it.at)
    };
    assert_eq!(first_due(&before), case.clocks.iter().filter_map(|it| it.times.due).min());
    assert_eq!(first_due(&after), first_due(&before));
}

#[test]
fn e12_nobody_is_told_twice_after_the_calendar_changed() {
    let (before, after) = machines();
    for mut case in cases(&before).into_iter().step_by(20) {
        let strings = before.strings();
        let context = Context::new(&strings);
        let mut n_breaches: BTreeMap<_, usize> = BTreeMap::new();
        // Somebody looks once before the change, and twice at the same instant after it.
        for (machine, days) in [(&before, 8), (&after, 30), (&after, 30), (&before, 30)] {
            let until = Instant::from_ms(MONDAY + days * 24 * 60 * MINUTE);
            let decision = wake(machine, &case, until, &context).unwrap();
            for fact in &decision.facts {
                if let FactKind::Breached { clock } = fact.kind {
                    *n_breaches.entry(clock).or_default() += 1;
                }
                apply(&mut case, fact);
            }
        }
        assert!(!n_breaches.is_empty() && n_breaches.values().all(|it| *it == 1), "{n_breaches:?}");
    }
}

/// What begins to be counted after an amendment counts by it, whoever looks and when: the working
/// that a clock has is that of the instant at which it falls due.
#[test]
fn e12_a_clock_that_begins_after_an_amendment_counts_by_it() {
    let (mut machine, _) = engine::load(&shipped("small-business"));
    let machine = machine.as_mut().unwrap();
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
    let amendment = Amendment {
        id: "mourning".to_owned(),
        calendar: "nl".to_owned(),
        closed: vec![day(16), day(17)],
        open: Vec::new(),
        name: "Day of mourning".to_owned(),
    };
    assert!(machine.amend(&amendment));
    let (mut case, _, strings) = case(machine, Instant::from_ms(MONDAY));
    let n_clocks = case.clocks.len();
    for days in 1..40 {
        let until = Instant::from_ms(MONDAY + days * 24 * 60 * MINUTE);
        let decision = wake(machine, &case, until, &Context::new(&strings)).unwrap();
        decision.facts.iter().for_each(|fact| apply(&mut case, fact));
    }
    assert!(case.clocks.len() > n_clocks, "nothing began later");
    assert_eq!(moved(machine, std::slice::from_ref(&case)), 0);
    // Begun on Tuesday 2 June, ten working days: without the 16th and the 17th, up to the 18th.
    let informed = case
        .clocks
        .iter()
        .find(|it| machine.protocol.deadlines[it.id.deadline.index()].name == "keep_informed");
    let due = informed.unwrap().times.due.unwrap();
    assert_eq!(due.to_string(), "2026-06-18T15:00:00Z");
}
