/**
 * Bayesian personalised ranking by stochastic gradient steps, one sample after another (Rendle et
 * al., UAI 2009, figure 4): each moves a user towards an item they have and away from one they lack.
 */
import { dot, exponentialOf, madd } from './vector'

const mostTries = 16

/** The n-th number of a stream: SplitMix64's finaliser on a counter (Steele, Lea & Flood, OOPSLA 2014). */
// @ts-ignore: decorator
@inline
function mixed(seed: u64, n: u64): u64 {
  let z = seed + n * 0x9e3779b97f4a7c15
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb
  return z ^ (z >> 31)
}

/** A whole number in [0, size) from the upper half of a mixed one (Lemire, 2019, without rejection). */
// @ts-ignore: decorator
@inline
function below(random: u64, size: i32): i32 {
  return <i32>(((random >> 32) * <u64>size) >> 32)
}

/**
 * Steps first … first + count of one stream; [from, to) is not looked at: the steps depend on each
 * other, so they are one piece of work. `rowOf` [entries] is the user of each entry, columns of a row
 * ascend; biases [items]. out [1] gets the summed loss.
 */
export function pairSteps(from: i32, to: i32, starts: usize, rowOf: usize, columnOf: usize, entries: i32, items: i32, userRows: usize, itemRows: usize, biases: usize, width: i32, first: f64, count: i32, seed: i32, rate: f32, userDecay: f32, itemDecay: f32, biasDecay: f32, out: usize): void {
  const bytes = <usize>width << 2
  let loss: f64 = 0
  for (let n = 0; n < count; n++) {
    let counter = (<u64>first + <u64>n) * (mostTries + 1)
    const entry = <usize>below(mixed(<u64>seed, counter), entries) << 2
    const user = load<u32>(rowOf + entry)
    const item = load<u32>(columnOf + entry)
    const other = lacking(<u64>seed, counter, starts + (<usize>user << 2), columnOf, items)
    if (other < 0) continue
    const u = userRows + <usize>user * bytes
    const i = itemRows + <usize>item * bytes
    const j = itemRows + <usize>other * bytes
    const bi = biases + (<usize>item << 2)
    const bj = biases + (<usize>other << 2)
    const x = load<f32>(bi) - load<f32>(bj) + dot(u, i, bytes) - dot(u, j, bytes)
    // σ(−x), from the power that cannot overflow.
    const power = exponentialOf(-abs(x))
    const part: f32 = x > 0 ? power : 1
    const pull = part / (1 + power)
    loss += max(-x, 0) + NativeMathf.log(1 + power)
    store<f32>(bi, load<f32>(bi) + rate * (pull - biasDecay * load<f32>(bi)))
    store<f32>(bj, load<f32>(bj) - rate * (pull + biasDecay * load<f32>(bj)))
    move(u, i, j, rate * pull, 1 - rate * userDecay, 1 - rate * itemDecay, bytes)
  }
  store<f64>(out, loss)
}

/** An item that is not in the user's row; -1 when many tries found none. */
function lacking(seed: u64, counter: u64, starts: usize, columnOf: usize, items: i32): i32 {
  const first = load<i32>(starts)
  const end = load<i32>(starts, 4)
  for (let attempt = 1; attempt <= mostTries; attempt++) {
    const item = below(mixed(seed, counter + attempt), items)
    if (!holds(columnOf, first, end, item)) return item
  }
  return -1
}

function holds(columnOf: usize, first: i32, end: i32, item: i32): bool {
  let low = first
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    if (load<i32>(columnOf + (<usize>middle << 2)) < item) low = middle + 1
    else high = middle
  }
  return low < end && load<i32>(columnOf + (<usize>low << 2)) == item
}

// @ts-ignore: decorator
@inline
function move(u: usize, i: usize, j: usize, step: f32, keepUser: f32, keepItem: f32, bytes: usize): void {
  const s = f32x4.splat(step)
  const ku = f32x4.splat(keepUser)
  const ki = f32x4.splat(keepItem)
  for (let d: usize = 0; d < bytes; d += 16) {
    const a = v128.load(u + d)
    const b = v128.load(i + d)
    const c = v128.load(j + d)
    const push = f32x4.mul(s, a)
    v128.store(u + d, madd(s, f32x4.sub(b, c), f32x4.mul(ku, a)))
    v128.store(i + d, madd(ki, b, push))
    v128.store(j + d, f32x4.sub(f32x4.mul(ki, c), push))
  }
}
