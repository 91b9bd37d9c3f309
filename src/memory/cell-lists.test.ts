import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CellLists } from './cell-lists.ts'

const create = (cells: number) => ({ of: new Int32Array(cells), at: new Float64Array(cells) })
type Lists = CellLists<ReturnType<typeof create>>

const step = fc.record({
  owner: fc.nat(5),
  place: fc.nat(1000),
  value: fc.nat(20),
  kind: fc.constantFrom('insert', 'insert', 'insert', 'remove', 'clear', 'sweep', 'reload'),
})

interface Books {
  lists: Lists
  readonly plain: Map<number, number[]>
}
type Step = (books: Books, list: number[], owner: number, place: number, value: number) => void

const steps: Record<string, Step> = {
  insert({ lists }, list, owner, place, value) {
    insert(lists, list, owner, place % (list.length + 1), value)
  },
  remove({ lists }, list, owner, place) {
    if (list.length === 0) return
    lists.removeAt(owner, place % list.length)
    list.splice(place % list.length, 1)
  },
  clear({ lists }, list, owner) {
    lists.clear(owner)
    list.length = 0
  },
  sweep({ lists, plain }, _list, _owner, _place, value) {
    sweep(lists, plain, value)
  },
  reload(books) {
    books.lists = reloaded(books.lists)
  },
}

it('agrees with plain lists after any steps', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (taken) => {
      const books: Books = { lists: new CellLists(create), plain: new Map() }
      for (const { owner, place, value, kind } of taken) {
        const list = books.plain.get(owner) ?? []
        books.plain.set(owner, list)
        steps[kind]?.(books, list, owner, place, value)
        for (const [number, values] of books.plain) {
          expect(valuesOf(books.lists, number)).toEqual(values)
        }
      }
    }),
    { numRuns: 60 },
  )
})

function insert(lists: Lists, list: number[], owner: number, place: number, value: number): void {
  const cell = lists.insert(owner, place)
  lists.columns(owner).of[cell] = value
  lists.columns(owner).at[cell] = value / 2
  list.splice(place, 0, value)
}

function sweep(lists: Lists, plain: Map<number, number[]>, value: number): void {
  const gone = new Set(value % 2 === 0 ? [value] : [value, value - 1])
  const changed: number[] = []
  lists.sweep('of', gone, (owner) => changed.push(owner))
  const expected = [...plain].filter(([, values]) => values.some((other) => gone.has(other)))
  expect(changed).toEqual(expected.map(([owner]) => owner).sort((a, b) => a - b))
  for (const [owner, values] of plain) {
    plain.set(
      owner,
      values.filter((other) => !gone.has(other)),
    )
  }
}

function reloaded(lists: Lists): Lists {
  const again = new CellLists(create)
  again.unpack(lists.pack())
  return again
}

/** Checks that both columns moved together. */
function valuesOf(lists: Lists, owner: number): number[] {
  const { values, length } = lists.numbers(owner)
  const list = [...values.subarray(0, length)]
  const start = lists.start(owner)
  const halves = [...lists.columns(owner).at.subarray(start, start + length)]
  expect(halves).toEqual(list.map((value) => value / 2))
  return list
}

it('keeps a list longer than a slab', () => {
  const lists = new CellLists(create)
  for (let place = 0; place < 150_000; place++) {
    const cell = lists.insert(3, place)
    lists.columns(3).of[cell] = place
  }
  const { values, length } = lists.numbers(3)
  expect(length).toBe(150_000)
  expect(values.subarray(0, length).every((value, place) => value === place)).toBe(true)
  expect(lists.search(3, 149_999)).toBe(149_999)
  expect(lists.search(3, 150_000)).toBe(-150_001)
})

it('shows the same view as long as the list has room', () => {
  const lists = new CellLists(create)
  lists.insert(0, 0)
  const view = lists.numbers(0)
  lists.insert(0, 1)
  expect(lists.numbers(0)).toBe(view)
  expect(view.length).toBe(2)
})
