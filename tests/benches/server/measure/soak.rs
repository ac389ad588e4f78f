//! Load for a long time: whether memory grows.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::Bench;
use super::writes::{ms, texts};
use crate::kept::{Where, bodies};
use crate::load::{self, Plan, What};
use crate::process::Served;
use crate::story;
use crate::table::{Target, shown};

/// How often memory is looked at: so often, and eight times at least.
const PART: Duration = Duration::from_secs(20);
const PARTS: u32 = 8;

pub(crate) fn soak(bench: &mut Bench, minutes: u64) -> Result<()> {
    let at = Where::sqlite(&bench.folder, "soak")?;
    let kept = at.open()?;
    let tokens = kept.tokens()?;
    drop(kept);
    let words = at.words()?;
    let served = Served::ours(&bench.folder, &texts(&words))?;
    let (begin, long) = (Instant::now(), Duration::from_secs(60 * minutes));
    let each = PART.min(long / PARTS);
    let (mut early, mut late, mut sent) = (0.0_f64, 0.0_f64, 0u64);
    for part in 0.. {
        if begin.elapsed() >= long {
            break;
        }
        let answered = load::run(&plan(&served, &tokens, (part, each)))?;
        sent += answered.sent;
        let memory = served.memory_kib()? as f64 / 1024.0;
        let minute = begin.elapsed().as_secs_f64() / 60.0;
        println!("after {minute:.1} min: {sent} events, {} MB", shown(memory));
        // Caches fill during the first quarter.
        match begin.elapsed() * 4 < long {
            true => early = early.max(memory),
            false => late = late.max(memory),
        }
    }
    let what =
        format!("{minutes} minutes of load, {sent} events: memory, {} MB before", shown(early));
    bench.table.figure(&what, late, "MB", Target::AtMost(early * 1.05 + 5.0));
    served.stop()
}

fn plan(served: &Served, tokens: &[String], (part, each): (u32, Duration)) -> Plan {
    Plan {
        at: vec![served.at.clone()],
        tokens: tokens.to_vec(),
        connections: 64,
        warm_ms: 0,
        count_ms: ms(each),
        what: What::Stories {
            name: format!("part-{part}"),
            opening: story::opening("PERSON").to_string(),
            bodies: bodies(),
        },
    }
}
