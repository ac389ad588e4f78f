//! Orders one after the other: what is answered, and what is kept.

use engine::runtime::{Report, next_due};

use super::world::{HOUR_MS, World, given, happened, hours, text};
use crate::cases::StreamId;
use crate::keeper::{Act, Mode, Order, Reading};

#[test]
fn a_case_is_opened_goes_on_and_is_there_after_a_restart() {
    let world = World::new("restart");
    let case = world.open("o", Some("ann"));
    world.clock.set(hours(1));
    assert_eq!(world.say(case, "a", "acknowledged", "agent"), 2);
    let answered = Report {
        data: vec![given("outcome", "upheld")],
        ..Report::new("b", "answered", hours(0), "agent")
    };
    let reply = world.ask(world.report(case, answered)).unwrap();
    assert_eq!(
        (reply.status, text(&reply)),
        (200, "C-2026-000001-E closed v3 6 facts ".to_owned())
    );
    let before = (world.record(), world.kept(case).standing);
    let world = world.again();
    assert_eq!((world.record(), world.kept(case).standing), before);
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    assert!(look.case.closed && look.kept.len() == 3);
    let refused = world.ask(world.event(case, "c", "asked", "complainant:ann")).unwrap();
    assert_eq!((refused.status, text(&refused)), (409, "refused: stage".to_owned()));
    let other = world.open("o2", Some("ann"));
    assert_ne!(world.kept(other).standing.ticket, world.kept(case).standing.ticket);
}

#[test]
fn the_same_key_gives_the_same_answer_and_another_request_none() {
    let world = World::new("keys");
    let case = world.open("o", None);
    let first = world.ask(world.event(case, "a", "acknowledged", "agent")).unwrap();
    let again = world.ask(world.event(case, "a", "acknowledged", "agent")).unwrap();
    assert!(again.is_replayed && !first.is_replayed);
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let other = Order {
        key: world.event(case, "a", "x", "y").key,
        ..world.event(case, "b", "asked", "agent")
    };
    let reply = world.ask(other).unwrap();
    assert_eq!((reply.status, text(&reply)), (422, "key taken".to_owned()));
    // The same event under another key is the same event.
    let order = Order {
        key: world.event(case, "k", "x", "y").key,
        ..world.event(case, "a", "acknowledged", "agent")
    };
    let at = hours(0);
    let reply = world.ask(happened(order, at)).unwrap();
    assert_eq!((reply.status, reply.case), (200, Some((case, 2))));
    assert_eq!(world.kept(case).decided.len(), 2);
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let world = World::new("wrong");
    let case = world.open("o", None);
    let before = world.record();
    let check = |order: Order, status: u16, expected: &str| {
        let reply = world.ask(order).unwrap();
        assert_eq!((reply.status, text(&reply).as_str()), (status, expected));
    };
    check(world.event(StreamId([9; 16]), "x", "asked", "agent"), 404, "no case");
    let report = Report::new("p", "opened", hours(0), "agent");
    let act = Act::Open { protocol_id: "none".to_owned(), report: report.into(), happened: None };
    check(world.order(act, "p"), 404, "no protocol");
    check(
        world.event(case, "y", "nothing", "agent"),
        422,
        "/event: `nothing` is no event of this protocol",
    );
    check(world.event(case, "z", "answered", "agent"), 409, "refused: data");
    let taken = Order { key: None, ..world.event(case, "o", "acknowledged", "agent") };
    check(taken, 409, "refused: id");
    let mut order = world.event(case, "v", "acknowledged", "agent");
    if let Act::Report { if_match, .. } = &mut order.act {
        *if_match = Some(7);
    }
    check(order, 412, "v1");
    let long = Report {
        reason: Some("x".repeat(70_000)),
        ..Report::new("l", "acknowledged", hours(0), "agent")
    };
    check(
        world.report(case, long),
        422,
        "/reason: the text has 70000 bytes, at most 65536 are allowed",
    );
    let mut refused = world.opening("r", None);
    if let Act::Open { report, .. } = &mut refused.act {
        report.by = "respondent".to_owned();
    }
    check(refused, 409, "refused: role");
    assert_eq!(world.record(), before);
    world.say(case, "fine", "acknowledged", "agent");
}

#[test]
fn a_dry_run_decides_and_leaves_no_trace() {
    let world = World::new("dry");
    let case = world.open("o", Some("ann"));
    let before = world.record();
    world.clock.set(hours(30));
    let dry = |order: Order| world.ask(Order { mode: Mode::DryRun, ..order }).unwrap();
    let reply = dry(world.event(case, "a", "acknowledged", "agent"));
    assert_eq!((reply.status, text(&reply)), (200, "C-2026-000001-E open v1 4 facts ".to_owned()));
    assert_eq!(dry(world.opening("o2", Some("ann"))).status, 200);
    assert_eq!(world.record(), before);
    assert_eq!(world.keeper.place().answer(world.tenant, "a").unwrap(), None);
    let real = world.ask(world.event(case, "a", "acknowledged", "agent")).unwrap();
    assert_eq!((real.status, real.is_replayed), (200, false));
    assert!(world.open("o2", Some("ann")) > case);
}

#[test]
fn late_news_are_taken_in_and_read_as_they_were_known() {
    let world = World::new("late");
    let case = world.open("o", Some("ann"));
    world.wait_until(hours(24 * 4));
    assert!(world.kept(case).standing.breached);
    let report = Report {
        reason: Some("the letter lay about".to_owned()),
        ..Report::new("a", "acknowledged", hours(0), "agent")
    };
    let order = happened(world.report(case, report), hours(5));
    let reply = world.ask(order).unwrap();
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let standing = world.kept(case).standing;
    assert!(!standing.breached && standing.stage == "open");
    let look = |reading| world.keeper.look(world.tenant, case, reading).unwrap().unwrap();
    assert!(look(Reading::AsKnownAt(hours(24 * 4 - 1))).case.clocks[0].breached);
    assert_eq!(
        look(Reading::AsKnownAt(hours(5))).case.stage,
        look(Reading::AsTrueAt(hours(4))).case.stage
    );
    assert_ne!(
        look(Reading::AsTrueAt(hours(5))).case.stage,
        look(Reading::AsTrueAt(hours(4))).case.stage
    );
    let now = look(Reading::Now).case;
    let world = world.again();
    assert_eq!(world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap().case, now);
    assert_eq!(next_due(&now), world.kept(case).standing.acts_at);
}

#[test]
fn an_instant_a_little_ahead_is_now_and_one_far_ahead_is_refused() {
    let world = World::new("instants");
    let case = world.open("o", None);
    let ahead = |id: &str, ms: i64| {
        let at = hours(0).plus_ms(ms).unwrap();
        world.ask(happened(world.event(case, id, "acknowledged", "agent"), at)).unwrap()
    };
    assert_eq!(text(&ahead("a", HOUR_MS)), "refused: future");
    assert_eq!(ahead("b", 4_000).status, 200);
    assert_eq!(world.kept(case).decided.len(), 2);
}

#[test]
fn a_record_goes_on_where_the_clock_is_set_back() {
    let world = World::new("back");
    let case = world.open("o", None);
    world.clock.set(hours(3));
    world.say(case, "a", "acknowledged", "agent");
    world.clock.set(hours(1));
    assert_eq!(world.say(case, "b", "asked", "complainant"), 3);
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    let recorded: Vec<_> = look.kept.iter().map(|it| it.recorded_at).collect();
    assert_eq!(recorded, [hours(0), hours(3), hours(3)]);
}

/// Databases differ in whether they keep U+0000: no order brings it to one, wherever it stands, and
/// those beside it are not held up.
#[test]
fn a_text_with_nul_is_refused_with_its_pointer_and_holds_nobody_up() {
    let world = World::new("nul");
    let case = world.open("o", Some("ann"));
    let nul = || "a\0b".to_owned();
    let plain = || Report::new("n", "acknowledged", hours(0), "agent");
    let some = || Some(nul());
    let wrong = [
        (Report { id: nul(), ..plain() }, "/id"),
        (Report { event: nul(), ..plain() }, "/event"),
        (Report { by: "agent:a\0".to_owned(), ..plain() }, "/by"),
        (Report { entered_by: some(), ..plain() }, "/entered_by"),
        (Report { channel: some(), ..plain() }, "/channel"),
        (Report { entry: some(), ..plain() }, "/entry"),
        (Report { reason: some(), ..plain() }, "/reason"),
        (Report { complainant: some(), ..plain() }, "/complainant"),
        (Report { respondent: some(), ..plain() }, "/respondent"),
        (Report { stop: some(), ..plain() }, "/stop"),
        (Report { case: some(), ..plain() }, "/case"),
        (Report { letter: some(), ..plain() }, "/letter"),
        (Report { intake: some(), ..plain() }, "/intake"),
        (Report { data: vec![given("outcome", "\0")], ..plain() }, "/data/outcome"),
    ];
    let waiting: Vec<_> = wrong
        .into_iter()
        .map(|(report, pointer)| {
            let order = Order { key: None, ..world.report(case, report) };
            (world.send(order), pointer)
        })
        .collect();
    let beside = world.send(world.event(case, "a", "acknowledged", "agent"));
    for (answer, pointer) in waiting {
        let reply = answer.recv().unwrap().unwrap();
        let said = text(&reply);
        assert!(reply.status == 422 && said.starts_with(pointer), "{} {said}", reply.status);
    }
    assert_eq!(beside.recv().unwrap().unwrap().status, 200);
    let mut order = world.event(case, "k", "asked", "complainant");
    order.key.as_mut().unwrap().text = nul();
    let reply = world.ask(order).unwrap();
    assert!(reply.status == 422 && text(&reply).starts_with("/key"), "{}", text(&reply));
    assert_eq!(world.kept(case).decided.len(), 2);
}
