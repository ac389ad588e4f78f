//! A protocol as a picture, and the way of a case on it.

use crate::http::client::Answer;
use crate::http::served::Served;
use serde_json::json;

fn hash(served: &Served) -> String {
    let all = served.get(&served.all, "/v1/protocols").is(200).json();
    all["protocols"][0]["hash"].as_str().unwrap().to_owned()
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

#[test]
fn a_protocol_is_drawn_as_the_command_draws_it() {
    let served = Served::start();
    let path = format!("/v1/protocols/{}/graph", hash(&served));
    let get = |query: &str| served.get(&served.all, &format!("{path}{query}"));
    let svg = get("").is(200);
    assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
    assert!(svg.header("content-security-policy").unwrap().contains("sandbox"));
    let sources = crate::http::served::sources(crate::http::served::PROTOCOL);
    let machine = engine::load(&sources).0.unwrap();
    let picture = engine::picture::of(&machine, &sources, &engine::picture::Wanted::default());
    assert_eq!(text(&svg), draw::svg(&picture).unwrap());
    assert_eq!(text(&get("?format=dot").is(200)), draw::dot(&picture));
    assert_eq!(text(&get("?format=mermaid").is(200)), draw::mermaid(&picture));
    assert_eq!(get("?format=png").is(400).pointers(), ["/query/format"]);
    get("?rung=first").is(404);
    served.get(&served.admin, &path).is(200);
    served.get(&served.all, &format!("/v1/protocols/{}/graph", "ab".repeat(32))).is(404);
}

#[test]
fn the_way_of_a_case_is_marked_for_whoever_reads_it() {
    let served = Served::start();
    let (case, ticket, _) = served.open("anna");
    let path = format!("/v1/protocols/{}/graph?format=dot&case={case}", hash(&served));
    let drawn = || text(&served.get(&served.all, &path).is(200));
    let opened = drawn();
    assert!(opened.contains(&format!("Marked: {ticket}")), "{opened}");
    // Where it stands is lit before it has moved at all.
    let lit = |dot: &str, stage: &str| {
        let place = dot.lines().find(|it| it.contains(&format!("[label=\"{stage}")));
        place.unwrap().contains("penwidth=3")
    };
    assert!(lit(&opened, "received") && !lit(&opened, "Answered"), "{opened}");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &answered).is(200);
    let after = drawn();
    assert!(lit(&after, "Answered"), "{after}");
    // Nobody sees the way of a case that is not theirs to read.
    let bert = served.token(served.tenant, &["complainant"], Some("bert"));
    served.get(&bert, &path).is(404);
    served.get(&served.admin, &path).is(403);
    let unknown = path.replace(&case, "019e8000-0000-7000-8000-000000000001");
    served.get(&served.all, &unknown).is(404);
}
