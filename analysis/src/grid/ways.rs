//! From where there is a way to something.

/// The steps between situations, as far as they are needed to find a way back.
#[derive(Default)]
pub(super) struct Ways {
    /// From which situation to which.
    steps: Vec<(usize, usize)>,
    /// Where it is there, or happens next, or may happen after the days that were looked at.
    able: Vec<usize>,
}

impl Ways {
    /// A step from one situation to another.
    pub(super) fn step(&mut self, from: usize, to: usize) {
        self.steps.push((from, to));
    }

    /// From this situation it can be reached, or nobody knows.
    pub(super) fn able(&mut self, node: usize) {
        self.able.push(node);
    }

    /// The first of so many situations from which there is no way.
    pub(super) fn stuck(&self, n_nodes: usize) -> Option<usize> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); n_nodes];
        for (from, to) in &self.steps {
            into.get_mut(*to).into_iter().for_each(|it| it.push(*from));
        }
        let mut is_able = vec![false; n_nodes];
        let mut left = self.able.clone();
        while let Some(node) = left.pop() {
            let Some(slot) = is_able.get_mut(node).filter(|it| !**it) else { continue };
            *slot = true;
            left.extend(into.get(node).into_iter().flatten());
        }
        is_able.iter().position(|it| !it)
    }
}
