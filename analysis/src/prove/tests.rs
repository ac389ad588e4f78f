use engine::machine::Machine;
use engine::time::spoken;

use crate::steps::tests::world::shipped_with;
use crate::verdict::{Outcome, Verdict};
use crate::{Options, asked, prove};

/// What is said of everything that can be asked of a protocol, a line each.
fn said(machine: &Machine) -> String {
    let options = Options::new(machine);
    let each = asked(machine).into_iter().map(|it| line(machine, &prove(machine, it, &options)));
    each.collect::<Vec<_>>().join("\n")
}

fn line(machine: &Machine, verdict: &Verdict) -> String {
    let name = match verdict.asked {
        crate::Asked::Own(id) => machine.protocol.guarantees[id.index()].id.clone(),
        crate::Asked::BuiltIn(it) => format!("{it:?}"),
    };
    let outcome = match &verdict.outcome {
        Outcome::Proved(it) => {
            let worst = it.worst.as_ref().and_then(|it| it.days);
            format!(
                "proved, at most {:?} days, seen {worst:?}, vacuous {}",
                it.most_days, it.vacuous
            )
        }
        Outcome::Refuted(it) => {
            format!("refuted at {} after {:?} days", spoken(&machine.protocol.zone, it.at), it.days)
        }
        Outcome::Undecided(it) => format!("undecided {it:?}"),
    };
    format!("{name}: {outcome} ({})", verdict.situations)
}

const FCA: &str = r#"
[[guarantees]]
id = "answered-in-eight-weeks"
says = "Every complaint is answered within eight weeks, or somebody knows"
from = ["opened"]
within = "8 weeks"
expect = ["letter:final_response", "breach:answer", "met:answer"]
unless = ["stage:closed", "stage:forwarded", "stage:resolved"]

[[guarantees]]
id = "acknowledged-in-three-days"
says = "x"
from = ["opened"]
within = "3 calendar days"
expect = ["letter:acknowledgement"]

[[guarantees]]
id = "no-closing-without-letter"
says = "x"
never = ["stage:closed"]
before = ["letter:final_response", "letter:out_of_time", "letter:summary_resolution"]

[[guarantees]]
id = "refer-possible"
says = "x"
always_possible = "responded"
while = 'stage == "open"'
"#;

#[test]
fn of_shipped_protocols() {
    for (name, more) in [("uk-fca-disp", FCA), ("uk-housing-code", ""), ("nl-awb", "")] {
        let began = std::time::Instant::now();
        eprintln!("{name}\n{}\n{:?}", said(&shipped_with(name, more)), began.elapsed());
    }
}
