/** What was typed in one field of a form, trimmed; a file or nothing is empty text. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
