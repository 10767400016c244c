// Loaded by `node --test` beside its own reporter: writes one JSON line per finished file, and one
// for all of them, so that the run can be judged by numbers and not by reading its text.

interface Summary {
  type: string
  data: { file?: string; counts?: Record<string, number> }
}

export default async function* countReporter(events: AsyncIterable<Summary>) {
  for await (const { type, data } of events) {
    if (type === 'test:summary') yield `${JSON.stringify({ file: data.file, ...data.counts })}\n`
  }
}
