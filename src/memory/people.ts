/** The people of the network, as numbers. A number is never given to somebody else. */
import type { MoodReading } from '../domain/labels.ts'
import type { User } from '../domain/user.ts'
import { grown } from './columns.ts'
import type { PeopleMemory } from './memory.ts'
import { Moods } from './moods.ts'

export class People implements PeopleMemory {
  readonly #numbers = new Map<string, number>()
  readonly #moods = new Moods()
  #users: (User | undefined)[] = []
  #clocks: Float64Array = new Float64Array(0)

  get count(): number {
    return this.#users.length
  }

  get liveCount(): number {
    return this.#numbers.size
  }

  numberOf(id: string): number {
    return this.#numbers.get(id) ?? -1
  }

  get(person: number): User | undefined {
    return this.#users[person]
  }

  isLive(person: number): boolean {
    return this.#users[person] !== undefined
  }

  isPrivate(person: number): boolean {
    return this.#users[person]?.isPrivate === true
  }

  moodsOf(person: number): readonly MoodReading[] {
    return this.#moods.of(person)
  }

  /** The clock of the change that put the person last. */
  clockOf(person: number): number {
    return this.#clocks[person] ?? 0
  }

  put(user: User, clock: number): number {
    const person = this.#numbers.get(user.id) ?? this.#users.length
    this.#numbers.set(user.id, person)
    this.#clocks = grown(this.#clocks, person + 1)
    this.#clocks[person] = clock
    this.#users[person] = user
    if (user.usesMood === false) this.#moods.put(person, [])
    return person
  }

  feel(person: number, readings: readonly MoodReading[]): void {
    if (this.isLive(person)) this.#moods.put(person, readings)
  }

  remove(person: number): void {
    const user = this.#users[person]
    if (!user) return
    this.#numbers.delete(user.id)
    this.#users[person] = undefined
    this.#moods.put(person, [])
  }

  pack(): PackedPeople {
    return {
      users: [...this.#users],
      clocks: this.#clocks.slice(0, this.count),
      moods: this.#moods.pack(),
    }
  }

  unpack({ users, clocks, moods }: PackedPeople): void {
    this.#users = [...users]
    this.#clocks = clocks
    this.#moods.unpack(moods)
    for (const [person, user] of users.entries()) if (user) this.#numbers.set(user.id, person)
  }
}

export interface PackedPeople {
  readonly users: readonly (User | undefined)[]
  readonly clocks: Float64Array
  readonly moods: Float64Array
}
