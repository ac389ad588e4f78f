//! The operators that weaken: a longer term, a duty, letter or right less, a rung passed over, less time
//! for the complainant.

use toml_edit::{DocumentMut, InlineTable, value};

use crate::weakened::house::{
    Changes, forget, is_right, is_window, paths, renumber, set_texts, table, texts, without_each,
};
use crate::weakened::slyer::slyer;

/// Every weakening.
pub(super) fn weaker(house: &DocumentMut) -> Changes {
    let mut all = Changes::default();
    terms(house, &mut all);
    duties(house, &mut all);
    letters(house, &mut all);
    rights(house, &mut all);
    reports(house, &mut all);
    ladder(house, &mut all);
    ends(house, &mut all);
    counting(house, &mut all);
    stops(house, &mut all);
    slyer(house, &mut all);
    all
}

fn name(path: &[String]) -> String {
    path.join(".")
}

fn terms(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["deadlines"], 2) {
        let (by, says) = if is_window(house, &path) { (-1, "shorter") } else { (1, "longer") };
        all.add(house, format!("{} {says}", name(&path)), |it| {
            renumber(table(it, &path)?, "within", by)
        });
        if by < 0 {
            continue;
        }
        all.add(house, format!("{} not counted", name(&path)), |it| {
            table(it, &path)?.insert("within", value("promptly"));
            Some(())
        });
        for stage in paths(house, &["stages"], 2) {
            all.add(house, format!("{} stands still in {}", name(&path), name(&stage)), |it| {
                let stage = table(it, &stage).filter(|it| !it.contains_key("end"))?;
                let mut pauses = InlineTable::new();
                pauses.insert(path.last()?, "5 working days".into());
                stage.insert("pauses", value(pauses));
                Some(())
            });
        }
    }
    for path in paths(house, &["deadlines", "*", "extend"], 4) {
        all.add(house, format!("{} further", name(&path)), |it| {
            renumber(table(it, &path)?, "up_to", 1)
        });
        all.add(house, format!("{} without limit", name(&path)), |it| {
            table(it, &path)?.remove("up_to").map(|_| ())
        });
        all.add(house, format!("{} twice", name(&path)), |it| {
            table(it, &path)?.insert("times", value(2));
            Some(())
        });
        all.add(house, format!("{} late", name(&path)), |it| {
            table(it, &path)?.insert("late", value(true));
            Some(())
        });
    }
}

fn duties(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["deadlines"], 2) {
        let deadline = path[1].clone();
        all.add(house, format!("{} gone", name(&path)), |it| {
            it["deadlines"].as_table_like_mut()?.remove(&deadline)?;
            forget(
                it,
                &["met", "breach", "lapse", "extended"].map(|kind| format!("{kind}:{deadline}")),
            );
            Some(())
        });
        for (gone, left) in without_each(house, &path, "starts") {
            all.add(house, format!("{} not started by {gone}", name(&path)), |it| {
                if left.is_empty() {
                    return None;
                }
                set_texts(table(it, &path)?, "starts", &left);
                Some(())
            });
        }
        all.add(house, format!("{} on a condition", name(&path)), |it| {
            table(it, &path)?.insert("when", value("is_set(definition)"));
            Some(())
        });
        all.add(house, format!("{} cancelled by a contact", name(&path)), |it| {
            set_texts(table(it, &path)?, "cancelled_by", &["contacted".to_owned()]);
            Some(())
        });
        if is_window(house, &path) {
            continue;
        }
        all.add(house, format!("{} met by a contact", name(&path)), |it| {
            let table = table(it, &path)?;
            let met = [texts(table, "met_by"), vec!["contacted".to_owned()]].concat();
            set_texts(table, "met_by", &met);
            Some(())
        });
        all.add(house, format!("{} is a right", name(&path)), |it| {
            let table = table(it, &path)?;
            table.insert("window", value(true));
            table.remove("breach");
            Some(())
        });
        all.add(house, format!("{} missed unnoticed", name(&path)), |it| {
            table(it, &path)?.remove("breach").map(|_| ())
        });
    }
}

fn letters(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["letters"], 2) {
        for (gone, left) in without_each(house, &path, "states") {
            all.add(house, format!("{} without {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "states", &left);
                Some(())
            });
        }
        all.add(house, format!("{} to the officer", name(&path)), |it| {
            set_texts(table(it, &path)?, "to", &["officer".to_owned()]);
            Some(())
        });
    }
    for path in crate::weakened::house::tables(house) {
        if !["stages", "deadlines", "anywhere"].contains(&path[0].as_str()) {
            continue;
        }
        for (gone, left) in without_each(house, &path, "sends") {
            all.add(house, format!("{} does not send {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "sends", &left);
                Some(())
            });
        }
    }
}

fn rights(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["events"], 2).into_iter().filter(|it| is_right(house, &it[1])) {
        for key in ["reason", "written"] {
            all.add(house, format!("{} {key}", name(&path)), |it| {
                table(it, &path)?.insert(key, value(true));
                Some(())
            });
        }
        all.add(house, format!("{} brings more", name(&path)), |it| {
            let table = table(it, &path)?;
            let carries = [texts(table, "carries"), vec!["reasons".to_owned()]].concat();
            set_texts(table, "carries", &carries);
            Some(())
        });
        all.add(house, format!("{} on a condition", name(&path)), |it| {
            set_texts(table(it, &path)?, "requires", &["first_stage".to_owned()]);
            Some(())
        });
        for (gone, left) in without_each(house, &path, "entered_by") {
            all.add(house, format!("{} not entered by {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "entered_by", &left);
                Some(())
            });
        }
    }
    let on = paths(house, &["stages", "*", "on"], 4);
    for path in on.into_iter().chain(paths(house, &["anywhere", "on"], 3)) {
        let (event, before) = path.split_last().unwrap();
        if !is_right(house, event) {
            continue;
        }
        all.add(house, format!("{} not allowed", name(&path)), |it| {
            table(it, before)?.remove(event).map(|_| ())
        });
        all.add(house, format!("{} requires more", name(&path)), |it| {
            set_texts(table(it, &path)?, "requires", &["first_stage".to_owned()]);
            Some(())
        });
        for (gone, left) in without_each(house, &path, "also") {
            all.add(house, format!("{} not in {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "also", &left);
                Some(())
            });
        }
    }
}

fn reports(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["events"], 2).into_iter().filter(|it| !is_right(house, &it[1])) {
        all.add(house, format!("{} without a reason", name(&path)), |it| {
            table(it, &path)?.remove("reason").map(|_| ())
        });
        for (gone, left) in without_each(house, &path, "carries") {
            all.add(house, format!("{} need not bring {gone}", name(&path)), |it| {
                let carries = [left, vec![format!("{gone}?")]].concat();
                set_texts(table(it, &path)?, "carries", &carries);
                Some(())
            });
        }
    }
    for path in crate::weakened::house::tables(house) {
        let in_stages = path[0] == "stages";
        for key in ["requires", "tells"] {
            if !(in_stages || path[0] == "anywhere") {
                continue;
            }
            for (gone, left) in without_each(house, &path, key) {
                all.add(house, format!("{} {key} without {gone}", name(&path)), |it| {
                    set_texts(table(it, &path)?, key, &left);
                    Some(())
                });
            }
        }
    }
}

fn ladder(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["ladder"], 2) {
        for (gone, left) in without_each(house, &path, "not_by") {
            all.add(house, format!("{} by {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "not_by", &left);
                Some(())
            });
        }
        all.add(house, format!("{} entered elsewhere", name(&path)), |it| {
            table(it, &path)?.get("enter_at")?;
            table(it, &path)?.insert("enter_at", value("investigating"));
            Some(())
        });
        all.add(house, format!("{} to begin with", name(&path)), |it| {
            if path[1] == "0" {
                return None;
            }
            table(it, &path)?.insert("start_when", value("channel == \"phone\""));
            Some(())
        });
    }
    for path in paths(house, &["stages", "*", "on"], 4) {
        all.add(house, format!("{} does not climb", name(&path)), |it| {
            let table = table(it, &path)?;
            table.remove("escalate")?;
            table.insert("to", value("logging"));
            Some(())
        });
    }
}

fn ends(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["stages"], 2) {
        for how in ["on", "after", "another end"] {
            all.add(house, format!("{} ends by {how}", name(&path)), |it| {
                if table(it, &path)?.contains_key("end") {
                    return None;
                }
                let (to, table_name) = match how {
                    "another end" => ("dropped", "on"),
                    other => ("closed", other),
                };
                if to == "dropped" {
                    it["stages"]["dropped"]["end"] = value(true);
                }
                let key = if table_name == "on" { "dropped_it" } else { "20 working days" };
                if table_name == "on" {
                    let mut event = InlineTable::new();
                    event
                        .insert("by", ["officer"].into_iter().collect::<toml_edit::Array>().into());
                    it["events"]["dropped_it"] = value(event);
                }
                it["stages"][&path[1]][table_name][key]["to"] = value(to);
                Some(())
            });
        }
        for event in paths(house, &["stages", &path[1], "on"], 4) {
            all.add(house, format!("{} leads to the end", name(&event)), |it| {
                let table = table(it, &event)?;
                let to = table.get("to")?.as_str()?.to_owned();
                table.insert("to", value(if to == "closed" { "declined" } else { "closed" }));
                Some(())
            });
        }
    }
}

fn counting(house: &DocumentMut, all: &mut Changes) {
    all.add(house, "Friday is closed", |it| {
        let hours = it["calendars"]["office"]["hours"].as_table_like_mut()?;
        let week = hours.remove("mon-fri")?;
        hours.insert("mon-thu", week);
        Some(())
    });
    all.add(house, "receipts wait for the next opening", |it| {
        it["time"]["receipt_outside_hours"] = value("next_working_day");
        Some(())
    });
    all.add(house, "other holidays", |it| {
        it["calendars"]["office"]["holidays"] =
            value(toml_edit::Array::from_iter(["england-and-wales", "scotland"]));
        Some(())
    });
}

fn stops(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["stops"], 2) {
        for key in ["warn_first", "review", "appeal", "notice", "lasts"] {
            all.add(house, format!("{} without {key}", name(&path)), |it| {
                table(it, &path)?.remove(key).map(|_| ())
            });
        }
        all.add(house, format!("{} longer", name(&path)), |it| {
            renumber(table(it, &path)?, "lasts", 1)
        });
        for (part, key, by) in [
            ("review", "every", 1),
            ("appeal", "within", -1),
            ("appeal", "answer", 1),
            ("warn_first", "wait", -1),
        ] {
            all.add(house, format!("{} {part} {key}", name(&path)), |it| {
                let inner = [path.clone(), vec![part.to_owned()]].concat();
                renumber(table(it, &inner)?, key, by)
            });
        }
        for (gone, left) in without_each(house, &path, "not_by") {
            all.add(house, format!("{} decided by {gone}", name(&path)), |it| {
                set_texts(table(it, &path)?, "not_by", &left);
                Some(())
            });
        }
    }
    for path in paths(house, &["stops", "*", "refuses"], 4) {
        all.add(house, format!("{} refuses more", name(&path)), |it| {
            let table = table(it, &path)?;
            let events = [texts(table, "events"), vec!["went_to_ombudsman".to_owned()]].concat();
            set_texts(table, "events", &events);
            Some(())
        });
        all.add(house, format!("{} refuses in all cases", name(&path)), |it| {
            table(it, &path)?.remove("unless").map(|_| ())
        });
    }
}
