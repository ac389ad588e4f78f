//! Figures for Prometheus, in its text form.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The upper ends of the steps in which durations are counted, in microseconds.
const STEPS_US: [u64; 12] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    30_000_000,
];

/// What is counted of requests, by method, route and status. Routes are templates, so that their
/// number has an end.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(String, String), OfRoute>>,
    problems: Mutex<BTreeMap<String, u64>>,
}

/// Sizes that are counted in steps, as whoever counts them says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Its name, without the prefix.
    pub name: &'static str,
    /// What it says.
    pub help: &'static str,
    /// The upper end of each step, and how many were at most that large.
    pub steps: Vec<(u64, u64)>,
    /// How many there were.
    pub n: u64,
    /// Their sum.
    pub sum: u64,
}

#[derive(Debug, Default)]
struct OfRoute {
    by_status: BTreeMap<u16, u64>,
    steps: [u64; STEPS_US.len()],
    n_requests: u64,
    total_us: u64,
}

/// A figure that is asked for when somebody looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gauge {
    /// Its name, without the prefix.
    pub name: &'static str,
    /// What it says.
    pub help: &'static str,
    /// Whether it only grows.
    pub is_counter: bool,
    /// Its value, in thousandths.
    pub thousandths: i64,
}

impl Gauge {
    /// A whole number.
    #[must_use]
    pub fn whole(name: &'static str, help: &'static str, value: u64) -> Self {
        let thousandths = i64::try_from(value).unwrap_or(i64::MAX).saturating_mul(1000);
        Self { name, help, is_counter: false, thousandths }
    }

    /// A whole number that only grows; its name ends in `_total`.
    #[must_use]
    pub fn counter(name: &'static str, help: &'static str, value: u64) -> Self {
        Self { is_counter: true, ..Self::whole(name, help, value) }
    }

    /// A time, written in seconds.
    #[must_use]
    pub const fn ms(name: &'static str, help: &'static str, ms: i64) -> Self {
        Self { name, help, is_counter: false, thousandths: ms }
    }
}

impl Metrics {
    /// Counts a request that was answered.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let of = requests.entry((method.to_owned(), route.to_owned())).or_default();
        *of.by_status.entry(status).or_default() += 1;
        of.n_requests = of.n_requests.saturating_add(1);
        of.total_us = of.total_us.saturating_add(took_us);
        for (step, end) in of.steps.iter_mut().zip(STEPS_US) {
            *step = step.saturating_add(u64::from(took_us <= end));
        }
    }

    /// Counts a request that was not carried out, by the name of the problem.
    pub fn refused(&self, problem: &str) {
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        *problems.entry(problem.to_owned()).or_default() += 1;
    }

    /// All figures, with those that are asked for now.
    #[must_use]
    pub fn text(&self, gauges: &[Gauge], sizes: &[Sizes]) -> String {
        let mut out = String::new();
        for it in sizes {
            head(&mut out, it.name, it.help, "histogram");
            for (end, n) in &it.steps {
                let _ = writeln!(out, "redress_{}_bucket{{le=\"{end}\"}} {n}", it.name);
            }
            let Sizes { name, n, sum, .. } = it;
            let _ = writeln!(out, "redress_{name}_bucket{{le=\"+Inf\"}} {n}");
            let _ = writeln!(out, "redress_{name}_sum {sum}\nredress_{name}_count {n}");
        }
        let name = "problems_total";
        head(&mut out, name, "Requests that were not carried out, by kind of problem.", "counter");
        let problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        for (problem, n) in problems.iter() {
            let _ = writeln!(out, "redress_{name}{{problem=\"{problem}\"}} {n}");
        }
        drop(problems);
        for it in gauges {
            let kind = if it.is_counter { "counter" } else { "gauge" };
            head(&mut out, it.name, it.help, kind);
            // Writing to a text cannot fail.
            let _ = writeln!(out, "redress_{} {}", it.name, decimal(it.thousandths));
        }
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let name = "http_requests_total";
        head(&mut out, name, "Requests answered, by method, route and status.", "counter");
        for ((method, route), of) in requests.iter() {
            for (status, n) in &of.by_status {
                let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
                let _ = writeln!(out, "redress_{name}{{{labels}}} {n}");
            }
        }
        let name = "http_request_duration_seconds";
        head(&mut out, name, "From the head of a request to its answer.", "histogram");
        for ((method, route), of) in requests.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\"");
            for (step, end) in of.steps.iter().zip(STEPS_US) {
                let end = seconds(end);
                let _ = writeln!(out, "redress_{name}_bucket{{{labels},le=\"{end}\"}} {step}");
            }
            let n = of.n_requests;
            let _ = writeln!(out, "redress_{name}_bucket{{{labels},le=\"+Inf\"}} {n}");
            let _ = writeln!(out, "redress_{name}_sum{{{labels}}} {}", seconds(of.total_us));
            let _ = writeln!(out, "redress_{name}_count{{{labels}}} {n}");
        }
        out
    }
}

fn head(out: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(out, "# HELP redress_{name} {help}\n# TYPE redress_{name} {kind}");
}

fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:03}"),
    }
}

fn seconds(us: u64) -> String {
    let text = format!("{}.{:06}", us / 1_000_000, us % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.answered("GET", "/v1/cases", 200, Duration::from_micros(700));
        metrics.answered("GET", "/v1/cases", 429, Duration::from_secs(60));
        metrics.refused("refused");
        let sizes = Sizes {
            name: "batch_decisions",
            help: "How large.",
            steps: vec![(1, 2), (2, 3)],
            n: 4,
            sum: 9,
        };
        let late = [Gauge::ms("timer_lateness_seconds", "How late.", -1_250)];
        let text = metrics.text(&late, &[sizes]);
        let lines = [
            "redress_problems_total{problem=\"refused\"} 1",
            "# TYPE redress_batch_decisions histogram",
            "redress_batch_decisions_bucket{le=\"2\"} 3",
            "redress_batch_decisions_bucket{le=\"+Inf\"} 4",
            "redress_batch_decisions_sum 9",
            "redress_batch_decisions_count 4",
            "# HELP redress_timer_lateness_seconds How late.",
            "# TYPE redress_timer_lateness_seconds gauge",
            "redress_timer_lateness_seconds -1.250",
            "redress_http_requests_total{method=\"GET\",route=\"/v1/cases\",status=\"429\"} 1",
            "redress_http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"0.0005\"} 0",
            "redress_http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"0.001\"} 1",
            "redress_http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"30\"} 1",
            "redress_http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"+Inf\"} 2",
            "redress_http_request_duration_seconds_sum{method=\"GET\",route=\"/v1/cases\"} 60.0007",
            "redress_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/cases\"} 2",
        ];
        for line in lines {
            assert!(text.lines().any(|it| it == line), "no `{line}` in\n{text}");
        }
    }
}
