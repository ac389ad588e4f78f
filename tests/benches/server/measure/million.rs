//! What a server does with a million open cases: start, lists, reads, clocks, memory.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::Bench;
use super::writes::{ms, texts};
use crate::kept::{Where, bodies};
use crate::load::{self, Answered, Plan, What};
use crate::million::build;
use crate::process::Served;
use crate::table::{Line, Target, shown};

/// How many cases are read, and reported to.
const READ: usize = 20_000;

/// Measures it on this store.
pub(crate) fn million(bench: &mut Bench, what: &str, at: &Where) -> Result<()> {
    let begin = Instant::now();
    let kept = at.open()?;
    let ids = build(&kept, bench.many)?;
    let tokens = kept.tokens()?;
    drop(kept);
    let n = shown(bench.many as f64);
    let built =
        format!("written straight into the place in {} s", shown(begin.elapsed().as_secs_f64()));
    bench.table.note(&format!("{what}, {n} open cases"), built, String::new());
    let words = at.words()?;
    let served = Served::ours(&at.folder, &texts(&words))?;
    let started = served.first_answer.as_secs_f64();
    let line = |name: &str| format!("{what}, {n} open cases: {name}");
    bench.table.figure(&line("start to first answer"), started, "s", Target::AtMost(2.0));
    idle(bench, &served, &line("the clocks alone"))?;
    let step = (ids.len() / READ).max(1);
    let some: Vec<String> = ids.iter().step_by(step).take(READ).map(ToString::to_string).collect();
    worklist(bench, &served, &tokens, &line("first page of the worklist, p50"))?;
    reads(bench, &served, &tokens, &line("cases read a second"), &some)?;
    bench.table.add(Line {
        what: line("events a second, 64 connections, cases not in memory before"),
        ours: told(&events(bench, &served, &tokens, &some)?),
        bare: String::new(),
        figure: None,
        target: Target::None,
    });
    let memory = served.memory_kib()? as f64 / 1024.0;
    bench.table.figure(&line("memory after all this"), memory, "MB", Target::AtMost(250.0));
    served.stop()
}

/// Nobody asks anything, and no clock is due.
fn idle(bench: &mut Bench, served: &Served, what: &str) -> Result<()> {
    // What is done at the start is over by then.
    std::thread::sleep(Duration::from_secs(1));
    let (before, long) = (served.used()?, Duration::from_secs(5));
    std::thread::sleep(long);
    let after = served.used()?;
    let (ticks, reads) = (after.0 - before.0, after.1 - before.1);
    let text = format!("{} ms of processor, {reads} reads in {} s", ticks * 10, long.as_secs());
    // One look at the clocks is a handful of reads; polling each case would be a million.
    let figure = Some((reads as f64, "reads"));
    let (what, bare) = (what.to_owned(), String::new());
    bench.table.add(Line { what, ours: text, bare, figure, target: Target::AtMost(100.0) });
    Ok(())
}

fn worklist(bench: &mut Bench, served: &Served, tokens: &[String], what: &str) -> Result<()> {
    let paths = ["agent", "officer"].map(|role| format!("/v1/worklist?role={role}"));
    let mut plan = plan(bench, served, tokens, What::Gets { paths: paths.to_vec() });
    plan.connections = 1;
    let answered = load::run(&plan)?;
    let (p50, p99) = (answered.p50_us as f64 / 1e3, answered.p99_us as f64 / 1e3);
    bench.table.add(Line {
        what: what.to_owned(),
        ours: format!("p50 {} ms, p99 {} ms", shown(p50), shown(p99)),
        bare: String::new(),
        figure: Some((p50, "ms")),
        target: Target::AtMost(20.0),
    });
    Ok(())
}

fn reads(
    bench: &mut Bench,
    served: &Served,
    tokens: &[String],
    what: &str,
    some: &[String],
) -> Result<()> {
    let paths = some.iter().map(|id| format!("/v1/cases/{id}")).collect();
    let answered = load::run(&plan(bench, served, tokens, What::Gets { paths }))?;
    bench.table.add(Line {
        what: what.to_owned(),
        ours: told(&answered),
        bare: String::new(),
        figure: Some((answered.per_second, "/s")),
        target: Target::AtLeast(20_000.0),
    });
    Ok(())
}

fn events(bench: &Bench, served: &Served, tokens: &[String], some: &[String]) -> Result<Answered> {
    // One event of each case: none was in memory.
    let bodies: Vec<String> = bodies().into_iter().take(1).collect();
    let mut plan = plan(bench, served, tokens, What::Events { cases: some.to_vec(), bodies });
    (plan.warm_ms, plan.count_ms) = (200, 800);
    load::run(&plan).context("more events than cases")
}

fn plan(bench: &Bench, served: &Served, tokens: &[String], what: What) -> Plan {
    Plan {
        at: vec![served.at.clone()],
        tokens: tokens.to_vec(),
        connections: 64,
        warm_ms: ms(bench.warm),
        count_ms: ms(bench.count),
        what,
    }
}

fn told(answered: &Answered) -> String {
    let Answered { per_second, p50_us, p99_us, .. } = answered;
    let ms = |us: &u64| shown(*us as f64 / 1e3);
    format!("{}/s, p50 {} ms, p99 {} ms", shown(*per_second), ms(p50_us), ms(p99_us))
}
