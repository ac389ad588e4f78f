//! Whether one thing is due later than another that begins with it.

use crate::bases::due::Due;
use crate::bases::starts::Dues;
use crate::bases::{BaseSet, Bases, Counting, When};

impl Bases<'_> {
    /// Whether something is due later than something else that begins when it does: `Some` where it
    /// is so, or is not so, whenever both begin; `None` where that depends on the dates, or where
    /// something is not counted.
    #[must_use]
    pub fn is_later(&self, this: &Counting, than: &Counting) -> Option<bool> {
        let mut found: Option<bool> = None;
        for when in [When::Reported, When::Acted(BaseSet::NONE)] {
            let (this, than) = (self.dues(this, when), self.dues(than, when));
            for (this, than) in this.iter().zip(&*than) {
                for (this, than) in pairs(this, than, when) {
                    let is_later = later(this?, than?)?;
                    if *found.get_or_insert(is_later) != is_later {
                        return None;
                    }
                }
            }
        }
        found
    }
}

/// When both are due that begin in a piece, from the first of its instants to the last.
type Pair = (Option<(Due, Due)>, Option<(Due, Due)>);

fn pairs(this: &Dues, than: &Dues, when: When) -> impl Iterator<Item = Pair> {
    let at = |it: &Dues| it.first.zip(it.last);
    let on_date = |it: &Dues| it.on_date.map(|it| (it, it));
    let dated = (when == When::Reported).then(|| (on_date(this), on_date(than)));
    std::iter::once((at(this), at(than))).chain(dated)
}

/// Whether the one is later, at whatever instant of the piece both began; each is due the later
/// the later it began.
fn later(this: (Due, Due), than: (Due, Due)) -> Option<bool> {
    if this.0.earliest > than.1.latest? {
        return Some(true);
    }
    (this.1.latest? <= than.0.earliest).then_some(false)
}
