//! Which row each place stands in: arrows lead down where they can, and each rung lies wholly
//! below the one before it.

use engine::picture::Picture;

/// Rows, and the direction in which arrows lead.
pub(crate) struct Rows {
    /// The row of each place, from 0.
    pub of: Vec<usize>,
    /// For each arrow, whether it leads up.
    pub leads_up: Vec<bool>,
}

impl Rows {
    /// Puts every place into a row.
    pub(crate) fn of(picture: &Picture) -> Self {
        let (order, leads_up) = walk(picture);
        let downwards: Vec<(usize, usize)> = picture
            .arrows
            .iter()
            .zip(&leads_up)
            .map(|(it, up)| if *up { (it.to, it.from) } else { (it.from, it.to) })
            .collect();
        let mut of = vec![0; picture.places.len()];
        let mut first_row = 0;
        for band in 0..picture.bands.len().max(1) {
            let is_in = |place: usize| picture.places[place].band == band;
            let members: Vec<usize> = order.iter().copied().filter(|it| is_in(*it)).collect();
            let mut below: Vec<Vec<usize>> = vec![Vec::new(); picture.places.len()];
            let mut is_top = vec![true; picture.places.len()];
            for (from, to) in downwards.iter().filter(|it| is_in(it.0) && is_in(it.1)) {
                below[*from].push(*to);
                is_top[*to] = false;
            }
            for place in &members {
                of[*place] = of[*place].max(first_row);
                for to in &below[*place] {
                    of[*to] = of[*to].max(of[*place] + 1);
                }
            }
            // What nothing leads to stands right above what it leads to.
            for place in members.iter().rev().filter(|it| is_top[**it]) {
                let nearest = below[*place].iter().map(|it| of[*it]).min();
                of[*place] = nearest.map_or(of[*place], |it| it - 1);
            }
            first_row = members.iter().map(|it| of[*it] + 1).max().unwrap_or(first_row);
        }
        Self { of, leads_up }
    }
}

/// The places in an order in which arrows lead on, but for those that lead back to a place on the
/// way: the second list says which do. Begins where cases begin, and keeps the order of the file.
fn walk(picture: &Picture) -> (Vec<usize>, Vec<bool>) {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); picture.places.len()];
    for (at, arrow) in picture.arrows.iter().enumerate() {
        leaving[arrow.from].push(at);
    }
    let mut leads_up = vec![false; picture.arrows.len()];
    let mut state = vec![State::New; picture.places.len()];
    let mut done = Vec::new();
    let starts = (0..picture.places.len()).filter(|it| picture.places[*it].start);
    let roots: Vec<usize> = starts.chain(0..picture.places.len()).collect();
    for root in roots {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if state[root] == State::New {
            state[root] = State::Open;
            path.push((root, 0));
        }
        while let Some((place, next)) = path.last_mut() {
            let Some(arrow) = leaving[*place].get(*next) else {
                state[*place] = State::Done;
                done.push(*place);
                path.pop();
                continue;
            };
            *next += 1;
            let to = picture.arrows[*arrow].to;
            match state[to] {
                State::New => {
                    state[to] = State::Open;
                    path.push((to, 0));
                }
                State::Open => leads_up[*arrow] = true,
                State::Done => {}
            }
        }
    }
    done.reverse();
    (done, leads_up)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}
