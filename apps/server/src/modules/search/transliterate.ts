// Medicine names written in an Indian script, spelled in Latin the way the strip would sound.
// Output is a phonetic spelling (कैलपोल -> kalpol), to be matched by sound, not a scholarly romanisation.

const consonants: Record<string, string> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'ch',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  प: 'p',
  फ: 'f',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  ळ: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
  ऩ: 'n',
  ऱ: 'r',
  ऴ: 'l',
}
const withDot: Record<string, string> = {
  ज: 'z',
  फ: 'f',
  क: 'k',
  ख: 'kh',
  ग: 'g',
  ड: 'r',
  ढ: 'r',
  य: 'y',
}
// English a in "pan" and "cal" is written ऐ, so it is read back as a.
const vowels: Record<string, string> = {
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'a',
  ओ: 'o',
  औ: 'o',
  ऑ: 'o',
  ऍ: 'a',
  ऎ: 'e',
  ऒ: 'o',
  ॲ: 'a',
}
const signs: Record<string, string> = {
  'ा': 'a',
  'ि': 'i',
  'ी': 'i',
  'ु': 'u',
  'ू': 'u',
  'ृ': 'ri',
  'े': 'e',
  'ै': 'a',
  'ो': 'o',
  'ौ': 'o',
  'ॉ': 'o',
  'ॅ': 'a',
  'ॆ': 'e',
  'ॊ': 'o',
}
const virama = '्'
const nukta = '़'
const nasal = /[ंँ]/

const letterNames: [string, string][] = [
  ['डब्ल्यू', 'w'],
  ['डब्लू', 'w'],
  ['क्यू', 'q'],
  ['एक्स', 'x'],
  ['वाई', 'y'],
  ['वाय', 'y'],
  ['ज़ेड', 'z'],
  ['जेड', 'z'],
  ['ज़ैड', 'z'],
  ['आई', 'i'],
  ['आर', 'r'],
  ['एफ', 'f'],
  ['एच', 'h'],
  ['एल', 'l'],
  ['एम', 'm'],
  ['एन', 'n'],
  ['एस', 's'],
  ['बी', 'b'],
  ['सी', 'c'],
  ['डी', 'd'],
  ['जी', 'g'],
  ['जे', 'j'],
  ['के', 'k'],
  ['पी', 'p'],
  ['टी', 't'],
  ['यू', 'u'],
  ['वी', 'v'],
  ['ओ', 'o'],
  ['ए', 'a'],
  ['ई', 'e'],
]

const knownWords: Record<string, string> = {
  टैबलेट: 'tablet',
  टेबलेट: 'tablet',
  टैब: 'tablet',
  टैबलेट्स: 'tablet',
  गोली: 'tablet',
  गोलियां: 'tablet',
  कैप्सूल: 'capsule',
  कैप्सुल: 'capsule',
  सिरप: 'syrup',
  सीरप: 'syrup',
  शरबत: 'syrup',
  सस्पेंशन: 'suspension',
  इंजेक्शन: 'injection',
  सुई: 'injection',
  क्रीम: 'cream',
  जेल: 'gel',
  मरहम: 'ointment',
  ऑइंटमेंट: 'ointment',
  ऑयंटमेंट: 'ointment',
  लोशन: 'lotion',
  ड्रॉप: 'drops',
  ड्रॉप्स: 'drops',
  ड्राप: 'drops',
  ड्राप्स: 'drops',
  बूंद: 'drops',
  पाउडर: 'powder',
  इनहेलर: 'inhaler',
  स्प्रे: 'spray',
  साबुन: 'soap',
  शैम्पू: 'shampoo',
  एमजी: 'mg',
  मिलीग्राम: 'mg',
  मिग्रा: 'mg',
  एमएल: 'ml',
  ग्राम: 'gm',
  दवा: 'dawa',
  दवाई: 'dawai',
  की: 'ki',
  का: 'ka',
  के: 'ke',
  प्लस: 'plus',
  फोर्ट: 'forte',
  फोर्टे: 'forte',
  कोल्ड: 'cold',
  एडवांस: 'advance',
  एसिड: 'acid',
  ड्यो: 'duo',
  डुओ: 'duo',
}

// The nine main Indian scripts share one layout, 128 code points apart (the ISCII order).
const firstScript = 0x0900
const lastScript = 0x0d7f
const isIndic = (code: number) => code >= firstScript && code <= lastScript

/** True when the text has a letter of an Indian script. */
export function hasIndic(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isIndic(text.charCodeAt(i))) return true
  return false
}

/** The same word in Devanagari letters, whichever Indian script it came in; digits become 0-9. */
export function toDevanagari(text: string): string {
  let out = ''
  for (const letter of text.normalize('NFC')) {
    const code = letter.charCodeAt(0)
    if (!isIndic(code)) {
      out += letter
      continue
    }
    const place = (code - firstScript) & 0x7f
    if (place >= 0x66 && place <= 0x6f) out += String(place - 0x66)
    else if (place === 0x64 || place === 0x65) out += ' '
    else out += String.fromCharCode(firstScript + place)
  }
  return out.normalize('NFD').replace(/[\u200c\u200d]/g, '')
}

/** Letters spelled by their English names (एसपी -> sp), or undefined when the word is not only that. */
export function letterNamesIn(word: string): string | undefined {
  let rest = word.normalize('NFC')
  let out = ''
  while (rest !== '') {
    const found = letterNames.find(([name]) => rest.startsWith(name.normalize('NFC')))
    if (!found) return undefined
    out += found[1]
    rest = rest.slice(found[0].normalize('NFC').length)
  }
  return out.length > 0 ? out : undefined
}

const known = new Map(Object.entries(knownWords).map(([k, v]) => [k.normalize('NFD'), v]))
/** The counter word (form, unit, plus, forte) this Devanagari word is, if it is one. */
export const knownIndicWord = (word: string): string | undefined => known.get(word.normalize('NFD'))

type Syllable = { consonant: string; vowel: string; isSilent: boolean }

function syllablesOf(word: string): Syllable[] {
  const out: Syllable[] = []
  const text = word.normalize('NFD')
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i)
    const last = out.at(-1)
    if (vowels[letter] !== undefined) {
      out.push({ consonant: '', vowel: vowels[letter], isSilent: false })
    } else if (consonants[letter] !== undefined) {
      out.push({ consonant: consonants[letter], vowel: '', isSilent: false })
    } else if (letter === nukta && last) {
      last.consonant = withDot[text.charAt(i - 1)] ?? last.consonant
    } else if (letter === virama && last) last.isSilent = true
    else if (nasal.test(letter)) out.push({ consonant: 'n', vowel: '', isSilent: true })
    else if (signs[letter] !== undefined && last) {
      last.vowel = signs[letter]
    } else if (/[a-z]/.test(letter)) out.push({ consonant: letter, vowel: '', isSilent: true })
  }
  return out
}

/**
 * Spells one Devanagari word in Latin. The unwritten a is kept only where Hindi speaks it:
 * never at the end, nor between a vowel and a consonant that carries its own vowel.
 */
export function spellIndicWord(word: string): string {
  const parts = syllablesOf(word)
  let out = ''
  for (let i = 0; i < parts.length; i++) {
    const { consonant, vowel, isSilent } = parts[i] as Syllable
    const after = parts[i + 1]
    out += consonant
    if (vowel !== '') out += vowel
    else if (!isSilent && after) {
      const isSpokenBefore = /[aeiou]$/.test(out.slice(0, -consonant.length))
      const isSpokenAfter = after.vowel !== '' && after.consonant !== ''
      if (!(isSpokenBefore && isSpokenAfter)) out += 'a'
    }
  }
  // "my" and "cy" are written माइ, साइ, साय: one i; an n before a lip letter is an m.
  return out
    .replace(/ai|ay(?=[^aeiou]|$)/g, 'i')
    .replace(/n(?=[pb])/g, 'm')
    .replace(/iu|yu/g, 'u')
    .replace(/aa+/g, 'a')
}
