//! What `test` found out, as data for the renderers.

use std::path::PathBuf;

use engine::diagnostic::Diagnostics;
use engine::scenario::{Coverage, Failure};
use engine::text::SourceSet;

/// A protocol whose scenarios were played.
pub(crate) struct TestedProtocol {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its files.
    pub sources: SourceSet,
    /// The files of its scenarios.
    pub scenario_sources: SourceSet,
    /// The scenarios, in order of their paths.
    pub scenarios: Vec<TestedScenario>,
    /// Accepted timelines without a scenario: their paths inside the protocol folder. Not looked
    /// for if some scenarios were left out.
    pub orphans: Vec<String>,
    /// What they have shown together; none if some were left out.
    pub coverage: Option<Coverage>,
    /// The coverage that is asked for, in percent.
    pub percent_min: u8,
}

/// A scenario that was played.
pub(crate) struct TestedScenario {
    /// What it shows; its path where it could not be read.
    pub title: String,
    /// Its path inside the protocol folder.
    pub path: String,
    /// How many events were reported in it.
    pub n_events: usize,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a scenario.
pub(crate) enum Verdict {
    /// Everything is as expected, and as accepted.
    Passed,
    /// It passed, and its timeline was accepted now.
    Accepted,
    /// Something is not as expected.
    Failed(Vec<Failure>),
    /// It could not be read.
    Unreadable(Diagnostics),
    /// Nobody has accepted its timeline yet.
    TimelineNew,
    /// Its timeline is not the one that was accepted.
    TimelineChanged {
        /// The difference, line by line.
        difference: String,
    },
}

impl Verdict {
    pub(crate) const fn is_good(&self) -> bool {
        matches!(self, Self::Passed | Self::Accepted)
    }
}

impl TestedProtocol {
    /// Whether the scenarios show less than is asked for.
    pub(crate) fn is_too_little_shown(&self) -> bool {
        self.coverage.as_ref().is_some_and(|it| it.percent() < self.percent_min)
    }
}
