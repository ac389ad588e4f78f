//! A run as people review it: who did what when, and what followed.

use crate::machine::Machine;
use crate::model::{Party, Readable};
use crate::runtime::{
    Actor, Case, CaseKey, Change, Changed, Clock, Event, Fact, Refusal, RefusalKind, Register,
    ReportedAt, StopKey,
};
use crate::scenario::telling::correction;
use crate::scenario::telling::fact;
use crate::scenario::telling::stop;
use crate::scenario::words;
use crate::scenario::{Outcome, Reported, Scenario, StepOutcome, StopFact};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

const INDENT: &str = "    ";

/// The timeline of a run: the same for the same protocol and scenario, on every machine. Dates
/// and times are civil ones of the protocol's zone.
#[must_use]
pub fn timeline(machine: &Machine, scenario: &Scenario, outcome: &Outcome) -> String {
    let protocol = &machine.protocol;
    let mut lines = vec![
        scenario.title.replace('\n', " "),
        format!("{} {}, times of {}", protocol.id, protocol.version, protocol.zone.name()),
    ];
    lines.extend(scenario.stops.iter().map(|it| stop::before(machine, it)));
    let telling = Telling {
        machine,
        strings: &outcome.strings,
        register: &outcome.register,
        cases: &scenario.cases,
    };
    for came in &outcome.steps {
        lines.push(String::new());
        telling.step(came, &mut lines);
    }
    lines.push(String::new());
    for (key, held) in outcome.register.iter().take(scenario.cases.len()) {
        lines.extend(telling.end(key, &held.case));
    }
    for (_, held) in outcome.register.stops() {
        lines.extend(stop::at_the_end(machine, &held.stream));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// One step of a timeline, without the heading and the end: a line for what was reported, or for
/// time that passed, and what followed from it.
#[must_use]
pub fn step_told(
    machine: &Machine,
    strings: &Strings,
    register: &Register,
    came: &StepOutcome,
) -> String {
    let mut lines = Vec::new();
    Telling { machine, strings, register, cases: &[] }.step(came, &mut lines);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What lines are told with.
struct Telling<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    /// All cases, those included that were there before.
    register: &'a Register,
    /// The names of the cases. One alone is not named.
    cases: &'a [String],
}

impl Telling<'_> {
    fn step(&self, came: &StepOutcome, lines: &mut Vec<String>) {
        let (machine, strings) = (self.machine, self.strings);
        let mut stops = came.stopped.as_slice();
        let mut told: Option<(CaseKey, Instant, Option<Symbol>)> = None;
        for (key, fact) in in_order(came) {
            stops = self.stops(came, stops, fact.at, lines);
            if told != Some((key, fact.at, fact.cause)) {
                told = Some((key, fact.at, fact.cause));
                lines.push(on_one_level(&self.heading(came, key, fact)));
            }
            let text = fact::fact(machine, strings, &self.register[key].case, fact);
            lines.extend(text.map(|text| on_one_level(&format!("{INDENT}{text}"))));
        }
        for news in &came.news {
            let own: Vec<Fact> =
                came.facts.iter().filter(|it| it.cause == news.heading.cause).copied().collect();
            let told = correction::lines(
                machine,
                strings,
                &self.register[came.case].case,
                news,
                &own,
                came.now,
            );
            for (place, line) in told.iter().enumerate() {
                let indent = if place == 0 { "" } else { INDENT };
                lines.push(on_one_level(&format!("{indent}{line}")));
            }
        }
        self.stops(came, stops, Instant::MAX, lines);
        for reported in &came.reported {
            let recorded = |it: &Refusal| matches!(it.kind, RefusalKind::Stop(..));
            if let Some(refusal) = reported.refusal.as_ref().filter(|it| !recorded(it)) {
                let machine = reported.event.decided_by(machine);
                lines.push(on_one_level(&self.event_line(came.case, &reported.event, came.now)));
                let rules = refusal.rules(machine);
                for (sentence, rule) in refusal.sentences(machine).iter().zip(rules) {
                    let source = words::source(machine, rule);
                    lines.push(on_one_level(&format!("{INDENT}REFUSED: {sentence}{source}")));
                }
            }
        }
        for change in &came.changes {
            lines.extend(self.change(came, change).iter().map(|it| on_one_level(it)));
        }
        let nothing = came.facts.is_empty() && came.elsewhere.is_empty();
        if nothing && came.stopped.is_empty() && came.reported.is_empty() {
            let now = words::instant(machine, came.now);
            lines.push(format!("{now}  {}{}: nothing happens", self.case(came.case), came.what));
        }
    }

    /// The name of a case, where there are several.
    fn named(&self, key: CaseKey) -> Option<&str> {
        let name = self.cases.get(key.index()).filter(|_| self.cases.len() > 1);
        name.map(String::as_str)
    }

    /// "Thu 5 Mar 2026 10:00  trend same_fault: first, second, case 3", and who is told.
    fn change(&self, came: &StepOutcome, change: &Change) -> Vec<String> {
        let machine = self.machine;
        let Some(trend) = machine.protocol.trends.get(change.signal.trend.index()) else {
            return Vec::new();
        };
        let now = words::instant(machine, came.now);
        if change.kind == Changed::Withdrawn {
            return vec![format!("{now}  trend {}: no longer so", trend.name)];
        }
        let named = |key: &CaseKey| {
            let held = self.register.get(*key);
            held.map_or("this case", |it| &it.name)
        };
        let cases: Vec<&str> = change.signal.cases.iter().map(named).collect();
        let source = words::source(machine, trend.rule);
        let mut lines = vec![format!("{now}  trend {}: {}{source}", trend.name, cases.join(", "))];
        let told = trend.tells.iter().map(|id| words::party(machine, Party::Role(*id)));
        lines.extend(told.map(|it| format!("{INDENT}{it} told")));
        lines
    }

    /// "second: ", where there are several.
    fn case(&self, key: CaseKey) -> String {
        self.named(key).map_or_else(String::new, |name| format!("{name}: "))
    }

    /// The line above the facts of one decision.
    fn heading(&self, came: &StepOutcome, key: CaseKey, fact: &Fact) -> String {
        let caused = |it: &&Reported| Some(it.event.id) == fact.cause;
        match came.reported.iter().find(caused).filter(|_| key == came.case) {
            Some(reported) => self.event_line(key, &reported.event, fact.at),
            None => {
                let at = words::instant(self.machine, fact.at);
                format!("{at}  {}time passes", self.case(key))
            }
        }
    }

    /// What happened to stops before an instant; gives what happened from then on.
    fn stops<'c>(
        &self,
        came: &StepOutcome,
        stops: &'c [StopFact],
        until: Instant,
        lines: &mut Vec<String>,
    ) -> &'c [StopFact] {
        let mut headed: Option<(StopKey, Instant, Option<Symbol>)> = None;
        let n_before = stops.iter().take_while(|it| it.fact.at < until).count();
        let (now, later) = stops.split_at_checked(n_before).unwrap_or((stops, &[]));
        for (place, it) in now.iter().enumerate() {
            let before = now.get(..place).unwrap_or_default();
            let Some(text) = stop::fact(self.machine, self.register.stop(it.key), before, it)
            else {
                continue;
            };
            if headed != Some((it.key, it.fact.at, it.fact.cause)) {
                headed = Some((it.key, it.fact.at, it.fact.cause));
                lines.push(on_one_level(&self.heading_of_stop(came, &it.fact)));
            }
            lines.push(on_one_level(&format!("{INDENT}{text}")));
        }
        later
    }

    fn heading_of_stop(&self, came: &StepOutcome, fact: &Fact) -> String {
        let caused = |it: &&Reported| it.event.stop.is_some() && Some(it.event.id) == fact.cause;
        match came.reported.iter().find(caused) {
            Some(reported) => self.event_line(came.case, &reported.event, fact.at),
            None => format!("{}  time passes", words::instant(self.machine, fact.at)),
        }
    }

    /// The name of an event, with that of its stop.
    fn event(&self, event: &Event) -> String {
        let stop = event.stop.and_then(|it| self.machine.protocol.stops.get(it.index()));
        match stop {
            Some(stop) => stop::event(stop, event.kind),
            None => words::event(self.machine, event.kind).to_owned(),
        }
    }

    /// "Mon 30 Mar 2026 16:20  answer_sent by agent, in person".
    fn event_line(&self, key: CaseKey, event: &Event, at: Instant) -> String {
        let (machine, strings) = (self.machine, self.strings);
        let at = match event.date_only {
            true => ReportedAt::Date(machine.protocol.zone.civil(event.at).date()),
            false => ReportedAt::Instant(event.at.min(at)),
        };
        let mut line = format!(
            "{}  {}{} by {}",
            words::reported_at(machine, at),
            self.case(key),
            self.event_words(event),
            actor(machine, strings, event.actor)
        );
        if let Some(entered_by) = event.entered_by {
            line.push_str(&format!(", entered by {}", actor(machine, strings, entered_by)));
        }
        let channel = event.channel.and_then(|id| machine.protocol.channels.get(id.index()));
        if let Some(channel) = channel {
            line.push_str(&format!(", by {}", channel.name));
        }
        if let Some(revision) = event.revision {
            line.push_str(&format!(", of {}", strings.get(revision.of)));
            if let Some((at, date_only)) = revision.happened_at {
                let at = match date_only {
                    true => ReportedAt::Date(machine.protocol.zone.civil(at).date()),
                    false => ReportedAt::Instant(at),
                };
                line.push_str(&format!(", which happened {}", words::reported_at(machine, at)));
            }
            if revision.struck {
                line.push_str(", which never happened");
            }
        }
        let day = |at| machine.protocol.zone.civil(at).date();
        let is_late = match event.date_only {
            true => day(event.recorded_at) != day(event.at),
            false => event.recorded_at != event.at,
        };
        if is_late {
            let recorded = words::instant(machine, event.recorded_at);
            line.push_str(&format!(", recorded {recorded}"));
        }
        if let Some(reason) = event.reason {
            let open = event.stop.is_some() || self.is_open(Readable::Reason(event.kind));
            line.push_str(&match open {
                true => format!(": \"{}\"", strings.get(reason)),
                false => format!(": {}", words::CONFIDENTIAL),
            });
        }
        line
    }

    /// Where a case stands at the end, and what is still owed.
    fn end(&self, key: CaseKey, case: &Case) -> Vec<String> {
        let machine = self.machine;
        let stage = words::stage(machine, case.stage);
        let name = self.named(key).map_or_else(String::new, |name| format!(", {name}"));
        let mut line = format!("at the end{name}: stage {stage}");
        let rung = words::rung(machine, case.rung);
        if !rung.is_empty() {
            line.push_str(&format!(", rung {rung}"));
        }
        if let Some(level) = case.severity {
            line.push_str(&format!(", severity {}", machine.level_name(level)));
        }
        let open = case.clocks.iter().filter(|clock| clock.is_open());
        std::iter::once(line).chain(open.map(|clock| self.still_open(case, clock))).collect()
    }

    fn still_open(&self, case: &Case, clock: &Clock) -> String {
        let machine = self.machine;
        let name = words::clock(machine, self.strings, case, clock.id);
        match (clock.times.due, clock.breached) {
            (Some(at), true) => {
                format!("{INDENT}{name}: missed on {}, still open", words::instant(machine, at))
            }
            (Some(at), false) => format!("{INDENT}{name}: due {}", words::instant(machine, at)),
            (None, _) if clock.is_running() => format!("{INDENT}{name}: open"),
            (None, _) => format!("{INDENT}{name}: stands still"),
        }
    }

    /// Whether everybody reads something, as everybody reads a timeline.
    fn is_open(&self, what: Readable) -> bool {
        self.machine.protocol.confidential.readers(what).is_none()
    }

    /// The event, and which entry of a record it is about.
    fn event_words(&self, event: &Event) -> String {
        let name = self.event(event);
        match event.entry {
            Some(entry) => format!("{name} {}", self.strings.get(entry)),
            None => name,
        }
    }
}

/// What happened in a step to all cases, by instant; each case in its own order.
fn in_order(came: &StepOutcome) -> Vec<(CaseKey, &Fact)> {
    let mut own = came.facts.iter().map(|fact| (came.case, fact)).peekable();
    let mut others = came.elsewhere.iter().map(|(key, fact)| (*key, fact)).peekable();
    std::iter::from_fn(|| match (own.peek(), others.peek()) {
        (Some((_, fact)), Some((key, other))) if (other.at, *key) < (fact.at, came.case) => {
            others.next()
        }
        (None, Some(_)) => others.next(),
        _ => own.next(),
    })
    .collect()
}

/// A line of the timeline. Where a text in it has line breaks, what follows them is set in so far
/// that nobody takes it for another event or fact.
fn on_one_level(line: &str) -> String {
    line.replace('\n', &format!("\n{INDENT}{INDENT}"))
}

fn actor(machine: &Machine, strings: &Strings, actor: Actor) -> String {
    let party = words::party(machine, actor.party);
    match actor.person {
        Some(person) => format!("{party} {}", strings.get(person)),
        None => party.to_owned(),
    }
}
