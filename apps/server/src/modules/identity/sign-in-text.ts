/**
 * The message that carries a code, as it is registered. Its last line binds the code to our shop's address, so that a
 * phone offers it there and nowhere else (WICG, Origin-bound one-time codes delivered via SMS).
 */
const texts = {
  en: '{#code#} is your code for Janta Pharmacy. It works for 5 minutes. Tell it to nobody, not even to us.\n@{#host#} #{#code#}',
  hi: '{#code#} जनता फ़ार्मेसी का कोड है। 5 मिनट चलेगा। इसे किसी को न बताएँ, हमें भी नहीं।\n@{#host#} #{#code#}',
} as const

/** The text as the telecom operators register it: `{#var#}` where something changes. */
export function registeredSignInText(language: 'en' | 'hi'): string {
  return texts[language].replaceAll(/\{#\w+#\}/g, '{#var#}')
}

/** The message of one code; `publicUrl` is where it is typed. */
export function signInText(
  language: 'en' | 'hi',
  { code, publicUrl }: { readonly code: string; readonly publicUrl: string },
): string {
  const host = new URL(publicUrl).hostname
  return texts[language].replaceAll('{#code#}', code).replace('{#host#}', host)
}
