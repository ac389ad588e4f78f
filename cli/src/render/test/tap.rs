//! What `test --format tap` writes: version 14 of the Test Anything Protocol, a point for each
//! scenario.

use serde_json::Value;

use crate::render::test::reason::reason;
use crate::render::{harmless, one_line, short};
use crate::tested::{TestedProtocol, TestedScenario};

/// A test point before it has its number.
struct Point {
    is_good: bool,
    title: String,
    /// Names and values that are told of a point that is not good.
    told: Vec<(&'static str, Value)>,
}

/// The report. `unusable` are the folders of protocols whose scenarios could not be played.
pub(crate) fn tap(protocols: &[TestedProtocol], unusable: &[String]) -> String {
    let of_scenarios = protocols.iter().flat_map(|protocol| {
        let points = protocol.scenarios.iter().map(|it| of_scenario(protocol, it));
        points.chain(of_coverage(protocol))
    });
    let points: Vec<Point> = of_scenarios.chain(unusable.iter().map(|it| of_folder(it))).collect();
    let mut text = format!("TAP version 14\n1..{}\n", points.len());
    for (number, point) in (1u32..).zip(&points) {
        let verdict = if point.is_good { "ok" } else { "not ok" };
        text.push_str(&format!("{verdict} {number} - {}\n", escaped(&point.title)));
        text.push_str(&block(&point.told));
    }
    for protocol in protocols {
        for path in &protocol.orphans {
            let path = protocol.folder.join(path);
            let shown = one_line(short(&path.to_string_lossy()));
            text.push_str(&format!("# {shown} is the timeline of a scenario that is gone\n"));
        }
    }
    text
}

fn of_scenario(protocol: &TestedProtocol, it: &TestedScenario) -> Point {
    let title = format!("{} {}: {}", protocol.id, protocol.version, it.title);
    let Some(reason) = reason(protocol, it) else {
        return Point { is_good: true, title, told: Vec::new() };
    };
    let file = protocol.folder.join(&it.path);
    let mut told = vec![
        ("message", reason.message.into()),
        ("file", harmless(short(&file.to_string_lossy())).into()),
    ];
    if !reason.text.is_empty() {
        told.push(("details", reason.text.lines().map(harmless).collect()));
    }
    Point { is_good: false, title, told }
}

fn of_coverage(protocol: &TestedProtocol) -> Option<Point> {
    let coverage = protocol.coverage.as_ref().filter(|_| protocol.is_too_little_shown())?;
    let title = format!("{} {}: enough is shown", protocol.id, protocol.version);
    let told = vec![
        ("message", "the scenarios show less than is asked for".into()),
        ("percent", coverage.percent().into()),
        ("percent_min", protocol.percent_min.into()),
    ];
    Some(Point { is_good: false, title, told })
}

fn of_folder(folder: &str) -> Point {
    let message = "the protocol has errors, so its scenarios could not be played";
    let title = format!("{}: the protocol can be used", short(folder));
    Point { is_good: false, title, told: vec![("message", message.into())] }
}

/// The block of YAML behind a test point. Its values are JSON, which is YAML, so that nothing in
/// them can end the block.
fn block(told: &[(&str, Value)]) -> String {
    if told.is_empty() {
        return String::new();
    }
    let mut text = "  ---\n".to_owned();
    for (name, value) in told {
        match value {
            Value::Array(lines) => {
                let lines: String = lines.iter().map(|line| format!("    - {line}\n")).collect();
                text.push_str(&format!("  {name}:\n{lines}"));
            }
            value => text.push_str(&format!("  {name}: {value}\n")),
        }
    }
    text + "  ...\n"
}

/// A description: one line, in which `#` would begin a directive.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('#', "\\#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_without_a_directive() {
        assert_eq!(escaped("a\nok 2 # SKIP \\"), "a ok 2 \\# SKIP \\\\");
    }

    #[test]
    fn nothing_that_is_told_ends_the_block() {
        let lines: Value = ["  ...", "not ok 9\u{1b}"].into_iter().map(harmless).collect();
        let told = [("message", "a\n...\nok 2".into()), ("details", lines)];
        let expected = "  ---\n  message: \"a\\n...\\nok 2\"\n  details:\n    - \"  ...\"\n    \
                        - \"not ok 9\u{fffd}\"\n  ...\n";
        assert_eq!(block(&told), expected);
    }
}
