//! What a change of a protocol may do to what is proved of it, and what it may not.

use std::mem::discriminant;

use analysis::{Asked, Options, Outcome, Verdict, prove};
use engine::model::GuaranteeId;

use super::compare::machine_of;
use super::made;

/// So many protocols are changed.
const PROTOCOLS: u64 = 6;

/// What is said of every guarantee of a protocol.
fn verdicts(text: &str) -> Vec<Verdict> {
    let machine = machine_of(text).unwrap();
    let ids = (0..machine.protocol.guarantees.len()).map(GuaranteeId::at);
    ids.map(|id| prove(&machine, Asked::Own(id), &Options::new(&machine))).collect()
}

fn days(verdict: &Verdict) -> Option<u32> {
    match &verdict.outcome {
        Outcome::Proved(proved) => proved.most_days,
        _ => None,
    }
}

/// A duty of its own, which nothing asks about and which does nothing but tell.
const UNRELATED: &str = r#"
[deadlines.unrelated]
who    = "clerk"
starts = "stage:s0"
within = "2 working days"
met_by = ["done0"]
breach = { tells = ["head"] }
"#;

#[test]
fn a_deadline_that_nothing_asks_about_changes_nothing() {
    for seed in 1_000..1_000 + PROTOCOLS {
        let made = made(seed);
        let longer = format!("{}{UNRELATED}{}", made.text, made.guarantees.join("\n"));
        for (before, after) in verdicts(&made.whole()).iter().zip(verdicts(&longer)) {
            let same = discriminant(&before.outcome) == discriminant(&after.outcome);
            assert!(same, "seed {seed}: {before:?} became {after:?}");
            assert_eq!(days(before), days(&after), "seed {seed}");
        }
    }
}

#[test]
fn with_an_assumption_it_takes_no_longer() {
    let mut n_compared = 0;
    for seed in 2_000..2_000 + PROTOCOLS {
        let made = made(seed);
        let assuming = made.guarantees.iter().map(|it| match it.contains("expect = ") {
            true if !it.contains("assume = ") => format!("{it}assume = [\"met:d0\"]\n"),
            _ => it.clone(),
        });
        let assuming: Vec<String> = assuming.collect();
        let changed = format!("{}\n{}", made.text, assuming.join("\n"));
        for (before, after) in verdicts(&made.whole()).iter().zip(verdicts(&changed)) {
            let Outcome::Proved(proved) = &before.outcome else { continue };
            let Outcome::Proved(under) = &after.outcome else {
                panic!("seed {seed}: proved, but not under an assumption: {after:?}");
            };
            // Nothing may be left that takes any time.
            assert!(under.most_days <= proved.most_days, "seed {seed}: {before:?}, {after:?}");
            n_compared += 1;
        }
    }
    assert!(n_compared >= 2, "{n_compared}");
}

/// Three terms in a row, all days of the week alike but for the weekend.
fn chain(terms: [&str; 3]) -> String {
    let text = include_str!("../../suite/verified/chain.toml");
    let text = text.replace("holidays = [\"england-and-wales\"]", "");
    let text = text.replace("2020-01-01", "2026-01-01");
    let [first, second, third] = terms;
    text.replace("\"5 working days\"", &format!("\"{first}\""))
        .replace("\"10 working days\"", &format!("\"{second}\""))
        .replace("\"20 working days\"", &format!("\"{third}\""))
}

fn chain_days(terms: [&str; 3]) -> u32 {
    let verdicts = verdicts(&chain(terms));
    days(&verdicts[0]).unwrap_or_else(|| panic!("{terms:?}: {:?}", verdicts[0].outcome))
}

#[test]
fn a_shorter_term_on_the_only_way_makes_it_no_longer() {
    let five = "5 working days";
    let all = chain_days([five, five, five]);
    // Fifteen working days are three weeks; what begins at a weekend has not begun to count.
    assert!((21..=23).contains(&all), "{all}");
    for terms in [["4 working days", five, five], [five, "3 calendar days", five]] {
        assert!(chain_days(terms) <= all, "{terms:?}");
    }
    let shorter = chain_days([five, five, "1 working day"]);
    assert!(shorter < all, "{shorter}");
}
