//! The operators of checked expressions.

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl CompareOp {
    /// Whether the comparison holds for values in this order.
    #[must_use]
    #[inline]
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// The comparison that says the same with its sides swapped.
    #[must_use]
    pub const fn swapped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal | Self::NotEqual => self,
        }
    }
}

/// What two compared values both are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Two yes-or-no values; only `==` and `!=`.
    Flags,
    /// Two numbers.
    Numbers,
    /// Two positions in sets with the same names.
    Indices,
    /// Two dates.
    Dates,
    /// Two texts, in order of their bytes.
    Texts,
}

/// What is calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

/// A question about a text and a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// Whether the part occurs anywhere.
    Contains,
    /// Whether the text starts with the part.
    StartsWith,
    /// Whether the text ends with the part.
    EndsWith,
}

/// What is asked of the entries of a record by a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// Whether it holds for one entry.
    Some,
    /// Whether it holds for each entry; true where there is none.
    All,
    /// For how many entries it holds.
    Count,
}

/// Which entry of a record is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The one that the outer closure is about.
    Outer,
    /// The one that the closure inside a closure is about.
    Inner,
    /// The one that was added last.
    Last,
}
