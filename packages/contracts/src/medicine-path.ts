/** "Paracetamol 650 Tablet" to "paracetamol-650-tablet": words for people and search engines; the id decides. */
export function medicineSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug || 'medicine'
}

/** The one address of a medicine's page, below the shop's own. */
export function medicinePath(medicine: { readonly id: string; readonly name: string }): string {
  return `/medicine/${medicine.id}/${medicineSlug(medicine.name)}`
}
