//! Vigie, the binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    vigie::commands::main()
}
