/** The items of the network in columns. A number is never given to another item. */
import type { Item } from '../domain/item.ts'
import {
  type LabelName,
  type LabelValues,
  labelProbability,
  placeOfLabel,
  labelWidth as width,
} from '../domain/labels.ts'
import { CellLists } from './cell-lists.ts'
import { grown } from './columns.ts'
import type { ItemMemory, Numbers } from './memory.ts'
import { fingerprint, textQuality } from './text.ts'
import { TimeOrder } from './time-order.ts'

export class Items implements ItemMemory {
  readonly #numbers = new Map<string, number>()
  readonly #languages = new Map<string, number>()
  readonly #byAuthor = new CellLists((cells) => ({ of: new Int32Array(cells) }))
  readonly #byTime = new TimeOrder((item) => this.createdAtMs(item))
  readonly #items: (Item | undefined)[] = []
  #clocks = new Float64Array(0)
  #createdAt = new Float64Array(0)
  #authors = new Int32Array(0)
  #languageOf = new Uint16Array(0)
  #fingerprints = new Float64Array(0)
  #qualities = new Float32Array(0)
  /** [items][labelWidth] */
  #labels = new Uint8Array(0)

  get count(): number {
    return this.#items.length
  }

  get liveCount(): number {
    return this.#numbers.size
  }

  numberOf(id: string): number {
    return this.#numbers.get(id) ?? -1
  }

  get(item: number): Item | undefined {
    return this.#items[item]
  }

  isLive(item: number): boolean {
    return this.#items[item] !== undefined
  }

  authorOf(item: number): number {
    return this.#authors[item] ?? -1
  }

  createdAtMs(item: number): number {
    return this.#createdAt[item] ?? 0
  }

  languageOf(item: number): number {
    return this.#languageOf[item] ?? 0
  }

  languageCode(language: string): number {
    return this.#languages.get(primaryLanguage(language)) ?? -1
  }

  isUnsafe(item: number): boolean {
    return this.#items[item]?.isUnsafe === true
  }

  visibilityOf(item: number): Item['visibility'] {
    return this.#items[item]?.visibility ?? 'private'
  }

  duplicateGroupOf(item: number): number {
    return this.#fingerprints[item] || -1 - item
  }

  qualityOf(item: number): number {
    const understood = this.labelOf(item, 'quality')
    return understood < 0 ? (this.#qualities[item] ?? 0) : understood
  }

  labelOf(item: number, label: LabelName): number {
    return labelProbability(this.#labels[item * width + placeOfLabel(label)] ?? 0)
  }

  labelsOf(item: number): LabelValues {
    return this.#labels.subarray(item * width, (item + 1) * width)
  }

  /** Labels of another width are of another version: they are not known until it is read anew. */
  label(item: number, values: LabelValues | undefined): void {
    if (values?.length === width) this.#labels.set(values, item * width)
    else this.#labels.fill(0, item * width, (item + 1) * width)
  }

  newest(limit: number, offset = 0): Int32Array {
    return this.#byTime.newest(limit, offset)
  }

  byAuthor(person: number): Numbers {
    return this.#byAuthor.numbers(person)
  }

  /** The clock of the change that put the item last. */
  clockOf(item: number): number {
    return this.#clocks[item] ?? 0
  }

  /** @param author a person number, or -1 */
  put(item: Item, author: number, clock: number): number {
    const known = this.#numbers.get(item.id)
    const number = known ?? this.#items.length
    if (known !== undefined) this.#unfile(known)
    this.#reserve(number + 1)
    this.#numbers.set(item.id, number)
    this.#items[number] = item
    this.#clocks[number] = clock
    this.#createdAt[number] = item.createdAt.getTime()
    this.#authors[number] = author
    this.#languageOf[number] = this.#admitLanguage(item.language)
    this.#fingerprints[number] = fingerprint(item.text)
    this.#qualities[number] = textQuality(item.text)
    this.#file(number)
    return number
  }

  remove(number: number): void {
    const item = this.#items[number]
    if (!item) return
    this.#unfile(number)
    this.#numbers.delete(item.id)
    this.#items[number] = undefined
    this.#authors[number] = -1
    this.#fingerprints[number] = 0
    this.label(number, undefined)
  }

  pack(): PackedItems {
    const { count } = this
    return {
      items: [...this.#items],
      languages: [...this.#languages.keys()],
      clocks: this.#clocks.slice(0, count),
      authors: this.#authors.slice(0, count),
      fingerprints: this.#fingerprints.slice(0, count),
      qualities: this.#qualities.slice(0, count),
      labels: this.#labels.slice(0, count * width),
    }
  }

  /** Into an empty table. */
  unpack({ items, languages, clocks, authors, ...texts }: PackedItems): void {
    for (const language of languages) this.#admitLanguage(language)
    this.#reserve(items.length)
    this.#clocks.set(clocks)
    this.#authors.set(authors)
    this.#fingerprints.set(texts.fingerprints)
    this.#qualities.set(texts.qualities)
    this.#labels.set(texts.labels)
    for (const [number, item] of items.entries()) {
      this.#items.push(item)
      if (!item) continue
      this.#numbers.set(item.id, number)
      this.#createdAt[number] = item.createdAt.getTime()
      this.#languageOf[number] = this.#admitLanguage(item.language)
      this.#file(number)
    }
  }

  #reserve(count: number): void {
    this.#clocks = grown(this.#clocks, count)
    this.#createdAt = grown(this.#createdAt, count)
    this.#authors = grown(this.#authors, count)
    this.#languageOf = grown(this.#languageOf, count)
    this.#fingerprints = grown(this.#fingerprints, count)
    this.#qualities = grown(this.#qualities, count)
    this.#labels = grown(this.#labels, count * width)
  }

  #admitLanguage(language: string | undefined): number {
    if (language === undefined) return 0
    const primary = primaryLanguage(language)
    const code = this.#languages.get(primary) ?? this.#languages.size + 1
    this.#languages.set(primary, code)
    return code
  }

  #file(item: number): void {
    this.#byTime.add(item)
    const author = this.#authors[item]!
    if (author < 0) return
    const cell = this.#byAuthor.insert(author, this.#placeByAuthor(author, item))
    this.#byAuthor.columns(author).of[cell] = item
  }

  #unfile(item: number): void {
    this.#byTime.remove(item)
    const author = this.#authors[item]!
    if (author < 0) return
    const place = this.#placeByAuthor(author, item)
    const cell = this.#byAuthor.start(author) + place
    if (this.#byAuthor.columns(author).of[cell] === item) this.#byAuthor.removeAt(author, place)
  }

  /** Where an item is, or belongs, among its author's: by time, then by number. */
  #placeByAuthor(author: number, item: number): number {
    const { of } = this.#byAuthor.columns(author)
    const start = this.#byAuthor.start(author)
    const time = this.#createdAt[item]!
    let low = 0
    let high = this.#byAuthor.length(author)
    while (low < high) {
      const middle = (low + high) >> 1
      const other = of[start + middle]!
      const isBefore = this.#createdAt[other]! - time || other - item
      if (isBefore < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

export interface PackedItems {
  readonly items: readonly (Item | undefined)[]
  readonly languages: readonly string[]
  readonly clocks: Float64Array
  readonly authors: Int32Array
  readonly fingerprints: Float64Array
  readonly qualities: Float32Array
  readonly labels: Uint8Array
}

/** `zh-Hans-CN` → `zh` */
function primaryLanguage(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0] ?? ''
}
