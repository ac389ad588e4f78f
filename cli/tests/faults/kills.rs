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
        let wait = Duration::from_millis(random.between(20, 350));
        load.during(&mut users, &[&at], || {
            std::thread::sleep(wait);
            node.kill();
        });
        let expected = Audit { users: &users, load: &load, acted_until_ms: None };
        let t0 = std::time::Instant::now();
        let sn = audit(site.place().as_ref(), &expected);
        eprintln!(
            "audit {:?} {} said {}",
            t0.elapsed(),
            sn.n_decisions,
            users.iter().map(|it| it.said.len()).sum::<usize>()
        );
        let t0 = std::time::Instant::now();
        figures.add("unanswered", users.iter().filter(|it| it.pending.is_some()).count() as u64);
        node = site.node();
        eprintln!("start {:?}", t0.elapsed());
        load.repeat(&mut users, &node.at);
        eprintln!("repeat {:?}", t0.elapsed());
    }
    // The last deadline of the newest case passes.
    std::thread::sleep(Duration::from_millis(1_600));
    site.settle(&node);
    let acted_until_ms = store::clock::now().timestamp_millis() - 1_000;
    replayed(&node, &users, &mut random);
    node.stop();
    let expected = Audit { users: &users, load: &load, acted_until_ms: Some(acted_until_ms) };
    let seen = audit(site.place().as_ref(), &expected);
    let (filed, filed_again) =
        check_arrived(&arrived_in(&site.sent().join("facts")), &seen, &TO_FILE);
    let (told, told_again) = check_arrived(&receiver.arrived(), &seen, &TO_WEB);
    figures.add("kills", KILLS);
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("timers", seen.n_timers);
    figures.add("deliveries", filed + told);
    figures.add("delivered-again", filed_again + told_again);
    figures.tell(test);
    assert!(seen.n_decisions > 10 * KILLS && seen.n_timers > KILLS, "there was no load");
}

/// Who asks again with a key that was answered gets the same answer.
fn replayed(node: &crate::world::Node, users: &[User], random: &mut Random) {
    for it in users.iter().flat_map(|it| &it.said).filter(|_| random.one_in(10)) {
        let again = node.ask(&it.request);
        assert_eq!(again.headers.get("idempotency-replayed").map(String::as_str), Some("true"));
        assert_eq!(again.body, it.answer, "{}", it.key);
    }
}
