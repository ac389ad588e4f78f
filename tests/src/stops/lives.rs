//! Random lives of stops beside the cases of two people.

use engine::machine::Machine;
use engine::model::StopEvent;
use engine::runtime::{
    CaseKey, Context, Event, Explanation, Given, NoDecision, Register, Report, proposal,
    proposed_by_itself, read_report,
};
use engine::text::Strings;
use engine::time::Instant;

use super::sound;
use crate::random::Random;

/// 2026-01-05T09:00Z, a Monday.
const BEGIN: i64 = 1_767_603_600_000;
const HOUR_MS: i64 = 3_600_000;
const STEPS_MAX: usize = 24;

/// Everything there is in a life.
pub(super) struct World<'m> {
    pub(super) machine: &'m Machine,
    pub(super) strings: Strings,
    pub(super) register: Register,
    pub(super) now: Instant,
    n_reports: usize,
    /// How many events of stops were accepted.
    pub(super) accepted: usize,
    /// How many acts stops refused.
    pub(super) refused: usize,
}

impl<'m> World<'m> {
    pub(super) fn new(machine: &'m Machine) -> Self {
        let now = Instant::from_ms(BEGIN);
        let (strings, register) = (machine.strings(), Register::default());
        Self { machine, strings, register, now, n_reports: 0, accepted: 0, refused: 0 }
    }

    fn read(&mut self, event: &str, by: &str) -> Report {
        self.n_reports += 1;
        Report {
            reason: Some("because".to_owned()),
            ..Report::new(format!("e{}", self.n_reports), event, self.now, by)
        }
    }

    fn event(&mut self, report: &Report) -> Event {
        read_report(self.machine, report, &mut self.strings).unwrap()
    }

    /// An event on a case, with the stops in force for its person.
    pub(super) fn on_case(&mut self, key: CaseKey, report: &Report) -> Option<Explanation> {
        let mut event = self.event(report);
        event.stops = self.register.stops_at(self.machine, key, &event);
        let context = Context::new(&self.strings);
        let why = self.register.report(self.machine, key, &mut event, &context);
        if let Err(NoDecision::Refused(refusal)) = &why.outcome {
            let fact = self.register.record_refusal(key, &event, refusal);
            self.refused += usize::from(fact.is_some());
            sound::refused(self, key, &event, refusal, fact);
        } else if why.outcome.is_ok() {
            self.propose(key, &event);
        }
        self.end_with_cases();
        Some(why)
    }

    fn end_with_cases(&mut self) {
        for (_, _, why) in self.register.end_with_cases(self.machine, &mut self.strings) {
            assert!(why.outcome.is_ok(), "{:?}", why.outcome);
        }
    }

    fn propose(&mut self, key: CaseKey, event: &Event) {
        let case = &self.register[key].case;
        let (person, at) = (case.complainant, event.at);
        let context = Context::new(&self.strings);
        let proposed = proposed_by_itself(self.machine, case, &context).unwrap();
        for stop in proposed {
            if self.register.live_stop(self.machine, stop, key, person).is_none() {
                let event = proposal(stop, event.id, at);
                let context = Context::new(&self.strings);
                let why = self.register.report_stop(self.machine, key, &event, &context);
                assert!(why.is_some_and(|(_, why)| why.outcome.is_ok()));
            }
        }
    }

    pub(super) fn pass(&mut self, hours: i64) {
        self.now = Instant::from_ms(self.now.ms() + hours * HOUR_MS);
        let context = Context::new(&self.strings);
        for (_, why) in self.register.pass(self.machine, self.now, &context) {
            assert!(why.outcome.is_ok(), "{:?}", why.outcome);
        }
        self.end_with_cases();
        let context = Context::new(&self.strings);
        for (_, why) in self.register.pass_stops(self.machine, self.now, &context) {
            assert!(why.outcome.is_ok(), "{:?}", why.outcome);
        }
    }

    fn on_stop(&mut self, key: CaseKey, random: &mut Random) {
        let kind = StopEvent::ALL[random.below(6)];
        let roles = ["agent", "officer", "manager", "director", "complainant"];
        let persons = ["", ":anna", ":bob", ":cora", ":dan"];
        let likely = match kind {
            StopEvent::Proposed => "agent",
            StopEvent::Decided => ["manager", "officer"][random.below(2)],
            StopEvent::Reviewed | StopEvent::AppealDecided => "director",
            StopEvent::Appealed => "complainant",
            StopEvent::Lifted => "manager",
        };
        let role = if random.one_in(6) { roles[random.below(5)] } else { likely };
        let by = format!("{role}{}", persons[random.below(5)]);
        let mut report = self.read(kind.name(), &by);
        let choices = match kind {
            StopEvent::Reviewed => Some(("review", ["kept", "lifted"])),
            StopEvent::AppealDecided => Some(("appeal", ["dismissed", "upheld"])),
            _ => None,
        };
        if let Some((name, choices)) = choices {
            let choice = choices[usize::from(random.one_in(4))];
            report.data = vec![(name.to_owned(), Given::Text(choice.to_owned()))];
        }
        let stop = random.below(self.machine.protocol.stops.len());
        report.stop = Some(self.machine.protocol.stops[stop].name.clone());
        let event = self.event(&report);
        let context = Context::new(&self.strings);
        let found = self.register.report_stop(self.machine, key, &event, &context);
        let (_, why) = found.unwrap();
        assert!(!matches!(why.outcome, Err(NoDecision::Faulted(_))), "{:?}", why.outcome);
        self.accepted += usize::from(why.outcome.is_ok());
    }

    fn step(&mut self, random: &mut Random) {
        let n_cases = self.register.len();
        let key = CaseKey::at(random.below(n_cases.max(1)));
        match random.below(10) {
            _ if n_cases == 0 => self.open(random),
            0 if n_cases < 4 => self.open(random),
            1 | 4 | 5 => {
                let by = ["agent", "complainant"];
                let (event, by) = match random.below(5) {
                    0 => ("screened", by[0]),
                    1 => ("answered", by[0]),
                    2 => ("rejected", by[1]),
                    3 => ("asked", by[1]),
                    _ => ("withdrawn", by[1]),
                };
                let mut report = self.read(event, by);
                report.channel = Some(["phone", "email"][random.below(2)].to_owned());
                if event == "answered" {
                    report.data = vec![("outcome".to_owned(), Given::Text("upheld".to_owned()))];
                }
                self.on_case(key, &report);
            }
            2 => self.pass(i64::try_from(random.below(24 * 40)).unwrap()),
            3 => self.pass(i64::try_from(random.below(30)).unwrap()),
            _ => self.on_stop(key, random),
        }
    }

    fn open(&mut self, random: &mut Random) {
        let mut report = self.read("opened", "complainant");
        report.complainant = Some(["ann", "ben"][random.below(2)].to_owned());
        let sum = if random.one_in(2) { 80 } else { 20 };
        report.data = vec![
            ("sum".to_owned(), Given::Number(sum.into())),
            ("asked_again".to_owned(), Given::Flag(random.one_in(2))),
        ];
        let key = self.register.add(self.machine, "case");
        let why = self.on_case(key, &report).unwrap();
        assert!(why.outcome.is_ok(), "a new complaint is always taken: {:?}", why.outcome);
    }
}

const PROTOCOLS: u64 = 50;
const LIVES: u64 = 200;

/// 10,000 lives, 200 in each of 50 protocols.
#[test]
fn whatever_happens_a_complaint_is_heard_and_no_stop_stands_in_secret() {
    let seed = crate::random::seed_from("STOPS_SEED", 1);
    let (mut accepted, mut refused, mut stood) = (0, 0, 0);
    for protocol in 0..PROTOCOLS {
        let (machine, text) = super::made::machine(&mut Random::new(seed * 1_000 + protocol));
        for life in 0..LIVES {
            let mut random = Random::new(seed + protocol * 1_000_003 + life * 7_919);
            let mut world = World::new(&machine);
            for _ in 0..4 + random.below(STEPS_MAX) {
                world.step(&mut random);
                let found = sound::broken(&mut world);
                assert!(found.is_none(), "life {life} of protocol {protocol}: {found:?}\n{text}");
                stood += world.register.stops().filter(|(_, it)| it.stream.stands()).count();
            }
            crate::restored::check(&machine, &world.register, "a life");
            accepted += world.accepted;
            refused += world.refused;
        }
    }
    assert!(accepted > 5_000 && refused > 200 && stood > 5_000, "{accepted} {refused} {stood}");
}
