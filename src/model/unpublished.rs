//! Guides that readers do not have today, by the days that they name.

use std::sync::Arc;

use crate::model::date::Date;
use crate::model::site::Guide;

/// A guide that readers do not have today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpublished {
    pub guide: Arc<Guide>,
    pub why: PublishState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishState {
    /// From this day on they will have it.
    Coming(Date),
    /// Up to this day they had it.
    Over(Date),
}

impl PublishState {
    /// For messages, after what it is of.
    pub fn words(self) -> String {
        match self {
            PublishState::Coming(day) => format!("is published from {day}"),
            PublishState::Over(day) => format!("was published until {day}"),
        }
    }
}
