//! The two links under a list read in pages.

/// Addresses of the neighbouring pages; `None` where the list ends.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// The page before this one.
    pub previous: Option<String>,
    /// The page after this one.
    pub next: Option<String>,
}

impl Pager {
    /// False when everything fits on this page.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}
