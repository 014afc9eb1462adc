//! What web handlers stand on: cookies, protection against forged requests, forms, refusals.

pub mod cookie;
pub mod csrf;
pub mod form;
pub mod left_out;
pub mod refusal;
