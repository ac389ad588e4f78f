//! The handbook of a protocol, for those who work by it.

use crate::http::client::Answer;
use crate::http::served::{PROTOCOL, Served, sources};
use engine::model::RoleId;
use engine::text::Language;

fn path(served: &Served) -> String {
    let all = served.get(&served.all, "/v1/protocols").is(200).json();
    format!("/v1/protocols/{}/handbook", all["protocols"][0]["hash"].as_str().unwrap())
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

#[test]
fn a_handbook_is_written_as_the_command_writes_it() {
    let served = Served::start();
    let path = path(&served);
    let get = |query: &str| served.get(&served.all, &format!("{path}{query}"));
    let files = sources(PROTOCOL);
    let machine = engine::load(&files).0.unwrap();
    let whole = doc::handbook(&machine, &files, Language::En);
    let page = get("").is(200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(text(&page), doc::html(&whole));
    let markdown = get("?format=markdown&language=en").is(200);
    assert_eq!(markdown.header("content-type"), Some("text/markdown; charset=utf-8"));
    assert_eq!(text(&markdown), doc::markdown(&whole));
    let role = machine.protocol.roles.iter().position(|it| it.name == "clerk").unwrap();
    let own = doc::rank_page(&machine, &files, Language::En, RoleId::at(role));
    assert_eq!(text(&get("?role=clerk").is(200)), doc::html(&own));
}

#[test]
fn what_is_not_there_is_said() {
    let served = Served::start();
    let path = path(&served);
    let get = |query: &str| served.get(&served.all, &format!("{path}{query}"));
    assert_eq!(get("?format=pdf").is(400).pointers(), ["/query/format"]);
    for language in ["fi", "xx", "", "english"] {
        let refused = get(&format!("?language={language}")).is(404);
        assert_eq!(refused.pointers(), ["/query/language"], "{language}");
    }
    get("?role=emperor").is(404);
    get("?rung=first").is(400);
    served.get(&served.all, &path.replace(|it: char| it.is_ascii_digit(), "0")).is(404);
}

#[test]
fn a_handbook_is_for_the_house() {
    let served = Served::start();
    let path = path(&served);
    served.get(&served.admin, &path).is(200);
    served.get(&served.as_role("clerk"), &path).is(200);
    for outside in ["complainant", "respondent", "somebody"] {
        let token = served.token(served.tenant, &[outside], Some("anna"));
        served.get(&token, &path).is(404);
    }
}
