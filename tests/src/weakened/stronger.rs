//! The operators that strengthen: what a house may do without anybody having to ask.

use toml_edit::{DocumentMut, InlineTable, value};

use crate::weakened::house::{
    Changes, is_right, is_window, paths, renumber, set_texts, table, texts, without_each,
};

/// Every strengthening.
pub(super) fn stronger(house: &DocumentMut) -> Changes {
    let mut all = Changes::default();
    deadlines(house, &mut all);
    people(house, &mut all);
    letters(house, &mut all);
    rest(house, &mut all);
    all
}

fn name(path: &[String]) -> String {
    path.join(".")
}

fn more(list: &[String], one: &str) -> Vec<String> {
    [list, &[one.to_owned()]].concat()
}

fn deadlines(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["deadlines"], 2) {
        let (by, says) = if is_window(house, &path) { (1, "longer") } else { (-1, "shorter") };
        all.add(house, format!("{} {says}", name(&path)), |it| {
            renumber(table(it, &path)?, "within", by)
        });
        if by > 0 {
            continue;
        }
        all.add(house, format!("{} from the beginning", name(&path)), |it| {
            let table = table(it, &path)?;
            let starts = more(&texts(table, "starts"), "opened");
            set_texts(table, "starts", &starts);
            Some(())
        });
        for (gone, left) in without_each(house, &path, "met_by") {
            all.add(house, format!("{} not met by {gone}", name(&path)), |it| {
                if left.is_empty() {
                    return None;
                }
                set_texts(table(it, &path)?, "met_by", &left);
                Some(())
            });
        }
        all.add(house, format!("{} ends at close of business", name(&path)), |it| {
            let mut counts = InlineTable::new();
            counts.insert("ends", "close".into());
            table(it, &path)?.insert("counts", value(counts));
            Some(())
        });
        all.add(house, format!("{} cannot be extended", name(&path)), |it| {
            table(it, &path)?.remove("extend").map(|_| ())
        });
        all.add(house, format!("{} warns", name(&path)), |it| {
            set_texts(table(it, &path)?, "warn", &["1 working day before".to_owned()]);
            Some(())
        });
        all.add(house, format!("{} tells the director", name(&path)), |it| {
            let breach = [path.clone(), vec!["breach".to_owned()]].concat();
            let table = table(it, &breach)?;
            let tells = more(&texts(table, "tells"), "director");
            set_texts(table, "tells", &tells);
            Some(())
        });
    }
    for path in paths(house, &["deadlines", "*", "extend"], 4) {
        all.add(house, format!("{} less far", name(&path)), |it| {
            renumber(table(it, &path)?, "up_to", -1)
        });
    }
}

fn people(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["events"], 2) {
        if is_right(house, &path[1]) {
            all.add(house, format!("{} entered by the director", name(&path)), |it| {
                let table = table(it, &path)?;
                let by = more(&texts(table, "entered_by"), "director");
                set_texts(table, "entered_by", &by);
                Some(())
            });
            all.add(house, format!("{} may bring reasons", name(&path)), |it| {
                let table = table(it, &path)?;
                let carries = more(&texts(table, "carries"), "reasons?");
                set_texts(table, "carries", &carries);
                Some(())
            });
        } else {
            all.add(house, format!("{} with a reason", name(&path)), |it| {
                table(it, &path)?.insert("reason", value(true));
                Some(())
            });
            all.add(house, format!("{} not by the respondent", name(&path)), |it| {
                let table = table(it, &path)?;
                let not_by = more(&texts(table, "not_by"), "respondent");
                set_texts(table, "not_by", &not_by);
                Some(())
            });
        }
    }
    for path in paths(house, &["ladder"], 2) {
        all.add(house, format!("{} not by the respondent", name(&path)), |it| {
            let table = table(it, &path)?;
            let mut not_by = texts(table, "not_by");
            not_by.retain(|it| it != "respondent");
            set_texts(table, "not_by", &more(&not_by, "respondent"));
            Some(())
        });
    }
}

fn letters(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["letters"], 2) {
        all.add(house, format!("{} also to the director", name(&path)), |it| {
            let table = table(it, &path)?;
            let to = more(&texts(table, "to"), "director");
            set_texts(table, "to", &to);
            Some(())
        });
        all.add(house, format!("{} states who writes", name(&path)), |it| {
            let table = table(it, &path)?;
            let states = more(&texts(table, "states"), "handler.title");
            set_texts(table, "states", &states);
            Some(())
        });
    }
    for path in paths(house, &["stages", "*", "on"], 4) {
        all.add(house, format!("{} tells the director", name(&path)), |it| {
            let table = table(it, &path)?;
            let tells = more(&texts(table, "tells"), "director");
            set_texts(table, "tells", &tells);
            Some(())
        });
    }
}

fn rest(house: &DocumentMut, all: &mut Changes) {
    all.add(house, "nothing is declined", |it| {
        it["stages"]["logging"]["on"].as_table_like_mut()?.remove("declined").map(|_| ())
    });
    all.add(house, "open on Saturday", |it| {
        let hours = it["calendars"]["office"]["hours"].as_table_like_mut()?;
        let week = hours.remove("mon-fri")?;
        hours.insert("mon-sat", week);
        Some(())
    });
    all.add(house, "longer hours", |it| {
        it["calendars"]["office"]["hours"]["mon-fri"] =
            value(toml_edit::Array::from_iter(["08:00-20:00"]));
        Some(())
    });
    all.add(house, "another channel", |it| {
        let mut desk = InlineTable::new();
        desk.insert("title", "Counter".into());
        it["channels"]["desk"] = value(desk);
        Some(())
    });
    all.add(house, "the complainant may withdraw", |it| {
        let mut event = InlineTable::new();
        event.insert("by", ["complainant"].into_iter().collect::<toml_edit::Array>().into());
        it["events"]["withdrew"] = value(event);
        it["stages"]["investigating"]["on"]["withdrew"]["to"] = value("withdrawn");
        it["stages"]["withdrawn"]["end"] = value(true);
        Some(())
    });
    all.add(house, "another duty", |it| {
        let copy = it["deadlines"]["acknowledge1"].clone();
        it["deadlines"]["of_our_own"] = copy;
        Some(())
    });
    for path in paths(house, &["stops"], 2) {
        for (part, key, by) in [
            ("review", "every", -1),
            ("appeal", "within", 1),
            ("appeal", "answer", -1),
            ("warn_first", "wait", 1),
        ] {
            all.add(house, format!("{} {part} {key}", name(&path)), |it| {
                let inner = [path.clone(), vec![part.to_owned()]].concat();
                renumber(table(it, &inner)?, key, by)
            });
        }
        all.add(house, format!("{} shorter", name(&path)), |it| {
            renumber(table(it, &path)?, "lasts", -1)
        });
    }
}
