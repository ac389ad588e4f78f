//! Several cases of one person: their history, stops, versions of a protocol, personal values.

use std::sync::{Arc, Mutex};

use engine::model::StopStage;
use engine::runtime::{FactKind, Given, Report};

use super::world::{SHOP, World, given, hours, options, sources, text};
use crate::cases::{Find, Standing, StreamId, Webhook, WebhookId};
use crate::keeper::{Act, Announce, Mode, News, Options, Order, Reading};
use crate::vault::StoreKey;

fn stops(world: &World, case: StreamId) -> Vec<Standing> {
    let place = world.keeper.place();
    let ids = place.stops_on(world.tenant, case).unwrap().into_iter();
    ids.map(|id| place.standing(world.tenant, id).unwrap().unwrap()).collect()
}

fn of_stop(
    world: &World,
    case: StreamId,
    id: &str,
    (event, by): (&str, &str),
    data: &[(String, Given)],
) -> Order {
    let report = Report {
        stop: Some("written_only".to_owned()),
        reason: Some("because".to_owned()),
        data: data.to_vec(),
        ..Report::new(id, event, hours(0), by)
    };
    world.report(case, report)
}

/// A stop from its condition to its end, over three cases and a restart.
#[test]
fn a_stop_is_proposed_by_history_refuses_acts_and_ends_by_itself() {
    let world = World::new("stops");
    let first = world.open("o1", Some("ann"));
    world.open("o2", Some("ann"));
    let third = world.ask(world.opening("o3", Some("ann"))).unwrap();
    assert!(text(&third).ends_with(" written_only"), "{}", text(&third));
    let third = third.case.unwrap().0;
    assert!(stops(&world, first).is_empty());
    let stop = stops(&world, third).pop().unwrap();
    assert_eq!((stop.stage.as_str(), stop.complainant.as_deref()), ("proposed", Some("ann")));
    let world = world.again();
    // Decided on another case of the same person.
    let order = of_stop(&world, first, "d", ("stop_decided", "manager:max"), &[]);
    let reply = world.ask(order).unwrap();
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let stop = stops(&world, third).pop().unwrap();
    assert_eq!(stop.stage, "standing");
    assert!(stop.acts_at.is_some() && stop.due_at.is_some());
    world.say(first, "a", "acknowledged", "agent");
    let ask = |id: &str| world.event(first, id, "asked", "complainant");
    let refused = world.ask(ask("q")).unwrap();
    assert_eq!((refused.status, text(&refused)), (409, "refused: written_only".to_owned()));
    let n = world.kept(first).decided.len();
    let again = world.ask(ask("q")).unwrap();
    assert!(again.is_replayed && again.status == 409);
    assert_eq!(world.kept(first).decided.len(), n);
    let look = world.keeper.look(world.tenant, first, Reading::Now).unwrap().unwrap();
    assert!(look.facts.iter().any(|it| matches!(it.kind, FactKind::ActRefused { .. })));
    let written = Report {
        channel: Some("email".to_owned()),
        ..Report::new("w", "asked", hours(0), "complainant")
    };
    assert_eq!(world.ask(world.report(first, written)).unwrap().status, 200);
    world.wait_until(hours(24 * 365));
    let stop = stops(&world, third).pop().unwrap();
    assert_eq!((stop.stage.as_str(), stop.closed, stop.acts_at), ("lapsed", true, None));
    let look = world.keeper.look(world.tenant, stop.stream, Reading::Now).unwrap().unwrap();
    assert_eq!(StopStage::of(look.case.stage), Some(StopStage::Lapsed));
    assert_eq!(look.machine().protocol.events.len(), 7);
}

#[test]
fn a_stop_on_one_case_ends_with_it() {
    let world = World::new("case-stop");
    let case = world.open("o", None);
    let report = |id: &str, event: &str, by: &str| {
        let stop = Some("no_calls".to_owned());
        let reason = Some("because".to_owned());
        world.report(case, Report { stop, reason, ..Report::new(id, event, hours(0), by) })
    };
    assert_eq!(world.ask(report("p", "stop_proposed", "agent:amy")).unwrap().status, 200);
    assert_eq!(world.ask(report("d", "stop_decided", "manager:max")).unwrap().status, 200);
    world.say(case, "a", "acknowledged", "agent");
    let reply = world.ask(world.event(case, "w", "withdrawn", "complainant")).unwrap();
    assert!(text(&reply).ends_with("no_calls"), "{}", text(&reply));
    let stop = stops(&world, case).pop().unwrap();
    assert_eq!((stop.stage.as_str(), stop.closed), ("lifted", true));
    let world = world.again();
    let look = world.keeper.look(world.tenant, stop.stream, Reading::Now).unwrap().unwrap();
    let by: Vec<_> =
        look.kept.iter().map(|it| it.event.as_ref().map(|it| it.actor.party)).collect();
    assert_eq!(by.last(), Some(&Some(engine::model::Party::System)), "{by:?}");
    assert_eq!(by.iter().flatten().count(), 3);
}

/// Cases under an older version are history for those under a newer one, and a stop from before
/// still stands.
#[test]
fn a_new_version_knows_the_cases_and_stops_of_the_old_one() {
    let world = World::new("versions");
    let first = world.open("o1", Some("ann"));
    world.open("o2", Some("ann"));
    let newer = SHOP.replace("version     = \"1\"", "version     = \"2\"").replace(
        "sum     = { type",
        "extra   = { type = \"flag\", default = false }\nsum     = { type",
    );
    let (loaded, _) = world.keeper.add_protocol(world.tenant, &sources(&newer)).unwrap();
    let newer = loaded.unwrap();
    assert!(world.keeper.activate(world.tenant, newer.hash, hours(10)).unwrap());
    world.clock.set(hours(11));
    let third = world.ask(world.opening("o3", Some("ann"))).unwrap();
    assert!(text(&third).ends_with(" written_only"), "{}", text(&third));
    let third = third.case.unwrap().0;
    assert_eq!(world.kept(third).standing.protocol, newer.hash);
    assert_eq!(world.kept(first).standing.protocol, world.protocol);
    // The stop began under the new version; it is decided on a case of the old one.
    let reply =
        world.ask(of_stop(&world, first, "d", ("stop_decided", "manager:max"), &[])).unwrap();
    assert_eq!((reply.status, reply.case), (200, Some((third, 1))), "{}", text(&reply));
    assert_eq!(stops(&world, third).pop().unwrap().stage, "standing");
    let world = world.again();
    world.clock.set(hours(12));
    world.say(first, "a", "acknowledged", "agent");
    let refused = world.ask(world.event(first, "q", "asked", "complainant")).unwrap();
    assert_eq!(text(&refused), "refused: written_only");
    // What was received before the new version was taken into use is a case of the old one.
    let mut early = world.opening("o4", Some("bob"));
    if let Act::Open { happened, .. } = &mut early.act {
        *happened = Some(engine::runtime::ReportedAt::Instant(hours(9)));
    }
    let early = world.ask(early).unwrap().case.unwrap().0;
    assert_eq!(world.kept(early).standing.protocol, world.protocol);
}

#[test]
fn personal_values_are_kept_apart_and_never_in_a_decision() {
    let vault = Some(Arc::new(StoreKey::given([7; 32])));
    let world = World::with("personal", Options { vault, ..options() });
    let opening = |id: &str, story: &str| {
        let mut order = world.opening(id, Some("ann"));
        if let Act::Open { report, .. } = &mut order.act {
            report.data = vec![given("story", story)];
        }
        order
    };
    let case = world.ask(opening("o", "my neighbour Karl")).unwrap().case.unwrap().0;
    let reason = |id: &str| Report {
        reason: Some("Karl said so".to_owned()),
        ..Report::new(id, "acknowledged", hours(0), "agent")
    };
    assert_eq!(world.ask(world.report(case, reason("a"))).unwrap().status, 200);
    // The same words in another report have another reference: nothing tells that they are equal.
    let again = Report { event: "asked".to_owned(), by: "complainant".to_owned(), ..reason("b") };
    assert_eq!(world.ask(world.report(case, again)).unwrap().status, 200);
    let standing = world.kept(case).standing;
    let values = world.keeper.personal(world.tenant, &standing).unwrap();
    let mut texts: Vec<&str> = values.values().map(String::as_str).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Karl said so", "Karl said so", "my neighbour Karl"]);
    let holds = |body: &[u8]| body.windows(4).any(|it| it == b"Karl");
    assert!(!world.record().values().flatten().any(|(_, body, _)| holds(body)));
    let dry = Order { mode: Mode::DryRun, ..opening("o2", "another story") };
    assert_eq!(world.ask(dry).unwrap().status, 200);
    let long = world.ask(opening("o3", &"x".repeat(70_000))).unwrap();
    assert_eq!(text(&long), "/data/story: the text has 70000 bytes, at most 65536 are allowed");
    // What was erased is not there any more, and the case goes on.
    world.keeper.place().destroy_key(world.tenant, "ann", hours(0)).unwrap();
    assert!(world.keeper.personal(world.tenant, &standing).unwrap().is_empty());
    let other = world.ask(opening("o4", "a new story")).unwrap().case.unwrap().0;
    let values = world.keeper.personal(world.tenant, &world.kept(other).standing).unwrap();
    assert_eq!(values.into_values().collect::<Vec<_>>(), ["a new story"]);
    // Without anything that seals, a personal value comes as a reference or not at all.
    let plain = World::new("unsealed");
    let mut order = plain.opening("o", None);
    if let Act::Open { report, .. } = &mut order.act {
        report.data = vec![given("story", "my neighbour Karl")];
    }
    assert_eq!(plain.ask(order).unwrap().status, 422);
}

/// Announces kinds of facts.
struct Kinds(Mutex<Vec<String>>);

impl Announce for Kinds {
    fn body(&self, _receiver: &Webhook, news: &News<'_>) -> Option<Vec<u8>> {
        let record = engine::runtime::record(news.machine, news.strings, news.fact);
        let kind = record.entries.iter().find(|(name, _)| *name == "kind")?.1.clone()?;
        self.0.lock().unwrap().push(kind.clone());
        Some(kind.into_bytes())
    }
}

#[test]
fn receivers_are_told_in_the_same_transaction_and_never_of_a_dry_run() {
    let kinds = Arc::new(Kinds(Mutex::default()));
    let world =
        World::with("told", Options { announce: Some(Arc::clone(&kinds) as _), ..options() });
    let webhook = |kinds: &[&str]| Webhook {
        id: WebhookId(0),
        tenant: world.tenant,
        url: "https://example.org/".to_owned(),
        secret: vec![7; 32],
        kinds: kinds.iter().map(|it| (*it).to_owned()).collect(),
        active: true,
    };
    let place = world.keeper.place();
    let all = place.add_webhook(&webhook(&[])).unwrap();
    let some = place.add_webhook(&webhook(&["deadline-breached", "told"])).unwrap();
    let dry = Order { mode: Mode::DryRun, ..world.opening("o", None) };
    assert_eq!(world.ask(dry).unwrap().status, 200);
    assert_eq!(place.depth().unwrap(), 0);
    let case = world.open("o", None);
    world.wait_until(hours(24 * 4));
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    let messages =
        place.messages(world.tenant, crate::cases::MessageState::Waiting, 1_000).unwrap();
    let of = |id| messages.iter().filter(|it| it.message.webhook == id).collect::<Vec<_>>();
    assert_eq!(of(all).len(), look.facts.len());
    let told: Vec<_> =
        of(some).iter().map(|it| (it.message.kind.as_str(), it.message.tells.as_deref())).collect();
    assert!(
        told.contains(&("told", Some("manager"))) && told.contains(&("deadline-breached", None)),
        "{told:?}"
    );
    let listed =
        place.list(world.tenant, &Find { breached: Some(true), limit: 9, ..Find::default() });
    assert_eq!(listed.unwrap().cases.len(), 1);
}
