//! Names in Chinese, Japanese and Korean writing, which are told by their family names and their length.

/// The most common family names in mainland China and Taiwan, in both ways of writing, and the commonest double ones.
const CHINESE: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田\
    任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾\
    譚鄒陸顧龍萬錢湯賴龔";
/// The commonest family names in Korea, in Hangul.
const KOREAN: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길";
/// Characters that few Japanese family names do without.
const JAPANESE: &str = "田藤山本木村井中川野原林橋口松上石岡島崎谷池高橋森小佐渡伊加鈴斎清水阿部近後坂遠青福西三平吉宮内今大千菅武久新丸工杉増酒竹河津若桜工安菊荒和横";

/// Whether a text is, by its writing, likely the name of a person from China, Japan or Korea.
pub(super) fn name(text: &str) -> bool {
    let mut parts = text.split([' ', '\u{3000}']);
    let (Some(first), second, None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let count = |part: &str| part.chars().count();
    let length = count(first) + second.map_or(0, count);
    let Some(family) = first.chars().next() else { return false };
    let all = |test: fn(char) -> bool| text.chars().all(|c| matches!(c, ' ' | '\u{3000}') || test(c));
    if all(is_hangul) {
        return (2..=4).contains(&length) && KOREAN.contains(family) && second.is_none_or(|given| count(given) <= 2);
    }
    if !all(|c| is_han(c) || is_kana(c)) || !is_han(family) {
        return false;
    }
    match second {
        Some(given) => {
            let japanese = (1..=3).contains(&count(first)) && (1..=4).contains(&count(given));
            japanese && first.chars().any(|c| JAPANESE.contains(c) || CHINESE.contains(c))
        }
        None => all(is_han) && (2..=3).contains(&length) && CHINESE.contains(family),
    }
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '々')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eastern_names_are_told_from_other_words() {
        for text in
            ["王伟", "李秀英", "張志明", "김민준", "이서연", "박 지훈", "佐藤 太郎", "山本 さくら", "鈴木　一郎"]
        {
            assert!(name(text), "{text}");
        }
        for text in
            ["", "北京", "東京都", "电子邮件地址", "カメラ", "컴퓨터", "Wang Wei", "王", "배송 완료됨", "已发货"]
        {
            assert!(!name(text), "{text}");
        }
    }
}
