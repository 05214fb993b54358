//! How a run ended.

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Fine,
    /// Faults in the content.
    Faults,
    /// The command cannot be carried out as given.
    Refused,
    /// The machine stands in the way.
    Failed,
    /// A fault of ours.
    Broken,
}

impl Status {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Status::Fine => 0,
            Status::Faults => 1,
            Status::Refused => 2,
            Status::Failed => 3,
            Status::Broken => 4,
        }
    }
}
