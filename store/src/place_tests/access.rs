//! Keys, personal values, tokens and protocols.

use crate::cases::{Failure, Key, Place, Scope, Sealed, Tenant, Token, TokenId};
use crate::place_tests::sample::{Desk, PROTOCOLS, at, case, change, hash, id, protocol, stop};

fn key(person: &str, byte: u8) -> Key {
    Key { person: person.to_owned(), wrapped: Some(vec![byte; 60]), destroyed_at: None }
}

fn sealed(stream: u32, slot: &str) -> Sealed {
    Sealed { stream: id(stream), slot: slot.to_owned(), bytes: vec![9; 80] }
}

fn slots(place: &dyn Place, tenant: Tenant, stream: u32) -> Vec<String> {
    let mut slots: Vec<String> =
        place.sealed(tenant, id(stream)).unwrap().into_iter().map(|it| it.slot).collect();
    slots.sort();
    slots
}

pub(crate) fn a_key_is_kept_once(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    assert_eq!(place.keep_key(tenant, &key("p", 1)).unwrap(), key("p", 1));
    assert_eq!(place.keep_key(tenant, &key("p", 2)).unwrap(), key("p", 1));
    assert_eq!(place.key(tenant, "p").unwrap(), Some(key("p", 1)));
    assert_eq!(place.key(tenant, "P").unwrap(), None);
}

pub(crate) fn a_destroyed_key_takes_its_values_along(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut mine = change(case(1, 1), vec![]);
    mine.sealed = vec![sealed(1, "a"), sealed(1, "b")];
    let mut stopped = change(stop(3, 1, 1), vec![]);
    stopped.standing.complainant.clone_from(&mine.standing.complainant);
    stopped.sealed = vec![sealed(3, "a")];
    let mut other = change(case(2, 1), vec![]);
    other.sealed = vec![sealed(2, "a")];
    desk.write([mine, other, stopped]);
    let tenant = desk.tenant;
    place.keep_key(tenant, &key("person-1", 1)).unwrap();
    place.keep_key(tenant, &key("person-2", 2)).unwrap();
    place.destroy_key(tenant, "person-1", at(5)).unwrap();
    let destroyed = Key { person: "person-1".to_owned(), wrapped: None, destroyed_at: Some(at(5)) };
    assert_eq!(place.key(tenant, "person-1").unwrap().as_ref(), Some(&destroyed));
    assert_eq!(slots(place, tenant, 1), [""; 0]);
    assert_eq!(slots(place, tenant, 3), [""; 0]);
    assert_eq!(slots(place, tenant, 2), ["a"]);
    assert_eq!(place.key(tenant, "person-2").unwrap(), Some(key("person-2", 2)));
    place.destroy_key(tenant, "person-1", at(9)).unwrap();
    assert_eq!(place.key(tenant, "person-1").unwrap().as_ref(), Some(&destroyed));
    // Who comes again has a new key; of the old one it is known when it went.
    let renewed = Key { destroyed_at: Some(at(5)), ..key("person-1", 3) };
    assert_eq!(place.keep_key(tenant, &key("person-1", 3)).unwrap(), renewed);
    assert_eq!(place.keep_key(tenant, &key("person-1", 4)).unwrap(), renewed);
    place.destroy_key(tenant, "person-1", at(11)).unwrap();
    let again = Key { destroyed_at: Some(at(11)), ..destroyed };
    assert_eq!(place.key(tenant, "person-1").unwrap(), Some(again));
    place.destroy_key(tenant, "nobody", at(9)).unwrap();
    assert_eq!(place.key(tenant, "nobody").unwrap(), None);
    assert_eq!(place.load(tenant, &[id(1)]).unwrap()[0].as_ref().unwrap().decided.len(), 1);
}

pub(crate) fn the_values_of_a_case_without_a_person(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let changes = (1..=2).map(|number| {
        let mut change = change(case(number, 1), vec![]);
        change.standing.complainant = None;
        change.sealed = vec![sealed(number, "a")];
        change
    });
    desk.write(changes);
    let person = id(1).to_string();
    place.keep_key(desk.tenant, &key(&person, 1)).unwrap();
    place.destroy_key(desk.tenant, &person, at(5)).unwrap();
    assert_eq!(slots(place, desk.tenant, 1), [""; 0]);
    assert_eq!(slots(place, desk.tenant, 2), ["a"]);
}

pub(crate) fn some_values_of_a_stream_are_deleted(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut mine = change(case(1, 1), vec![]);
    mine.sealed = ["a", "b", "c"].map(|slot| sealed(1, slot)).into();
    let mut other = change(case(2, 1), vec![]);
    other.sealed = vec![sealed(2, "a")];
    desk.write([mine, other]);
    let names = ["a".to_owned(), "x".to_owned(), "c".to_owned()];
    assert_eq!(place.delete_sealed(desk.tenant, id(1), &names).unwrap(), 2);
    assert_eq!(slots(place, desk.tenant, 1), ["b"]);
    assert_eq!(slots(place, desk.tenant, 2), ["a"]);
    assert_eq!(place.delete_sealed(desk.tenant, id(1), &[]).unwrap(), 0);
}

fn token(tenant: Tenant, name: &str, number: u32) -> Token {
    Token {
        id: TokenId(name.to_owned()),
        tenant,
        hash: hash(number),
        scope: Scope::Roles(vec!["handler".to_owned(), "agent".to_owned()]),
        person: Some("staff-1".to_owned()),
        label: "the desk at the door".to_owned(),
        made_at: at(0),
        expires: Some(at(100)),
        revoked_at: None,
    }
}

pub(crate) fn tokens_are_found_by_hash_until_revoked_and_after(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    let first = token(tenant, "b", 1);
    let second =
        Token { scope: Scope::Admin, person: None, expires: None, ..token(tenant, "a", 2) };
    let third = Token { scope: Scope::Roles(vec![]), ..token(tenant, "c", 3) };
    for token in [&first, &second, &third] {
        place.add_token(token).unwrap();
    }
    assert_eq!(place.token(hash(1)).unwrap().as_ref(), Some(&first));
    assert_eq!(place.token(hash(9)).unwrap(), None);
    assert_eq!(place.tokens(tenant).unwrap(), [second.clone(), first.clone(), third]);
    assert!(place.revoke(tenant, &first.id, at(7)).unwrap());
    assert!(!place.revoke(tenant, &first.id, at(8)).unwrap(), "it was taken back already");
    assert!(!place.revoke(tenant, &TokenId("x".to_owned()), at(8)).unwrap());
    let revoked = Token { revoked_at: Some(at(7)), ..first };
    assert_eq!(place.token(hash(1)).unwrap(), Some(revoked));
    assert_eq!(place.token(hash(2)).unwrap(), Some(second));
}

pub(crate) fn an_id_of_a_token_is_taken_once(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    let first = token(tenant, "a", 1);
    place.add_token(&first).unwrap();
    assert_eq!(place.add_token(&token(tenant, "a", 2)), Err(Failure::Overtaken));
    assert_eq!(place.tokens(tenant).unwrap(), [first]);
    assert_eq!(place.token(hash(2)).unwrap(), None);
}

pub(crate) fn protocols_stay_as_they_were(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    let mut changed = protocol(PROTOCOLS[0]);
    changed.folder = b"something else".to_vec();
    place.add_protocol(tenant, &changed).unwrap();
    let [first, second, other] = PROTOCOLS.map(protocol);
    assert_eq!(place.protocol(tenant, first.hash).unwrap().as_ref(), Some(&first));
    assert_eq!(place.protocol(tenant, hash(1)).unwrap(), None);
    assert!(place.activate(tenant, second.hash, at(3)).unwrap());
    assert!(!place.activate(tenant, hash(1), at(3)).unwrap());
    let second = crate::cases::ProtocolText { active_from: Some(at(3)), ..second };
    assert_eq!(place.protocols(tenant).unwrap(), [other, first, second]);
}
