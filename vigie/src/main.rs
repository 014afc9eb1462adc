//! Vigie, the binary.

use std::process::ExitCode;

/// Pages are many small pieces, and the system's own way to give out memory keeps much of what is given back.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vigie::commands::main()
}
