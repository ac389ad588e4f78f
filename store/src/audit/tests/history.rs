//! A small store with something of everything.

use std::sync::Arc;

use engine::runtime::Report;

use crate::cases::{Place, Scope, Token, TokenId, Webhook, WebhookId};
use crate::keeper::world::{World, given, hours, options};
use crate::keeper::{Announce, NewAmendment, News, Options};
use crate::test_folder::Folder;
use crate::vault::StoreKey;

/// What receivers of these tests are sent.
struct Said;

impl Announce for Said {
    fn body(&self, _: &Webhook, news: &News<'_>) -> Option<Vec<u8>> {
        Some(format!("fact {}", news.fact.sequence).into_bytes())
    }
}

/// The key of these stores.
pub(crate) fn vault() -> Arc<StoreKey> {
    Arc::new(StoreKey::given([7; 32]))
}

/// How keepers of these tests work.
pub(crate) fn with_vault() -> Options {
    Options { vault: Some(vault()), announce: Some(Arc::new(Said)), ..options() }
}

/// A calendar by which the cases count is amended: a day is closed.
fn amend(world: &World, day: &str) {
    let new = NewAmendment {
        calendar: "shop/office".to_owned(),
        closed: vec![day.parse().unwrap()],
        open: Vec::new(),
        reason: "Day of mourning".to_owned(),
        source: "Proclamation".to_owned(),
        by: "admin".to_owned(),
        person: None,
    };
    world.keeper.amend_calendar(world.tenant, &new).unwrap();
}

/// Cases of six people and of nobody, with stops, written by two writers. `between` is called when
/// the first one is done.
pub(crate) fn fill(folder: &Arc<Folder>, place: &Arc<dyn Place>, between: &dyn Fn()) {
    let world = World::on(Arc::clone(folder), Arc::clone(place), with_vault());
    around(place.as_ref(), &world);
    let persons = ["ann", "bob", "cem", "dee", "eve", "fay"];
    for round in 0..5 {
        if round % 3 == 0 {
            amend(&world, ["2026-03-12", "2026-04-03"][round / 3]);
        }
        for (at, person) in persons.iter().enumerate() {
            let id = format!("o{round}-{person}");
            one(&world, &id, Some(person), (round + at) % 4);
        }
        one(&world, &format!("o{round}"), None, round);
        world.wait_until(hours(24 * 7 * (round as i64 + 1)));
    }
    world.keeper.stop();
    between();
    let again = World::begun(Arc::clone(folder), place, &with_vault(), hours(24 * 50));
    let cases = place.streams(again.tenant, None, 100).unwrap();
    for case in cases {
        let report = Report {
            reason: Some("a look back".to_owned()),
            ..Report::new(format!("later-{case}"), "answered", hours(0), "manager")
        };
        // Some are closed, some are stops: what is refused writes nothing.
        let _refused = again.ask(again.report(case, report));
    }
    again.wait_until(hours(24 * 80));
}

/// A case, as far as it goes in a way.
pub(super) fn one(world: &World, id: &str, person: Option<&str>, way: usize) {
    let mut opening = world.opening(id, person);
    if let crate::keeper::Act::Open { report, .. } = &mut opening.act {
        report.data = vec![given("story", &format!("the story of {id}"))];
        report.reason = Some(format!("told by telephone, {id}"));
        report.respondent = Some(format!("till-{way}"));
    }
    let reply = world.ask(opening).unwrap();
    assert_eq!(reply.status, 201, "{}", crate::keeper::world::text(&reply));
    let case = reply.case.unwrap().0;
    if way == 0 {
        return;
    }
    world.say(case, &format!("{id}-a"), "acknowledged", "agent");
    let propose = |event: &str, by: &str| {
        let report = Report {
            stop: Some("no_calls".to_owned()),
            reason: Some(format!("too many calls, {id}")),
            ..Report::new(format!("{id}-{event}"), event, hours(0), by)
        };
        assert_eq!(world.ask(world.report(case, report)).unwrap().status, 200);
    };
    if way > 1 {
        propose("stop_proposed", "agent:amy");
        propose("stop_decided", "manager:max");
    }
    if way == 3 {
        let report = Report {
            data: vec![given("outcome", "upheld")],
            ..Report::new(format!("{id}-e"), "answered", hours(0), "agent")
        };
        assert_eq!(world.ask(world.report(case, report)).unwrap().status, 200);
    }
}

/// What is no case: a token, a receiver.
fn around(place: &dyn Place, world: &World) {
    let (tenant, now) = (world.tenant, hours(0));
    let token = |id: &str, scope: Scope, hash: u8| Token {
        id: TokenId(id.to_owned()),
        tenant,
        hash: crate::cases::Hash([hash; 32]),
        scope,
        person: Some("amy".to_owned()),
        label: "the desk".to_owned(),
        made_at: now,
        expires: Some(hours(9_000)),
        revoked_at: None,
    };
    place.add_token(&token("t1", Scope::Admin, 1)).unwrap();
    let roles = Scope::Roles(vec!["agent".to_owned(), "manager".to_owned()]);
    place.add_token(&token("t2", roles, 2)).unwrap();
    let webhook = Webhook {
        id: WebhookId(0),
        tenant,
        url: "https://example.org/hook".to_owned(),
        secret: vec![3; 32],
        kinds: vec!["opened".to_owned(), "closed".to_owned()],
        active: true,
    };
    place.add_webhook(&webhook).unwrap();
}
