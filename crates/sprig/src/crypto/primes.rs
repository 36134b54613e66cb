//! Random primes.

use super::seeded::Seeded;
use num_bigint::BigUint;

/// Small primes that candidates are tried by before the costly test.
const SIEVE: u32 = 10_000;
/// How far from its random beginning a search goes.
const REACH: u32 = 1 << 16;
/// Rounds of the Miller-Rabin test, each with a random base; random candidates need few.
const ROUNDS: usize = 5;

fn small_primes() -> Vec<u32> {
    let mut composite = vec![false; SIEVE as usize];
    let mut primes = Vec::new();
    for number in 2..SIEVE {
        if !composite[number as usize] {
            primes.push(number);
            (number * number..SIEVE).step_by(number as usize).for_each(|multiple| {
                composite[multiple as usize] = true;
            });
        }
    }
    primes
}

fn rest(number: &BigUint, prime: u32) -> u32 {
    (number % prime).iter_u32_digits().next().unwrap_or(0)
}

/// A random prime of exactly so many bits, the two highest of them set.
pub(super) fn prime(bits: usize, random: &mut Seeded) -> BigUint {
    loop {
        let mut start = random.number(bits);
        for bit in [0, bits as u64 - 1, bits as u64 - 2] {
            start.set_bit(bit, true);
        }
        let step = BigUint::from(2_u32);
        if let Some(found) = search(&start, &step, random).filter(|n| n.bits() == bits as u64) {
            return found;
        }
    }
}

/// The first prime of `start`, `start + step`, `start + 2 step`, …, within reach.
pub(super) fn search(start: &BigUint, step: &BigUint, random: &mut Seeded) -> Option<BigUint> {
    let primes = small_primes();
    let mut rests: Vec<(u32, u32, u32)> =
        primes.iter().map(|p| (*p, rest(start, *p), rest(step, *p))).collect();
    for count in 0..REACH {
        let divisible = rests.iter().any(|(_, rest, _)| *rest == 0);
        if !divisible {
            let candidate = start + step * count;
            if is_prime(&candidate, random) {
                return Some(candidate);
            }
        }
        for (prime, rest, step) in &mut rests {
            *rest = (*rest + *step) % *prime;
        }
    }
    None
}

/// The test of Miller and Rabin for an odd number that no small prime divides.
fn is_prime(number: &BigUint, random: &mut Seeded) -> bool {
    let one = BigUint::from(1_u32);
    let minus_one = number - &one;
    let twos = minus_one.trailing_zeros().unwrap_or(0);
    let odd = &minus_one >> twos;
    let passes = |base: BigUint| {
        let mut power = base.modpow(&odd, number);
        if power == one || power == minus_one {
            return true;
        }
        for _ in 1..twos {
            power = &power * &power % number;
            if power == minus_one {
                return true;
            }
        }
        false
    };
    // Nearly all composites fail here.
    if !passes(BigUint::from(2_u32)) {
        return false;
    }
    let bits = number.bits() as usize - 1;
    (1..ROUNDS).all(|_| passes(random.number(bits) + 2_u32))
}
