//! Servers are killed at random instants under load.

use std::time::Duration;

use crate::world::{
    Answering, Audit, Figures, Load, Random, Receiver, Settings, Site, Store, User, arrived_in,
    audit, check_arrived,
};

/// How often a server is killed in one test.
const KILLS: u64 = 20;

/// Those who use the server at the same time.
const USERS: u64 = 6;

/// What the file and the receiver are told of.
const TO_FILE: [&str; 2] = ["opened", "escalated"];
const TO_WEB: [&str; 2] = ["deadline-breached", "stage-entered"];

#[test]
fn killed_on_sqlite_nothing_that_was_promised_is_lost() {
    killed("kills-sqlite", Store::Sqlite);
}

#[test]
fn killed_on_postgres_nothing_that_was_promised_is_lost() {
    let Some(store) = Store::shared() else { return };
    killed("kills-postgres", store);
}

fn killed(test: &str, store: Store) {
    let seed = Settings::read().seed;
    let mut random = Random::new(seed);
    let (site, mut node) = Site::new(store);
    let receiver = Receiver::start(Answering::Moody(seed));
    site.receiver(&node, "file:facts", &TO_FILE);
    site.receiver(&node, &receiver.url, &TO_WEB);
    let load = Load::new(&site.token);
    let mut users = User::some(USERS, seed);
    let mut figures = Figures::default();
    for _ in 0..KILLS {
        let at = node.at.clone();
        let (n, wait) = (random.between(5, 40), Duration::from_millis(random.between(0, 50)));
        load.during(&mut users, &[&at], || {
            load.until_promised(n);
            std::thread::sleep(wait);
            node.kill();
        });
        let expected = Audit { users: &users, load: &load, acted_until_ms: None, others: &[] };
        audit(&site.place(), &expected);
        figures.add("unanswered", users.iter().filter(|it| it.pending.is_some()).count() as u64);
        node = site.node();
        load.repeat(&mut users, &node.at);
    }
    // The last deadline of the newest case passes.
    std::thread::sleep(Duration::from_millis(1_600));
    let acted_until_ms = site.settle(&node);
    replayed(&node, &users, &mut random);
    node.stop();
    let expected =
        Audit { users: &users, load: &load, acted_until_ms: Some(acted_until_ms), others: &[] };
    let seen = audit(&site.place(), &expected);
    let (filed, filed_again) =
        check_arrived(&arrived_in(&site.sent().join("facts")), &seen, &TO_FILE);
    let (told, told_again) = check_arrived(&receiver.arrived(), &seen, &TO_WEB);
    figures.add("kills", KILLS);
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("timers", seen.n_timers);
    figures.add("deliveries", filed + told);
    figures.add("delivered-again", filed_again + told_again);
    figures.tell(test);
    assert!(seen.n_decisions > 5 * KILLS && seen.n_timers > KILLS, "there was no load");
}

/// How many cases fall due at the same instant.
const AT_ONCE: u64 = 40;

/// Trap E1: a level fired on every run of a job. Here many deadlines fall due at one instant, again
/// and again, and the server is killed while it acts on them: each rung is climbed once.
#[test]
fn trap_e1_a_crash_while_deadlines_are_acted_on_fires_each_rung_once() {
    let seed = Settings::read().seed;
    let mut random = Random::new(seed);
    let (site, mut node) = Site::new(Store::Sqlite);
    site.receiver(&node, "file:facts", &TO_FILE);
    let load = Load::new(&site.token);
    let mut users = User::some(1, seed);
    for round in 0..5 {
        let due_ms = store::clock::now().timestamp_millis() + 1_500;
        for n in 0..AT_ONCE {
            users[0].open(&load, &node.at, due_ms - 60_000 * (1 + i64::from(n % 2 == 0)));
        }
        let left = due_ms - store::clock::now().timestamp_millis();
        let wait = u64::try_from(left).unwrap_or(0) + random.between(0, 60);
        std::thread::sleep(Duration::from_millis(wait));
        node.kill();
        let expected = Audit { users: &users, load: &load, acted_until_ms: None, others: &[] };
        let seen = audit(&site.place(), &expected);
        assert!(seen.n_timers <= AT_ONCE * (round + 1) * 2);
        node = site.node();
    }
    let acted_until_ms = Some(site.settle(&node));
    node.stop();
    let expected = Audit { users: &users, load: &load, acted_until_ms, others: &[] };
    let seen = audit(&site.place(), &expected);
    let (told, again) = check_arrived(&arrived_in(&site.sent().join("facts")), &seen, &TO_FILE);
    let mut figures = Figures::default();
    figures.add("kills", 5);
    figures.add("acknowledged", users[0].said.len() as u64);
    figures.add("timers", seen.n_timers);
    figures.add("deliveries", told);
    figures.add("delivered-again", again);
    figures.tell("e1");
    // Half of the cases are two minutes old: they climb both rungs. Where this takes more than a
    // minute, others have come as far.
    assert!(seen.n_timers >= 5 * (AT_ONCE + AT_ONCE / 2), "{}", seen.n_timers);
}

/// Who asks again with a key that was answered gets the same answer.
fn replayed(node: &crate::world::Node, users: &[User], random: &mut Random) {
    for it in users.iter().flat_map(|it| &it.said).filter(|_| random.one_in(10)) {
        let again = node.ask(&it.request);
        assert_eq!(again.headers.get("idempotency-replayed").map(String::as_str), Some("true"));
        assert_eq!(again.body, it.answer, "{}", it.key);
    }
}
