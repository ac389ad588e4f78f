//! What each command does.

use std::path::Path;

use engine::diagnostic::nearest_or_listed;
use engine::model::{DeadlineId, EventId};
use engine::runtime::{self, Answer, Clock, Context, RefusalKind, ReportedAt};
use engine::scenario::timeline;
use engine::time::{Instant, TermFault, parse_term};
use store::file::Existing;

use crate::play::lines::Read;
use crate::play::missing::{self, Asked};
use crate::play::moment;
use crate::play::order::{Verb, named_event};
use crate::play::report::{moment_words, reported};
use crate::play::session::{Session, Then, unusable};
use crate::play::words::Word;
use crate::question::Reply;
use crate::render::{self, harmless};
use crate::unusable::Unusable;

impl Session<'_, '_, '_, '_> {
    /// Does what a line orders.
    pub(super) fn obey(&mut self, verb: Verb, rest: &[Word]) -> anyhow::Result<Then> {
        match verb {
            Verb::Report(event) => return self.report(event, rest, Refused::Stops),
            Verb::Try(event) => return self.report(event, rest, Refused::GoesOn),
            Verb::WhyNot => self.why_not(rest)?,
            Verb::Wait => self.wait(rest)?,
            Verb::Until => self.until(rest)?,
            Verb::Explain => self.explain(rest)?,
            Verb::Title => self.title(rest)?,
            Verb::Save => self.save(Path::new(&one(rest, "save", "late-answer.toml")?))?,
            Verb::Next => {
                nothing_after(rest, "next")?;
                self.play.advance().map_err(unusable)?;
                self.say_what_happened()?;
            }
            Verb::Undo => {
                nothing_after(rest, "undo")?;
                self.undo()?;
            }
            Verb::State => self.state()?,
            Verb::May => self.may()?,
            Verb::Due => self.due()?,
            Verb::Timeline => {
                let (scenario, outcome) = self.play.story(&self.title_or_default());
                let text = timeline(self.machine, &scenario, &outcome);
                self.output.data(&harmless(&text))?;
            }
            Verb::Help => self.output.data(render::help_text())?,
            Verb::Quit => return Ok(Then::Stop),
        }
        Ok(Then::GoOn)
    }

    fn report(&mut self, event: EventId, rest: &[Word], refused: Refused) -> anyhow::Result<Then> {
        let now = self.clock();
        if event != EventId::OPENED {
            self.opened()?;
        }
        let mut said = reported(self.machine, event, now, rest)?;
        if !self.lines.is_script() {
            match missing::ask(self.machine, event, &mut said, &mut self.lines, self.output)? {
                Asked::Complete => {}
                Asked::Dropped => {
                    self.output.note("nothing was reported\n")?;
                    return Ok(Then::GoOn);
                }
                Asked::Ended(Read::Interrupted) => return Ok(Then::Interrupted),
                Asked::Ended(_) => return Ok(Then::Stop),
            }
        }
        let came = if event == EventId::OPENED && self.play.n_steps() == 0 {
            let at = said.at.or(self.start).ok_or_else(no_start)?;
            self.play.open(at, said.recorded, &said.told)
        } else {
            self.play.report(event, said.when(), &said.told)
        };
        let came = match came {
            Err(error) if error.is_refused && self.lines.is_script() => {
                let why = format!("refused: {}", harmless(&error.problem));
                if refused == Refused::Stops {
                    return Ok(Then::Refused(why));
                }
                self.output.data(&format!("{why}\n"))?;
                return Ok(Then::GoOn);
            }
            came => came.map_err(unusable)?,
        };
        let refusal = came.reported.iter().find_map(|it| it.refusal.as_ref());
        let why = refusal.map(|it| {
            let is_condition = matches!(it.kind, RefusalKind::Conditions(_));
            let not_so = if is_condition { "this is not so: " } else { "" };
            format!("{not_so}{}", it.sentences(self.machine).join("; "))
        });
        self.say_what_happened()?;
        match (why, refused) {
            (Some(why), Refused::Stops) if self.lines.is_script() => {
                Ok(Then::Refused(format!("refused: {}", harmless(&why))))
            }
            (Some(_), _) if !self.lines.is_script() => {
                self.output.note(
                    "the refusal is part of the case now; `undo` takes it out, `why not` says more\n",
                )?;
                Ok(Then::GoOn)
            }
            _ => Ok(Then::GoOn),
        }
    }

    /// The virtual clock, also before the case is open.
    fn clock(&self) -> Option<Instant> {
        self.play.now().or_else(|| {
            Some(match self.start? {
                ReportedAt::Instant(at) => at,
                ReportedAt::Date(on) => self.machine.protocol.zone.day_start(on),
            })
        })
    }

    fn wait(&mut self, rest: &[Word]) -> anyhow::Result<()> {
        let words: Vec<&str> = rest.iter().map(|it| it.text.as_str()).collect();
        if words.is_empty() {
            let what = "it is not said how long to wait";
            return Err(Unusable::new(what).help("write `wait 3 working days`").into());
        }
        let term = parse_term(&words.join(" ")).map_err(|fault| not_waited(&fault))?;
        self.play.wait(term).map_err(unusable)?;
        self.say_what_happened()
    }

    fn until(&mut self, rest: &[Word]) -> anyhow::Result<()> {
        let Some((first, rest)) = rest.split_first() else {
            let what = "it is not said until when";
            return Err(Unusable::new(what).help("write `until 2026-04-14T10:00`").into());
        };
        let (text, rest) = moment_words(&first.text, rest);
        nothing_after(rest, "the time")?;
        let zone = &self.machine.protocol.zone;
        let at = moment::read(zone, self.clock(), &text)?;
        if self.play.n_steps() == 0 {
            self.start = Some(at);
            return Ok(self.output.data(&render::start_text(self.machine, at))?);
        }
        self.play.go_to(at).map_err(unusable)?;
        self.say_what_happened()
    }

    fn undo(&mut self) -> anyhow::Result<()> {
        let Some(step) = self.play.undo() else {
            return Err(Unusable::new("there is no step to take back").into());
        };
        let mut text = format!("taken back: {}\n", step.what);
        match self.play.now() {
            Some(now) => text.push_str(&render::now_text(self.machine, self.play.case(), now)),
            None => text.push_str("the case is not open\n"),
        }
        Ok(self.output.data(&text)?)
    }

    fn title(&mut self, rest: &[Word]) -> anyhow::Result<()> {
        let words: Vec<&str> = rest.iter().map(|it| it.text.as_str()).collect();
        let title = words.join(" ");
        if title.trim().is_empty() {
            let what = "the title is empty";
            return Err(Unusable::new(what).help("write `title \"answered one day late\"`").into());
        }
        self.title = Some(title);
        Ok(())
    }

    fn state(&mut self) -> anyhow::Result<()> {
        let now = self.opened()?;
        Ok(self.output.data(&render::state_text(self.machine, &self.play, now))?)
    }

    fn may(&mut self) -> anyhow::Result<()> {
        let at = self.play.ready_at().or_else(|| self.clock()).ok_or_else(no_start)?;
        let context = Context::new(self.play.strings());
        let all = runtime::possible(self.machine, self.play.case(), at, &context);
        let mut text = render::may_text(self.machine, self.play.case().stage, &all);
        if self.play.n_steps() > 0 {
            text.push_str(&self.ahead(at));
        }
        Ok(self.output.data(&text)?)
    }

    fn due(&mut self) -> anyhow::Result<()> {
        let now = self.opened()?;
        let text = self.ahead(now);
        Ok(self.output.data(&text)?)
    }

    fn ahead(&self, now: Instant) -> String {
        let ahead = runtime::outlook(self.machine, self.play.case(), now);
        render::ahead_text(self.machine, self.play.strings(), &ahead)
    }

    fn opened(&self) -> Result<Instant, Unusable> {
        let help = "open it: `open by complainant`; `may` says what it must bring";
        self.play.now().ok_or_else(|| Unusable::new("the case is not open yet").help(help))
    }

    fn explain(&mut self, rest: &[Word]) -> anyhow::Result<()> {
        self.opened()?;
        let said = one(rest, "explain", "answer")?;
        let (name, entry) = match said.split_once('#') {
            Some((name, entry)) => (name.to_owned(), Some(entry)),
            None => (said.clone(), None),
        };
        let protocol = &self.machine.protocol;
        let names = protocol.deadlines.iter().map(|it| it.name.as_str());
        let begun: Vec<usize> = (names.clone().enumerate())
            .filter(|(_, it)| it.starts_with(name.as_str()))
            .map(|(place, _)| place)
            .collect();
        let exact = names.clone().position(|it| it == name);
        let place = exact.or(if let [only] = begun.as_slice() { Some(*only) } else { None });
        let place = place.ok_or_else(|| {
            Unusable::new(format!("`{name}` is no deadline of this protocol"))
                .maybe_help(nearest_or_listed(&name, "deadline", names))
        })?;
        let deadline = &protocol.deadlines[place];
        let case = self.play.case();
        let id = DeadlineId::at(place);
        let is_meant = |it: &&Clock| {
            let of = runtime::entry_of(self.machine, case, it.id);
            let id_of = of.map(|id| self.play.strings().get(id));
            it.id.deadline == id && (entry.is_none() || id_of == entry)
        };
        let clock = case.clocks.iter().rev().find(is_meant).ok_or_else(|| {
            let name = entry.map_or(deadline.name.as_str(), |_| said.as_str());
            Unusable::new(format!("the clock of `{name}` has not begun in this case"))
        })?;
        let (ledger, due) = runtime::ledger(self.machine, case, clock)
            .map_err(|error| Unusable::new(error.to_string()))?;
        let warnings = clock.times.alarm.into_iter().collect();
        let term = deadline.alternatives.get(usize::from(clock.alternative));
        let rule = term.map_or(deadline.rule, |it| it.rule);
        let alternative = clock.alternative;
        let answer = Answer { due, ledger, alternative, warnings };
        let reply = Reply { deadline, start: clock.start, answer, rule, warnings: Vec::new() };
        Ok(self.output.data(&render::ledger_text(self.machine, &reply))?)
    }

    fn why_not(&mut self, rest: &[Word]) -> anyhow::Result<()> {
        let now = self.opened()?;
        let (event, rest) = named_event(self.machine, rest)?;
        let said = reported(self.machine, event, Some(now), rest)?;
        let text = self.why_not_text(event, said)?;
        Ok(self.output.data(&text)?)
    }

    /// The title that was given, or one that says how the case ends.
    pub(super) fn title_or_default(&self) -> String {
        let stage = self.machine.protocol.stages.get(self.play.case().stage.index());
        let stage = stage.map_or("", |it| it.title.as_str());
        self.title.clone().unwrap_or_else(|| format!("Played by hand up to the stage \"{stage}\""))
    }

    /// Writes the play as a scenario. A person is asked before a file is replaced.
    pub(super) fn save(&mut self, path: &Path) -> anyhow::Result<()> {
        let shown = path.display().to_string();
        let title = self.title_or_default();
        if path.is_file() && self.keep.existing == Existing::Keep && !self.lines.is_script() {
            let question = format!("`{shown}` is there already; replace it (y, n)? ");
            let answer = self.lines.answer(&question, self.output)?;
            if !matches!(&answer, Read::Line(it) if it == "y" || it == "yes") {
                return Ok(self.output.note("nothing was saved\n")?);
            }
            let keep = self.keep.replacing();
            let kept = keep.write(self.machine, &self.play, &title, path)?;
            return self.say_kept(&kept);
        }
        let kept = self.keep.write(self.machine, &self.play, &title, path)?;
        self.say_kept(&kept)
    }

    fn say_kept(&mut self, kept: &super::keep::Kept) -> anyhow::Result<()> {
        let and = if kept.is_accepted { ", with its timeline" } else { "" };
        let shown = kept.path.display();
        Ok(self.output.note(&format!("saved as the scenario `{shown}`{and}\n"))?)
    }
}

/// What a refusal means for a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    Stops,
    GoesOn,
}

/// Why nobody can wait that long. What helps with a term of a protocol is not always of use here.
fn not_waited(fault: &TermFault) -> Unusable {
    let told = Unusable::new(fault.to_string());
    match fault {
        TermFault::Negative => told.help("the clock does not go back; `undo` takes a step back"),
        TermFault::Zero => told.help("without `wait` no time passes between two steps"),
        _ => told.help(fault.help()),
    }
}

fn no_start() -> Unusable {
    Unusable::new("it is not said when the case begins")
        .help("begin with `at 2026-03-30T16:20`, or give `--at 2026-03-30T16:20`")
}

fn nothing_after(rest: &[Word], what: &str) -> Result<(), Unusable> {
    match rest.first() {
        None => Ok(()),
        Some(word) => Err(Unusable::new(format!("`{}` follows {what} for no reason", word.text))),
    }
}

fn one(rest: &[Word], verb: &str, example: &str) -> Result<String, Unusable> {
    match rest {
        [only] => Ok(only.text.clone()),
        _ => Err(Unusable::new(format!("`{verb}` takes one name"))
            .help(format!("write `{verb} {example}`"))),
    }
}
