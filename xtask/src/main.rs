//! stub
#![expect(dead_code, reason = "stub")]
mod browser;
mod chance;
mod http;
mod mail;
mod servers;
fn main() {}
