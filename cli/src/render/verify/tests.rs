//! What is said of verdicts that are written here by hand.

use std::path::PathBuf;
use std::time::Duration;

use analysis::{Asked, Because, BuiltIn, Course, Outcome, Proved, Undecided, Verdict};
use engine::machine::Machine;
use engine::model::{
    DeadlineId, EventId, Guarantee, GuaranteeId, LetterId, Party, Point, Promise, StageId,
};
use engine::runtime::{Actor, Event};
use engine::text::SourceSet;
use engine::time::{Allowance, Instant, NaiveDate, NaiveDateTime, parse_term};
use serde_json::Value;
use serde_sarif::sarif::Sarif;

use crate::render::verify::{verify_json, verify_junit, verify_sarif, verify_text};
use crate::verified::{Answered, VerifiedProtocol, retold};

const SHOP: &str = r#"[protocol]
id          = "shop"
title       = "Shop"
version     = "1"
language    = "en"
zone        = "Europe/Amsterdam"
calendar    = "office"
accountable = "officer"
effective   = { from = 2026-01-01 }
source      = "house rules"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
agent   = { title = "Agent" }
officer = { title = "Officer" }

[fields]
urgent = { type = "flag", default = false }

[events]
graded    = { by = ["officer"], carries = ["urgent"] }
answered  = { by = ["agent"] }
withdrawn = { by = ["complainant"] }

[letters.final]
title = "Final response"
to    = ["complainant"]

[stages.open]
start = true
owner = "agent"

[stages.open.on.graded]

[stages.open.on.answered]
to    = "done"
sends = ["final"]

[stages.open.on.withdrawn]
to = "done"

[stages.done]
end = true

[deadlines.answer]
who    = "agent"
starts = "opened"
within = "10 working days"
met_by = ["letter:final"]
breach = { tells = ["officer"] }
source = "house rule 4"
"#;

/// The protocol with these guarantees, each with a name, a sentence and what it promises.
fn shop(promises: Vec<Guarantee>, verdicts: Vec<Verdict>) -> VerifiedProtocol {
    let sources = SourceSet::new("shop", [("protocol.toml".to_owned(), SHOP.as_bytes().to_vec())]);
    let (machine, faults) = engine::load(&sources);
    let mut machine = machine.unwrap_or_else(|| panic!("{:?}", faults.iter().next()));
    machine.protocol.guarantees = promises;
    let list = verdicts.into_iter().map(|verdict| answered(&machine, verdict)).collect();
    let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    VerifiedProtocol {
        folder: PathBuf::from("shop"),
        machine,
        sources,
        window: (on(2026, 1, 1), on(2028, 12, 31)),
        list,
    }
}

fn answered(machine: &Machine, verdict: Verdict) -> Answered {
    let mut it = Answered { verdict, situations_max: 0, retold: None, saved: None };
    it.retold = it.course().map(|course| retold(machine, course).unwrap());
    it
}

fn guarantee(id: &str, says: &str, promise: Promise) -> Guarantee {
    let (machine, _) = engine::load(&SourceSet::new(
        "shop",
        [("protocol.toml".to_owned(), SHOP.as_bytes().to_vec())],
    ));
    Guarantee {
        id: id.to_owned(),
        says: says.to_owned(),
        promise,
        unless: Vec::new(),
        assume: Vec::new(),
        rule: machine.unwrap().protocol.letters[0].rule,
    }
}

fn in_eight_weeks() -> Guarantee {
    let within = Allowance::Term(parse_term("8 weeks").unwrap());
    let promise = Promise::Within {
        from: vec![Point::Event(EventId::OPENED)],
        within,
        expect: vec![Point::Letter(LetterId(0)), Point::Breach(DeadlineId(0))],
    };
    guarantee("in-eight-weeks", "Every complaint is answered within eight weeks.", promise)
}

fn no_close_without_letter() -> Guarantee {
    let promise = Promise::Before {
        never: vec![Point::Stage(StageId(1))],
        before: vec![Point::Letter(LetterId(0))],
    };
    guarantee("closed-with-letter", "Nothing is closed without a final response.", promise)
}

fn own(place: usize, outcome: Outcome) -> Verdict {
    Verdict {
        asked: Asked::Own(GuaranteeId::at(place)),
        outcome,
        assumed: Vec::new(),
        situations: 12,
    }
}

fn built_in(which: BuiltIn, outcome: Outcome) -> Verdict {
    Verdict { asked: Asked::BuiltIn(which), outcome, assumed: Vec::new(), situations: 3 }
}

fn at(text: &str) -> Instant {
    let civil: NaiveDateTime = text.parse().unwrap();
    // Winter time in Amsterdam.
    Instant::from_utc(civil.and_utc()).plus_ms(-3_600_000).unwrap()
}

/// A course that is opened and goes on with these events, each of a party.
fn course(
    machine: &Machine,
    events: &[(&str, Party, &str)],
    until: &str,
    at_the_end: &str,
) -> Course {
    let mut strings = machine.strings();
    let events = events.iter().enumerate().map(|(place, (name, party, when))| {
        let id = strings.intern(&format!("event-{place}"));
        let kind = machine.protocol.event(name).unwrap();
        Event::new(id, kind, at(when), Actor { party: *party, person: None })
    });
    let events = events.collect();
    Course { strings, events, until: at(until), at: at(at_the_end), days: None }
}

fn machine() -> Machine {
    shop(Vec::new(), Vec::new()).machine
}

fn withdrawn() -> Course {
    let events = [
        ("opened", Party::Complainant, "2026-01-05T09:00:00"),
        ("withdrawn", Party::Complainant, "2026-01-20T10:00:00"),
    ];
    course(&machine(), &events, "2026-01-20T10:00:00", "2026-01-20T10:00:00")
}

#[track_caller]
fn check(protocol: VerifiedProtocol, expected: &str) {
    let text = verify_text(&[protocol], 0, false, Duration::ZERO);
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(plain, expected);
}

#[test]
fn what_is_proved_says_how_long_it_can_take_and_from_when() {
    let mut worst = course(
        &machine(),
        &[("opened", Party::Complainant, "2026-12-23T16:00:00")],
        "2027-01-06T17:00:00.001",
        "2027-01-06T17:00:00",
    );
    worst.days = Some(14);
    let proved = Proved { vacuous: false, most_days: Some(14), worst: Some(Box::new(worst)) };
    let mut assumed = own(0, Outcome::Proved(Proved::default()));
    assumed.assumed = vec![DeadlineId(0)];
    let idle = Proved { vacuous: true, ..Proved::default() };
    let promises = vec![in_eight_weeks(), no_close_without_letter()];
    let verdicts = vec![
        own(0, Outcome::Proved(proved)),
        assumed,
        own(1, Outcome::Proved(Proved::default())),
        own(1, Outcome::Proved(idle)),
        built_in(BuiltIn::NoDeadEnd, Outcome::Proved(Proved::default())),
        built_in(BuiltIn::WarningsInTime, Outcome::Proved(Proved::default())),
    ];
    check(
        shop(promises, verdicts),
        "shop 1, for cases that begin from 1 January 2026 to 31 December 2028
  ✓ Every complaint is answered within eight weeks.  [in-eight-weeks]
      Proved: never later than 8 weeks (at most 14 calendar days, counted from Wednesday 23 December 2026).
  ✓ Every complaint is answered within eight weeks.  [in-eight-weeks]
      Proved, if `answer` is always met in time: never later than 8 weeks.
  ✓ Nothing is closed without a final response.  [closed-with-letter]
      Proved: on no course does `stage:done` come before `letter:final`.
  ✓ Nothing is closed without a final response.  [closed-with-letter]
      Proved, but nothing ever asks for it: no case comes to `stage:done`.
  ✓ As every protocol should: no dead end and warnings come in time.

6 proved (1 under an assumption, 1 never asked for)   in 0.00 s
",
    );
}

#[test]
fn what_is_not_true_is_told_with_who_was_silent_and_where_to_look() {
    let verdicts = vec![own(0, Outcome::Refuted(Box::new(withdrawn())))];
    check(
        shop(vec![no_close_without_letter()], verdicts),
        "shop 1, for cases that begin from 1 January 2026 to 31 December 2028
  ✗ Nothing is closed without a final response.  [closed-with-letter]
      Not true. The shortest course on which it fails:
        Mon 5 Jan 2026 09:00   opened by complainant
                               stage open, with agent
                               clock answer started for agent: due Mon 19 Jan 2026 17:00 (10 working days) [house rule 4]
        Mon 19 Jan 2026 17:00  `answer` was due, and agent was silent: missed
                               officer told
        Tue 20 Jan 2026 10:00  withdrawn by complainant
                               stage done
                               the case is closed
                               clock answer ended: no longer owed, the case is closed
                               `stage:done` happens, and `letter:final` has not happened before
      promised in  shop/protocol.toml:34  house rules
      look at      shop/protocol.toml:54  deadlines.answer
                   shop/protocol.toml:48  stages.open.on.withdrawn

1 not true, 0 proved   in 0.00 s
",
    );
}

#[test]
fn what_is_undecided_says_both_limits_and_why() {
    let rule = machine().protocol.deadlines[0].rule;
    let undecided = Undecided {
        because: vec![Because::Condition(rule), Because::Budget(200_000)],
        at_most_days: Some(64),
        at_least_days: Some(55),
    };
    check(
        shop(vec![in_eight_weeks()], vec![own(0, Outcome::Undecided(undecided))]),
        "shop 1, for cases that begin from 1 January 2026 to 31 December 2028
  ? Every complaint is answered within eight weeks.  [in-eight-weeks]
      Undecided: at most 64 calendar days (proved), at least 55 calendar days (shown).
      because the condition of `deadlines.answer` at shop/protocol.toml:54 does more than compare \
         with what is written out, so that it was taken to be true or false at any time
      because 200000 situations were looked at and there are more; `--budget` allows more

1 undecided, 0 proved   in 0.00 s
",
    );
}

fn of_each_kind() -> VerifiedProtocol {
    let undecided = Undecided { because: vec![Because::NoDates], ..Undecided::default() };
    let verdicts = vec![
        own(0, Outcome::Undecided(undecided)),
        own(1, Outcome::Refuted(Box::new(withdrawn()))),
        built_in(BuiltIn::NoDeadEnd, Outcome::Proved(Proved::default())),
    ];
    shop(vec![in_eight_weeks(), no_close_without_letter()], verdicts)
}

#[test]
fn json_has_the_outcome_the_place_and_the_course() {
    let written = verify_json(&[of_each_kind()], &["./broken".to_owned()]).unwrap();
    let read: Value = serde_json::from_str(&written).unwrap();
    assert_eq!((&read["schema_version"], &read["with_errors"][0]), (&1.into(), &"broken".into()));
    assert_eq!(
        (&read["proved"], &read["refuted"], &read["undecided"]),
        (&1.into(), &1.into(), &1.into())
    );
    let guarantees = &read["protocols"][0]["guarantees"];
    assert_eq!(guarantees[0]["because"][0]["reason"], "no_dates");
    assert_eq!(guarantees[1]["outcome"], "refuted");
    assert_eq!(guarantees[1]["place"]["line"], 34);
    assert_eq!(guarantees[1]["course"]["at"], "2026-01-20T10:00:00+01:00");
    assert_eq!(guarantees[1]["course"]["moments"].as_array().unwrap().len(), 3);
    assert_eq!(guarantees[2]["id"], "built-in:no-dead-end");
    assert_eq!(guarantees[2]["rule"], Value::Null);
}

#[test]
fn sarif_has_an_error_for_what_is_not_true_and_a_warning_for_what_is_undecided() {
    let written = verify_sarif(&[of_each_kind()], true).unwrap();
    let read: Sarif = serde_json::from_str(&written).unwrap();
    assert_eq!(serde_json::to_string_pretty(&read).unwrap() + "\n", written);
    let read: Value = serde_json::from_str(&written).unwrap();
    let results = read["runs"][0]["results"].as_array().unwrap();
    let levels: Vec<&Value> = results.iter().map(|it| &it["level"]).collect();
    assert_eq!(levels, ["warning", "error"]);
    let refuted = &results[1];
    assert_eq!(
        (&refuted["ruleId"], &refuted["ruleIndex"]),
        (&"shop/closed-with-letter".into(), &0.into())
    );
    let place = &refuted["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "shop/protocol.toml");
    assert_eq!(place["region"]["startLine"], 34);
    assert_eq!(refuted["relatedLocations"].as_array().unwrap().len(), 2);
}

#[test]
fn junit_fails_for_what_is_not_true_and_errs_for_what_is_undecided() {
    let written = verify_junit(&[of_each_kind()], &["broken".to_owned()]).unwrap();
    let counted = "tests=\"4\" skipped=\"0\" failures=\"1\" errors=\"2\"";
    assert!(written.contains(counted), "{written}");
    assert!(written.contains("was silent: missed"), "{written}");
}

#[test]
fn no_sentence_passes_for_a_verdict_or_steers_a_terminal() {
    let mut hostile = no_close_without_letter();
    hostile.says = "x\u{1b}[2J\n  ✓ Everything holds".to_owned();
    hostile.id = "y\n0 not true".to_owned();
    let protocol =
        || shop(vec![hostile.clone()], vec![own(0, Outcome::Refuted(Box::new(withdrawn())))]);
    let text = verify_text(&[protocol()], 0, true, Duration::ZERO);
    let plain = anstream::adapter::strip_str(&text).to_string();
    let second = plain.lines().nth(1);
    assert_eq!(second, Some("  ✗ x\u{fffd}[2J   ✓ Everything holds  [y 0 not true]"));
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let sarif = verify_sarif(&[protocol()], true).unwrap();
    assert!(!sarif.chars().any(|it| it.is_control() && it != '\n'), "{sarif}");
    verify_junit(&[protocol()], &[]).unwrap();
    verify_json(&[protocol()], &[]).unwrap();
}
