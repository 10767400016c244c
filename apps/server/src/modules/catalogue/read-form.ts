import type { MedicineForm } from '@janta/contracts'
import { remembered } from './remembered.ts'

export type Release = 'immediate' | 'modified' | 'delayed'

/** How a medicine is taken. `group` is finer than `form`: only medicines of one group may stand for one another. */
export interface ReadForm {
  readonly form: MedicineForm
  readonly group: string
  readonly release: Release
  readonly route: string
}

// The first pattern that matches decides, so the narrow ones stand before the wide ones.
const forms: readonly (readonly [RegExp, MedicineForm, string, string])[] = [
  [/\bdevice\b/, 'device', 'device', 'none'],
  [/\beye\s*\/?\s*ear\b/, 'eye_drops', 'eye_ear_drops', 'eye'],
  [/\b(?:eye|ophthalmic|opthalmic)\s+(?:ointment|gel)\b/, 'ointment', 'eye_ointment', 'eye'],
  [/\b(?:eye|ophthalmic|opthalmic)\b/, 'eye_drops', 'eye_drops', 'eye'],
  [/\bear\s+drops?\b/, 'ear_drops', 'ear_drops', 'ear'],
  [/\bnasal\b|\bnose\b/, 'nasal', 'nasal', 'nose'],
  [/\b(?:vaginal|pessar(?:y|ies))\b/, 'suppository', 'vaginal', 'vaginal'],
  [/\bsuppositor(?:y|ies)\b|\brectal\b/, 'suppository', 'rectal', 'rectal'],
  [/\b(?:dental|oral)\s+gel\b/, 'gel', 'oral_gel', 'mouth'],
  [/\b(?:mouth\s*wash|gargle)\b/, 'solution', 'mouthwash', 'mouth'],
  [
    /\b(?:respules?|rotacaps?|instacaps?|transcaps?)\b|\binhalation\b/,
    'inhaler',
    'inhalation',
    'inhalation',
  ],
  [/\b(?:inhaler|mdi|autohaler|evohaler)\b/, 'inhaler', 'inhaler', 'inhalation'],
  [
    /\b(?:injections?|inj|infusion|vial|ampoule|vaccine|prefilled|pre-filled|penfill|flexpen|cartridge)\b/,
    'injection',
    'injection',
    'injection',
  ],
  [/\b(?:dispersible|dt|kid\s*tab)\b/, 'tablet', 'tablet_dispersible', 'oral'],
  [/\bchewable\b/, 'tablet', 'tablet_chewable', 'oral'],
  [/\b(?:effervescent)\b/, 'tablet', 'tablet_effervescent', 'oral'],
  [
    /\b(?:mouth dissolving|orally disintegrating|odt|md|instab)\b(?=.*\btab|\s*$)/,
    'tablet',
    'tablet_dissolving',
    'oral',
  ],
  [/\bsublingual\b/, 'tablet', 'tablet_sublingual', 'sublingual'],
  [/\bstrips?\b.*\borodispersible\b/, 'other', 'film', 'oral'],
  [/\btab(?:let)?s?\b|\bcaplets?\b|\bcaptabs?\b/, 'tablet', 'tablet', 'oral'],
  [/\bcap(?:sule)?s?\b|\bsoftgels?\b/, 'capsule', 'capsule', 'oral'],
  [/\b(?:suspension|susp|oral susp)\b/, 'suspension', 'suspension', 'oral'],
  [/\b(?:dry syrup|redi\s?use)\b/, 'suspension', 'suspension', 'oral'],
  [/\b(?:syrups?|syp|syr|expectorant|linctus|elixir|tonic)\b/, 'syrup', 'syrup', 'oral'],
  [/\boral\s+(?:solution|liquid)\b/, 'solution', 'oral_solution', 'oral'],
  [/\bdrops?\b/, 'drops', 'oral_drops', 'oral'],
  [/\bface\s*wash\b|\bcleanser\b/, 'other', 'wash', 'skin'],
  [/\bcr(?:e|ea)?me?\b|\bcream\b/, 'cream', 'cream', 'skin'],
  [/\b(?:ointment|oint|balm)\b/, 'ointment', 'ointment', 'skin'],
  [/\b(?:gel|jelly)\b/, 'gel', 'gel', 'skin'],
  [/\b(?:lotion|nail lacquer|liniment)\b/, 'lotion', 'lotion', 'skin'],
  [/\bshampoo\b/, 'shampoo', 'shampoo', 'skin'],
  [/\bsoap\b|\bbathing bar\b/, 'soap', 'soap', 'skin'],
  [/\bdusting powder\b/, 'powder', 'dusting_powder', 'skin'],
  [/\b(?:sachets?|granules)\b/, 'sachet', 'sachet', 'oral'],
  [/\b(?:lozenges?|pastilles?)\b/, 'lozenge', 'lozenge', 'oral'],
  [/\b(?:patch|plaster)(?:es|s)?\b/, 'patch', 'patch', 'skin'],
  [/\bspray\b/, 'spray', 'spray', 'skin'],
  [/\bpowder\b/, 'powder', 'powder', 'oral'],
  [/\b(?:solution|soln|liquid|oil|paint)\b/, 'solution', 'solution', 'unknown'],
]

const modified =
  /\b(?:sr|er|xr|xl|pr|cr|mr|tr|la|retard|sustained|extended|prolonged|modified|controlled)\b/
const delayed = /\b(?:dr|ec|enteric|gastro[- ]?resistant|delayed)\b/

/**
 * Reads the dosage form from what a list says, the pack's label first because it is the most exact ("strip of 10
 * tablet sr"), then its form column, then the name. `MR` counts as modified release only where the label or form says
 * so: in names it is as often a muscle relaxant.
 */
export function readForm(told: { label: string; form: string; name: string }): ReadForm {
  const label = told.label.toLowerCase()
  const name = told.name.toLowerCase()
  const said = formOfLabel(`${label} ${told.form.toLowerCase()}`)
  const [, form, group, route] =
    (said && (finer(said, name) ?? said)) ?? firstMatch(forms, name) ?? unknown
  return { form, group, release: readRelease(label, name), route }
}

type FormPattern = (typeof forms)[number]

const unknown: FormPattern = [/^/, 'other', 'other', 'unknown']
const labelsKept = 20_000
const formOfLabel = remembered(text => firstMatch(forms, text) ?? null, labelsKept)

function firstMatch(patterns: readonly FormPattern[], text: string): FormPattern | undefined {
  return patterns.find(([pattern]) => pattern.test(text))
}

const finerTablets = forms.filter(([, , group]) => group.startsWith('tablet_'))
const finerRoutes = new Set(['eye', 'ear', 'nose', 'mouth', 'inhalation', 'injection'])
const finerLiquids = forms.filter(([, , , route]) => finerRoutes.has(route))

/** The column often says only "tablet" or "drops" where the name says dispersible or eye. */
function finer(said: FormPattern, name: string): FormPattern | undefined {
  const [, , group] = said
  if (group === 'tablet') return firstMatch(finerTablets, name)
  return group === 'oral_drops' || group === 'solution' ? firstMatch(finerLiquids, name) : undefined
}

function readRelease(label: string, name: string): Release {
  if (delayed.test(label) || delayed.test(name)) return 'delayed'
  if (modified.test(label)) return 'modified'
  return modified.test(name.replace(/\bmr\b/g, '').replace(/\bla\b/g, ''))
    ? 'modified'
    : 'immediate'
}
