//! Stages, rungs and branches multiply to more than any procedure has.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::error("too-many-ways");

/// How many pairs of stage and rung a protocol may have.
const PAIRS_MAX: usize = 20_000;
/// How many branches all stages may have together, those of `[anywhere]` once for each stage.
const BRANCHES_MAX: usize = 65_000;

/// Every stop has a machine of its own.
const STOPS_MAX: usize = 64;

/// Looks at the size of a protocol before anything is built that grows with it.
pub(crate) fn too_many_ways(written: &Written) -> Option<Diagnostic> {
    let n_stages = written.stages.len();
    let n_pairs = n_stages.saturating_mul(written.ladder.len().max(1));
    let own = written.stages.iter().flat_map(|stage| &stage.on).map(|it| it.branches.len());
    let anywhere: usize = written.anywhere.iter().map(|it| it.branches.len()).sum();
    let of_records = written.records.iter().flat_map(|it| it.events()).count();
    let anywhere = anywhere.saturating_add(of_records);
    let n_branches = own.sum::<usize>().saturating_add(anywhere.saturating_mul(n_stages));
    let (message, span) = if let Some(last) = written.stops.get(STOPS_MAX) {
        let n_stops = written.stops.len();
        let message = format!("there are {n_stops} stops, at most {STOPS_MAX} can be checked");
        (message, last.name.span)
    } else if n_pairs > PAIRS_MAX {
        let message = format!(
            "stages and rungs make {n_pairs} combinations, at most {PAIRS_MAX} can be checked"
        );
        (message, written.ladder.last()?.name.span)
    } else if n_branches > BRANCHES_MAX {
        let message = format!(
            "all stages together have {n_branches} branches, at most {BRANCHES_MAX} can be checked"
        );
        (message, written.stages.last()?.name.span)
    } else {
        return None;
    };
    let fault = Diagnostic::new(CODE, message, span, "the protocol is too large with this");
    Some(fault.help("divide it into several protocols"))
}
