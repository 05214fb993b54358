//! Shows on a terminal how far a long run has come.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// How long to wait before showing a bar: nobody needs one that is gone before it can be read.
const DELAY: Duration = Duration::from_millis(500);

/// Whether anybody is watching: standard error is a terminal, and `-q` was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    Yes,
    No,
}

/// A phase, and how much of it is done. Any thread may tick it. Nothing is drawn in the first half second,
/// and nothing is left on the terminal at the end.
pub struct Progress {
    bar: Option<Bar>,
}

struct Bar {
    bar: ProgressBar,
    delay: Duration,
    shown: AtomicBool,
    target: Box<dyn Fn() -> ProgressDrawTarget + Send + Sync>,
}

impl Progress {
    pub fn new(visible: Visible) -> Progress {
        match visible {
            Visible::Yes => Progress::on(Box::new(ProgressDrawTarget::stderr), DELAY),
            Visible::No => Progress { bar: None },
        }
    }

    /// Begins a phase of `total` steps.
    pub fn phase(&self, name: &'static str, total: usize) {
        if let Some(Bar { bar, .. }) = &self.bar {
            bar.set_position(0);
            bar.set_length(total as u64);
            bar.set_message(name);
        }
        self.reveal();
    }

    /// Records that one step of the phase is done.
    pub fn tick(&self) {
        if let Some(Bar { bar, .. }) = &self.bar {
            bar.inc(1);
        }
        self.reveal();
    }

    /// Removes the bar. Call this before anything else is printed.
    pub fn finish(&self) {
        if let Some(Bar { bar, .. }) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn on(target: Box<dyn Fn() -> ProgressDrawTarget + Send + Sync>, delay: Duration) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Progress { bar: Some(Bar { bar, delay, shown: AtomicBool::new(false), target }) }
    }

    fn reveal(&self) {
        let Some(Bar { bar, delay, shown, target }) = &self.bar else { return };
        let due = !shown.load(Ordering::Relaxed) && bar.elapsed() >= *delay;
        if due && !shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(target());
            bar.tick();
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bar = self.bar.as_ref().map(|bar| &bar.bar);
        f.debug_struct("Progress").field("bar", &bar).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use indicatif::TermLike;

    use super::{Duration, Progress, ProgressDrawTarget, Visible};

    /// A terminal that sends on what is written to it.
    #[derive(Debug, Clone)]
    struct Recorder(Sender<String>);

    impl TermLike for Recorder {
        fn width(&self) -> u16 {
            80
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.0.send(text.trim_end().to_string()).map_err(io::Error::other)
        }
        fn clear_line(&self) -> io::Result<()> {
            self.write_str("(cleared)")
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn recorded(delay: Duration) -> (Progress, Receiver<String>) {
        let (sender, receiver) = channel();
        let recorder = Recorder(sender);
        let target = move || ProgressDrawTarget::term_like(Box::new(recorder.clone()));
        (Progress::on(Box::new(target), delay), receiver)
    }

    #[test]
    fn a_long_run_shows_its_phase_and_clears_it() {
        let (progress, drawn) = recorded(Duration::ZERO);
        progress.phase("Rendering", 4);
        progress.tick();
        progress.finish();
        let drawn: Vec<String> = drawn.try_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(
            drawn.first().map(String::as_str),
            Some("Rendering [                              ] 0/4")
        );
        assert_eq!(drawn.last().map(String::as_str), Some("(cleared)"));
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let (progress, drawn) = recorded(Duration::MAX);
        progress.phase("Rendering", 4);
        progress.tick();
        progress.finish();
        assert_eq!(drawn.try_iter().next(), None);
    }

    #[test]
    fn every_thread_may_tick() {
        let (progress, _drawn) = recorded(Duration::MAX);
        progress.phase("Rendering", 400);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100).for_each(|_| progress.tick()));
            }
        });
        assert_eq!(progress.bar.as_ref().map(|bar| bar.bar.position()), Some(400));
    }

    #[test]
    fn nobody_watching_costs_nothing() {
        assert!(Progress::new(Visible::No).bar.is_none());
    }
}
