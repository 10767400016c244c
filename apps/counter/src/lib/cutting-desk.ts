import { catalogueCutting, client } from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { pieceLabel } from '@janta/ui/piece-label.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { cutting as english } from './messages/en/cutting.ts'
import { cutting as hindi } from './messages/hi/cutting.ts'
import { packText } from './pack-text.svelte.ts'

/** What the card of a medicine asks about cutting, so that no other page downloads its declarations. */
export const cuttingApi = client(catalogueCutting, '', send)

/** The words of cut strips in the language of this device; read inside `$derived`. */
export function cuttingWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}

/** So many tablets of a pack in the language of this device; read inside `$derived`. */
export function pieceText(packLabel: string, units: number): string {
  const label = pieceLabel(packLabel, units)
  return packText(label) ?? label
}

/** Drawn only where strips are cut. Lucide (https://lucide.dev), ISC License. */
export const scissors =
  '<circle cx="6" cy="6" r="3"/><path d="M8.12 8.12 12 12"/><path d="M20 4 8.12 15.88"/><circle cx="6" cy="18" r="3"/><path d="M14.8 14.8 20 20"/>'
