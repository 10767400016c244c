import type { Module, Surroundings } from '#kernel/module'
import { dispensingRoutes } from './dispensing-routes.ts'
import { makeStampedCopies } from './make-stamped-copies.ts'
import { measureRegisters } from './measure-registers.ts'
import { registerRoutes } from './register-routes.ts'

export { dispense, type DispenseLine } from './dispense.ts'
export { takeBackSupply } from './take-back-supply.ts'
export type { Sale } from './invoice-dispensed.ts'
export { type Dispensed, findDispensed } from './find-dispensed.ts'
export { findPatientNames } from './find-patient-names.ts'
export { countOrdersOf, type DispensedBatch, findOrdersOf } from './find-orders-of.ts'
export { registerCommands } from './register-commands.ts'
export type {
  RegisterCoverage,
  RegisterNumber,
  RegisterRequest,
  RegisterSupply,
} from './register-coverage.ts'
export { findPicking, recordPicking } from './second-check.ts'
export { voidRegisterEntries } from './void-register-entries.ts'
export { writeRegisterEntries } from './write-register-entries.ts'

/** What left the shelf for whom, from which batch; the registers are read from it. */
export function dispensing(surroundings: Surroundings): Module {
  const { files } = surroundings
  return {
    name: 'dispensing',
    routes(app) {
      registerRoutes(app, surroundings)
      dispensingRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'prescriptions.supplied',
        task: 'dispensing.stamp_prescription',
        run: (database, event) =>
          makeStampedCopies(database, files, String(event.payload['orderId'])),
      },
    ],
    // Each look reads every entry again, so it is an hour's work and not a minute's.
    measures: [{ everyMinutes: 60, measure: measureRegisters }],
  }
}
