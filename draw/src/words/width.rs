//! How wide a text is, without asking a font.

/// The first character of the tables.
const FIRST: u32 = 0x20;

/// Advance widths of U+0020 to U+007E in thousandths of the font size, measured on DejaVu Sans
/// 2.37. It is the widest sans serif in common use, 15 % wider than Arial, Helvetica and Liberation
/// Sans on running text: what fits by this table fits with them, with room to spare.
const PLAIN: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The same of DejaVu Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/// How thick the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// As running text.
    Plain,
    /// Bold.
    Bold,
}

/// The width of a text in whole pixels, rounded up. `size` is that of the font, in pixels.
#[must_use]
pub(crate) fn width(text: &str, size: i32, weight: Weight) -> i32 {
    let thousandths: i64 = text.chars().map(|it| i64::from(advance(it, weight))).sum();
    let pixels = (thousandths * i64::from(size) + 999) / 1000;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// Characters outside the tables count as the widest usual one of their script.
fn advance(character: char, weight: Weight) -> u16 {
    let table = match weight {
        Weight::Plain => &PLAIN,
        Weight::Bold => &BOLD,
    };
    let code = u32::from(character);
    let at = code.checked_sub(FIRST).and_then(|it| usize::try_from(it).ok());
    if let Some(width) = at.and_then(|it| table.get(it)) {
        return *width;
    }
    let plain = match code {
        // Marks that stand on the letter before them, and joiners.
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        // Latin with accents, and the punctuation of running text.
        0x00A0..=0x024F | 0x2010..=0x2027 => 700,
        // Greek, Cyrillic, Hebrew, Arabic.
        0x0370..=0x06FF => 800,
        _ => 1_100,
    };
    match weight {
        Weight::Plain => plain,
        Weight::Bold => plain + plain / 8,
    }
}

#[cfg(test)]
mod tests {
    use super::{Weight, width};

    #[track_caller]
    fn check(text: &str, expected: i32) {
        assert_eq!(width(text, 10, Weight::Plain), expected, "{text}");
    }

    #[test]
    fn widths_are_sums_of_advances_rounded_up() {
        check("", 0);
        check("i", 3);
        check("answer_sent", 63);
        check("é", 7);
        check("e\u{301}", 7);
        check("投诉", 22);
    }

    #[test]
    fn bold_is_wider() {
        assert!(width("answer", 13, Weight::Bold) > width("answer", 13, Weight::Plain));
    }
}
