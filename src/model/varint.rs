//! Numbers packed one after the other, each in as few bytes as it needs (LEB128).

/// Appends `number`, which takes one byte if it is below 128.
pub fn push(mut number: usize, bytes: &mut Vec<u8>) {
    loop {
        let [low, ..] = (number & 0x7F).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

/// Removes the first number and returns it; `None` at the end.
pub fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 300, 1 << 14, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| push(*number as usize, &mut bytes));
        assert_eq!(bytes.len(), 3 + 2 + 2 + 3 + 5);
        let mut rest = &*bytes;
        let read: Vec<u32> = std::iter::from_fn(|| take(&mut rest)).collect();
        assert_eq!(read, numbers);
    }
}
