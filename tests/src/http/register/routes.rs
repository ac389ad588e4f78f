//! The register over HTTP: as much as the token reads, whole or broken off.

use crate::http::served::Served;
use serde_json::json;

fn lived() -> (Served, String) {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let note =
        json!({ "event": "talk", "by": "counsellor", "entry": "t1", "data": { "note": "=1+1" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &note).is(200);
    served.set("2026-06-02T08:00:00Z");
    (served, case)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_register_is_as_much_as_the_token_reads() {
    let (served, case) = lived();
    let clerk = served.as_role("clerk");
    let read = served.get(&clerk, "/v1/register.csv?protocol=shop").is(200);
    assert_eq!(read.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let named = "attachment; filename=\"register-shop-cases.csv\"";
    assert_eq!(read.header("content-disposition"), Some(named));
    let cases = text(&read.body);
    assert!(cases.starts_with("\u{feff}ticket,case,protocol,"), "{cases}");
    assert!(cases.contains(&case) && cases.contains("The drill smokes"), "{cases}");
    assert_eq!(cases.lines().count(), 2);

    let table = "/v1/register.csv?protocol=shop&table=talk";
    assert_eq!(served.get(&clerk, table).is(400).problem(), "bad-parameter");
    let counsellor = served.as_role("counsellor");
    let notes = text(&served.get(&counsellor, table).is(200).body);
    assert!(notes.contains(",'=1+1"), "{notes}");

    let nobody = served.token(served.tenant, &["complainant"], Some("anna"));
    for path in ["register.csv", "register.xlsx", "export/xes", "export/ocel"] {
        let path = format!("/v1/{path}?protocol=shop");
        assert_eq!(served.get(&nobody, &path).is(404).problem(), "not-found", "{path}");
        assert_eq!(served.get(&served.admin, &path).is(403).problem(), "forbidden", "{path}");
        assert_eq!(served.get("redress_x", &path).is(401).status, 401, "{path}");
        let other = path.replace("shop", "shoe");
        assert_eq!(served.get(&clerk, &other).is(404).problem(), "not-found", "{other}");
    }
}

#[test]
fn a_register_of_another_tenant_is_not_there() {
    let (served, _) = lived();
    let other = served.keeper.place().tenant("other").unwrap();
    let clerk = served.token(other, &["clerk"], None);
    served.get(&clerk, "/v1/register.csv?protocol=shop").is(404);
    served.get(&clerk, "/v1/export/ocel?protocol=shop").is(404);
}

#[test]
fn what_is_asked_for_is_understood_or_refused() {
    let (served, _) = lived();
    let rows = |query: &str| {
        let read = served.get(&served.all, &format!("/v1/register.csv?protocol=shop{query}"));
        text(&read.is(200).body).lines().count() - 1
    };
    assert_eq!(rows(""), 1);
    assert_eq!(rows("&from=2026-06-01&to=2026-06-01"), 1);
    assert_eq!(rows("&from=2026-06-02"), 0);
    assert_eq!(rows("&as_known_at=2026-05-31T00:00:00Z"), 0);
    assert_eq!(rows("&as_of=2026-06-01T12:00:00Z"), 1);
    for wrong in [
        "",
        "?protocol=shop&from=1.6.2026",
        "?protocol=shop&as_of=2026-06-01",
        "?protocol=shop&as_of=2026-06-01T12:00:00Z&as_known_at=2026-06-01T12:00:00Z",
        "?protocol=shop&limit=3",
        "?protocol=shop&table=%3Cscript%3E",
    ] {
        let path = format!("/v1/register.csv{wrong}");
        assert_eq!(served.get(&served.all, &path).is(400).problem(), "bad-parameter", "{path}");
    }
}

#[test]
fn a_workbook_and_logs_come_whole() {
    let (served, case) = lived();
    let book = served.get(&served.all, "/v1/register.xlsx?protocol=shop").is(200);
    assert!(book.body.starts_with(b"PK\x03\x04") && book.body.len() > 1_000);
    let sheet = register::import::of_bytes(&book.body, Some("talk"), 1).unwrap();
    assert_eq!(sheet.rows.len(), 1);
    let log = text(&served.get(&served.all, "/v1/export/xes?protocol=shop").is(200).body);
    assert!(log.starts_with("<?xml") && log.ends_with("</log>\n") && log.contains(&case), "{log}");
    let log = served.get(&served.all, "/v1/export/ocel?protocol=shop").is(200).json();
    let log: server::wire::ObjectLog = serde_json::from_value(log).unwrap();
    assert_eq!(log.events.len(), 2, "opened and the note");
    assert!(log.objects.iter().any(|it| it.id == case && it.kind == "case"));
}
