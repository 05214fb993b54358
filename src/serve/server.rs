//! Listens, and carries requests and answers over the network.
#![expect(clippy::disallowed_types, reason = "serve is the edge that listens")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
pub use tokio::sync::watch;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::serve::answer::{self, Answer, AnswerBody, Asked};
use crate::serve::current::{Current, Viewer};
use crate::serve::live::{self, Shown, Told};
use crate::serve::preview::Preview;
use crate::serve::rules::Rules;

/// How many ports above the requested one are tried.
const PORTS: u16 = 100;
/// A client that has not sent its headers by then is dropped.
const HEADER: Duration = Duration::from_secs(5);
/// A client that has not taken a page by then is dropped.
const ANSWER: Duration = Duration::from_secs(60);
/// How often a comment is sent, by which the server notices that a reader has left.
const HEARTBEAT: Duration = Duration::from_secs(15);
const CONNECTIONS: usize = 128;

/// An address that the server listens at.
#[derive(Debug)]
pub struct Bound {
    listener: std::net::TcpListener,
    pub address: SocketAddr,
}

/// Listens at `port` of `host`, or at the next port that is free.
pub fn bind(host: &str, port: u16) -> io::Result<Bound> {
    let mut ports = port..=port.saturating_add(PORTS);
    loop {
        let Some(port) = ports.next() else { return Err(io::ErrorKind::AddrInUse.into()) };
        let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
        match std::net::TcpListener::bind(addresses.as_slice()) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            listener => {
                let listener = listener?;
                listener.set_nonblocking(true)?;
                let address = listener.local_addr()?;
                return Ok(Bound { listener, address });
            }
        }
    }
}

/// A site that is being made for the first time.
pub type Coming = oneshot::Receiver<Current>;

/// A channel with two ends: one announces the site when it is there, the other waits for it.
pub fn coming() -> (oneshot::Sender<Current>, Coming) {
    oneshot::channel()
}

/// Answers requests until Ctrl-C, as soon as there is a site. One thread is plenty, because whatever is
/// requested is already there.
pub fn run(bound: Bound, rules: Arc<Rules>, current: Coming) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let ended = runtime.block_on(async {
        let listener = TcpListener::from_std(bound.listener)?;
        let answer = async {
            if let Ok(current) = current.await {
                accept(listener, rules, current).await;
            }
        };
        let (mut pressed, mut answer) = (pin!(tokio::signal::ctrl_c()), pin!(answer));
        let failed = |()| Err(io::Error::other("the preview has failed"));
        let ended = |cx: &mut Context<'_>| match pressed.as_mut().poll(cx) {
            Poll::Ready(pressed) => Poll::Ready(pressed),
            Poll::Pending => answer.as_mut().poll(cx).map(failed),
        };
        std::future::poll_fn(ended).await
    });
    runtime.shutdown_background();
    ended
}

async fn accept(listener: TcpListener, rules: Arc<Rules>, current: Current) {
    let mut open: BTreeMap<u64, Connection> = BTreeMap::new();
    for number in 0.. {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // There are no descriptors left, or the client has already gone; the next connection may do
            // better.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        open.retain(|_, connection| !connection.task.is_finished());
        if open.len() >= CONNECTIONS {
            make_room(&mut open);
        }
        let state = Arc::new(AtomicU64::new(IDLE));
        let task = connect(stream, rules.clone(), current.clone(), state.clone());
        open.insert(number, Connection { task: tokio::spawn(task), state });
    }
}

struct Connection {
    task: JoinHandle<()>,
    state: Arc<AtomicU64>,
}

/// Nothing has been requested yet, or everything has been answered.
const IDLE: u64 = 0;
const ASKED: u64 = 1;

/// Closes the oldest idle connection, or otherwise the oldest one.
fn make_room(open: &mut BTreeMap<u64, Connection>) {
    let idle = open.iter().find(|(_, one)| one.state.load(Ordering::Relaxed) == IDLE);
    let oldest = idle.or_else(|| open.iter().next()).map(|(number, _)| *number);
    if let Some(connection) = oldest.and_then(|number| open.remove(&number)) {
        connection.task.abort();
    }
}

async fn connect(stream: TcpStream, rules: Arc<Rules>, current: Current, state: Arc<AtomicU64>) {
    // A page is small and complete, so it should not wait for more data.
    let _ = stream.set_nodelay(true);
    let limit = Arc::new(Limit::default());
    let service = service_fn(|request: Request<Incoming>| {
        let (rules, current) = (rules.clone(), current.clone());
        let (limit, state) = (limit.clone(), state.clone());
        async move {
            state.store(ASKED, Ordering::Relaxed);
            let response = respond(&request, &rules, &current, &limit).await;
            state.store(if limit.is_stream() { ASKED } else { IDLE }, Ordering::Relaxed);
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // If anything goes wrong on the connection, the reader will notice.
    loop {
        match tokio::time::timeout(ANSWER, connection.as_mut()).await {
            Err(_) if limit.is_alive() => {}
            _ => return,
        }
    }
}

/// Whether a connection has earned more time: it carries events, or has made a request lately.
#[derive(Default)]
struct Limit {
    stream: AtomicU64,
    asked: AtomicU64,
}

impl Limit {
    fn is_stream(&self) -> bool {
        self.stream.load(Ordering::Relaxed) > 0
    }

    fn is_alive(&self) -> bool {
        self.is_stream() || self.asked.swap(0, Ordering::Relaxed) > 0
    }
}

async fn respond(
    request: &Request<Incoming>,
    rules: &Arc<Rules>,
    current: &Current,
    limit: &Limit,
) -> Response<Reply> {
    limit.asked.fetch_add(1, Ordering::Relaxed);
    let mut receiver = current.subscribe();
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let uri = request.uri();
    // An origin that is not even text is never our own.
    let origin = headers.contains_key(header::ORIGIN).then(|| text(header::ORIGIN).unwrap_or("?"));
    let fetch = |name| text(HeaderName::from_static(name)).unwrap_or_default();
    let asked = Arc::new(Asked {
        method: request.method().as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        host: host(request).map(str::to_owned),
        origin: origin.map(str::to_owned),
        languages: text(header::ACCEPT_LANGUAGE).unwrap_or_default().to_owned(),
        range: text(header::RANGE).map(str::to_owned),
        is_embedded: fetch("sec-fetch-site") == "cross-site"
            && fetch("sec-fetch-mode") != "navigate",
    });
    let answer = loop {
        let preview = receiver.borrow_and_update().clone();
        let (asked, own_rules) = (asked.clone(), rules.clone());
        let answer = apart(asked.is_slow(), move || answer::answer(&asked, &preview, &own_rules));
        let answer = answer.await.unwrap_or_else(answer::failed);
        // The next preview comes as soon as the rest of this one is drawn.
        if !matches!(answer.body, AnswerBody::Later) || receiver.changed().await.is_err() {
            break answer;
        }
    };
    let is_head = request.method() == "HEAD";
    reply(answer, is_head, rules, current, limit)
}

/// Does slow work on another thread, so that pages are answered in the meantime.
async fn apart<T: Send + 'static>(
    is_slow: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    match is_slow {
        true => tokio::task::spawn_blocking(work).await.ok(),
        false => Some(work()),
    }
}

/// The one host that a request names in its header and, if its target is absolute, in its target.
fn host(request: &Request<Incoming>) -> Option<&str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().filter(|_| hosts.next().is_none())?.to_str().ok()?;
    let agrees = |target: &str| target.eq_ignore_ascii_case(host);
    let target = request.uri().authority().map(|authority| authority.as_str());
    target.is_none_or(agrees).then_some(host)
}

/// Bytes that are sent without being copied.
struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn reply(
    answer: Answer,
    is_head: bool,
    rules: &Arc<Rules>,
    current: &Current,
    limit: &Limit,
) -> Response<Reply> {
    let Answer { status, headers, body, page } = answer;
    if let Some(page) = page {
        current.asked(page);
    }
    let reply = match body {
        AnswerBody::Part(bytes, range) => {
            Reply::Whole(Some(Bytes::from_owner(SharedBytes(bytes)).slice(range)))
        }
        AnswerBody::Events(_) if is_head => Reply::Whole(None),
        AnswerBody::Later => Reply::Whole(None),
        AnswerBody::Events(shown) => {
            limit.stream.fetch_add(1, Ordering::Relaxed);
            let (sender, events) = mpsc::channel(4);
            let reader = current.reader(&shown.page);
            tokio::spawn(tell(shown, reader, rules.clone(), current.subscribe(), sender));
            Reply::Events(events)
        }
    };
    let mut response = Response::new(reply);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() =
        headers.into_iter().fold(HeaderMap::new(), |mut map, (name, value)| {
            // All values are ours or percent-encoded; an invalid one is left out.
            if let Ok(value) = HeaderValue::from_str(&value) {
                map.insert(HeaderName::from_static(name), value);
            }
            map
        });
    response
}

/// Tells readers what happens to the page that they are looking at, until they leave.
async fn tell(
    shown: Shown,
    _reader: Viewer,
    rules: Arc<Rules>,
    mut now: watch::Receiver<Arc<Preview>>,
    sender: mpsc::Sender<Bytes>,
) {
    let mut told = Told::default();
    loop {
        let preview = now.borrow_and_update().clone();
        let (shown, rules) = (shown.clone(), rules.clone());
        let news = apart(shown.is_own(), move || {
            let events = live::events(&shown, &mut told, &preview, &rules);
            (events, told)
        });
        let Some((events, now_told)) = news.await else { return };
        told = now_told;
        if !events.is_empty() && sender.send(Bytes::from(events)).await.is_err() {
            return;
        }
        loop {
            match tokio::time::timeout(HEARTBEAT, now.changed()).await {
                Ok(Ok(())) => break,
                Ok(Err(_)) => return,
                Err(_) if sender.send(Bytes::from_static(b":\n\n")).await.is_err() => return,
                Err(_) => {}
            }
        }
    }
}

/// What is sent after the headers.
enum Reply {
    Whole(Option<Bytes>),
    Events(mpsc::Receiver<Bytes>),
}

impl HttpBody for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Reply::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Reply::Events(events) => {
                events.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Reply::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Reply::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Reply::Events(_) => SizeHint::default(),
        }
    }
}
