//! How a guarantee is called, also one that no protocol writes down.

use analysis::{Asked, BuiltIn};
use engine::machine::Machine;
use engine::model::{Guarantee, RuleId};

/// What stands before the name of a guarantee that every protocol is asked for, so that no
/// protocol has another of that name.
const PREFIX: &str = "built-in:";

/// The name by which somebody asks for it.
pub(crate) fn id_of(machine: &Machine, asked: Asked) -> String {
    match (asked, own(machine, asked)) {
        (Asked::BuiltIn(it), _) => format!("{PREFIX}{}", told(it).name),
        (Asked::Own(_), it) => it.map_or_else(String::new, |it| it.id.clone()),
    }
}

/// Whether somebody who writes a name means the guarantee with this id.
pub(crate) fn is_called(id: &str, name: &str) -> bool {
    id == name || without_prefix(id) == name
}

/// The name alone.
pub(crate) fn without_prefix(id: &str) -> &str {
    id.strip_prefix(PREFIX).unwrap_or(id)
}

/// The sentence that it stands for.
pub(crate) fn says_of(machine: &Machine, asked: Asked) -> &str {
    match (asked, own(machine, asked)) {
        (Asked::BuiltIn(it), _) => told(it).says,
        (Asked::Own(_), it) => it.map_or("", |it| it.says.as_str()),
    }
}

/// A few words for a list of several; those of the protocol have their name.
pub(crate) const fn short_of(built_in: BuiltIn) -> &'static str {
    told(built_in).short
}

/// The entry that states it; none where no entry does.
pub(crate) fn rule_of(machine: &Machine, asked: Asked) -> Option<RuleId> {
    own(machine, asked).map(|it| it.rule)
}

fn own(machine: &Machine, asked: Asked) -> Option<&Guarantee> {
    match asked {
        Asked::Own(id) => machine.protocol.guarantees.get(id.index()),
        Asked::BuiltIn(_) => None,
    }
}

struct InWords {
    name: &'static str,
    says: &'static str,
    short: &'static str,
}

const fn told(built_in: BuiltIn) -> InWords {
    let (name, says, short) = match built_in {
        BuiltIn::NoDeadEnd => (
            "no-dead-end",
            "Wherever a case stands, something can still happen, unless it is closed.",
            "no dead end",
        ),
        BuiltIn::ClosingPossible => (
            "closing-possible",
            "Wherever a case stands, there is a way to close it.",
            "closing is always possible",
        ),
        BuiltIn::StopsAnswerable => (
            "stops-answerable",
            "Every stop can be looked at again and appealed against.",
            "stops can be looked at again and appealed against",
        ),
        BuiltIn::AlwaysScreened => (
            "always-screened",
            "A new complaint is looked at, whatever stops are in force.",
            "a new complaint is always looked at",
        ),
        BuiltIn::NoRungSkipped => (
            "no-rung-skipped",
            "No rung of the ladder is passed over, unless the protocol says so.",
            "no rung is passed over",
        ),
        BuiltIn::DeadlinesReal => (
            "deadlines-real",
            "Every deadline can be met, and can be missed.",
            "every deadline can be met and missed",
        ),
        BuiltIn::WarningsInTime => (
            "warnings-in-time",
            "Every warning comes before what it warns of.",
            "warnings come in time",
        ),
    };
    InWords { name, says, short }
}
