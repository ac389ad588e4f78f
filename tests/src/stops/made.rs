//! Protocols with stops, made at random.

use engine::machine::Machine;
use engine::text::SourceSet;

use crate::random::Random;

const BASE: &str = include_str!("../../suite/stops/base.toml");
const TERMS: [&str; 8] = [
    "1 calendar day",
    "3 working days",
    "2 weeks",
    "20 working days",
    "1 month",
    "3 months",
    "10 working hours",
    "100 hours",
];

/// A protocol with one to three stops.
pub(super) fn machine(random: &mut Random) -> (Machine, String) {
    let n_stops = 1 + random.below(3);
    let stops: String = (0..n_stops).map(|number| stop(number, random)).collect();
    let text = format!("{BASE}\n{stops}");
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.clone().into_bytes())]);
    let (machine, faults) = engine::load(&sources);
    let faults: Vec<String> =
        faults.iter().map(|it| format!("{}: {}", it.code.name, it.message)).collect();
    (machine.unwrap_or_else(|| panic!("{}\n{text}", faults.join("\n"))), text)
}

fn stop(number: usize, random: &mut Random) -> String {
    let mut term = || TERMS[random.below(TERMS.len())];
    let (wait, decide, lasts) = (term(), term(), term());
    let (every, within, answer) = (term(), term(), term());
    let covers = ["complainant", "case"][random.below(2)];
    let by = [
        "by = [\"agent\", \"officer\"]",
        "when = 'sum > 50', by = [\"agent\"]",
        "when = 'asked_again'",
    ][random.below(3)];
    let optional = [
        (format!("warn_first = {{ letter = \"stop_warning\", wait = \"{wait}\" }}\n"), 3),
        (format!("decide_within = \"{decide}\"\n"), 2),
        (format!("lasts = \"{lasts}\"\n"), 3),
    ];
    let optional: String =
        optional.into_iter().filter(|(_, of)| !random.one_in(*of)).map(|(it, _)| it).collect();
    let unless = ["", "unless = 'channel.written'\n", "unless = 'channel.written || sum > 50'\n"]
        [random.below(3)];
    let events = ["\"rejected\"", "\"rejected\", \"withdrawn\"", "\"asked\""][random.below(3)];
    format!(
        "[stops.stop{number}]\ncovers = \"{covers}\"\nproposed = {{ {by} }}\n\
         decided_by = [\"manager\", \"officer\"]\nnotice = \"stop_notice\"\n{optional}\
         review = {{ every = \"{every}\", by = \"director\" }}\n\
         appeal = {{ to = \"director\", within = \"{within}\", answer = \"{answer}\" }}\n\
         [[stops.stop{number}.refuses]]\nevents = [{events}]\n{unless}says = \"Write to us\"\n\n"
    )
}
