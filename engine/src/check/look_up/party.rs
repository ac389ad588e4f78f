//! Who acts, who is told, who may not act.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::NameList;
use crate::check::rules;
use crate::model::{Barred, Doer, Party, RoleId};
use crate::text::Spanned;

const HANDLER: &str = "@handler";
const OWNER: &str = "@owner";

/// A role, a party, `@handler` or `@owner`.
pub(crate) fn doer(
    user: &str,
    name: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Doer> {
    let found = match name.value.as_str() {
        OWNER => Doer::Owner,
        HANDLER => {
            if known.names.rungs.len() == 0 {
                log.say(rules::handler_without_ladder(name.span));
                return None;
            }
            Doer::Handler
        }
        party => match Party::built_in(party).or_else(|| role(party, known)) {
            Some(party) => Doer::Party(party),
            None => {
                let declared = known.names.roles.iter();
                let all = declared.chain(Party::built_in_names()).chain([HANDLER, OWNER]);
                log.say(rules::unknown_role(user, name, &NameList::new(all)));
                return None;
            }
        },
    };
    Some(found)
}

fn role(name: &str, known: &Known<'_>) -> Option<Party> {
    known.names.roles.place(name).map(|place| Party::Role(RoleId::at(place)))
}

/// A list of doers.
pub(crate) fn doers(
    user: &str,
    names: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<Doer> {
    find::each(names, log, |name, log| doer(user, name, known, log))
}

/// A list of `not_by`: `respondent`, `rung:R`, `event:E`.
pub(crate) fn barred(
    names: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<Barred> {
    find::each(names, log, |name, log| {
        let part = |text: &str| Spanned::new(text.to_owned(), name.span);
        match name.value.split_once(':') {
            None if name.value == "respondent" => Some(Barred::Respondent),
            Some(("rung", rung)) => {
                find::rung("`not_by` names", &part(rung), known, log).map(Barred::Rung)
            }
            Some(("event", event)) => {
                find::event("`not_by` names", &part(event), known, log).map(Barred::Event)
            }
            _ => {
                log.say(rules::unknown_barred(name));
                None
            }
        }
    })
}
