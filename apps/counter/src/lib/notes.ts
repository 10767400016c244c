import { noteKinds, noteSubjects, type RecordedNote } from '@janta/contracts'

/** One place of the product page: what it says now, in one language, and what it said before. */
export interface NotePlace {
  readonly key: string
  readonly kind: RecordedNote['kind']
  readonly subject: string
  readonly language: RecordedNote['language']
  readonly now: RecordedNote | undefined
  readonly before: readonly RecordedNote[]
}

/** Every place a sentence can stand in, said or not, in the order of the page; the newest of each stands. */
export function notePlaces(notes: readonly RecordedNote[]): NotePlace[] {
  return noteKinds.flatMap(kind =>
    noteSubjects[kind].flatMap(subject =>
      (['en', 'hi'] as const).map(language => {
        const here = notes.filter(
          note => note.kind === kind && note.subject === subject && note.language === language,
        )
        return {
          key: `${kind} ${subject} ${language}`,
          kind,
          subject,
          language,
          now: here.find(note => note.stands),
          before: here.filter(note => !note.stands),
        }
      }),
    ),
  )
}
