import { dispensingBodies, dispensingQueries } from './dispensing-bodies.ts'

/** What the registers' declarations accept, so that a refusal is the permission's and not the form's. */
export const registerBodies: Record<string, object> = {
  ...dispensingBodies,
  confirmRegisterPage: { register: 'h1', day: '2026-01-05', lastSerial: 1 },
  setRegisterForm: { from: '2030-01-01', keptIn: 'memo_book' },
}

export const registerQueries: Record<string, Record<string, unknown>> = {
  ...dispensingQueries,
  listRegisterEntries: { register: 'h1' },
  exportRegister: { register: 'h1', format: 'csv' },
  listRegisterDays: { register: 'h1' },
  verifyRegisterMonth: { month: '2026-01' },
}
