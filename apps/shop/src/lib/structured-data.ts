import type { MedicineDetail } from '@janta/contracts'

/**
 * What search engines are told of a medicine, after schema.org's Drug: facts only. No ratings, because nobody rated;
 * and no price or offer of a medicine on prescription, because the law forbids advertising it (Drugs and Magic
 * Remedies Act 1954; Drugs Rules 1945, Schedule H).
 */
export function drugFacts(medicine: MedicineDetail, address: string): Record<string, unknown> {
  const { facts, pricePaise, decision } = medicine
  const isOffered = decision === 'open' && !facts.isPrescriptionOnly && pricePaise !== null
  return {
    '@context': 'https://schema.org',
    '@type': 'Drug',
    url: address,
    name: medicine.name,
    activeIngredient: facts.activeIngredients,
    dosageForm: medicine.form,
    manufacturer: { '@type': 'Organization', name: medicine.manufacturer },
    prescriptionStatus: facts.isPrescriptionOnly
      ? 'https://schema.org/PrescriptionOnly'
      : 'https://schema.org/OTC',
    ...(isOffered && { offers: offerOf(medicine, pricePaise, address) }),
  }
}

function offerOf(medicine: MedicineDetail, pricePaise: number, address: string) {
  return {
    '@type': 'Offer',
    url: address,
    priceCurrency: 'INR',
    price: `${Math.trunc(pricePaise / 100)}.${String(pricePaise % 100).padStart(2, '0')}`,
    availability: `https://schema.org/${medicine.availablePacks > 0 ? 'InStock' : 'OutOfStock'}`,
  }
}

/**
 * The facts as an element of the page's head. A name may hold any letters, so what could end the element is written as
 * an escape. Such an element is data and never run: the policy against scripts does not concern it (HTML, 4.12.1).
 */
export function dataElement(facts: Record<string, unknown>): string {
  const text = JSON.stringify(facts).replaceAll('<', '\\u003c')
  return `<script type="application/ld+json">${text}</${'script'}>`
}
