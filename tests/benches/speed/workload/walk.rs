//! The baseline: the procedure of `suite/speed/workload` written out in plain Rust, as somebody
//! would who needs no dates, no facts that explain themselves and no second procedure. A `match`
//! over enums, a log that is allocated before, and one binary heap of timers.

use crate::workload::timers::{Cause, Timers};

/// Milliseconds in a day; the walk knows no calendar.
const DAY_MS: i64 = 86_400_000;

/// What happened.
#[derive(Clone, Copy)]
pub(crate) enum Happened {
    Opened { amount: i64, harm: u8, urgent: bool },
    Acknowledged,
    Screened,
    Assigned,
    Asked,
    Replied,
    Inspected { total: i64 },
    Drafted,
    Checked,
    Answered,
    Objected,
    Heard,
    Decided,
    Settled,
}

/// Where a case is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    New,
    Received,
    Queue,
    UrgentQueue,
    Investigating,
    Waiting,
    Drafting,
    Checking,
    Answering,
    Answered,
    Reviewing,
    Settling,
    Settled,
}

/// A case: its stage, four fields, which clocks are open.
#[derive(Clone, Copy)]
struct Case {
    stage: Stage,
    open: u8,
    harm: u8,
    urgent: bool,
    /// Cents, as the total.
    amount: i64,
    total: i64,
}

/// One line of the log: the event, and where the case is after it.
#[derive(Clone, Copy)]
struct Line {
    at: i64,
    case: u32,
    stage: Stage,
    what: Happened,
}

/// All cases, their log and their timers.
pub(crate) struct Walk {
    cases: Vec<Case>,
    log: Vec<Line>,
    timers: Timers,
    /// Clocks that ran out.
    pub(crate) missed: u32,
}

const ACKNOWLEDGE: u8 = 0;
const ANSWER: u8 = 1;
const REVIEW: u8 = 2;

impl Walk {
    /// As many new cases, with room for all that will be written down of them.
    pub(crate) fn new(cases: u32, events: usize) -> Self {
        let new = Case { stage: Stage::New, open: 0, harm: 0, urgent: false, amount: 0, total: 0 };
        let count = usize::try_from(cases).unwrap_or(usize::MAX);
        let what = Happened::Settled;
        let unwritten = Line { at: 0, case: 0, stage: Stage::New, what };
        let mut log = vec![unwritten; count * events];
        log.clear();
        Self { cases: vec![new; count], log, timers: Timers::new(3 * count), missed: 0 }
    }

    /// One event of one case; whether the case took it.
    pub(crate) fn take(&mut self, id: u32, at: i64, what: Happened) -> bool {
        self.pass(at);
        let timers = &mut self.timers;
        let case = &mut self.cases[id as usize];
        let mut start = |case: &mut Case, clock: u8, days: i64| {
            case.open |= 1 << clock;
            timers.push(at + days * DAY_MS, Cause { case: id, clock });
        };
        let to = match (case.stage, what) {
            (Stage::New, Happened::Opened { amount, harm, urgent }) => {
                (case.amount, case.harm, case.urgent) = (amount, harm, urgent);
                start(case, ACKNOWLEDGE, 7);
                start(case, ANSWER, 28);
                Stage::Received
            }
            (Stage::Received, Happened::Acknowledged) => {
                case.open &= !(1 << ACKNOWLEDGE);
                Stage::Received
            }
            (Stage::Received, Happened::Screened) => {
                if case.urgent && case.amount >= 100_000 {
                    Stage::UrgentQueue
                } else {
                    Stage::Queue
                }
            }
            (Stage::Queue | Stage::UrgentQueue, Happened::Assigned) => Stage::Investigating,
            (Stage::Investigating, Happened::Asked) => Stage::Waiting,
            (Stage::Waiting, Happened::Replied) => Stage::Investigating,
            (Stage::Investigating, Happened::Inspected { total }) => {
                case.total = total;
                if matches!(case.harm, 1 | 2) && total > 10_000 {
                    Stage::Drafting
                } else {
                    Stage::Answering
                }
            }
            (Stage::Drafting, Happened::Drafted) => Stage::Checking,
            (Stage::Checking, Happened::Checked) => {
                if case.harm == 2 || case.total > 5_000_050 {
                    Stage::Drafting
                } else {
                    Stage::Answering
                }
            }
            (Stage::Answering, Happened::Answered) => {
                case.open &= !(1 << ANSWER);
                Stage::Answered
            }
            (Stage::Answered, Happened::Objected) => {
                start(case, REVIEW, 14);
                Stage::Reviewing
            }
            (Stage::Reviewing, Happened::Heard) => Stage::Reviewing,
            (Stage::Reviewing, Happened::Decided) => {
                case.open &= !(1 << REVIEW);
                if case.amount > 500_000 && case.harm != 0 {
                    Stage::UrgentQueue
                } else {
                    Stage::Settling
                }
            }
            (Stage::Settling, Happened::Settled) => Stage::Settled,
            _ => return false,
        };
        case.stage = to;
        self.log.push(Line { at, case: id, stage: to, what });
        true
    }

    /// Lets every timer run out that does so before an instant.
    #[inline]
    fn pass(&mut self, at: i64) {
        while let Some(cause) = self.timers.next_before(at) {
            let clock = 1 << cause.clock;
            let case = &mut self.cases[cause.case as usize];
            self.missed += u32::from(case.open & clock != 0);
            case.open &= !clock;
        }
    }

    /// How many events were written down, and a sum over them that no compiler can leave out.
    pub(crate) fn written(&self) -> (usize, i64) {
        let sum = |sum: i64, line: &Line| {
            let brought = match line.what {
                Happened::Opened { amount, .. } => amount,
                Happened::Inspected { total } => total,
                _ => 0,
            };
            sum ^ line.at ^ i64::from(line.case) ^ i64::from(line.stage as u8) ^ brought
        };
        (self.log.len(), self.log.iter().fold(0, sum))
    }
}
