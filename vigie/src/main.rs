//! Vigie, the binary.
fn main() {}
