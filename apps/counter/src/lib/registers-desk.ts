import { client, registers } from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { registers as english } from './messages/en/registers.ts'
import { registers as hindi } from './messages/hi/registers.ts'
import { saveFile } from './send-file.ts'

/** What the register pages ask of the API, apart from what every desk downloads. */
export const registersApi = client(registers, '', send)

/** The words of the register pages in the language of this device; read inside `$derived`. */
export function registersWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}

type Asked = Parameters<typeof registersApi.exportRegister>[0]['query']

/** Saves what was asked of a register as one file; answers its name. */
export async function saveRegister(query: Asked): Promise<string> {
  const { name, contentType, base64 } = await registersApi.exportRegister({ query })
  saveFile(
    name,
    new Blob([Uint8Array.from(atob(base64), one => one.charCodeAt(0))], { type: contentType }),
  )
  return name
}

/** A legal day at noon in India, so that formatting it names the same day on every device. */
export const noonOf = (day: string) => `${day}T12:00:00+05:30`
