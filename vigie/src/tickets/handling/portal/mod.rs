//! What requesters do to their own tickets in the portal, besides writing.

pub mod pages;
