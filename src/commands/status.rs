//! How a run ended.

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Fine,
    /// There are faults in the content.
    Faults,
    /// The command cannot be carried out as given.
    Refused,
    /// Something on this machine prevents it.
    Failed,
    /// There is a fault in the program.
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
