/** Which of our own drawings stands for a dosage form until real pack photographs exist. */
export const drawings = [
  'strip',
  'capsule',
  'bottle',
  'tube',
  'sachet',
  'vial',
  'inhaler',
  'drops',
  'box',
  'device',
] as const
export type Drawing = (typeof drawings)[number]

const drawingByForm: Record<string, Drawing> = {
  tablet: 'strip',
  lozenge: 'strip',
  capsule: 'capsule',
  syrup: 'bottle',
  suspension: 'bottle',
  solution: 'bottle',
  lotion: 'bottle',
  shampoo: 'bottle',
  cream: 'tube',
  ointment: 'tube',
  gel: 'tube',
  powder: 'sachet',
  sachet: 'sachet',
  injection: 'vial',
  inhaler: 'inhaler',
  spray: 'drops',
  nasal: 'drops',
  drops: 'drops',
  eye_drops: 'drops',
  ear_drops: 'drops',
  device: 'device',
}

export function drawingOf(form: string): Drawing {
  return drawingByForm[form] ?? 'box'
}

/** A steady hue for a name, so that the same medicine has the same colour on every page and visit. */
export function hueOf(name: string): number {
  let hash = 2_166_136_261
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619)
  }
  return ((hash >>> 0) % 24) * 15
}
