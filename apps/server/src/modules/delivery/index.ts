import { api } from '@janta/contracts'
import type { Module, Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findServiceability } from './find-serviceability.ts'
import { listLanes } from './list-lanes.ts'
import { removeLane } from './remove-lane.ts'
import { setLane } from './set-lane.ts'

export { findPlace, type Place } from './find-place.ts'
export { findServiceability } from './find-serviceability.ts'
export { loadPinCodes } from './load-pin-codes.ts'
export {
  findKeptPinCodes,
  type PinCodeRow,
  storePinCodes,
  undoPinCodes,
} from './store-pin-codes.ts'
export { loadSampleDelivery } from './load-sample-delivery.ts'

/** Whether, when and at what fee the pharmacy delivers. */
export function delivery({ database }: Surroundings): Module {
  return {
    name: 'delivery',
    routes(app) {
      serve(app, api.getServiceability, async ({ params, answer }) => {
        const found = await findServiceability(database.reads, params.pin)
        answer.cache(60, 300)
        return found
      })
      serve(app, api.listLanes, () => listLanes(database.reads))
      serve(app, api.setLane, ({ caller, params, body }) =>
        setLane(database, caller, { ...params, ...body }),
      )
      serve(app, api.removeLane, ({ caller, params }) =>
        removeLane(database, caller, params.pinPrefix),
      )
    },
  }
}
