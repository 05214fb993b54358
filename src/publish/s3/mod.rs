//! Publishes to S3-compatible storage: only what differs, and in a way that lets an interrupted run be resumed.

mod client;
pub mod fuzzing;
mod headers;
mod keys;
mod ledger;
mod requests;
mod workers;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::output::OutputPath;
use crate::model::publication::{Bucket, By, Held, Parcel, Plan, PlanChange, PlanStep};
use crate::publish::carrier::{Carrier, Stop, Survey};
use crate::publish::plan::turn;
use crate::publish::s3::client::{Client, StorageAnswer};
use crate::publish::s3::headers::{Headers, REDIRECT, headers};
use crate::publish::s3::ledger::{LEDGER, Ledger, Record};
use crate::publish::s3::requests::{Requests, Verb};

/// The largest number of pages in a list; each page has a thousand objects.
const PAGES: usize = 10_000;

#[derive(Debug)]
pub struct S3 {
    bucket: Bucket,
    requests: Requests,
    client: Client,
    found: BucketState,
}

/// What the survey has found.
#[derive(Debug, Default)]
struct BucketState {
    /// The ledger exactly as it is stored in the bucket.
    ledger: Option<Ledger>,
    /// What each file of the site should become.
    wanted: BTreeMap<OutputPath, Record>,
    /// The tags of the objects that are there.
    tags: BTreeMap<OutputPath, String>,
}

impl S3 {
    /// Returns an error if the region or the keys are not known.
    pub fn new(bucket: &Bucket) -> Result<S3, Stop> {
        let requests = Requests::new(bucket)?;
        let client = Client::new(keys::attempts());
        Ok(S3 { bucket: bucket.clone(), requests, client, found: BucketState::default() })
    }

    fn key(&self, path: &str) -> String {
        if self.bucket.prefix.is_empty() {
            return path.to_owned();
        }
        format!("{}/{path}", self.bucket.prefix)
    }

    fn ask(
        &self,
        verb: Verb,
        path: &str,
        headers: &Headers,
        body: &[u8],
    ) -> Result<StorageAnswer, Stop> {
        let key = self.key(path);
        let sign = || self.requests.sign(verb, &key, headers);
        let doing = format!("`{path}` could not be {}", verb.done());
        self.client.ask(&sign, headers, body, &doing)
    }

    fn read_ledger(&self) -> Result<Option<Ledger>, Stop> {
        let answer = self.ask(Verb::Get, LEDGER, &Headers::new(), &[])?;
        if answer.status == 404 && answer.code() != "NoSuchBucket" {
            return Ok(None);
        }
        let answer =
            answer.good(&format!("the bucket `{}` could not be read", self.bucket.name))?;
        Ledger::parse(&answer.body).map(Some).ok_or_else(|| {
            let reason = format!("`{}` is no list that this version can read", self.key(LEDGER));
            Stop::refused(reason, "publish with the version that wrote it, or a newer one")
        })
    }

    fn write_ledger(&self, ledger: &Ledger) -> Result<(), Stop> {
        if self.found.ledger.as_ref() == Some(ledger) {
            return Ok(());
        }
        let bytes = ledger.to_bytes();
        let answer = self.ask(Verb::Put, LEDGER, &headers::of_ledger(), &bytes)?;
        answer.good(&format!("`{LEDGER}` could not be sent")).map(drop)
    }

    /// The tag and size of everything in the bucket that a site could hold.
    fn list(&self) -> Result<BTreeMap<OutputPath, (String, u64)>, Stop> {
        let prefix = self.key("");
        let what = format!("the bucket `{}` could not be listed", self.bucket.name);
        let mut listed = BTreeMap::new();
        let mut token = None;
        let mut asked = BTreeSet::new();
        loop {
            let sign = || self.requests.list(&prefix, token.as_deref());
            let answer = self.client.ask(&sign, &Headers::new(), &[], &what)?.good(&what)?;
            let page = requests::listed(&String::from_utf8_lossy(&answer.body));
            let page = page.ok_or_else(|| {
                Stop::failed(what.clone(), "the answer is not that of S3-compatible storage")
            })?;
            for object in page.objects {
                let path = object.key.strip_prefix(&prefix).and_then(OutputPath::parse);
                if let Some(path) = path.filter(|path| path.as_str() != LEDGER) {
                    listed.insert(path, (object.tag, object.size));
                }
            }
            let Some(next) = page.next else { return Ok(listed) };
            if asked.len() >= PAGES || !asked.insert(next.clone()) {
                return Err(Stop::failed(what, "the storage never comes to the end of its list"));
            }
            token = Some(next);
        }
    }

    /// Carries out one step. Returns what the ledger will say about the file.
    fn step(&self, parcel: &Parcel, step: &PlanStep) -> Result<Option<Record>, Stop> {
        let path = step.path.as_str();
        if step.change == PlanChange::Deleted {
            let answer = self.ask(Verb::Delete, path, &Headers::new(), &[])?;
            let is_gone = answer.status == 404 && answer.code() != "NoSuchBucket";
            return match is_gone {
                true => Ok(None),
                false => answer.good(&format!("`{path}` could not be deleted")).map(|_| None),
            };
        }
        let bytes = headers::read(parcel, &step.path)?;
        let mut headers = headers(parcel, &step.path);
        let mut answer = self.ask(Verb::Put, path, &headers, &bytes)?;
        // Storage without redirects still has the page, which leads on by itself.
        if answer.status == 501 && headers.remove(REDIRECT).is_some() {
            answer = self.ask(Verb::Put, path, &headers, &bytes)?;
        }
        let answer = answer.good(&format!("`{path}` could not be sent"))?;
        let wanted = self.found.wanted.get(&step.path);
        Ok(wanted.map(|wanted| Record { tag: answer.tag.clone(), ..wanted.clone() }))
    }
}

impl Carrier for S3 {
    fn place(&self) -> String {
        format!("s3://{}/{}", self.bucket.name, self.key(""))
    }

    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop> {
        let ledger = self.read_ledger()?;
        let listed = self.list()?;
        let mut wanted = BTreeMap::new();
        for path in parcel.files.keys() {
            wanted.insert(path.clone(), headers::record(parcel, path)?);
        }
        let known = |path| ledger.as_ref().and_then(|ledger| ledger.files.get(path));
        let held = listed.iter().map(|(path, (tag, size))| {
            let (mark, by) = match known(path) {
                Some(record) => (record.mark(tag), By::Us),
                None => (format!("{tag} "), By::Others),
            };
            (path.clone(), Held { mark, size: *size, by })
        });
        let marks = wanted.iter().map(|(path, record)| (path.clone(), record.mark("")));
        let survey = Survey { wanted: marks.collect(), held: held.collect() };
        let tags = listed.into_iter().map(|(path, (tag, _))| (path, tag)).collect();
        self.found = BucketState { ledger, wanted, tags };
        Ok(survey)
    }

    fn send(&mut self, parcel: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop> {
        if !plan.steps.is_empty() {
            let ledger = self.found.beforehand(plan);
            self.write_ledger(&ledger)?;
            self.found.ledger = Some(ledger);
        }
        let mut sent = BTreeMap::new();
        // What a page asks for must be there before the page, so each turn waits for the one before.
        for steps in plan.steps.chunk_by(|one, next| turn(one) == turn(next)) {
            let records = workers::map(steps, |step| {
                let record = self.step(parcel, step)?;
                tick();
                Ok(record.map(|record| (step.path.clone(), record)))
            })?;
            sent.extend(records.into_iter().flatten());
        }
        self.write_ledger(&self.found.afterwards(sent))
    }
}

impl BucketState {
    /// The ledger while objects are changing. It lists everything that an interrupted run may have sent,
    /// and says nothing about an object that may or may not be true.
    fn beforehand(&self, plan: &Plan) -> Ledger {
        let mut files = self.ledger.clone().unwrap_or_default().files;
        files.retain(|path, _| self.tags.contains_key(path.as_str()));
        for step in plan.steps.iter().filter(|step| step.change != PlanChange::Deleted) {
            let Some(wanted) = self.wanted.get(&step.path) else { continue };
            let is_there = self.tags.contains_key(step.path.as_str());
            let before = files.remove(step.path.as_str()).unwrap_or_default();
            let is_sure = !is_there || before.headers == wanted.headers;
            let headers = if is_sure { wanted.headers.clone() } else { String::new() };
            files.insert(step.path.clone(), Record { headers, ..before });
        }
        Ledger { files }
    }

    fn afterwards(&self, mut sent: BTreeMap<OutputPath, Record>) -> Ledger {
        let fresh: BTreeSet<OutputPath> = sent.keys().cloned().collect();
        for (path, record) in self.wanted.iter().filter(|(path, _)| !fresh.contains(*path)) {
            let tag = self.tags.get(path).cloned().unwrap_or_default();
            sent.insert(path.clone(), Record { tag, ..record.clone() });
        }
        Ledger { files: sent }
    }
}
