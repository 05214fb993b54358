//! The words that show what a sentence says, in the languages of our guides.

use std::sync::OnceLock;

use crate::model::word_search::{Case, WordSearch};

/// A list of words. Latin words have to stand alone or, with `*`, begin a word; others may stand anywhere.
#[derive(Debug)]
pub struct Phrases {
    words: &'static [&'static str],
    word_search: OnceLock<WordSearch>,
}

/// Words that say that a number is one to call.
pub static CALL: Phrases = Phrases::new(&[
    "hotline*",
    "helpline*",
    "customer care",
    "customer service*",
    "support line",
    "call",
    "calling",
    "dial",
    "dialling",
    "热线",
    "客服",
    "拨打",
    "致电",
    "電話",
    "电话",
    "專線",
    "热綫",
    "撥打",
    "kujdes*",
    "telefon*",
    "linja",
    "linjë",
    "numri i klient*",
]);

/// Words that say that a number is a company's own line.
pub static HOTLINE: Phrases = Phrases::new(&[
    "hotline*",
    "helpline*",
    "customer care",
    "customer service*",
    "热线",
    "客服",
    "專線",
    "kujdesi ndaj",
]);

/// Words that say that a number is for emergencies.
pub static EMERGENCY: Phrases = Phrases::new(&[
    "emergency",
    "emergencies",
    "police",
    "ambulance",
    "fire brigade",
    "fire service",
    "紧急",
    "緊急",
    "警察",
    "报警",
    "報警",
    "急救",
    "救护",
    "救護",
    "消防",
    "火警",
    "emergjenc*",
    "urgjenc*",
    "polici*",
    "zjarrfik*",
    "ambulanc*",
]);

/// Words that say that something is not so.
pub static DENIAL: Phrases = Phrases::new(&[
    "no",
    "not",
    "never",
    "nobody",
    "none",
    "mistaken",
    "mistake",
    "wrong",
    "wrongly",
    "don't",
    "doesn't",
    "isn't",
    "without",
    "neither",
    "nor",
    "没有",
    "不是",
    "不存在",
    "并非",
    "并无",
    "不要",
    "不再",
    "有误",
    "写错",
    "弄错",
    "搞错",
    "弄錯",
    "搞錯",
    "错误",
    "用不着",
    "无关",
    "不用",
    "不需要",
    "不必",
    "没关系",
    "沒有",
    "並非",
    "並無",
    "有誤",
    "寫錯",
    "錯誤",
    "用不到",
    "無關",
    "不需",
    "别打",
    "別打",
    "nuk",
    "mos",
    "asnjë",
    "asnjëri",
    "gabim",
    "gabohen",
    "gabojnë",
    "s'ka",
    "s'është",
    "pa",
]);

/// Words that say that something is in the past, or has become something else.
pub static PAST: Phrases = Phrases::new(&[
    "old",
    "older",
    "former",
    "formerly",
    "once",
    "was",
    "were",
    "became",
    "become",
    "becoming",
    "been",
    "until",
    "before",
    "previous*",
    "earlier",
    "now",
    "today",
    "today's",
    "renamed",
    "rename",
    "rebrand*",
    "merged",
    "merger",
    "merge",
    "joined",
    "closed",
    "ended",
    "history",
    "changed",
    "successor",
    "came with",
    "took over",
    "absorbed",
    "bought",
    "以前",
    "原",
    "曾",
    "前身",
    "旧",
    "舊",
    "现",
    "現",
    "如今",
    "今天",
    "改名",
    "更名",
    "改称",
    "改稱",
    "并入",
    "併入",
    "合并",
    "合併",
    "已于",
    "已於",
    "关闭",
    "關閉",
    "停止",
    "终止",
    "終止",
    "后来",
    "後來",
    "成为",
    "成為",
    "变成",
    "變成",
    "早先",
    "过去",
    "過去",
    "收购",
    "收購",
    "ish",
    "dikur",
    "më parë",
    "vjetër",
    "vjetra",
    "u bë",
    "u bënë",
    "bashkua",
    "bashkim*",
    "sot",
    "tani",
    "mbyll*",
    "u quajt",
    "quhej",
    "deri",
    "tashmë",
    "kaluar",
    "ndryshua*",
    "ndryshim*",
]);

/// Words that ask for something.
pub static ASKED: Phrases = Phrases::new(&[
    "need",
    "needs",
    "needed",
    "require*",
    "provide",
    "bring",
    "give",
    "enter",
    "have ready",
    "submit",
    "fill in",
    "提供",
    "准备",
    "準備",
    "需要",
    "填写",
    "填寫",
    "账户",
    "帳戶",
    "信息",
    "资料",
    "資料",
    "忘记",
    "忘記",
    "账单",
    "帳單",
    "nevojit*",
    "jepni",
    "kërko*",
    "duhet",
    "duhen",
    "plotëso*",
]);

/// Words that say that it is about a card.
pub static CARD: Phrases = Phrases::new(&["sim", "card", "cards", "卡", "kart*"]);

/// Words that say that it is about the telephone itself.
pub static HANDSET: Phrases = Phrases::new(&[
    "handset*",
    "device*",
    "the phone",
    "your phone",
    "a phone",
    "phone's",
    "stolen phone",
    "mobile phone",
    "box",
    "settings",
    "手机",
    "手機",
    "机身",
    "機身",
    "设备",
    "設備",
    "aparat*",
    "telefoni",
    "telefonit",
    "telefonin",
    "pajisj*",
]);

/// Words that join names in a list.
pub const JOINTS: &[&str] = &[
    "and",
    "or",
    "as well as",
    "和",
    "以及",
    "及",
    "与",
    "與",
    "或",
    "跟",
    "dhe",
    "ose",
    "si dhe",
    "e",
];

impl Phrases {
    const fn new(words: &'static [&'static str]) -> Phrases {
        Phrases { words, word_search: OnceLock::new() }
    }

    /// Whether `text`, which is in lower case, contains one of the words.
    pub fn are_in(&self, text: &str) -> bool {
        let stem = |cue: &&'static str| (cue.strip_suffix('*').unwrap_or(cue), Case::AsWritten);
        let word_search =
            self.word_search.get_or_init(|| WordSearch::new(self.words.iter().map(stem)));
        word_search.find(text).into_iter().any(|(index, range)| {
            let Some(cue) = self.words.get(index) else { return false };
            let before = text.get(..range.start).and_then(|head| head.chars().next_back());
            let after = text.get(range.end..).and_then(|tail| tail.chars().next());
            let begins = cue.ends_with('*');
            !cue.starts_with(is_latin)
                || (!before.is_some_and(is_latin) && (begins || !after.is_some_and(is_latin)))
        })
    }
}

/// Whether `c` is a Latin letter. The other scripts of our languages do not separate words with spaces.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_stand_alone_and_chinese_ones_anywhere() {
        assert!(PAST.are_in("an old card"));
        assert!(!PAST.are_in("it is sold here"));
        assert!(PAST.are_in("以前的卡"));
        assert!(CALL.are_in("hotlines") && !CALL.are_in("recall"));
    }
}
