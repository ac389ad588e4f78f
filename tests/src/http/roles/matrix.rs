//! Every role against every route, for every protocol that ships: what may be read and reported is
//! worked out from the tables of the protocol alone.

use crate::http::client::Answer;
use crate::http::roles::play::{Mark, Played, Stage, Under};
use crate::http::roles::tables::Tables;
use crate::http::stream;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// So many cases are read on every route by everybody; of the others the case and its timeline.
const WHOLE_MAX: usize = 2;

const NOTES: &str = "suite/traps/H8-notes-of-a-counsellor";

/// Somebody who reads.
struct Reader {
    shown: String,
    token: String,
    /// As whom they read.
    party: String,
    /// Who they are, for a complainant or a respondent.
    person: Option<String>,
}

impl Reader {
    fn reads_case(&self, case: &Played) -> bool {
        match self.party.as_str() {
            "complainant" => self.person.is_some() && self.person == case.complainant,
            "respondent" => self.person.is_some() && self.person == case.respondent,
            _ => true,
        }
    }

    /// Whether they may read what is written somewhere in a case that is theirs to read.
    fn may_read(&self, tables: &Tables, mark: &Mark) -> bool {
        let own = Under::Reason(String::new());
        // Stops have no confidential parts but the reasons of their own events.
        let under = if mark.stop.is_some() { &own } else { &mark.under };
        let open = tables.readers(under).is_none_or(|it| it.contains(&self.party));
        open && (!mark.personal || tables.knows_the_person(&self.party))
    }
}

fn readers(stage: &Stage, tables: &Tables) -> Vec<Reader> {
    let served = &stage.served;
    let of = |party: &str, person: Option<&str>| Reader {
        shown: format!("{party} {}", person.unwrap_or_default()),
        token: served.token(served.tenant, &[party], person),
        party: party.to_owned(),
        person: person.map(str::to_owned),
    };
    let mut all: Vec<Reader> = tables.roles().iter().map(|it| of(it, None)).collect();
    for party in ["complainant", "respondent"] {
        all.extend([of(party, None), of(party, Some("somebody-else"))]);
    }
    let persons = |of: fn(&Played) -> Option<&String>| {
        let all: BTreeSet<&String> = stage.cases.iter().filter_map(of).collect();
        all.into_iter().take(2).cloned().collect::<Vec<_>>()
    };
    for it in persons(|it| it.complainant.as_ref()) {
        all.push(of("complainant", Some(&it)));
    }
    for it in persons(|it| it.respondent.as_ref()) {
        all.push(of("respondent", Some(&it)));
    }
    all
}

/// The addresses of everything that belongs to a case.
fn addresses(stage: &Stage, case: &Played, is_whole: bool) -> Vec<String> {
    let base = format!("/v1/cases/{}", case.id);
    let mut all = vec![base.clone(), format!("{base}/timeline")];
    if !is_whole {
        return all;
    }
    let now = store::clock::Clock::now(&*stage.served.clock);
    let protocol = &stage.machine.protocol;
    for query in ["as_of", "as_known_at"] {
        all.push(format!("{base}?{query}={now}"));
        all.push(format!("{base}/allowed?{query}={now}"));
    }
    all.push(format!("{base}/allowed"));
    all.push(format!("{base}/timeline?as_known_at={now}"));
    all.extend(protocol.deadlines.iter().map(|it| format!("{base}/deadlines/{}/ledger", it.name)));
    // Those who are kept from something, or others from them.
    let apart = protocol.roles.iter().filter(|it| it.confidential || it.external);
    let parties: Vec<&str> = ["complainant", "respondent"]
        .into_iter()
        .chain(apart.map(|it| it.name.as_str()).take(2))
        .collect();
    for letter in &protocol.letters {
        let path = format!("{base}/letters/{}", letter.name);
        all.extend(parties.iter().map(|it| format!("{path}?recipient={it}")));
        all.push(path);
    }
    all
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// Plays all scenarios of a protocol and reads everything as everybody.
#[track_caller]
fn check(folder: &str, scenarios_min: usize, kept_min: usize) {
    let folder = PathBuf::from(folder);
    let tables = Tables::read(&folder);
    let mut stage = Stage::new(&folder);
    let sink = json!({ "url": "file:everything" });
    let served = &stage.served;
    served.send(&served.admin, "POST", "/v1/webhooks", &[], &sink).is(201);
    let n_played = stage.play_all(&folder);
    assert!(n_played >= scenarios_min, "{n_played} scenarios");
    let kept = stage.marks.iter().filter(|it| tables.readers(&it.under).is_some()).count();
    assert!(kept >= kept_min, "{kept} texts are kept to some");
    for reader in readers(&stage, &tables) {
        reads(&stage, &tables, &reader);
    }
    streams(&stage, &tables);
    messages(&stage, &tables);
}

fn reads(stage: &Stage, tables: &Tables, reader: &Reader) {
    // Those with the most that is kept to some come first.
    let mut cases: Vec<&Played> = stage.cases.iter().collect();
    let n_kept = |case: &Played| {
        let kept = |it: &&Mark| it.personal || tables.readers(&it.under).is_some();
        stage.marks.iter().filter(|it| it.case == case.id).filter(kept).count()
    };
    cases.sort_by_key(|it| std::cmp::Reverse(n_kept(it)));
    for (place, case) in cases.into_iter().enumerate() {
        let mut read = String::new();
        for path in addresses(stage, case, place < WHOLE_MAX) {
            let answer = stage.served.get(&reader.token, &path);
            let shown = format!("{} {path}: {}", reader.shown, text(&answer));
            if !reader.reads_case(case) {
                assert_eq!(answer.status, 404, "{shown}");
            }
            assert!([200, 404].contains(&answer.status), "{shown}");
            read.push_str(&text(&answer));
        }
        for mark in stage.marks.iter().filter(|it| it.case == case.id) {
            let may = reader.reads_case(case) && reader.may_read(tables, mark);
            let found = read.contains(&mark.text);
            assert!(may || !found, "{} reads {mark:?} of {}", reader.shown, case.id);
            // What is personal stands in the case, as long as nothing else was written there.
            assert!(!may || mark.personal || found, "{} misses {mark:?}", reader.shown);
        }
    }
    lists(stage, reader);
}

/// Lists show the cases that are theirs, all of them and no other.
fn lists(stage: &Stage, reader: &Reader) {
    let expected: BTreeSet<&str> =
        stage.cases.iter().filter(|it| reader.reads_case(it)).map(|it| it.id.as_str()).collect();
    let (mut found, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = stage.served.get(&reader.token, &format!("/v1/cases?limit=20{cursor}"));
        let page = page.is(200).json();
        let ids = page["cases"].as_array().unwrap().iter();
        found.extend(ids.map(|it| it["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(
        found.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        expected,
        "{}",
        reader.shown
    );
    let duties = stage.served.get(&reader.token, "/v1/worklist?limit=500").is(200).json();
    for duty in duties["duties"].as_array().unwrap() {
        assert_eq!(duty["party"], reader.party.as_str());
        assert!(expected.contains(duty["case"]["id"].as_str().unwrap()), "{duty}");
    }
}

/// The stream of facts shows a role what its timelines show, of all cases.
fn streams(stage: &Stage, tables: &Tables) {
    let n_facts = |token: &str| -> usize {
        let of = |case: &Played| {
            let path = format!("/v1/cases/{}/timeline", case.id);
            let all = stage.served.get(token, &path).is(200).json();
            let decisions = all["decisions"].as_array().unwrap().clone();
            decisions.iter().map(|it| it["facts"].as_array().unwrap().len()).sum::<usize>()
        };
        stage.cases.iter().map(of).sum()
    };
    for role in tables.roles() {
        let token = stage.token(&role);
        let reader = Reader { shown: role.clone(), token, party: role, person: None };
        let n = n_facts(&reader.token);
        let all = stream::take(&mut stream::open(&stage.served, &reader.token, None), n);
        let all: String = all.iter().map(|(_, it)| it.to_string()).collect();
        for mark in &stage.marks {
            assert!(reader.may_read(tables, mark) || !all.contains(&mark.text), "{mark:?}");
        }
    }
    let stranger = stage.served.token(stage.served.tenant, &["complainant"], Some("x"));
    assert_eq!(n_strange(stage, &stranger), 0);
}

/// How many cases of those that were played somebody finds who has nothing to do with them.
fn n_strange(stage: &Stage, token: &str) -> usize {
    let found = |it: &&Played| {
        stage.served.get(token, &format!("/v1/cases/{}/timeline", it.id)).status != 404
    };
    stage.cases.iter().filter(found).count()
}

/// Receivers have no role: nothing reaches them that is not everybody's to read, and no person.
fn messages(stage: &Stage, tables: &Tables) {
    let place = stage.served.keeper.place();
    let waiting = store::cases::MessageState::Waiting;
    let all = place.messages(stage.served.tenant, waiting, 1_000_000).unwrap();
    assert!(all.len() > stage.cases.len());
    let all: String = all.iter().map(|it| String::from_utf8_lossy(&it.message.body)).collect();
    for mark in &stage.marks {
        let closed = mark.personal || tables.readers(&mark.under).is_some();
        assert!(!closed || !all.contains(&mark.text), "{mark:?}");
    }
}

#[test]
fn h8_small_business_shows_each_role_what_is_its_own() {
    check("../protocols/small-business", 20, 1);
}

#[test]
fn h8_the_housing_code_shows_each_role_what_is_its_own() {
    check("../protocols/uk-housing-code", 5, 0);
}

#[test]
fn h8_the_dutch_act_shows_each_role_what_is_its_own() {
    check("../protocols/nl-awb", 5, 0);
}

#[test]
fn h8_the_british_rules_show_each_role_what_is_its_own() {
    check("../protocols/uk-fca-disp", 5, 0);
}

#[test]
fn h8_stops_show_each_role_what_is_its_own() {
    check("../protocols/conduct", 5, 0);
}

#[test]
fn h8_notes_of_a_counsellor_stay_with_the_counsellor() {
    check(NOTES, 1, 3);
}

/// No token reports what its role may not, whatever it writes as the actor.
#[test]
fn h8_a_role_reports_what_the_protocol_lets_it_and_nothing_else() {
    for folder in ["small-business", "uk-housing-code", "nl-awb", "uk-fca-disp", "conduct"] {
        let folder = Path::new("../protocols").join(folder);
        let (tables, mut stage) = (Tables::read(&folder), Stage::new(&folder));
        stage.play_all(&folder);
        let case = stage.cases[0].id.clone();
        let path = format!("/v1/cases/{case}/events?dry_run=true");
        let roles = tables.roles();
        for event in tables.events() {
            let by = tables.by(&event);
            for role in &roles {
                let token = stage.token(role);
                let ask = |by: &str, entered_by: Option<&str>| {
                    let body = json!({ "event": event, "by": by, "entered_by": entered_by,
                        "entry": "new", "reason": "x" });
                    let answer = stage.served.send(&token, "POST", &path, &[], &body);
                    (answer.status, answer.body)
                };
                let (status, _) = ask(role, None);
                let may = by.contains(role) || by.iter().any(|it| it.starts_with('@'));
                assert!(may || status >= 400, "{role} {event}: {status}");
                let other = roles.iter().find(|it| *it != role).unwrap();
                assert_eq!(ask(other, None).0, 403, "{role} as {other}");
                assert_eq!(ask(role, Some(other)).0, 403, "{role} by {other}");
            }
        }
    }
}

/// What somebody may not read they do not learn from the answer to a report either.
#[test]
fn h8_whoever_may_not_read_a_case_may_not_try_events_on_it() {
    let folder = Path::new(NOTES);
    let mut stage = Stage::new(folder);
    stage.play_all(folder);
    let served = &stage.served;
    let body = |by: &str| json!({ "event": "answered", "by": by, "data": {} });
    for case in &stage.cases {
        let path = format!("/v1/cases/{}/events?dry_run=true", case.id);
        for (party, person) in
            [("complainant", None), ("complainant", Some("x")), ("astronaut", None)]
        {
            let token = served.token(served.tenant, &[party], person);
            let answer = served.send(&token, "POST", &path, &[], &body(party));
            assert_eq!(answer.status, 404, "{party} {person:?}: {}", text(&answer));
            let told: Value = answer.json();
            assert!(told.get("refusal").is_none());
        }
    }
}
