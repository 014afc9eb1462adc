//! What is offered while one types.

pub mod pages;
