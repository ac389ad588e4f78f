//! What a drawing consists of.

use std::fmt;

use crate::words::Weight;

/// The most places that are laid out: more take longer than anybody waits, and nobody reads them.
pub const PLACES_MAX: usize = 500;
/// The most arrows that are laid out.
pub const ARROWS_MAX: usize = 1_500;

/// A picture that is not laid out because of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// How many places it has.
    pub n_places: usize,
    /// How many arrows it has.
    pub n_arrows: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_places, n_arrows } = self;
        write!(
            f,
            "the picture has {n_places} stages on their rungs and {n_arrows} arrows, but at most \
             {PLACES_MAX} and {ARROWS_MAX} are drawn"
        )
    }
}

impl std::error::Error for TooLarge {}

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// The left side.
    pub x: i32,
    /// The upper side.
    pub y: i32,
    /// From left to right.
    pub width: i32,
    /// From top to bottom.
    pub height: i32,
}

impl Rect {
    /// The right side.
    #[must_use]
    pub const fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The lower side.
    #[must_use]
    pub const fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// Whether the two have a point inside in common.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether the other lies inside, its border included.
    #[must_use]
    pub const fn contains(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
}

/// How a line of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The name of the drawing.
    Heading,
    /// The name of a stage.
    Title,
    /// What leads on.
    Strong,
    /// A step of the marked path.
    Step,
    /// Everything else.
    Plain,
}

impl Style {
    /// The size of the font, in pixels.
    #[must_use]
    pub const fn size(self) -> i32 {
        match self {
            Self::Heading => 18,
            Self::Title => 14,
            Self::Strong | Self::Step => 12,
            Self::Plain => 11,
        }
    }

    /// From one line to the next, in pixels.
    #[must_use]
    pub const fn line_height(self) -> i32 {
        match self {
            Self::Heading => 24,
            Self::Title => 18,
            Self::Strong | Self::Step => 16,
            Self::Plain => 15,
        }
    }

    pub(crate) const fn weight(self) -> Weight {
        match self {
            Self::Plain => Weight::Plain,
            Self::Heading | Self::Title | Self::Strong | Self::Step => Weight::Bold,
        }
    }
}

/// A line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// Lines of text below one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextBlock {
    /// The space they take.
    pub rect: Rect,
    /// The lines, from the top.
    pub lines: Vec<Line>,
}

/// A place with its box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeBox {
    /// The place in the picture.
    pub place: usize,
    /// The box itself.
    pub rect: Rect,
    /// The box with the mark of a start beside it.
    pub outer: Rect,
    /// What stands in it.
    pub lines: Vec<Line>,
}

/// An arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The arrow in the picture.
    pub arrow: usize,
    /// Its points, from its beginning to its point, in pairs: from an odd one to the next it goes
    /// straight up or down, from an even one to the next it bends.
    pub points: Vec<(i32, i32)>,
    /// What is said on it.
    pub label: TextBlock,
}

/// A rung of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandBox {
    /// The band in the picture.
    pub band: usize,
    /// All of it, heading included.
    pub rect: Rect,
    /// Its heading.
    pub heading: TextBlock,
}

/// A picture with every part in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The width of the whole.
    pub width: i32,
    /// The height of the whole.
    pub height: i32,
    /// What stands above.
    pub heading: TextBlock,
    /// The bands, lowest rung first.
    pub bands: Vec<BandBox>,
    /// The boxes, in order of the places.
    pub nodes: Vec<NodeBox>,
    /// The arrows, in order.
    pub curves: Vec<Curve>,
    /// What stands below.
    pub below: Vec<TextBlock>,
}
