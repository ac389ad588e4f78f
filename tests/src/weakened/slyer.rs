//! Operators that weaken a protocol beside its terms and letters: who may act, who hears of it, what a
//! condition means, and where a missed duty leads.

use toml_edit::{DocumentMut, InlineTable, Item, value};

use crate::weakened::house::{
    Changes, is_right, is_window, paths, set_texts, table, texts, without_each,
};

/// Adds them to all others.
pub(super) fn slyer(house: &DocumentMut, all: &mut Changes) {
    people(house, all);
    conditions(house, all);
    outcomes(house, all);
    extensions(house, all);
    opening(house, all);
}

fn name(path: &[String]) -> String {
    path.join(".")
}

fn people(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["events"], 2) {
        if is_right(house, &path[1]) {
            for (gone, left) in without_each(house, &path, "by") {
                if left.is_empty() {
                    continue;
                }
                all.add(house, format!("{} is no act of {gone}", name(&path)), |it| {
                    set_texts(table(it, &path)?, "by", &left);
                    Some(())
                });
            }
            continue;
        }
        for party in ["respondent", "complainant", "system"] {
            all.add(house, format!("{} by {party}", name(&path)), |it| {
                let table = table(it, &path)?;
                let by = [texts(table, "by"), vec![party.to_owned()]].concat();
                set_texts(table, "by", &by);
                Some(())
            });
        }
    }
    for path in paths(house, &["roles"], 2) {
        all.add(house, format!("{} is inside", name(&path)), |it| {
            table(it, &path)?.remove("external").map(|_| ())
        });
        all.add(house, format!("{} is told in office hours", name(&path)), |it| {
            let role = table(it, &path).filter(|it| !it.contains_key("told"))?;
            role.insert("told", value("office"));
            Some(())
        });
    }
}

fn conditions(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["conditions"], 2) {
        all.add(house, format!("{} or something else", name(&path)), |it| {
            let table = table(it, &path)?;
            let is = table.get("is")?.as_str()?.to_owned();
            table.insert("is", value(format!("({is}) || is_set(definition)")));
            Some(())
        });
    }
    for path in paths(house, &["stops", "*", "refuses"], 4) {
        all.add(house, format!("{} lets less through", name(&path)), |it| {
            let table = table(it, &path)?;
            let unless = table.get("unless")?.as_str()?.to_owned();
            table.insert("unless", value(format!("({unless}) && is_set(definition)")));
            Some(())
        });
    }
}

fn outcomes(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["deadlines"], 2) {
        if is_window(house, &path) {
            all.add(house, format!("{} is used up by the answer", name(&path)), |it| {
                let table = table(it, &path)?;
                let met = [texts(table, "met_by"), vec!["answered".to_owned()]].concat();
                set_texts(table, "met_by", &met);
                Some(())
            });
            continue;
        }
        all.add(house, format!("{} missed ends the case", name(&path)), |it| {
            let breach = [path.clone(), vec!["breach".to_owned()]].concat();
            table(it, &breach)?.insert("to", value("closed"));
            Some(())
        });
        all.add(house, format!("{} is owed by the Ombudsman", name(&path)), |it| {
            table(it, &path)?.insert("who", value("ombudsman"));
            Some(())
        });
    }
}

fn extensions(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["deadlines", "*", "extend"], 4) {
        all.add(house, format!("{} twice over", name(&path)), |it| {
            let deadline = table(it, &path[..2])?;
            let Item::ArrayOfTables(rows) = deadline.get_mut("extend")? else { return None };
            let row = rows.get(path[3].parse().ok()?)?.clone();
            rows.push(row);
            Some(())
        });
    }
}

fn opening(house: &DocumentMut, all: &mut Changes) {
    for path in paths(house, &["fields"], 2) {
        all.add(house, format!("{} to begin with", name(&path)), |it| {
            let field = table(it, &path).filter(|it| !it.contains_key("default"))?;
            field.insert("required", value(true));
            Some(())
        });
    }
    for kind in ["merged", "signal"] {
        all.add(house, format!("a case is {kind}"), |it| {
            let mut entry = InlineTable::new();
            if kind == "merged" {
                entry.insert("by", "officer".into());
                it["events"]["merged"] = value(entry);
                return Some(());
            }
            it["intake"]["signal"]["title"] = value("Signal");
            it["intake"]["signal"]["becomes"] = value("complaint");
            it["intake"]["complaint"]["title"] = value("Complaint");
            entry.insert("by", "officer".into());
            it["events"]["converted"] = value(entry);
            it["stages"]["logging"]["on"]["converted"]["to"] = value("@same");
            Some(())
        });
    }
}
