import type { PhotoFault } from '@janta/contracts'
import { language } from '#lib/language.svelte.ts'

/** Why a picture was not kept, in the language of this device: fetched with the first picture that was not. */
export async function toldPhoto(fault: PhotoFault): Promise<string> {
  const { photoFaults } = await (language.locale === 'hi'
    ? import('#lib/messages/hi/photo-faults.ts')
    : import('#lib/messages/en/photo-faults.ts'))
  return photoFaults[fault]
}
