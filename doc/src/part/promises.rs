//! What holds whatever anybody does or fails to do.

use crate::page::{Line, Section, line, listed};
use crate::say::Say;

pub(crate) fn promises(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("what-is-guaranteed", p.what_is_guaranteed);
    let all = &say.machine.protocol.guarantees;
    if all.is_empty() {
        return section;
    }
    let id = Line::code(format!("protocol verify {}", say.machine.protocol.id));
    section.paragraph(line(p.guarantees_intro, &[("command", id)]));
    let one = |it: &engine::model::Guarantee| {
        let mut said = Line::from(&it.says);
        if !it.assume.is_empty() {
            let names = it.assume.iter().map(|it| say.deadline_link(*it)).collect();
            said = said.and(line(p.assumed, &[("what", listed(names, p.and))]));
        }
        said.and(say.cited(it.rule))
    };
    section.list(all.iter().map(one).collect());
    section
}
