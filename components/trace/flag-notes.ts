import { SPAN_FLAG } from '@/lib/trace/model'

const NOTES: readonly (readonly [number, string])[] = [
  [SPAN_FLAG.duplicateId, 'Another span of this trace has the same span id'],
  [SPAN_FLAG.cycle, 'Its parents form a circle: it is shown without its parent'],
  [SPAN_FLAG.earlyStart, 'Starts before its parent: the clocks of the two machines differ'],
  [SPAN_FLAG.negativeDuration, 'Ends before it starts: shown as an instant'],
]

/** What is odd about a span, in words. */
export function flagNotes(flags: number): string[] {
  return NOTES.filter(([flag]) => (flags & flag) !== 0).map(([, note]) => note)
}
