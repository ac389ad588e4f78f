//! `[severity]`.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::mend;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{LevelId, Policy, Severity, SeverityRule};
use crate::syntax;
use crate::syntax::Citation;

const POLICIES: [(&str, Policy); 3] =
    [("first", Policy::First), ("unique", Policy::Unique), ("highest", Policy::Highest)];
/// Keys of a term table by levels, which no level may have as name.
const TABLE_KEYS: [&str; 2] = ["by", "otherwise"];

/// The decision table. `None` where it cannot be read; that has been reported.
pub(crate) fn severity(
    written: &syntax::Severity,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Severity> {
    for (place, level) in written.levels.iter().enumerate() {
        if let Some(first) = written.levels.iter().take(place).find(|it| it.value == level.value) {
            let found = rules::level_twice(level, first.span);
            log.say(mend::leave_out(found, &written.levels, place, log.sources));
        }
        if TABLE_KEYS.contains(&level.value.as_str()) {
            log.say(rules::reserved_name("level", level, "a key of tables of terms"));
        }
    }
    let policy = written.policy.as_ref();
    let policy = policy.and_then(|it| word::word("policy", it, &POLICIES, log));
    let otherwise = written.otherwise.as_ref();
    let otherwise_level = otherwise.and_then(|it| find::level("`otherwise` names", it, known, log));
    let rule = log.rule("severity".to_owned(), written.span, &Citation::default());
    let entries = written.rules.iter().zip(1..);
    let rules = entries.filter_map(|(it, place)| severity_rule(it, place, known, log)).collect();
    Some(Severity {
        levels: known.sets.levels?,
        policy: policy?,
        // Without `otherwise` the rules must cover every case, so that this is never taken.
        otherwise: if otherwise.is_some() { otherwise_level? } else { LevelId(0) },
        otherwise_said: otherwise.is_some(),
        may_fall: written.may_fall.as_ref().is_none_or(|it| it.value),
        rules,
        rule,
    })
}

fn severity_rule(
    written: &syntax::SeverityRule,
    place: usize,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<SeverityRule> {
    let reading = ReadWhile::Fields("when severity is computed", false);
    let when = written.when.as_ref();
    let when = when.and_then(|it| script::condition(it, reading, known, log));
    let is = written.is.as_ref().and_then(|it| find::level("rule gives", it, known, log));
    let rule = log.rule(format!("severity.rules[{place}]"), written.span, &written.citation);
    let why = written.why.as_ref().map(|it| it.value.clone());
    Some(SeverityRule { when: when?, is: is?, why, rule })
}
