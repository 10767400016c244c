// What a result shows of each medicine, kept beside the index in columns: an answer then needs no
// database, at 75 bytes a medicine.
import type { Carrier } from './carrier.ts'
import { Names, withRoom } from './growable.ts'
import type { SearchRow } from './rows.ts'
import { Sequences } from './sequences.ts'
import { wholeNameMark } from './whole-name.ts'

const none = -1
const unknownPaise = -1
const firstYear = 2000
const encoder = new TextEncoder()

export class CardColumns {
  readonly #labels = new Names()
  readonly #units = new Names()
  readonly #compositions = new Names()
  readonly #forms = new Names()
  /** What the law looks at; '' where nothing of it is known. */
  readonly laws = new Names()
  /** Brands of one medicine in one unit, whose prices may be compared. */
  readonly #groups = new Sequences()
  #letters = new Uint8Array(0)
  #used = 0
  #start = new Uint32Array(0)
  #length = new Uint16Array(0)
  /** As `wholeNameMark` reads the name. */
  nameMark = new Uint32Array(0)
  #label = new Uint32Array(0)
  #unit = new Uint16Array(0)
  #composition = new Uint32Array(0)
  #form = new Uint8Array(0)
  law = new Uint32Array(0)
  #isSample = new Uint8Array(0)
  unitsPerPack = new Int32Array(0)
  /** What is asked for a pack; -1 while unknown. The index orders by it, or by the MRP where there is none. */
  pricePaise = new Float64Array(0)
  mrpPaise = new Float64Array(0)
  availablePacks = new Int32Array(0)
  #expiryMonth = new Uint16Array(0)
  medicineId = new Int32Array(0)
  group = new Uint32Array(0)
  #firstOfGroup = new Int32Array(0)
  #nextOfGroup = new Int32Array(0)

  constructor() {
    // Group 0 is of what must not be compared.
    this.#groups.numberOf([])
  }

  put(ordinal: number, row: SearchRow): void {
    this.#makeRoom(ordinal + 1)
    this.#leaveGroup(ordinal)
    this.#write(ordinal, row.name)
    this.nameMark[ordinal] = wholeNameMark(row.name)
    this.#label[ordinal] = this.#labels.numberOf(row.packLabel)
    this.#unit[ordinal] = this.#units.numberOf(row.baseUnit)
    this.#composition[ordinal] = this.#compositions.numberOf(row.composition)
    this.#form[ordinal] = this.#forms.numberOf(row.form)
    this.law[ordinal] = this.laws.numberOf(row.lawKey ?? '')
    this.#isSample[ordinal] = row.isSample ? 1 : 0
    this.unitsPerPack[ordinal] = row.unitsPerPack
    this.pricePaise[ordinal] = row.pricePaise ?? unknownPaise
    this.mrpPaise[ordinal] = row.mrpPaise ?? unknownPaise
    this.medicineId[ordinal] = row.medicineId
    if (row.availablePacks !== undefined) this.availablePacks[ordinal] = row.availablePacks
    this.#joinGroup(ordinal, row.drugId)
  }

  remove(ordinal: number): void {
    this.#leaveGroup(ordinal)
    this.availablePacks[ordinal] = 0
    this.#expiryMonth[ordinal] = 0
  }

  setShelf(ordinal: number, availablePacks: number, earliestExpiry: string | null): void {
    this.availablePacks[ordinal] = availablePacks
    const [year = firstYear, month = 0] = earliestExpiry?.split('-').map(Number) ?? []
    this.#expiryMonth[ordinal] = earliestExpiry === null ? 0 : (year - firstYear) * 12 + month
  }

  /** The month of the batch one would receive first, 'YYYY-MM'. */
  earliestExpiry(ordinal: number): string | null {
    const months = this.#expiryMonth[ordinal]! - 1
    if (months < 0) return null
    const month = String((months % 12) + 1).padStart(2, '0')
    return `${firstYear + Math.floor(months / 12)}-${month}`
  }

  packLabel = (ordinal: number): string => this.#labels.texts[this.#label[ordinal]!] ?? ''
  baseUnit = (ordinal: number): string => this.#units.texts[this.#unit[ordinal]!] ?? ''
  composition = (ordinal: number): string =>
    this.#compositions.texts[this.#composition[ordinal]!] ?? ''
  form = (ordinal: number): string => this.#forms.texts[this.#form[ordinal]!] ?? ''
  isSample = (ordinal: number): boolean => this.#isSample[ordinal] === 1

  name(ordinal: number): string {
    const start = this.#start[ordinal]!
    const { buffer, byteOffset } = this.#letters
    return Buffer.from(buffer, byteOffset + start, this.#length[ordinal]).toString()
  }

  /** Every medicine that may be compared with this one, itself included; none where nothing may. */
  *sameMedicine(ordinal: number): Generator<number> {
    const group = this.group[ordinal]!
    if (group === 0) return
    for (let p = this.#firstOfGroup[group]!; p !== none; p = this.#nextOfGroup[p]!) yield p
  }

  #joinGroup(ordinal: number, drugId: number): void {
    const group = drugId === 0 ? 0 : this.#groups.numberOf([drugId, this.#unit[ordinal]!])
    this.group[ordinal] = group
    if (group === 0) return
    this.#firstOfGroup = withRoom(this.#firstOfGroup, group + 1, none)
    this.#nextOfGroup[ordinal] = this.#firstOfGroup[group]!
    this.#firstOfGroup[group] = ordinal
  }

  #leaveGroup(ordinal: number): void {
    const group = this.group[ordinal]!
    if (group === 0) return
    if (this.#firstOfGroup[group] === ordinal)
      this.#firstOfGroup[group] = this.#nextOfGroup[ordinal]!
    else {
      let entry = this.#firstOfGroup[group]!
      while (this.#nextOfGroup[entry]! !== ordinal) entry = this.#nextOfGroup[entry]!
      this.#nextOfGroup[entry] = this.#nextOfGroup[ordinal]!
    }
    this.group[ordinal] = 0
  }

  #write(ordinal: number, name: string): void {
    const bytes = encoder.encode(name)
    const isRoomKept = this.#length[ordinal]! >= bytes.length && this.#length[ordinal]! > 0
    const start = isRoomKept ? this.#start[ordinal]! : this.#used
    if (!isRoomKept) this.#used += bytes.length
    this.#letters = withRoom(this.#letters, this.#used)
    this.#letters.set(bytes, start)
    this.#start[ordinal] = start
    this.#length[ordinal] = bytes.length
  }

  /** The columns of the first `count` medicines. */
  carry(carrier: Carrier, count: number): void {
    for (const names of [this.#labels, this.#units, this.#compositions, this.#forms, this.laws])
      names.carry(carrier)
    this.#groups.carry(carrier)
    this.#used = carrier.number(this.#used)
    this.#letters = carrier.cells(this.#letters, this.#used)
    this.#start = carrier.cells(this.#start, count)
    this.#length = carrier.cells(this.#length, count)
    this.nameMark = carrier.cells(this.nameMark, count)
    this.#label = carrier.cells(this.#label, count)
    this.#unit = carrier.cells(this.#unit, count)
    this.#composition = carrier.cells(this.#composition, count)
    this.#form = carrier.cells(this.#form, count)
    this.law = carrier.cells(this.law, count)
    this.#isSample = carrier.cells(this.#isSample, count)
    this.unitsPerPack = carrier.cells(this.unitsPerPack, count)
    this.pricePaise = carrier.cells(this.pricePaise, count)
    this.mrpPaise = carrier.cells(this.mrpPaise, count)
    this.availablePacks = carrier.cells(this.availablePacks, count)
    this.#expiryMonth = carrier.cells(this.#expiryMonth, count)
    this.medicineId = carrier.cells(this.medicineId, count)
    this.group = carrier.cells(this.group, count)
    this.#firstOfGroup = carrier.cells(this.#firstOfGroup, this.#firstOfGroup.length, none)
    this.#nextOfGroup = carrier.cells(this.#nextOfGroup, count)
  }

  #makeRoom(length: number): void {
    this.#start = withRoom(this.#start, length)
    this.#length = withRoom(this.#length, length)
    this.nameMark = withRoom(this.nameMark, length)
    this.#label = withRoom(this.#label, length)
    this.#unit = withRoom(this.#unit, length)
    this.#composition = withRoom(this.#composition, length)
    this.#form = withRoom(this.#form, length)
    this.law = withRoom(this.law, length)
    this.#isSample = withRoom(this.#isSample, length)
    this.unitsPerPack = withRoom(this.unitsPerPack, length)
    this.pricePaise = withRoom(this.pricePaise, length)
    this.mrpPaise = withRoom(this.mrpPaise, length)
    this.availablePacks = withRoom(this.availablePacks, length)
    this.#expiryMonth = withRoom(this.#expiryMonth, length)
    this.medicineId = withRoom(this.medicineId, length)
    this.group = withRoom(this.group, length)
    this.#nextOfGroup = withRoom(this.#nextOfGroup, length)
  }
}
