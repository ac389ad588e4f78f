//! What `verify --format junit` writes: a suite for each protocol, a case for each guarantee.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::render::verify::text::course_lines;
use crate::render::verify::verdict::sentences;
use crate::render::xml;
use crate::verified::{Answered, Found, VerifiedProtocol, id_of, says_of};

/// The report as XML. What is not true is a failure, what is undecided an error: it was not found
/// out. `unusable` are the folders of protocols of which nothing can be said.
///
/// # Errors
/// Never in practice: every text can be written as XML.
pub(crate) fn verify_junit(
    protocols: &[VerifiedProtocol],
    unusable: &[String],
) -> Result<String, quick_junit::SerializeError> {
    let mut report = Report::new("protocol verify");
    for protocol in protocols {
        let it = &protocol.machine.protocol;
        let mut suite = TestSuite::new(format!("{} {}", it.id, it.version));
        suite.add_test_cases(protocol.list.iter().map(|it| case(protocol, it)));
        report.add_test_suite(suite);
    }
    for folder in unusable {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("the protocol has errors, so nothing can be said of it");
        let mut suite = TestSuite::new(folder.clone());
        suite.add_test_case(TestCase::new("the protocol can be used", status));
        report.add_test_suite(suite);
    }
    report.to_string().map(|it| xml(&it))
}

fn case(protocol: &VerifiedProtocol, it: &Answered) -> TestCase {
    let machine = &protocol.machine;
    let mut said = sentences(protocol, it).into_iter();
    let first = said.next().unwrap_or_default();
    let status = match it.found() {
        Found::Proved => TestCaseStatus::success(),
        Found::Refuted => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let rest: String = said.map(|it| it + "\n").collect();
            status
                .set_message(first)
                .set_description(rest + course_lines(protocol, it, "").as_str());
            status
        }
        Found::Undecided => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(first).set_description(said.collect::<Vec<_>>().join("\n"));
            status
        }
    };
    let mut case = TestCase::new(says_of(machine, it.verdict.asked), status);
    case.set_classname(id_of(machine, it.verdict.asked));
    case
}
