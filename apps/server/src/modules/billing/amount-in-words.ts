import { assertWhole, divideDown } from '#kernel/money'

const englishBelowTwenty =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const englishTens = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

// Hindi has a word of its own for each number below a hundred.
const hindiBelowHundred =
  `शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
  बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
  तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
  चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
  पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
  साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
  सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी
  अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
  नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे`.split(/\s+/)

interface Words {
  readonly belowHundred: (number: number) => string
  readonly hundred: string
  readonly thousand: string
  readonly lakh: string
  readonly crore: string
}

const english: Words = {
  belowHundred(number) {
    if (number < 20) return englishBelowTwenty[number]!
    const ones = number % 10
    const tens = englishTens[divideDown(number, 10)]!
    return ones === 0 ? tens : `${tens}-${englishBelowTwenty[ones]}`
  },
  hundred: 'hundred',
  thousand: 'thousand',
  lakh: 'lakh',
  crore: 'crore',
}

const hindi: Words = {
  belowHundred: number => hindiBelowHundred[number]!,
  hundred: 'सौ',
  thousand: 'हज़ार',
  lakh: 'लाख',
  crore: 'करोड़',
}

/** By the Indian groups: crore, lakh, thousand, hundred. Crores above a hundred are counted the same way again. */
function countIn(words: Words, number: number): string {
  if (number === 0) return words.belowHundred(0)
  const groups: [number, string][] = [
    [divideDown(number, 10_000_000), words.crore],
    [divideDown(number, 100_000) % 100, words.lakh],
    [divideDown(number, 1_000) % 100, words.thousand],
    [divideDown(number, 100) % 10, words.hundred],
  ]
  const said = groups.flatMap(([count, name]) => (count === 0 ? [] : [countIn(words, count), name]))
  const rest = number % 100
  if (rest > 0) said.push(words.belowHundred(rest))
  return said.join(' ')
}

/** 40209 paise: "Rupees four hundred two and nine paise only". */
export function amountInEnglish(paise: number): string {
  assertWhole(paise)
  const rupees = countIn(english, divideDown(paise, 100))
  const rest = paise % 100
  return rest === 0
    ? `Rupees ${rupees} only`
    : `Rupees ${rupees} and ${english.belowHundred(rest)} paise only`
}

/** 40209 paise: "चार सौ दो रुपये नौ पैसे मात्र". */
export function amountInHindi(paise: number): string {
  assertWhole(paise)
  const whole = divideDown(paise, 100)
  const rest = paise % 100
  const rupees = `${countIn(hindi, whole)} ${whole === 1 ? 'रुपया' : 'रुपये'}`
  if (rest === 0) return `${rupees} मात्र`
  return `${rupees} ${hindi.belowHundred(rest)} ${rest === 1 ? 'पैसा' : 'पैसे'} मात्र`
}
