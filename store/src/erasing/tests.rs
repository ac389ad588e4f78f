//! Traps H2 and H3 over both databases.

use std::sync::Arc;

use engine::runtime::Report;
use engine::time::Instant;

use crate::audit::audit;
use crate::cases::{Failure, Place, Sealed, StreamId};
use crate::erasing::{Unfound, erase, look};
use crate::keeper::world::{SHOP, World, given, hours, options, sources};
use crate::keeper::{Act, Options, Order, Reading};
use crate::postgres::Postgres;
use crate::postgres::test_cluster::{self, Database};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;
use crate::vault::StoreKey;

/// The shop, in which a court may be asked while a case is closed.
fn shop() -> String {
    let held = "keep   = \"2 years\"\nhold_while = 'in_court'";
    SHOP.replace("keep   = \"2 years\"", held)
        .replace("[events]\n", "[events]\nsued = { by = [\"agent\"], carries = [\"in_court\"] }\n")
        .replace("[fields]\n", "[fields]\nin_court = { type = \"flag\", default = false }\n")
        .replace(
            "[stages.received]\n",
            "[anywhere.on.sued]\nalso = [\"closed\"]\n\n[stages.received]\n",
        )
}

/// A place that a keeper writes to, and another one on the same database.
struct Both {
    world: World,
    other: Arc<dyn Place>,
    _database: Option<Database>,
}

impl Both {
    fn file(test: &str) -> Self {
        let folder = Arc::new(Folder::new(&format!("erasing-{test}"), &[]));
        let open = || Arc::new(Sqlite::open(&folder.0.join("cases.db")).unwrap());
        Self::on(&folder, open(), open(), None)
    }

    fn server(test: &str) -> Option<Self> {
        test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        let folder = Arc::new(Folder::new(&format!("erasing-pg-{test}"), &[]));
        let database = test_cluster::database().unwrap();
        let open = || Arc::new(Postgres::connect(&database.url, &Default::default()).unwrap());
        let (one, other) = (open(), open());
        Some(Self::on(&folder, one, other, Some(database)))
    }

    fn on(
        folder: &Arc<Folder>,
        place: Arc<dyn Place>,
        other: Arc<dyn Place>,
        database: Option<Database>,
    ) -> Self {
        let vault = Some(Arc::new(StoreKey::given([7; 32])));
        let world = World::on(Arc::clone(folder), place, Options { vault, ..options() });
        for (id, version) in [("shop", "2"), ("shed", "1")] {
            let text = shop()
                .replace("= \"shop\"", &format!("= \"{id}\""))
                .replace("version     = \"1\"", &format!("version     = \"{version}\""));
            let (loaded, faults) =
                world.keeper.add_protocol(world.tenant, &sources(&text)).unwrap();
            let hash = loaded
                .unwrap_or_else(|| {
                    panic!("{:?}", faults.iter().map(|it| &it.message).collect::<Vec<_>>())
                })
                .hash;
            assert!(world.keeper.activate(world.tenant, hash, hours(24)).unwrap());
        }
        Self { world, other, _database: database }
    }

    fn open(&self, id: &str, protocol: &str, person: Option<&str>) -> StreamId {
        let report = Report {
            complainant: person.map(str::to_owned),
            data: vec![given("story", &format!("Zoë Quist told {id}"))],
            reason: Some(format!("Zoë Quist rang about {id}")),
            ..Report::new(id, "opened", Instant::MIN, "agent")
        };
        let act =
            Act::Open { protocol_id: protocol.to_owned(), report: report.into(), happened: None };
        let reply = self.world.ask(self.world.order(act, id)).unwrap();
        assert_eq!(reply.status, 201, "{}", crate::keeper::world::text(&reply));
        reply.case.unwrap().0
    }

    fn say(&self, case: StreamId, id: &str, event: &str, reason: &str) -> Order {
        let report = Report {
            reason: Some(reason.to_owned()),
            ..Report::new(id, event, Instant::MIN, "agent")
        };
        self.world.report(case, report)
    }

    /// A case that is closed on the first day, with a stop on it that ended with it.
    fn closed(&self, id: &str, protocol: &str, person: Option<&str>) -> StreamId {
        let case = self.open(id, protocol, person);
        for (event, by) in [("stop_proposed", "agent:amy"), ("stop_decided", "manager:max")] {
            let report = Report {
                stop: Some("no_calls".to_owned()),
                reason: Some(format!("Zoë Quist calls all day, {id}")),
                ..Report::new(format!("{id}-{event}"), event, Instant::MIN, by)
            };
            assert_eq!(self.world.ask(self.world.report(case, report)).unwrap().status, 200);
        }
        let order = self.world.event(case, &format!("{id}-w"), "withdrawn", "complainant");
        assert_eq!(self.world.ask(order).unwrap().status, 200);
        case
    }

    fn sealed(&self, cases: &[StreamId]) -> Vec<Sealed> {
        let all = cases.iter().map(|it| self.other.sealed(self.world.tenant, *it).unwrap());
        all.flatten().collect()
    }

    /// Whether the audit finds nothing.
    fn is_sound(&self) {
        let mut found = Vec::new();
        audit(&self.other, &[], &mut |it| found.push(it.to_string())).unwrap();
        assert_eq!(found, [""; 0]);
    }

    /// Whether some bytes are in any file of SQLite.
    fn on_disk(&self, bytes: &[u8]) -> bool {
        let files = std::fs::read_dir(&self.world.folder.0).unwrap();
        files
            .map(|it| std::fs::read(it.unwrap().path()).unwrap())
            .any(|kept| kept.windows(bytes.len()).any(|it| it == bytes))
    }
}

fn year(years: i64) -> Instant {
    hours(24 * 366 * years)
}

fn h3(both: &Both) {
    let tenant = both.world.tenant;
    let case = both.closed("a", "shop", Some("zoe"));
    both.world.clock.set(hours(48));
    let held = both.closed("b", "shop", Some("zoe"));
    let n_kept = both.sealed(&[case, held]).len();
    assert_eq!(n_kept, 8);
    let refused = |now: Instant| {
        let found = look(&both.other, tenant, "zoe", now).unwrap();
        assert_eq!((found.n_kept(), found.n_going(), found.is_all()), (n_kept, 0, false));
        let erased = erase(&both.other, tenant, "zoe", now).unwrap();
        assert_eq!(erased.n_values, 0);
        assert_eq!(both.sealed(&[case, held]).len(), n_kept);
        found
    };
    let found = refused(year(1));
    let entry = &found.cases[0].entries[0];
    assert_eq!(
        entry.why.as_deref(),
        Some("it is kept to 2028-03-02 and may be erased from 2028-03-03 on")
    );
    assert_eq!(found.next(), "2028-03-03".parse().ok());
    // On its last day it is kept still.
    refused("2028-03-02T23:59:59Z".parse().map(Instant::from_utc).unwrap());
    let sue = |id: &str, flag: bool| {
        let report = Report {
            data: vec![("in_court".to_owned(), engine::runtime::Given::Flag(flag))],
            ..Report::new(id, "sued", Instant::MIN, "agent")
        };
        let reply = both.world.ask(both.world.report(held, report)).unwrap();
        assert_eq!(reply.status, 200, "{}", crate::keeper::world::text(&reply));
    };
    sue("s1", true);
    let found = look(&both.other, tenant, "zoe", year(9)).unwrap();
    assert_eq!((found.cases[0].n_going, found.cases[1].n_going), (4, 0));
    assert_eq!(found.cases[1].entries[0].why.as_deref(), Some("a hold stands in the way"));
    assert!(!found.is_all());
    assert_eq!(erase(&both.other, tenant, "zoe", year(9)).unwrap().n_values, 4);
    assert_eq!(both.sealed(&[case, held]).len(), 4);
    assert!(both.other.key(tenant, "zoe").unwrap().unwrap().wrapped.is_some());
    sue("s2", false);
    let last = erase(&both.other, tenant, "zoe", year(9)).unwrap();
    assert!(last.found.is_all());
    assert_eq!(last.n_values, 4);
    both.is_sound();
}

#[test]
fn trap_h3_before_its_date_or_under_a_hold_nothing_is_erased() {
    h3(&Both::file("h3"));
}

#[test]
fn trap_h3_before_its_date_or_under_a_hold_nothing_is_erased_in_postgresql() {
    let Some(both) = Both::server("h3") else { return };
    h3(&both);
}

fn h2(both: &Both) -> (Vec<Sealed>, Vec<u8>) {
    let tenant = both.world.tenant;
    let first = both.closed("a", "shop", Some("zoe"));
    both.world.clock.set(hours(48));
    let second = both.closed("b", "shop", Some("zoe"));
    let third = both.closed("c", "shed", Some("zoe"));
    let other = both.closed("d", "shed", Some("bob"));
    let nobody = both.closed("e", "shop", None);
    let cases = [first, second, third];
    let hashes: Vec<_> = both.world.record().into_iter().collect();
    let protocols: std::collections::BTreeSet<_> =
        cases.iter().map(|it| both.world.kept(*it).standing.protocol).collect();
    assert_eq!(protocols.len(), 3, "two versions, two protocols");
    let kept = both.sealed(&cases);
    assert_eq!(kept.len(), 12);
    let wrapped = both.other.key(tenant, "zoe").unwrap().unwrap().wrapped.unwrap();
    let ticket = both.world.kept(first).standing.ticket.unwrap();
    let said = look(&both.other, tenant, &ticket, year(9)).unwrap_err();
    assert_eq!(said, Unfound::OfPerson("zoe".to_owned()));
    assert_eq!(look(&both.other, tenant, "nobody", year(9)).unwrap_err(), Unfound::Nobody);

    let found = look(&both.other, tenant, "zoe", year(9)).unwrap();
    assert_eq!((found.cases.len(), found.n_kept(), found.n_going()), (3, 12, 12));
    assert_eq!(both.sealed(&cases), kept, "looking changes nothing");
    // Something is reported between the look and the erasing: nothing is erased.
    let late = both.say(second, "late", "asked", "Zoë Quist asked again");
    let _reply = both.world.ask(late).unwrap();
    let another = both.closed("f", "shed", Some("zoe"));
    let erased = both.other.erase(tenant, &found.erasure);
    assert_eq!(erased, Err(Failure::Overtaken));
    assert!(both.other.key(tenant, "zoe").unwrap().unwrap().wrapped.is_some());

    let done = erase(&both.other, tenant, "zoe", year(9)).unwrap();
    assert_eq!((done.found.cases.len(), done.n_values), (4, 16));
    assert_eq!(both.sealed(&[first, second, third, another]), []);
    let key = both.other.key(tenant, "zoe").unwrap().unwrap();
    assert_eq!((key.wrapped, key.destroyed_at), (None, Some(year(9))));
    assert_eq!(both.sealed(&[other, nobody]).len(), 8, "of others nothing is erased");
    let standing = both.world.kept(nobody).standing;
    let found = look(&both.other, tenant, standing.ticket.as_deref().unwrap(), year(9)).unwrap();
    assert_eq!((found.person.as_deref(), found.n_going()), (None, 4));

    // Everything else is what it was, and verifies.
    for (stream, decided) in hashes {
        assert_eq!(both.world.record()[&stream][..decided.len()], decided[..]);
    }
    both.is_sound();
    let look_at = both.world.keeper.look(tenant, first, Reading::Now).unwrap().unwrap();
    let personal = both.world.keeper.personal(tenant, &look_at.standing).unwrap();
    assert_eq!(personal.len(), 0);

    // Who comes again is a person again, under another key.
    let again = both.open("g", "shop", Some("zoe"));
    let standing = both.world.kept(again).standing;
    let personal = both.world.keeper.personal(tenant, &standing).unwrap();
    let mut personal: Vec<&str> = personal.values().map(String::as_str).collect();
    personal.sort_unstable();
    assert_eq!(personal, ["Zoë Quist rang about g", "Zoë Quist told g"]);
    assert_ne!(both.other.key(tenant, "zoe").unwrap().unwrap().wrapped.as_ref(), Some(&wrapped));
    both.is_sound();
    (kept, wrapped)
}

#[test]
fn trap_h2_what_is_personal_is_gone_and_all_else_verifies() {
    let both = Both::file("h2");
    let (kept, wrapped) = h2(&both);
    for sealed in kept {
        assert!(!both.on_disk(&sealed.bytes), "{} is on the disk", sealed.slot);
    }
    assert!(!both.on_disk(&wrapped));
    assert!(!both.on_disk("Zoë Quist".as_bytes()), "nothing personal was ever in a file");
}

#[test]
fn trap_h2_what_is_personal_is_gone_and_all_else_verifies_in_postgresql() {
    let Some(both) = Both::server("h2") else { return };
    h2(&both);
}

/// Reports with personal values go on while their person is erased again and again: each is kept
/// under a key that is there, or was erased.
fn at_once(both: &Both) {
    let tenant = both.world.tenant;
    both.closed("a", "shop", Some("zoe"));
    std::thread::scope(|scope| {
        let erasing = scope.spawn(|| {
            (0..40).filter(|_| erase(&both.other, tenant, "zoe", year(9)).is_ok()).count()
        });
        for n in 0..40 {
            both.closed(&format!("n{n}"), "shop", Some("zoe"));
        }
        assert!(erasing.join().unwrap() > 0);
    });
    let cases = look(&both.other, tenant, "zoe", year(9)).unwrap().cases;
    assert_eq!(cases.len(), 41);
    for case in cases {
        let n = both.sealed(&[case.standing.stream]).len();
        let opened = both.world.keeper.personal(tenant, &case.standing).unwrap();
        assert_eq!(opened.len(), n, "a value is kept that nobody opens");
    }
    both.is_sound();
}

#[test]
fn nothing_is_kept_under_a_key_that_is_destroyed_meanwhile() {
    at_once(&Both::file("at-once"));
}

#[test]
fn nothing_is_kept_under_a_key_that_is_destroyed_meanwhile_in_postgresql() {
    let Some(both) = Both::server("at-once") else { return };
    at_once(&both);
}

#[test]
fn without_retention_nothing_is_ever_erased() {
    let both = Both::file("unretained");
    let text = SHOP.replace("[retention.story]\nwhat   = \"personal\"\nafter  = \"stage:closed\"\nkeep   = \"2 years\"\n", "");
    let text = text.replace("= \"shop\"", "= \"stall\"");
    let (loaded, _) = both.world.keeper.add_protocol(both.world.tenant, &sources(&text)).unwrap();
    assert!(both.world.keeper.activate(both.world.tenant, loaded.unwrap().hash, hours(0)).unwrap());
    both.closed("a", "stall", Some("zoe"));
    let found = look(&both.other, both.world.tenant, "zoe", year(90)).unwrap();
    assert_eq!((found.n_kept(), found.n_going()), (4, 0));
    assert!(found.cases[0].entries.is_empty());
    assert_eq!(erase(&both.other, both.world.tenant, "zoe", year(90)).unwrap().n_values, 0);
}
