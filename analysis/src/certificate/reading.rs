//! A certificate from its text, which may be anything.

use std::str::FromStr;

use engine::time::NaiveDate;

use crate::bases::Window;
use crate::certificate::{Certificate, Instants, Proof, Situation, VERSION, Way};
use crate::zone::UNBOUNDED;

/// Why a text is no certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It does not begin as one.
    NotOne,
    /// It is written in another version of the form.
    Version(String),
    /// A line, numbered from 1, is not what stands there in a certificate.
    Line(usize),
    /// It ends too early.
    CutOff,
}

/// Reads a certificate. What it says need not be so.
///
/// # Errors
/// It is none: only what [`write`](crate::certificate::write) gives is one.
pub fn read(text: &str) -> Result<Certificate, Misread> {
    let mut lines = Lines { rest: text, number: 0 };
    let Some(first) = text.lines().next().and_then(|it| it.strip_prefix("redress-certificate "))
    else {
        return Err(Misread::NotOne);
    };
    if first != VERSION.to_string() {
        // What is shown of it is short, whatever stands there.
        return Err(Misread::Version(first.chars().take(VERSION_SHOWN_MAX).collect()));
    }
    lines.next()?;
    let [engine, protocol, folder] =
        [lines.after("engine ")?, lines.after("protocol ")?, lines.after("folder ")?];
    let cases = lines.after("cases ")?;
    let dates: Option<Vec<NaiveDate>> = cases.split(' ').map(date).collect();
    let Some([from, to]) = dates.as_deref() else { return Err(lines.wrong()) };
    let window = Window { from: *from, to: *to };
    let mut proofs: Vec<Proof> = Vec::new();
    loop {
        let line = lines.next()?;
        if line == "end" {
            break;
        }
        let Some(guarantee) = line.strip_prefix("proof ") else { return Err(lines.wrong()) };
        let guarantee = guarantee.to_owned();
        if proofs.iter().any(|it| it.guarantee == guarantee) {
            return Err(lines.wrong());
        }
        proofs.push(Proof { guarantee, situations: situations(&mut lines)? });
    }
    if !lines.rest.is_empty() {
        lines.number += 1;
        return Err(lines.wrong());
    }
    let [engine, protocol, folder] = [engine, protocol, folder].map(str::to_owned);
    Ok(Certificate { engine, protocol, folder, window, proofs })
}

/// How many characters of an unknown version are shown.
const VERSION_SHOWN_MAX: usize = 20;

fn situations(lines: &mut Lines<'_>) -> Result<Vec<Situation>, Misread> {
    let mut situations: Vec<Situation> = Vec::new();
    while let Some(line) = lines.peek().filter(|it| !is_next(it)) {
        lines.next()?;
        if let Some(cells) = line.strip_prefix('|') {
            let instants = instants(cells).ok_or_else(|| lines.wrong())?;
            let situation = situations.last_mut().ok_or_else(|| lines.wrong())?;
            situation.instants.push(instants);
            continue;
        }
        let way = match line {
            "begin" => None,
            line => Some(way(line, situations.len()).ok_or_else(|| lines.wrong())?),
        };
        situations.push(Situation { way, instants: Vec::new() });
    }
    Ok(situations)
}

fn is_next(line: &str) -> bool {
    line == "end" || line.starts_with("proof ")
}

fn instants(cells: &str) -> Option<Instants> {
    // A blank stands before each.
    let mut parts = cells.split(' ');
    if parts.next() != Some("") {
        return None;
    }
    let bound = |it: &str| match it {
        "*" => Some(UNBOUNDED),
        it => number::<i32>(it).filter(|it| (-UNBOUNDED..UNBOUNDED).contains(it)),
    };
    parts.map(bound).collect()
}

/// From a situation before that of this number.
fn way(line: &str, number_of_this: usize) -> Option<Way> {
    let numbers: Option<Vec<usize>> = line.strip_prefix("from ")?.split(' ').map(number).collect();
    let [from, instants, step, leads] = numbers?.try_into().ok()?;
    (from < number_of_this).then_some(Way { from, instants, step, leads })
}

/// A number in the one way in which it is written.
fn number<T: FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|it: &T| it.to_string() == text)
}

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|it: &NaiveDate| it.to_string() == text)
}

/// The lines of a text, each with a line feed at its end.
struct Lines<'t> {
    rest: &'t str,
    /// Of the last line that was read, from 1.
    number: usize,
}

impl<'t> Lines<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.rest.split_once('\n').map(|it| it.0)
    }

    fn next(&mut self) -> Result<&'t str, Misread> {
        let (line, rest) = self.rest.split_once('\n').ok_or(Misread::CutOff)?;
        self.rest = rest;
        self.number += 1;
        Ok(line)
    }

    fn after(&mut self, name: &str) -> Result<&'t str, Misread> {
        let line = self.next()?;
        line.strip_prefix(name).ok_or_else(|| self.wrong())
    }

    const fn wrong(&self) -> Misread {
        Misread::Line(self.number)
    }
}
