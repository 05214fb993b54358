//! How a report looks: its colour, its width, and how many faults it shows.

/// How a report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// How many faults are shown before the rest is only counted.
    pub limit: usize,
    /// The columns of the terminal. A longer line of a source is cut around the place.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Style {
        Style { color: false, limit: 50, width: 120 }
    }
}

/// The value of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// What a command's surroundings say about colour. The command reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings<'a> {
    /// `NO_COLOR` (<https://no-color.org>): any value that is not empty means no colour.
    pub no_color: Option<&'a str>,
    /// `CLICOLOR_FORCE` (<https://bixense.com/clicolors>): any value other than empty or `0` means colour.
    pub clicolor_force: Option<&'a str>,
    /// `TERM`: a `dumb` terminal has no colour.
    pub term: Option<&'a str>,
    /// Whether the output stream is a terminal.
    pub is_terminal: bool,
}

impl ColorChoice {
    /// Whether to use colour. The flag decides first, then `NO_COLOR`, `CLICOLOR_FORCE` and the terminal.
    pub fn color(self, surroundings: Surroundings<'_>) -> bool {
        let Surroundings { no_color, clicolor_force, term, is_terminal } = surroundings;
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if no_color.is_some_and(|value| !value.is_empty()) => false,
            ColorChoice::Auto if clicolor_force.is_some_and(|value| !matches!(value, "" | "0")) => {
                true
            }
            ColorChoice::Auto => is_terminal && term != Some("dumb"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ColorChoice, Surroundings};

    const TERMINAL: Surroundings<'static> = Surroundings {
        no_color: None,
        clicolor_force: None,
        term: Some("xterm-256color"),
        is_terminal: true,
    };
    const PIPE: Surroundings<'static> = Surroundings { is_terminal: false, ..TERMINAL };

    #[test]
    fn a_terminal_gets_colour_and_a_pipe_gets_none() {
        assert!(ColorChoice::Auto.color(TERMINAL));
        assert!(ColorChoice::Auto.color(Surroundings { term: None, ..TERMINAL }));
        assert!(!ColorChoice::Auto.color(PIPE));
    }

    #[test]
    fn a_dumb_terminal_gets_none() {
        assert!(!ColorChoice::Auto.color(Surroundings { term: Some("dumb"), ..TERMINAL }));
    }

    #[test]
    fn no_color_is_honoured_unless_empty() {
        assert!(!ColorChoice::Auto.color(Surroundings { no_color: Some("1"), ..TERMINAL }));
        assert!(!ColorChoice::Auto.color(Surroundings { no_color: Some("0"), ..TERMINAL }));
        assert!(ColorChoice::Auto.color(Surroundings { no_color: Some(""), ..TERMINAL }));
    }

    #[test]
    fn colour_can_be_forced_into_a_pipe() {
        assert!(ColorChoice::Auto.color(Surroundings { clicolor_force: Some("1"), ..PIPE }));
        assert!(!ColorChoice::Auto.color(Surroundings { clicolor_force: Some("0"), ..PIPE }));
        assert!(!ColorChoice::Auto.color(Surroundings { clicolor_force: Some(""), ..PIPE }));
        let both = Surroundings { no_color: Some("1"), clicolor_force: Some("1"), ..PIPE };
        assert!(!ColorChoice::Auto.color(both));
    }

    #[test]
    fn the_flag_overrides_all() {
        let forced = Surroundings { clicolor_force: Some("1"), ..TERMINAL };
        let refused = Surroundings { no_color: Some("1"), term: Some("dumb"), ..PIPE };
        assert!(!ColorChoice::Never.color(forced));
        assert!(ColorChoice::Always.color(refused));
    }
}
