//! Columns that share the width of a page.

use crate::words::{longest_piece, wrapped_by};

/// No column is narrower than this, in characters, unless all it holds is.
const WIDTH_MIN: usize = 8;

/// The widths of columns that together take at most `total` characters, where that is possible:
/// the widest give way first, and words are broken last.
pub(crate) fn widths(columns: &[Vec<&str>], total: usize) -> Vec<usize> {
    let widest = |cells: &Vec<&str>, of: fn(&str) -> usize| cells.iter().map(|it| of(it)).max();
    let mut widths: Vec<usize> =
        columns.iter().map(|it| widest(it, |cell| cell.chars().count()).unwrap_or(0)).collect();
    let whole: Vec<usize> =
        columns.iter().map(|it| widest(it, longest_piece).unwrap_or(0)).collect();
    let broken = vec![WIDTH_MIN; columns.len()];
    for least in [whole, broken] {
        while widths.iter().sum::<usize>() > total {
            let wide = widths.iter_mut().zip(&least).filter(|it| *it.0 > *it.1);
            let Some((widest, _)) = wide.max_by_key(|it| *it.0) else { break };
            *widest -= 1;
        }
    }
    widths
}

/// The lines of a cell. Words stay whole where they can; nothing is cut off.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    wrapped_by(text, &|line: &str| line.chars().count() <= width)
}

#[cfg(test)]
mod tests {
    use super::{lines, widths};

    #[track_caller]
    fn check(columns: &[&str], total: usize, expected: &[usize]) {
        let columns: Vec<Vec<&str>> = columns.iter().map(|it| vec![*it]).collect();
        assert_eq!(widths(&columns, total), expected);
    }

    #[test]
    fn the_widest_columns_give_way_and_words_last() {
        let (long, words) = ("abcdefghijklmnop", "some words in a row");
        check(&[long, words], 60, &[16, 19]);
        check(&[long, words], 28, &[16, 12]);
        check(&[long, words], 18, &[13, 5]);
        check(&[long, words], 5, &[8, 5]);
    }

    #[test]
    fn a_cell_keeps_all_of_its_text() {
        assert_eq!(lines("requires both sides", 9), ["requires", "both", "sides"]);
        assert_eq!(lines("both_sides", 6), ["both_", "sides"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("", 3), [""]);
    }
}
