//! What a longer or shorter term, or an assumption, may do to what is proved, and what it may not.

use analysis::Outcome;

use super::said::{days, kind, verdicts};
use crate::verified::made;

/// So many protocols are changed.
const PROTOCOLS: u64 = 6;

#[test]
fn with_an_assumption_it_takes_no_longer() {
    let mut n_compared = 0;
    for seed in 2_000..2_000 + PROTOCOLS * 4 {
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
    assert!(n_compared >= 12, "{n_compared}");
}

/// Three terms in a row, all days of the week alike but for the weekend.
fn chain(terms: [&str; 3]) -> String {
    let text = include_str!("../../../suite/verified/chain.toml");
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

/// A random protocol that counts in days of which each is like every other: nothing is closed, nothing
/// moves, and no clock is put forward or back.
fn plain(seed: u64) -> (String, Vec<String>) {
    let made = made(seed);
    let plain = |text: &str| {
        let text = text.replace("Europe/London", "Asia/Tokyo");
        let text = text.replace("\"same\"", "\"next\"").replace("\"forward\"", "\"none\"");
        let text =
            text.replace("\"close\"", "\"midnight\"").replace("\"1 week\"", "\"7 calendar days\"");
        text.replace(" working day", " calendar day")
    };
    (plain(&made.text), made.guarantees.iter().map(|it| plain(it)).collect())
}

/// The same with every term so many times as long.
fn longer(text: &str, times: u32) -> String {
    let parts: Vec<&str> = text.split(" calendar day").collect();
    let mut scaled = String::new();
    for (at, part) in parts.iter().enumerate() {
        let end = part.trim_end_matches(|it: char| it.is_ascii_digit()).len();
        let (before, number) = part.split_at(end);
        match number.parse::<u32>() {
            Ok(number) if at + 1 < parts.len() => {
                scaled.push_str(&format!("{before}{} calendar day", number * times));
            }
            _ => scaled.push_str(part),
        }
    }
    scaled.replace(" calendar days", " calendar day").replace(" calendar day", " calendar days")
}

#[test]
fn terms_that_are_so_many_times_as_long_take_so_many_times_as_long() {
    let mut n_compared = 0;
    for seed in 5_000..5_000 + PROTOCOLS * 4 {
        let (text, mut guarantees) = plain(seed);
        // The others take no time.
        guarantees.retain(|it| it.contains("expect = "));
        let before = format!("{text}\n{}", guarantees.join("\n"));
        let before_said = verdicts(&longer(&before, 1));
        for times in [2, 3] {
            for (before, after) in before_said.iter().zip(verdicts(&longer(&before, times))) {
                assert_eq!(kind(before), kind(&after), "seed {seed}: {before:?} became {after:?}");
                assert_eq!(days(before).map(|it| it * times), days(&after), "seed {seed}");
                n_compared += usize::from(days(before).is_some_and(|it| it > 0));
            }
        }
    }
    assert!(n_compared >= 8, "{n_compared}");
}

/// The first deadline counts from the opening, and each of these guarantees speaks of its end.
#[test]
fn a_shorter_deadline_makes_what_waits_for_its_end_no_longer() {
    let mut n_shorter = 0;
    for seed in 6_000..6_000 + PROTOCOLS * 12 {
        let made = made(seed);
        let is_of_first =
            |it: &&String| it.contains("[\"opened\"]") && it.contains("\"breach:d0\"");
        let guarantees: Vec<String> = made.guarantees.iter().filter(is_of_first).cloned().collect();
        let Some(shorter) = with_first_shorter(&made.text).filter(|_| !guarantees.is_empty())
        else {
            continue;
        };
        let with = |text: &str| verdicts(&format!("{text}\n{}", guarantees.join("\n")));
        for (before, after) in with(&made.text).iter().zip(with(&shorter)) {
            let Some(most) = days(before) else { continue };
            let less = days(&after);
            assert!(less.is_some_and(|it| it <= most), "seed {seed}: {before:?} became {after:?}");
            n_shorter += usize::from(less < Some(most));
        }
    }
    assert!(n_shorter >= 3, "{n_shorter}");
}

/// The text with a term of the first deadline that is one day shorter, where it has several.
fn with_first_shorter(text: &str) -> Option<String> {
    let (before, rest) = text.split_once("[deadlines.d0]")?;
    let (head, term) = rest.split_once("\nwithin = \"")?;
    let (number, unit) = term.split_once(' ')?;
    let number: u32 = number.parse().ok().filter(|it| *it >= 2)?;
    let unit = if number == 2 { unit.replacen("days", "day", 1) } else { unit.to_owned() };
    Some(format!("{before}[deadlines.d0]{head}\nwithin = \"{} {unit}", number - 1))
}
