//! `protocol register import`: a file that was kept before becomes cases.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use register::import::{Done, Fault, Faults, Map, Plan, Refused, Sheet};
use register::import::{importing, known, own_map, plan, run, sheet, trial};
use register::walk::machines;

use crate::Exit;
use crate::args::Import;
use crate::output::Output;
use crate::register::Kept;
use crate::render::count;
use crate::unusable::Unusable;

/// The most lines of what does not fit.
const LINES_MAX: usize = 10_000;

/// Imports a file: tried first, and done only if every row fits.
pub(crate) fn import(args: &Import, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let kept = Kept::open(&args.of, output)?;
    let (sheet, map) = read(args, &kept)?;
    let versions = kept.versions(&args.protocol)?;
    let machine = versions.first().map(|it| &it.machine).context("the protocol has no version")?;
    let faults = map.faults(&machine.protocol, &sheet.heads);
    if !faults.is_empty() {
        let mut all = Faults::of(&sheet.name);
        faults.into_iter().for_each(|it| all.add(None, "", it));
        return unfit(&all.all, "nothing was changed", output);
    }
    let (plans, faults) = plan(&sheet, &map, machine, kept.now);
    let whose = (kept.tenant, args.protocol.as_str());
    let place = kept.reader.place();
    let tried = trial(place.as_ref(), whose, &plans, kept.now)?;
    let faults = with(faults, &sheet, tried.1);
    if !faults.is_empty() {
        return unfit(&faults, "nothing was changed", output);
    }
    let known = known(&kept.reader, whose, &map.source, kept.now)?;
    if args.dry_run {
        let there = plans.iter().filter(|it| is_there(it, &known)).count();
        output.data(&format!(
            "{} rows fit; {there} of them are in the store already; nothing was changed\n",
            plans.len()
        ))?;
        return Ok(Exit::Fine);
    }
    let (keeper, clock) = importing(Arc::clone(place), kept.options.clone(), kept.now)?;
    let done = run((&keeper, &clock), whose, &plans, &known);
    keeper.stop();
    let (done, refused) = done?;
    output.data(&said(&done))?;
    match refused.is_empty() {
        true => Ok(Exit::Fine),
        // Cases that the store had already stand against a row: what fits is in, and another run
        // changes nothing of it.
        false => unfit(&with(Faults::default(), &sheet, refused), "the rest is in", output),
    }
}

fn read(args: &Import, kept: &Kept) -> anyhow::Result<(Sheet, Map)> {
    let Some(file) = &args.map else {
        let sheet = sheet(&args.file, args.sheet.as_deref(), 1)?;
        let versions = kept.versions(&args.protocol)?;
        let mut map = own_map(&machines(&versions));
        map.fit_own(&sheet.heads);
        return Ok((sheet, map));
    };
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let map = Map::read(&text).with_context(|| format!("cannot use {shown}"))?;
    let wanted = args.sheet.as_deref().or(map.sheet.as_deref());
    if map.head == 0 {
        bail!(Unusable::new("`head` counts rows from 1"));
    }
    let sheet = sheet(&args.file, wanted, map.head)?;
    Ok((sheet, map))
}

fn is_there(
    plan: &Plan,
    known: &std::collections::BTreeMap<String, register::import::Found>,
) -> bool {
    let found = known.get(&plan.reference);
    found.is_some_and(|found| plan.acts.iter().all(|it| found.ids.contains(&it.report.id)))
}

fn with(mut faults: Faults, sheet: &Sheet, refused: Refused) -> Vec<Fault> {
    let mut more = Faults::of(&sheet.name);
    for (row, column, why) in refused {
        more.add(Some(row), &column, why);
    }
    faults.all.extend(more.all);
    faults.all.sort();
    faults.all
}

fn said(done: &Done) -> String {
    let Done { opened, reported, there } = done;
    let many = |n: u64, one, more| count(usize::try_from(n).unwrap_or(usize::MAX), one, more);
    let opened = many(*opened, "case", "cases");
    let reported = many(*reported, "event", "events");
    let there = many(*there, "row was", "rows were");
    format!("{opened} opened, {reported} reported; {there} there already\n")
}

fn unfit(faults: &[Fault], besides: &str, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let lines: String = faults.iter().take(LINES_MAX).map(|it| format!("{it}\n")).collect();
    output.data(&lines)?;
    let n_left = faults.len().saturating_sub(LINES_MAX);
    if n_left > 0 {
        output.note(&format!("and {n_left} more\n"))?;
    }
    let places = count(faults.len(), "place does", "places do");
    output.note(&format!("{places} not fit; {besides}\n"))?;
    Ok(Exit::Wrong)
}
