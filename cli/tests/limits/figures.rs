//! A run of `protocol check` as a process of its own, with its time and its memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Time on a processor, not on the wall: the tests of a whole workspace share the machine.
const CPU_MS_MAX: u64 = 2_000;
const MEMORY_KB_MAX: u64 = 200 * 1024;
/// Something hangs. Nothing else takes so long, however busy the machine is.
const WALL_MAX: Duration = Duration::from_secs(60);
/// The unit in which Linux tells the time of a process, whatever the processor.
const TICK_MS: u64 = 10;

/// What is known of a process while it runs; nothing where the system has no `/proc`.
#[derive(Clone, Copy, Default)]
struct Figures {
    cpu_ms: u64,
    memory_kb: u64,
}

/// Checks a folder of these files. `expected` is the code of a fault that is found there, or the
/// summary where nothing is wrong.
#[track_caller]
pub(crate) fn check(name: &str, files: &[(String, Vec<u8>)], expected: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("limits").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join("protocol").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let told = folder.join("told.txt");
    let output = File::create(&told).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_protocol"))
        .args(["check", "--format", "compact"])
        .arg(folder.join("protocol"))
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .spawn()
        .unwrap();
    let (status, figures) = watched(&mut program, name);
    let told = String::from_utf8(fs::read(told).unwrap()).unwrap();
    let start: String = told.chars().take(2_000).collect();
    assert!(matches!(status.code(), Some(0 | 1)), "{name}: {status}: {start}");
    assert!(told.contains(expected), "{name}: no {expected} in {start}");
    let Figures { cpu_ms, memory_kb } = figures;
    assert!(cpu_ms <= CPU_MS_MAX, "{name}: {cpu_ms} ms of {CPU_MS_MAX}");
    assert!(memory_kb <= MEMORY_KB_MAX, "{name}: {memory_kb} KB of {MEMORY_KB_MAX}");
    fs::remove_dir_all(&folder).unwrap();
}

fn watched(program: &mut Child, name: &str) -> (ExitStatus, Figures) {
    let begin = Instant::now();
    let mut figures = Figures::default();
    loop {
        let now = of_process(program.id());
        figures.cpu_ms = figures.cpu_ms.max(now.cpu_ms);
        figures.memory_kb = figures.memory_kb.max(now.memory_kb);
        if let Some(status) = program.try_wait().unwrap() {
            return (status, figures);
        }
        if begin.elapsed() > WALL_MAX {
            program.kill().unwrap();
            program.wait().unwrap();
            panic!("{name}: no end within {WALL_MAX:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn of_process(id: u32) -> Figures {
    let read = |file: &str| fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default();
    let status = read("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let memory_kb = peak.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    // After the name in brackets, which may hold anything, come 11 numbers, then both times.
    let stat = read("stat");
    let times = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    let ticks: u64 = times.filter_map(|it| it.parse::<u64>().ok()).sum();
    Figures { cpu_ms: ticks * TICK_MS, memory_kb }
}
