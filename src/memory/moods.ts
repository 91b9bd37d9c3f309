/** What people wrote lately, as moods: few readings a person, of those who wrote. */
import type { MoodReading } from '../domain/labels.ts'
import { emotions } from '../domain/question.ts'

const none: readonly MoodReading[] = []
const cells = 1 + emotions.length

export class Moods {
  readonly #readings = new Map<number, readonly MoodReading[]>()

  of(person: number): readonly MoodReading[] {
    return this.#readings.get(person) ?? none
  }

  put(person: number, readings: readonly MoodReading[]): void {
    if (readings.length === 0) this.#readings.delete(person)
    else this.#readings.set(person, readings)
  }

  /** Of each person: number, count of readings, then for each its time and emotions. */
  pack(): Float64Array {
    const numbers: number[] = []
    for (const [person, readings] of this.#readings) {
      numbers.push(person, readings.length)
      for (const { at, emotions: row } of readings) numbers.push(at.getTime(), ...row)
    }
    return Float64Array.from(numbers)
  }

  unpack(packed: Float64Array): void {
    for (let place = 0; place < packed.length; ) {
      const person = packed[place]!
      const readings = Array.from({ length: packed[place + 1]! }, (_, n) => {
        const [at = 0, ...row] = packed.subarray(place + 2 + n * cells, place + 2 + (n + 1) * cells)
        return { at: new Date(at), emotions: row }
      })
      this.put(person, readings)
      place += 2 + readings.length * cells
    }
  }
}
