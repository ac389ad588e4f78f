//! Decisions to write: those of all scenarios and of random histories.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use engine::machine::Machine;
use engine::model::{EntryAct, Field, FieldKind};
use engine::runtime::{Actor, Event, Fact, Given, Report, ReportedAt, Revision};
use engine::scenario;
use engine::script::Value;
use engine::text::{FileId, SourceSet, Strings, Symbol};
use engine::time::Instant;
use store::record::{Decision, Dictionary, Names};

use crate::histories::{PROTOCOLS, Step, World, machine, next, protocol_of, read};
use crate::random::Random;

/// Decisions about cases and stops of one protocol.
pub(super) struct Made {
    /// What they are from.
    pub(super) name: String,
    pub(super) dictionary: Rc<Dictionary>,
    pub(super) machine: Rc<Machine>,
    pub(super) strings: Strings,
    /// The decisions, with the name of the stop that they are about.
    pub(super) decisions: Vec<(Option<String>, Decision)>,
}

impl Made {
    fn new(name: impl Into<String>, machine: Machine) -> Self {
        let names = Names::read(&Names::of(&machine).bytes()).unwrap();
        let dictionary = Rc::new(Dictionary::new(names, &machine));
        Self::beside(name, &dictionary, &Rc::new(machine))
    }

    /// The same with a machine that knows more, and the same numbers.
    pub(super) fn amended(self, machine: Machine) -> Self {
        Self { strings: self.strings, ..Self::new(self.name, machine) }
    }

    fn beside(name: impl Into<String>, dictionary: &Rc<Dictionary>, machine: &Rc<Machine>) -> Self {
        let (strings, name) = (machine.strings(), name.into());
        let (dictionary, machine) = (Rc::clone(dictionary), Rc::clone(machine));
        Self { name, dictionary, machine, strings, decisions: Vec::new() }
    }
}

/// The folders of protocols that have scenarios.
fn folders() -> Vec<PathBuf> {
    let below = ["../protocols", "suite/scenarios", "suite/traps"];
    let entries = below.iter().flat_map(|it| fs::read_dir(it).unwrap());
    let mut found: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    found.retain(|path| path.join("protocol.toml").exists());
    found.sort();
    found
}

/// The decisions of every scenario, a protocol each.
pub(super) fn of_scenarios() -> Vec<Made> {
    folders().iter().flat_map(|folder| of_folder(folder)).collect()
}

/// The decisions of the scenarios of one protocol, a scenario each.
pub(super) fn of_folder(folder: &Path) -> Vec<Made> {
    let loaded = engine::load(&store::folder::read(folder).unwrap()).0.unwrap();
    let Made { dictionary, machine: loaded, .. } = Made::new("", loaded);
    let scenarios = store::folder::scenarios(folder).unwrap().into_iter().map(|(path, bytes)| {
        let mut made = Made::beside(format!("{}/{path}", folder.display()), &dictionary, &loaded);
        let file = SourceSet::new("", [(path, bytes)]);
        let scenario = scenario::read(&file, FileId(0), &made.machine).0.unwrap();
        let outcome = scenario::run(&made.machine, &scenario);
        let (machine, strings) = (&made.machine, &outcome.strings);
        for (_, held) in outcome.register.iter() {
            made.decisions.extend(held.kept().map(|kept| {
                let report = kept.event.as_ref().map(|it| report(machine, strings, it));
                let facts = kept.facts.clone();
                (None, Decision { recorded_at: kept.recorded_at, report, facts })
            }));
        }
        let stop = |place: usize| Some(machine.protocol.stops[place].name.clone());
        for (_, held) in outcome.register.stops() {
            let recorded_at = held.facts.last().map_or(Instant::from_ms(0), |it| it.at);
            let decision = Decision { recorded_at, report: None, facts: held.facts.clone() };
            made.decisions.push((stop(held.stream.stop.index()), decision));
        }
        for told in outcome.steps.iter().flat_map(|it| &it.reported) {
            let Some(of) = told.event.stop else { continue };
            let report = Some(report(machine, strings, &told.event));
            let recorded_at = told.event.recorded_at;
            let decision = Decision { recorded_at, report, facts: Vec::new() };
            made.decisions.push((stop(of.index()), decision));
        }
        made.strings = outcome.strings;
        made
    });
    scenarios.collect()
}

/// The decisions of random histories.
pub(super) fn of_histories(seed: u64, n_histories: usize) -> Vec<Made> {
    let mut random = Random::new(seed);
    let played = PROTOCOLS.iter().map(|protocol| {
        let mut made = Made::new(format!("{protocol}, RECORDS_SEED={seed}"), machine(protocol));
        for _ in 0..n_histories {
            let mut world = World::new(&made.machine, &[]);
            world.strings = made.strings;
            for number in 0..12 {
                let step = next(&world, &mut random, number);
                made.decisions.extend(played(&mut world, &step));
            }
            made.strings = world.strings;
        }
        made
    });
    played.collect()
}

/// The decisions of the histories that show every kind of fact.
pub(super) fn of_every_kind() -> Vec<Made> {
    let files = fs::read_dir("suite/canonical").unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "history"));
    let played = files.map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let mut made = Made::new(path.display().to_string(), machine(protocol_of(&text)));
        let history = read(&made.machine, &text);
        let mut world = World::new(&made.machine, &history.absent);
        for step in &history.steps {
            made.decisions.extend(played(&mut world, step));
        }
        made.strings = world.strings;
        made
    });
    played.collect()
}

/// Plays a step, and what was decided if it was accepted.
fn played(world: &mut World<'_>, step: &Step) -> Option<(Option<String>, Decision)> {
    let n_before = world.facts.len();
    if world.go(step).is_some() || world.facts.len() == n_before {
        return None;
    }
    let facts: Vec<Fact> = world.facts[n_before..].to_vec();
    let (recorded_at, report) = match step {
        Step::Wake(at) => (*at, None),
        Step::Report(report) => (report.recorded_at, Some(report.as_ref().clone())),
    };
    Some((None, Decision { recorded_at, report, facts }))
}

/// An event as it may have been reported.
fn report(machine: &Machine, strings: &Strings, event: &Event) -> Report {
    let own = event.decided_by(machine);
    let protocol = &own.protocol;
    let text = |id: Option<Symbol>| id.map(|id| strings.get(id).to_owned());
    let actor = |actor: Actor| {
        let person = actor.person.map(|it| format!(":{}", strings.get(it))).unwrap_or_default();
        format!("{}{person}", protocol.party_name(actor.party))
    };
    let kind = &protocol.events[event.kind.index()];
    let given =
        |field: &Field, value: Value| (field.name.clone(), given(machine, strings, field, value));
    let mut data: Vec<(String, Given)> =
        event.data.iter().map(|(id, value)| given(&protocol.fields[id.index()], *value)).collect();
    if let Some(of) = kind.of.filter(|it| it.act != EntryAct::Done) {
        let fields = &protocol.records[of.record.index()].fields;
        let brought = event.entry_data.iter();
        data.extend(
            brought.map(|(place, value)| given(&fields[usize::from(*place)].field, *value)),
        );
    }
    let at = |at: Instant, date_only| match date_only {
        true => ReportedAt::Date(protocol.zone.civil(at).date()),
        false => ReportedAt::Instant(at),
    };
    let stop = |it: engine::model::StopId| machine.protocol.stops[it.index()].name.clone();
    Report {
        id: strings.get(event.id).to_owned(),
        event: kind.name.clone(),
        at: at(event.at, event.date_only),
        recorded_at: event.recorded_at,
        by: actor(event.actor),
        entered_by: event.entered_by.map(actor),
        channel: event.channel.map(|it| protocol.channels[it.index()].name.clone()),
        data,
        entry: text(event.entry),
        reason: text(event.reason),
        complainant: text(event.complainant),
        respondent: text(event.respondent),
        revision: event.revision.map(|it| Revision {
            of: strings.get(it.of).to_owned(),
            happened_at: it.happened_at.map(|(instant, date_only)| at(instant, date_only)),
            struck: it.struck,
        }),
        history: (0..event.history.len()).map(|it| u32::try_from(it).unwrap() * 130).collect(),
        stop: event.stop.map(stop),
        stops: event.stops.iter().map(|it| stop(*it)).collect(),
        case: text(event.case),
        letter: event.letter.map(|it| protocol.letters[it.index()].name.clone()),
        intake: event.intake.map(|it| protocol.intake[it.index()].name.clone()),
    }
}

fn given(machine: &Machine, strings: &Strings, field: &Field, value: Value) -> Given {
    match (value, &field.kind) {
        (Value::Choice(place), FieldKind::Choice(set) | FieldKind::Role(set)) => {
            let set = machine.protocol.scope.set(*set).unwrap();
            Given::Text(set.name(place).unwrap_or("of a stop").to_owned())
        }
        (Value::Text(text), _) => Given::Text(strings.get(text).to_owned()),
        (Value::Slot(slot), _) => Given::Slot(strings.get(slot).to_owned()),
        (Value::Flag(flag), _) => Given::Flag(flag),
        (Value::Number(number), _) => Given::Number(number),
        (Value::Date(date), _) => Given::Date(date),
        (Value::Choice(_) | Value::Unset, _) => Given::Text("nothing that is a choice".to_owned()),
    }
}
