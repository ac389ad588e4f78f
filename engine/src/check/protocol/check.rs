//! A written protocol from top to bottom: what it declares, then what its parts mean.

use crate::check::calendar;
use crate::check::from_syntax::across::history;
use crate::check::from_syntax::organisation::{confidential, field, function};
use crate::check::from_syntax::procedure::record;
use crate::check::library;
use crate::check::log::Log;
use crate::check::look_over::look_over;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::Names;
use crate::check::protocol::assemble::{Own, assemble};
use crate::check::protocol::header::zone;
use crate::check::protocol::parts::parts;
use crate::check::rules;
use crate::check::scope;
use crate::check::sense;
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::model::{FieldKind, Protocol};
use crate::script::Sandbox;
use crate::script::Scope;
use crate::syntax::Written;
use crate::text::SourceSet;
use crate::time::Calendar;

/// Finds out what a written protocol means. Every fault that can be found without the graph of
/// stages is added to `out`; with any error there is no protocol.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "what was written is used up here")]
pub fn check(written: Written, sources: &SourceSet, out: &mut Diagnostics) -> Option<Protocol> {
    let header = written.protocol.as_ref()?;
    if let Some(fault) = rules::too_many_ways(&written) {
        out.push(fault);
        return None;
    }
    let mut log = Log::new(header.citation.clone(), sources, out);
    let names = Names::of(&written);
    let (known, functions, questions) = declare(&written, names, sources, &mut log);
    rules::shared_names(&written, &mut log);
    let zone = zone(header, &mut log);
    let library = library::library(&written, &functions, &known.scope, &mut log);
    let parts = parts(header, questions, &known, &mut log);
    let calendars =
        zone.clone().map(|zone| calendar::all(parts.default_calendar, zone, &known, &mut log));
    let confidential = confidential::confidential(&parts.events, &parts.stages, &known, &mut log);
    let rules = std::mem::take(&mut log.rules);
    if out.has_errors() {
        return None;
    }
    look_over(&written, out);
    let Known { scope, variables, sets, .. } = known;
    let library = library?;
    let own = Own { rules, scope, variables, sets, functions, library, confidential };
    let calendars = calendars?.into_iter().map(Calendar::build).collect();
    let protocol = assemble(&written, parts, calendars, zone?, own)?;
    sense::look(&written, &protocol, out);
    (!out.has_errors()).then_some(protocol)
}

/// What conditions may read: fields, functions and everything that is built in.
fn declare<'w>(
    written: &'w Written,
    names: Names<'w>,
    sources: &'w SourceSet,
    log: &mut Log<'_>,
) -> (Known<'w>, Vec<model::Function>, Vec<model::Question>) {
    let mut scope = Scope::default();
    let sets = scope::add_sets(&names, written.severity.is_some(), &mut scope);
    let roles = names.roles.to_vec();
    let kinds = written.fields.iter();
    let kinds: Vec<Option<FieldKind>> =
        kinds.map(|it| field::kind(it, &roles, &mut scope, log)).collect();
    let entry_fields = record::kinds(&written.records, &roles, &mut scope, log);
    let personal = written.fields.iter().map(|it| it.personal);
    let with_personal: Vec<_> = kinds.iter().cloned().zip(personal).collect();
    scope::add_records(&written.records, &entry_fields, &with_personal, &mut scope);
    let deadlines = &written.deadlines;
    let mut variables = scope::add_variables(&names, &with_personal, deadlines, &sets, &mut scope);
    let questions = history::add_questions(written, &names, &mut scope, &mut variables);
    let functions = written.functions.iter();
    let functions =
        functions.filter_map(|it| function::function(it, &names.fields, &mut scope, log)).collect();
    let sandbox = Sandbox::new();
    let known = Known {
        sources,
        written,
        names,
        fields: kinds,
        entry_fields,
        scope,
        variables,
        sets,
        sandbox,
    };
    (known, functions, questions)
}
