//! A course as people read it: when, what happened, what was due, and whose silence it was.

use std::collections::BTreeSet;

use analysis::{Asked, BuiltIn, Course, Outcome};
use engine::machine::Machine;
use engine::model::{DeadlineId, EventId, Guarantee, Point, Promise, RuleId};
use engine::runtime::{ClockState, Event, Fact, FactKind, outlook};
use engine::scenario::{fact_words, value_words};
use engine::script::Value;
use engine::time::{Instant, spoken};

use crate::render::one_line;
use crate::render::verify::built_in::{entry_of, not_given};
use crate::render::verify::words::{
    deadline, deadlines as deadlines_named, either, is_many, none_of, place_of, term, text_of,
    times,
};
use crate::verified::{Answered, Missed, Moment, Retold, VerifiedProtocol};

/// The most entries of the protocol that are named as places to look at.
const LOOK_AT_MAX: usize = 6;

/// A moment of a course, in words.
pub(super) struct Told {
    /// When.
    pub at: Instant,
    /// What happened, the first line first.
    pub lines: Vec<String>,
}

/// The moments of the course at which something happened that matters. The last one says what is
/// wrong with it, where it refutes something.
pub(super) fn told(protocol: &VerifiedProtocol, it: &Answered) -> Vec<Told> {
    let (Some(course), Some(retold)) = (it.course(), &it.retold) else { return Vec::new() };
    let telling = Telling { protocol, it, course, retold, deadlines: deadlines(protocol, it) };
    let mut told: Vec<Told> = retold.moments.iter().filter_map(|it| telling.moment(it)).collect();
    let Some(lines) = telling.end() else { return told };
    // A term ends after what was reported at the same instant.
    let ends = own(protocol, it).is_some_and(|it| matches!(it.promise, Promise::Within { .. }));
    let last_is_reported = retold.moments.last().is_some_and(|it| it.event.is_some());
    let is_apart = ends && last_is_reported;
    match told.last_mut().filter(|last| last.at == course.at && !is_apart) {
        Some(last) => last.lines.extend(lines),
        None => told.push(Told { at: course.at, lines }),
    }
    told
}

/// The entries of the protocol that made the course what it is, each with its place.
pub(super) fn look_at(protocol: &VerifiedProtocol, it: &Answered) -> Vec<(String, String)> {
    let machine = &protocol.machine;
    let named = |rule: &RuleId| {
        let path = machine.protocol.rule(*rule).path.clone();
        (path, place_of(machine, &protocol.sources, *rule))
    };
    rules(protocol, it).iter().map(named).collect()
}

/// The entries of the protocol that made the course what it is.
pub(super) fn rules(protocol: &VerifiedProtocol, it: &Answered) -> Vec<RuleId> {
    let machine = &protocol.machine;
    if let Outcome::Impossible(impossible) = &it.verdict.outcome {
        let mut entries: Vec<RuleId> =
            impossible.iter().filter_map(|it| entry_of(machine, *it)).collect();
        entries.dedup();
        return entries;
    }
    let Some(retold) = &it.retold else { return Vec::new() };
    let relevant = deadlines(protocol, it);
    let mut rules: Vec<RuleId> = Vec::new();
    let facts = retold.moments.iter().flat_map(|it| it.facts.iter().map(move |fact| (it, fact)));
    for (moment, fact) in facts {
        let opens = moment.event.as_ref().is_some_and(|it| it.kind == EventId::OPENED);
        let is_looked_at = match fact.kind {
            FactKind::StageEntered { .. } => !opens,
            FactKind::Escalated { .. } | FactKind::EscalationExhausted => true,
            FactKind::Breached { clock }
            | FactKind::Lapsed { clock }
            | FactKind::Paused { clock, .. }
            | FactKind::Extended { clock, .. } => relevant.contains(&clock.deadline),
            _ => false,
        };
        if is_looked_at && !rules.contains(&fact.rule) {
            rules.push(fact.rule);
        }
    }
    // What would have kept it was not due yet.
    let running = retold.case.clocks.iter().filter(|it| it.is_running());
    let awaited = running.filter(|it| relevant.contains(&it.id.deadline));
    let awaited = awaited.filter_map(|it| machine.protocol.deadlines.get(it.id.deadline.index()));
    for deadline in awaited {
        if !rules.contains(&deadline.rule) {
            rules.push(deadline.rule);
        }
    }
    if rules.is_empty() {
        let stage = machine.protocol.stages.get(retold.case.stage.index());
        rules.extend(stage.map(|it| it.rule));
    }
    // What happened last is nearest to what went wrong.
    let first = rules.len().saturating_sub(LOOK_AT_MAX);
    rules.split_off(first)
}

/// The deadlines that a course is told with: those that the guarantee names, and those that did
/// something else than being met.
fn deadlines(protocol: &VerifiedProtocol, it: &Answered) -> BTreeSet<DeadlineId> {
    let mut found: BTreeSet<DeadlineId> = it.verdict.assumed.iter().copied().collect();
    for point in own(protocol, it).into_iter().flat_map(points) {
        match point {
            Point::Met(id) | Point::Breach(id) | Point::Lapse(id) | Point::Extended(id) => {
                found.insert(id);
            }
            _ => {}
        }
    }
    for fact in it.retold.iter().flat_map(|it| &it.moments).flat_map(|it| &it.facts) {
        match fact.kind {
            FactKind::Breached { clock }
            | FactKind::Lapsed { clock }
            | FactKind::Paused { clock, .. }
            | FactKind::Extended { clock, .. } => {
                found.insert(clock.deadline);
            }
            _ => {}
        }
    }
    found
}

fn own<'a>(protocol: &'a VerifiedProtocol, it: &Answered) -> Option<&'a Guarantee> {
    match it.verdict.asked {
        Asked::Own(id) => protocol.machine.protocol.guarantees.get(id.index()),
        Asked::BuiltIn(_) => None,
    }
}

fn points(guarantee: &Guarantee) -> Vec<Point> {
    let lists: [&[Point]; 3] = match &guarantee.promise {
        Promise::Within { from, expect, .. } => [from, expect, &guarantee.unless],
        Promise::Before { never, before } => [never, before, &guarantee.unless],
        Promise::TooSoon { never, from, .. } => [never, from, &guarantee.unless],
        Promise::While { never, .. } | Promise::AtMost { never, .. } => {
            [never, &[], &guarantee.unless]
        }
        Promise::Reachable { points } => [points, &[], &guarantee.unless],
        Promise::Possible { .. } => [&[], &[], &guarantee.unless],
    };
    lists.concat()
}

struct Telling<'a> {
    protocol: &'a VerifiedProtocol,
    it: &'a Answered,
    course: &'a Course,
    retold: &'a Retold,
    deadlines: BTreeSet<DeadlineId>,
}

impl Telling<'_> {
    const fn machine(&self) -> &Machine {
        &self.protocol.machine
    }

    /// A moment; nothing where nothing happened that matters.
    fn moment(&self, moment: &Moment) -> Option<Told> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(moment.event.as_ref().map(|it| self.event(it)));
        lines.extend(moment.event.as_ref().and_then(|it| self.brought(it)));
        lines.extend(moment.missed.iter().map(|it| self.missed(*it)));
        let words =
            |fact: &Fact| fact_words(self.machine(), &self.course.strings, &self.retold.case, fact);
        let facts = moment.facts.iter().filter(|it| self.is_told(it));
        lines.extend(facts.filter_map(words).map(|it| one_line(&it)));
        (!lines.is_empty()).then_some(Told { at: moment.at, lines })
    }

    /// "answer_sent by agent, by post".
    fn event(&self, event: &Event) -> String {
        let protocol = &self.machine().protocol;
        let name = protocol.events.get(event.kind.index()).map_or("", |it| it.name.as_str());
        let mut line = format!("{name} by {}", protocol.party_name(event.actor.party));
        let channel = event.channel.and_then(|it| protocol.channels.get(it.index()));
        line.extend(channel.map(|it| format!(", by {}", it.name)));
        line
    }

    /// "with category: delivery, amount: 60 EUR": what conditions may ask of it.
    fn brought(&self, event: &Event) -> Option<String> {
        let (machine, strings) = (self.machine(), &self.course.strings);
        let protocol = &machine.protocol;
        let of_case = event
            .data
            .iter()
            .filter_map(|(id, value)| Some((protocol.fields.get(id.index())?, *value)));
        let kind = protocol.events.get(event.kind.index());
        let record =
            kind.and_then(|it| it.of).and_then(|it| protocol.records.get(it.record.index()));
        let of_entry = event.entry_data.iter().filter_map(|(place, value)| {
            Some((&record?.fields.get(usize::from(*place))?.field, *value))
        });
        let matters = |value: &Value| {
            matches!(value, Value::Flag(_) | Value::Number(_) | Value::Choice(_) | Value::Date(_))
        };
        let told: Vec<String> = of_case
            .chain(of_entry)
            .filter(|(_, value)| matters(value))
            .map(|(field, value)| {
                format!("{}: {}", field.name, value_words(machine, strings, field, value))
            })
            .collect();
        (!told.is_empty()).then(|| one_line(&format!("with {}", told.join(", "))))
    }

    /// "`answer` was due, and nothing came from agent: missed".
    fn missed(&self, missed: Missed) -> String {
        let name = deadline(self.machine(), missed.clock.deadline);
        match missed.who {
            Some(who) => {
                let who = self.machine().protocol.party_name(who);
                format!("`{name}` was due, and {who} was silent: missed")
            }
            None => format!("`{name}` was due, and nothing was done: missed"),
        }
    }

    fn is_told(&self, fact: &Fact) -> bool {
        match &fact.kind {
            // That somebody is told of a broken guarantee goes without saying.
            FactKind::Told { .. } => {
                let guarantees = &self.machine().protocol.guarantees;
                guarantees.iter().all(|it| it.rule != fact.rule)
            }
            FactKind::StageEntered { .. }
            | FactKind::Placed { .. }
            | FactKind::Escalated { .. }
            | FactKind::EscalationExhausted
            | FactKind::SeverityChanged { .. }
            | FactKind::LetterDue { .. }
            | FactKind::Closed
            | FactKind::Reopened
            | FactKind::ActRefused { .. } => true,
            FactKind::Started { clock, .. }
            | FactKind::Recounted { clock, .. }
            | FactKind::Met { clock, .. }
            | FactKind::Lapsed { clock }
            | FactKind::Paused { clock, .. }
            | FactKind::Resumed { clock, .. }
            | FactKind::Extended { clock, .. }
            | FactKind::Cancelled { clock, .. } => self.deadlines.contains(&clock.deadline),
            _ => false,
        }
    }

    /// What is wrong at the end; nothing for a course on which a guarantee is kept.
    fn end(&self) -> Option<Vec<String>> {
        if !matches!(self.it.verdict.outcome, Outcome::Refuted(_)) {
            return None;
        }
        let wrong = match (own(self.protocol, self.it), self.it.verdict.asked) {
            (Some(guarantee), _) => self.broken(guarantee),
            (None, Asked::BuiltIn(built_in)) => {
                not_given(self.machine(), self.course, self.retold, built_in)
            }
            (None, Asked::Own(_)) => String::new(),
        };
        let stands = self.matters_where_it_stands().then(|| self.where_it_stands());
        Some(std::iter::once(wrong).chain(stands).collect())
    }

    /// Whether it is what does not happen that is wrong.
    fn matters_where_it_stands(&self) -> bool {
        match (own(self.protocol, self.it).map(|it| &it.promise), self.it.verdict.asked) {
            (Some(promise), _) => matches!(
                promise,
                Promise::Within { .. } | Promise::Possible { .. } | Promise::Reachable { .. }
            ),
            (None, Asked::BuiltIn(it)) => {
                !matches!(it, BuiltIn::NoRungSkipped | BuiltIn::WarningsInTime)
            }
            (None, Asked::Own(_)) => false,
        }
    }

    fn broken(&self, guarantee: &Guarantee) -> String {
        let machine = self.machine();
        let all = |points| either(machine, points);
        let these = |points: &[Point]| either(machine, &self.happened(points));
        match &guarantee.promise {
            Promise::Within { from, within, expect } => {
                let (since, are) = (self.since(from), if is_many(within) { "are" } else { "is" });
                let none = none_of(machine, expect);
                format!("{} since {since} {are} over, and {none} happened", term(within))
            }
            Promise::Before { never, before } => {
                format!("{} happens, and {} has not happened before", these(never), all(before))
            }
            Promise::While { never, holds } => {
                let holds = text_of(&self.protocol.sources, holds.span);
                format!("{} happens while `{holds}`", these(never))
            }
            Promise::TooSoon { never, from, within } => {
                let (never, within, from) = (these(never), term(within), self.since(from));
                let until = self.promised().map_or_else(String::new, |(_, due)| {
                    format!(": that is until {}", spoken(&machine.protocol.zone, due))
                });
                format!("{never} happens sooner than {within} after {from}{until}")
            }
            Promise::AtMost { never, times: 0 } => format!("{} happens", these(never)),
            Promise::AtMost { never, times } => {
                let times = self::times(*times);
                format!("{} happens again, which makes it more than {times}", these(never))
            }
            Promise::Possible { event, .. } => {
                let event = machine.protocol.events.get(event.index());
                let event = event.map_or("", |it| it.name.as_str());
                format!("nobody can report `{event}` here")
            }
            Promise::Reachable { points } => {
                format!("from here no way leads to {}", all(points))
            }
        }
    }

    /// "`opened` on Mon 5 Jan 2026 10:00".
    fn since(&self, from: &[Point]) -> String {
        let points = either(self.machine(), from);
        match self.promised() {
            Some((begun, _)) => {
                format!("{points} on {}", spoken(&self.machine().protocol.zone, begun))
            }
            None => points,
        }
    }

    /// When the guarantee began to be owed for the last time, and when its term ends.
    fn promised(&self) -> Option<(Instant, Instant)> {
        let Asked::Own(id) = self.it.verdict.asked else { return None };
        let facts = self.retold.moments.iter().flat_map(|it| &it.facts);
        let mut promised = facts.filter_map(|it| match it.kind {
            FactKind::Promised { guarantee, start, due } if guarantee == id => {
                Some((start.at, due?))
            }
            _ => None,
        });
        promised.next_back()
    }

    /// Which of some points happened at the last moment; all of them where none is seen there.
    fn happened(&self, points: &[Point]) -> Vec<Point> {
        let moments = self.retold.moments.iter().filter(|it| it.at == self.course.at);
        let facts: Vec<&Fact> = moments.flat_map(|it| &it.facts).collect();
        let is = |point: &&Point| facts.iter().any(|it| it.kind.makes(**point));
        let seen: Vec<Point> = points.iter().filter(is).copied().collect();
        if seen.is_empty() { points.to_vec() } else { seen }
    }

    /// "`answer` stands still, and nothing is due".
    fn nothing_is_due(&self) -> String {
        let clocks = self.retold.case.clocks.iter();
        let still = clocks.filter(|it| matches!(it.state, ClockState::Paused(_)));
        let still: Vec<DeadlineId> = still.map(|it| it.id.deadline).collect();
        let names = deadlines_named(self.machine(), &still);
        match still.len() {
            0 => "nothing is due".to_owned(),
            1 => format!("{names} stands still, and nothing is due"),
            _ => format!("{names} stand still, and nothing is due"),
        }
    }

    /// "the case stands in stage `x`; `answer` is due next, on Tue 6 Jan 2026 17:00 from agent".
    fn where_it_stands(&self) -> String {
        let (machine, case) = (self.machine(), &self.retold.case);
        let protocol = &machine.protocol;
        let stage = protocol.stages.get(case.stage.index()).map_or("", |it| it.name.as_str());
        let ahead = outlook(machine, case, self.course.until);
        let next = ahead.owed.iter().find_map(|it| Some((it, it.due.filter(|_| !it.is_missed)?)));
        let next = match (next, ahead.by_itself.first(), case.closed) {
            (_, _, true) => "it is closed".to_owned(),
            (Some((owed, due)), ..) => {
                let who = owed.who.map(|it| format!(" from {}", protocol.party_name(it)));
                let name = deadline(machine, owed.deadline);
                let due = spoken(&protocol.zone, due);
                format!("`{name}` is due next, on {due}{}", who.unwrap_or_default())
            }
            (None, Some(by_itself), _) => {
                format!("time acts next, on {}", spoken(&protocol.zone, by_itself.at))
            }
            (None, None, _) => self.nothing_is_due(),
        };
        format!("the case stands in stage `{stage}`; {next}")
    }
}
