import type { Translated } from '../../i18n.ts'
import type { medicine as english } from '../en/medicine.ts'

export const medicine: Translated<typeof english> = {
  saves: (amount, percent) => `${amount} कम (${percent}%)`,
  savesUnit: (amount, unit) => `प्रति ${unit} ${amount} कम`,
  janAushadhi: 'जन औषधि',
  janAushadhiText: 'सिर्फ़ जन औषधि केंद्र पर मिलती है; तुलना के लिए दिखाई गई है।',
  cheaper: amount => `वही दवा, उतनी ही मात्रा ${amount} कम में`,
  compareOnly: 'सिर्फ़ जानकारी के लिए',
  controlled: 'दाम पर सरकारी नियंत्रण है: एमआरपी तय सीमा से ज़्यादा नहीं हो सकती।',
  cautions: 'ध्यान रखें',
  source: 'स्रोत',
  checkedOn: day => `${day} को पढ़ा गया`,
  reportSideEffect: 'दवा का बुरा असर बताएँ',
  photos: 'पैक की तस्वीरें',
}
