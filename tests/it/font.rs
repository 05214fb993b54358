//! The smallest TrueType font: every character is a box.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper of tests fails loudly")]

/// A font that has `characters`, all of one width, and a space.
pub fn font(characters: &str) -> Vec<u8> {
    let mut characters: Vec<char> = characters.chars().chain([' ']).collect();
    characters.sort_unstable();
    characters.dedup();
    let count = u16::try_from(characters.len() + 1).unwrap();
    let square = glyph();
    // Glyph 0 stands for what is missing; a space has no shape.
    let shapes: Vec<&[u8]> = std::iter::once(&square[..])
        .chain(characters.iter().map(|c| if *c == ' ' { &[][..] } else { &square[..] }))
        .collect();
    let mut places = vec![0];
    for shape in &shapes {
        places.push(places[places.len() - 1] + u32::try_from(shape.len()).unwrap());
    }
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"cmap", cmap(&characters)),
        (b"glyf", shapes.concat()),
        (b"head", head()),
        (
            b"hhea",
            [&numbers(&[1, 0, 800, -200, 0, 600])[..], &[0; 22], &count.to_be_bytes()].concat(),
        ),
        (b"hmtx", numbers(&[600, 50]).repeat(usize::from(count))),
        (b"loca", places.iter().flat_map(|place| place.to_be_bytes()).collect()),
        (b"maxp", [&[0, 1, 0, 0][..], &count.to_be_bytes(), &[0; 26]].concat()),
    ];
    let mut font = [&[0, 1, 0, 0][..], &numbers(&[7, 64, 2, 48])].concat();
    let mut at = u32::try_from(font.len() + 16 * tables.len()).unwrap();
    for (tag, table) in &tables {
        let length = u32::try_from(table.len()).unwrap();
        font.extend(tag.iter());
        font.extend([[0; 4], at.to_be_bytes(), length.to_be_bytes()].concat());
        at += length.next_multiple_of(4);
    }
    for (_, mut table) in tables {
        table.resize(table.len().next_multiple_of(4), 0);
        font.extend(table);
    }
    font
}

fn numbers(numbers: &[i16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// 1000 units in an em, long places of glyphs.
fn head() -> Vec<u8> {
    let mut head =
        [&[0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5f, 0x0f, 0x3c, 0xf5][..], &numbers(&[0, 1000])]
            .concat();
    head.extend([0; 16]);
    head.extend(numbers(&[0, 0, 600, 700, 0, 8, 2, 1, 0]));
    head
}

/// A box from (50, 0) to (550, 700), its four corners on the curve.
fn glyph() -> Vec<u8> {
    let mut glyph = numbers(&[1, 50, 0, 550, 700, 3, 0]);
    glyph.extend([1; 4]);
    glyph.extend(numbers(&[50, 0, 500, 0, 0, 700, 0, -700]));
    glyph.resize(glyph.len().next_multiple_of(4), 0);
    glyph
}

/// Format 12: each character a group of its own.
fn cmap(characters: &[char]) -> Vec<u8> {
    let count = u32::try_from(characters.len()).unwrap();
    let mut cmap = numbers(&[0, 1, 3, 10, 0, 12, 12, 0]);
    for number in [16 + 12 * count, 0, count] {
        cmap.extend(number.to_be_bytes());
    }
    for (c, glyph) in characters.iter().zip(1_u32..) {
        cmap.extend([u32::from(*c), u32::from(*c), glyph].into_iter().flat_map(u32::to_be_bytes));
    }
    cmap
}
