//! The table that is printed: each line with what was wanted of it, and whether it is so.

use std::fmt::Write as _;

/// What is wanted of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// Nothing: it is there to be compared with.
    None,
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
}

/// One line.
pub(crate) struct Line {
    pub(crate) what: String,
    pub(crate) ours: String,
    pub(crate) bare: String,
    /// The figure for which there is a target, with its unit: a ratio, a time, a size.
    pub(crate) figure: Option<(f64, &'static str)>,
    pub(crate) target: Target,
}

/// The lines so far.
#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<Line>,
}

impl Table {
    pub(crate) fn add(&mut self, line: Line) {
        println!("{}", line.written());
        self.lines.push(line);
    }

    /// A figure that has no baseline.
    pub(crate) fn figure(&mut self, what: &str, figure: f64, unit: &'static str, target: Target) {
        let ours = format!("{} {unit}", shown(figure));
        let (what, bare) = (what.to_owned(), String::new());
        self.add(Line { what, ours, bare, figure: Some((figure, unit)), target });
    }

    /// Something said without a target.
    pub(crate) fn note(&mut self, what: &str, ours: String, bare: String) {
        let what = what.to_owned();
        self.add(Line { what, ours, bare, figure: None, target: Target::None });
    }

    /// Everything that was measured, as a table in Markdown.
    pub(crate) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for line in &self.lines {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{}", line.written());
        }
        let missed = self.lines.iter().filter(|it| it.is_met() == Some(false)).count();
        let wanted = self.lines.iter().filter(|it| it.is_met().is_some()).count();
        let _ = writeln!(text, "\n{} of {wanted} targets met.", wanted - missed);
        text
    }
}

pub(crate) const HEAD: &str =
    "| what | ours | bare | figure | target | verdict |\n| --- | --- | --- | --- | --- | --- |\n";

impl Line {
    fn is_met(&self) -> Option<bool> {
        let (figure, _) = self.figure?;
        match self.target {
            Target::None => None,
            Target::AtLeast(least) => Some(figure >= least),
            Target::AtMost(most) => Some(figure <= most),
        }
    }

    fn written(&self) -> String {
        let Self { what, ours, bare, figure, target } = self;
        let measured = figure.map(|(figure, unit)| format!("{} {unit}", shown(figure)));
        let measured = measured.unwrap_or_default();
        let unit = figure.map_or("", |(_, unit)| unit);
        let target = match target {
            Target::None => String::new(),
            Target::AtLeast(least) => format!("≥ {} {unit}", shown(*least)),
            Target::AtMost(most) => format!("≤ {} {unit}", shown(*most)),
        };
        let verdict = match self.is_met() {
            None => String::new(),
            Some(true) => "met".to_owned(),
            Some(false) => format!("not met: measured {measured}"),
        };
        format!("| {what} | {ours} | {bare} | {measured} | {target} | {verdict} |")
    }
}

/// A number with as many digits as say something.
pub(crate) fn shown(number: f64) -> String {
    match number.abs() {
        it if it >= 1_000.0 => thousands(number),
        it if it >= 100.0 => format!("{number:.0}"),
        it if it >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
