//! All rules over a machine.

use crate::diagnostic::Diagnostics;
use crate::inspect::assigned::Assigned;
use crate::inspect::branches;
use crate::inspect::people::Senders;
use crate::inspect::points::Happening;
use crate::inspect::rules;
use crate::inspect::severity;
use crate::machine::Machine;

/// Adds every fault of the whole protocol to `out`.
pub fn inspect(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let known = Assigned::of(machine);
    rules::stage_never_entered(machine, out);
    rules::stage_never_left(machine, out);
    rules::no_way_to_an_end(machine, out);
    rules::endless_cycle(machine, out);
    branches::branches(machine, &known, out);
    severity::severity_table(protocol, out);
    rules::event_never_allowed(machine, out);
    rules::condition_never_used(protocol, out);
    rules::letter_never_sent(protocol, out);
    rules::start_is_stop(protocol, out);
    rules::ladder_overrun(protocol, out);
    let happening = Happening::of(machine);
    rules::clock_never_starts(protocol, &happening, out);
    rules::retention_never_begins(protocol, &happening, out);
    rules::guarantee_says_nothing(protocol, &happening, out);
    rules::clock_never_stops(protocol, &happening, out);
    let senders = Senders::of(machine);
    rules::anchor_may_never_come(machine, &senders, out);
    rules::field_may_be_unset(machine, &known, out);
    rules::stage_hears_nothing(machine, out);
    rules::never_met_in_time(machine, out);
    rules::same_duty_twice(protocol, out);
    rules::not_theirs_to_do(protocol, out);
    rules::window_unused(protocol, out);
    rules::right_rolled_back(protocol, out);
    rules::extension_without_limit(protocol, out);
    rules::rung_never_reached(machine, out);
    rules::rung_dead_end(machine, out);
    rules::rung_without_term(machine, out);
    rules::rung_skipped(machine, out);
    rules::terms_outlast_whole(machine, out);
    people(machine, &senders, out);
    rules::graver_later(protocol, out);
    rules::branches_alike(protocol, out);
}

/// Who has to act, who may not, and who learns of it.
fn people(machine: &Machine, senders: &Senders, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    rules::confidential_in_condition(machine, out);
    rules::stage_without_owner(machine, out);
    rules::no_owner_to_act(machine, out);
    rules::waits_for_outsider(machine, out);
    rules::duty_of_another(machine, senders, out);
    rules::breach_unnoticed(protocol, out);
    rules::same_handler(protocol, out);
    rules::deputy_reviews(protocol, out);
    rules::bars_nobody(protocol, out);
    rules::rung_bars_itself(protocol, out);
    rules::allowed_and_barred(protocol, out);
}
