interface LabelRoom {
  /** Ends of the bar as drawn, and the width of all there is, in pixels. */
  readonly left: number
  readonly right: number
  readonly room: number
  readonly labelWidth: number
  /** Where marks of events are drawn. */
  readonly marks: readonly number[]
}

export interface LabelPlace {
  readonly inside: boolean
  /** Left edge of the label. */
  readonly at: number
}

/** Half a mark, and air. */
const CLEARANCE = 4
const GAP = 2
/** A bar that takes this part of the room has its duration inside: the eye is there already. */
const LONG_BAR = 0.3

/** Puts the duration inside of a long bar, else beside it where there is room, and never onto a mark. */
export function placeLabel({ left, right, room, labelWidth, marks }: LabelRoom): LabelPlace {
  const width = right - left
  const within = pastMarks(left, labelWidth, marks)
  const fitsWithin = within + labelWidth <= right
  const after = pastMarks(right + GAP, labelWidth, marks)
  const fitsAfter = after + labelWidth <= room
  if (fitsWithin && (width > room * LONG_BAR || !fitsAfter)) return { inside: true, at: within }
  if (fitsAfter) return { inside: false, at: after }
  if (left >= labelWidth) return { inside: false, at: left - labelWidth }
  return { inside: true, at: left }
}

/** The first place at or after `at` where the label covers no mark. */
function pastMarks(at: number, labelWidth: number, marks: readonly number[]): number {
  let free = at
  for (const mark of [...marks].sort((a, b) => a - b)) {
    if (mark + CLEARANCE > free && mark - CLEARANCE < free + labelWidth) free = mark + CLEARANCE
  }
  return free
}
