import type { Module, Surroundings } from '#kernel/module'
import { deskRoutes } from './desk-routes.ts'
import { measureWaiting } from './measure-waiting.ts'
import { storeRuleRoutes } from './store-rule-routes.ts'
import { uploads } from './uploads.ts'

export { addToReview } from './add-to-review.ts'
export { assertNotRevoked } from './assert-not-revoked.ts'
export { clinicalCommands } from './clinical-commands.ts'
export { findPatient } from './find-patients.ts'
export { type AlikeUpload, findUploads, type FoundUpload } from './find-uploads.ts'
export { findReviews, type FoundReview, type FoundReviewLine } from './find-reviews.ts'
export { type Coverage, holdForDispensing, type Holding } from './hold-for-dispensing.ts'
export { loadSampleClinical } from './load-sample-clinical.ts'
export { type NewReview, openReview } from './open-review.ts'
export { openSampleReviews } from './open-sample-reviews.ts'
export {
  findApprovedPrescription,
  type ReadItem,
  type ReadPrescription,
} from './find-prescriptions.ts'
export { findSuppliedPages, type SuppliedPages } from './find-supplied-pages.ts'
export { giveBack, recordDispensed, type Supply } from './record-dispensed.ts'
export { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'
export { viewUpload, type ViewReason } from './view-upload.ts'
export { withdrawReview } from './withdraw-review.ts'

/**
 * From a photo to an order a pharmacist approved: files sent by customers, the people medicines are for, and what may
 * be supplied on which prescription.
 */
export function prescriptions(surroundings: Surroundings): Module {
  const sent = uploads(surroundings)
  return {
    name: 'prescriptions',
    ...sent,
    routes(app) {
      sent.routes(app)
      deskRoutes(app, surroundings)
      storeRuleRoutes(app, surroundings)
    },
    measures: [{ everyMinutes: 1, measure: measureWaiting }],
  }
}
