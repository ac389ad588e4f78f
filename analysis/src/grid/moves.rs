//! What anybody can report, as far as decisions can tell it apart.

use engine::machine::Machine;
use engine::model::{
    BuiltIn, ChannelId, Choose, Doer, EntryAct, EventId, Field, FieldId, FieldKind, IntakeId,
    Party, Promise, SetTo, Variable,
};
use engine::runtime::{Actor, Case, Event};
use engine::script::{Expr, Value, cuts, reads};
use engine::text::{Strings, Symbol};
use engine::time::{Instant, NaiveDate};

/// More ways to report one event are not tried.
const WAYS_MAX: usize = 256;
/// So many persons act in a case, one an act.
const PERSONS: u32 = 64;
/// Dates that are brought: so many days from the day of the event.
const DAYS_AHEAD: [usize; 3] = [0, 3, 9];

/// Every way to report every event.
pub(super) struct Moves<'m> {
    machine: &'m Machine,
    kinds: Vec<Kind>,
    persons: Vec<Symbol>,
    something: Symbol,
    /// Whether conditions ask whose act it is, so that everybody who may is tried.
    asks_who: bool,
}

/// The ways to report one event.
struct Kind {
    event: EventId,
    fields: Vec<(FieldId, Vec<Given>)>,
    channels: Vec<Option<ChannelId>>,
    intakes: Vec<Option<IntakeId>>,
}

/// What an event may bring for a field.
#[derive(Clone, Copy)]
enum Given {
    Nothing,
    This(Value),
    DateAhead(usize),
}

impl<'m> Moves<'m> {
    /// Reads a protocol. `strings` gets what events bring that means nothing.
    pub(super) fn new(machine: &'m Machine, strings: &mut Strings) -> Self {
        let protocol = &machine.protocol;
        let something = strings.intern("something");
        let persons = (1..=PERSONS).map(|it| strings.intern(&format!("person-{it}"))).collect();
        let conditions = conditions(machine);
        let asks = |wanted: Variable| {
            let is_it = |id: &engine::script::VariableId| {
                protocol.variables.get(usize::from(id.0)) == Some(&wanted)
            };
            conditions.iter().any(|it| reads(it).iter().any(is_it))
        };
        let by_channel = asks(Variable::Channel) || asks(Variable::ChannelWritten);
        let kinds = protocol.events.iter().enumerate().filter_map(|(place, event)| {
            let is_outside = |it: BuiltIn| it != BuiltIn::Converted && place != 0;
            let is_of_record = event.of.is_some_and(|it| it.act != EntryAct::Added);
            if event.built_in.is_some_and(is_outside) || is_of_record {
                return None;
            }
            let fields = event.carries.iter().map(|carried| {
                let field = &protocol.fields[carried.field.index()];
                let asked = classes(machine, &conditions, carried.field);
                let mut values = match asked {
                    Some(values) => values,
                    None if carried.required => vec![filler(field, something)],
                    None => Vec::new(),
                };
                if !carried.required {
                    values.push(Given::Nothing);
                }
                (carried.field, values)
            });
            let mut fields: Vec<_> = fields.collect();
            fields.sort_by_key(|(field, _)| *field);
            let channels = channels(machine, event.written, by_channel);
            let intakes = match place {
                0 if !protocol.intake.is_empty() => {
                    (0..protocol.intake.len()).map(|it| Some(IntakeId::at(it))).collect()
                }
                _ => vec![None],
            };
            Some(Kind { event: EventId::at(place), fields, channels, intakes })
        });
        let kinds = kinds.collect();
        Self { machine, kinds, persons, something, asks_who: asks(Variable::By) }
    }

    /// What can be tried now, in order of the events; whether it is allowed is for `decide` to say.
    pub(super) fn now(&self, case: &Case, at: Instant) -> Vec<Event> {
        let is_open = case.opened_at.is_some();
        let kinds = self.kinds.iter().filter(|it| (it.event == EventId::OPENED) != is_open);
        kinds.flat_map(|kind| self.ways(kind, case, at)).collect()
    }

    /// Every way to report one event now, by everybody who may.
    pub(super) fn of(&self, event: EventId, case: &Case, at: Instant) -> Vec<Event> {
        let kinds = self.kinds.iter().filter(|it| it.event == event);
        kinds.flat_map(|kind| self.ways(kind, case, at)).collect()
    }

    fn ways(&self, kind: &Kind, case: &Case, at: Instant) -> Vec<Event> {
        let machine = self.machine;
        let today = machine.protocol.zone.civil(at).date();
        let by = &machine.protocol.events[kind.event.index()].by;
        let parties: Vec<Party> =
            by.iter().filter_map(|doer| party(machine, case, *doer)).collect();
        let n_parties = if self.asks_who { parties.len() } else { 1 };
        let n_ways = kind.fields.iter().map(|(_, values)| values.len());
        let n_ways = n_ways.chain([kind.channels.len(), kind.intakes.len()]);
        let n_ways = n_ways.fold(1usize, usize::saturating_mul).min(WAYS_MAX);
        let parties = parties.into_iter().take(n_parties);
        parties
            .flat_map(|party| (0..n_ways).map(move |way| (party, way)))
            .map(|(party, way)| self.event(kind, case, (at, today), party, way))
            .collect()
    }

    fn event(
        &self,
        kind: &Kind,
        case: &Case,
        (at, today): (Instant, NaiveDate),
        party: Party,
        way: usize,
    ) -> Event {
        let mut rest = way;
        let mut pick = |n: usize| {
            let place = rest % n.max(1);
            rest /= n.max(1);
            place
        };
        let channel = kind.channels.get(pick(kind.channels.len())).copied().flatten();
        let intake = kind.intakes.get(pick(kind.intakes.len())).copied().flatten();
        let mut data = Vec::new();
        for (field, values) in &kind.fields {
            let value = match values.get(pick(values.len())) {
                None | Some(Given::Nothing) => continue,
                Some(Given::This(value)) => *value,
                Some(Given::DateAhead(days)) => {
                    let dates = std::iter::successors(Some(today), NaiveDate::succ_opt);
                    Value::Date(dates.take(days + 1).last().unwrap_or(today))
                }
            };
            data.push((*field, value));
        }
        // Whoever acts has done nothing before, so that nobody is barred.
        let n_acts = case.acts.len().min(self.persons.len().saturating_sub(1));
        let person = self.persons.get(n_acts).copied();
        let of = self.machine.protocol.events[kind.event.index()].of;
        Event {
            channel,
            intake,
            data,
            entry: of.map(|_| self.something),
            reason: Some(self.something),
            complainant: (!self.machine.protocol.intake.is_empty()).then_some(self.something),
            ..Event::new(self.something, kind.event, at, Actor { party, person })
        }
    }
}

fn party(machine: &Machine, case: &Case, doer: Doer) -> Option<Party> {
    let protocol = &machine.protocol;
    let handler = || protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    match doer {
        Doer::Party(party) => Some(party),
        Doer::Handler => handler(),
        Doer::Owner => match protocol.stages[case.stage.index()].owner {
            Some(Doer::Party(party)) => Some(party),
            Some(Doer::Handler) => handler(),
            _ => None,
        },
    }
}

/// Every condition and every computed value of the protocol.
fn conditions(machine: &Machine) -> Vec<&Expr> {
    let protocol = &machine.protocol;
    let branches = protocol.stages.iter().flat_map(|stage| {
        let on = stage.on.iter().flat_map(|it| it.branches.iter());
        on.chain(stage.after.iter().map(|it| &it.branch))
    });
    let set = branches.clone().flat_map(|it| it.set.iter()).filter_map(|it| match &it.to {
        SetTo::Computed(expr) => Some(expr),
        SetTo::Preset(_) => None,
    });
    let deadlines = protocol.deadlines.iter().flat_map(|it| {
        let choices = match &it.choose {
            Choose::First(list) => list.as_slice(),
            _ => &[],
        };
        let choices = choices.iter().filter_map(|(when, _)| when.as_ref());
        let met = it.met_by.iter().filter_map(|it| it.when.as_ref());
        let extend = it.extend.iter().filter_map(|it| it.when.as_ref());
        it.when.iter().chain(choices).chain(met).chain(extend)
    });
    let guarantees = protocol.guarantees.iter().filter_map(|it| match &it.promise {
        Promise::While { holds, .. } => Some(holds),
        Promise::Possible { holds, .. } => holds.as_ref(),
        _ => None,
    });
    let severity = protocol.severity.iter().flat_map(|it| it.rules.iter().map(|it| &it.when));
    let rungs = protocol.ladder.iter().filter_map(|it| it.start_when.as_ref());
    let named = protocol.conditions.iter().map(|it| &it.is);
    let branches = branches.filter_map(|it| it.when.as_ref());
    branches
        .chain(set)
        .chain(deadlines)
        .chain(guarantees)
        .chain(severity)
        .chain(rungs)
        .chain(named)
        .collect()
}

/// The values of a field that the protocol can tell apart; `None` where nothing looks at it.
fn classes(machine: &Machine, conditions: &[&Expr], field: FieldId) -> Option<Vec<Given>> {
    let protocol = &machine.protocol;
    let declared = &protocol.fields[field.index()];
    let is_it = |id: engine::script::VariableId| {
        protocol.variables.get(usize::from(id.0)) == Some(&Variable::Field(field))
    };
    let about: Vec<&Expr> =
        conditions.iter().filter(|it| reads(it).into_iter().any(is_it)).copied().collect();
    let chooses = protocol
        .deadlines
        .iter()
        .any(|it| matches!(&it.choose, Choose::ByField(of, _) if *of == field));
    if let FieldKind::Date = declared.kind {
        return Some(DAYS_AHEAD.map(Given::DateAhead).to_vec());
    }
    if about.is_empty() && !chooses {
        return None;
    }
    if let Some(cuts) = cuts(&about, &protocol.scope).filter(|_| !chooses)
        && let Some(cut) = cuts.variables.into_iter().find(|it| is_it(it.variable))
    {
        let values = cut.classes.into_iter().filter(|it| *it != Value::Unset);
        return Some(values.map(Given::This).collect());
    }
    let values = match declared.kind {
        FieldKind::Flag => vec![Value::Flag(false), Value::Flag(true)],
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let n_names = protocol.scope.set(set).map_or(1, |it| it.names.len());
            (0..).take(n_names).map(Value::Choice).collect()
        }
        _ => return None,
    };
    Some(values.into_iter().map(Given::This).collect())
}

/// Some value of a field that nothing looks at.
fn filler(field: &Field, something: Symbol) -> Given {
    Given::This(match field.kind {
        _ if field.personal => Value::Slot(something),
        FieldKind::Number | FieldKind::Money(_) => Value::Number(Default::default()),
        FieldKind::Choice(_) | FieldKind::Role(_) => Value::Choice(0),
        FieldKind::Flag => Value::Flag(false),
        FieldKind::Date => return Given::DateAhead(0),
        FieldKind::Text | FieldKind::File => Value::Text(something),
    })
}

/// The channels to try: one in writing where it must be, all where a condition asks.
fn channels(machine: &Machine, written: bool, by_channel: bool) -> Vec<Option<ChannelId>> {
    let all = machine.protocol.channels.iter().enumerate();
    let fits = all.filter(|(_, it)| it.written || !written);
    let mut fits: Vec<_> = fits.map(|(place, _)| Some(ChannelId::at(place))).collect();
    if !by_channel {
        fits.truncate(1);
    }
    if fits.is_empty() {
        fits.push(None);
    }
    fits
}
