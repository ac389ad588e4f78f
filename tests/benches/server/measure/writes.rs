//! Events a second, ours and bare in turn.

use std::time::Duration;

use anyhow::{Context as _, Result};
use store::cases::StreamId;
use store::postgres::test_cluster::Cluster;

use super::{Bench, CONNECTIONS};
use crate::bare;
use crate::kept::{Where, bodies};
use crate::load::{self, Answered, Plan, What};
use crate::process::Served;
use crate::story::EVENTS;
use crate::table::{Line, Target, shown};

/// No server is quicker than this: so many cases are made ready, in events a second.
const QUICKEST: [usize; 4] = [8_000, 30_000, 40_000, 50_000];

/// Who takes the events.
struct Side<'a> {
    name: &'static str,
    servers: Vec<&'a Served>,
    tokens: &'a [String],
}

pub(crate) fn writes_sqlite(bench: &mut Bench, row_bytes: usize) -> Result<()> {
    let (half, most) = bare::flushes(&bench.folder, 300)?;
    bench.table.note("fdatasync of 4 KiB, p50 / p99", String::new(), format!("{half} / {most} µs"));
    for group in CONNECTIONS {
        let n = bare::written_sqlite(&bench.folder, row_bytes, group, bench.count / 4)?;
        let what = format!("SQLite alone, rows of {row_bytes} B in groups of {group}");
        bench.table.note(&what, String::new(), format!("{} rows/s", shown(n)));
    }
    let at = Where::sqlite(&bench.folder, "writes")?;
    let kept = at.open()?;
    let (tokens, mut cases) = (kept.tokens()?, Cases::open(bench, &kept, 1)?);
    drop(kept);
    let words = at.words()?;
    let ours = Served::ours(&bench.folder, &texts(&words))?;
    let file = bench.folder.join("bare.db").display().to_string();
    let bare = Served::bare(&["sqlite", &file, &row_bytes.to_string()])?;
    let sides = [
        Side { name: "bare", servers: vec![&bare], tokens: &tokens },
        Side { name: "ours", servers: vec![&ours], tokens: &tokens },
    ];
    compared(bench, "SQLite", &sides, &mut cases)?;
    ours.stop()
}

pub(crate) fn writes_postgres(
    bench: &mut Bench,
    cluster: &Cluster,
    row_bytes: usize,
) -> Result<()> {
    let bare_url = cluster.url("bare");
    for group in CONNECTIONS {
        let n = bare::written_postgres(&bare_url, row_bytes, group, bench.count / 4)?;
        let what = format!("PostgreSQL alone, rows of {row_bytes} B in groups of {group}");
        bench.table.note(&what, String::new(), format!("{} rows/s", shown(n)));
    }
    let at = Where::postgres(&bench.folder, "writes-postgres", cluster.url("writes"))?;
    let kept = at.open()?;
    let (tokens, mut cases) = (kept.tokens()?, Cases::open(bench, &kept, 2)?);
    drop(kept);
    let words = at.words()?;
    let ours = Served::ours(&bench.folder, &texts(&words))?;
    let second = Served::ours(&bench.folder, &texts(&words))?;
    let bare = Served::bare(&["postgres", &bare_url, &row_bytes.to_string()])?;
    let sides = [
        Side { name: "bare", servers: vec![&bare], tokens: &tokens },
        Side { name: "ours", servers: vec![&ours], tokens: &tokens },
        Side { name: "two nodes", servers: vec![&ours, &second], tokens: &tokens },
    ];
    compared(bench, "PostgreSQL", &sides, &mut cases)?;
    second.stop()?;
    ours.stop()
}

/// Cases that are open, and were not used yet.
struct Cases {
    all: Vec<StreamId>,
    made_up: usize,
}

impl Cases {
    /// Opens as many as every measurement of so many sides can use.
    fn open(bench: &Bench, kept: &crate::kept::Kept, sides: usize) -> Result<Self> {
        let each = CONNECTIONS.iter().zip(QUICKEST).map(|(n, quick)| needed(bench, *n, quick));
        let n: usize = each.sum::<usize>() * bench.rounds * sides;
        Ok(Self { all: kept.open(n, "writes")?, made_up: 0 })
    }

    /// Ids that were not used before: the bare handler looks at no case.
    fn made_up(&mut self, n: usize) -> Vec<String> {
        let begin = self.made_up;
        self.made_up += n;
        (begin..self.made_up).map(|it| format!("{it:08x}-0000-7000-8000-000000000000")).collect()
    }

    fn take(&mut self, n: usize) -> Result<Vec<String>> {
        let at = self.all.len().checked_sub(n).context("too few cases")?;
        Ok(self.all.split_off(at).iter().map(ToString::to_string).collect())
    }
}

/// Ticks of a processor that the servers have used.
fn used(side: &Side<'_>) -> Result<f64> {
    let each = side.servers.iter().map(|it| it.used().map(|(ticks, _)| ticks as f64));
    each.sum()
}

/// How many cases one measurement can use.
fn needed(bench: &Bench, connections: usize, quickest: usize) -> usize {
    let seconds = (bench.count + bench.warm).as_secs_f64();
    (seconds * quickest as f64 / (EVENTS - 1) as f64) as usize + 2 * connections
}

fn compared(bench: &mut Bench, what: &str, sides: &[Side<'_>], cases: &mut Cases) -> Result<()> {
    for (connections, quickest) in CONNECTIONS.into_iter().zip(QUICKEST) {
        let mut all: Vec<Vec<Answered>> = sides.iter().map(|_| Vec::new()).collect();
        for _ in 0..bench.rounds {
            for (side, answered) in sides.iter().zip(&mut all) {
                let n = needed(bench, connections, quickest);
                let own = match side.name {
                    "bare" => cases.made_up(n * 4),
                    _ => cases.take(n)?,
                };
                let before = used(side)?;
                let mut done = load::run(&plan(bench, side, connections, own))?;
                done.used_us = (used(side)? - before) * 10_000.0 / (done.sent.max(1) as f64);
                answered.push(done);
            }
        }
        let best: Vec<Answered> = all.into_iter().filter_map(best).collect();
        let [bare, ours, rest @ ..] = best.as_slice() else { continue };
        told(bench, &format!("{what}, {connections} connections"), ours, bare);
        for two in rest {
            let what = format!("{what}, {connections} connections on two nodes");
            bench.table.add(Line {
                what,
                ours: told_of(two),
                bare: format!("one node: {} events/s", shown(ours.per_second)),
                figure: Some((100.0 * two.per_second / ours.per_second, "%")),
                target: Target::AtLeast(100.0),
            });
        }
    }
    Ok(())
}

fn plan(bench: &Bench, side: &Side<'_>, connections: usize, cases: Vec<String>) -> Plan {
    Plan {
        at: side.servers.iter().map(|it| it.at.clone()).collect(),
        tokens: side.tokens.to_vec(),
        connections,
        warm_ms: ms(bench.warm),
        count_ms: ms(bench.count),
        what: What::Events { cases, bodies: bodies() },
    }
}

fn best(all: Vec<Answered>) -> Option<Answered> {
    all.into_iter().max_by(|a, b| a.per_second.total_cmp(&b.per_second))
}

fn told(bench: &mut Bench, what: &str, ours: &Answered, bare: &Answered) {
    bench.table.add(Line {
        what: format!("{what}: events a second"),
        ours: told_of(ours),
        bare: told_of(bare),
        figure: Some((100.0 * ours.per_second / bare.per_second.max(1.0), "%")),
        target: Target::AtLeast(60.0),
    });
    bench.table.add(Line {
        what: format!("{what}: p99"),
        ours: format!("{} ms", shown(ours.p99_us as f64 / 1e3)),
        bare: format!("{} ms", shown(bare.p99_us as f64 / 1e3)),
        figure: Some((ours.p99_us as f64 / bare.p99_us.max(1) as f64, "×")),
        target: Target::AtMost(2.0),
    });
}

fn told_of(answered: &Answered) -> String {
    let Answered { per_second, p50_us, p99_us, used_us, .. } = answered;
    let ms = |us: &u64| shown(*us as f64 / 1e3);
    let (per_second, used) = (shown(*per_second), shown(*used_us));
    let (p50, p99) = (ms(p50_us), ms(p99_us));
    format!("{per_second} events/s, p50 {p50} ms, p99 {p99} ms, {used} µs of processor each")
}

pub(super) fn ms(it: Duration) -> u64 {
    u64::try_from(it.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn texts(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}
