//! `protocol run`: a case played by hand.

use engine::runtime::ReportedAt;
use engine::time::Instant;
use store::file::Existing;

use crate::Exit;
use crate::args::Run;
use crate::load;
use crate::output::Output;
use crate::play::{Keep, Lines, Session, named_as_a_scenario, read_moment};
use crate::unusable::Unusable;

const MINUTE_MS: i64 = 60_000;

/// Plays a case, with somebody who types or from a script.
pub(crate) fn run(args: &Run, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let (machine, sources) = load::usable(&args.path)?;
    let zone = &machine.protocol.zone;
    let given = args.at.as_deref().map(|text| read_moment(zone, None, text)).transpose()?;
    let lines = Lines::open(args.script.as_deref(), &machine, output)?;
    if let Some(path) = &args.save {
        named_as_a_scenario(path)?;
        if lines.is_script() && !args.force && path.exists() {
            let what = format!("`{}` is there already, and nothing is replaced", path.display());
            return Err(Unusable::new(what).help("choose another name, or add `--force`").into());
        }
    }
    // A script plays the same case on every day.
    let start = given.or_else(|| (!lines.is_script()).then(this_minute));
    let keep = Keep {
        folder: &args.path,
        existing: if args.force { Existing::Replace } else { Existing::Keep },
        may_accept: !output.place().is_ci,
    };
    let mut session = Session::new(&machine, &sources, keep, lines, output);
    session.play_from(start, args.save.as_deref())
}

fn this_minute() -> ReportedAt {
    let now = Instant::from_utc(store::clock::now());
    ReportedAt::Instant(Instant::from_ms(now.ms() - now.ms().rem_euclid(MINUTE_MS)))
}
