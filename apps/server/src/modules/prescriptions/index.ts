import type { Module, Surroundings } from '#kernel/module'
import { uploads } from './uploads.ts'

export { findPatient } from './find-patients.ts'
export { type AlikeUpload, findUploads, type FoundUpload } from './find-uploads.ts'
export { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'
export { viewUpload, type ViewReason } from './view-upload.ts'

/**
 * From a photo to an order a pharmacist approved: files sent by customers, the people medicines are for, and what may
 * be supplied on which prescription.
 */
export function prescriptions(surroundings: Surroundings): Module {
  return { name: 'prescriptions', ...uploads(surroundings) }
}
