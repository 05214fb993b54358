//! Writes Serbian in Latin letters: each Cyrillic letter has a fixed counterpart.

const LETTERS: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('ђ', "đ"),
    ('е', "e"),
    ('ж', "ž"),
    ('з', "z"),
    ('и', "i"),
    ('ј', "j"),
    ('к', "k"),
    ('л', "l"),
    ('љ', "lj"),
    ('м', "m"),
    ('н', "n"),
    ('њ', "nj"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('ћ', "ć"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "h"),
    ('ц', "c"),
    ('ч', "č"),
    ('џ', "dž"),
    ('ш', "š"),
];

/// `text` with its Cyrillic letters replaced by Latin ones.
pub fn latin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for letter in text.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        match LETTERS.iter().find(|(cyrillic, _)| *cyrillic == small) {
            None => latin.push(letter),
            Some((_, written)) if small == letter => latin.push_str(written),
            // A capital becomes “Lj”, as at the start of a word or a sentence.
            Some((_, written)) => {
                let mut written = written.chars();
                latin.extend(written.next().into_iter().flat_map(char::to_uppercase));
                latin.extend(written);
            }
        }
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_its_own() {
        assert_eq!(
            latin("Његова џепна књига, Ђурђевдан – {n} SIM"),
            "Njegova džepna knjiga, Đurđevdan – {n} SIM"
        );
    }
}
