//! What `test --format junit` writes: a suite for each protocol, a case for each scenario.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::render::test::reason::reason;
use crate::render::xml;
use crate::tested::{TestedProtocol, TestedScenario, Verdict};

/// The report as XML. `unusable` are the folders of protocols whose scenarios could not be
/// played.
///
/// # Errors
/// Never in practice: every text can be written as XML.
pub(crate) fn junit(
    protocols: &[TestedProtocol],
    unusable: &[String],
) -> Result<String, quick_junit::SerializeError> {
    let mut report = Report::new("protocol test");
    for protocol in protocols {
        let mut suite = TestSuite::new(format!("{} {}", protocol.id, protocol.version));
        suite.add_test_cases(protocol.scenarios.iter().map(|it| scenario(protocol, it)));
        if let Some(coverage) =
            protocol.coverage.as_ref().filter(|_| protocol.is_too_little_shown())
        {
            let what = format!("{} % of {} %", coverage.percent(), protocol.percent_min);
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(what);
            suite.add_test_case(TestCase::new("enough is shown by the scenarios", status));
        }
        if !protocol.orphans.is_empty() {
            let line = |it: &String| format!("{it} is the timeline of a scenario that is gone\n");
            suite.set_system_out(protocol.orphans.iter().map(line).collect::<String>());
        }
        report.add_test_suite(suite);
    }
    for folder in unusable {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("the protocol has errors, so its scenarios could not be played");
        let mut suite = TestSuite::new(folder.clone());
        suite.add_test_case(TestCase::new("the protocol can be used", status));
        report.add_test_suite(suite);
    }
    report.to_string().map(|it| xml(&it))
}

fn scenario(protocol: &TestedProtocol, it: &TestedScenario) -> TestCase {
    let status = reason(protocol, it).map_or_else(TestCaseStatus::success, |reason| {
        let kind = match it.verdict {
            Verdict::Unreadable(_) => NonSuccessKind::Error,
            _ => NonSuccessKind::Failure,
        };
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(reason.message).set_description(reason.text);
        status
    });
    let mut case = TestCase::new(it.title.clone(), status);
    case.set_classname(it.path.clone());
    case
}
