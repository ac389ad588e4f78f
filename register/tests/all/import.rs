//! A register that was kept by hand comes in.

use std::collections::BTreeMap;

use register::import::{Done, Map, Refused, Sheet, importing, known, of_bytes, plan, run, trial};
use register::out;
use register::viewer::Viewer;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use store::clock::Clock as _;
use store::keeper::Options;

use crate::world::{SHOP, World, at, golden};

const MAP: &str = r#"
sheet     = "2026"
head      = 2
reference = "No."
source    = "book"
dates     = ["%d.%m.%Y", "%d.%m.%Y %H:%M"]
decimal   = ","
thousands = "."
recorded  = "then"
opens     = { by = "complainant", entered_by = "clerk", channel = "counter" }

[columns]
"Date received" = { opens = "at" }
"Customer"      = { opens = "complainant" }
"How"           = { opens = "channel", values = { "Mail" = "email" } }
"What"          = { field = "complaint" }
"Name"          = { field = "name" }
"Paid"          = { field = "price" }
"Final answer"  = { event = "answered", by = "clerk" }
"Result"        = { field = "outcome", with = "answered", values = { "J" = "upheld", "N" = "not_upheld" } }
"Notes"         = { skip = true }
"#;

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let time = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    book.add_worksheet().set_name("cover").unwrap();
    let sheet = book.add_worksheet().set_name("2026").unwrap();
    sheet.write_string(0, 0, "Our register").unwrap();
    let heads = [
        "No.",
        "Date received",
        "Customer",
        "How",
        "What",
        "Name",
        "Paid",
        "Final answer",
        "Result",
        "Notes",
    ];
    for (place, head) in (0u16..).zip(heads) {
        sheet.write_string(1, place, head).unwrap();
    }
    let on = |day| ExcelDateTime::from_ymd(2026, 3, day).unwrap();
    sheet.write_number(2, 0, 17).unwrap().write_datetime_with_format(2, 1, on(2), &date).unwrap();
    sheet.write_string(2, 2, "k-9").unwrap().write_string(2, 3, "Mail").unwrap();
    sheet.write_string(2, 4, "Drill smokes").unwrap().write_string(2, 5, "Åse").unwrap();
    sheet.write_string(2, 6, "1.234,50").unwrap();
    sheet.write_datetime_with_format(2, 7, on(9).and_hms(16, 5, 0).unwrap(), &time).unwrap();
    sheet.write_string(2, 8, "J").unwrap();
    // An empty row, and one that is open still.
    sheet.write_number(4, 0, 18).unwrap().write_string(4, 1, "04.05.2026 10:30").unwrap();
    sheet.write_string(4, 4, "Saw is blunt").unwrap().write_number(4, 6, 20.1).unwrap();
    book.save_to_buffer().unwrap()
}

fn read(map: &Map, bytes: &[u8]) -> Sheet {
    of_bytes(bytes, map.sheet.as_deref(), map.head).unwrap()
}

/// Imports into the world; what was refused.
pub(crate) fn import(world: &World, map: &Map, sheet: &Sheet) -> (Done, Refused) {
    let now = world.clock.now();
    let reader = world.keeper.reader();
    let loaded = world.keeper.in_use(world.tenant, "shop", now).unwrap().unwrap();
    assert_eq!(map.faults(&loaded.machine.protocol, &sheet.heads), Vec::<String>::new());
    let (plans, faults) = plan(sheet, map, &loaded.machine, now);
    assert!(faults.all.is_empty(), "{faults:?}");
    let whose = (world.tenant, "shop");
    let place = world.keeper.place();
    let tried = trial(place.as_ref(), whose, &plans, now).unwrap();
    if !tried.1.is_empty() {
        return tried;
    }
    let known = known(&reader, whose, &map.source, now).unwrap();
    let vault = Some(std::sync::Arc::new(store::vault::StoreKey::given([7; 32])));
    let options = Options { vault, ..Options::default() };
    let (keeper, clock) = importing(std::sync::Arc::clone(place), options, now).unwrap();
    let done = run((&keeper, &clock), whose, &plans, &known).unwrap();
    keeper.stop();
    done
}

fn cases(world: &World) -> String {
    let mut written = Vec::new();
    let asked = world.asked(Viewer::Roles(vec!["clerk".to_owned()]));
    out::csv(&world.keeper.reader(), &asked, None, &mut written).unwrap().unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn a_workbook_becomes_cases_once() {
    let world = World::new(SHOP);
    let map = Map::read(MAP).unwrap();
    let sheet = read(&map, &workbook());
    let (done, refused) = import(&world, &map, &sheet);
    assert_eq!((done, refused), (Done { opened: 2, reported: 1, there: 0 }, Vec::new()));
    let first = cases(&world);
    golden("imported.csv", &crate::export::without_ids(&first));
    let (done, refused) = import(&world, &map, &sheet);
    assert_eq!((done, refused), (Done { opened: 0, reported: 0, there: 2 }, Vec::new()));
    assert_eq!(cases(&world), first);
    // Weeks later nobody remembers the answers to the first import; the cases do.
    world.set("2026-09-01T09:00:00Z");
    world.keeper.place().forget_answers(world.clock.now()).unwrap();
    let (done, _) = import(&world, &map, &sheet);
    assert_eq!(done, Done { opened: 0, reported: 0, there: 2 });
}

#[test]
fn what_the_file_tells_later_is_reported_then() {
    let world = World::new(SHOP);
    let map = Map::read(MAP).unwrap();
    let mut sheet = read(&map, &workbook());
    import(&world, &map, &sheet);
    let row = sheet.rows.last_mut().unwrap();
    row.cells.resize(10, register::import::Raw::Empty);
    row.cells[7] = register::import::Raw::Text("08.05.2026".to_owned());
    row.cells[8] = register::import::Raw::Text("N".to_owned());
    let (done, refused) = import(&world, &map, &sheet);
    assert_eq!((done, refused), (Done { opened: 0, reported: 1, there: 1 }, Vec::new()));
    assert_eq!(cases(&world).matches(",not_upheld,").count(), 1);
    let (done, _) = import(&world, &map, &sheet);
    assert_eq!(done, Done { opened: 0, reported: 0, there: 2 });
}

#[test]
fn late_news_has_the_limit_of_the_protocol() {
    let world = World::new(SHOP);
    let map = Map::read(&MAP.replace("recorded  = \"then\"", "")).unwrap();
    let (_, refused) = import(&world, &map, &read(&map, &workbook()));
    let told: BTreeMap<u32, &str> =
        refused.iter().map(|(row, _, why)| (*row, why.as_str())).collect();
    assert_eq!(told.keys().copied().collect::<Vec<_>>(), [3, 5]);
    assert!(told[&3].contains("longer ago than may be entered late"), "{told:?}");
    assert!(cases(&world).lines().count() == 1, "nothing was changed");
}

#[test]
fn every_fault_is_listed_with_its_place() {
    let world = World::new(SHOP);
    let map = Map::read(MAP).unwrap();
    let text = "\n\
        No.;Date received;Customer;How;What;Name;Paid;Final answer;Result;Notes\n\
        1;31.02.2026;;Mail;x;;;;;\n\
        1;02.03.2026;;Mail;x;;1,5;;;\n\
        2;02.03.2026;;Mail;x;;1.5;;J;\n\
        ;02.03.2026;;Mail;x;;;;;\n\
        3;02.03.2026;;Mail;x;;;01.03.2026;J;\n\
        4;02.03.2030;;Mail;x;;;;;\n\
        5;;;Mail;x;;;;;;stray\n\
        6;02.03.2026;;Mail;x;;;03.03.2026;Maybe;\n\
        7;29.03.2026 01:30;;Mail;x;;;;;\n";
    let map = Map { sheet: None, head: 2, ..map };
    let sheet = of_bytes(text.as_bytes(), None, 2).unwrap();
    let loaded = world.keeper.in_use(world.tenant, "shop", world.clock.now()).unwrap().unwrap();
    let (plans, faults) = plan(&sheet, &map, &loaded.machine, world.clock.now());
    assert!(plans.is_empty(), "{plans:?}");
    let lines: String = faults.all.iter().map(|it| format!("{it}\n")).collect();
    golden("faults.txt", &lines);
}

#[test]
fn a_map_that_does_not_fit_says_everything() {
    let world = World::new(SHOP);
    let loaded =
        world.keeper.in_use(world.tenant, "shop", at("2026-06-01T09:00:00Z")).unwrap().unwrap();
    let faults = |text: &str, heads: &[&str]| {
        let heads: Vec<String> = heads.iter().map(|it| (*it).to_owned()).collect();
        let map = Map::read(text).unwrap();
        map.faults(&loaded.machine.protocol, &heads).join("\n")
    };
    let text = r#"
        reference = "No"
        [columns]
        "When" = { opens = "at", event = "answered" }
        "Result" = { field = "result" }
        "Money" = { field = "price", with = "answerd" }
        "Talk" = { event = "talk" }
        "How" = { opens = "chanel" }
    "#;
    golden(
        "map_faults.txt",
        &faults(text, &["No", "When", "Result", "Money", "Talk", "How", "Extra", "Extra"]),
    );
    let unknown = Map::read("reference = \"No\"\ncolums = {}").unwrap_err().to_string();
    assert!(unknown.contains("colums"), "{unknown}");
}
