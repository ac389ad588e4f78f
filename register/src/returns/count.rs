//! Counts.

use std::collections::BTreeMap;

use anyhow::anyhow;
use chrono::NaiveDate;
use engine::machine::Machine;
use engine::model::{FieldId, FieldKind, Readable, RecordId};
use engine::runtime::{Case, Clock, Fact, FactKind, is_upheld};
use engine::time::{Instant, Zone};
use store::cases::Tenant;
use store::keeper::{Reader, Reading};

use crate::returns::days::Days;
use crate::returns::figure::{DEFINITIONS, Figure};
use crate::rows::{Rows, State, days_late, state, working_days};
use crate::viewer::Viewer;
use crate::walk::{Asked, each};

/// Of what a return is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The instant whose record counts, inclusive.
    pub as_of: Instant,
    /// The first date, inclusive; from the beginning where there is none.
    pub from: Option<NaiveDate>,
    /// The last date, inclusive.
    pub to: NaiveDate,
    /// Only cases whose field, or `severity`, `channel`, `intake` or `version`, has this value.
    pub only: Option<(String, String)>,
}

/// A return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The id of the protocol.
    pub protocol_id: String,
    /// Of what it is.
    pub period: Period,
    /// The figures: those of all cases first, then by what they are divided.
    pub figures: Vec<Figure>,
}

/// Works a return out. The cases are read one after the other.
///
/// # Errors
/// The store fails, or a condition of the protocol breaks on a case, which is named.
pub fn of(
    reader: &Reader,
    (tenant, protocol_id): (Tenant, &str),
    period: Period,
) -> anyhow::Result<Return> {
    let asked = Asked {
        tenant,
        protocol_id: protocol_id.to_owned(),
        reading: Reading::AsKnownAt(period.as_of),
        now: period.as_of,
        from: None,
        to: None,
        viewer: Viewer::Anybody,
    };
    let mut counts = Counts::default();
    counts.all_are_there();
    each(reader, &asked, &mut |case| counts.case(case, &period))?;
    Ok(Return { protocol_id: protocol_id.to_owned(), period, figures: counts.figures() })
}

/// By what cases are divided, and the value.
type Group = (String, String);

#[derive(Default)]
struct Counts {
    n: BTreeMap<(Group, &'static str), u64>,
    days: BTreeMap<(Group, &'static str), Days>,
}

/// The names of figures that are ranks, and of which days.
const RANKS: [(&str, &str, usize); 5] = [
    ("days to close, median", "days", 50),
    ("days to close, 90 %", "days", 90),
    ("working days to close, median", "working days", 50),
    ("working days to close, 90 %", "working days", 90),
    ("days over, median", "days over", 50),
];

impl Counts {
    /// The figures of all cases are said even where they are 0.
    fn all_are_there(&mut self) {
        let names = ["received", "closed", "reopened", "open"].into_iter();
        let bands = BANDS.iter().map(|(name, _)| *name);
        names.chain(bands).for_each(|it| self.add(&[(String::new(), String::new())], it, 0));
        for days in ["days", "working days"] {
            self.days.entry(((String::new(), String::new()), days)).or_default();
        }
    }

    fn add(&mut self, groups: &[Group], name: &'static str, n: u64) {
        for group in groups {
            let count = self.n.entry((group.clone(), name)).or_default();
            *count = count.saturating_add(n);
        }
    }

    fn add_days(&mut self, groups: &[Group], name: &'static str, days: i64) {
        for group in groups {
            self.days.entry((group.clone(), name)).or_default().add(days);
        }
    }

    fn case(&mut self, rows: &Rows<'_>, period: &Period) -> anyhow::Result<()> {
        let (look, case) = (rows.look, &rows.look.case);
        let machine = &look.loaded.machine;
        let zone = &machine.protocol.zone;
        let Some(opened) = case.opened_at else { return Ok(()) };
        let mut groups = groups(machine, case, &look.loaded.version);
        if let Some(only) = &period.only
            && !groups.contains(only)
        {
            return Ok(());
        }
        groups.insert(0, (String::new(), String::new()));
        let date = |at: Instant| zone.civil(at).date();
        let within = |on: NaiveDate| period.from.is_none_or(|it| it <= on) && on <= period.to;
        let received = date(opened);
        if within(received) {
            self.add(&groups, "received", 1);
            self.entries(machine, case);
        }
        let facts = || look.facts.iter().map(|it| (it, date(it.at)));
        if facts().any(|(it, on)| it.kind == FactKind::Reopened && within(on)) {
            self.add(&groups, "reopened", 1);
        }
        let last = facts().rfind(|(it, on)| closes(it) && within(*on));
        if let Some((_, closed)) = last {
            self.add(&groups, "closed", 1);
            self.add_days(&groups, "days", (closed - received).num_days());
            if let Some(calendar) = machine.protocol.calendars.first() {
                self.add_days(&groups, "working days", working_days(calendar, received, closed));
            }
            let id = look.standing.stream;
            let broken = |it| anyhow!("`[history] upheld` breaks on the case {id}: {it:?}");
            match is_upheld(machine, &look.strings, case).map_err(broken)? {
                Some(true) => self.add(&groups, "upheld", 1),
                Some(false) => self.add(&groups, "not upheld", 1),
                None => {}
            }
        }
        if received <= period.to && is_open_at_the_end(zone, &look.facts, period.to) {
            let age = (period.to - received).num_days();
            self.add(&groups, "open", 1);
            let band = BANDS.iter().find(|(_, most)| age <= *most).map(|(name, _)| *name);
            self.add(&groups[..1], band.unwrap_or("open, over 56 days"), 1);
        }
        for clock in &case.clocks {
            self.clock(machine, clock, look.at, &within);
        }
        Ok(())
    }

    fn clock(
        &mut self,
        machine: &Machine,
        clock: &Clock,
        at: Instant,
        within: &dyn Fn(NaiveDate) -> bool,
    ) {
        let protocol = &machine.protocol;
        let Some(deadline) = protocol.deadlines.get(clock.id.deadline.index()) else { return };
        let Some(due) = clock.times.due.filter(|_| !deadline.window) else { return };
        if !within(protocol.zone.civil(due).date()) {
            return;
        }
        let group = [("deadline".to_owned(), deadline.name.clone())];
        let (is_over, how) = match state(clock) {
            State::Met => (false, "within"),
            State::MetLate => (true, "over and done"),
            State::Overdue => (true, "over and owed"),
            State::Missed => (true, "over and dropped"),
            // Not due yet, called off before, or no duty.
            State::Running | State::Paused | State::Cancelled | State::Replaced | State::Lapsed => {
                return;
            }
        };
        for name in ["within", "over", "over and done", "over and owed", "over and dropped"] {
            self.add(&group, name, 0);
        }
        self.add(&group, "due", 1);
        self.add(&group, how, 1);
        if is_over {
            self.add(&group, "over", 1);
        }
        if let Some(days) = days_late(&protocol.zone, clock, at) {
            self.add_days(&group, "days over", days);
        }
    }

    /// The entries of records whose choices everybody reads: several subjects of one case.
    fn entries(&mut self, machine: &Machine, case: &Case) {
        let records = (0u16..).map(RecordId).zip(&machine.protocol.records);
        for (id, record) in records {
            if machine.protocol.confidential.readers(Readable::Record(id)).is_some() {
                continue;
            }
            for (place, field) in (0u16..).zip(&record.fields) {
                let FieldKind::Choice(set) = &field.field.kind else { continue };
                if field.field.personal {
                    continue;
                }
                for entry in case.entries(id) {
                    let value = case.entry_value(id, entry.number, place);
                    let value = choice(machine, *set, value);
                    let by = format!("{}.{}", record.name, field.field.name);
                    self.add(&[(by, value)], "entries", 1);
                }
            }
        }
    }

    fn figures(mut self) -> Vec<Figure> {
        let mut all: Vec<Figure> = Vec::new();
        for (((by, value), name), n) in self.n {
            all.push(Figure { name, by, value, n: Some(n) });
        }
        for (((by, value), name), days) in &mut self.days {
            for (figure, of, percent) in RANKS.iter().filter(|(_, of, _)| of == name) {
                let _ = of;
                let n = days.at_percent(*percent);
                all.push(Figure { name: figure, by: by.clone(), value: value.clone(), n });
            }
        }
        let place = |name: &str| DEFINITIONS.iter().position(|(it, _)| *it == name);
        all.sort_by(|a, b| (&a.by, &a.value, place(a.name)).cmp(&(&b.by, &b.value, place(b.name))));
        all
    }
}

/// How old open cases are at most, in days, by band.
const BANDS: [(&str, i64); 4] = [
    ("open, 0 to 3 days", 3),
    ("open, 4 to 28 days", 28),
    ("open, 29 to 56 days", 56),
    ("open, over 56 days", i64::MAX),
];

const fn closes(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Closed | FactKind::Merged { .. })
}

fn is_open_at_the_end(zone: &Zone, facts: &[Fact], to: NaiveDate) -> bool {
    let by_then = facts.iter().filter(|it| zone.civil(it.at).date() <= to);
    let mut turns = by_then.filter(|it| closes(it) || it.kind == FactKind::Reopened);
    turns.next_back().is_none_or(|it| it.kind == FactKind::Reopened)
}

/// By what a case is divided: what everybody reads of it. What is not said has a value of its own and
/// is never taken for another.
fn groups(machine: &Machine, case: &Case, version: &str) -> Vec<Group> {
    let protocol = &machine.protocol;
    let mut groups = vec![("version".to_owned(), version.to_owned())];
    let name = |it: Option<&String>| it.map_or_else(|| UNSAID.to_owned(), Clone::clone);
    if protocol.severity.is_some() {
        let level = case.severity.map(|it| machine.level_name(it).to_owned());
        groups.push(("severity".to_owned(), name(level.as_ref())));
    }
    let channel = case.channel.and_then(|it| protocol.channels.get(it.index()));
    groups.push(("channel".to_owned(), name(channel.map(|it| &it.name))));
    if let Some(intake) = protocol.intake.get(case.intake.index()) {
        groups.push(("intake".to_owned(), intake.name.clone()));
    }
    for (id, field) in (0u16..).map(FieldId).zip(&protocol.fields) {
        let FieldKind::Choice(set) = &field.kind else { continue };
        let is_open = protocol.confidential.readers(Readable::Field(id)).is_none();
        if is_open && !field.personal {
            groups.push((field.name.clone(), choice(machine, *set, case.field(id))));
        }
    }
    groups
}

/// What stands for a value that nobody has said.
pub(super) const UNSAID: &str = "(not said)";

fn choice(machine: &Machine, set: engine::script::SetId, value: engine::script::Value) -> String {
    let engine::script::Value::Choice(place) = value else { return UNSAID.to_owned() };
    let name = machine.protocol.scope.set(set).and_then(|it| it.name(place));
    name.unwrap_or(UNSAID).to_owned()
}
