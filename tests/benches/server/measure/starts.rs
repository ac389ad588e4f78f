//! From the start of the process to its first answer.

use std::time::Duration;

use anyhow::Result;

use super::Bench;
use crate::process::Served;
use crate::story;
use crate::table::{Line, Target, shown};

/// How many starts are made; the best counts, for the machine is shared.
const STARTS: usize = 7;

pub(crate) fn starts(bench: &mut Bench) -> Result<()> {
    let protocols = story::protocols().display().to_string();
    let (mut first, mut later, mut bare) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for at in 0..STARTS {
        let folder = bench.folder.join(format!("start-{at}"));
        std::fs::create_dir_all(&folder)?;
        let words = [protocols.as_str(), "--store", "sqlite:cases.db"];
        for best in [&mut first, &mut later] {
            let served = Served::ours(&folder, &words)?;
            *best = served.first_answer.min(*best);
            served.stop()?;
        }
        let file = folder.join("bare.db").display().to_string();
        bare = Served::bare(&["sqlite", &file, "60"])?.first_answer.min(bare);
    }
    let ms = |it: Duration| it.as_secs_f64() * 1e3;
    for (what, took) in [("in an empty folder", first), ("again", later)] {
        bench.table.add(Line {
            what: format!("process start to first answer with all protocols, {what}"),
            ours: format!("{} ms", shown(ms(took))),
            bare: format!("{} ms", shown(ms(bare))),
            figure: Some((ms(took), "ms")),
            target: Target::AtMost(100.0),
        });
    }
    Ok(())
}
