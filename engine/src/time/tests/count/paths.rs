//! The two ways of counting days, by rank and day by day, must agree.

use crate::time::tests::holiday;
use crate::time::tests::plan;
use crate::time::tests::weekdays;
use crate::time::*;
use proptest::prelude::*;
use std::sync::LazyLock;

fn calendar(zone: &str) -> Calendar {
    let mut plan = plan(zone, weekdays(&["08:00-12:00", "13:00-18:00"]));
    plan.closed = ["1 january", "easter - 2 days", "easter + 1 day", "first monday of may"]
        .map(|on| holiday(on, parse_on(on).unwrap()))
        .to_vec();
    Calendar::build(plan)
}

// Two zones are enough here; the slow reference looks at more.
static CALENDARS: LazyLock<[Calendar; 2]> =
    LazyLock::new(|| ["Europe/Amsterdam", "America/Sao_Paulo"].map(calendar));

fn rules() -> impl Strategy<Value = Rules> {
    let first_day = prop::sample::select(vec![FirstDay::Next, FirstDay::Same]);
    let ends = prop::sample::select(vec![Ends::Close, Ends::Midnight, Ends::Exact]);
    let roll = prop::sample::select(vec![Roll::Forward, Roll::Back, Roll::None]);
    let outside_hours =
        prop::sample::select(vec![OutsideHours::AsIs, OutsideHours::NextWorkingDay]);
    let twice = prop::sample::select(vec![Twice::Earlier, Twice::Later]);
    (first_day, ends, roll, outside_hours, twice).prop_map(
        |(first_day, ends, roll, outside_hours, twice)| Rules {
            first_day,
            ends,
            roll,
            outside_hours,
            twice,
        },
    )
}

fn term() -> impl Strategy<Value = Term> {
    (prop::sample::select(&Unit::ALL[..]), 1_u32..60)
        .prop_map(|(unit, amount)| Term { amount, unit })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn by_rank_and_day_by_day(
        rules in rules(),
        term in term(),
        addition in prop::option::of(term()),
        // From 2046 two terms of 59 years still end before 2170.
        at in 0_i64..2_400_000_000_000,
        date_only: bool,
    ) {
        for calendar in CALENDARS.iter() {
            let allowance = Allowance::Term(term);
            let additions: Vec<Term> = addition.into_iter().collect();
            let start = Start { at: Instant::from_ms(at), date_only, receipt: true };
            let base = Base::Allowance(&allowance);
            let course = Course { start, base, additions: &additions, pauses: &[] };
            let by_rank = due(calendar, rules, &course);
            let mut ledger = Ledger::default();
            prop_assert_eq!(by_rank, due_with(calendar, rules, &course, &mut ledger));
            // A pause that is over before the start makes it walk, and changes nothing.
            let early = Pause { from: Instant::from_ms(-2), to: Some(Instant::from_ms(-1)) };
            let walked = due(calendar, rules, &Course { pauses: &[early], ..course });
            prop_assert_eq!(by_rank, walked);
            prop_assert!(!sentence(&ledger, calendar).is_empty());
            // A due instant is never before the start, and all of a course is its end. A course
            // may leave the years of a calendar; then both ways say so.
            let Ok(by_rank) = by_rank else { continue };
            let due = by_rank.at.unwrap();
            prop_assert!(due >= Instant::from_ms(at) || date_only);
            prop_assert_eq!(at_percent(calendar, rules, &course, 100).unwrap(), Some(due));
            let half = at_percent(calendar, rules, &course, 50).unwrap().unwrap();
            prop_assert!(half <= due);
        }
    }

    #[test]
    fn a_longer_term_never_ends_earlier(rules in rules(), term in term(), at in 0_i64..4_000_000_000_000) {
        let [calendar, _] = &*CALENDARS;
        let due_of = |amount| {
            let allowance = Allowance::Term(Term { amount, ..term });
            let start = Start { at: Instant::from_ms(at), date_only: false, receipt: true };
            let base = Base::Allowance(&allowance);
            due(calendar, rules, &Course { start, base, additions: &[], pauses: &[] }).unwrap().at
        };
        // Rolled back over a weekend three lengths may end on the same day, but never earlier.
        prop_assert!(due_of(term.amount) <= due_of(term.amount + 1));
    }
}
