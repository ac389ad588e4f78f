//! What goes out comes in again as it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine::runtime::Given;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::test_runner::TestRunner;
use register::import::{of_bytes, own_map};
use register::out;
use register::viewer::Viewer;
use register::walk::{machines, versions};
use rust_decimal::Decimal;

use crate::import::import;
use crate::world::{SHOP, World};

type Fields = Vec<(&'static str, Given)>;

fn complaint() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{1,40}",
        "['=+@-][ -~]{0,10}",
        "\\PC{1,20}",
        "[a-z,;\"\r\n\t]{1,20}",
        Just("''=1".to_owned()),
    ]
    .prop_filter("blanks around a text are not kept", |it| !it.trim().is_empty() && it.trim() == it)
}

fn fields() -> impl Strategy<Value = Fields> {
    let price = (any::<i32>(), 0u32..4).prop_map(|(n, scale)| Decimal::new(i64::from(n), scale));
    let date = (1970i32..2100, 1u32..365)
        .prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).unwrap());
    (
        complaint(),
        proptest::option::of(price),
        proptest::option::of(date),
        proptest::option::of(any::<bool>()),
        proptest::option::of(complaint()),
    )
        .prop_map(|(complaint, price, bought, urgent, name)| {
            let mut all: Fields = vec![("complaint", Given::Text(complaint))];
            all.extend(price.map(|it| ("price", Given::Number(it))));
            all.extend(bought.map(|it| ("bought", Given::Date(it))));
            all.extend(urgent.map(|it| ("urgent", Given::Flag(it))));
            all.extend(name.map(|it| ("name", Given::Text(it))));
            all
        })
}

/// The columns that can come in, of every row, by head.
fn come_in(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let kept =
        ["received", "channel", "complainant", "complaint", "name", "price", "bought", "urgent"];
    let mut reader = csv::Reader::from_reader(csv.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let heads = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let pairs = heads.iter().zip(record.iter()).filter(|(head, _)| kept.contains(head));
        pairs.map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|it| row(it.unwrap())).collect()
}

fn exported(world: &World) -> Vec<u8> {
    let mut written = Vec::new();
    let asked = world.asked(Viewer::Roles(vec!["clerk".to_owned()]));
    out::csv(&world.keeper.reader(), &asked, None, &mut written).unwrap().unwrap();
    written
}

#[test]
fn what_goes_out_comes_in_as_it_was() {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(12));
    let cases = proptest::collection::vec(fields(), 1..5);
    runner
        .run(&cases, |cases| {
            let world = World::new(SHOP);
            for (place, fields) in cases.iter().enumerate() {
                world.open(&format!("person-{}", place % 2), fields);
            }
            let first = exported(&world);
            let other = World::new(SHOP);
            let reader = other.keeper.reader();
            let kept = versions(&reader, other.tenant, "shop").unwrap();
            let sheet = of_bytes(&first, None, 1).unwrap();
            let mut map = own_map(&machines(&kept));
            map.fit_own(&sheet.heads);
            let (done, refused) = import(&other, &map, &sheet);
            assert_eq!((done.opened, refused), (u64::try_from(cases.len()).unwrap(), Vec::new()));
            assert_eq!(come_in(&exported(&other)), come_in(&first));
            Ok(())
        })
        .unwrap();
}
