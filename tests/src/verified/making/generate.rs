//! A random small protocol and what it guarantees, as text.

use std::fmt::Write as _;

use super::pieces::{LADDER, NEW_DATE, SEVERITY, amount, extension, head, term};
use crate::random::Random;

/// A protocol that a seed has made.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// `protocol.toml`, without what it guarantees.
    pub(crate) text: String,
    /// The entries of `[[guarantees]]`, each by itself.
    pub(crate) guarantees: Vec<String>,
    /// Whether every week is like every other.
    pub(crate) is_weekly: bool,
}

impl Made {
    /// All of it.
    pub(crate) fn whole(&self) -> String {
        format!("{}\n{}", self.text, self.guarantees.join("\n"))
    }
}

/// What is known of a protocol while it is made.
struct Plan {
    n_stages: usize,
    is_graded: bool,
    has_ladder: bool,
    /// The stage from which the complainant is asked, and the clock that stands still then.
    asks: Option<(usize, usize)>,
    withdraws: bool,
    /// How the first clock is lengthened.
    extends: Option<String>,
    /// Whether it may turn out later how severe it is.
    regrades: bool,
    /// The stage that sends the answer when it is left.
    answers: usize,
    terms: Vec<String>,
}

impl Plan {
    /// Whether somebody enters the date to which the first clock is put off.
    fn is_put_off(&self) -> bool {
        self.extends.as_ref().is_some_and(|it| it.contains("until = "))
    }
}

/// The protocol of a seed.
pub(crate) fn made(seed: u64) -> Made {
    let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let random = &mut random;
    let is_weekly = random.one_in(2);
    let mut text = head(random, is_weekly);
    let n_stages = 1 + random.below(3);
    let n_deadlines = 1 + random.below(3) + usize::from(random.one_in(4));
    let asks = random.one_in(3).then(|| (random.below(n_stages), random.below(n_deadlines)));
    let is_graded = random.one_in(3);
    let plan = Plan {
        n_stages,
        is_graded,
        has_ladder: random.one_in(2),
        asks,
        withdraws: random.one_in(3),
        extends: random.one_in(2).then(|| extension(random)),
        regrades: is_graded && random.one_in(2),
        answers: random.below(n_stages),
        terms: (0..n_deadlines).map(|_| term(random)).collect(),
    };
    if plan.is_graded || plan.is_put_off() {
        add(&mut text, "\n[fields]");
    }
    if plan.is_put_off() {
        add(&mut text, NEW_DATE);
    }
    if plan.is_graded {
        text.push_str(SEVERITY);
    }
    if plan.has_ladder {
        text.push_str(LADDER);
    }
    events(&mut text, &plan);
    (0..n_stages).for_each(|stage| a_stage(&mut text, random, &plan, stage));
    ends(&mut text, random, &plan);
    (0..n_deadlines).for_each(|place| a_deadline(&mut text, random, &plan, place));
    if let Some(extension) = &plan.extends {
        add(&mut text, &format!("\n[[deadlines.d0.extend]]\non = \"prolonged\"\n{extension}"));
    }
    let guarantees = super::promised::promised(
        random,
        &Told {
            n_stages,
            n_deadlines,
            is_graded: plan.is_graded,
            has_ladder: plan.has_ladder,
            withdraws: plan.withdraws,
            extends: plan.extends.is_some(),
            terms: plan.terms,
        },
    );
    Made { text, guarantees, is_weekly }
}

/// What guarantees may speak about.
pub(super) struct Told {
    pub(super) n_stages: usize,
    pub(super) n_deadlines: usize,
    pub(super) is_graded: bool,
    pub(super) has_ladder: bool,
    pub(super) withdraws: bool,
    pub(super) extends: bool,
    pub(super) terms: Vec<String>,
}

fn add(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{line}");
}

fn events(text: &mut String, plan: &Plan) {
    add(text, "\n[events]");
    (0..plan.n_stages).for_each(|it| add(text, &format!("done{it} = {{ by = [\"clerk\"] }}")));
    if plan.asks.is_some() {
        add(text, "asked = { by = [\"clerk\"] }\nreplied = { by = [\"complainant\"] }");
    }
    if plan.withdraws {
        add(text, "withdrawn = { by = [\"complainant\"] }");
    }
    if plan.extends.is_some() {
        let carries = if plan.is_put_off() { ", carries = [\"new_date\"]" } else { "" };
        add(text, &format!("prolonged = {{ by = [\"head\"]{carries} }}"));
    }
    if plan.regrades {
        add(text, "regraded = { by = [\"clerk\"], carries = [\"urgent\"] }");
    }
}

fn next(plan: &Plan, stage: usize) -> String {
    if stage + 1 == plan.n_stages { "closed".to_owned() } else { format!("s{}", stage + 1) }
}

fn a_stage(text: &mut String, random: &mut Random, plan: &Plan, stage: usize) {
    let next = next(plan, stage);
    add(text, &format!("\n[stages.s{stage}]\nowner = \"clerk\""));
    if stage == 0 {
        add(text, "start = true");
    }
    if random.one_in(4) {
        let after = term(random);
        let does = match random.below(3) {
            0 => "sends = [\"note\"]".to_owned(),
            1 => format!("to = \"{next}\", sends = [\"note\"]"),
            _ => format!("to = \"{next}\""),
        };
        add(text, &format!("after = {{ \"{after}\" = {{ {does} }} }}"));
    }
    add(text, &format!("\n[stages.s{stage}.on.done{stage}]\nto = \"{next}\""));
    match stage == plan.answers {
        true => add(text, "sends = [\"answer\"]"),
        false if random.one_in(3) => add(text, "sends = [\"note\"]"),
        false => {}
    }
    if plan.asks.is_some_and(|(from, _)| from == stage) {
        add(text, &format!("\n[stages.s{stage}.on.asked]\nto = \"waiting\""));
    }
}

/// The stage that waits for the complainant, the end, and withdrawal.
fn ends(text: &mut String, random: &mut Random, plan: &Plan) {
    if let Some((stage, clock)) = plan.asks {
        let limit = match random.below(6) {
            0 => "unbounded".to_owned(),
            1 => amount(1 + random.below(4), "calendar day"),
            _ => amount(1 + random.below(3), "working day"),
        };
        add(text, &format!("\n[stages.waiting]\npauses = {{ d{clock} = \"{limit}\" }}"));
        add(text, &format!("\n[stages.waiting.on.replied]\nto = \"s{stage}\""));
    }
    add(text, "\n[stages.closed]\nend = true");
    if plan.withdraws {
        add(text, "\n[anywhere.on.withdrawn]\nto = \"closed\"");
    }
    if plan.regrades {
        add(text, "\n[anywhere.on.regraded]");
    }
}

fn a_deadline(text: &mut String, random: &mut Random, plan: &Plan, place: usize) {
    let from = random.below(plan.n_stages);
    let before = place.saturating_sub(1);
    let starts = match random.below(5) {
        _ if place == 0 => "\"opened\"".to_owned(),
        0 => "\"opened\"".to_owned(),
        1 => format!("\"breach:d{before}\""),
        2 => format!("[\"met:d{before}\", \"breach:d{before}\"]"),
        _ => format!("\"stage:s{from}\""),
    };
    let met_by = match random.below(3) {
        0 => "[\"letter:answer\", \"stage:closed\"]".to_owned(),
        1 => format!("[\"stage:{}\", \"stage:closed\"]", next(plan, from)),
        _ => format!("[\"done{from}\"]"),
    };
    let within = match plan.is_graded && random.one_in(2) {
        true => {
            let fast = amount(1 + random.below(2), "working day");
            format!(
                "{{ by = \"severity\", high = \"{fast}\", otherwise = \"{}\" }}",
                plan.terms[place]
            )
        }
        false => format!("\"{}\"", plan.terms[place]),
    };
    let breach = match random.below(6) {
        0 if plan.has_ladder => "{ escalate = \"upper\" }".to_owned(),
        1 if plan.has_ladder => "{ escalate = \"upper\", sends = [\"sorry\"] }".to_owned(),
        2 => "{ sends = [\"sorry\"] }".to_owned(),
        3 => "{ sends = [\"answer\"], to = \"closed\" }".to_owned(),
        _ => "{ tells = [\"head\"] }".to_owned(),
    };
    add(text, &format!("\n[deadlines.d{place}]\nwho = \"clerk\"\nstarts = {starts}"));
    add(text, &format!("within = {within}\nmet_by = {met_by}\nbreach = {breach}"));
}
