//! What `test --format junit` writes: a suite for each protocol, a case for each scenario.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::render::compact;
use crate::render::test::text::failure_text;
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
        report.add_test_suite(suite);
    }
    for folder in unusable {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("the protocol has errors, so its scenarios could not be played");
        let mut suite = TestSuite::new(folder.clone());
        suite.add_test_case(TestCase::new("the protocol can be used", status));
        report.add_test_suite(suite);
    }
    report.to_string()
}

fn scenario(protocol: &TestedProtocol, it: &TestedScenario) -> TestCase {
    let bad = |kind: NonSuccessKind, message: &str, description: String| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(message).set_description(description);
        status
    };
    let status = match &it.verdict {
        Verdict::Passed | Verdict::Accepted => TestCaseStatus::success(),
        Verdict::Failed(failures) => {
            let text: String = failures.iter().map(|it| failure_text(protocol, it)).collect();
            let text = anstream::adapter::strip_str(&text).to_string();
            bad(NonSuccessKind::Failure, "something is not as expected", text)
        }
        Verdict::Unreadable(diagnostics) => {
            let lines = diagnostics.iter().map(|it| compact(it, &protocol.scenario_sources));
            bad(NonSuccessKind::Error, "the scenario cannot be read", lines.collect())
        }
        Verdict::TimelineNew => {
            bad(NonSuccessKind::Failure, "nobody has accepted its timeline yet", String::new())
        }
        Verdict::TimelineChanged { difference } => {
            let message = "its timeline is not the accepted one";
            bad(NonSuccessKind::Failure, message, difference.clone())
        }
    };
    let mut case = TestCase::new(it.title.clone(), status);
    case.set_classname(it.path.clone());
    case
}
