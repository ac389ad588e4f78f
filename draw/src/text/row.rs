//! The lines of the table, whatever it is written as.

use std::collections::BTreeSet;

use engine::picture::{Kind, Picture, Place, Way};

use crate::layout::any_of;

/// The headings of the columns.
pub(crate) const HEADINGS: [&str; 6] = ["from", "on", "when", "who", "within", "to"];

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// What stands in its columns.
    pub cells: [String; 6],
    /// The steps of the marked path that it stands for.
    pub taken: Vec<u32>,
}

/// A line of which it is not yet known on which rungs it holds.
struct Draft<'a> {
    from: &'a str,
    bands: BTreeSet<usize>,
    cells: [String; 5],
    taken: Vec<u32>,
}

/// The lines, by stage in the order of the file, then what holds in many stages. What is the same
/// on several rungs is one line.
pub(crate) fn rows(picture: &Picture) -> Vec<Row> {
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for (at, place) in picture.places.iter().enumerate() {
        for arrow in picture.arrows.iter().filter(|it| it.from == at) {
            let Some(to) = picture.places.get(arrow.to) else { continue };
            for way in &arrow.ways {
                add(&mut drafts, place, way, &whither(picture, place, to));
            }
        }
        for way in &place.stays {
            add(&mut drafts, place, way, "stays");
        }
    }
    let names: Vec<&str> = picture.places.iter().map(|it| it.name.as_str()).collect();
    let first = |name: &str| names.iter().position(|it| *it == name);
    drafts.sort_by_key(|it| first(it.from));
    let mut rows: Vec<Row> = drafts.into_iter().map(|it| finished(picture, it)).collect();
    rows.extend(picture.notes.iter().map(|note| {
        let to = note.to.clone().unwrap_or_else(|| "stays".to_owned());
        let [on, when, who, within, to] = cells(&note.way, &to);
        Row { cells: [note.from.clone(), on, when, who, within, to], taken: Vec::new() }
    }));
    rows
}

fn add<'a>(drafts: &mut Vec<Draft<'a>>, place: &'a Place, way: &Way, to: &str) {
    let cells = cells(way, to);
    let is_same = |it: &&mut Draft<'_>| {
        it.from == place.name && it.cells == cells && it.taken.is_empty() && way.taken.is_empty()
    };
    if let Some(draft) = drafts.iter_mut().find(is_same) {
        draft.bands.insert(place.band);
        return;
    }
    let bands = BTreeSet::from([place.band]);
    drafts.push(Draft { from: &place.name, bands, cells, taken: way.taken.clone() });
}

fn finished(picture: &Picture, draft: Draft<'_>) -> Row {
    let alike = picture.places.iter().filter(|it| it.name == draft.from);
    let is_everywhere = alike.clone().all(|it| draft.bands.contains(&it.band));
    let from = if is_everywhere {
        draft.from.to_owned()
    } else {
        let bands = draft.bands.iter().filter_map(|it| picture.bands.get(*it));
        let bands: Vec<&str> = bands.map(|it| it.name.as_str()).collect();
        format!("{} on {}", draft.from, bands.join(", "))
    };
    let [on, when, who, within, to] = draft.cells;
    Row { cells: [from, on, when, who, within, to], taken: draft.taken }
}

/// Where an arrow leads: the rung is said where it is another.
fn whither(picture: &Picture, from: &Place, to: &Place) -> String {
    match picture.bands.get(to.band) {
        Some(band) if from.band != to.band => format!("{} on {}", to.name, band.name),
        _ => to.name.clone(),
    }
}

fn cells(way: &Way, to: &str) -> [String; 5] {
    let when = match way.kind {
        Kind::Placed => way.when.as_ref().map_or_else(String::new, |it| format!("if {it}")),
        _ => way.condition(),
    };
    let within: Vec<String> = match way.kind {
        Kind::Missed | Kind::Lapsed => way.within.iter().map(|it| it.term.clone()).collect(),
        _ => way.within.iter().map(|it| format!("{}: {}", it.deadline, it.term)).collect(),
    };
    [way.heading(), when, any_of(&way.who), within.join("; "), to.to_owned()]
}
