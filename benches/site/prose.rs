//! Writes prose of a wanted length in four languages, with emphasis, code and links in it.

use crate::random::Random;

/// A language of the corpus.
pub struct Locale {
    pub tag: &'static str,
    words: &'static str,
    /// Between two words, between two clauses, at a sentence's end.
    space: &'static str,
    comma: &'static str,
    stop: &'static str,
    /// Words of this language for four words of English.
    per_four: usize,
}

// A Chinese word here has two characters; 1.6 characters say what an English word says.
pub const TONGUES: [Locale; 4] = [
    Locale {
        tag: "en",
        words: "the card number operator shop your passport before phone ask keep closed date message \
                contract bill month prepaid network staff write address customer receipt wait call \
                abroad register office document name spelling signature copy balance top-up period \
                renewal account bank code message charge rule law regulator complaint answer days \
                when after with without until from for not and or every only again first last",
        space: " ",
        comma: ", ",
        stop: ". ",
        per_four: 4,
    },
    Locale {
        tag: "zh-Hans",
        words: "号码 运营 商店 护照 之前 电话 询问 保留 关闭 日期 短信 合约 账单 每月 预付 网络 店员 \
                书写 地址 客户 收据 等待 拨打 境外 登记 办公 文件 姓名 拼写 签名 复印 余额 充值 期限 \
                续订 账户 银行 代码 费用 规则 法律 监管 投诉 答复 工作 之后 没有 直到 因为 需要 可以 \
                或者 每次 只有 再次 首先 最后 本人 证件 柜台",
        space: "",
        comma: "，",
        stop: "。",
        per_four: 3,
    },
    Locale {
        tag: "zh-Hant",
        words: "號碼 業者 門市 護照 之前 電話 詢問 保留 關閉 日期 簡訊 合約 帳單 每月 預付 網路 店員 \
                書寫 地址 客戶 收據 等待 撥打 國外 登記 辦公 文件 姓名 拼寫 簽名 影印 餘額 儲值 期限 \
                續訂 帳戶 銀行 代碼 費用 規則 法律 主管 申訴 答覆 工作 之後 沒有 直到 因為 需要 可以 \
                或者 每次 只有 再次 首先 最後 本人 證件 櫃檯",
        space: "",
        comma: "，",
        stop: "。",
        per_four: 3,
    },
    Locale {
        tag: "sq",
        words: "karta numri operatori dyqani juaj pasaporta para telefoni pyesni ruani mbyllur data \
                mesazhi kontrata fatura muaji parapagim rrjeti punonjësi shkruani adresa klienti \
                mandati prisni telefononi jashtë regjistroni zyra dokumenti emri shkrimi nënshkrimi \
                kopja bilanci mbushja afati rinovimi llogaria banka kodi tarifa rregulli ligji \
                autoriteti ankesa përgjigjja ditë kur pas me pa deri nga për nuk dhe ose çdo vetëm",
        space: " ",
        comma: ", ",
        stop: ". ",
        per_four: 4,
    },
];

/// Writes in one language, with one guide's luck.
pub struct Prose<'a> {
    tongue: &'a Locale,
    words: Vec<&'static str>,
    pub random: Random,
    /// Addresses that a link may have.
    pub targets: Vec<String>,
}

impl<'a> Prose<'a> {
    pub fn new(tongue: &'a Locale, seed: u64, targets: Vec<String>) -> Prose<'a> {
        let words = tongue.words.split_whitespace().collect();
        Prose { tongue, words, random: Random::new(seed), targets }
    }

    fn word(&mut self) -> &'static str {
        self.random.pick(&self.words).unwrap_or_default()
    }

    /// Plain words without any mark, as long as `count` words of English: a title, a cell.
    pub fn title(&mut self, count: usize) -> String {
        let count = (count * self.tongue.per_four).div_ceil(4);
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        let title = words.join(self.tongue.space);
        let mut letters = title.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().collect::<String>() + letters.as_str()
        })
    }

    /// One line of sentences without marks.
    pub fn plain(&mut self, count: usize) -> String {
        let text = self.title(count);
        text + self.tongue.stop.trim_end()
    }

    /// Sentences with emphasis, code and links, about as long as `count` words of English.
    pub fn paragraph(&mut self, count: usize) -> String {
        let mut left = (count * self.tongue.per_four).div_ceil(4);
        let mut text = String::new();
        while left > 0 {
            let length = self.random.between(7, 16).min(left);
            left -= length;
            self.sentence(length, &mut text);
        }
        text.trim_end().to_owned()
    }

    fn sentence(&mut self, length: usize, text: &mut String) {
        let comma = self.random.between(4, 9);
        for place in 1..=length {
            let word = self.word();
            match self.random.below(60) {
                0 => text.push_str(&format!("**{word}**")),
                1 => text.push_str(&format!("*{word}*")),
                2 => text.push_str(&format!("`{word}`")),
                3 | 4 => {
                    let at = self.random.below(self.targets.len());
                    let target = self.targets.get(at).map_or("/", |target| target);
                    text.push_str(&format!("[{word}]({target})"));
                }
                _ => text.push_str(word),
            }
            if place < length {
                text.push_str(if place == comma { self.tongue.comma } else { self.tongue.space });
            }
        }
        // Lines are wrapped as editors do.
        if self.random.once_in(2) {
            text.push_str(self.tongue.stop.trim_end());
            text.push('\n');
        } else {
            text.push_str(self.tongue.stop);
        }
    }
}
