//! Protocols and pictures that are made up, as large as one likes.

use std::fmt::Write as _;

use engine::machine::Machine;
use engine::picture::{Arrow, Band, Kind, Picture, Place, Wanted, Way, Within, of};
use engine::text::SourceSet;

use crate::random::Random;

const HEAD: &str = r#"[protocol]
id          = "made-up"
title       = "A made-up procedure"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "manager"
source      = "made up"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "none"
receipt_outside_hours = "as_is"
backdate              = "3 working days"

[roles]
clerk   = { title = "Clerk" }
manager = { title = "Manager" }

[channels]
email = { title = "E-mail", written = true }

[fields]
amount = { type = "number", default = 0 }
"#;

/// The text of a protocol with so many stages: phases of fifteen, each with a way back, a way
/// that leaves some out, a timed transition and an end.
pub(crate) fn protocol(n_stages: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut stages = String::new();
    let mut events = String::from("\n[events]\n");
    let last = n_stages - 1;
    for at in 0..n_stages {
        let phase = at % 15;
        let is_end = phase == 14 || at == last;
        writeln!(stages, "\n[stages.stage_{at}]").unwrap();
        match (at, is_end) {
            (0, _) => stages.push_str("start = true\nowner = \"clerk\"\n"),
            (_, true) => stages.push_str("end = true\n"),
            (_, false) => stages.push_str("owner = \"clerk\"\n"),
        }
        if is_end {
            continue;
        }
        writeln!(events, "done_{at} = {{ by = [\"clerk\"], carries = [\"amount?\"] }}").unwrap();
        if phase == 6 {
            let end = (at + 8).min(last);
            writeln!(stages, "after = {{ \"20 working days\" = {{ to = \"stage_{end}\" }} }}")
                .unwrap();
        }
        let done = format!("stages.stage_{at}.on.done_{at}");
        if phase == 13 && at + 2 <= last {
            let beyond = at + 2;
            writeln!(stages, "\n[[{done}]]\nwhen = 'amount > {at}'\nto = \"stage_{beyond}\"")
                .unwrap();
            writeln!(stages, "\n[[{done}]]\nto = \"stage_{}\"", at + 1).unwrap();
        } else {
            writeln!(stages, "\n[{done}]\nto = \"stage_{}\"", at + 1).unwrap();
        }
        let aside = match phase {
            3 | 10 => Some(at - 2),
            7 | 2 => Some((at + 3).min(last)),
            _ => None,
        };
        if let Some(to) = aside {
            writeln!(events, "turned_{at} = {{ by = [\"manager\"] }}").unwrap();
            writeln!(stages, "\n[stages.stage_{at}.on.turned_{at}]\nto = \"stage_{to}\"").unwrap();
        }
    }
    text.push_str(&events);
    text.push_str(&stages);
    text
}

/// The picture of a protocol that is written out.
pub(crate) fn picture(text: &str) -> Picture {
    let (machine, sources) = machine(text);
    of(&machine, &sources, &Wanted::default())
}

fn machine(text: &str) -> (Machine, SourceSet) {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.as_bytes().to_vec())]);
    let (machine, faults) = engine::load(&sources);
    let messages: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    (machine.unwrap_or_else(|| panic!("{messages:?}")), sources)
}

/// What nobody would call a stage.
const TITLES: [&str; 8] = [
    "open",
    "a title that goes on for longer than any box is wide, and then some",
    "Donaudampfschifffahrtsgesellschaftskapitänsbeschwerdestelle",
    "</text><script>alert(1)</script>",
    "]]> & \"quoted\" 'twice' \\N",
    "投诉处理程序的第一阶段",
    "end",
    "snake_case_names_that_are_very_long_indeed_and_longer",
];

/// A picture of so many places and arrows between any of them.
pub(crate) fn any(random: &mut Random, n_places: usize, n_arrows: usize) -> Picture {
    let n_bands = random.below(4);
    let mut places: Vec<Place> = (0..n_places).map(|at| place(random, at, n_bands)).collect();
    places.sort_by_key(|it| it.band);
    places[0].start = true;
    let mut arrows: Vec<Arrow> = Vec::new();
    for _ in 0..n_arrows {
        let (one, other) = (random.below(n_places), random.below(n_places));
        // A case never goes down the ladder.
        let is_down = places[other].band < places[one].band;
        let (from, to) = if is_down { (other, one) } else { (one, other) };
        let ways = (0..=random.below(2)).map(|_| way(random)).collect();
        if from != to && !arrows.iter().any(|it| (it.from, it.to) == (from, to)) {
            arrows.push(Arrow { from, to, ways });
        }
    }
    let band = |at: usize| Band {
        name: format!("rung{at}"),
        title: TITLES[at].to_owned(),
        handler: "clerk".to_owned(),
        start_when: None,
    };
    Picture {
        id: "any".to_owned(),
        title: "Any picture".to_owned(),
        version: "1".to_owned(),
        bands: (0..n_bands).map(band).collect(),
        places,
        arrows,
        notes: Vec::new(),
        path: None,
    }
}

fn place(random: &mut Random, at: usize, n_bands: usize) -> Place {
    Place {
        name: format!("stage_{at}"),
        title: random.one_of(&TITLES).unwrap_or_default().to_owned(),
        band: random.below(n_bands.max(1)),
        owner: Some("clerk".to_owned()),
        start: random.one_in(8),
        end: random.one_in(5),
        outside: random.one_in(9),
        pauses: Vec::new(),
        stays: (0..random.below(3)).map(|_| way(random)).collect(),
        taken: false,
    }
}

fn way(random: &mut Random) -> Way {
    Way {
        kind: random.one_of(&[Kind::Event, Kind::After, Kind::Missed]).unwrap_or(Kind::Event),
        on: random
            .one_of(&["done", "answered_at_last", "complainant_replied"])
            .unwrap_or("x")
            .to_owned(),
        title: "Done".to_owned(),
        when: random.one_in(3).then(|| "amount > 50 && category == \"delivery\"".to_owned()),
        requires: Vec::new(),
        who: vec!["clerk".to_owned(), "manager".to_owned()],
        within: vec![Within {
            deadline: "answer".to_owned(),
            term: "10 working days (high 5)".to_owned(),
            by_stage: random.one_in(2),
        }],
        follows: Vec::new(),
        rule: String::new(),
        taken: Vec::new(),
    }
}
