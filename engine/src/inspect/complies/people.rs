//! Roles: that they are still outside, and told as soon.

use crate::inspect::complies::held::Held;
use crate::inspect::rules;
use crate::syntax::Citation;
use crate::time::Calendar;

/// A role that is outside the organisation by the statute is so here, and nobody is told later.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.roles {
        let name = held.name("roles", &theirs.name.value).to_owned();
        let Some(own) = house.written.roles.iter().find(|it| it.name.value == name) else {
            continue;
        };
        let nothing = Citation::default();
        let both = held.against((own.name.span, &nothing), (theirs.name.span, &nothing));
        if theirs.external && !own.external {
            held.say(rules::duty_weaker(&format!("`{name}` is not outside"), &both));
        }
        let hours = |side: crate::inspect::complies::Side<'_>, role: &crate::syntax::Role| {
            let role = side.protocol.roles.iter().find(|it| it.name == role.name.value)?;
            side.protocol.calendars.get(role.told?.index()).map(Calendar::describe)
        };
        let waits = own.told.is_some()
            && (theirs.told.is_none()
                || hours(house, own) != hours(statute, theirs)
                || (theirs.at_once.is_some()
                    && !(own.at_once.is_some()
                        && held.covers(own.at_once.as_ref(), theirs.at_once.as_ref()))));
        if waits {
            let what = format!("`{name}` is told only when its calendar is open");
            held.say(rules::duty_weaker(&what, &both));
        }
    }
}
