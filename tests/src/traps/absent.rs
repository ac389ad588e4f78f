//! What an absent person should hear.

use std::collections::BTreeSet;
use std::path::Path;

use engine::model::{Party, RoleId};
use engine::runtime::{Case, Context, FactKind, apply, decide, read_report, wake};
use engine::time::Instant;

use super::case::opened;

/// A case of the housing code that nobody answers, looked at by a shell that knows who is absent:
/// the roles told of the breach.
fn told_of_a_breach(absent: &[&str]) -> Vec<String> {
    let sources = store::folder::read(Path::new("../protocols/uk-housing-code")).unwrap();
    let machine = engine::load(&sources).0.unwrap();
    let roles = &machine.protocol.roles;
    let role = |name: &&str| RoleId::at(roles.iter().position(|it| it.name == *name).unwrap());
    let absent: Vec<RoleId> = absent.iter().map(role).collect();
    let mut strings = machine.strings();
    let at = Instant::from_ms(1_775_030_400_000);
    let event = read_report(&machine, &opened(at), &mut strings).unwrap();
    let context = Context { absent: &absent, ..Context::new(&strings) };
    let mut case = Case::new(&machine);
    for fact in &decide(&machine, &case, &event, &context).unwrap().facts {
        apply(&mut case, fact);
    }
    let month_later = at.plus_ms(30 * 24 * 3_600_000).unwrap();
    let late = wake(&machine, &case, month_later, &context).unwrap();
    let told = late.facts.iter().filter_map(|fact| match fact.kind {
        FactKind::Told { party: Party::Role(role), .. } => Some(roles[role.index()].name.clone()),
        _ => None,
    });
    told.collect::<BTreeSet<String>>().into_iter().collect()
}

#[test]
fn e8_what_an_absent_person_should_hear_goes_up_the_ladder_and_never_to_nobody() {
    assert_eq!(told_of_a_breach(&[]), ["board_member"]);
    assert_eq!(told_of_a_breach(&["board_member"]), ["stage2_officer"]);
    assert_eq!(told_of_a_breach(&["board_member", "stage2_officer"]), ["board_member"]);
}
