//! Scenarios of a protocol, played over HTTP: every report is sent by a token of the role that
//! makes or enters it, at its instant, with a mark in every free text, so that it can be seen who
//! reads what.

use crate::http::client::Answer;
use crate::http::served::Served;
use engine::machine::Machine;
use engine::model::{FieldKind, Protocol};
use engine::runtime::{self, Given, ReportedAt};
use engine::scenario::{Act, Outcome, Scenario, StepOutcome, run};
use engine::text::{FileId, SourceSet, Symbol};
use serde_json::{Map, Value, json};
use server::access::Allowance;
use server::running::Limits;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

/// Under what something was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Under {
    Field(String),
    Record(String),
    Reason(String),
}

/// A free text that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// What stands in it and nowhere else.
    pub(crate) text: String,
    pub(crate) under: Under,
    /// Whether the field is personal.
    pub(crate) personal: bool,
    /// Of which stop the event was.
    pub(crate) stop: Option<String>,
    pub(crate) case: String,
}

/// A case that was played.
#[derive(Clone, Debug)]
pub(crate) struct Played {
    pub(crate) id: String,
    pub(crate) complainant: Option<String>,
    pub(crate) respondent: Option<String>,
}

/// A server on which scenarios of one protocol are played.
pub(crate) struct Stage {
    pub(crate) served: Served,
    pub(crate) machine: Machine,
    pub(crate) cases: Vec<Played>,
    pub(crate) marks: Vec<Mark>,
    /// A token with every role.
    pub(crate) all: String,
    tokens: RefCell<BTreeMap<String, String>>,
    n_marks: Cell<u32>,
}

impl Stage {
    pub(crate) fn new(folder: &Path) -> Self {
        let sources = store::folder::read(folder).unwrap();
        let machine = engine::load(&sources).0.unwrap();
        let many = Allowance { burst: 1_000_000, per_second: 1_000_000 };
        let limits = Limits { per_token: many, ..Limits::default() };
        let served = Served::of(&sources, limits);
        let roles = machine.protocol.roles.iter().map(|it| it.name.as_str());
        let roles: Vec<&str> = roles.chain(["complainant", "respondent", "system"]).collect();
        let all = served.token(served.tenant, &roles, None);
        let (cases, marks) = (Vec::new(), Vec::new());
        let (tokens, n_marks) = (RefCell::default(), Cell::new(0));
        Self { served, machine, cases, marks, all, tokens, n_marks }
    }

    /// Everything that is in the folder and needs nothing from before; how many there were.
    pub(crate) fn play_all(&mut self, folder: &Path) -> usize {
        let mut n_played = 0;
        for (path, bytes) in store::folder::scenarios(folder).unwrap() {
            let sources = SourceSet::new("", [(path, bytes)]);
            let read = engine::scenario::read(&sources, FileId(0), &self.machine);
            let scenario = read.0.unwrap();
            let is_whole = scenario.history.is_empty() && scenario.stops.is_empty();
            if is_whole && scenario.steps.iter().all(|it| it.away.is_none()) {
                n_played += 1;
                self.play(&scenario, n_played);
            }
        }
        n_played
    }

    /// One scenario of the folder.
    pub(crate) fn play_one(&mut self, folder: &Path, name: &str) {
        let path = format!("scenarios/{name}.toml");
        let mut all = store::folder::scenarios(folder).unwrap().into_iter();
        let file = all.find(|(it, _)| *it == path).unwrap_or_else(|| panic!("no {path}"));
        let sources = SourceSet::new("", [file]);
        let scenario = engine::scenario::read(&sources, FileId(0), &self.machine).0.unwrap();
        self.play(&scenario, 1);
    }

    /// A token of a role, the same each time.
    pub(crate) fn token(&self, role: &str) -> String {
        let mut tokens = self.tokens.borrow_mut();
        tokens.entry(role.to_owned()).or_insert_with(|| self.served.as_role(role)).clone()
    }

    fn play(&mut self, scenario: &Scenario, number: usize) {
        let outcome = run(&self.machine, scenario);
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for step in &outcome.steps {
            for reported in &step.reported {
                let id = outcome.strings.get(reported.event.id);
                // A stop that is proposed by its condition is reported by nobody.
                let Some(act) = act(scenario, step, id) else { continue };
                self.served.clock.set(reported.event.recorded_at);
                // A clock that is a little ahead counts as the present here, and there it does not.
                let (at, recorded_at) = (reported.event.at, reported.event.recorded_at);
                if (1..=5_000).contains(&at.ms_since(recorded_at)) {
                    continue;
                }
                let shown = format!("{} step {} {}", scenario.path, step.number, act.id);
                let name = scenario.cases[step.case.index()].clone();
                let (answer, mut marks) =
                    self.send(act, (&outcome, &reported.event), (ids.get(&name), &ids, number));
                let expected = match (&reported.refusal, ids.contains_key(&name)) {
                    (Some(_), _) => 409,
                    (None, true) => 200,
                    (None, false) => 201,
                };
                let body = String::from_utf8_lossy(&answer.body);
                assert_eq!(answer.status, expected, "{shown}: {body}");
                if expected == 201 {
                    let case = answer.json()["case"].clone();
                    let text = |at: &str| case[at].as_str().map(str::to_owned);
                    let id = text("id").unwrap();
                    marks.iter_mut().for_each(|it| it.case.clone_from(&id));
                    let (complainant, respondent) = (text("complainant"), text("respondent"));
                    self.cases.push(Played { id: id.clone(), complainant, respondent });
                    ids.insert(name, id);
                }
                // What is refused is kept nowhere that all would read it.
                if expected != 409 {
                    self.marks.extend(marks);
                }
            }
            // What is due at an instant may still be done then: a breach is known just after.
            self.served.clock.set(step.now.plus_ms(1).unwrap());
        }
        self.served.settle();
        for (place, name) in scenario.cases.iter().enumerate() {
            if let Some(id) = ids.get(name) {
                self.same(&outcome, place, id, &scenario.path);
            }
        }
    }

    /// What happened to a case over HTTP is what happened to it in the scenario.
    fn same(&self, outcome: &Outcome, place: usize, id: &str, shown: &str) {
        let (_, held) = outcome.register.iter().nth(place).unwrap();
        let machine = &self.machine;
        let expected: Vec<String> = held
            .facts()
            .map(|fact| {
                let record = runtime::record(machine, &outcome.strings, fact);
                let of = |name: &str| {
                    let found = record.entries.iter().find(|(it, _)| *it == name);
                    found.and_then(|(_, it)| it.clone()).unwrap_or_default()
                };
                line(&fact.at.to_string(), &of)
            })
            .collect();
        let all = self.served.get(&self.all, &format!("/v1/cases/{id}/timeline"));
        let all = all.is(200).json();
        let decisions = all["decisions"].as_array().unwrap().iter();
        let facts = decisions
            .filter(|it| it.get("stop").is_none())
            .flat_map(|it| it["facts"].as_array().unwrap());
        let found: Vec<String> = facts
            .map(|fact| {
                let of = |name: &str| {
                    fact.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
                };
                line(&of("at"), &of)
            })
            .collect();
        let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
        assert_eq!(differs, None, "{shown}");
        let rest = |of: &[String], other: &[String]| of.get(other.len()..).map(<[_]>::to_vec);
        let (more, less) = (rest(&found, &expected), rest(&expected, &found));
        assert_eq!(found.len(), expected.len(), "{shown}: {more:?} {less:?}");
    }

    /// Sends a report; the marks in it.
    fn send(
        &self,
        act: &Act,
        (outcome, event): (&Outcome, &runtime::Event),
        (case, ids, number): (Option<&String>, &BTreeMap<String, String>, usize),
    ) -> (Answer, Vec<Mark>) {
        let own = act.stop.map_or(&self.machine, |it| self.machine.stop(it).unwrap());
        let protocol = &own.protocol;
        let stop = act.stop.map(|it| self.machine.protocol.stops[it.index()].name.clone());
        let text = |id: Symbol| outcome.strings.get(id).to_owned();
        let person = |id: Symbol| format!("{}-{number}", text(id));
        let is_own =
            |it: Symbol| Some(it) == event.complainant || Some(it) == case_person(outcome, it);
        let actor = |it: runtime::Actor| {
            let party = protocol.party_name(it.party).to_owned();
            match it.person {
                None => party,
                Some(id) if is_own(id) => format!("{party}:{}", person(id)),
                Some(id) => format!("{party}:{}", text(id)),
            }
        };
        let kind = &protocol.events[event.kind.index()];
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        let (by, entered_by) = (actor(event.actor), event.entered_by.map(actor));
        put("id", json!(act.id));
        put("by", json!(by));
        if let Some(it) = &entered_by {
            put("entered_by", json!(it));
        }
        let date = || self.machine.protocol.zone.civil(event.at).date().to_string();
        if event.date_only {
            put("at", json!(date()));
        } else if event.at != event.recorded_at {
            put("at", json!(event.at.to_string()));
        }
        if let Some(channel) = &act.channel {
            put("channel", json!(channel));
        }
        let mut marking = Marking { play: self, stop: stop.as_ref(), case, marks: Vec::new() };
        if let Some(reason) = &act.reason {
            let text = marking.mark(Under::Reason(kind.name.clone()), false);
            put("reason", json!(format!("{reason} {text}")));
        }
        put("data", Value::Object(data(act, protocol, event, &mut marking)));
        let marks = marking.marks;
        if let Some(it) = event.complainant {
            put("complainant", json!(person(it)));
        }
        let sender = entered_by.as_deref().unwrap_or(&by).split(':').next().unwrap().to_owned();
        let token = match sender.as_str() {
            // Whoever complains has a token that names them; here somebody speaks for them.
            "complainant" | "respondent" => self.all.clone(),
            role => self.token(role),
        };
        let Some(id) = case else {
            put("protocol", json!(self.machine.protocol.id));
            if let Some(it) = event.respondent {
                put("respondent", json!(text(it)));
            }
            if let Some(it) = &act.intake {
                put("intake", json!(it));
            }
            return (self.served.post(&token, "/v1/cases", &Value::Object(body)), marks);
        };
        put("event", json!(kind.name));
        put("entry", json!(event.entry.map(text)));
        put("stop", json!(stop));
        for (name, value) in of_others(act, ids) {
            put(name, value);
        }
        body.retain(|_, it| !it.is_null());
        let path = format!("/v1/cases/{id}/events");
        (self.served.post(&token, &path, &Value::Object(body)), marks)
    }
}

/// Puts marks into what is sent, and remembers them.
struct Marking<'a> {
    play: &'a Stage,
    stop: Option<&'a String>,
    case: Option<&'a String>,
    marks: Vec<Mark>,
}

impl Marking<'_> {
    fn mark(&mut self, under: Under, personal: bool) -> String {
        let n_marks = &self.play.n_marks;
        n_marks.set(n_marks.get() + 1);
        let text = format!("mark{}end", n_marks.get());
        let (stop, case) = (self.stop.cloned(), self.case.cloned().unwrap_or_default());
        self.marks.push(Mark { text: text.clone(), under, personal, stop, case });
        text
    }
}

/// The fields that an act brings, with a mark in every text.
fn data(
    act: &Act,
    protocol: &Protocol,
    event: &runtime::Event,
    marking: &mut Marking<'_>,
) -> Map<String, Value> {
    let mut data = Map::new();
    for (name, given) in &act.data {
        let personal = act.personal.iter().find(|(it, _)| it == name).map(|(_, text)| text);
        let value = match (given, personal) {
            (Given::Slot(_), Some(text)) | (Given::Text(text), _) => {
                match under(protocol, event, name) {
                    Some((under, is_personal)) => {
                        json!(format!("{text} {}", marking.mark(under, is_personal)))
                    }
                    None => json!(text),
                }
            }
            (Given::Slot(slot), None) => json!(slot),
            (Given::Number(number), _) => json!(number.to_string()),
            (Given::Flag(flag), _) => json!(flag),
            (Given::Date(date), _) => json!(date.to_string()),
        };
        data.insert(name.clone(), value);
    }
    data
}

/// What an act names besides: another case, a letter, a report before it.
fn of_others(act: &Act, ids: &BTreeMap<String, String>) -> [(&'static str, Value); 3] {
    let revision = act.revision.as_ref().map(|it| {
        let happened = it.happened_at.map(|it| match it {
            ReportedAt::Instant(at) => at.to_string(),
            ReportedAt::Date(date) => date.to_string(),
        });
        json!({ "of": it.of, "happened_at": happened, "struck": it.struck })
    });
    [
        ("case", json!(act.case.as_ref().map(|it| ids.get(it).unwrap_or(it)))),
        ("letter", json!(act.letter)),
        ("revision", json!(revision)),
    ]
}

fn act<'a>(scenario: &'a Scenario, step: &StepOutcome, id: &str) -> Option<&'a Act> {
    let all = scenario.steps.iter().chain(&scenario.openings);
    let mut acts = all.filter(|it| it.case == step.case).flat_map(|it| &it.acts);
    acts.find(|it| it.id == id)
}

/// The complainant of some case, if that is who this is.
fn case_person(outcome: &Outcome, person: Symbol) -> Option<Symbol> {
    let mut all = outcome.register.iter();
    all.any(|(_, held)| held.case.complainant == Some(person)).then_some(person)
}

/// Under what a free text is written, and whether it is personal; nothing for what is no free text.
fn under(protocol: &Protocol, event: &runtime::Event, name: &str) -> Option<(Under, bool)> {
    let kind = &protocol.events[event.kind.index()];
    let (under, field) = match kind.of {
        Some(of) => {
            let record = &protocol.records[of.record.index()];
            let place = usize::from(record.field(name)?);
            (Under::Record(record.name.clone()), &record.fields[place].field)
        }
        None => {
            let id = protocol.field(name)?;
            (Under::Field(name.to_owned()), &protocol.fields[id.index()])
        }
    };
    matches!(field.kind, FieldKind::Text).then(|| (under, field.personal))
}

/// What must be the same of a fact.
fn line(at: &str, of: &dyn Fn(&str) -> String) -> String {
    let names = ["kind", "event", "stage", "rung", "deadline", "due", "letter", "party", "field"];
    let all = names.map(of).join(" ");
    format!("{at} {all}")
}
