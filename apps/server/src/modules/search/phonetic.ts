// How a medicine name sounds to an Indian ear, so that spellings meant for one sound meet.

/**
 * Digraphs to one letter, kept close to the spelling: the text that distances are measured on.
 * ph is f, ck and q are k, w is v, y is i, ee is i, oo is u, th is t, sh is s.
 */
export function soundText(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/ck|q/g, 'k')
    .replace(/w/g, 'v')
    .replace(/y/g, 'i')
    .replace(/ee/g, 'i')
    .replace(/oo/g, 'u')
    .replace(/th/g, 't')
    .replace(/sh/g, 's')
    .replace(/ks/g, 'x')
}

const keyLetters: Record<string, string> = {
  a: 'a',
  e: 'i',
  i: 'i',
  o: 'u',
  u: 'u',
  b: 'b',
  d: 'd',
  f: 'f',
  g: 'g',
  h: '',
  j: 's',
  k: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  p: 'p',
  r: 'r',
  s: 's',
  t: 't',
  v: 'v',
  x: 'x',
  z: 's',
}

/**
 * A coarse key: one letter a sound class, doubles collapsed, a silent last e dropped.
 * Two spellings of one name share most neighbouring pairs of it.
 */
export function soundKey(word: string): string {
  return soundKeyOf(soundText(word))
}

/** The same from a sound text made before. */
export function soundKeyOf(sound: string): string {
  let key = ''
  for (let i = 0; i < sound.length; i++) {
    const letter = sound[i] as string
    const next = sound[i + 1] ?? ''
    const isSoftC = letter === 'c' && (next === 'e' || next === 'i')
    const code = letter === 'c' ? (isSoftC ? 's' : 'k') : (keyLetters[letter] ?? '')
    const isSilentEnd = letter === 'e' && i === sound.length - 1 && i > 2
    if (code !== '' && !isSilentEnd && !key.endsWith(code)) key += code
  }
  return key
}

const letterClasses = '$abdfgiklmnprstuvx'
const classOf = new Uint8Array(128)
for (let i = 0; i < letterClasses.length; i++) classOf[letterClasses.charCodeAt(i)] = i
export const pairsCount = letterClasses.length * letterClasses.length

/** The numbers of the neighbouring letter pairs of a key, edges included; each pair once. */
export function pairsOf(key: string): number[] {
  const pairs: number[] = []
  let previous = 0
  for (let i = 0; i <= key.length; i++) {
    const current = i < key.length ? (classOf[key.charCodeAt(i) & 127] as number) : 0
    const pair = previous * letterClasses.length + current
    if (!pairs.includes(pair)) pairs.push(pair)
    previous = current
  }
  return pairs
}
