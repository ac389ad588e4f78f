//! Why a scenario did not pass, for reports that other programs read.

use crate::render::compact;
use crate::render::test::text::failure_text;
use crate::tested::{TestedProtocol, TestedScenario, Verdict};

/// Why a scenario did not pass.
pub(crate) struct Reason {
    /// In a few words.
    pub message: &'static str,
    /// With all that is known, in lines; may be empty.
    pub text: String,
}

/// Why a scenario did not pass; nothing if it did.
pub(crate) fn reason(protocol: &TestedProtocol, it: &TestedScenario) -> Option<Reason> {
    let (message, text) = match &it.verdict {
        Verdict::Passed | Verdict::Accepted => return None,
        Verdict::Failed(failures) => {
            let text: String = failures.iter().map(|it| failure_text(protocol, it)).collect();
            let text = anstream::adapter::strip_str(&text).to_string();
            ("something is not as expected", text)
        }
        Verdict::Unreadable(diagnostics) => {
            let lines = diagnostics.iter().map(|it| compact(it, &protocol.scenario_sources));
            ("the scenario cannot be read", lines.collect())
        }
        Verdict::TimelineNew => ("nobody has accepted its timeline yet", String::new()),
        Verdict::TimelineChanged { difference } => {
            ("its timeline is not the accepted one", difference.clone())
        }
    };
    Some(Reason { message, text })
}
