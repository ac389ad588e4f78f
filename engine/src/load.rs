//! From the files of a folder to a machine, with every fault on the way.

use crate::check::check;
use crate::diagnostic::{Diagnostics, Severity};
use crate::inspect::{Held, Side, check_maps, complies, inspect, statute_unusable};
use crate::letter;
use crate::machine::Machine;
use crate::model;
use crate::syntax::{Written, offered, read, root_of, too_many_entries, unknown_protocol};
use crate::text::{FileId, SHIPPED, SourceSet};

/// The most statutes that a protocol is held against; further ones are reported.
const STATUTES_MAX: usize = 8;

/// Reads, checks and compiles a protocol, inspects it as a whole and holds it against the statutes that
/// it names. There is a machine only if there is no error; the faults are sorted by place. Never panics,
/// whatever the files hold.
#[must_use]
pub fn load(sources: &SourceSet) -> (Option<Machine>, Diagnostics) {
    let mut out = Diagnostics::default();
    let machine = compile(sources, &mut out);
    if let Some(machine) = &machine {
        look_over(machine, &mut out);
        hold_against(sources, &machine.protocol, &mut out);
    }
    out.sort();
    (machine.filter(|_| !out.has_errors()), out)
}

/// The first part of [`load`]: reads, checks and compiles a protocol. What is wrong with its parts
/// is added to `out`, unsorted.
#[must_use]
pub fn compile(sources: &SourceSet, out: &mut Diagnostics) -> Option<Machine> {
    let written = read(sources, out)?;
    let mut protocol = check(written, sources, out)?;
    protocol.locate(sources);
    Some(Machine::from_model(protocol))
}

/// The second part of [`load`]: adds to `out` what is wrong with a protocol as a whole, and with
/// the texts of its letters. With an error among it the machine is not to be used.
pub fn look_over(machine: &Machine, out: &mut Diagnostics) {
    inspect(machine, out);
    letter::lint(machine, out);
}

/// The last part of [`load`]: adds to `out` where a protocol falls short of the statutes that it says it
/// complies with.
fn hold_against(sources: &SourceSet, protocol: &model::Protocol, out: &mut Diagnostics) {
    // What is wrong with it has been said when it was compiled.
    let written = read(sources, &mut Diagnostics::default());
    let Some(written) = written.filter(|it| !it.complies_with.is_empty() || !it.maps.is_empty())
    else {
        return;
    };
    let n_named = written.complies_with.len();
    if let Some(first) = written.complies_with.get(STATUTES_MAX) {
        let too_many = too_many_entries("`complies_with`", n_named, STATUTES_MAX, first.span);
        out.push(too_many.help("hold the protocol against fewer statutes"));
    }
    let mut statutes = Vec::new();
    for name in written.complies_with.iter().take(STATUTES_MAX) {
        let Some(root) = root_of(sources, &name.value) else {
            out.push(unknown_protocol(&name.value, name.span, &offered(sources)));
            return;
        };
        let (part, files) = part_of(sources, &root);
        let mut faults = Diagnostics::default();
        let theirs = read(&part, &mut faults);
        let model = theirs.clone().and_then(|it| check(it, &part, &mut faults));
        faults.sort();
        let (Some(theirs), Some(model), false) = (theirs, model, faults.has_errors()) else {
            let first = faults.iter().find(|it| it.code.severity == Severity::Error);
            out.push(statute_unusable(name, first.map(|it| it.message.as_str())));
            return;
        };
        statutes.push((name.span, theirs, model, files));
    }
    let all: Vec<&Written> = statutes.iter().map(|it| &it.1).collect();
    check_maps(&written, &all, out);
    for (named_at, theirs, model, files) in &statutes {
        let house = Side { written: &written, protocol };
        let statute = Side { written: theirs, protocol: model };
        complies(&mut Held { house, statute, named_at: *named_at, files, out });
    }
}

/// The files of a protocol that another names, as a set of their own, and which each is in the whole set.
fn part_of(sources: &SourceSet, root: &str) -> (SourceSet, Vec<FileId>) {
    let inside = |path: &str| match path.strip_prefix(root) {
        Some(inside) => Some(inside.to_owned()),
        None => path.starts_with(SHIPPED).then(|| path.to_owned()),
    };
    let named = sources.files().filter_map(|(id, it)| Some((inside(&it.path)?, id, it)));
    let named: Vec<_> = named.collect();
    let part =
        SourceSet::new("", named.iter().map(|(path, _, it)| (path.clone(), it.bytes.clone())));
    let files = part.files().map(|(_, file)| {
        let same = named.iter().find(|(path, ..)| *path == file.path);
        same.map_or(FileId(0), |(_, id, _)| *id)
    });
    let files = files.collect();
    (part, files)
}
