//! `[trends.X]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::{term, word};
use crate::check::rules;
use crate::model::{FieldId, Trend};
use crate::syntax;
use crate::text::Spanned;

/// What must differ among the cases of a trend; there is one word so far.
const DISTINCT: [(&str, bool); 1] = [("complainant", true)];

/// `[trends.X]`. `None` where it cannot be read; that has been reported.
pub(crate) fn trend(
    written: &syntax::Trend,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Trend> {
    let name = &written.name.value;
    let rule = log.rule(format!("trends.{name}"), written.span, &written.citation);
    let read = ReadWhile::Fields("the cases of a trend are counted", true);
    let when = written.when.as_ref().map(|it| script::condition(it, read, known, log));
    let distinct = written.distinct.as_ref();
    let distinct = distinct.map(|it| word::word("distinct", it, &DISTINCT, log));
    let after = written.after.as_ref();
    let after = after.map(|it| find::event("trend begins after", it, known, log));
    let group_by = find::each(&written.group_by, log, |it, log| field(it, known, log));
    let tells =
        find::each(&written.tells, log, |it, log| find::role("trend tells", it, known, log));
    let within = written.within.as_ref().and_then(|it| term::term(it, log));
    let least = if after.is_some() { 1 } else { 2 };
    let count = written.count.as_ref()?;
    if count.value < least {
        log.say(rules::trend_of_one(name, count, least));
    }
    Some(Trend {
        name: name.clone(),
        title: title(written.title.as_ref(), &written.name),
        group_by,
        count: count.value,
        distinct: distinct.map_or(Some(false), |it| it)?,
        within: within?,
        when: when.map_or(Some(None), |it| it.map(Some))?,
        after: after.map_or(Some(None), |it| it.map(Some))?,
        tells,
        rule,
    })
}

/// A field by which cases are grouped. A personal value is a reference that no other case has.
fn field(name: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<FieldId> {
    let id = find::field("trend groups by", name, known, log)?;
    if known.written.fields.get(id.index()).is_some_and(|it| it.personal) {
        log.say(rules::trend_by_person(name));
        return None;
    }
    Some(id)
}
