//! The WebSocket of one open page, small: thousands of them stand open and mostly say nothing.
//!
//! What axum offers keeps room for the largest frame it ever sent for as long as the page is open, which for
//! most of them is the first. Here a text goes straight to the connection, at once, and nothing of it is kept. What is
//! read of the protocol is tungstenite's, as it is there.

use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::header::{
    CONNECTION, HeaderMap, HeaderName, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, FrameHeader};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Message};

use super::wire::LONGEST;

/// What a socket is read by, in bytes.
const PIECE: usize = 1024;
/// The longest header of a frame, in bytes (RFC 6455, 5.2).
const HEADER: usize = 14;

/// A request that asks for a WebSocket, and can have one.
pub struct Asked {
    upgrade: OnUpgrade,
    accept: HeaderValue,
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").finish_non_exhaustive()
    }
}

/// What a page said.
#[derive(Debug)]
pub enum Heard {
    /// A text.
    Text(String),
    /// It is there: it answered a call, or calls itself.
    Sign,
    /// What no page of ours says.
    Nonsense,
}

/// An open line.
pub struct Socket(WebSocketStream<TokioIo<Upgraded>>);

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Socket").finish()
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    /// Who asks for anything else learns that there is nothing.
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asks = says(&parts.headers, &CONNECTION, "upgrade")
            && says(&parts.headers, &UPGRADE, "websocket")
            && says(&parts.headers, &SEC_WEBSOCKET_VERSION, "13");
        let key = parts.headers.get(SEC_WEBSOCKET_KEY).filter(|_| asks);
        let accept = key.map(|key| derive_accept_key(key.as_bytes()));
        let accept = accept.and_then(|it| HeaderValue::try_from(it).ok());
        let upgrade = parts.extensions.remove::<OnUpgrade>();
        match (upgrade, accept) {
            (Some(upgrade), Some(accept)) => Ok(Self { upgrade, accept }),
            _ => Err(StatusCode::NOT_FOUND),
        }
    }
}

/// Whether one of the words of this header is that word.
fn says(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim().eq_ignore_ascii_case(word))
}

impl Asked {
    /// Opens the line, and lets somebody speak on it in a task of its own.
    pub fn opens<F: Future<Output = ()> + Send + 'static>(
        self,
        speak: impl FnOnce(Socket) -> F + Send + 'static,
    ) -> Response {
        let Self { upgrade, accept } = self;
        tokio::spawn(async move {
            if let Ok(upgraded) = upgrade.await {
                let config = WebSocketConfig::default()
                    .read_buffer_size(PIECE)
                    .write_buffer_size(0)
                    .max_message_size(Some(LONGEST))
                    .max_frame_size(Some(LONGEST));
                let io = TokioIo::new(upgraded);
                let stream = WebSocketStream::from_raw_socket(io, Role::Server, Some(config));
                speak(Socket(stream.await)).await;
            }
        });
        let headers = [
            (CONNECTION, HeaderValue::from_static("upgrade")),
            (UPGRADE, HeaderValue::from_static("websocket")),
            (SEC_WEBSOCKET_ACCEPT, accept),
        ];
        (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
    }
}

impl Socket {
    /// What the page says next; nothing when the line ended.
    pub async fn hears(&mut self) -> Option<Heard> {
        match self.0.next().await?.ok()? {
            Message::Text(text) => Some(Heard::Text(text.as_str().to_owned())),
            Message::Ping(_) | Message::Pong(_) => Some(Heard::Sign),
            Message::Close(_) => None,
            Message::Binary(_) | Message::Frame(_) => Some(Heard::Nonsense),
        }
    }

    /// Says a text; whether it could be.
    pub async fn says(&mut self, text: String) -> bool {
        // What tungstenite itself has to say goes first, whole.
        if self.0.flush().await.is_err() {
            return false;
        }
        let mut frame = Vec::with_capacity(text.len() + HEADER);
        let header = FrameHeader {
            opcode: OpCode::Data(Data::Text),
            ..FrameHeader::default()
        };
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if header.format(length, &mut frame).is_err() {
            return false;
        }
        frame.extend_from_slice(text.as_bytes());
        let line = self.0.get_mut();
        line.write_all(&frame).await.is_ok() && line.flush().await.is_ok()
    }

    /// Calls the page, which answers by itself; whether it could be.
    pub async fn calls(&mut self) -> bool {
        self.0.send(Message::Ping(Bytes::new())).await.is_ok()
    }

    /// Says farewell; whether it could be.
    pub async fn leaves(&mut self, code: u16, reason: &'static str) -> bool {
        let frame = CloseFrame {
            code: code.into(),
            reason: reason.into(),
        };
        self.0.send(Message::Close(Some(frame))).await.is_ok()
    }
}
