//! Random terms in a row in England: how long they can take by a proof, against following cases from every date of
//! a year.

use std::collections::BTreeSet;

use analysis::grid::{Extent, Goal, Options, explore};
use analysis::{Asked, Outcome, prove};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime};

use crate::random::{Random, seed_from};
use crate::verified::machine_of;

/// How many chains are looked at where `CHAINS` says nothing.
const CHAINS: u64 = 8;
/// By how many hundredths of a day a proof may lie above what is seen, on average: what was measured
/// over 100 chains, and a little. It may be lowered and never be raised.
const EXCESS_HUNDREDTHS_MAX: u64 = 40;
/// All dates of it are looked at.
const YEAR: i32 = 2026;

/// Two terms, or three, one after the other.
fn chain(random: &mut Random) -> Vec<String> {
    let n = 2 + usize::from(random.one_in(3));
    let term = |random: &mut Random| {
        let number = 1 + random.below(12 / n);
        match random.below(4) {
            0 => format!("{number} calendar days"),
            _ => format!("{number} working days"),
        }
    };
    (0..n).map(|_| term(random)).collect()
}

fn protocol(terms: &[String]) -> String {
    let whole = include_str!("../../../suite/verified/chain.toml");
    let head = whole.split("[events]").next().unwrap_or_default();
    let mut text = format!("{head}\n[events]\n");
    for place in 0..terms.len() {
        text += &format!("done{place} = {{ by = [\"clerk\"] }}\n");
    }
    for (place, term) in terms.iter().enumerate() {
        let next = match place + 1 == terms.len() {
            true => "closed".to_owned(),
            false => format!("s{}", place + 1),
        };
        let start = if place == 0 { "start = true\n" } else { "" };
        text += &format!(
            "\n[stages.s{place}]\n{start}owner = \"clerk\"\non = {{ done{place} = {{ to = \"{next}\" }} }}\n"
        );
        let starts = if place == 0 { "opened".to_owned() } else { format!("stage:s{place}") };
        text += &format!(
            "\n[deadlines.d{place}]\nwho = \"clerk\"\nstarts = \"{starts}\"\nwithin = \"{term}\"\nmet_by = [\"done{place}\"]\nbreach = {{ to = \"{next}\" }}\n"
        );
    }
    text += "\n[stages.closed]\nend = true\n\n[[guarantees]]\nid = \"over\"\nsays = \"It is over\"\nfrom = [\"opened\"]\nwithin = \"200 calendar days\"\nexpect = [\"stage:closed\"]\n";
    text
}

fn first_and_last() -> [NaiveDate; 2] {
    [(1, 1), (12, 31)].map(|(month, day)| NaiveDate::from_ymd_opt(YEAR, month, day).unwrap())
}

/// The dates of the year, one for each pattern of weekdays and holidays in so many days after it: where
/// these are alike, so is all that can happen.
fn dates(machine: &Machine, days: u32) -> Vec<NaiveDate> {
    let [first, last] = first_and_last();
    let after = |date: NaiveDate, n: u32| {
        std::iter::successors(Some(date), NaiveDate::succ_opt).take(n as usize + 1)
    };
    let calendar = &machine.protocol.calendars[0];
    let mut seen = BTreeSet::new();
    let all = std::iter::successors(Some(first), NaiveDate::succ_opt).take_while(|it| *it <= last);
    let is_new = |date: &NaiveDate| {
        seen.insert(after(*date, days).map(|it| calendar.is_working_day(it)).collect::<Vec<_>>())
    };
    all.filter(is_new).collect()
}

/// How many days it takes at most by following cases.
fn seen(machine: &Machine, days: u32) -> u32 {
    let from = |opened_on: NaiveDate| {
        let options = Options {
            opened_on,
            days,
            times: vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap()],
            assume: Vec::new(),
            situations_max: 100_000,
        };
        let mut found = explore(machine, &[Goal::Holds(GuaranteeId::at(0))], &options);
        assert_eq!(found.extent, Extent::Whole, "{opened_on}");
        found.goals.swap_remove(0).most_days().unwrap()
    };
    dates(machine, days).into_iter().map(from).max().unwrap()
}

#[test]
#[expect(clippy::print_stdout, reason = "by how much proofs lie above is a figure people ask for")]
fn chains_are_never_longer_than_proved_and_seldom_shorter() {
    let (first, n) = (seed_from("CHAINS_SEED", 0), seed_from("CHAINS", CHAINS));
    let (mut exact, mut excess) = (0, 0);
    for seed in first..first + n {
        let terms = chain(&mut Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)));
        let machine = machine_of(&protocol(&terms)).unwrap();
        let [from, to] = first_and_last();
        let options = analysis::Options { from, to, ..analysis::Options::new(&machine) };
        let verdict = prove(&machine, Asked::Own(GuaranteeId::at(0)), &options);
        let Outcome::Proved(proved) = &verdict.outcome else { panic!("seed {seed}: {verdict:?}") };
        let most = proved.most_days.unwrap();
        let seen = seen(&machine, 45);
        assert!(most >= seen, "seed {seed}, {terms:?}: at most {most} days, but it took {seen}");
        let shown = proved.worst.as_ref().and_then(|it| it.days);
        assert!(shown <= Some(seen), "seed {seed}, {terms:?}: {shown:?} shown, {seen} seen");
        exact += u64::from(most == seen);
        excess += u64::from(most - seen);
    }
    let mean = excess * 100 / n.max(1);
    println!(
        "{n} chains, {exact} exact, on average {}.{:02} days more than seen",
        mean / 100,
        mean % 100
    );
    assert!(mean <= EXCESS_HUNDREDTHS_MAX, "{mean} hundredths of a day");
}
