import type { Module, Surroundings } from '#kernel/module'

/**
 * From a photo to an order a pharmacist approved: files sent by customers, the people medicines are for, and what may
 * be supplied on which prescription.
 */
export function prescriptions(_surroundings: Surroundings): Module {
  return { name: 'prescriptions' }
}
