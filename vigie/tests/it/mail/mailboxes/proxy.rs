//! A line to the server that breaks where it is told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A line that breaks.
pub struct Proxy {
    pub port: u16,
    /// How often it broke.
    pub cuts: Arc<AtomicUsize>,
}

impl Proxy {
    /// Leads to `server`. The first connections each break after so many bytes have come from it; those after them hold.
    pub async fn to(server: u16, breaks_after: Vec<usize>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Proxy {
            port: listener.local_addr().unwrap().port(),
            cuts: Arc::default(),
        };
        let cuts = Arc::clone(&proxy.cuts);
        tokio::spawn(async move {
            let mut breaks = breaks_after.into_iter();
            while let Ok((here, _)) = listener.accept().await {
                let there = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                tokio::spawn(lead(here, there, breaks.next(), Arc::clone(&cuts)));
            }
        });
        proxy
    }
}

async fn lead(
    here: TcpStream,
    there: TcpStream,
    breaks_after: Option<usize>,
    cuts: Arc<AtomicUsize>,
) {
    let (mut from_here, mut to_here) = here.into_split();
    let (mut from_there, mut to_there) = there.into_split();
    let outward = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_here, &mut to_there).await;
    });
    let mut left = breaks_after.unwrap_or(usize::MAX);
    let mut piece = [0u8; 1024];
    while let Ok(n) = from_there.read(&mut piece).await {
        if n == 0 || to_here.write_all(&piece[..n.min(left)]).await.is_err() {
            break;
        }
        left = left.saturating_sub(n);
        if left == 0 {
            cuts.fetch_add(1, Ordering::SeqCst);
            break;
        }
    }
    outward.abort();
}
