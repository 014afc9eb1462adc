//! A page's line to the desk, as a browser holds it.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::browsing::{ADDRESS, Door};

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whoever lost a right, or signed out, is on no line after this (issue "who may see and do what").
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// The door of a desk that listens, with the task that hears of changes.
pub struct Listening {
    pub door: Door,
    address: SocketAddr,
    stop: watch::Sender<bool>,
}

/// What a narrow line keeps on its way, in bytes.
const NARROW: u32 = 2 * 1024;

/// One line.
pub struct Line {
    socket: WebSocketStream<TcpStream>,
    /// Every byte that came, to look for what must not be there.
    pub heard: String,
}

impl Listening {
    /// Opens the door of a world to sockets.
    pub async fn at(door: Door) -> Listening {
        Listening::on(door, TcpListener::bind("127.0.0.1:0").await.unwrap()).await
    }

    /// The same on a machine that keeps next to nothing for those who do not read.
    pub async fn narrowly(door: Door) -> Listening {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(NARROW).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Listening::on(door, socket.listen(64).unwrap()).await
    }

    async fn on(door: Door, listener: TcpListener) -> Listening {
        let address = listener.local_addr().unwrap();
        let router = vigie::routes::router(&door.app);
        let (stop, stopped) = watch::channel(false);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let (hub, db) = (door.app.live.clone(), door.app.db.clone());
        tokio::spawn(vigie::live::hub::keep(hub, db, stopped));
        // The task listens from its first step on.
        tokio::task::yield_now().await;
        Listening {
            door,
            address,
            stop,
        }
    }

    /// What the desk answers to whoever wants a line, from a page of this origin.
    pub async fn asked(&self, who: &str, origin: Option<&str>) -> Result<Line, u16> {
        let socket = TcpSocket::new_v4().unwrap();
        self.asked_over(socket, who, origin).await
    }

    /// The same over a line that keeps next to nothing: whoever does not read holds the desk up soon.
    pub async fn asked_narrowly(&self, who: &str) -> Line {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(NARROW).unwrap();
        self.asked_over(socket, who, Some(ADDRESS)).await.unwrap()
    }

    async fn asked_over(
        &self,
        socket: TcpSocket,
        who: &str,
        origin: Option<&str>,
    ) -> Result<Line, u16> {
        let mut request = format!("ws://{}/live", self.address)
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        headers.insert("host", "desk.nordet.example".parse().unwrap());
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        if let Some(cookie) = self.door.cookie(who) {
            headers.insert("cookie", cookie.parse().unwrap());
        }
        let stream = socket.connect(self.address).await.unwrap();
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(Line {
                socket,
                heard: String::new(),
            }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// A page of somebody, at a place, with everything it is told first.
    pub async fn page(&self, who: &str, at: Value) -> (Line, Value) {
        let mut line = self.asked(who, Some(ADDRESS)).await.unwrap();
        line.says(at).await;
        let first = line.waits_for(|frame| frame["whole"] == true).await;
        (line, first)
    }

    /// Stops listening.
    pub async fn closes(self) {
        let _ = self.stop.send(true);
        self.door.closes().await;
    }
}

/// On a ticket, viewing it.
pub fn on(ticket: impl std::fmt::Display, version: i64) -> Value {
    let item = format!("ticket/{ticket}");
    json!({"say": "at", "section": "tickets", "mode": "detail", "item": item, "shows": {item.clone(): version}})
}

/// The same, with something changed and not saved in a field.
pub fn editing(ticket: impl std::fmt::Display, field: &str) -> Value {
    let mut at = on(ticket, 0);
    at["editing"] = json!(true);
    at["field"] = json!(field);
    at
}

/// On a list of tickets that grows.
pub fn list() -> Value {
    json!({"say": "at", "section": "tickets", "mode": "list", "list": true})
}

impl Line {
    /// Says something.
    pub async fn says(&mut self, words: Value) {
        let text = Message::text(words.to_string());
        self.socket.send(text).await.unwrap();
    }

    /// Says what is no word of the channel.
    pub async fn says_raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// Says something, though the desk may have ended the line by now.
    pub async fn says_if_open(&mut self, words: Value) {
        let _ = self.socket.send(Message::text(words.to_string())).await;
    }

    /// The next frame.
    pub async fn hears(&mut self) -> Value {
        match self.hears_or_ends().await {
            Ok(frame) => frame,
            Err(code) => panic!("the line ended: {code}"),
        }
    }

    /// The next frame, or the code the line ends with.
    pub async fn hears_or_ends(&mut self) -> Result<Value, u16> {
        // Not of each message: the desk calls its pages more often than that.
        let heard = tokio::time::timeout(PATIENCE, self.hears_at_last()).await;
        heard.expect("nothing came")
    }

    async fn hears_at_last(&mut self) -> Result<Value, u16> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    self.heard.push_str(&text);
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    if frame.get("beat").is_none() {
                        return Ok(frame);
                    }
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(0, |f| f.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(0),
            }
        }
    }

    /// Goes somewhere, and waits until it is told everything once more: what was to be told before
    /// has been told then.
    pub async fn goes(&mut self, at: Value) -> Value {
        self.says(at).await;
        self.knows().await
    }

    /// Everything, as it stands now.
    pub async fn knows(&mut self) -> Value {
        self.says(json!({"say": "again"})).await;
        loop {
            let frame = self.hears().await;
            if frame["whole"] == true {
                return frame;
            }
        }
    }

    /// Waits until a frame is as wanted.
    pub async fn waits_for(&mut self, what: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.hears().await;
            if what(&frame) {
                return frame;
            }
        }
    }

    /// How the line ends.
    pub async fn ends(&mut self) -> u16 {
        let ends = async {
            loop {
                if let Err(code) = self.hears_or_ends().await {
                    return code;
                }
            }
        };
        tokio::time::timeout(ENDS_WITHIN, ends)
            .await
            .expect("the line goes on")
    }

    /// Closes it as a page that is left does.
    pub async fn leaves(mut self) {
        let _ = self.socket.close(None).await;
    }
}
