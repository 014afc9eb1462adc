//! A reader reads.
use kit::db::Reader;
use kit::error::Error;

async fn rename(reader: &mut Reader) -> Result<(), Error> {
    reader
        .run(kit::global!("UPDATE departments SET name = 'Mine'"))
        .await?;
    Ok(())
}

fn main() {}
