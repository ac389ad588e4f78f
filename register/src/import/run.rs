//! Reports what was planned.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;

use anyhow::Context as _;
use engine::runtime::{NoDecision, ReportedAt};
use engine::time::Instant;
use store::cases::{StreamId, Tenant};
use store::chain;
use store::clock::SetClock;
use store::keeper::{self, Keeper, Key, Mode, Order, Outcome, Reader, Reading, Reply, Undone};

use crate::import::plan::{Act, Plan};
use crate::viewer::Viewer;
use crate::walk::{Asked, each};

/// How many reports wait for their answers at once: fewer than a keeper has room for.
const AT_ONCE: usize = 1_000;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// How many cases were opened.
    pub opened: u64,
    /// How many events were reported besides.
    pub reported: u64,
    /// How many rows said nothing that was not there already.
    pub there: u64,
}

/// A case that was imported before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub case: StreamId,
    /// The ids of its reports.
    pub ids: BTreeSet<String>,
}

/// The cases that were imported from a register before, by their references: found by the ids of
/// their reports, which stay for ever.
///
/// # Errors
/// The store fails, or a case cannot be read.
pub fn known(
    reader: &Reader,
    (tenant, protocol_id): (Tenant, &str),
    source: &str,
    now: Instant,
) -> anyhow::Result<BTreeMap<String, Found>> {
    let prefix = format!("import:{source}:");
    let asked = Asked {
        tenant,
        protocol_id: protocol_id.to_owned(),
        reading: Reading::Now,
        now,
        from: None,
        to: None,
        viewer: Viewer::Anybody,
    };
    let mut found = BTreeMap::new();
    each(reader, &asked, &mut |case| {
        let events = case.look.kept.iter().filter_map(|it| it.event.as_ref());
        let ids = events.map(|it| case.look.strings.get(it.id).to_owned());
        let ids: Vec<String> = ids.collect();
        if let Some(reference) = ids.first().and_then(|it| it.strip_prefix(&prefix)) {
            let case = case.look.standing.stream;
            found.insert(reference.to_owned(), Found { case, ids: ids.iter().cloned().collect() });
        }
        Ok(())
    })?;
    Ok(found)
}

/// What was refused: the number of the row, the head of the column, and why.
pub type Refused = Vec<(u32, String, String)>;

/// What is reported next: of which plan, and which of its acts.
#[derive(Clone, Copy)]
struct Next<'a> {
    plan: &'a Plan,
    act: &'a Act,
}

/// Reports what was planned, in the order in which it counts as recorded, and leaves out what is known
/// already. Returns what came of it, and what was refused: row, column and why. What follows a refused
/// receipt is left out.
///
/// The keeper must have one writer, and `clock` must be its clock.
///
/// # Errors
/// The store fails: what was reported before stays, and another run goes on from there.
pub fn run(
    (keeper, clock): (&Keeper, &SetClock),
    (tenant, protocol_id): (Tenant, &str),
    plans: &[Plan],
    known: &BTreeMap<String, Found>,
) -> anyhow::Result<(Done, Refused)> {
    let (mut done, mut refused) = (Done::default(), Vec::new());
    let mut cases: BTreeMap<&str, StreamId> = BTreeMap::new();
    let mut all: Vec<(Instant, bool, Next<'_>)> = Vec::new();
    for plan in plans {
        let there = known.get(&plan.reference);
        cases.extend(there.map(|it| (plan.reference.as_str(), it.case)));
        let is_new = |it: &&Act| there.is_none_or(|there| !there.ids.contains(&it.report.id));
        let before = all.len();
        let acts = plan.acts.iter().filter(is_new);
        all.extend(
            acts.map(|act| (act.recorded_at, act.report.event != "opened", Next { plan, act })),
        );
        if all.len() == before {
            done.there = done.there.saturating_add(1);
        }
    }
    // The sort is stable: what is recorded at once stays in the order of the file.
    all.sort_by_key(|(at, is_event, next)| (*at, *is_event, start(next.act)));
    let same = |a: &(Instant, bool, _), b: &(Instant, bool, _)| (a.0, a.1) == (b.0, b.1);
    for group in all.chunk_by(same) {
        for some in group.chunks(AT_ONCE) {
            if let Some((at, ..)) = some.first() {
                clock.set(*at);
            }
            let asked: Vec<_> = some
                .iter()
                .filter_map(|(_, is_event, next)| {
                    let case = cases.get(next.plan.reference.as_str()).copied();
                    (case.is_some() == *is_event)
                        .then(|| (*next, submit(keeper, tenant, protocol_id, next.act, case)))
                })
                .collect();
            for (next, told) in asked {
                let reply = told.recv().context("the store was stopped")??;
                match (reply.status, reply.case) {
                    (200, Some((case, _))) => {
                        let is_first = cases.insert(&next.plan.reference, case).is_none();
                        let count = if is_first { &mut done.opened } else { &mut done.reported };
                        *count = count.saturating_add(1);
                    }
                    _ => {
                        let why = String::from_utf8_lossy(&reply.body).into_owned();
                        refused.push((next.plan.row, next.act.column.clone(), why));
                    }
                }
            }
        }
    }
    refused.sort();
    Ok((done, refused))
}

/// By what acts that are recorded at once are ordered: a date alone comes after what is known to the
/// minute.
fn start(act: &Act) -> i64 {
    match act.happened {
        ReportedAt::Instant(at) => at.ms(),
        ReportedAt::Date(date) => {
            let next = date.succ_opt().unwrap_or(date);
            next.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
        }
    }
}

type Told = mpsc::Receiver<Result<Reply, Undone>>;

fn submit(
    keeper: &Keeper,
    tenant: Tenant,
    protocol_id: &str,
    act: &Act,
    case: Option<StreamId>,
) -> Told {
    let (tell, told) = mpsc::channel();
    let (report, happened) = (Box::new(act.report.clone()), Some(act.happened));
    let protocol_id = protocol_id.to_owned();
    let key = case.is_none().then(|| Key {
        text: report.id.clone(),
        request: chain::hash(format!("{report:?}{happened:?}").as_bytes()),
    });
    let act = match case {
        None => keeper::Act::Open { protocol_id, report, happened },
        Some(case) => keeper::Act::Report { case, report, happened, if_match: None },
    };
    keeper.submit(Order {
        tenant,
        act,
        key,
        mode: Mode::Keep,
        render: Box::new(answer),
        // Whoever imports waits for each answer, unless the store failed before.
        done: Box::new(move |reply| {
            let _ = tell.send(reply);
        }),
    });
    told
}

/// What an order comes to: 200, or why not.
fn answer(outcome: &Outcome<'_>) -> (u16, Vec<u8>) {
    let why = match outcome {
        Outcome::Accepted(_) => return (200, Vec::new()),
        Outcome::NotDecided(not) => match not.none {
            NoDecision::Refused(refusal) => {
                let (name, says) = (refusal.name(not.machine), refusal.sentences(not.machine));
                let help = match name {
                    "backdate" => {
                        "; `recorded = \"then\"` in the map believes the file that it was recorded at the time"
                    }
                    _ => "",
                };
                format!("refused ({name}): {}{help}", says.join("; "))
            }
            NoDecision::Faulted(fault) => {
                let protocol = &not.machine.protocol;
                let rule = &protocol.rule(fault.rule).path;
                format!("`{rule}` cannot be worked out: {}", fault.kind.sentence(protocol))
            }
        },
        Outcome::Misread(faults) => {
            let each = faults.iter().map(|it| format!("{}: {}", it.pointer, it.problem));
            each.collect::<Vec<_>>().join("; ")
        }
        Outcome::NoCase => "the case is gone".to_owned(),
        Outcome::NoProtocol => "no version of the protocol holds at the receipt".to_owned(),
        Outcome::OtherVersion(_) => "somebody else has changed the case".to_owned(),
        Outcome::KeyTaken => {
            "the same number was imported just now, with something else".to_owned()
        }
    };
    (409, why.into_bytes())
}
