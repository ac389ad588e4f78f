//! A case from its first personal value to the day on which the last one is erased.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use engine::machine::Machine;
use engine::runtime::{
    Case, Context, Fact, Given, Report, Retained, apply, decide, read_report, wake,
};
use engine::text::Strings;
use engine::time::Instant;
use store::cases::{
    Batch, Cases as _, Change, Decided, Hash, Page, People as _, Place as _, ProtocolText,
    Protocols as _, Sealed, Standing, StreamId, StreamKind, Tenant, Writer,
};
use store::chain::{Origin, check, genesis, hash, journal, link, page};
use store::record::{Decision, Dictionary, Names, encode};
use store::sqlite::Sqlite;
use store::vault::{PersonKey, Plan, StoreKey, erase, open, open_report, plan, seal_report};

const STREAM: StreamId = StreamId([7; 16]);
const TICKET: &str = "C-2026-1";
const SAID: [&str; 3] = ["Zoë Quist-Ångström", "+46 70 123 45 67", "She wept when she told it"];

/// One case in a file of its own.
struct Desk {
    folder: PathBuf,
    machine: Machine,
    dictionary: Dictionary,
    strings: Strings,
    place: Sqlite,
    tenant: Tenant,
    writer: Writer,
    key: PersonKey,
    case: Case,
    facts: Vec<Fact>,
    decided: Vec<Decided>,
    page: Hash,
}

impl Desk {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("redress-erased-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let protocol = Path::new("suite/traps/H3-kept-until-its-date");
        let machine = engine::load(&store::folder::read(protocol).unwrap()).0.unwrap();
        let dictionary = Dictionary::new(Names::of(&machine), &machine);
        let place = Sqlite::open(&folder.join("cases.db")).unwrap();
        let tenant = place.tenant("shop").unwrap();
        let names = dictionary.names().bytes();
        let text = ProtocolText {
            hash: Hash([1; 32]),
            id: machine.protocol.id.clone(),
            version: "1".to_owned(),
            folder: vec![1],
            names,
            active_from: None,
        };
        place.add_protocol(tenant, &text).unwrap();
        let store_key = StoreKey::open(&folder.join("store.key")).unwrap();
        let key = PersonKey::random().unwrap();
        let kept = place.keep_key(tenant, &store_key.wrap("shop", "p-1", &key).unwrap()).unwrap();
        let key = store_key.unwrap("shop", &kept).unwrap().unwrap();
        let writer = place.take_writer().unwrap();
        let case = Case::new(&machine);
        let (strings, facts, decided) = (machine.strings(), Vec::new(), Vec::new());
        let page = journal("shop", writer);
        Self {
            folder,
            machine,
            dictionary,
            strings,
            place,
            tenant,
            writer,
            key,
            case,
            facts,
            decided,
            page,
        }
    }

    fn origin(&self) -> Origin<'static> {
        Origin {
            tenant: "shop",
            stream: STREAM,
            kind: StreamKind::Case,
            stop: None,
            on: None,
            ticket: Some(TICKET),
            protocol: Hash([1; 32]),
            names: hash(&self.dictionary.names().bytes()),
        }
    }

    /// Reports an event as a server does: sealed, decided, written.
    fn report(&mut self, at: &str, event: &str, data: &[(&str, Given)], reason: Option<&str>) {
        let id = format!("e{}", self.decided.len());
        let by = if event == "opened" { "complainant:p-1" } else { "agent:kim" };
        let mut report = Report::new(id, event, instant(at), by);
        report.complainant = (event == "opened").then(|| "p-1".to_owned());
        report.data = data.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect();
        report.reason = reason.map(str::to_owned);
        let said = report.clone();
        let whose = ("shop", STREAM);
        let sealed = seal_report(&self.machine, &self.key, whose, &mut report).unwrap();
        let mut posted_again = said.clone();
        seal_report(&self.machine, &self.key, whose, &mut posted_again).unwrap();
        assert_eq!(posted_again, report);
        let mut again = report.clone();
        let opened =
            sealed.iter().map(|it| (it.slot.clone(), open(&self.key, "shop", it).unwrap()));
        open_report(&mut again, &opened.collect::<BTreeMap<_, _>>());
        assert_eq!(again, said);
        let read = read_report(&self.machine, &report, &mut self.strings).unwrap();
        let context = Context::new(&self.strings);
        let facts = decide(&self.machine, &self.case, &read, &context).unwrap().facts;
        let recorded_at = report.recorded_at;
        let decision = Decision { recorded_at, report: Some(report), facts };
        self.keep(&decision, sealed);
    }

    fn pass(&mut self, until: &str) {
        let (until, context) = (instant(until), Context::new(&self.strings));
        let facts = wake(&self.machine, &self.case, until, &context).unwrap().facts;
        self.keep(&Decision { recorded_at: until, report: None, facts }, Vec::new());
    }

    fn keep(&mut self, decision: &Decision, sealed: Vec<Sealed>) {
        decision.facts.iter().for_each(|fact| apply(&mut self.case, fact));
        self.facts.extend(&decision.facts);
        let body = encode(&self.dictionary, None, &self.strings, decision).unwrap();
        for said in SAID {
            assert!(!contains(&body, said.as_bytes()), "{said} stands in the body");
        }
        let version = u32::try_from(self.decided.len()).unwrap() + 1;
        let before = self.decided.last().map_or_else(|| genesis(&self.origin()), |it| it.hash);
        let link = link(before, version, &body);
        let sequence = u64::from(version);
        self.page = page(self.page, sequence, decision.recorded_at, &[link]);
        let decided = Decided {
            stream: STREAM,
            version,
            page: (self.writer, sequence),
            place: 0,
            body,
            hash: link,
        };
        self.decided.push(decided.clone());
        let (tenant, writer) = (self.tenant, self.writer);
        let page = Page { tenant, writer, sequence, at: decision.recorded_at, hash: self.page };
        let change = Change {
            tenant,
            standing: self.standing(version, link),
            decided,
            duties: Vec::new(),
            sealed,
            answer: None,
            messages: Vec::new(),
        };
        let batch = Batch { pages: vec![page], changes: vec![change], ..Batch::default() };
        self.place.write(&batch).unwrap();
    }

    fn standing(&self, version: u32, hash: Hash) -> Standing {
        Standing {
            stream: STREAM,
            kind: StreamKind::Case,
            on: None,
            stop: None,
            protocol: Hash([1; 32]),
            protocol_id: self.machine.protocol.id.clone(),
            version,
            hash,
            ticket: Some(TICKET.to_owned()),
            secret: None,
            complainant: Some("p-1".to_owned()),
            respondent: None,
            opened_at: instant("2026-02-26T09:00:00Z"),
            stage: "open".to_owned(),
            rung: None,
            severity: None,
            closed: self.case.closed,
            breached: false,
            due_at: None,
            acts_at: None,
        }
    }

    /// What would be erased, and on a second look still the same.
    fn plan(&self, on: &str) -> Plan {
        let on: NaiveDate = on.parse().unwrap();
        let kept = self.place.sealed(self.tenant, STREAM).unwrap();
        let plan = || plan(&self.machine, (&self.case, &self.facts), &self.strings, &kept, on);
        assert_eq!(plan().unwrap(), plan().unwrap());
        assert_eq!(
            self.place.sealed(self.tenant, STREAM).unwrap(),
            kept,
            "a plan erased something"
        );
        plan().unwrap()
    }

    fn erase(&self, plan: &Plan) -> u64 {
        let (whose, at) = (("p-1", STREAM), Instant::from_ms(0));
        erase(&self.place, self.tenant, whose, &[STREAM], plan, at).unwrap()
    }

    /// Whether some bytes are anywhere in the files of the database.
    fn on_disk(&self, bytes: &[u8]) -> bool {
        let files = fs::read_dir(&self.folder).unwrap().map(|it| it.unwrap().path());
        let files = files.filter(|it| it.file_name().is_some_and(|it| it != "store.key"));
        files.map(|it| fs::read(it).unwrap()).any(|file| contains(&file, bytes))
    }

    fn verify(&self) {
        let kept = self.place.load(self.tenant, &[STREAM]).unwrap().remove(0).unwrap();
        assert_eq!(kept.decided, self.decided);
        assert_eq!(check(&self.origin(), &kept.decided), Ok(kept.standing.hash));
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn contains(file: &[u8], bytes: &[u8]) -> bool {
    file.windows(bytes.len()).any(|it| it == bytes)
}

fn instant(text: &str) -> Instant {
    Instant::from_utc(text.parse().unwrap())
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

/// A case that is closed, with all that somebody said in it.
fn closed() -> Desk {
    let mut desk = Desk::new();
    let [name, phone, reason] = SAID;
    let said = [("name", text(name)), ("phone", text(phone))];
    desk.report("2026-02-26T09:00:00Z", "opened", &said, None);
    desk.report("2026-02-26T12:00:00Z", "called", &[], Some(reason));
    // The same words in another report are another value.
    desk.report("2026-02-26T13:00:00Z", "called", &[("phone", text(phone))], Some(reason));
    desk.report("2026-02-27T09:00:00Z", "answered", &[("outcome", text("upheld"))], None);
    desk.pass("2026-04-20T09:00:00Z");
    desk
}

#[test]
fn what_is_personal_is_erased_on_its_day_and_every_hash_still_holds() {
    let mut desk = closed();
    let kept = desk.place.sealed(desk.tenant, STREAM).unwrap();
    assert_eq!(kept.len(), 5);
    let wrapped = desk.place.key(desk.tenant, "p-1").unwrap().unwrap().wrapped.unwrap();
    for sealed in &kept {
        assert!(desk.on_disk(&sealed.bytes));
    }
    assert!(desk.on_disk(&wrapped));
    let day = |text: &str| Some(Retained::Until(text.parse().unwrap()));
    let stands = |plan: &Plan| plan.entries.iter().map(|it| it.kept).collect::<Vec<_>>();

    let early = desk.plan("2026-05-27");
    assert_eq!(stands(&early), [day("2028-02-27"), day("2026-05-27")]);
    assert_eq!((early.slots.len(), desk.erase(&early)), (0, 0));
    let contact = desk.plan("2026-05-28");
    assert_eq!((contact.slots.len(), contact.all, desk.erase(&contact)), (2, false, 2));
    assert_eq!(desk.erase(&contact), 0, "it is gone already");
    let left = desk.place.sealed(desk.tenant, STREAM).unwrap();
    assert_eq!(left.len(), 3);
    assert!(desk.place.key(desk.tenant, "p-1").unwrap().unwrap().wrapped.is_some());

    desk.report("2026-06-01T09:00:00Z", "sued", &[("in_court", Given::Flag(true))], None);
    let held = desk.plan("2029-01-01");
    assert_eq!(stands(&held)[0], Some(Retained::Held));
    assert_eq!((held.slots.len(), desk.erase(&held)), (0, 0));
    desk.report("2029-01-02T09:00:00Z", "sued", &[("in_court", Given::Flag(false))], None);
    let last = desk.plan("2029-01-03");
    assert_eq!((last.slots.len(), last.all, desk.erase(&last)), (3, true, 3));

    let gone = desk.place.key(desk.tenant, "p-1").unwrap().unwrap();
    assert!(gone.wrapped.is_none() && gone.destroyed_at.is_some());
    for sealed in &kept {
        assert!(!desk.on_disk(&sealed.bytes), "{} is on the disk", sealed.slot);
    }
    assert!(!desk.on_disk(&wrapped), "the key is on the disk");
    for said in SAID {
        assert!(!desk.on_disk(said.as_bytes()), "{said} is on the disk");
    }
    desk.verify();
}
