//! The roles, and who may do what.

use engine::model::{Doer, Event, EventId, Party, Role, RoleId};

use crate::page::{Cell, Line, Section, Table, line};
use crate::say::Say;

pub(crate) fn roles(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("roles", p.roles);
    let all = say.machine.protocol.roles.iter().enumerate();
    let rows = all.map(|(at, it)| role(say, RoleId::at(at), it)).collect();
    section.table(Table::new(&[p.role_head, p.contact_head, p.stands_in], rows));
    section.table(matrix(say));
    section
}

fn role(say: &Say<'_>, id: RoleId, role: &Role) -> Vec<Cell> {
    let p = say.phrases;
    let title = say.role_title(id);
    let mut named = match title.split_once(": ") {
        Some((short, does)) => vec![Line::strong(short), Line::from(does)],
        None => vec![Line::strong(title)],
    };
    named.push(Line::code(&role.name));
    if say.machine.protocol.accountable == id {
        named.push(p.answers_for_protocol.into());
    }
    if role.confidential {
        named.push(p.confidential.into());
    }
    named.extend(Some(say.cited(role.rule)).filter(|it| !it.is_empty()));
    let deputy = role.deputy.map(|it| Line::from(say.role(it)));
    vec![named, role.contact.iter().map(Line::from).collect(), deputy.into_iter().collect()]
}

/// A row for each event, a column for each party that may do or enter one.
fn matrix(say: &Say<'_>) -> Table {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let parties = (0..protocol.roles.len()).map(|at| Party::Role(RoleId::at(at)));
    let parties = parties.chain([Party::Complainant, Party::Respondent]);
    let events = || protocol.events.iter().enumerate().skip(1);
    let acts = |party: &Party| events().any(|(_, it)| !sign(say, it, *party).is_empty());
    let parties: Vec<Party> = parties.filter(acts).collect();
    let row = |(at, event): (usize, &Event)| {
        let signs = parties.iter().map(|it| {
            let sign = sign(say, event, *it);
            if sign.is_empty() { Vec::new() } else { vec![Line::from(sign)] }
        });
        let name = vec![Line::from(say.event(EventId::at(at)))];
        std::iter::once(name).chain(signs).collect()
    };
    let mut heads = vec![p.what.to_owned()];
    heads.extend(parties.iter().map(|it| crate::say::capital(&say.party(*it))));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let caption = line(p.matrix_caption, &[]).plain();
    Table::new(&heads, events().map(row).collect()).under(caption).matrix()
}

/// What a party may do about an event.
fn sign(say: &Say<'_>, event: &Event, party: Party) -> &'static str {
    let means = |list: &[Doer]| {
        list.iter().any(|it| match party {
            Party::Role(role) => say.means(*it, role),
            _ => *it == Doer::Party(party),
        })
    };
    if means(&event.by) {
        "●"
    } else if means(&event.entered_by) {
        "○"
    } else {
        ""
    }
}
