import { findKeptPinCodes, storePinCodes, undoPinCodes } from '#modules/delivery'
import type { ListKind, RowCells, RowRemark } from './import-kind.ts'

/** PIN codes with the district and state they lie in; a list of post offices repeats them, and the first stands. */
export const pinCodes: ListKind = {
  headings: {
    pin: ['pin', 'pincode', 'pin code', 'postal code'],
    district: ['district', 'districtname', 'district name'],
    state: ['state', 'statename', 'state name'],
  },
  open() {
    const seen = new Map<string, number>()
    return {
      judge(row) {
        const { pin, district, state } = read(row)
        const remarks: RowRemark[] = []
        const before = seen.get(pin)
        if (!/^[1-8][0-9]{5}$/.test(pin))
          remarks.push({ code: 'pin_wrong', sentence: 'A PIN has six digits.', field: 'pin' })
        else if (before !== undefined) {
          const sentence = `The same PIN as line ${before}.`
          remarks.push({ code: 'duplicate', sentence, field: 'pin' })
        }
        if (isUnnamed(district))
          remarks.push({ code: 'district_missing', sentence: 'No district.', field: 'district' })
        if (isUnnamed(state))
          remarks.push({ code: 'state_missing', sentence: 'No state.', field: 'state' })
        if (remarks.length === 0) seen.set(pin, row.line)
        return { isBad: remarks.length > 0, remarks }
      },
      store: (tx, rows, run) => storePinCodes(tx, rows.map(read), run.id),
    }
  },
  undo: undoPinCodes,
  findKept: findKeptPinCodes,
}

function read({ cell }: RowCells) {
  const tidy = (field: string) => cell(field).replace(/\s+/g, ' ').trim()
  return { pin: tidy('pin').replace(' ', ''), district: tidy('district'), state: tidy('state') }
}

function isUnnamed(text: string): boolean {
  return text.length > 100 || /^(na|n\/a|null|-)?$/i.test(text)
}
