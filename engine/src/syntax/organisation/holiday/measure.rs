//! How many holidays the calendars of a protocol hold together.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::syntax::limit::HOLIDAYS_MAX;
use crate::syntax::rules;

/// Takes the holidays from every calendar that leads beyond [`HOLIDAYS_MAX`], and reports the
/// first.
pub(crate) fn limit_holidays(written: &mut Written, out: &mut Diagnostics) {
    let of_rules = written.holiday_sets.iter().map(|it| (it.id.value.clone(), it.holidays.len()));
    let events = |text: &str| text.matches("BEGIN:VEVENT").count();
    let of_ics = written.ics.iter().map(|it| (it.id.clone(), events(&it.text)));
    let sizes: BTreeMap<String, usize> = of_ics.chain(of_rules).collect();
    let mut n_holidays = 0_usize;
    let mut is_reported = false;
    for calendar in &mut written.calendars {
        let named = calendar.holidays.iter().filter_map(|name| sizes.get(&name.value));
        let n_own = named.fold(calendar.closed.len(), |sum, size| sum.saturating_add(*size));
        n_holidays = n_holidays.saturating_add(n_own);
        if n_holidays <= HOLIDAYS_MAX {
            continue;
        }
        if !std::mem::replace(&mut is_reported, true) {
            let holder = "the list of all holidays of calendars";
            let span = calendar.name.span;
            out.push(rules::too_many_entries(holder, n_holidays, HOLIDAYS_MAX, span));
        }
        calendar.holidays.clear();
        calendar.closed.clear();
    }
}
